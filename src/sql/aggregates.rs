//! Counts, sums, means, smallest and largest values.

use super::Compiler;
use super::bounds::Bounds;
use super::candidates::Unless;
use super::conditions::grouped;
use super::names::INFINITY;
use super::scope::{Marks, Scope, or};
use crate::model::condition::{AggregateFunction, Binding, Condition, Expression, ExpressionKind, Slot};
use crate::model::program::Target;

impl Compiler<'_> {
    pub(super) fn count(
        &mut self,
        whole: &Expression,
        bindings: &[Binding],
        among: Option<&Condition>,
        scope: &mut Scope,
    ) -> Bounds {
        let free = free_of(whole);
        let (members, marks) = self.members_among(whole, &free, bindings, among, scope);
        let unnamed: Vec<String> = bindings
            .iter()
            .filter_map(|binding| {
                let unnamed = self.program.kind(binding.kind).unnamed?;
                Some(format!("s.{} = {}", members.columns[binding.slot], self.key(unnamed)))
            })
            .collect();
        let least = |is_for: &str| format!("sum(case when {is_for} then 1e0 else 0e0 end)");
        let most = |against: &str| match unnamed.as_slice() {
            [] => format!("sum(case when {against} then 0e0 else 1e0 end)"),
            // How many stand behind the unnamed one nobody knows.
            unnamed => {
                format!("sum(case when {against} then 0e0 when {} then {INFINITY} else 1e0 end)", unnamed.join(" or "))
            }
        };
        let bounds = Bounds {
            least: least(&marks.is_for),
            most: most(&marks.against),
            settled_least: least(&marks.settled_for),
            settled_most: most(&marks.settled_against),
        };
        let select = grouped(&members, &free, &bounds.columns());
        let table = self.step_of_block("counted", self.words(whole.span), select);
        let alias = scope.join_by_slots(&table, &free);
        Bounds::joined(&alias).each(|bound| format!("coalesce({bound}, 0e0)"))
    }

    fn members_among(
        &mut self,
        whole: &Expression,
        free: &[Slot],
        bindings: &[Binding],
        among: Option<&Condition>,
        scope: &Scope,
    ) -> (Scope, Marks) {
        let candidates = among.and_then(|among| self.candidates(among, &scope.columns, Unless::NotMet));
        let words = self.words(whole.span);
        let mut members = self.members(free, bindings, candidates, scope, &words);
        let marks = among.map_or(Marks::met(), |among| self.marks(among, &mut members));
        (members, marks)
    }

    pub(super) fn aggregate(
        &mut self,
        whole: &Expression,
        function: AggregateFunction,
        value: &Expression,
        bindings: &[Binding],
        among: Option<&Condition>,
        scope: &mut Scope,
    ) -> Bounds {
        let free = free_of(whole);
        let words = self.words(whole.span);
        let (mut members, marks) = self.members_among(whole, &free, bindings, among, scope);
        let bounds = if self.has_rivals(value) {
            // Several values of one member are one range.
            let mut rivals = Scope::new(
                members.source.clone(),
                members.slots.clone(),
                members.columns.clone(),
                members.kinds.clone(),
            );
            let bounds = self.number(value, &mut rivals);
            let columns = Bounds {
                least: format!("max({})", bounds.least),
                most: format!("min({})", bounds.most),
                settled_least: format!("min({})", bounds.settled_least),
                settled_most: format!("max({})", bounds.settled_most),
            };
            let select = grouped(&rivals, &rivals.slots, &columns.columns());
            let table = self.step_of_block("values", self.words(value.span), select);
            let slots = members.slots.clone();
            Bounds::joined(&members.join_by_slots(&table, &slots))
        } else {
            self.number(value, &mut members)
        };
        let unrecorded = self.unrecorded(value, &mut members);
        let is_known = format!("{} is not null", bounds.least);
        let lowest = format!("-{INFINITY}");
        let open = |bound: &str, otherwise: &str| format!("coalesce({bound}, {otherwise})");
        let columns = Bounds {
            least: open(&bounds.least, &lowest),
            most: open(&bounds.most, INFINITY),
            settled_least: open(&bounds.settled_least, &lowest),
            settled_most: open(&bounds.settled_most, INFINITY),
        };
        let select = format!(
            "select {},\n    {},\n    {}\n  {}\n  where not {} and {}",
            members.keys(),
            marks.columns("", ""),
            columns.columns(),
            members.from(),
            marks.settled_against,
            or(&is_known, &unrecorded)
        );
        let table = self.step_of_block("members", format!("who is in, with which value: {words}"), select);
        let gathered = Scope::new(table, members.slots.clone(), members.columns.clone(), members.kinds.clone());
        let result = match function {
            AggregateFunction::Sum => total(),
            AggregateFunction::Minimum => extreme("min", INFINITY),
            AggregateFunction::Maximum => extreme("max", &lowest),
            AggregateFunction::Mean => mean(&lowest),
        };
        let select = grouped(&gathered, &free, &result.columns());
        let table = self.step_of_block("gathered", words, select);
        let bounds = Bounds::joined(&scope.join_by_slots(&table, &free));
        // Of nobody the sum is 0, and there is no smallest.
        if function == AggregateFunction::Sum { bounds.each(|bound| format!("coalesce({bound}, 0e0)")) } else { bounds }
    }

    /// Whether a value that is missing is not recorded, though it might be.
    fn unrecorded(&mut self, value: &Expression, scope: &mut Scope) -> String {
        match &value.kind {
            ExpressionKind::Measure(id, arguments) => {
                let target = Target::Measure(*id);
                let gaps = self.gaps(*id);
                let mut on = vec!["{}.\"year\" = s.\"year\"".to_owned()];
                for (role, argument) in self.role_columns(target).iter().zip(arguments) {
                    on.push(format!("{{}}.{role} = {}", self.value(*argument, scope)));
                }
                let alias = scope.left_join(&gaps, &on);
                format!("({alias}.\"year\" is not null)")
            }
            ExpressionKind::Negation(inner) => self.unrecorded(inner, scope),
            ExpressionKind::Arithmetic { left, right, .. } => {
                or(&self.unrecorded(left, scope), &self.unrecorded(right, scope))
            }
            _ => "false".to_owned(),
        }
    }
}

/// The slots that an expression looks at from outside.
fn free_of(expression: &Expression) -> Vec<Slot> {
    let mut free = Vec::new();
    expression.add_free(&mut free);
    free.sort_unstable();
    free.dedup();
    free
}

/// The part of a member: its value where it is in, what nobody adds where it is not, and a range of both where that is open.
fn share(sides: [&str; 2], bounds: [&str; 2], nobody: &str) -> [String; 2] {
    let part = |bound: &str, open: &str, both: &str| {
        format!(
            "case when s.\"{is_for}\" and s.\"{against}\" then {both}(s.\"{bound}\", {nobody}) when s.\"{is_for}\" then s.\"{bound}\" \
             when s.\"{against}\" then {nobody} else {open}(s.\"{bound}\", {nobody}) end",
            is_for = sides[0],
            against = sides[1],
        )
    };
    [part(bounds[0], "least", "greatest"), part(bounds[1], "greatest", "least")]
}

const PLAIN: ([&str; 2], [&str; 2]) = (["is_for", "is_against"], ["least", "most"]);
const SETTLED: ([&str; 2], [&str; 2]) = (["settled_for", "settled_against"], ["settled_least", "settled_most"]);

fn joined(function: &str, nobody: &str) -> Bounds {
    let [least, most] = share(PLAIN.0, PLAIN.1, nobody);
    let [settled_least, settled_most] = share(SETTLED.0, SETTLED.1, nobody);
    Bounds { least, most, settled_least, settled_most }.each(|part| format!("{function}({part})"))
}

fn total() -> Bounds {
    joined("sum", "0e0")
}

/// Where nobody is surely in there may be none, so that nothing is known of it.
fn extreme(function: &str, nobody: &str) -> Bounds {
    let bounds = joined(function, nobody);
    let known =
        |side: &str, bound: &str, open: &str| format!("case when bool_or(s.\"{side}\") then {bound} else {open} end");
    let lowest = format!("-{INFINITY}");
    Bounds {
        least: known("is_for", &bounds.least, &lowest),
        most: known("is_for", &bounds.most, INFINITY),
        settled_least: known("settled_for", &bounds.settled_least, &lowest),
        settled_most: known("settled_for", &bounds.settled_most, INFINITY),
    }
}

/// The sum by the number, where each is settled in and has bounds; else between the smallest and the largest.
fn mean(lowest: &str) -> Bounds {
    let is_settled = "bool_and(s.\"settled_for\" and not isinf(s.\"settled_least\") and not isinf(s.\"settled_most\"))";
    let (total, smallest, largest) = (total(), extreme("min", INFINITY), extreme("max", lowest));
    let of = |sum: &str, otherwise: &str| format!("case when {is_settled} then {sum} / count(*) else {otherwise} end");
    Bounds {
        least: of(&total.least, &smallest.settled_least),
        most: of(&total.most, &largest.settled_most),
        settled_least: of(&total.settled_least, &smallest.settled_least),
        settled_most: of(&total.settled_most, &largest.settled_most),
    }
}
