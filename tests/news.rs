//! Sentences as the news has them: every figure in them, its part in a change and what happened to those counted, and
//! what is seen and not read.

use testimony::{FigureReader, NumberStyle, Seen};

/// The figures seen in a text: `role: figure, fate`, and `unread (why): words`.
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

/// Whole sentences as agencies write them, in which everything that counts something is read and nothing else.
const AGENCIES: &[(&str, &[&str])] = &[
    (
        "At least 24 people were killed and more than 100 wounded when two suicide bombers struck a market in the northern city of Maiduguri on Tuesday evening, police said.",
        &["at least 24 people, killed", "more than 100, wounded", "2 suicide bombers"],
    ),
    (
        "The death toll from flooding in eastern Spain climbed to 217 on Sunday, with 78 people still missing and 3,600 soldiers joining the search.",
        &["is: 217", "78 people, missing", "3,600 soldiers"],
    ),
    (
        "Rescuers pulled 14 bodies from the rubble of the 12-storey building at 45 Harbour Street, bringing the toll to 31.",
        &["14 bodies", "12 storey", "is: 31"],
    ),
    (
        "The finance ministry set the 2026 defence budget at 66.3 trillion won, up 8.2 percent from this year's 61.2 trillion won.",
        &["66.3 trillion KRW", "change: 8.2%", "was: 61.2 trillion KRW"],
    ),
    (
        "Lawmakers voted 312 to 104, with 21 abstentions, to extend the state of emergency by 30 days.",
        &["21 abstentions", "30 days"],
    ),
    (
        "Support for the ruling party slipped to 34% from 37% in October, according to a poll of 1,004 adults with a margin of error of plus or minus 3.1 percentage points.",
        &["is: 34%", "was: 37%", "1,004 adults", "-3.1–3.1 percentage points"],
    ),
    (
        "The FTSE 100 closed down 0.7 per cent at 8,212.44, while Brent crude rose 94 cents to $73.12 a barrel.",
        &["change: 0.7%", "8,212.44", "change: 94 cents", "is: 73.12 USD"],
    ),
    (
        "The company will cut about 1,900 jobs, or roughly 8% of its workforce, by the end of 2026, and expects to save between $450 million and $500 million a year.",
        &["about 1,900 jobs", "about 8%", "450,000,000–500,000,000 USD"],
    ),
    (
        "The hospital received 17 dead and 53 wounded, among them 9 children, the ministry said.",
        &["17, dead", "53, wounded", "9 children"],
    ),
    (
        "The storm left more than half a million homes without power, and up to 20,000 people spent the night in shelters.",
        &["more than 500,000 homes", "at most 20,000 people"],
    ),
    (
        "Net profit more than doubled to €1.3bn in the third quarter from €612m a year earlier, beating forecasts of €1.1bn.",
        &["unread (relative): more than doubled", "is: 1.3 billion EUR", "was: 612 million EUR", "1.1 billion EUR"],
    ),
    (
        "The minister said no fewer than 40,000 and perhaps as many as 60,000 soldiers had died since February 2022.",
        &["at least 40,000 and at most 60,000 soldiers, dead"],
    ),
    (
        "Police detained 117 protesters, 23 of them minors, after clashes that injured 12 officers.",
        &["117 protesters, arrested", "23, arrested", "12 officers, injured"],
    ),
    (
        "He was sentenced to 12 years in prison and fined 3.5 million rubles under Article 275 of the criminal code.",
        &["12 years", "3.5 million RUB"],
    ),
    ("Turnout at noon was 28.4 percent, 3.1 points lower than in the 2020 election.", &["28.4%", "change: 3.1 points"]),
    (
        "The World Bank cut its 2025 growth forecast to 2.3%, four-tenths of a percentage point lower than in January.",
        &["is: 2.3%", "change: 2/5 percentage points"],
    ),
    (
        "Some 1,500 of the roughly 11,000 North Korean troops in Kursk have been killed or wounded, Seoul's spy agency said.",
        &["about 1,500", "about 11,000 North Korean troops"],
    ),
    (
        "Heavy rain of up to 120 mm an hour fell in Gwangju, where temperatures dropped to minus 3 degrees Celsius.",
        &["at most 120 mm", "is: -3 degrees Celsius"],
    ),
    (
        "The bank raised its key rate by a quarter of a point to 5.25%, the 11th increase in 14 meetings.",
        &["change: 1/4 point", "is: 5.25%", "14 meetings"],
    ),
    (
        "Hundreds of homes were destroyed and tens of thousands of people fled as the fire spread over 23,000 acres.",
        &["hundreds of homes", "tens of thousands of people", "more than 23,000 acres"],
    ),
    (
        "Around 80 per cent of the 2,500 fighters have laid down their arms, three commanders told Reuters.",
        &["about 80%", "2,500 fighters", "3 commanders"],
    ),
    (
        "Exports to China fell 5.3% year on year to $10.9 billion, while those to the U.S. rose 1.2% to $11.3 billion.",
        &["change: 5.3%", "is: 10.9 billion USD", "change: 1.2%", "is: 11.3 billion USD"],
    ),
    (
        "Between 2019 and 2023, the number of births fell by 18%, from 302,676 to 249,186.",
        &["change: 18%", "was: 302,676", "is: 249,186"],
    ),
    ("Gold hit a record $2,790.15 an ounce before easing to $2,743.97.", &["2,790.15 USD", "2,743.97 USD"]),
    (
        "The gunman fired at least 15 shots, killing four people and wounding nine before he was shot dead.",
        &["at least 15 shots", "4 people, killed", "9, wounded"],
    ),
    (
        "The volcano spewed ash 5,000 metres into the air, forcing the evacuation of some 3,500 people living within 7 km of the crater.",
        &["5,000 metres", "about 3,500 people", "at most 7 km"],
    ),
    (
        "Revenue in the three months to 30 September was 79.1 trillion won ($57.3 billion), 17.3% more than a year earlier.",
        &["3 months", "79.1 trillion KRW", "57.3 billion USD", "change: 17.3%"],
    ),
    (
        "More than 4,000 of the 11,000 soldiers, over a third of the force, were killed or injured by mid-March.",
        &["more than 4,000", "11,000 soldiers", "more than one-third"],
    ),
    (
        "No one was hurt, but 14 cars and a bus were damaged, and 300 residents had to leave.",
        &["0, injured", "14 cars", "300 residents"],
    ),
    (
        "The euro bought $1.0843, compared with $1.0812 late on Thursday, and the yen stood at 154.26 per dollar.",
        &["1.0843 USD", "was: 1.0812 USD", "154.26"],
    ),
];

#[test]
fn sentences_of_agencies() {
    sees(AGENCIES);
}
