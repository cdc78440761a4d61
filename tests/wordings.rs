//! Wordings one by one: how a single word, sign or space more changes what is read.

use testimony::{ErrorKind, Figure, figures_in};

/// Each phrase is read as a figure that prints so.
#[track_caller]
fn reads(phrases: &[(&str, &str)]) {
    for (phrase, printed) in phrases {
        assert_eq!(phrase.parse::<Figure>().map(|figure| figure.to_string()).as_deref(), Ok(*printed), "{phrase}");
    }
}

#[track_caller]
fn refuses(phrases: &[&str]) {
    for phrase in phrases {
        assert_eq!(phrase.parse::<Figure>().unwrap_err().kind(), &ErrorKind::NotAFigure, "{phrase}");
    }
}

/// In each text stand these words, which are figures that print so, and no others.
#[track_caller]
fn finds(texts: &[(&str, &[(&str, &str)])]) {
    for (text, figures) in texts {
        let found: Vec<_> = figures_in(text).map(|found| (found.said(), found.figure().to_string())).collect();
        let found: Vec<_> = found.iter().map(|(said, printed)| (*said, printed.as_str())).collect();
        assert_eq!(found, *figures, "{text}");
    }
}

/// Numbers in words, alone and with digits.
#[test]
fn numbers_in_words() {
    reads(&[
        ("1 to two and a half million", "1,000,000–2,500,000"),
        ("12,34", "12.34"),
        ("at least one twenty-two", "at least 122"),
        ("1 to two thousand and five", "1–2,005"),
        ("+5 people", "5 people"),
        ("hundred thousand", "100 thousand"),
        ("half-a-dozen boats", "6 boats"),
        ("about half-a-million", "about 500,000"),
        ("half of a-million", "0.5 million"),
        ("nil point 5", "0.5"),
        ("one-hundred ten-score", "300"),
        ("seven point ten twenty", "7.1020"),
        ("~minus five", "about -5"),
    ]);
    refuses(&[
        "+ 5 people",
        "3x10^",
        "5e6x",
        "3×10⁻",
        "one hundred and first",
        "six million and .5",
        "ten twenty-two",
        "two million and three thousand",
        "two thousand and 100",
    ]);
}

/// Parts of a whole, said in every way.
#[test]
fn parts_of_a_whole() {
    reads(&[
        ("1/3 to $1", "0.3333333333333333–1 USD"),
        ("1/3-2/3", "33.33333333333333–66.66666666666667%"),
        ("100 ± 1/3", "99.6666666666666666–100.3333333333333334"),
        ("2 over 5", "2/5"),
        ("3/4 of miles", "3/4"),
        ("5 ± half a percent", "4.9750–5.0250"),
        ("at most 2/3", "at most two-thirds"),
        ("half of an hour or more", "at least 0.5 hour"),
        ("half-an-hour", "1/2 hour"),
        ("half an-hour", "1/2 hour"),
        ("three quarter hours", "3/4 hours"),
        ("three quarter pages", "3 quarter pages"),
        ("five quarter hours", "5 quarter hours"),
        ("less than 2/3", "less than two-thirds"),
        ("one hundred thirty fifths", "2 6/7"),
        ("one twenty-third", "1 out of 23"),
        ("one-third million", "333,333 1/3"),
        ("twenty fifths", "4"),
        ("two hundred-fifths", "40"),
        ("two-quarter", "one-half"),
        ("≥ 1/3", "at least one-third"),
    ]);
    refuses(&["0/4", "4/4", "a year and a third", "five 3/4", "five out of three", "half a g"]);
}

/// A number behind "±" is in the unit of the one before it, a share of that, or plain.
#[test]
fn more_or_less() {
    reads(&[
        ("1 mile ± 2 miles", "-1–3 mile"),
        ("20 ± 3%", "19.4–20.6"),
        ("20% ± ½", "19.5–20.5%"),
        ("5 km ± ½", "4.5–5.5 km"),
        ("5 ± 2 boats", "3–7 boats"),
        ("5 ± ¾", "4.25–5.75"),
        ("5% ± 3 percentage points", "2–8%"),
        ("½ ± ¼", "25–75%"),
    ]);
    refuses(&["200 km ± 5 kg"]);
}

/// Money, with what may stand before and behind it.
#[test]
fn sums_of_money() {
    reads(&[
        ("$5 50", "5.5 USD"),
        ("$6 to 1,000", "6–1,000 USD"),
        ("100 won", "100 KRW"),
        ("4 ils", "4 ils"),
        ("5 USD million", "5,000,000 USD"),
        ("a dollar and fifty", "1.5 USD"),
        ("five dollars and fifty", "5.5 USD"),
        ("scores of yen", "scores of JPY"),
    ]);
    refuses(&["$10 CAD", "$9 $", "5 dollars 100", "a USD"]);
}

/// Hedges one upon another, and two ends.
#[test]
fn hedges_and_ranges() {
    reads(&[
        ("5–5", "5–5"),
        ("a couple", "2"),
        ("about at most 45", "at most 45"),
        ("at least 5 and at most 8%", "at least 5% and at most 8%"),
        ("at least a total of 45", "at least 45"),
        ("just over 5–10", "about 5–10"),
        ("more than a mile and a half", "more than 1.5 mile"),
        ("nearly 5 to 10", "about 5–10"),
    ]);
    refuses(&["3-- ish", "a couple people", "more than 5 km and less than 8 kg", "more than a m"]);
}

/// Parts of a whole in a text: where they are meant, and where they are not.
#[test]
fn parts_in_a_text() {
    finds(&[
        ("1 out of 1, 0 out of 1", &[("1", "1"), ("1", "1"), ("0", "0"), ("1", "1")]),
        (
            "1/2 per 100, a half in ten, three quarters out of ten",
            &[("1/2", "one-half"), ("100", "100"), ("ten", "10"), ("three quarters", "3/4"), ("ten", "10")],
        ),
        ("1/3 million a day", &[("1/3 million", "333,333 1/3")]),
        ("3 / 4 and 3/ 4", &[("3", "3"), ("4", "4"), ("3", "3"), ("4", "4")]),
        ("3/4/2015, 3/4/day, 1/2/3", &[]),
        ("5 plus three, 5 plus half", &[("5", "5"), ("three", "3"), ("5 plus", "at least 5")]),
        ("On the day of 9/11/2001 20 people", &[("20 people", "20 people")]),
        ("One hundred and first, one hundred and fifth, one hundred -first", &[("one hundred", "100")]),
        ("a fourths rule", &[]),
        ("They got half-a-dozen in half-an-hour.", &[("half-a-dozen", "6"), ("half-an-hour", "1/2 hour")]),
        // Halves of letters, and so the names of something.
        ("a half-D, the half-A side", &[]),
        ("a year and a quarter of the next", &[("a quarter", "1/4")]),
        (
            "half the town, half its people, a third of the staff",
            &[("half", "one-half"), ("half", "one-half"), ("a third", "one-third")],
        ),
        ("on 9/11 and a half-m", &[("a half-m", "1/2 m")]),
        ("the other half of the town, the last third of it", &[]),
        ("two and a half staff", &[("two and a half", "2.5")]),
        ("two third$", &[("two", "2")]),
        (
            "½, ⅓, ⅔, ¼, ¾, ⅕, ⅖, ⅗, ⅘, ⅙, ⅚, ⅐, ⅛, ⅜, ⅝, ⅞, ⅑, ⅒",
            &[
                ("½", "one-half"),
                ("⅓", "one-third"),
                ("⅔", "two-thirds"),
                ("¼", "1/4"),
                ("¾", "3/4"),
                ("⅕", "1/5"),
                ("⅖", "2/5"),
                ("⅗", "3/5"),
                ("⅘", "4/5"),
                ("⅙", "one-sixth"),
                ("⅚", "five-sixths"),
                ("⅐", "one-seventh"),
                ("⅛", "1/8"),
                ("⅜", "3/8"),
                ("⅝", "5/8"),
                ("⅞", "7/8"),
                ("⅑", "one-ninth"),
                ("⅒", "1/10"),
            ],
        ),
    ]);
}

/// Money in a text.
#[test]
fn money_in_a_text() {
    finds(&[
        (
            "$5 over two years of work; $5 over two years of age",
            &[("$5", "5 USD"), ("two years", "2 years"), ("$5", "5 USD"), ("over two years", "more than 2 years")],
        ),
        ("$5–10 tickets, 5 km–10 boats", &[("$5–10 tickets", "5–10 USD"), ("5 km", "5 km")]),
        ("11 $3 notes", &[("11", "11"), ("$3", "3 USD")]),
        (
            "2,100 million dollars 50, 2 thousand dollars 50",
            &[("2,100 million dollars", "2,100 million USD"), ("50", "50"), ("2 thousand dollars 50", "2,000.5 USD")],
        ),
        ("5 MUSD and 5 Musd", &[("5 MUSD", "5,000,000 USD"), ("5", "5")]),
        ("5 plus $3, 5 or more $5 notes", &[("5", "5"), ("$3", "3 USD"), ("5", "5"), ("$5", "5 USD")]),
        ("It cost 5 dollars fifty more.", &[]),
        ("It pays £500 pm and $2 am", &[("£500", "500 GBP"), ("$2", "2 USD")]),
        ("Rs 40, Euro 40, Euros 40, Yen 40", &[("Rs 40", "40 INR"), ("Yen 40", "40 JPY")]),
        (
            "USD115, MUSD115, US$5, AUD5, XYZ115, KUSD115, eur5",
            &[
                ("USD115", "115 USD"),
                ("MUSD115", "115,000,000 USD"),
                ("US$5", "5 USD"),
                ("AUD5", "5 AUD"),
                ("eur5", "5 EUR"),
            ],
        ),
    ]);
}

/// Digits, and what is written against them.
#[test]
fn digits_in_a_text() {
    finds(&[
        (
            "0,123 and 00 300 and 0 300 and 10 300",
            &[("0,123", "123"), ("00", "0"), ("300", "300"), ("0", "0"), ("300", "300"), ("10 300", "10,300")],
        ),
        (
            "1,23,45,67,89,01,23,45,678 grains",
            &[("1,23,45,67,89,01,23,45,678 grains", "123,456,789,012,345,678 grains")],
        ),
        ("10^-6 grams", &[]),
        ("10k-5 and 5k-run", &[("10k", "10 thousand")]),
        (
            "123,45,678 and 12,345,67,890",
            &[("123", "123"), ("45,678", "45,678"), ("12,345", "12,345"), ("67,890", "67,890")],
        ),
        ("1234567890123456 and 123456789012345", &[("123456789012345", "123,456,789,012,345")]),
        ("2,5,7.5", &[("2", "2"), ("5", "5"), ("7.5", "7.5")]),
        ("20 cafe\u{301}s", &[("20 cafe\u{301}s", "20 cafe\u{301}s")]),
        (
            "3×10⁶ people, 3×10⁻² m, 3 x 10^-2 m and 3 x 10^6",
            &[
                ("3×10⁶ people", "3,000,000 people"),
                ("3×10⁻² m", "0.03 m"),
                ("3 x 10^-2 m", "0.03 m"),
                ("3 x 10^6", "3,000,000"),
            ],
        ),
        (
            "5e6 people, 5E-3 m, 5e+3 km, 5e6x and 5e",
            &[("5e6 people", "5,000,000 people"), ("5E-3 m", "0.005 m"), ("5e+3 km", "5,000 km")],
        ),
        (
            "3 x 10m² of cloth, a 5m³ tank and $5m² of it",
            &[("3", "3"), ("10m²", "10 m²"), ("5m³", "5 m³"), ("$5m", "5 million USD")],
        ),
        ("45-L and a 3-D print, Type 4-b", &[]),
        ("5-10-year bonds, 5-10-15", &[("5-10-year", "5–10 year")]),
        ("5/day and 10/year, 24/7", &[("5", "5"), ("10", "10")]),
        ("5Km and 10KM", &[("5Km", "5 Km"), ("10KM", "10 KM")]),
        ("5♠5 km and 12♠34", &[("5 km", "5 km"), ("34", "34")]),
        ("99 g-5", &[("99 g", "99 g")]),
        ("In all of the country there were 12,34,567 voters.", &[("12,34,567 voters", "1,234,567 voters")]),
        ("See https://a.org/30 for 5 boats.", &[("5 boats", "5 boats")]),
        (
            "On the A321 224 people died, on the A_321 230 people.",
            &[("224 people", "224 people"), ("230 people", "230 people")],
        ),
        ("eighty point 5K run", &[]),
        ("x 2,5, 6–4 and 5,7,9", &[("2,5", "2.5"), ("5", "5"), ("7", "7"), ("9", "9")]),
    ]);
}

/// Days, years, scores and names, and what only stands beside them.
#[test]
fn days_years_and_names_in_a_text() {
    finds(&[
        ("2 to 3, 4–6", &[("2 to 3", "2–3"), ("4–6", "4–6")]),
        ("4–6, 5–7.", &[]),
        ("5 May and 5 boats in May", &[("5 boats", "5 boats")]),
        ("5 of 12345", &[("5", "5"), ("12345", "12,345")]),
        ("5–5, 5 to 5, 5–5 people", &[("5 to 5", "5–5")]),
        ("60 Street, 60 Main Street, 10 Old Main Street, 10 Very Old Main Street", &[("60", "60"), ("10", "10")]),
        ("Group of 8 at least", &[("8 at least", "at least 8")]),
        ("It fell from 2000 to 20.", &[("2000", "2,000"), ("20", "20")]),
        ("On May 5, 60 km away", &[("60 km", "60 km")]),
        ("On Sept. 11 and Oct. 5, 2015 they met.", &[]),
        ("On September 5, 2015 hours of rain ended.", &[]),
        ("One Nine Plus", &[("One", "1")]),
        ("Prize X 2, Malcolm X 3", &[("2", "2"), ("3", "3")]),
        ("the Malcolm X 1965 riots", &[]),
        ("Some 1992 geese; 1992 Geese", &[("Some 1992 geese", "about 1,992 geese"), ("1992 Geese", "1,992 Geese")]),
        ("a 3–4 very narrow defeat", &[("3–4", "3–4")]),
        ("about 100-5", &[("about 100", "about 100")]),
        ("after 9/11 (5 people", &[("5 people", "5 people")]),
        ("after 9/11 - 5 people", &[("5 people", "5 people")]),
        ("See 45(a) and 5 boats in a 45-Tank unit", &[("45", "45"), ("5 boats", "5 boats"), ("45", "45")]),
        ("about one of the towns, over one in ten", &[("over one in ten", "more than 10%")]),
        ("of 1?", &[("1", "1")]),
        ("the 3 of May, 31 of May, 32 of May", &[("32", "32")]),
        ("the 3rd of May, 21 ST, 21 ST James", &[("21", "21")]),
        ("the 747's wing and the 80's", &[]),
        ("the Group of 20 and a group of 20", &[("20", "20")]),
        ("under 1992–7", &[]),
        ("under 2000, from 2015 to 2020", &[("under 2000", "less than 2,000")]),
        ("won 98–100", &[("98–100", "98–100")]),
        ("won it all in 3–4.", &[("3–4", "3–4")]),
    ]);
}

/// The words for the things counted, and the hedges behind them.
#[test]
fn what_is_counted() {
    finds(&[
        ("(Two Days) and (\"Five Years\"", &[("Two Days", "2 Days")]),
        ("10 percent risk or higher", &[("10 percent risk or higher", "at least 10%")]),
        ("20 (5)percents", &[("20", "20"), ("5", "5")]),
        ("20 to 30 or more men left", &[("20 to 30 or more men", "at least 20 men")]),
        ("5 (5) boats", &[("5 (5) boats", "5 boats")]),
        ("5 Big NGOs", &[("5 Big NGOs", "5 Big NGOs")]),
        ("5 plus a hundred, 5 plus a boat", &[("5", "5"), ("a hundred", "100"), ("5 plus", "at least 5")]),
        ("5 several dozen", &[("5", "5")]),
        (
            "5 t-man crew; 5 two-man crews; 5 high-school teachers",
            &[
                ("5 t-man crew", "5 t-man crew"),
                ("5", "5"),
                ("two-man", "2 man"),
                ("5 high-school teachers", "5 high-school teachers"),
            ],
        ),
        ("There were one twenty-two left.", &[("one", "1"), ("twenty-two", "22")]),
        (
            "Two SUVs Recalled, 20 Local NGOs, 12 young MPs",
            &[("Two SUVs", "2 SUVs"), ("20 Local NGOs", "20 Local NGOs"), ("12 young MPs", "12 young MPs")],
        ),
        (
            "hundreds of km, thousands of miles, dozens of m",
            &[("hundreds", "hundreds"), ("thousands of miles", "thousands of miles"), ("dozens", "dozens")],
        ),
        ("nine lakhs zero", &[("nine lakhs", "0.9 million"), ("zero", "0")]),
        (
            "one man acquitted, one man who, one manx boat, one ox ended",
            &[("one man", "1 man"), ("one man", "1 man"), ("one", "1"), ("one", "1")],
        ),
        ("one point made; two point out", &[("one point", "1 point"), ("two", "2")]),
        ("said: \"Two Boats\" sank", &[("Two Boats", "2 Boats")]),
    ]);
}
