//! Figures in Korean, as newspapers write them.

use proptest::prelude::*;
use proptest::sample::select;
use testimony::{ErrorKind, Figure, FigureReader, Language, NumberStyle, Seen, Vague};

fn korean() -> FigureReader {
    FigureReader::new().with_language(Language::Korean)
}

#[track_caller]
fn figure(phrase: &str) -> Figure {
    match korean().read(phrase) {
        Ok(figure) => figure,
        Err(error) => panic!("{error}"),
    }
}

fn persons(figure: Figure) -> Figure {
    figure.with_unit("persons")
}

#[test]
fn hedges_stand_on_either_side_of_a_number() -> Result<(), testimony::Error> {
    for (phrase, read) in [
        ("4,000명", Figure::exactly(4000)),
        ("정확히 4천 명", Figure::exactly(4000)),
        ("약 3천 명", Figure::about(3000)),
        ("약3천명", Figure::about(3000)),
        ("대략 3,000명", Figure::about(3000)),
        ("3천 명가량", Figure::about(3000)),
        ("3천 명 정도", Figure::about(3000)),
        ("3천명쯤", Figure::about(3000)),
        ("3천 명 안팎", Figure::about(3000)),
        ("3천 명 내외", Figure::about(3000)),
        ("약 3천 명 정도", Figure::about(3000)),
        ("4천여 명", Figure::just_over(4000)),
        ("4천여명", Figure::just_over(4000)),
        ("십여 명", Figure::just_over(10)),
        ("약 4천여 명", Figure::just_over(4000)),
        ("4천 명 남짓", Figure::just_over(4000)),
        ("4,000명 이상", Figure::at_least(4000)),
        ("4,000명이상", Figure::at_least(4000)),
        ("최소 4천 명", Figure::at_least(4000)),
        ("적어도 4천 명", Figure::at_least(4000)),
        ("최소 4천 명 이상", Figure::at_least(4000)),
        ("약 4천 명 이상", Figure::at_least(4000)),
        ("최소 4천여 명", Figure::more_than(4000)),
        ("4천여 명 이상", Figure::more_than(4000)),
        ("4천 명 초과", Figure::more_than(4000)),
        ("4천 명이 넘는", Figure::more_than(4000)),
        ("4천 명 넘게", Figure::more_than(4000)),
        ("4천 명을 웃도는", Figure::more_than(4000)),
        ("4천 명보다 많은", Figure::more_than(4000)),
        ("4천 명 이하", Figure::at_most(4000)),
        ("최대 1만1천 명", Figure::at_most(11_000)),
        ("많아야 4천 명", Figure::at_most(4000)),
        ("4천 명에 달하는", Figure::at_most(4000)),
        ("4천 명 미만", Figure::less_than(4000)),
        ("4천 명에 못 미치는", Figure::less_than(4000)),
        ("4천 명을 밑도는", Figure::less_than(4000)),
        ("거의 4천 명", Figure::nearly(4000)),
        ("4천 명 가까이", Figure::nearly(4000)),
        ("4천 명에 육박하는", Figure::nearly(4000)),
        ("3천~4천 명", Figure::between(3000, 4000)?),
        ("3~4천 명", Figure::between(3000, 4000)?),
        ("3000∼4000명", Figure::between(3000, 4000)?),
        ("3천 명에서 4천 명 사이", Figure::between(3000, 4000)?),
        ("3천 명부터 4천 명까지", Figure::between(3000, 4000)?),
        ("약 3천~4천 명", Figure::about_between(3000, 4000)?),
        ("3천~4천 명가량", Figure::about_between(3000, 4000)?),
        ("두세 명", Figure::between(2, 3)?),
        ("한 명", Figure::exactly(1)),
        ("열두 명", Figure::exactly(12)),
        ("수백 명", Figure::vague(Vague::Hundreds)),
        ("수천여 명", Figure::vague(Vague::Thousands)),
        ("수십만 명", Figure::vague(Vague::HundredsOfThousands)),
    ] {
        assert_eq!(figure(phrase), persons(read), "{phrase}");
    }
    Ok(())
}

#[test]
fn numbers_count_in_ten_thousands_in_digits_and_in_words() -> Result<(), testimony::Error> {
    let rounded = Figure::rounded;
    for (phrase, read) in [
        ("1만1천", rounded(11_000, 1000)?),
        ("1만 1,000", Figure::exactly(11_000)),
        ("1만 1,234", Figure::exactly(11_234)),
        ("4천3백21", Figure::exactly(4321)),
        ("3백", Figure::exactly(300)),
        ("938만 6천", rounded(9_386_000, 1000)?),
        ("1.5만", rounded(15_000, 1000)?),
        ("5억 3천만", rounded(530_000_000, 10_000_000)?),
        ("1조2천억", rounded(1_200_000_000_000_i64, 100_000_000_000_i64)?),
        ("이십일조", rounded(21_000_000_000_000_i64, 1_000_000_000_000_i64)?),
        ("삼천구백육십오", Figure::exactly(3965)),
        ("오십이", Figure::exactly(52)),
        ("백칠십", Figure::exactly(170)),
        ("쉰둘", Figure::exactly(52)),
        ("마이너스 오", Figure::exactly(-5)),
        ("2와 2분의 1", Figure::exactly("2.5".parse::<testimony::Number>()?)),
    ] {
        assert_eq!(figure(phrase), read, "{phrase}");
    }
    Ok(())
}

#[test]
fn parts_stand_before_how_many_of_them() {
    for (phrase, read) in [
        ("3분의 1", "one-third"),
        ("삼분의 이", "two-thirds"),
        ("약 3분의 1", "about one-third"),
        ("3분의 1가량", "about one-third"),
        ("3분의 2 이상", "at least two-thirds"),
        ("절반", "one-half"),
        ("절반 이상", "at least 50%"),
        ("절반이 넘는", "more than 50%"),
        ("3/4", "3/4"),
        ("10명 중 3명", "3/10"),
        ("셋 중 하나", "one-third"),
        ("30%", "30%"),
        ("30%가량", "about 30%"),
        ("30.5%", "30.5%"),
        ("이십 퍼센트", "20%"),
        ("0.3%포인트", "0.3 percentage points"),
    ] {
        assert_eq!(figure(phrase).to_string(), read, "{phrase}");
    }
}

#[test]
fn what_is_counted_has_a_name_that_other_languages_share() {
    for (phrase, unit) in [
        ("3명", Some("persons")),
        ("세 사람", Some("persons")),
        ("3건", Some("cases")),
        ("2척", Some("ships")),
        ("100가구", Some("households")),
        ("5억 원", Some("KRW")),
        ("50억 달러", Some("USD")),
        ("$50억", Some("USD")),
        ("30㎞", Some("km")),
        ("3개월", Some("months")),
        ("서른 살", Some("years")),
        ("전차 없는 5대", None),
        ("5대", Some("대")),
        ("4기", Some("기")),
        ("3천 보병", Some("보병")),
        ("사과 없는", None),
        ("두 개", None),
    ] {
        let read = korean().read(phrase);
        assert_eq!(read.ok().as_ref().and_then(Figure::unit), unit, "{phrase}");
    }
}

#[test]
fn sentences_of_news_are_read() {
    for (text, read) in [
        (
            "국정원은 파병된 북한군 1만1천여 명 가운데 사상자가 4천여 명에 이른다고 밝혔다.",
            &["just over 11,000 persons", "just over 4,000 persons"][..],
        ),
        ("합참은 지난 1월과 2월에 3천여 명 이상이 파병됐다고 말했다.", &["more than 3,000 persons"]),
        ("전체 병력의 3분의 1가량이 전투력을 잃었다.", &["about one-third"]),
        (
            "태풍으로 12명이 숨지고 30여 명이 다쳤으며 5명이 실종됐다.",
            &["12 persons", "just over 30 persons", "5 persons"],
        ),
        ("수출은 500억 달러를 넘어섰다.", &["more than 50,000,000,000 USD"]),
        ("2024년 12월 3일 오후 10시 30분쯤 선포됐다.", &[]),
        ("제22대 국회의원 300명 중 204명이 찬성했다.", &["300 persons", "204 persons"]),
        ("최소 20명에서 최대 50명이 갇혔다.", &["at least 20 and at most 50 persons"]),
        ("5만~6만 명이 대피했다.", &["50,000–60,000 persons"]),
        ("수십만 명의 난민이 국경을 넘었다.", &["hundreds of thousands of persons"]),
        ("1990년대 후반 30대 남성 두 명이 체포됐다.", &["2 persons"]),
        ("K9 자주포 24문과 T-72 전차 10여 대가 배치됐다.", &["24 문", "just over 10 대"]),
        ("피해 규모는 최대 2배로 늘었다.", &[]),
        ("사망자 수는 하루 만에 20명 더 늘었다.", &[]),
        ("득표율은 50%에 못 미친 49.4%였다.", &["less than 50%", "49.4%"]),
        ("코로나19 확진자 5천 명 미만", &["less than 5,000 persons"]),
        ("한국은 3-1로 이겼다. 문의 02-123-4567, 192.168.1.2", &[]),
        ("이 사람은 사건 조사에서 구조를 만일의 이유로 삼았다.", &[]),
        ("이천 시민 수백 명이 모였다.", &["hundreds of persons"]),
        ("이 수는 100보다 크고 300보다 작거나 같다.", &["more than 100 and at most 300"]),
        ("여기 20~100개 정도의 사과가 있다.", &["about 20–100"]),
        ("CNN은 북한군 약 12,000 명이 러시아에 있다고 보도했다.", &["about 12,000 persons"]),
        ("100여 명에서 200여 명 사이로 추산된다.", &["about 100–200 persons"]),
    ] {
        let found: Vec<String> = korean().figures_in(text).map(|found| found.figure().to_string()).collect();
        assert_eq!(found, read, "{text}");
    }
}

/// The figures seen in a text, each with what is told of it.
fn seen(text: &str) -> Vec<String> {
    let told = |seen| match seen {
        Seen::Figure(found) => {
            let role = found.role().map(|role| format!("{role}: ")).unwrap_or_default();
            let fate = found.fate().map(|fate| format!(", {fate}")).unwrap_or_default();
            format!("{role}{}{fate}", found.figure())
        }
        Seen::Unread(unread) => format!("unread ({}): {}", unread.why(), unread.said()),
        _ => String::new(),
    };
    korean().seen_in(text).map(told).collect()
}

#[test]
fn changes_are_told_apart_from_totals() {
    for (text, right) in [
        ("수입이 40건에서 43건으로 늘었다.", &["was: 40 cases", "is: 43 cases"][..]),
        ("예산이 3조 원에서 2조5천억 원으로 줄었다.", &["was: 3 trillion KRW", "is: 2.5 trillion KRW"]),
        ("하루 만에 20명 늘어난 63명으로 집계됐다.", &["change: 20 persons", "is: 63 persons"]),
        ("수출은 12% 줄어든 350억 달러를 기록했다.", &["change: 12%", "is: 35.0 billion USD"]),
        ("기준금리를 0.25%포인트 인상한 3.5%로 정했다.", &["change: 0.25 percentage points", "is: 3.5%"]),
        ("지난해 2,551명보다 3.1% 줄어든 2,472명이었다.", &["was: 2,551 persons", "change: 3.1%", "is: 2,472 persons"]),
        (
            "전날보다 35.12포인트(1.3%) 오른 2,650.33에 마감했다.",
            &["change: 35.12 points", "change: 1.3%", "is: 2,650.33"],
        ),
        ("최소 20명에서 최대 50명으로 늘었다.", &["was: at least 20 persons", "is: at most 50 persons"]),
        ("실업률이 5.2%로 떨어졌다.", &["is: 5.2%"]),
        ("정부는 300명을 감축했다.", &["300 persons"]),
        ("30㎞ 떨어진 곳에서 발견됐다.", &["30 km"]),
        ("5천 명에서 6천 명 사이로 추산된다.", &["5,000–6,000 persons"]),
        ("오른쪽 12곳", &["12 곳"]),
    ] {
        assert_eq!(seen(text), right, "{text}");
    }
}

#[test]
fn what_happened_to_those_counted_stands_before_or_behind_them() {
    for (text, right) in [
        ("12명이 숨지고 30명이 다쳤다.", &["12 persons, dead", "30 persons, injured"][..]),
        ("3명 사망, 12명 부상, 2명 실종", &["3 persons, dead", "12 persons, injured", "2 persons, missing"]),
        ("사망 3명 부상 12명", &["3 persons, dead", "12 persons, injured"]),
        ("사망자 수는 600여 명이다.", &["just over 600 persons, dead"]),
        ("12명의 사망자와 30명의 부상자가 나왔다.", &["12 persons, dead", "30 persons, injured"]),
        ("부상자 3명이 숨졌다.", &["3 persons, dead"]),
        ("4천여 명이 전사했다.", &["just over 4,000 persons, killed"]),
        ("경찰은 23명을 체포했다.", &["23 persons, arrested"]),
        ("사망자가 40명에서 43명으로 늘었다.", &["was: 40 persons, dead", "is: 43 persons, dead"]),
        ("20만 명 이상이 숨지거나 다쳤다.", &["at least 200,000 persons"]),
        ("사망·실종 12명", &["12 persons"]),
        ("사상자는 약 4,700명이다.", &["about 4,700 persons"]),
        ("사망자는 없었다.", &["0 persons, dead"]),
        ("인명 피해는 없었다.", &["0 persons"]),
    ] {
        assert_eq!(seen(text), right, "{text}");
    }
}

#[test]
fn what_rests_on_another_number_or_has_two_readings_is_listed() {
    for (text, right) in [
        ("환자가 2배로 늘었다.", &["unread (relative): 2배"][..]),
        ("두 배 가까이 올랐다.", &["unread (relative): 두 배"]),
        ("3~4배로 늘었다.", &["unread (relative): 3~4배"]),
        ("3배 많은 12만 명", &["unread (relative): 3배", "0.12 million persons"]),
        ("추가로 3천 명을 보냈다.", &["unread (relative): 추가로 3천 명"]),
        ("추가 확진자 20명", &["unread (relative): 추가 확진자 20명"]),
        ("3명 추가 4명", &["unread (relative): 3명 추가", "unread (relative): 4명"]),
        ("또 다른 3명이 체포됐다.", &["unread (relative): 또 다른 3명"]),
        ("40명을 더 보냈다.", &["unread (relative): 40명을 더"]),
        ("3천여 명 이상이 추가 파병됐다.", &["unread (relative): 3천여 명 이상이 추가"]),
        ("3.000명이 왔다.", &["unread (ambiguous): 3.000명"]),
        ("4.800점을 받았다.", &["unread (ambiguous): 4.800점"]),
        ("12.345.678명 중 3.000명", &["12,345,678 persons", "3,000 persons"]),
        ("수백 명 이상", &["unread (unknown_hedge): 수백 명 이상"]),
        ("한 배를 탔다. 2배럴", &["2 barrels"]),
    ] {
        assert_eq!(seen(text), right, "{text}");
    }
    let point = korean().with_number_style(NumberStyle::DecimalPoint);
    assert_eq!(point.read("4.800점").unwrap().to_string(), "4.8 점");
}

#[test]
fn long_numbers_and_places_are_read_in_words() {
    for (text, right) in [
        ("이십만이천은 큰 수다.", &["202 thousand"][..]),
        ("x는 백칠십이다", &["170"]),
        ("영점 오 퍼센트", &["0.5%"]),
        ("삼점일사", &["3.14"]),
        ("점수는 이백점 칠일이다", &["200.71"]),
        ("주민의 반이 떠났다.", &["one-half"]),
        ("우리 반이 이겼다.", &[]),
        ("백일만에 돌아왔고 이십일만에 끝났다. 만일의 일.", &[]),
        ("100 >= 의 수, 10 > 5", &["at least 100", "10", "more than 5"]),
        ("기온은 영하 12도까지 떨어졌다.", &["-12 degrees"]),
        ("1인당 3만 원", &["0.03 million KRW"]),
    ] {
        assert_eq!(seen(text), right, "{text}");
    }
}

#[test]
fn what_is_no_figure_is_refused() {
    for phrase in
        ["", "명", "약", "3번째", "제3차", "2025년", "3월", "이상", "3명 4명", "10시 30분", "3천 명 이상 미만"]
    {
        let error = korean().read(phrase).unwrap_err();
        assert_eq!(error.kind(), &ErrorKind::NotAFigure, "{phrase}");
        assert_eq!(error.to_string(), format!("\"{phrase}\" is not a figure"));
    }
    let unheld = korean().read("최대 30명 이상").unwrap_err();
    assert_eq!(unheld.kind(), &ErrorKind::UnknownHedge);
    assert_eq!(korean().read("세 배").unwrap_err().kind(), &ErrorKind::Relative);
    let long = format!("{}명", "9".repeat(40));
    assert_eq!(korean().read(&long).unwrap_err().kind(), &ErrorKind::TooPrecise);
}

#[test]
fn hostile_texts_are_read_in_linear_time() {
    for part in [
        "9",
        "일",
        "3천 ",
        "만",
        "약 ",
        "분의 ",
        "1-",
        " ",
        "~",
        "3~",
        "명 이상 ",
        "한",
        "3명에서 ",
        "-",
        "마이너스 ",
        "3명에서 4명으로 ",
        "추가 병력 ",
        "3명(",
        "두 배 ",
        "2~3~",
        "12.345 ",
        "사망자 3명 ",
        "영점 ",
        "최소 3명에서 최대 ",
    ] {
        let text = part.repeat(200_000 / part.len());
        let _ = korean().figures_in(&text).count();
        let _ = korean().read(&text);
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_harm(parts in proptest::collection::vec(select(vec![
        "1", "23", "4,000", "0.5", "일", "이", "삼", "십", "백", "천", "만", "억", "여", "명", "개", "대", "원", "%", " ", " ", "약", "최소",
        "이상", "이하", "미만", "초과", "넘는", "이 넘", "~", "-", "에서", "까지", "사이", "과", "분의", "중", "한", "두", "열", "수", "수백", "절반",
        "마이너스", "$", "년", "월", "에서 ", "으로", "늘어난 ", "사망자 ", "이 숨지", "추가로 ", "배", "점", "영점 ", "12.345", "없었", "(", "번째", "제", "가량", "보다 크고", "보다 작", ".", ",", "K", "é", "/", "더",
    ]), 0..12)) {
        let text = parts.concat();
        let mut last = 0;
        for seen in korean().seen_in(&text) {
            let (span, said) = match &seen {
                Seen::Figure(found) => (found.span(), found.said()),
                Seen::Unread(unread) => (unread.span(), unread.said()),
                other => panic!("{other:?}"),
            };
            prop_assert!(span.start >= last && span.end > span.start);
            prop_assert_eq!(&text[span.clone()], said);
            last = span.end;
        }
        if let (Ok(read), Some(whole)) =
            (korean().read(&text), korean().figures_in(&text).find(|found| found.said() == text))
        {
            prop_assert_eq!(&read, whole.figure());
        }
    }
}
