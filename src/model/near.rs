//! Names that look like slips of the pen.

use crate::diagnostic::did_you_mean;
use rustc_hash::FxHashMap;

/// The name nearest to one that is unknown, whatever the order of the candidates.
pub(super) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    did_you_mean(word, candidates).map(str::to_owned)
}

/// How many letters may differ between two names that are both in use, for one to be doubted.
fn tolerance(word: &str) -> usize {
    (word.chars().count() / 5).min(2)
}

/// Whether a name that is in use may be a slip for another one that is. Stricter than [`nearest`], since
/// many a name is near another one by right; names that differ only in digits are codes.
fn is_slip(word: &str, known: &str) -> bool {
    let (word, known) = (without_digits(word), without_digits(known));
    let longest = if word.chars().count() > known.chars().count() { &word } else { &known };
    word != known && strsim::damerau_levenshtein(&word, &known) <= tolerance(longest)
}

fn without_digits(word: &str) -> String {
    word.chars().filter(|letter| !letter.is_ascii_digit()).collect()
}

/// The name in use of which another one in use may be a slip, among few.
pub(super) fn slip_among<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .filter(|candidate| is_slip(word, candidate))
        .min_by_key(|candidate| (strsim::damerau_levenshtein(word, candidate), *candidate))
}

/// Finds slips among many names without comparing each with each: names that differ in few letters
/// agree in what is left when few letters are taken out.
#[derive(Debug, Default)]
pub(super) struct SlipIndex<'a> {
    /// Names by their letters.
    names: FxHashMap<String, Vec<&'a str>>,
    /// Letters by what is left of them.
    by_rest: FxHashMap<String, Vec<String>>,
}

impl<'a> SlipIndex<'a> {
    pub(super) fn new(known: impl IntoIterator<Item = &'a str>) -> Self {
        let mut index = SlipIndex::default();
        for name in known {
            index.names.entry(without_digits(name)).or_default().push(name);
        }
        for letters in index.names.keys() {
            for rest in rests(letters) {
                index.by_rest.entry(rest).or_default().push(letters.clone());
            }
        }
        index
    }

    /// The known name of which this one may be a slip.
    pub(super) fn find(&self, word: &str) -> Option<&'a str> {
        if self.names.is_empty() {
            return None;
        }
        let letters = without_digits(word);
        let near = rests(&letters);
        let near = near.iter().filter_map(|rest| self.by_rest.get(rest)).flatten();
        let near = near.filter_map(|letters| self.names.get(letters)).flatten().copied();
        slip_among(word, near)
    }
}

/// What is left of a name when as many letters as may differ are taken out, in every way.
fn rests(word: &str) -> Vec<String> {
    // One letter more than this name's own tolerance: the other name may be the longer one.
    let letters: Vec<char> = word.chars().collect();
    let mut rests = vec![word.to_owned()];
    let mut last: Vec<Vec<char>> = vec![letters];
    for _ in 0..((word.chars().count() + 1) / 5).min(2) {
        let mut next: Vec<Vec<char>> = Vec::new();
        for letters in &last {
            for at in 0..letters.len() {
                let mut rest = letters.clone();
                rest.remove(at);
                next.push(rest);
            }
        }
        next.sort_unstable();
        next.dedup();
        rests.extend(next.iter().map(|letters| letters.iter().collect::<String>()));
        last = next;
    }
    rests
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_found_and_neighbours_are_not() {
        let index = SlipIndex::new(["russia", "kazakhstan", "iran", "niger", "treaty_1924", "austria"]);
        assert_eq!(index.find("rusia"), Some("russia"));
        assert_eq!(index.find("kazakstan"), Some("kazakhstan"));
        assert_eq!(index.find("kazahkstan"), Some("kazakhstan"));
        for distinct in ["iraq", "nigeria", "treaty_1925", "australia", "russia"] {
            assert_eq!(index.find(distinct), None, "{distinct}");
        }
    }
}
