//! Sentences as the news has them: every figure in them, its part in a change and what happened to those counted, and
//! what is seen and not read.

use testimony::{FigureReader, NumberStyle, Seen};

/// What is seen in a text: `role: figure, fate`, and `unread (why): words`.
fn seen_by(reader: FigureReader, text: &str) -> Vec<String> {
    let shown = |seen| match seen {
        Seen::Figure(found) => {
            let printed = found.figure().to_string();
            assert_eq!(printed.parse().as_ref(), Ok(found.figure()), "{text}: {printed}");
            let role = found.role().map(|role| format!("{role}: ")).unwrap_or_default();
            let fate = found.fate().map(|fate| format!(", {fate}")).unwrap_or_default();
            format!("{role}{}{fate}", found.figure())
        }
        Seen::Unread(unread) => format!("unread ({}): {}", unread.why(), unread.said()),
        other => format!("{other:?}"),
    };
    reader.seen_in(text).map(shown).collect()
}

/// Compares all cases before it fails, because the wrong ones of a kind are mended together.
#[track_caller]
fn sees(cases: &[(&str, &[&str])]) {
    let reader = FigureReader::new();
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(text, right)| {
            let seen = seen_by(reader, text);
            (seen != *right).then(|| format!("{text}\n  seen:  {seen:?}\n  right: {right:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn changes() {
    sees(&[
        ("The death toll rose from 40 to 43 on Monday.", &["was: 40", "is: 43"]),
        ("The toll from the blast rose by 3 to 43, the ministry said.", &["change: 3", "is: 43"]),
        ("Exports fell 2.5 per cent to $3.1 million.", &["change: 2.5%", "is: 3.1 million USD"]),
        ("Unemployment fell to 5.2% from 5.4% in March.", &["is: 5.2%", "was: 5.4%"]),
        ("The number of flights was cut from 40 to 30.", &["was: 40", "is: 30"]),
        (
            "The rate was raised by half a percentage point to 4.5 per cent.",
            &["change: 1/2 percentage points", "is: 4.5%"],
        ),
        (
            "The population grew from 1.2 million in 2010 to 1.5 million in 2020.",
            &["was: 1.2 million", "is: 1.5 million"],
        ),
        ("The number of members grew from 1500 in 2010 to 2200 in 2020.", &["was: 1,500", "is: 2,200"]),
        ("The government cut 300 jobs.", &["300 jobs"]),
        ("Sales jumped more than 40 per cent.", &["change: more than 40%"]),
        ("Prices rose 3 to 5 per cent last year.", &["change: 3–5%"]),
        ("The company raised $5 million.", &["5 million USD"]),
        ("a 5 per cent rise in wages", &["change: 5%"]),
        ("an increase of 12 per cent", &["change: 12%"]),
        ("Shares were up 3 per cent at 120 pence.", &["change: 3%", "120 pence"]),
        ("The toll stands at 43, up from 40 on Sunday.", &["43", "was: 40"]),
        ("It went from 12 to 9 million barrels.", &["was: 12 million barrels", "is: 9 million barrels"]),
        ("The army has lost from 40 to 43 tanks.", &["40–43 tanks"]),
        ("Losses fell from 3 to 2 per cent.", &["was: 3%", "is: 2%"]),
        ("Oil fell by as much as $3 to $71.50 a barrel.", &["change: at most 3 USD", "is: 71.5 USD"]),
        (
            "Net profit rose 12% to $2.4 billion in the three months to June 30, from $2.1 billion a year earlier.",
            &["change: 12%", "is: 2.4 billion USD", "3 months", "was: 2.1 billion USD"],
        ),
        ("Turnout fell to a record low of 38.7 per cent, down 6 points on 2019.", &["38.7%", "change: 6 points"]),
        ("The forecast was revised down to 1.8% from 2.3%.", &["is: 1.8%", "was: 2.3%"]),
        ("Output dropped by a third to 1.2 million barrels.", &["change: one-third", "is: 1.2 million barrels"]),
        ("Deaths rose from 40 in January to 43 in February and 51 in March.", &["was: 40", "is: 43", "51"]),
        ("Wheat exports plunged 45 per cent, to 1.1 million tonnes.", &["change: 45%", "is: 1.1 million tonnes"]),
        ("He picked up 40 votes and set up 3 firms.", &["40 votes", "3 firms"]),
        ("Attendance was 12 percent higher than in 2022, at 450,000.", &["change: 12%", "450,000"]),
        ("The budget rose from $3m to 4m.", &["was: 3 million USD", "is: 4 million USD"]),
    ]);
}

#[test]
fn comparisons_with_an_earlier_time() {
    sees(&[
        ("It killed 43 people, compared with 40 a year earlier.", &["43 people, killed", "was: 40"]),
        ("Revenue was $5 million, up from $4 million a year earlier.", &["5 million USD", "was: 4 million USD"]),
        ("Revenue was $5 million, compared to $4 million the year before.", &["5 million USD", "was: 4 million USD"]),
        ("Sales were 43, from 40 the year before.", &["43", "was: 40"]),
        ("Profit came to $2.1 billion, against $1.9 billion in 2023.", &["2.1 billion USD", "was: 1.9 billion USD"]),
        ("Exports were $3.1bn versus $2.8bn in the same period.", &["3.1 billion USD", "was: 2.8 billion USD"]),
        ("Down from 2.3% in May, inflation stood at 1.8%.", &["was: 2.3%", "1.8%"]),
        ("They won 204 votes against 85.", &["204 votes", "85"]),
        ("France has 43 tanks against 40 tanks in Spain.", &["43 tanks", "40 tanks"]),
    ]);
}

#[test]
fn fates_that_figures_share() {
    sees(&[
        ("17 children and two teachers were killed.", &["17 children, killed", "2 teachers, killed"]),
        (
            "Twelve soldiers, three police officers and a civilian were wounded.",
            &["12 soldiers, wounded", "3 police officers, wounded"],
        ),
        ("At least 12 people, including three children, died.", &["at least 12 people, dead", "3 children"]),
        ("12 people, including three children, were killed.", &["12 people, killed", "3 children, killed"]),
        ("They arrested 12 men and four women in the capital.", &["12 men, arrested", "4 women, arrested"]),
        ("The blast killed 12 and 30 fled.", &["12, killed", "30"]),
        ("12 people were killed and 30 injured.", &["12 people, killed", "30, injured"]),
        ("He made 3 films and 12 people died.", &["3 films", "12 people, dead"]),
        ("Over 4,000 troops were killed or wounded.", &["more than 4,000 troops"]),
        ("5 dead or missing", &["5"]),
    ]);
}

#[test]
fn increments_and_multiples() {
    sees(&[
        ("Another 40 people were hurt.", &["unread (relative): Another 40 people"]),
        ("Twelve died and 40 more were hurt.", &["12, dead", "unread (relative): 40 more"]),
        ("At least 20 more bodies were found.", &["unread (relative): At least 20 more bodies"]),
        ("An additional 300 troops will be sent.", &["unread (relative): An additional 300 troops"]),
        ("three times as many dead as in 2023", &["unread (relative): three times as many"]),
        ("That is twice the 750,000 of last year.", &["unread (relative): twice the 750,000"]),
        ("twice as many as 500", &["unread (relative): twice as many as 500"]),
        ("The toll doubled to 40.", &["unread (relative): doubled", "is: 40"]),
        ("He was elected three times.", &["3 times"]),
        ("Hundreds more are missing.", &["unread (relative): Hundreds more"]),
        ("Five people died and 12 others were injured.", &["5 people, dead", "12, injured"]),
        ("40 or more people", &["at least 40 people"]),
        ("The party won 44 of 120 seats, 10 fewer than in 2021.", &["44", "120 seats", "unread (relative): 10 fewer"]),
        (
            "Unemployment has more than doubled since 2019, to 11.2 percent.",
            &["unread (relative): more than doubled", "is: 11.2%"],
        ),
        ("At 1.45 metres, the water was twice its normal level.", &["1.45 metres", "unread (relative): twice its"]),
    ]);
}

#[test]
fn vague_words_and_couples() {
    sees(&[
        ("A couple of hundred people marched.", &["about 200 people"]),
        ("A couple of weeks later", &["2 weeks"]),
        ("tens of millions of people", &["tens of millions of people"]),
        ("It cost billions of dollars.", &["billions of USD"]),
        ("Several people were killed.", &["several of people, killed"]),
        ("Only a handful of survivors were found.", &["a handful of survivors"]),
        ("1000s of fans", &["thousands of fans"]),
        ("At least several hundred people fled.", &["at least 200 people"]),
        (
            "Dozens, if not hundreds, are feared dead.",
            &["unread (unknown_hedge): Dozens", "unread (unknown_hedge): if not hundreds"],
        ),
        ("hundreds of billions of dollars", &["unread (not_held): hundreds of billions"]),
        ("thousands upon thousands of refugees", &["thousands of refugees"]),
        ("It cost tens of billions of dollars.", &["unread (not_held): tens of billions of dollars"]),
        (
            "trillions of cells, tens of people",
            &["unread (not_held): trillions of cells", "unread (not_held): tens of people"],
        ),
        ("A few people were hurt a few days later.", &["unread (not_held): A few people"]),
        ("A few hundred people and a few dozen houses", &["hundreds of people", "dozens of houses"]),
    ]);
}

#[test]
fn hedges() {
    sees(&[
        ("The toll passed 500 on Friday.", &["more than 500"]),
        ("Parliament passed 12 laws.", &["12 laws"]),
        ("Losses may top 500.", &["more than 500"]),
        ("Turnout crossed the 500,000 mark.", &["more than 500,000"]),
        ("It fell short of 500 votes.", &["less than 500 votes"]),
        ("The toll is nowhere near 500.", &["unread (unknown_hedge): nowhere near 500"]),
        ("not exactly 500 people", &["unread (unknown_hedge): not exactly 500 people"]),
        ("far fewer than 500 people", &["less than 500 people"]),
        ("up to 30 or more", &["unread (unknown_hedge): up to 30 or more"]),
        ("30 people, if not more, are missing", &["at least 30 people"]),
        ("Not fewer than 3 nor more than 9 died.", &["at least 3 and at most 9, dead"]),
        ("It did not exceed 40 degrees.", &["at most 40 degrees"]),
        ("The fund is approaching $2bn.", &["nearly 2,000,000,000 USD"]),
        ("Losses reached 500.", &["500"]),
        (
            "The army has lost up to 70,000 men, if not more.",
            &["unread (unknown_hedge): up to 70,000 men, if not more"],
        ),
        ("Losses are estimated at between €15 million and €20 million.", &["15,000,000–20,000,000 EUR"]),
        ("Not more than 30 nor fewer than 20 soldiers were held.", &["at least 20 and at most 30 soldiers"]),
        ("A good 40 people came.", &["at least 40 people"]),
    ]);
}

#[test]
fn nobody_and_fates() {
    sees(&[
        ("No one was killed.", &["0, killed"]),
        ("Nobody was hurt in the fire.", &["0, injured"]),
        ("None of the 30 passengers survived.", &["0", "30 passengers"]),
        ("None of the 17 crew members was hurt.", &["0, injured", "17 crew members"]),
        ("Police arrested 23 people, including 4 minors.", &["23 people, arrested", "4 minors, arrested"]),
        ("It killed 17 children and two teachers.", &["17 children, killed", "2 teachers, killed"]),
        ("Not a single casualty was reported.", &["0 casualty"]),
        ("There were no civilians there.", &["0 civilians"]),
        ("There are no plans, and no one knew.", &[]),
        ("The strike killed at least 12 and wounded 30.", &["at least 12, killed", "30, wounded"]),
        ("12 killed, 45 injured, 3 missing", &["12, killed", "45, injured", "3, missing"]),
        ("The crash left 12 people dead.", &["12 people, dead"]),
        ("Thirty wounded soldiers were moved.", &["30 soldiers, wounded"]),
        ("12,500 dead", &["12,500, dead"]),
    ]);
}

#[test]
fn parts_ranks_and_sizes() {
    sees(&[
        ("Nine in ten voters agreed.", &["9/10"]),
        ("10 out of 12 people", &["five-sixths"]),
        ("He scored 2 in 3 games.", &["2", "3 games"]),
        ("the one hundredth victim", &[]),
        ("the 100th victim", &[]),
        ("a six-figure sum and a two-way street", &[]),
        ("one-and-a-half million people", &["1.5 million people"]),
        ("ten[2] or eleven people[a]", &["10–11 people"]),
        ("people.¹ The 43† dead", &["43, dead"]),
        ("Some 4,000¹ people and 11,000² soldiers came.", &["about 4,000 people", "11,000 soldiers"]),
        ("The toll is 43¹, and 10² is much.", &["43", "unread (ambiguous): 10²"]),
        ("More than 2 in 5 adults agreed.", &["more than 40%"]),
        ("9-7 lakh rupees", &["700,000–900,000 INR"]),
        ("an estimated 25 deaths", &["about 25 deaths"]),
        ("25 (95% CI 10–80) deaths", &["25, at least 10 and at most 80 deaths"]),
        ("It was 94.5% effective (95% CI 86.5–97.8) in a trial.", &["94.5%, at least 86.5% and at most 97.8%"]),
        ("25 people (range 10 to 80)", &["25, at least 10 and at most 80 people"]),
        ("100 ± 5", &["95–105"]),
    ]);
}

#[test]
fn letters_behind_digits() {
    sees(&[
        ("apartment 4B and the 5G network", &["unread (ambiguous): 4B", "unread (ambiguous): 5G"]),
        ("a wall 5m tall", &["5 m"]),
        ("1.5m people", &["1.5 million people"]),
        ("£3m to 4m", &["3,000,000–4,000,000 GBP"]),
        ("$1.2–1.5bn", &["1,200,000,000–1,500,000,000 USD"]),
        ("10k people ran a 10k race", &["10 thousand people", "unread (ambiguous): 10k"]),
        ("3m euros", &["3 million EUR"]),
        ("2bn tonnes", &["2 billion tonnes"]),
        ("the 400m hurdles", &["400 m"]),
        ("Sales topped 1.5m in the first week.", &["unread (ambiguous): topped 1.5m"]),
        ("The Soyuz TMA-18M carries three men.", &["3 men"]),
        ("a branch of 7-Eleven", &[]),
    ]);
}

#[test]
fn digits_and_separators() {
    sees(&[
        ("1.500,75 euros", &["1,500.75 EUR"]),
        ("1 234,5 km", &["1,234.5 km"]),
        ("12.345.678 people", &["12,345,678 people"]),
        ("about 1.500 refugees", &["unread (ambiguous): about 1.500 refugees"]),
        ("12.500 dead, and a loss of 1.234,5 million", &["12,500, dead", "1.2345 billion"]),
        ("12.500 kg, and 3.5 kg", &["12.5 kg", "3.5 kg"]),
        ("3.5 kg, 12.125% and 2.125 thousand", &["3.5 kg", "12125e-3%", "0.002125 million"]),
        ("at 192.168.100.200", &[]),
        ("1'234'567.50 francs", &["1,234,567.5 francs"]),
        ("３，０００ people", &["3,000 people"]),
        ("٤٠٠٠ people", &["4,000 people"]),
        ("४,५०० people", &["4,500 people"]),
        ("0.125 m", &["0.125 m"]),
    ]);
    let comma = FigureReader::new().with_number_style(NumberStyle::DecimalComma);
    assert_eq!(seen_by(comma, "1.500 of 3,125"), ["1,500", "3.1250"]);
    let point = FigureReader::new().with_number_style(NumberStyle::DecimalPoint);
    assert_eq!(seen_by(point, "1.5 of 3,125 and 1.125 kg"), ["1.5", "3,125", "1.1250 kg"]);
}
