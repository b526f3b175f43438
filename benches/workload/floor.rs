//! The least that a program can do which reads tables: every field of every row, parsed for what it is.
//!
//! `floor FILE…` reads each file with the crate csv, and parses each field as a date, a number, or text. It prints how many fields there were, and a
//! sum over them, so that nothing of the work is left out. `run.py` beside it measures it as a whole process.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use csv::{ByteRecord, ReaderBuilder};

/// What all fields come to, added up.
#[derive(Default)]
struct Sum {
    fields: u64,
    days: i64,
    numbers: f64,
    letters: usize,
}

fn main() {
    let mut sum = Sum::default();
    for path in std::env::args_os().skip(1) {
        let shown = path.to_string_lossy().into_owned();
        let mut reader = ReaderBuilder::new().buffer_capacity(1 << 16).from_path(&path).expect(&shown);
        let mut record = ByteRecord::new();
        while reader.read_byte_record(&mut record).expect(&shown) {
            record.iter().for_each(|field| sum.add(field));
        }
    }
    let Sum { fields, days, numbers, letters } = sum;
    println!("{fields} fields: days {days}, numbers {numbers:.4}, letters {letters}");
}

impl Sum {
    fn add(&mut self, field: &[u8]) {
        self.fields += 1;
        if let Some(day) = day(field) {
            self.days += day;
        } else if let Some(number) = number(field) {
            self.numbers += number;
        } else {
            self.letters += field.len();
        }
    }
}

/// The days from the first of March of the year 0 to a date as in `1999-04-02`.
fn day(field: &[u8]) -> Option<i64> {
    let [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1] = *field else { return None };
    let year = digits(&[y0, y1, y2, y3])?;
    let (month, day) = (digits(&[m0, m1])?, digits(&[d0, d1])?);
    // Years that begin in March have the leap day last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    Some(
        365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + (153 * month + 2) / 5 + day - 1,
    )
}

/// A number without a fraction by its digits, any other as the standard library reads it.
fn number(field: &[u8]) -> Option<f64> {
    if let Some(whole) = digits(field) {
        return Some(whole as f64);
    }
    std::str::from_utf8(field).ok()?.parse().ok()
}

fn digits(field: &[u8]) -> Option<i64> {
    if field.is_empty() || field.len() > 15 {
        return None;
    }
    field.iter().try_fold(0, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + i64::from(digit - b'0')))
}
