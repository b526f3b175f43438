//! From text to tree.
pub mod tree;

/// TEMPORARY: replaced by the parser.
pub struct Parsed {
    /// t
    pub tree: tree::File,
    /// d
    pub diagnostics: Vec<crate::diagnostic::Diagnostic>,
}

/// TEMPORARY: replaced by the parser.
pub fn parse(texts: &crate::text::Texts, file: crate::text::FileId, progress: &mut dyn FnMut(usize)) -> Parsed {
    use crate::text::Span;
    let content = &texts.get(file).content;
    let mut items = Vec::new();
    let mut at = 0;
    for line in content.split_inclusive('\n') {
        if let Some(rest) = line.strip_prefix("use \"") {
            let text = rest.split('"').next().unwrap_or_default().to_owned();
            let span = Span::new(file, at + 4, at + 6 + text.len());
            items.push(tree::Item {
                documentation: Vec::new(),
                kind: tree::ItemKind::Use(tree::Use { path: tree::Quoted { text, span } }),
                span,
                indented: false,
            });
        } else if !line.trim().is_empty() && !line.starts_with('#') {
            let name = tree::Name { text: line.to_owned(), quoted: false, span: Span::new(file, at, at + line.len()) };
            items.push(tree::Item {
                documentation: Vec::new(),
                kind: tree::ItemKind::Framework(tree::Framework { name, label: None }),
                span: Span::new(file, at, at + line.len()),
                indented: false,
            });
        }
        at += line.len();
        progress(at);
    }
    Parsed { tree: tree::File { file, items }, diagnostics: Vec::new() }
}

/// TEMPORARY: replaced by the parser.
pub fn parse_time_span(
    texts: &crate::text::Texts,
    file: crate::text::FileId,
) -> Result<tree::TimeSpan, Vec<crate::diagnostic::Diagnostic>> {
    let span = crate::text::Span::new(file, 0, texts.get(file).content.len());
    let date = tree::DateLiteral { year: 1999, before_christ: false, month: None, day: None, span };
    Ok(tree::TimeSpan { kind: tree::TimeSpanKind::During(date, date), span })
}
