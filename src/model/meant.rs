//! Who may be meant by a word that is the name of nobody: by a code, a label, or a slip of the pen.

use super::near::nearest;
use super::program::{Individual, KindId, Program};

/// More are not named.
const MOST: usize = 3;

/// Somebody who may be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Meant {
    /// By name.
    pub(super) name: String,
    /// The code or the label by which it was found; none where that is the name.
    pub(super) by: Option<String>,
}

/// Those who may be meant, by the surest sign alone: nobody where there is no sign, or where too many share it.
pub(super) fn meant(program: &Program, kind: KindId, word: &str) -> Vec<Meant> {
    let known: Vec<&Individual> = program
        .kind(kind)
        .members
        .iter()
        .map(|id| program.individual(*id))
        .filter(|individual| !individual.is_unnamed)
        .collect();
    let found = by_name(&known, word).or_else(|| by_code(&known, word)).or_else(|| by_label(&known, word));
    found.or_else(|| by_slip(&known, word)).unwrap_or_default()
}

fn some(found: Vec<Meant>) -> Option<Vec<Meant>> {
    (1..=MOST).contains(&found.len()).then_some(found)
}

/// `Russia`, `United States`: the name but for capitals and blanks.
fn by_name(known: &[&Individual], word: &str) -> Option<Vec<Meant>> {
    let name = word.split_whitespace().collect::<Vec<_>>().join("_").to_lowercase();
    let found = known.iter().filter(|individual| individual.name.to_lowercase() == name);
    some(found.map(|individual| Meant { name: individual.name.clone(), by: None }).collect())
}

/// `USA`, `2`, `iso3:USA`
fn by_code(known: &[&Individual], word: &str) -> Option<Vec<Meant>> {
    let (scheme, code) = word.split_once(':').map_or((None, word), |(scheme, code)| (Some(scheme), code));
    let has = |(of, own): &&(String, String)| {
        own.eq_ignore_ascii_case(code) && scheme.is_none_or(|scheme| of.eq_ignore_ascii_case(scheme))
    };
    let found = known.iter().filter_map(|individual| {
        let (scheme, code) = individual.aliases.iter().find(has)?;
        Some(Meant { name: individual.name.clone(), by: Some(format!("{scheme}:{code}")) })
    });
    some(found.collect())
}

/// `"Burkina Faso"`: the label, or whole words of it.
fn by_label(known: &[&Individual], word: &str) -> Option<Vec<Meant>> {
    let words = |text: &str| -> Vec<String> {
        let letters = text.to_lowercase().replace('_', " ");
        letters.split(|letter: char| !letter.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
    };
    let sought = words(word);
    if sought.is_empty() {
        return None;
    }
    let labelled = |is_it: &dyn Fn(&[String]) -> bool| {
        let found = known.iter().filter_map(|individual| {
            let label = individual.label.as_ref().filter(|label| is_it(&words(label)))?;
            Some(Meant { name: individual.name.clone(), by: Some(label.clone()) })
        });
        some(found.collect())
    };
    labelled(&|label| label == sought)
        .or_else(|| labelled(&|label| label.windows(sought.len()).any(|part| part == sought)))
}

fn by_slip(known: &[&Individual], word: &str) -> Option<Vec<Meant>> {
    if let Some(name) = nearest(word, known.iter().map(|individual| individual.name.as_str())) {
        return Some(vec![Meant { name, by: None }]);
    }
    let label = nearest(word, known.iter().filter_map(|individual| individual.label.as_deref()))?;
    let individual = known.iter().find(|individual| individual.label.as_ref() == Some(&label))?;
    Some(vec![Meant { name: individual.name.clone(), by: Some(label) }])
}
