//! Moments, and who lives at each.

use super::Compiler;
use super::names::{date, quoted, rows, text};
use super::script::Step;
use crate::model::program::{IndividualId, KindId, Program, Target};

/// What stands for the unnamed member of an open kind.
const UNNAMED: &str = "(unnamed)";

impl Compiler<'_> {
    /// The moments that are asked about.
    pub(super) fn lay_moments(&mut self) {
        let listed: Vec<Vec<String>> =
            self.request.moments.iter().map(|moment| vec![moment.year.to_string(), date(moment.day)]).collect();
        self.names.unique("moments");
        self.script.ground.push(Step::new(
            "moments".to_owned(),
            "the day of each year that is asked about".to_owned(),
            rows(&listed, &["\"year\"".to_owned(), "\"day\"".to_owned()]),
        ));
    }

    /// How an individual is written.
    pub(super) fn key(&self, individual: IndividualId) -> String {
        let individual = self.program.individual(individual);
        text(if individual.is_unnamed { UNNAMED } else { &individual.name })
    }

    /// The table of the members of a kind that live at each moment, the unnamed one among them.
    pub(super) fn living(&mut self, kind: KindId) -> String {
        if let Some(known) = self.living.get(&kind) {
            return known.clone();
        }
        let program = self.program;
        let of = program.kind(kind);
        let name = self.names.unique(&format!("{}_living", of.name));
        let columns = ["\"name\"", "\"first\"", "\"last\""].map(str::to_owned);
        let mut listed = Vec::new();
        let known: Vec<IndividualId> =
            of.members.iter().copied().filter(|one| !self.is_of_cells(*one)).chain(of.unnamed).collect();
        let elsewhere = self.names_in_tables(kind);
        for member in known {
            for days in program.individual(member).life.iter() {
                listed.push(vec![self.key(member), date(days.first), date(days.last)]);
            }
        }
        let mut select = if listed.is_empty() {
            "select '' as \"name\", \"year\" from \"moments\" where false".to_owned()
        } else {
            format!(
                "select l.\"name\", m.\"year\" from (\n  {}\n  ) as l join \"moments\" as m on m.\"day\" between l.\"first\" and l.\"last\"",
                rows(&listed, &columns)
            )
        };
        if !elsewhere.is_empty() {
            // Whoever only a table names exists always.
            let declared: Vec<String> =
                of.members.iter().filter(|one| !self.is_of_cells(**one)).map(|one| self.key(*one)).collect();
            let filter = if declared.is_empty() {
                String::new()
            } else {
                format!(" where n.\"name\" not in ({})", declared.join(", "))
            };
            select.push_str(&format!(
                "\n  union all select n.\"name\", m.\"year\" from (\n  {}\n  ) as n cross join \"moments\" as m{filter}",
                elsewhere.join("\n  union ")
            ));
            if elsewhere.len() == 1 {
                select = select.replace("(\n  select \"a", "(\n  select distinct \"a");
            }
        }
        let comment = format!("who of the kind `{}` exists at each moment", of.name);
        self.script.ground.push(Step::new(name.clone(), comment, select));
        let name = quoted(&name);
        self.living.insert(kind, name.clone());
        name
    }

    /// Names of columns for the roles of a target.
    pub(super) fn role_columns(&self, target: Target) -> Vec<String> {
        super::names::columns(self.program.roles(target).iter().map(|role| role.name.as_str()))
    }

    /// The cases of a select that arise: all live and are of their kinds, and no state is paired with itself. `select` has the columns
    /// of the roles, and `year`.
    pub(super) fn arising(&mut self, target: Target, select: &str) -> String {
        let columns = self.role_columns(target);
        let kinds: Vec<KindId> = self.program.roles(target).iter().map(|role| role.kind).collect();
        let mut joins = String::new();
        for (place, (column, kind)) in columns.iter().zip(&kinds).enumerate() {
            let living = self.living(*kind);
            joins.push_str(&format!(
                "\n  join {living} as l{place} on l{place}.\"year\" = c.\"year\" and l{place}.\"name\" = c.{column}"
            ));
        }
        let conditions = self.no_pairs(target, "c");
        let filter =
            if conditions.is_empty() { String::new() } else { format!("\n  where {}", conditions.join(" and ")) };
        let of_case: Vec<String> = columns.iter().map(|column| format!("c.{column}")).collect();
        format!("select distinct {}, c.\"year\" from (\n  {select}\n  ) as c{joins}{filter}", of_case.join(", "))
    }

    /// That no state is paired with itself.
    pub(super) fn no_pairs(&self, target: Target, alias: &str) -> Vec<String> {
        let columns = self.role_columns(target);
        let pairs = self.state_pairs(target).into_iter();
        pairs.map(|(one, two)| format!("{alias}.{} <> {alias}.{}", columns[one], columns[two])).collect()
    }

    /// The roles that may not hold the same state.
    pub(super) fn state_pairs(&self, target: Target) -> Vec<(usize, usize)> {
        let program = self.program;
        let roles = program.roles(target);
        let reflexive = match target {
            Target::Relation(id) => program.relation(id).reflexive,
            Target::Measure(id) => program.measure(id).reflexive,
        };
        let mut pairs = Vec::new();
        for one in 0..roles.len() {
            for other in 0..one {
                let are_states =
                    [one, other].iter().all(|place| program.kind(roles[*place].kind).root == Program::STATE);
                if !reflexive && are_states {
                    pairs.push((one, other));
                }
            }
        }
        pairs
    }

    /// Every case that arises.
    pub(super) fn every_case(&mut self, target: Target) -> String {
        let columns = self.role_columns(target);
        let kinds: Vec<KindId> = self.program.roles(target).iter().map(|role| role.kind).collect();
        let mut parts = vec!["\"moments\" as c".to_owned()];
        let mut selected = Vec::new();
        for (place, (column, kind)) in columns.iter().zip(&kinds).enumerate() {
            let living = self.living(*kind);
            parts.push(format!("join {living} as l{place} on l{place}.\"year\" = c.\"year\""));
            selected.push(format!("l{place}.\"name\" as {column}, "));
        }
        let select = format!("select {}c.\"year\" from {}", selected.concat(), parts.join("\n  "));
        let conditions = self.no_pairs(target, "c");
        if conditions.is_empty() {
            return select;
        }
        format!("select * from (\n  {select}\n  ) as c where {}", conditions.join(" and "))
    }
}
