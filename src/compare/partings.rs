//! When and where two rivals part, and through what.

use super::bench::Bench;
use super::cases::{ComparedCase, Spell, Undetermined};
use super::rivals::Rival;
use super::sentences;
use super::standings::Standing;
use crate::explain::{Deciding, deciding};
use crate::time::{Day, Interval};
use crate::verdict::Verdict;

/// A case in which two rivals part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parting {
    /// Its place among the cases.
    pub case: usize,
    /// Weight of what they are compared over.
    pub compared: u64,
    /// Weight of what they part over.
    pub weight: u64,
    /// In order of time.
    pub spells: Vec<PartingSpell>,
}

/// A time during which two rivals part in the same way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartingSpell {
    /// Its days.
    pub days: Interval,
    /// How much of the case it makes up.
    pub weight: u64,
    /// The verdict of the one.
    pub left: Verdict,
    /// The verdict of the other.
    pub right: Verdict,
    /// Why, as it stands on the last day; nothing where the cases are too many to be asked one by one.
    pub reason: Option<Reason>,
}

/// What separates two rivals in a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// As it stands on this day.
    pub day: Day,
    /// A sentence that may be quoted.
    pub sentence: String,
    /// The place, among the rivals, of the one whose condition separates them.
    pub rival: usize,
    /// How that condition stands.
    pub verdict: Verdict,
    /// The condition and its evidence.
    pub deciding: Deciding,
    /// How each of the two stands by itself, where there are no others.
    pub standings: Vec<Standing>,
}

impl PartingSpell {
    /// Whether both are settled, and the one is met where the other is not.
    #[must_use]
    pub fn is_outright(&self) -> bool {
        let is_settled = |verdict| matches!(verdict, Verdict::Met | Verdict::NotMet);
        is_settled(self.left) && is_settled(self.right)
    }
}

/// Reasons that are looked for; each asks the engine for an explanation.
const MOST_REASONS: usize = 2_000;

/// Where two rivals part.
pub(super) fn partings(
    bench: &Bench<'_, '_>,
    rivals: &[Rival],
    cases: &[ComparedCase],
    (left, right): (usize, usize),
    undetermined: Undetermined,
) -> Vec<Parting> {
    let mut partings = Vec::new();
    let mut reasons = 0;
    for (place, case) in cases.iter().enumerate() {
        let mut parting = Parting { case: place, compared: 0, weight: 0, spells: Vec::new() };
        for spell in &case.spells {
            let (one, other) = (spell.verdicts[left], spell.verdicts[right]);
            if undetermined.rating(one).is_none() || undetermined.rating(other).is_none() {
                continue;
            }
            parting.compared += spell.weight;
            if one != other {
                parting.weight += spell.weight;
                add(&mut parting.spells, spell, one, other);
            }
        }
        for spell in &mut parting.spells {
            if reasons < MOST_REASONS {
                reasons += 1;
                spell.reason = reason(bench, rivals, case, (left, right), spell);
            }
        }
        if !parting.spells.is_empty() {
            partings.push(parting);
        }
    }
    partings
}

/// What touches and stands the same way is one spell, though a third rival may change in between.
fn add(spells: &mut Vec<PartingSpell>, spell: &Spell, left: Verdict, right: Verdict) {
    match spells.last_mut() {
        Some(last)
            if (last.left, last.right) == (left, right)
                && last.days.last < spell.days.first
                && last.days.last.next() == spell.days.first =>
        {
            last.days.last = spell.days.last;
            last.weight += spell.weight;
        }
        _ => spells.push(PartingSpell { days: spell.days, weight: spell.weight, left, right, reason: None }),
    }
}

/// The condition of the one that is not met, else of the one that is contested, else of the one that is open.
fn separating(left: Verdict, right: Verdict) -> bool {
    let rank = |verdict| match verdict {
        Verdict::NotMet => 0,
        Verdict::Contested => 1,
        Verdict::Undetermined => 2,
        Verdict::Met | Verdict::NotApplicable => 3,
    };
    rank(left) <= rank(right)
}

fn reason(
    bench: &Bench<'_, '_>,
    rivals: &[Rival],
    case: &ComparedCase,
    (left, right): (usize, usize),
    spell: &PartingSpell,
) -> Option<Reason> {
    let individuals = &case.individuals;
    let on = |place: usize, day| bench.of(place).case(rivals[place].relation, individuals).at(day).verdict();
    // Of a year, a day of it on which the verdicts are those of the year.
    let day = day_of(spell.days, |day| on(left, day) == spell.left && on(right, day) == spell.right)?;
    let decide = |place: usize| deciding(bench.of(place), rivals[place].relation, individuals, day);
    let (of_left, of_right) = (decide(left), decide(right));
    let sentence = sentences::parting(
        bench.program(),
        individuals,
        (&rivals[left], spell.left, of_left.as_ref()),
        (&rivals[right], spell.right, of_right.as_ref()),
    );
    let stands = |place: usize, verdict: Verdict, deciding: &Option<Deciding>| Standing {
        rival: place,
        day,
        sentence: sentences::standing(bench.program(), individuals, (&rivals[place], verdict, deciding.as_ref())),
        deciding: deciding.clone(),
    };
    let standings = match rivals.len() {
        2 => vec![stands(left, spell.left, &of_left), stands(right, spell.right, &of_right)],
        _ => Vec::new(),
    };
    let is_left = separating(spell.left, spell.right);
    let (rival, verdict, deciding) = if is_left { (left, spell.left, of_left) } else { (right, spell.right, of_right) };
    Some(Reason { day, sentence, rival, verdict, deciding: deciding?, standings })
}

/// The last day of a span that will do; a year is looked through month by month.
pub(super) fn day_of(days: Interval, is_it: impl Fn(Day) -> bool) -> Option<Day> {
    let back = |steps: i32| Day::from_number(days.last.number() - steps);
    let most = (days.last.number() - days.first.number()).min(366);
    (0..=most).map(back).find(|day| is_it(*day))
}
