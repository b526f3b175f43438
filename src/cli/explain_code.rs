//! `explain-code`: the page of a code.

use super::fault::Fault;
use super::status::Status;
use super::terminal::Terminal;
use symmachia::pages::{self, Page};
use symmachia::text::Texts;

/// Runs it.
pub fn run(code: Option<&str>) -> Status {
    let terminal = Terminal::drawn();
    let Some(code) = code else {
        return terminal.print(&list(), Status::Well);
    };
    match pages::find(code) {
        Ok(page) => terminal.print(page.text, Status::Well),
        Err(nearest) => {
            let fault = Fault::NoSuchCode { code: code.to_owned(), nearest };
            terminal.report(&[fault.diagnostic()], &Texts::new())
        }
    }
}

fn list() -> String {
    pages::PAGES.iter().map(|page: &Page| format!("{}\n    {}\n", page.code, page.title())).collect()
}
