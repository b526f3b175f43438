//! The statements of a program laid out by target and atom.

use super::record::atoms_of;
use super::rows::{Entry, Rows, Unsorted};
use super::tuple::Tuple;
use super::{Polarity, StatementId, TableStatements};
use crate::model::Program;
use crate::model::program::{IndividualId, MeasureId, RelationId, Target};

/// The rows of each relation, and those of each measure.
pub(super) fn of(program: &Program) -> (Vec<Rows<'_>>, Vec<Rows<'_>>) {
    let mut layout = Layout {
        program,
        relations: (0..program.relations.len() as u32)
            .map(|index| Pile::new(program, Target::Relation(RelationId(index))))
            .collect(),
        measures: (0..program.measures.len() as u32)
            .map(|index| Pile::new(program, Target::Measure(MeasureId(index))))
            .collect(),
    };
    layout.add_written();
    layout.add_tables();
    let Layout { relations, measures, .. } = layout;
    (sorted(relations), sorted(measures))
}

fn sorted(piles: Vec<Pile<'_>>) -> Vec<Rows<'_>> {
    piles.into_iter().map(Pile::sorted).collect()
}

struct Layout<'p> {
    program: &'p Program,
    relations: Vec<Pile<'p>>,
    measures: Vec<Pile<'p>>,
}

/// What is said of one target, on its way to be sorted.
enum Pile<'p> {
    /// One template of an import says all of it, of each atom one way: then it is sorted already. With its number among all.
    Table(&'p TableStatements, usize),
    /// Several templates say all of it, of each atom one way: each is sorted. With the number of roles.
    Pooled(Vec<(&'p TableStatements, usize)>, usize),
    /// Anything else, with the number of roles.
    Mixed(Unsorted, usize),
}

impl<'p> Pile<'p> {
    fn new(program: &'p Program, target: Target) -> Pile<'p> {
        let arity = program.roles(target).len();
        let of_target = program.table_statements.iter().zip(0..).filter(|(table, _)| table.pattern.target == target);
        let tables: Vec<(&TableStatements, usize)> = of_target.collect();
        let is_one_way = program.symmetric(target).is_none() && tables.iter().all(|(table, _)| !table.pattern.mutually);
        if arity == 0 || !is_one_way || program.statements.iter().any(|statement| statement.target == target) {
            return Pile::Mixed(Unsorted::default(), arity);
        }
        match tables.as_slice() {
            [] => Pile::Mixed(Unsorted::default(), arity),
            [(only, number)] => Pile::Table(only, *number),
            _ => Pile::Pooled(tables, arity),
        }
    }

    fn sorted(self) -> Rows<'p> {
        match self {
            Pile::Table(table, number) => Rows::of_table(table, number),
            Pile::Pooled(tables, arity) => Rows::of_tables(arity, tables),
            Pile::Mixed(unsorted, arity) => unsorted.sorted(arity),
        }
    }
}

impl Layout<'_> {
    fn pile(&mut self, target: Target) -> Option<&mut Unsorted> {
        let pile = match target {
            Target::Relation(id) => &mut self.relations[id.index()],
            Target::Measure(id) => &mut self.measures[id.index()],
        };
        match pile {
            Pile::Table(..) | Pile::Pooled(..) => None,
            Pile::Mixed(unsorted, _) => Some(unsorted),
        }
    }

    /// Adds what is said of an atom. Rows of a symmetric relation are kept both ways, so that the index of each role is whole.
    fn add(&mut self, target: Target, individuals: &[IndividualId], entry: Entry) {
        let symmetric = self.program.symmetric(target);
        let Some(pile) = self.pile(target) else { return };
        pile.add(individuals, entry);
        if let Some((one, two)) = symmetric {
            let mut reversed = Tuple::from(individuals);
            reversed.swap(one, two);
            pile.add(&reversed, entry);
        }
    }

    fn add_written(&mut self) {
        for (index, statement) in self.program.statements.iter().enumerate() {
            let id = StatementId(index as u32);
            for (tuple, by_only) in atoms_of(self.program, statement) {
                let polarity = if by_only { Polarity::Against } else { statement.polarity };
                self.add(statement.target, &tuple, Entry { statement: id, by_only, polarity });
            }
        }
    }

    fn add_tables(&mut self) {
        for table in &self.program.table_statements {
            let target = table.pattern.target;
            let ways = if table.pattern.mutually || self.program.symmetric(target).is_some() { 2 } else { 1 };
            let Some(pile) = self.pile(target) else { continue };
            pile.reserve(ways * table.len(), table.arity());
            let places = (0..table.atom_count()).flat_map(|atom| table.places(atom).map(move |place| (atom, place)));
            for (atom, place) in places {
                let statement = StatementId(table.first.0 + place as u32);
                let entry = Entry { statement, by_only: false, polarity: table.polarities.at(place) };
                let individuals = table.atom(atom);
                self.add(target, individuals, entry);
                if table.pattern.mutually && individuals.len() >= 2 {
                    let mut reversed = Tuple::from(individuals);
                    reversed.swap(0, 1);
                    self.add(target, &reversed, entry);
                }
            }
        }
    }
}
