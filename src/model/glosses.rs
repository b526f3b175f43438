//! Glosses: sentences with places for the individuals of a relation.

use super::error::DeclarationError;
use super::program::{Gloss, GlossPart};
use super::report::Report;
use crate::syntax::tree::{self, Quoted};

/// The gloss of a relation whose roles a sentence may call by these names.
pub(super) fn resolve(gloss: &tree::Gloss, names: &[String], report: &mut Report) -> Gloss {
    let resolved = Gloss {
        positive: parts(&gloss.positive, names, report),
        negative: gloss.negative.as_ref().map(|negative| parts(negative, names, report)),
    };
    let said: Vec<&GlossPart> = resolved.positive.iter().chain(resolved.negative.iter().flatten()).collect();
    let is_named = |(_, name): &(usize, &String)| !name.is_empty() && *name != "_";
    let unsaid = names.iter().enumerate().filter(is_named).filter(|(role, _)| !said.contains(&&GlossPart::Role(*role)));
    let unsaid: Vec<String> = unsaid.map(|(_, name)| name.clone()).collect();
    // What is named wrongly is told already, and may have been meant.
    let places = |gloss: &Quoted| gloss.text.matches('{').count();
    let written = places(&gloss.positive) + gloss.negative.as_ref().map_or(0, places);
    let is_sound = said.iter().filter(|part| matches!(part, GlossPart::Role(_))).count() == written;
    if is_sound && !unsaid.is_empty() {
        report.add(DeclarationError::GlossWithoutRole { names: unsaid, span: gloss.positive.span });
    }
    resolved
}

fn parts(sentence: &Quoted, names: &[String], report: &mut Report) -> Vec<GlossPart> {
    let mut parts = Vec::new();
    let mut rest = sentence.text.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, later)) = after.split_once('}') else { break };
        if !before.is_empty() {
            parts.push(GlossPart::Words(before.to_owned()));
        }
        match names.iter().position(|known| known == name.trim()) {
            Some(role) => parts.push(GlossPart::Role(role)),
            None => report.add(DeclarationError::UnknownGlossRole {
                name: name.trim().to_owned(),
                roles: names.iter().filter(|name| !name.is_empty()).cloned().collect(),
                span: sentence.span,
            }),
        }
        rest = later;
    }
    if !rest.is_empty() {
        parts.push(GlossPart::Words(rest.to_owned()));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{FileId, Span, Texts};

    #[test]
    fn roles_become_places() {
        let sentence = Quoted { text: "{A} guards {B}'s door".to_owned(), span: Span::new(FileId(0), 0, 1) };
        let names = ["A".to_owned(), "B".to_owned()];
        let mut report = Report::new(&Texts::new());
        assert_eq!(
            parts(&sentence, &names, &mut report),
            [
                GlossPart::Role(0),
                GlossPart::Words(" guards ".to_owned()),
                GlossPart::Role(1),
                GlossPart::Words("'s door".to_owned())
            ]
        );
        assert!(report.finish().is_empty());
    }
}
