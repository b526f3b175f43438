//! Which cases a panel has, and in which order.

use crate::engine::Engine;
use crate::evidence::{MOST_PACKED, Tuple, packed, put_in_order};
use crate::model::Program;
use crate::model::program::{IndividualId, Target};
use crate::time::Interval;
use crate::verdict::Verdict;

/// The cases of some targets that are about the same individuals.
#[derive(Debug, Clone)]
pub struct CaseList {
    targets: Vec<Target>,
    /// For each role whom it may be, in the order of the rows.
    over: Vec<Vec<IndividualId>>,
    listings: Vec<Listing>,
    /// The two roles of the pair, where each case stands for its reverse too.
    both_ways: Option<(usize, usize)>,
    /// Whether of a case and its reverse only one is listed.
    once: bool,
    /// For each individual its place in the order of the rows.
    ranks: Vec<u32>,
}

/// What a `cases` lists, or all members of the roles' kinds.
#[derive(Debug, Clone)]
struct Listing {
    over: Vec<Vec<IndividualId>>,
    period: Option<Interval>,
}

impl Listing {
    fn has(&self, individuals: &[IndividualId]) -> bool {
        self.over.iter().zip(individuals).all(|(over, individual)| over.binary_search(individual).is_ok())
    }
}

impl CaseList {
    /// The cases that the program lists for the targets, or all combinations of members of their roles' kinds. With a pair,
    /// both orders of it; with `once`, the order in which the first individual comes earlier.
    #[must_use]
    pub fn new(
        program: &Program,
        targets: &[Target],
        pair: Option<(usize, usize)>,
        once: bool,
        ranks: Vec<u32>,
    ) -> CaseList {
        let listings: Vec<Listing> = targets.iter().flat_map(|target| listings(program, *target)).collect();
        let places = listings.first().map_or(0, |listing| listing.over.len());
        let mut over: Vec<Vec<IndividualId>> = (0..places)
            .map(|place| listings.iter().flat_map(|one| one.over[place].iter().copied()).collect())
            .collect();
        if let Some((one, two)) = pair {
            let both: Vec<IndividualId> = over[one].iter().chain(&over[two]).copied().collect();
            over[one].clone_from(&both);
            over[two] = both;
        }
        for choices in &mut over {
            choices.sort_unstable_by_key(|individual| ranks[individual.index()]);
            choices.dedup();
        }
        CaseList { targets: targets.to_vec(), over, listings, both_ways: pair, once, ranks }
    }

    /// How many combinations there are at most.
    #[must_use]
    pub fn most(&self) -> usize {
        self.over.iter().map(Vec::len).product()
    }

    /// The cases, one at a time.
    ///
    /// `wanted` are the verdicts that the panel keeps, or nothing where it keeps all. Where that is *met* alone, only the cases with
    /// evidence for them are gone through, if the engine can tell these: a case is contested too where evidence against it is.
    pub fn iter<'a>(&'a self, engine: &'a Engine<'_>, wanted: &'a [Verdict]) -> Box<dyn Iterator<Item = Tuple> + 'a> {
        let program = engine.program();
        let needs_evidence = !wanted.is_empty() && wanted.iter().all(|verdict| *verdict == Verdict::Met);
        match self.supported(engine).filter(|_| needs_evidence) {
            Some(supported) => {
                Box::new(supported.into_iter().filter(move |individuals| self.has(program, individuals)))
            }
            None => Box::new(Combinations::new(&self.over).filter(move |individuals| self.has(program, individuals))),
        }
    }

    /// The cases of which some target has evidence for them, in the order of the rows; none where that cannot be told.
    fn supported(&self, engine: &Engine<'_>) -> Option<Vec<Tuple>> {
        let mut cases: Vec<Tuple> = Vec::new();
        for target in &self.targets {
            let Target::Relation(relation) = target else { return None };
            cases.extend(engine.support(*relation)?.cases.iter().cloned());
        }
        if let Some((one, two)) = self.both_ways {
            let reversed: Vec<Tuple> = cases
                .iter()
                .map(|case| {
                    let mut reversed = case.clone();
                    reversed.swap(one, two);
                    reversed
                })
                .collect();
            cases.extend(reversed);
        }
        put_in_order(&mut cases);
        let rank = |one: &IndividualId| IndividualId(self.ranks[one.index()]);
        cases.sort_by_cached_key(|case| {
            let others: Vec<IndividualId> = case.iter().skip(MOST_PACKED).map(rank).collect();
            (packed(case.iter().map(rank)), others)
        });
        Some(cases)
    }

    fn has(&self, program: &Program, individuals: &[IndividualId]) -> bool {
        if let Some((one, two)) = self.both_ways.filter(|_| self.once)
            && self.ranks[individuals[one].index()] > self.ranks[individuals[two].index()]
        {
            return false;
        }
        if self.targets.iter().all(|target| program.pairs_with_itself(*target, individuals)) {
            return false;
        }
        self.listings_of(individuals).next().is_some()
    }

    /// The period over which a case is listed; none where its listing gives none.
    #[must_use]
    pub fn period(&self, individuals: &[IndividualId]) -> Option<Interval> {
        self.listings_of(individuals).filter_map(|listing| listing.period).reduce(hull)
    }

    /// From the earliest to the latest day of all listings; none where one of them gives no period.
    #[must_use]
    pub fn hull(&self) -> Option<Interval> {
        let periods: Option<Vec<Interval>> = self.listings.iter().map(|listing| listing.period).collect();
        periods?.into_iter().reduce(hull)
    }

    fn listings_of<'a>(&'a self, individuals: &'a [IndividualId]) -> impl Iterator<Item = &'a Listing> {
        let reversed = self.both_ways.map(|(one, two)| {
            let mut reversed = Tuple::from(individuals);
            reversed.swap(one, two);
            reversed
        });
        self.listings.iter().filter(move |listing| {
            listing.has(individuals) || reversed.as_ref().is_some_and(|reversed| listing.has(reversed))
        })
    }
}

fn hull(one: Interval, two: Interval) -> Interval {
    Interval { first: one.first.min(two.first), last: one.last.max(two.last) }
}

fn listings(program: &Program, target: Target) -> Vec<Listing> {
    let listed: Vec<Listing> = program
        .cases
        .iter()
        .filter(|cases| cases.target == target)
        .map(|cases| Listing { over: cases.over.clone(), period: cases.period })
        .collect();
    if !listed.is_empty() {
        return listed;
    }
    let over = program.roles(target).iter().map(|role| program.kind(role.kind).members.clone()).collect();
    vec![Listing { over, period: None }]
}

/// All combinations, the last place changing fastest.
struct Combinations<'a> {
    over: &'a [Vec<IndividualId>],
    /// Which choice is next in each place; none where there is no further one.
    next: Option<Vec<usize>>,
}

impl<'a> Combinations<'a> {
    fn new(over: &'a [Vec<IndividualId>]) -> Self {
        let next = over.iter().all(|choices| !choices.is_empty()).then(|| vec![0; over.len()]);
        Combinations { over, next }
    }
}

impl Iterator for Combinations<'_> {
    type Item = Tuple;

    fn next(&mut self) -> Option<Tuple> {
        let places = self.next.as_mut()?;
        let combination = self.over.iter().zip(places.iter()).map(|(choices, at)| choices[*at]).collect();
        let turning = (0..places.len()).rev().find(|place| places[*place] + 1 < self.over[*place].len());
        match turning {
            Some(place) => {
                places[place] += 1;
                places[place + 1..].fill(0);
            }
            None => self.next = None,
        }
        Some(combination)
    }
}

/// The order of the rows: by the code of a scheme, numbers by their size, those without a code last; by name where no
/// scheme is given, and where codes do not decide.
#[must_use]
pub fn ranks(program: &Program, scheme: Option<&str>) -> Vec<u32> {
    let mut order: Vec<usize> = (0..program.individuals.len()).collect();
    if let Some(scheme) = scheme {
        order.sort_by_cached_key(|index| {
            let code = program.individuals[*index].aliases.iter().find(|(of, _)| of == scheme).map(|(_, code)| code);
            let number = code.and_then(|code| code.parse::<u64>().ok());
            (code.is_none(), number.is_none(), number, code.cloned())
        });
    }
    let mut ranks = vec![0; order.len()];
    for (rank, index) in order.into_iter().enumerate() {
        ranks[index] = rank as u32;
    }
    ranks
}
