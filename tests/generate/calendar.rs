//! Dates and stretches of time as a program writes them.

use super::tape::Tape;

/// Which dates a program uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Calendar {
    /// Days around the turn of a leap year's February and of 1999, now and then a month or a year; windows of days and of a month.
    Winter,
    /// Years, months and days of 1999 to 2002; windows of months and years.
    Years,
    /// Whole days of one winter alone, and windows of days: what may be moved by any number of days.
    DaysAlone,
}

/// A date as written, with a key that tells whether one ends before another begins: (year, month, day) of its ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Date {
    pub text: String,
    first: (i32, u32, u32),
    last: (i32, u32, u32),
}

impl Date {
    fn year(year: i32) -> Date {
        Date { text: year_text(year, ""), first: (year, 1, 1), last: (year, 12, 31) }
    }

    fn month(year: i32, month: u32) -> Date {
        Date { text: year_text(year, &format!("-{month:02}")), first: (year, month, 1), last: (year, month, 31) }
    }

    fn day(year: i32, month: u32, day: u32) -> Date {
        Date {
            text: year_text(year, &format!("-{month:02}-{day:02}")),
            first: (year, month, day),
            last: (year, month, day),
        }
    }

    fn is_before(&self, other: &Date) -> bool {
        self.last < other.first
    }
}

fn year_text(year: i32, rest: &str) -> String {
    if year > 0 { format!("{year:04}{rest}") } else { format!("{:04}{rest} BC", 1 - year) }
}

impl Calendar {
    pub fn date(self, tape: &mut Tape) -> Date {
        match self {
            Calendar::DaysAlone => winter_day(tape),
            Calendar::Winter => match tape.weighted(&[(16, 0), (3, 1), (2, 2), (1, 3)]) {
                0 => winter_day(tape),
                1 => {
                    let (year, month) = *tape.pick(&[(2000, 1), (2000, 2), (1999, 12)]);
                    Date::month(year, month)
                }
                2 => Date::year(*tape.pick(&[2000, 1999])),
                _ => far_away(tape),
            },
            Calendar::Years => match tape.weighted(&[(5, 0), (4, 1), (5, 2), (1, 3)]) {
                0 => Date::year(1999 + tape.below(4) as i32),
                1 => Date::month(1999 + tape.below(4) as i32, tape.between(1, 12) as u32),
                2 => match tape.weighted(&[(5, 0), (1, 1), (1, 2)]) {
                    0 => Date::day(1999 + tape.below(4) as i32, tape.between(1, 12) as u32, tape.between(1, 28) as u32),
                    1 => Date::day(2000, 2, 29),
                    _ => Date::day(1999 + tape.below(4) as i32, 12, 31),
                },
                _ => far_away(tape),
            },
        }
    }

    /// So many dates, each ending before the next begins; fewer where the draws do not allow it.
    fn dates(self, tape: &mut Tape, number: usize) -> Vec<Date> {
        let mut dates: Vec<Date> = (0..number).map(|_| self.date(tape)).collect();
        dates.sort_by_key(|date| (date.first, date.last));
        let mut kept: Vec<Date> = Vec::new();
        for date in dates {
            if kept.last().is_none_or(|last| last.is_before(&date)) {
                kept.push(date);
            }
        }
        kept
    }

    /// Dates that stand in roles of the kind `date`.
    pub fn dates_of_the_kind(self, tape: &mut Tape) -> Vec<String> {
        let dates = self.dates(tape, 2);
        // A bare year would read as a number.
        let mut texts: Vec<String> =
            dates.into_iter().map(|date| date.text).filter(|text| text.contains('-')).collect();
        if texts.is_empty() {
            texts.push("2000-01-15".to_owned());
        }
        texts
    }

    /// The times of rows none of which shares a day with another: `in D`, so many at most.
    pub fn separate_days(self, tape: &mut Tape, number: usize) -> Vec<String> {
        self.dates(tape, number).into_iter().map(|date| format!("in {}", date.text)).collect()
    }

    /// `the last 10 days`
    pub fn window(self, tape: &mut Tape) -> String {
        let direction = if tape.chance(40) { "next" } else { "last" };
        let length = match self {
            Calendar::Winter if tape.chance(20) => "1 month".to_owned(),
            Calendar::Winter | Calendar::DaysAlone => match tape.between(1, 12) {
                1 => "day".to_owned(),
                days => format!("{days} days"),
            },
            Calendar::Years => {
                (*tape.pick(&["1 year", "6 months", "30 days", "1 month", "18 months", "2 years"])).to_owned()
            }
        };
        format!("the {direction} {length}")
    }

    /// The days of a life: precise, and in order.
    pub fn life(self, tape: &mut Tape) -> String {
        let number = *tape.pick(&[2, 1, 4, 3]);
        let dates = self.dates(tape, number);
        let texts: Vec<&str> = dates.iter().map(|date| date.text.as_str()).collect();
        match texts.as_slice() {
            [only] if tape.chance(50) => format!("until {only}"),
            [only] => format!("from {only}"),
            [one, two] => format!("from {one} until {two}"),
            [one, two, three] => format!("from {one} until {two}, from {three}"),
            [one, two, three, four] => format!("from {one} until {two}, from {three} until {four}"),
            _ => "from 1999".to_owned(),
        }
    }

    /// `from D until D`: no end that says anything about the time after, no imprecision.
    pub fn plain_span(self, tape: &mut Tape) -> String {
        let number = *tape.pick(&[2, 1]);
        let dates = self.dates(tape, number);
        let texts: Vec<&str> = dates.iter().map(|date| date.text.as_str()).collect();
        match texts.as_slice() {
            [one, two, ..] if tape.chance(20) => format!("in {one}..{two}"),
            [one, two, ..] => format!("from {one} until {two}"),
            [only] => format!("{} {only}", tape.pick(&["from", "until", "in"])),
            [] => String::new(),
        }
    }

    /// The time of a fact: nothing, or one or more stretches, precise or not.
    pub fn spans(self, tape: &mut Tape) -> String {
        match tape.weighted(&[(3, 0), (10, 1), (4, 2), (4, 3)]) {
            0 => String::new(),
            1 => self.plain_span(tape),
            2 => self.imprecise_span(tape),
            _ => {
                let number = tape.between(1, 3);
                let dates = self.dates(tape, number * 2);
                // A later stretch without a beginning would overlap the earlier ones.
                let spans: Vec<String> = (dates.chunks(2).enumerate())
                    .map(|(place, ends)| match ends {
                        [only] if place > 0 => format!("from {}", only.text),
                        _ => self.stretch(tape, ends),
                    })
                    .collect();
                spans.join(", ")
            }
        }
    }

    /// The time of a record: some days are certain to lie in it.
    pub fn certain_spans(self, tape: &mut Tape) -> String {
        match tape.weighted(&[(3, 0), (5, 1), (3, 2)]) {
            0 => String::new(),
            1 => self.plain_span(tape),
            _ => match self.dates(tape, 2).as_slice() {
                ends @ [_, _] => self.stretch(tape, ends),
                _ => String::new(),
            },
        }
    }

    fn imprecise_span(self, tape: &mut Tape) -> String {
        let dates = self.dates(tape, 2);
        let ranges = self.dates(tape, 2);
        match ranges.as_slice() {
            [one, two] if tape.chance(40) => {
                let range = format!("{}..{}", one.text, two.text);
                let form = *tape.pick(&["sometime in", "from sometime in", "until sometime in", "ended sometime in"]);
                format!("{form} {range}")
            }
            _ => self.stretch(tape, &dates),
        }
    }

    /// One stretch between two dates, or with one date alone.
    fn stretch(self, tape: &mut Tape, ends: &[Date]) -> String {
        let begins = *tape.pick(&["from", "from", "from sometime in", "from earliest", "from latest"]);
        let finishes = *tape.pick(&[
            "until",
            "ended",
            "ended",
            "up to",
            "until sometime in",
            "ended sometime in",
            "until earliest",
            "ended latest",
        ]);
        match ends {
            [one, two, ..] => format!("{begins} {} {finishes} {}", one.text, two.text),
            [only] if tape.chance(40) => format!("{finishes} {}", only.text),
            [only] if tape.chance(30) => format!("sometime in {}", only.text),
            [only] => format!("{begins} {}", only.text),
            [] => String::new(),
        }
    }
}

fn winter_day(tape: &mut Tape) -> Date {
    match tape.below(70) {
        offset @ 0..=30 => Date::day(2000, 1, offset as u32 + 1),
        offset @ 31..=59 => Date::day(2000, 2, offset as u32 - 30),
        offset @ 60..=66 => Date::day(1999, 12, offset as u32 - 60 + 25),
        offset => Date::day(2000, 3, offset as u32 - 66),
    }
}

fn far_away(tape: &mut Tape) -> Date {
    match tape.below(4) {
        0 => Date::year(-432),
        1 => Date::day(-430, 6, 15),
        2 => Date::month(1815, 6),
        _ => Date::year(0),
    }
}
