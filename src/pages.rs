//! The pages of the codes, as they lie in `docs/errors/`.

use crate::diagnostic::did_you_mean;

/// What is to be told about a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// The code.
    pub code: &'static str,
    /// The page, in Markdown: a heading with the code, a line that says what it means, and more.
    pub text: &'static str,
}

impl Page {
    /// The line that says what the code means.
    #[must_use]
    pub fn title(&self) -> &'static str {
        self.text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or("")
    }
}

macro_rules! pages {
    ($($phase:ident { $($name:ident)* })*) => {
        /// All pages, by code.
        pub const PAGES: &[Page] = &[$($(Page {
            code: concat!("symmachia::", stringify!($phase), "::", stringify!($name)),
            text: include_str!(concat!("../docs/errors/", stringify!($phase), "/", stringify!($name), ".md")),
        },)*)*];
    };
}

pages! {
    cli {
        day_wanted no_such_code no_such_day period_backwards period_wanted question_wanted setting_wanted
        several_questions
    }
    read {
        circular_use empty_file missing_path missing_use no_programs_in_folder not_a_program not_utf8 nothing_given
        too_large unreadable use_of_folder
    }
}

/// The page of a code. A part of the code will do where it ends only one: `missing_use`.
///
/// # Errors
/// Where no code, or more than one, is meant: the nearest.
pub fn find(code: &str) -> Result<&'static Page, Option<&'static str>> {
    let code = code.trim();
    if let Some(page) = PAGES.iter().find(|page| page.code == code) {
        return Ok(page);
    }
    let ends_it = |page: &&Page| page.code.strip_suffix(code).is_some_and(|rest| rest.ends_with("::"));
    let mut ending = PAGES.iter().filter(ends_it);
    match (ending.next(), ending.next()) {
        (Some(page), None) => Ok(page),
        (Some(page), Some(_)) => Err(Some(page.code)),
        (None, _) => Err(nearest(code)),
    }
}

/// By the whole code, or by its last part.
fn nearest(code: &str) -> Option<&'static str> {
    let last_part = |code: &'static str| code.rsplit("::").next().unwrap_or(code);
    did_you_mean(code, PAGES.iter().map(|page| page.code)).or_else(|| {
        let name = code.rsplit("::").next().unwrap_or(code);
        let found = PAGES.iter().find(|page| last_part(page.code) == name).map(|page| page.code);
        found.or_else(|| {
            let nearest = did_you_mean(name, PAGES.iter().map(|page| last_part(page.code)))?;
            PAGES.iter().find(|page| last_part(page.code) == nearest).map(|page| page.code)
        })
    })
}
