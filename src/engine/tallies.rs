//! Sums, means and extremes of one measure over the members of a kind, in one pass over the rows of tables, where these speak of
//! periods that share no day, as years are.
//!
//! Nothing here answers what `aggregates.rs` would not, to the last digit: values are added in the order of the members.

use super::{Bounds, Engine, Frame, Quantity};
use crate::evidence::{Polarity, RowValues};
use crate::model::condition::{AggregateFunction, Argument, Binding, Expression, ExpressionKind};
use crate::model::program::{IndividualId, KindId, MeasureDefinition, MeasureId, Target};
use crate::time::{Day, Timeline};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::rc::Rc;

mod grid;

use grid::Grid;

/// The calendar in pieces, for each measure and each kind that is gone through in one of its places; none where it would be in too many.
pub(super) type Kept = FxHashMap<(MeasureId, KindId, usize), Option<Rc<Grid>>>;

/// Individuals in roles.
type Given = [(usize, IndividualId)];

/// What the rows of all members bring.
struct Tallies {
    /// In each piece.
    of_pieces: Vec<Tally>,
    /// Of each group of members, how many values there are in each piece.
    values: Vec<Vec<u32>>,
}

/// What has been added up on the days of a piece.
#[derive(Debug, Clone, Copy)]
struct Tally {
    /// The sum of the values, or the smallest, or the largest.
    value: f64,
    /// How many values there are.
    values: u32,
    /// How many members were sought and not found.
    open: u32,
    /// One more than the place of the member that was last to bring something.
    last: u32,
}

impl Engine<'_> {
    /// What a function makes of the values of a measure for all members of a kind; none where that has to be found member by member.
    pub(super) fn tallied(
        &self,
        function: AggregateFunction,
        value: &Expression,
        bindings: &[Binding],
        frame: &Frame,
    ) -> Option<Timeline<Quantity>> {
        let ([binding], ExpressionKind::Measure(measure, arguments)) = (bindings, &value.kind) else { return None };
        if !self.reads_rows || !matches!(self.program.measure(*measure).definition, MeasureDefinition::Recorded) {
            return None;
        }
        let is_bound = |argument: &Argument| *argument == Argument::Variable(binding.slot);
        let place = arguments.iter().position(is_bound)?;
        if arguments[place + 1..].iter().any(is_bound) {
            return None;
        }
        let fixed = arguments.iter().enumerate().filter(|(role, _)| *role != place);
        let fixed: SmallVec<[(usize, IndividualId); 2]> =
            fixed.map(|(role, argument)| Some((role, frame.argument(*argument)?))).collect::<Option<_>>()?;
        let grid = self.grid(*measure, binding.kind, place)?;
        let target = Target::Measure(*measure);
        let roles = self.program.roles(target);
        let nothing = || made_of(function, &Tally::nothing(function), false);
        let with = |individual| {
            let mut all: SmallVec<[IndividualId; 3]> = fixed.iter().map(|(_, one)| *one).collect();
            all.insert(place, individual);
            all
        };
        let is_paired = |individual| self.program.pairs_with_itself(target, &with(individual));
        if !fixed.iter().all(|(role, one)| self.program.is_member(*one, roles[*role].kind)) || is_paired(NOBODY) {
            return Some(Timeline::constant(nothing()));
        }
        let mut paired: SmallVec<[IndividualId; 2]> = fixed.iter().map(|(_, one)| *one).collect();
        paired.sort_unstable();
        paired.dedup();
        paired.retain(|one| is_paired(*one));
        if grid.unnamed.is_some_and(|unnamed| paired.contains(&unnamed)) {
            return None;
        }
        let tallies = self.tallies(&grid, function, target, (place, &fixed), &paired)?;
        let lacks_some = self.lacking(&grid, &tallies, &fixed, &paired);
        let mut changes: Vec<(Day, Quantity)> = Vec::with_capacity(grid.firsts.len());
        for ((first, tally), lacks_some) in grid.firsts.iter().zip(&tallies.of_pieces).zip(lacks_some) {
            if tally.values > 0 && !tally.value.is_finite() {
                return None;
            }
            changes.push((*first, made_of(function, tally, lacks_some)));
        }
        let line = Timeline::from_changes(nothing(), changes);
        Some(line.within(&self.life(fixed.iter().map(|(_, one)| *one)), &nothing()))
    }

    /// What the rows of all members bring, piece by piece; none where two rows speak of a member in the same piece.
    fn tallies(
        &self,
        grid: &Grid,
        function: AggregateFunction,
        target: Target,
        (place, fixed): (usize, &Given),
        paired: &[IndividualId],
    ) -> Option<Tallies> {
        let tables = self.record.tables_of(target)?;
        let mut tallies = vec![Tally::nothing(function); grid.firsts.len()];
        let mut values_of = vec![vec![0; grid.firsts.len()]; grid.groups.len()];
        let (mut next, mut may_go_on) = (0, true);
        let mut numbers: SmallVec<[u32; 256]> = SmallVec::new();
        self.record.each_with_rows(target, fixed, |atom, table, places| {
            let individual = atom[place];
            while grid.members.get(next).is_some_and(|member| member.individual < individual) {
                next += 1;
            }
            may_go_on &= grid.unnamed != Some(individual);
            let Some(member) = grid.members.get(next).filter(|member| member.individual == individual) else { return };
            if !may_go_on || paired.contains(&individual) {
                return;
            }
            let (times, statements) = (&grid.times[table], tables[table].0);
            let values_of = &mut values_of[member.group];
            numbers.clear();
            statements.times.numbers_in(places.clone(), |number| numbers.push(number));
            let mut rows = places.clone().zip(&numbers);
            let RowValues::Numbers(values) = &statements.values else { return };
            values.each_in(places, |bits| {
                let Some((row, number)) = rows.next() else { return };
                let value = f64::from_bits(bits);
                let is_open = value.is_nan();
                // An empty cell says nothing.
                if is_open && statements.polarities.at(row) != Polarity::Unknown {
                    return;
                }
                let days = &times[*number as usize];
                for life in &member.lives {
                    for piece in days.start.max(life.start)..days.end.min(life.end) {
                        let tally = &mut tallies[piece as usize];
                        may_go_on &= tally.last != next as u32 + 1;
                        tally.last = next as u32 + 1;
                        if is_open {
                            tally.open += 1;
                        } else {
                            tally.add(function, value);
                            values_of[piece as usize] += 1;
                        }
                    }
                }
            });
        });
        may_go_on.then_some(Tallies { of_pieces: tallies, values: values_of })
    }

    /// Of each piece, whether some member may have a value there of which nothing is recorded.
    fn lacking(&self, grid: &Grid, tallies: &Tallies, fixed: &Given, paired: &[IndividualId]) -> Vec<bool> {
        let mut lacking: Vec<bool> = tallies.of_pieces.iter().map(|tally| tally.open > 0).collect();
        for (number, (group, values)) in grid.groups.iter().zip(&tallies.values).enumerate() {
            let mut living = group.living.clone();
            let members = paired.iter().filter_map(|one| grid.member(*one)).filter(|member| member.group == number);
            for piece in members.flat_map(|member| member.lives.iter().cloned().flatten()) {
                living[piece as usize] -= 1;
            }
            let mut is_complete = vec![false; living.len()];
            for record in group.records.iter().map(|record| &grid.records[*record]) {
                let arguments = &self.program.completeness[record.completeness].arguments;
                if fixed.iter().all(|(role, one)| arguments[*role].covers(*one)) {
                    record.pieces.iter().cloned().flatten().for_each(|piece| is_complete[piece as usize] = true);
                }
            }
            for (piece, lacks_some) in lacking.iter_mut().enumerate() {
                *lacks_some |= !is_complete[piece] && values[piece] < living[piece];
            }
        }
        lacking
    }

    fn grid(&self, measure: MeasureId, kind: KindId, place: usize) -> Option<Rc<Grid>> {
        let key = (measure, kind, place);
        if let Some(known) = self.grids.borrow().get(&key) {
            return known.clone();
        }
        let grid = self.make_grid(Target::Measure(measure), kind, place).map(Rc::new);
        self.grids.borrow_mut().insert(key, grid.clone());
        grid
    }
}

/// Stands in the place of those who are not among the individuals that are given.
const NOBODY: IndividualId = IndividualId(u32::MAX);

impl Tally {
    fn nothing(function: AggregateFunction) -> Tally {
        let value = match function {
            AggregateFunction::Sum | AggregateFunction::Mean => 0.0,
            AggregateFunction::Minimum => f64::INFINITY,
            AggregateFunction::Maximum => f64::NEG_INFINITY,
        };
        Tally { value, values: 0, open: 0, last: 0 }
    }

    #[inline]
    fn add(&mut self, function: AggregateFunction, value: f64) {
        self.values += 1;
        self.value = match function {
            AggregateFunction::Sum | AggregateFunction::Mean => self.value + value,
            AggregateFunction::Minimum => self.value.min(value),
            AggregateFunction::Maximum => self.value.max(value),
        };
    }
}

/// What is known, if some member may have any value besides.
fn made_of(function: AggregateFunction, tally: &Tally, lacks_some: bool) -> Quantity {
    let has_none = tally.values == 0 && !lacks_some;
    match function {
        AggregateFunction::Sum if !lacks_some => Quantity::number(tally.value),
        AggregateFunction::Sum => Quantity::one(Bounds::between(f64::NEG_INFINITY, f64::INFINITY)),
        _ if has_none => Quantity::none(),
        AggregateFunction::Mean if !lacks_some => {
            Quantity::one(Bounds::exactly(tally.value).shared_by(tally.values as usize))
        }
        AggregateFunction::Mean => Quantity::one(Bounds::between(f64::NEG_INFINITY, f64::INFINITY)),
        _ if !lacks_some => Quantity::number(tally.value),
        AggregateFunction::Minimum => Quantity::one(Bounds::between(f64::NEG_INFINITY, tally.value)),
        AggregateFunction::Maximum => Quantity::one(Bounds::between(tally.value, f64::INFINITY)),
    }
}
