//! Sets of changes, and how the sets of a whole follow from those of its parts.

/// Changes that together suffice, by their numbers in the search, in order.
pub(super) type Set = Vec<u32>;

/// Sets any of which suffices, the smallest first; none of them holds another. No set at all: there is no way. One empty
/// set: nothing has to change.
pub(super) type Options = Vec<Set>;

/// In the number of a change that stands against what is recorded. Of sets of one size those come first that only settle
/// what is open.
pub(super) const REVERSAL: u32 = 1 << 31;

/// Sets that are kept at each step of the search.
const KEPT: usize = 8;
/// Of sets of more than a few changes fewer are kept.
const KEPT_OF_LARGE: usize = 2;
/// A few changes.
const FEW: usize = 30;
/// A set of more changes than this helps nobody.
const MOST_CHANGES: usize = 1_000;
/// Up to so many steps every choice of parts is weighed; beyond, the cheapest parts are taken.
const WEIGHED: usize = 2_000;

/// Nothing has to change.
pub(super) fn nothing() -> Options {
    vec![Set::new()]
}

fn is_within(one: &[u32], other: &[u32]) -> bool {
    let mut rest = other.iter();
    one.len() <= other.len() && one.iter().all(|change| rest.any(|next| next == change))
}

/// Each change of either set, once and in order.
fn each_of_both(one: &[u32], other: &[u32], mut tell: impl FnMut(u32)) {
    let (mut left, mut right) = (0, 0);
    while left < one.len() && right < other.len() {
        let (first, second) = (one[left], other[right]);
        tell(first.min(second));
        left += usize::from(first <= second);
        right += usize::from(second <= first);
    }
    for rest in one[left..].iter().chain(&other[right..]) {
        tell(*rest);
    }
}

fn union(one: &[u32], other: &[u32]) -> Set {
    let mut union = Set::with_capacity(one.len() + other.len());
    each_of_both(one, other, |change| union.push(change));
    union
}

/// How many changes a set has, and how many of them stand against what is recorded: by that sets are compared.
pub(super) type Size = (usize, usize);

pub(super) fn size(set: &[u32]) -> Size {
    (set.len(), set.iter().filter(|change| **change & REVERSAL != 0).count())
}

fn size_of_union(one: &[u32], other: &[u32]) -> Size {
    let (mut changes, mut reversals) = (0, 0);
    each_of_both(one, other, |change| {
        changes += 1;
        reversals += usize::from(change & REVERSAL != 0);
    });
    (changes, reversals)
}

/// The smallest of some sets, each of which is made when it comes up.
fn smallest<S>(mut sets: Vec<(Size, S)>, make: impl Fn(S) -> Set) -> Options {
    sets.retain(|((changes, _), _)| *changes <= MOST_CHANGES);
    sets.sort_by_key(|(size, _)| *size);
    let mut kept = Options::new();
    for ((changes, _), set) in sets {
        let set = make(set);
        if !kept.iter().any(|smaller| is_within(smaller, &set)) {
            kept.push(set);
        }
        if kept.len() >= if changes > FEW { KEPT_OF_LARGE } else { KEPT } {
            break;
        }
    }
    kept
}

/// Alternatives: the smallest of all.
pub(super) fn any(options: impl IntoIterator<Item = Options>) -> Options {
    smallest(options.into_iter().flatten().map(|set| (size(&set), set)).collect(), |set| set)
}

fn both(one: &Options, other: &Options) -> Options {
    if other.len() == 1 && other[0].is_empty() {
        return one.clone();
    }
    let pairs = one.iter().flat_map(|one| other.iter().map(move |other| (size_of_union(one, other), (one, other))));
    smallest(pairs.collect(), |(one, other)| union(one, other))
}

/// All at once: the smallest unions.
pub(super) fn all(needed: impl IntoIterator<Item = Options>) -> Options {
    let mut unions = nothing();
    for options in needed {
        unions = both(&unions, &options);
        if unions.is_empty() {
            break;
        }
    }
    unions
}

/// This many of the parts.
pub(super) fn at_least(number: usize, parts: &[Options]) -> Options {
    let mut possible: Vec<&Options> = parts.iter().filter(|options| !options.is_empty()).collect();
    if possible.len() < number {
        return Options::new();
    }
    if number == 0 {
        return nothing();
    }
    possible.sort_by_key(|options| options[0].len());
    if possible.len() * number > WEIGHED {
        return all(possible.into_iter().take(number).cloned());
    }
    // The smallest sets for each number of the parts so far.
    let mut so_far = vec![Options::new(); number + 1];
    so_far[0] = nothing();
    for options in possible {
        for many in (1..=number).rev() {
            let with = both(&so_far[many - 1], options);
            so_far[many] = any([std::mem::take(&mut so_far[many]), with]);
        }
    }
    so_far.pop().unwrap_or_default()
}

/// This many of the parts shown, and the others refuted.
pub(super) fn exactly(number: usize, shown: &[Options], refuted: &[Options]) -> Options {
    let total = shown.len();
    if number > total {
        return Options::new();
    }
    if total * number.max(1) > WEIGHED {
        // Those that are cheapest to show, rather than to refute, are shown.
        let cost = |sets: &Options| sets.first().map_or(i64::from(u16::MAX), |set| set.len() as i64);
        let mut order: Vec<usize> = (0..total).collect();
        order.sort_by_key(|at| cost(&shown[*at]) - cost(&refuted[*at]));
        let chosen = order.iter().enumerate();
        return all(chosen.map(|(place, at)| if place < number { shown[*at].clone() } else { refuted[*at].clone() }));
    }
    let mut so_far = vec![Options::new(); number + 1];
    so_far[0] = nothing();
    for (shown, refuted) in shown.iter().zip(refuted) {
        for many in (0..=number).rev() {
            let without = both(&so_far[many], refuted);
            let with = many.checked_sub(1).map(|fewer| both(&so_far[fewer], shown)).unwrap_or_default();
            so_far[many] = any([without, with]);
        }
    }
    so_far.pop().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(change: u32) -> Options {
        vec![vec![change]]
    }

    #[test]
    fn parts_that_share_a_change_are_cheaper_together() {
        let parts = [vec![vec![1, 2]], vec![vec![1, 3]], vec![vec![4, 5]]];
        assert_eq!(at_least(2, &parts)[0], vec![1, 2, 3]);
        assert_eq!(at_least(0, &parts), nothing());
        assert!(at_least(4, &parts).is_empty());
    }

    #[test]
    fn exactly_some_are_shown_and_the_others_refuted() {
        let shown = [one(1), nothing(), one(3)];
        let refuted = [nothing(), one(2), nothing()];
        assert_eq!(exactly(1, &shown, &refuted), nothing());
        assert_eq!(exactly(0, &shown, &refuted)[0], vec![2]);
        assert_eq!(exactly(3, &shown, &refuted)[0], vec![1, 3]);
    }

    #[test]
    fn a_set_that_holds_another_is_left_out() {
        assert_eq!(
            any([vec![vec![1, 2], vec![3]], vec![vec![2, 3], vec![4, 5]]]),
            vec![vec![3], vec![1, 2], vec![4, 5]]
        );
    }
}
