//! Who may be meant by a word that is the name of nobody: by a code, a label, their initials, or a slip of the pen.

use super::near::nearest;
use super::program::{Individual, KindId, Program};
use rustc_hash::FxHashMap;

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

/// Somebody who is known, with all that they are called.
pub(super) struct Called<'i> {
    pub(super) name: &'i str,
    pub(super) label: Option<&'i str>,
    /// Schemes and codes.
    pub(super) codes: Vec<(&'i str, &'i str)>,
}

impl<'i> Called<'i> {
    fn new(individual: &'i Individual) -> Self {
        let codes = individual.aliases.iter().map(|(scheme, code)| (scheme.as_str(), code.as_str()));
        Called { name: &individual.name, label: individual.label.as_deref(), codes: codes.collect() }
    }

    fn meant(&self, by: Option<String>) -> Meant {
        Meant { name: self.name.to_owned(), by }
    }
}

/// Those who may be meant, by the surest sign alone: nobody where there is no sign, or where too many share it.
pub(super) fn meant(program: &Program, kind: KindId, word: &str) -> Vec<Meant> {
    let members = program.kind(kind).members.iter().map(|id| program.individual(*id));
    let known: Vec<Called<'_>> = members.filter(|individual| !individual.is_unnamed).map(Called::new).collect();
    let found = Callings::new(&known).find(word).or_else(|| by_scheme(&known, word));
    found.or_else(|| by_part_of_label(&known, word)).or_else(|| by_slip(&known, word)).unwrap_or_default()
}

/// Individuals by what they are called, for many words to be looked up.
pub(super) struct Callings<'i> {
    known: &'i [Called<'i>],
    /// From the surest sign on.
    by_name: FxHashMap<String, Vec<usize>>,
    by_code: FxHashMap<String, Vec<(usize, &'i str)>>,
    by_label: FxHashMap<String, Vec<usize>>,
    by_initials: FxHashMap<String, Vec<usize>>,
}

impl<'i> Callings<'i> {
    pub(super) fn new(known: &'i [Called<'i>]) -> Self {
        let mut callings = Callings {
            known,
            by_name: FxHashMap::default(),
            by_code: FxHashMap::default(),
            by_label: FxHashMap::default(),
            by_initials: FxHashMap::default(),
        };
        for (at, one) in known.iter().enumerate() {
            callings.by_name.entry(words(one.name).join(" ")).or_default().push(at);
            for (scheme, code) in &one.codes {
                callings.by_code.entry(words(code).join(" ")).or_default().push((at, scheme));
            }
            if let Some(label) = one.label {
                callings.by_label.entry(words(label).join(" ")).or_default().push(at);
            }
            let mut letters: Vec<String> =
                [Some(one.name), one.label].into_iter().flatten().flat_map(initials).collect();
            letters.sort_unstable();
            letters.dedup();
            for letters in letters {
                callings.by_initials.entry(letters).or_default().push(at);
            }
        }
        callings
    }

    /// Whoever is called so: `Russia`, `USA`, `2`, `"Burkina Faso"`, `uk`.
    pub(super) fn find(&self, word: &str) -> Option<Vec<Meant>> {
        let plain = words(word).join(" ");
        let places = |all: &FxHashMap<String, Vec<usize>>| all.get(&plain).cloned().filter(|_| !plain.is_empty());
        let say = |with_label: bool| {
            move |places: Vec<usize>| {
                let by = |at: usize| self.known[at].label.map(str::to_owned).filter(|_| with_label);
                some(places.into_iter().map(|at| self.known[at].meant(by(at))).collect())
            }
        };
        let by_name = || places(&self.by_name).and_then(say(false));
        let by_code = || some(self.by_codes(word, self.by_code.get(&plain).filter(|_| !plain.is_empty())?));
        let by_label = || places(&self.by_label).and_then(say(true));
        // Initials that several share are no sign.
        let by_initials = || places(&self.by_initials).filter(|places| places.len() == 1).and_then(say(true));
        by_name().or_else(by_code).or_else(by_label).or_else(by_initials)
    }

    /// The only one whose name or label begins with all words of a text.
    pub(super) fn find_longer(&self, word: &str) -> Option<Meant> {
        let sought = words(word);
        let begins = |text: &str| words(text).starts_with(&sought);
        let is_longer = |one: &&Called<'_>| begins(one.name) || one.label.is_some_and(begins);
        let mut found = self.known.iter().filter(is_longer);
        let first = found.next().filter(|_| !sought.is_empty())?;
        found.next().is_none().then(|| first.meant(first.label.map(str::to_owned)))
    }

    /// Each once, though a code be theirs in several schemes.
    fn by_codes(&self, word: &str, holders: &[(usize, &str)]) -> Vec<Meant> {
        let mut seen: Vec<usize> = Vec::new();
        let mut found = Vec::new();
        for (at, scheme) in holders {
            if !seen.contains(at) {
                seen.push(*at);
                let own = self.known[*at].codes.iter().find(|(of, code)| of == scheme && words(code) == words(word));
                found.push(self.known[*at].meant(own.map(|(scheme, code)| format!("{scheme}:{code}"))));
            }
        }
        found
    }
}

fn some(found: Vec<Meant>) -> Option<Vec<Meant>> {
    (1..=MOST).contains(&found.len()).then_some(found)
}

/// The words of a name or label, in small letters.
fn words(text: &str) -> Vec<String> {
    let letters = text.to_lowercase().replace('_', " ");
    letters.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// `usa` and `usoa` of the United States of America; nothing of a single word.
fn initials(name: &str) -> Vec<String> {
    let words = words(name);
    if words.len() < 2 {
        return Vec::new();
    }
    let first =
        |words: &mut dyn Iterator<Item = &String>| words.filter_map(|word| word.chars().next()).collect::<String>();
    let all = first(&mut words.iter());
    let main = first(&mut words.iter().filter(|word| !matches!(word.as_str(), "of" | "the" | "and")));
    vec![all, main]
}

/// `iso3:USA`
fn by_scheme(known: &[Called<'_>], word: &str) -> Option<Vec<Meant>> {
    let (scheme, code) = word.split_once(':')?;
    let has = |(of, own): &&(&str, &str)| own.eq_ignore_ascii_case(code) && of.eq_ignore_ascii_case(scheme);
    let found = known.iter().filter_map(|one| {
        let (scheme, code) = one.codes.iter().find(has)?;
        Some(one.meant(Some(format!("{scheme}:{code}"))))
    });
    some(found.collect())
}

/// `"Burkina"`: whole words of a label.
fn by_part_of_label(known: &[Called<'_>], word: &str) -> Option<Vec<Meant>> {
    let sought = words(word);
    if sought.is_empty() {
        return None;
    }
    let found = known.iter().filter_map(|one| {
        let label = one.label.filter(|label| words(label).windows(sought.len()).any(|part| part == sought))?;
        Some(one.meant(Some(label.to_owned())))
    });
    some(found.collect())
}

fn by_slip(known: &[Called<'_>], word: &str) -> Option<Vec<Meant>> {
    if let Some(name) = nearest(word, known.iter().map(|one| one.name)) {
        return Some(vec![Meant { name, by: None }]);
    }
    let label = nearest(word, known.iter().filter_map(|one| one.label))?;
    let one = known.iter().find(|one| one.label == Some(label.as_str()))?;
    Some(vec![one.meant(Some(label))])
}
