//! The words of figures in Korean: the one table behind its reader.
//!
//! A space in a phrase stands for white space that may be there or not, and `…` at its end for any ending of that word.
//! A phrase without `…` has to end where a word does, or where a particle begins.

use std::sync::OnceLock;

use super::fate::Fate;
use super::table::Before;

/// Phrases with their meanings, found by the first character that is no space.
#[derive(Debug)]
pub(crate) struct Table<T: 'static> {
    phrases: &'static [(&'static str, T)],
    by_first: OnceLock<Vec<(char, usize)>>,
}

impl<T> Table<T> {
    const fn new(phrases: &'static [(&'static str, T)]) -> Self {
        Self { phrases, by_first: OnceLock::new() }
    }

    /// The phrases that begin with a character, or with white space and that character.
    pub(crate) fn starting_with(&self, first: char) -> impl Iterator<Item = &'static (&'static str, T)> {
        let by_first = self.by_first.get_or_init(|| {
            let first = |phrase: &str| phrase.trim_start().chars().next().unwrap_or(' ');
            let mut firsts: Vec<_> =
                self.phrases.iter().zip(0..).map(|((phrase, _), at)| (first(phrase), at)).collect();
            firsts.sort_unstable();
            firsts
        });
        let from = by_first.partition_point(|(other, _)| *other < first);
        by_first[from..].iter().take_while(move |(other, _)| *other == first).map(|(_, at)| &self.phrases[*at])
    }
}

/// The digits in words, of Chinese origin: they stand before a power of ten.
pub(crate) static DIGITS: Table<u8> = Table::new(&[
    ("일", 1),
    ("이", 2),
    ("삼", 3),
    ("사", 4),
    ("오", 5),
    ("육", 6),
    ("륙", 6),
    ("칠", 7),
    ("팔", 8),
    ("구", 9),
]);

/// The powers of ten up to a thousand, and those that multiply all that stands before them.
pub(crate) static TENS: Table<u8> = Table::new(&[("십", 1), ("백", 2), ("천", 3)]);
pub(crate) static MYRIADS: Table<u8> = Table::new(&[("만", 4), ("억", 8), ("조", 12), ("경", 16)]);

/// Numbers in native words, tens and ones; before what is counted some are shorter.
pub(crate) static NATIVE_TENS: Table<u8> = Table::new(&[
    ("열", 10),
    ("스물", 20),
    ("스무", 20),
    ("서른", 30),
    ("마흔", 40),
    ("쉰", 50),
    ("예순", 60),
    ("일흔", 70),
    ("여든", 80),
    ("아흔", 90),
]);
pub(crate) static NATIVE_ONES: Table<u8> = Table::new(&[
    ("하나", 1),
    ("한", 1),
    ("둘", 2),
    ("두", 2),
    ("셋", 3),
    ("세", 3),
    ("석", 3),
    ("넷", 4),
    ("네", 4),
    ("넉", 4),
    ("다섯", 5),
    ("여섯", 6),
    ("일곱", 7),
    ("여덟", 8),
    ("아홉", 9),
]);

/// Two numbers in one word: two or three, three or four.
pub(crate) static PAIRS: Table<(u8, u8)> = Table::new(&[
    ("한두", (1, 2)),
    ("두세", (2, 3)),
    ("두서너", (2, 4)),
    ("서너", (3, 4)),
    ("네댓", (4, 5)),
    ("너댓", (4, 5)),
    ("너더댓", (4, 5)),
    ("대여섯", (5, 6)),
    ("예닐곱", (6, 7)),
    ("일고여덟", (7, 8)),
    ("엳아홉", (8, 9)),
]);

/// Magnitudes that no number is given for.
pub(crate) static VAGUE: Table<&str> = Table::new(&[
    ("여러", "several"),
    ("수십", "dozens"),
    ("몇십", "dozens"),
    ("수백", "hundreds"),
    ("몇백", "hundreds"),
    ("수천", "thousands"),
    ("몇천", "thousands"),
    ("수만", "tens_of_thousands"),
    ("몇만", "tens_of_thousands"),
    ("수십만", "hundreds_of_thousands"),
    ("몇십만", "hundreds_of_thousands"),
    ("수백만", "millions"),
    ("몇백만", "millions"),
    ("수천만", "tens_of_millions"),
    ("수억", "hundreds_of_millions"),
    ("수십억", "billions"),
]);

pub(crate) static NEGATIVE: Table<()> = Table::new(&[("마이너스", ()), ("음수", ()), ("영하", ())]);
/// Nought before a point in words, that point, and the digits behind it.
pub(crate) static NOUGHT: Table<()> = Table::new(&[("영", ()), ("공", ())]);
pub(crate) static POINT: Table<()> = Table::new(&[(" 점 ", ())]);
#[rustfmt::skip]
pub(crate) static PLACES: Table<u8> = Table::new(&[
    ("영", 0), ("공", 0), ("일", 1), ("이", 2), ("삼", 3), ("사", 4), ("오", 5), ("육", 6), ("칠", 7), ("팔", 8), ("구", 9),
]);

pub(crate) static HALF: Table<()> = Table::new(&[("절반", ()), ("반", ())]);
/// Between the parts and how many of them.
pub(crate) static PARTS: Table<()> = Table::new(&[(" 분의 ", ())]);
/// Between a whole number and the parts that are added to it.
pub(crate) static AND: Table<()> = Table::new(&[("과 ", ()), ("와 ", ())]);
/// Between how many there are, and how many of them are meant: three of ten.
pub(crate) static OUT_OF: Table<()> = Table::new(&[(" 중 ", ()), (" 가운데 ", ())]);
/// Behind a number: somewhat more than it.
pub(crate) static ODD: Table<()> = Table::new(&[("여", ())]);

/// Before a hedge or a number: in all.
pub(crate) static FILLERS: Table<()> = Table::new(&[("총", ()), ("모두", ()), ("전체", ())]);

#[rustfmt::skip]
pub(crate) static BEFORE: Table<Before> = Table::new(&[
    ("정확히", Before::Exactly), ("꼭", Before::Exactly), ("약", Before::About), ("대략", Before::About),
    ("얼추", Before::About), ("어림잡아", Before::About), ("최소", Before::AtLeast), ("최소한", Before::AtLeast),
    ("적어도", Before::AtLeast), ("못해도", Before::AtLeast), ("최대", Before::AtMost), ("많아야", Before::AtMost),
    ("기껏해야", Before::AtMost), ("많게는", Before::AtMost), ("거의", Before::Nearly), ("근", Before::Nearly),
    (">", Before::MoreThan), ("<", Before::LessThan), ("≥", Before::AtLeast), ("≤", Before::AtMost),
    ("> =", Before::AtLeast), ("< =", Before::AtMost), ("~", Before::About), ("≈", Before::About),
]);

#[rustfmt::skip]
pub(crate) static AFTER: Table<Before> = Table::new(&[
    (" 이상", Before::AtLeast), (" 혹은 그 이상", Before::AtLeast), (" 또는 그 이상", Before::AtLeast),
    (" 이하", Before::AtMost), (" 혹은 그 이하", Before::AtMost), (" 또는 그 이하", Before::AtMost),
    (" 혹은 그 미만", Before::AtMost), (" 또는 그 미만", Before::AtMost), (" 이내", Before::AtMost),
    (" 초과", Before::MoreThan), (" 미만", Before::LessThan), (" 아래", Before::LessThan),
    (" 넘…", Before::MoreThan), ("이 넘…", Before::MoreThan), ("가 넘…", Before::MoreThan), ("을 넘…", Before::MoreThan), ("를 넘…", Before::MoreThan),
    ("을 웃도…", Before::MoreThan), ("를 웃도…", Before::MoreThan), ("을 웃돌…", Before::MoreThan), ("를 웃돌…", Before::MoreThan),
    ("을 웃돈…", Before::MoreThan), ("를 웃돈…", Before::MoreThan), ("을 상회…", Before::MoreThan), ("를 상회…", Before::MoreThan), ("을 밑도…", Before::LessThan), ("를 밑도…", Before::LessThan),
    ("을 밑돌…", Before::LessThan), ("를 밑돌…", Before::LessThan),
    ("을 밑돈…", Before::LessThan), ("를 밑돈…", Before::LessThan), ("을 하회…", Before::LessThan), ("를 하회…", Before::LessThan),
    ("에 못 미친…", Before::LessThan), ("에 못 미치…", Before::LessThan), ("에 못 미쳐…", Before::LessThan), ("에 미치지 못…", Before::LessThan), ("이 안 되…", Before::LessThan),
    ("이 채 안 되…", Before::LessThan),
    ("에 달하…", Before::AtMost), ("에 달한…", Before::AtMost), ("에 달했…", Before::AtMost), ("에 달할…", Before::AtMost),
    (" 가까이", Before::Nearly), ("에 가까운", Before::Nearly), ("에 육박…", Before::Nearly), (" 가까운", Before::Nearly),
    (" 남짓", Before::JustOver),
    (" 가량", Before::About), (" 정도", Before::About), (" 쯤", Before::About), (" 안팎", Before::About),
    (" 내외", Before::About), (" 전후", Before::About), (" 선", Before::About),
    (" > =", Before::AtLeast), (" ≥", Before::AtLeast), (" < =", Before::AtMost), (" ≤", Before::AtMost),
    (" >", Before::MoreThan), (" <", Before::LessThan),
    (" 보다 크…", Before::MoreThan), (" 보다 큰", Before::MoreThan), (" 보다 많…", Before::MoreThan), (" 보다 높…", Before::MoreThan),
    (" 보다 더 많…", Before::MoreThan),
    (" 보다 작…", Before::LessThan), (" 보다 적…", Before::LessThan), (" 보다 낮…", Before::LessThan), (" 보다 더 적…", Before::LessThan),
    (" 보다 크거나 같…", Before::AtLeast), (" 보다 많거나 같…", Before::AtLeast), (" 보다 높거나 같…", Before::AtLeast),
    (" 보다 크거나 그와 같…", Before::AtLeast), (" 보다 많거나 그와 같…", Before::AtLeast),
    ("과 같거나 크…", Before::AtLeast), ("와 같거나 크…", Before::AtLeast), ("과 같거나 큰", Before::AtLeast), ("와 같거나 큰", Before::AtLeast),
    ("과 같거나 많…", Before::AtLeast), ("와 같거나 많…", Before::AtLeast),
    ("과 같거나 그보다 크…", Before::AtLeast), ("와 같거나 그보다 크…", Before::AtLeast),
    ("과 같거나 그보다 많…", Before::AtLeast), ("와 같거나 그보다 많…", Before::AtLeast),
    (" 이거나 그보다 크…", Before::AtLeast), (" 이거나 그보다 많…", Before::AtLeast), (" 이거나 그 이상", Before::AtLeast),
    (" 또는 그보다 많…", Before::AtLeast), (" 또는 그보다 크…", Before::AtLeast),
    (" 보다 작거나 같…", Before::AtMost), (" 보다 적거나 같…", Before::AtMost), (" 보다 낮거나 같…", Before::AtMost),
    (" 보다 작거나 그와 같…", Before::AtMost), (" 보다 적거나 그와 같…", Before::AtMost),
    ("과 같거나 작…", Before::AtMost), ("와 같거나 작…", Before::AtMost), ("과 같거나 적…", Before::AtMost), ("와 같거나 적…", Before::AtMost),
    ("과 같거나 그보다 작…", Before::AtMost), ("와 같거나 그보다 작…", Before::AtMost),
    ("과 같거나 그보다 적…", Before::AtMost), ("와 같거나 그보다 적…", Before::AtMost),
    (" 이거나 그보다 작…", Before::AtMost), (" 이거나 그보다 적…", Before::AtMost), (" 이거나 그 이하", Before::AtMost),
    (" 또는 그보다 적…", Before::AtMost), (" 또는 그보다 작…", Before::AtMost),
]);

/// Between two hedged numbers that are the ends of one figure.
pub(crate) static JOINS: Table<()> =
    Table::new(&[("고 ", ()), ("지만 ", ()), ("며 ", ()), ("면서 ", ()), (" , ", ()), ("에서 ", ()), ("이고 ", ())]);

/// Between the ends of a range, and what has to follow the second one: either of these, or nothing.
#[rustfmt::skip]
pub(crate) static RANGES: Table<&[&str]> = Table::new(&[
    (" ~ ", &[]), (" ∼ ", &[]), (" 〜 ", &[]), (" ～ ", &[]), (" - ", &[]), (" – ", &[]), (" — ", &[]), (" 내지 ", &[]),
    ("에서 ", &["까지", " 사이"]), ("에서부터 ", &["까지", " 사이"]), ("부터 ", &["까지", " 사이"]),
    ("과 ", &[" 사이"]), ("와 ", &[" 사이"]),
]);

/// Words for what a number counts or measures, each with its unit by the name that other languages share; `None` makes
/// the word itself the unit, and an empty name stands for nothing in particular.
#[rustfmt::skip]
pub(crate) static UNITS: Table<Option<&str>> = Table::new(&[
    ("명", Some("persons")), ("사람", Some("persons")), ("개", Some("")), ("조각", Some("")),
    ("건", Some("cases")), ("대", None), ("곳", None), ("채", None), ("마리", None), ("발", None), ("기", None),
    ("척", Some("ships")), ("가구", Some("households")), ("세대", Some("households")), ("개국", None), ("개소", None),
    ("표", None), ("종", None), ("문", None), ("정", None), ("자루", None), ("권", None), ("장", None), ("병", None),
    ("가지", None), ("그루", None), ("송이", None), ("세", Some("years")), ("살", Some("years")),
    ("개월", Some("months")), ("달", Some("months")), ("주", Some("weeks")), ("주일", Some("weeks")),
    ("일간", Some("days")), ("일 동안", Some("days")), ("년간", Some("years")), ("년 동안", Some("years")), ("년", Some("years")),
    ("시간", Some("hours")), ("분", Some("minutes")), ("분간", Some("minutes")), ("초", Some("seconds")), ("초간", Some("seconds")),
    ("원", Some("KRW")), ("달러", Some("USD")), ("유로", Some("EUR")), ("엔", Some("JPY")), ("위안", Some("CNY")),
    ("파운드", Some("GBP")), ("루블", Some("RUB")), ("흐리우냐", Some("UAH")), ("$", Some("USD")), ("€", Some("EUR")),
    ("킬로미터", Some("km")), ("㎞", Some("km")), ("km", Some("km")), ("미터", Some("m")), ("m", Some("m")),
    ("센티미터", Some("cm")), ("㎝", Some("cm")), ("cm", Some("cm")), ("밀리미터", Some("mm")), ("㎜", Some("mm")), ("mm", Some("mm")),
    ("제곱킬로미터", Some("km2")), ("㎢", Some("km2")), ("km²", Some("km2")), ("제곱미터", Some("m2")), ("㎡", Some("m2")),
    ("헥타르", Some("ha")), ("리터", Some("l")), ("L", Some("l")), ("ml", Some("ml")), ("밀리리터", Some("ml")),
    ("톤", Some("t")), ("t", Some("t")), ("킬로그램", Some("kg")), ("㎏", Some("kg")), ("kg", Some("kg")),
    ("그램", Some("g")), ("g", Some("g")), ("밀리그램", Some("mg")), ("mg", Some("mg")),
    ("메가와트", Some("MW")), ("MW", Some("MW")), ("배럴", Some("barrels")),
    ("%", Some("ratio")), ("％", Some("ratio")), ("퍼센트", Some("ratio")), ("퍼센티지", Some("ratio")), ("프로", Some("ratio")),
    ("점", None), ("포인트", Some("points")), ("도", Some("degrees")),
    ("%p", Some("percentage points")), ("%포인트", Some("percentage points")), ("퍼센트 포인트", Some("percentage points")),
]);

/// Currencies by their signs, in front of a number.
pub(crate) static MONEY: Table<&str> =
    Table::new(&[("$", "USD"), ("US$", "USD"), ("₩", "KRW"), ("€", "EUR"), ("£", "GBP"), ("¥", "JPY")]);

/// Behind a number that only names, dates or orders something, or says how many times as much.
#[rustfmt::skip]
pub(crate) static NAMES: Table<()> = Table::new(&[
    ("번째", ()), ("번", ()), ("위", ()), ("등", ()), ("호", ()), ("차", ()), ("회", ()), ("층", ()), ("세기", ()), ("학년", ()),
    ("년대", ()), ("년도", ()), ("월", ()), ("일", ()), ("시", ()), ("항", ()), ("쪽", ()), ("페이지", ()), ("배", ()), ("주년", ()),
    ("째", ()), ("인당", ()), ("인분", ()), ("번지", ()), ("호선", ()), ("연대", ()), ("사단", ()), ("여단", ()), ("기갑", ()), ("편", ()), ("부", ()),
]);

/// Machines that "대" counts: behind one of them "10대" are ten of it, and otherwise people in their tens.
#[rustfmt::skip]
pub(crate) const MACHINES: &[&str] = &[
    "전차", "탱크", "장갑차", "차량", "트럭", "버스", "승용차", "자동차", "항공기", "전투기", "헬기", "헬리콥터", "드론", "무인기", "자주포",
    "방사포", "야포", "대포", "발사대", "열차", "오토바이", "장비", "기계", "컴퓨터", "카메라",
];

/// Words behind a number that make it an increment, and those before it: 40 more.
#[rustfmt::skip]
pub(crate) static MORE: Table<()> = Table::new(&[
    (" 더", ()), ("이 더", ()), ("가 더", ()), ("을 더", ()), ("를 더", ()),
    (" 추가…", ()), ("이 추가…", ()), ("가 추가…", ()), ("을 추가…", ()), ("를 추가…", ()),
]);
pub(crate) const ADDED: &[&str] = &["추가로", "추가", "추가적으로", "또", "또다시"];

/// Behind a number: how many times as much.
pub(crate) static TIMES: Table<()> = Table::new(&[(" 배", ())]);

/// Before a number of it, one that names.
pub(crate) const NAMING: &[&str] = &["제", "No."];

/// Around what was and what is: "40명에서 43명으로", "40명보다 3명 늘어난".
pub(crate) static FROM: Table<()> = Table::new(&[("에서 ", ()), ("에서부터 ", ())]);
pub(crate) static TO: Table<()> = Table::new(&[("으로 ", ()), ("로 ", ())]);
pub(crate) static THAN: Table<()> = Table::new(&[("보다 ", ())]);

/// Between an amount or those counted and the word for what became of them.
pub(crate) static OBJECT: Table<()> = Table::new(&[("을 ", ()), ("를 ", ())]);
#[rustfmt::skip]
pub(crate) static SUBJECT: Table<()> =
    Table::new(&[("이 ", ()), ("가 ", ()), ("은 ", ()), ("는 ", ()), ("의 ", ()), ("도 ", ())]);
#[rustfmt::skip]
pub(crate) static AMOUNT: Table<()> = Table::new(&[
    ("이 ", ()), ("가 ", ()), ("은 ", ()), ("는 ", ()), ("이나 ", ()), ("나 ", ()), ("만큼 ", ()), ("씩 ", ()),
]);
#[rustfmt::skip]
pub(crate) static ADVERBS: Table<()> = Table::new(&[
    ("크게 ", ()), ("소폭 ", ()), ("대폭 ", ()), ("다시 ", ()), ("모두 ", ()), ("심하게 ", ()), ("가볍게 ", ()), ("함께 ", ()),
    ("현장에서 ", ()), ("그 자리에서 ", ()), ("급격히 ", ()), ("더욱 ", ()),
]);

/// Words that tell of a change, behind its amount or what it led to.
#[rustfmt::skip]
pub(crate) static CHANGES: Table<()> = Table::new(&[
    ("늘었…", ()), ("늘어…", ()), ("늘려…", ()), ("늘린…", ()), ("늘렸…", ()), ("늘릴…", ()), ("늘고…", ()), ("늘며…", ()), ("늘면…", ()),
    ("늘리…", ()), ("줄었…", ()), ("줄어…", ()), ("줄여…", ()), ("줄인…", ()), ("줄였…", ()), ("줄고…", ()), ("줄며…", ()),
    ("줄이…", ()), ("줄일…", ()), ("증가…", ()), ("감소…", ()), ("상승…", ()), ("하락…", ()), ("급증…", ()), ("급감…", ()), ("급등…", ()),
    ("급락…", ()), ("폭등…", ()), ("폭락…", ()), ("오른…", ()), ("올랐…", ()), ("올라…", ()), ("올린…", ()), ("올렸…", ()), ("올려…", ()),
    ("오르…", ()), ("올릴…", ()), ("내린…", ()), ("내렸…", ()), ("내려…", ()), ("내리…", ()), ("떨어…", ()), ("인상…", ()), ("인하…", ()),
    ("상향…", ()), ("하향…", ()), ("확대…", ()), ("축소…", ()), ("삭감…", ()), ("감축…", ()), ("높아…", ()), ("높인…", ()), ("높였…", ()),
    ("높여…", ()), ("낮아…", ()), ("낮춘…", ()), ("낮췄…", ()), ("낮춰…", ()), ("불어…", ()), ("뛴…", ()), ("뛰었…", ()), ("뛰어…", ()),
    ("치솟…", ()), ("성장…", ()), ("위축…", ()), ("반등…", ()), ("추락…", ()), ("개선…", ()), ("악화…", ()), ("조정…", ()), ("정정…", ()),
    ("바뀌…", ()), ("바뀐…", ()),
]);
/// Words that begin as those do, and tell of none.
#[rustfmt::skip]
pub(crate) static NO_CHANGES: Table<()> = Table::new(&[
    ("오른쪽", ()), ("오른손", ()), ("오른발", ()), ("인상적", ()), ("인상을", ()), ("내려오", ()), ("내려왔", ()), ("올라오", ()), ("올라왔", ()),
    ("불어오", ()), ("뛰어난", ()), ("늘어서", ()), ("늘어선", ()), ("성장기", ()), ("조정경기", ()), ("조정위", ()),
]);
/// Words that compare a share with another: "10% 높은".
#[rustfmt::skip]
pub(crate) static COMPARED: Table<()> = Table::new(&[
    ("높은", ()), ("높다", ()), ("높았…", ()), ("낮은", ()), ("낮다", ()), ("낮았…", ()), ("많은", ()), ("많다", ()), ("많았…", ()),
    ("적은", ()), ("적다", ()), ("적었…", ()),
]);

/// Words for the fate of those counted, behind them; one that leaves the fate open has none.
#[rustfmt::skip]
pub(crate) static FATES: Table<Option<Fate>> = Table::new(&[
    ("숨지…", Some(Fate::Dead)), ("숨졌…", Some(Fate::Dead)), ("숨진…", Some(Fate::Dead)), ("숨져…", Some(Fate::Dead)),
    ("사망…", Some(Fate::Dead)), ("죽었…", Some(Fate::Dead)), ("죽고…", Some(Fate::Dead)), ("죽은…", Some(Fate::Dead)),
    ("죽거…", Some(Fate::Dead)), ("목숨을 잃…", Some(Fate::Dead)), ("전사…", Some(Fate::Killed)), ("피살…", Some(Fate::Killed)),
    ("살해…", Some(Fate::Killed)), ("다치…", Some(Fate::Injured)), ("다쳤…", Some(Fate::Injured)), ("다친…", Some(Fate::Injured)),
    ("다쳐…", Some(Fate::Injured)), ("부상…", Some(Fate::Injured)), ("중상…", Some(Fate::Injured)), ("경상…", Some(Fate::Injured)),
    ("중경상…", Some(Fate::Injured)), ("실종…", Some(Fate::Missing)), ("체포…", Some(Fate::Arrested)), ("구속…", Some(Fate::Arrested)),
    ("검거…", Some(Fate::Arrested)), ("붙잡…", Some(Fate::Arrested)), ("구금…", Some(Fate::Arrested)), ("사상…", None),
]);
/// The same in nouns before them, and what stands between.
#[rustfmt::skip]
pub(crate) const FATED: &[(&str, Option<Fate>)] = &[
    ("사망자", Some(Fate::Dead)), ("사망", Some(Fate::Dead)), ("전사자", Some(Fate::Killed)), ("부상자", Some(Fate::Injured)),
    ("부상", Some(Fate::Injured)), ("중상", Some(Fate::Injured)), ("경상", Some(Fate::Injured)), ("실종자", Some(Fate::Missing)),
    ("실종", Some(Fate::Missing)),
];
pub(crate) const TOPICS: &[&str] = &["수는", "수가", "수", "는", "은", "가", "이", "만", "도", "를", "을"];
/// Between two things of which one happened.
pub(crate) static OR: Table<()> =
    Table::new(&[("·", ()), ("/", ()), (" 또는", ()), (" 혹은", ()), (" 및", ()), ("이나 ", ())]);

/// Those of whom there may be none, with what happened to them, and the word for that there are none.
#[rustfmt::skip]
pub(crate) static NOUGHTS: Table<Option<Fate>> = Table::new(&[
    ("사망자", Some(Fate::Dead)), ("부상자", Some(Fate::Injured)), ("실종자", Some(Fate::Missing)), ("사상자", None),
    ("인명 피해", None), ("희생자", Some(Fate::Dead)),
]);
#[rustfmt::skip]
pub(crate) static NONE: Table<()> =
    Table::new(&[("없었…", ()), ("없다", ()), ("없는", ()), ("없으…", ()), ("없이", ()), ("없습…", ()), ("없고", ())]);

/// Forms of "to be", which begin with a syllable that is a digit too.
pub(crate) static COPULA: Table<()> = Table::new(&[
    ("이다", ()),
    ("이고", ()),
    ("이며", ()),
    ("이라", ()),
    ("이었", ()),
    ("이지", ()),
    ("이나", ()),
    ("이던", ()),
]);

/// Endings that are written against a word and begin none: particles and the forms of "to be".
#[rustfmt::skip]
pub(crate) static PARTICLES: Table<()> = Table::new(&[
    ("이", ()), ("가", ()), ("은", ()), ("는", ()), ("을", ()), ("를", ()), ("의", ()), ("에", ()), ("로", ()), ("으로", ()), ("도", ()),
    ("만", ()), ("과", ()), ("와", ()), ("이나", ()), ("나", ()), ("까지", ()), ("부터", ()), ("보다", ()), ("씩", ()), ("뿐", ()),
    ("입니다", ()), ("이라고", ()), ("라고", ()), ("인", ()), ("짜리", ()), ("당", ()), ("들", ()), ("에서", ()),
    ("에게", ()), ("이며", ()), ("이고", ()), ("이었", ()), ("였", ()), ("마다", ()), ("대로", ()), ("밖에", ()), ("조차", ()), ("마저", ()),
    ("째", ()), ("간", ()), ("중", ()), ("꼴", ()), ("이다", ()),
]);
