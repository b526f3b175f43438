//! The calendar cut into pieces, so that what rows bring can be added up piece by piece.

use crate::engine::Engine;
use crate::evidence::{Polarity, RowValues, TableStatements};
use crate::model::program::{IndividualId, KindId, Target};
use crate::time::{Day, Interval, IntervalSet};
use smallvec::SmallVec;
use std::borrow::Cow;
use std::ops::Range;

/// With more different periods rows are not gone through piece by piece.
const MOST_PERIODS: usize = 1 << 12;
/// Nor with more groups of members that different records name.
const MOST_GROUPS: usize = 16;

/// Pieces of the calendar that follow one another.
pub(super) type Pieces = Range<u32>;

/// The calendar in pieces, within each of which no row begins or ends, nor the life of a member or a record.
#[derive(Debug)]
pub(in crate::engine) struct Grid {
    /// Of each piece the first day.
    pub(super) firsts: Vec<Day>,
    /// Of each table the pieces of each of its times.
    pub(super) times: Vec<Vec<Pieces>>,
    /// The named members of the kind whose values may be recorded, in order.
    pub(super) members: Vec<Member>,
    /// Who stands for members without a name.
    pub(super) unnamed: Option<IndividualId>,
    /// Members by the records that name them.
    pub(super) groups: Vec<Group>,
    /// Those of whom a record speaks and nothing is recorded have no value.
    pub(super) records: Vec<Complete>,
}

/// A member of the kind.
#[derive(Debug)]
pub(super) struct Member {
    pub individual: IndividualId,
    /// The place of its group.
    pub group: usize,
    /// The pieces in which it exists.
    pub lives: SmallVec<[Pieces; 1]>,
}

/// Members whom the same records name.
#[derive(Debug)]
pub(super) struct Group {
    /// The places of these records.
    pub records: Vec<usize>,
    /// How many of the members exist in each piece, the one without a name included.
    pub living: Vec<u32>,
}

/// A statement of completeness.
#[derive(Debug)]
pub(super) struct Complete {
    /// Its place in the program.
    pub completeness: usize,
    /// The pieces of which it speaks.
    pub pieces: Vec<Pieces>,
}

impl Grid {
    /// A member.
    pub(super) fn member(&self, individual: IndividualId) -> Option<&Member> {
        let place = self.members.binary_search_by_key(&individual, |member| member.individual).ok()?;
        Some(&self.members[place])
    }
}

impl Engine<'_> {
    /// The calendar in pieces for a measure, of which the members of a kind are in one place.
    pub(super) fn make_grid(&self, target: Target, kind: KindId, place: usize) -> Option<Grid> {
        let tables = self.record.tables_of(target)?;
        let periods: Vec<Vec<Option<Interval>>> =
            tables.iter().map(|(table, horizon)| periods_of(table, *horizon)).collect::<Option<_>>()?;
        let mut all: Vec<Interval> = periods.iter().flatten().flatten().copied().collect();
        all.sort_unstable_by_key(|period| (period.first, period.last));
        all.dedup();
        if all.len() > MOST_PERIODS || !all.is_sorted_by(|one, next| one.last < next.first) {
            return None;
        }
        let (role, kind) = (self.program.roles(target)[place].kind, self.program.kind(kind));
        let fits = |member: &IndividualId| self.program.is_member(*member, role);
        let unnamed = kind.unnamed.filter(fits);
        let individuals = || kind.members.iter().copied().filter(fits).chain(unnamed);
        let life = |member: IndividualId| &self.program.individual(member).life;
        let lives = individuals().flat_map(|member| life(member).iter());
        let complete: Vec<(usize, Cow<'_, IntervalSet>)> = self.record.completeness_with_days(target).collect();
        let cuts = Cuts::at(all.into_iter().chain(complete.iter().flat_map(|(_, days)| days.iter())).chain(lives));
        let mut groups: Vec<Group> = Vec::new();
        let mut members = Vec::new();
        for individual in individuals() {
            let names = |index: usize| self.program.completeness[index].arguments[place].covers(individual);
            let records: Vec<usize> = (0..complete.len()).filter(|record| names(complete[*record].0)).collect();
            let group = groups.iter().position(|group| group.records == records).unwrap_or(groups.len());
            if group == groups.len() {
                groups.push(Group { records, living: vec![0; cuts.firsts.len()] });
            }
            let lives: SmallVec<[Pieces; 1]> = cuts.pieces_in(life(individual)).collect();
            lives.iter().cloned().flatten().for_each(|piece| groups[group].living[piece as usize] += 1);
            members.push(Member { individual, group, lives });
        }
        members.retain(|member| Some(member.individual) != unnamed);
        if groups.len() > MOST_GROUPS {
            return None;
        }
        let pieces_of = |time: &Option<Interval>| time.map_or(0..0, |period| cuts.pieces_of(period));
        let times = periods.iter().map(|times| times.iter().map(pieces_of).collect()).collect();
        let record = |(completeness, days): (usize, Cow<'_, IntervalSet>)| {
            let pieces = cuts.pieces_in(&days).collect();
            Complete { completeness, pieces }
        };
        let records = complete.into_iter().map(record).collect();
        Some(Grid { times, members, unnamed, groups, records, firsts: cuts.firsts })
    }
}

/// Where the calendar is cut.
struct Cuts {
    /// Of each piece the first day.
    firsts: Vec<Day>,
}

impl Cuts {
    fn at(periods: impl Iterator<Item = Interval>) -> Cuts {
        let mut firsts = vec![Day::FIRST];
        for period in periods {
            firsts.push(period.first);
            firsts.extend((period.last < Day::LAST).then(|| period.last.next()));
        }
        firsts.sort_unstable();
        firsts.dedup();
        Cuts { firsts }
    }

    fn pieces_of(&self, period: Interval) -> Pieces {
        let piece_of = |day: Day| self.firsts.partition_point(|first| *first < day) as u32;
        let end = if period.last < Day::LAST { piece_of(period.last.next()) } else { self.firsts.len() as u32 };
        piece_of(period.first)..end
    }

    fn pieces_in<'c>(&'c self, days: &'c IntervalSet) -> impl Iterator<Item = Pieces> + 'c {
        days.iter().map(|period| self.pieces_of(period))
    }
}

/// Of each time of a table its days, if these are exactly known and each row gives a number or leaves it open.
fn periods_of(table: &TableStatements, horizon: Day) -> Option<Vec<Option<Interval>>> {
    let are_numbers = matches!(table.values, RowValues::Numbers(_))
        && table.polarities.values().iter().all(|polarity| *polarity != Polarity::Against);
    let times = table.times.numbered().filter(|times| are_numbers && times.len() <= MOST_PERIODS)?;
    times.iter().map(|time| time.ends().map(|_| time.days(horizon))).collect()
}
