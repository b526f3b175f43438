//! Diagnostics narrated in ASCII: nothing has to be seen to be understood.

use super::severity_name;
use crate::diagnostic::Diagnostic;
use crate::render::snippet;
use crate::render::words::{ascii_signs, visible_lines};
use crate::text::Texts;

pub(super) fn one(diagnostic: &Diagnostic, texts: &Texts) -> String {
    let mut out = String::new();
    let message = indented(&diagnostic.message, "  ");
    out.push_str(&format!("{}: {message}\n", severity_name(diagnostic.severity)));
    out.push_str(&snippet::plain(&diagnostic.labels, texts));
    if let Some(help) = &diagnostic.help {
        out.push_str(&format!("  help: {}\n", indented(help, "    ")));
    }
    out.push_str(&format!("  code: {}\n", diagnostic.code));
    out
}

/// Later lines are set in.
fn indented(text: &str, indent: &str) -> String {
    ascii_signs(&visible_lines(text)).replace('\n', &format!("\n{indent}"))
}
