//! What is known of predicates and criteria.

use super::Compiler;
use super::names::{self, quoted};
use super::scope::{Marks, Scope, and, not, or};
use super::script::Step;
use crate::model::program::{Guard, RelationId, RuleForm, RuleId, Target};

/// A rule whose condition was worked out: a table of its marks, and whether it applies, for the cases that its head fits.
struct Worked {
    form: RuleForm,
    table: String,
}

impl Compiler<'_> {
    /// The name of the table of what is known of a target.
    pub(super) fn known(&mut self, target: Target) -> String {
        if let Some(known) = self.known.get(&target) {
            return known.clone();
        }
        let name = self.names.unique(&format!("{}_known", names::view(&self.program.qualified_name(target))));
        let name = quoted(&name);
        self.known.insert(target, name.clone());
        name
    }

    /// Adds a table under a name that was given out before.
    pub(super) fn close_block(&mut self, target: Target, comment: String, select: String) {
        let name = names::unquoted(&self.known(target));
        self.block.push(Step::new(name, comment, select));
        self.script.known.push(std::mem::take(&mut self.block));
    }

    /// The cases of a target for which others ask.
    pub(super) fn asked_cases(&mut self, target: Target) -> String {
        let asked = self.asked.remove(&target).unwrap_or_default();
        let select = if asked.is_empty() {
            let nobody: String = self.role_columns(target).iter().map(|role| format!("'' as {role}, ")).collect();
            format!("select {nobody}\"year\" from \"moments\" where false")
        } else {
            asked.join("\n  union ")
        };
        let select = self.arising(target, &select);
        let qualified = self.program.qualified_name(target);
        let name = self.names.unique(&format!("{}_asked", names::view(&qualified)));
        self.script.asked.push(Step::new(name.clone(), format!("the cases of `{qualified}` that matter"), select));
        quoted(&name)
    }

    /// Names of columns for the variables of a rule: those of the head are the roles of the relation.
    pub(super) fn rule_columns(&self, id: RuleId) -> Vec<String> {
        let rule = self.program.rule(id);
        let roles = self.program.roles(Target::Relation(rule.relation));
        let of_body = rule.variables[roles.len()..].iter().map(|variable| variable.name.as_str());
        names::columns(roles.iter().map(|role| role.name.as_str()).chain(of_body))
    }

    /// Works out what is known of the cases of a relation.
    pub(super) fn relation(&mut self, id: RelationId) {
        let target = Target::Relation(id);
        let cases = match self.cases(id) {
            Some(cases) => cases,
            None => self.asked_cases(target),
        };
        if self.program.relation(id).is_criterion {
            self.criterion(id, &cases);
        } else {
            self.predicate(id, &cases);
        }
    }

    fn criterion(&mut self, id: RelationId, cases: &str) {
        let program = self.program;
        let target = Target::Relation(id);
        let rules = &program.relation(id).rules;
        let worked: Vec<Worked> = rules.iter().map(|rule| self.rule(*rule, cases)).collect();
        let roles = self.role_columns(target);
        let mut scope = Scope::new(cases.to_owned(), (0..roles.len()).collect(), roles.clone(), Vec::new());
        let mut sufficient: Option<Marks> = None;
        let mut necessary: Option<Marks> = None;
        let mut applies_nowhere = "true".to_owned();
        for worked in &worked {
            let alias = scope.join_by_slots(&worked.table, &(0..roles.len()).collect::<Vec<_>>());
            if worked.form == RuleForm::OnlyIf {
                let marks = Marks::joined(&alias, true);
                necessary = Some(necessary.map_or(marks.clone(), |known| known.and(&marks)));
            } else {
                let marks = Marks::joined(&alias, false);
                sufficient = Some(sufficient.map_or(marks.clone(), |known| known.or(&marks)));
            }
            applies_nowhere = and(&applies_nowhere, &format!("coalesce(not {alias}.\"applies\", false)"));
        }
        let against = necessary.or_else(|| sufficient.clone()).unwrap_or_else(Marks::not_met);
        let side_for = sufficient.unwrap_or_else(Marks::not_met);
        let marks = Marks {
            is_for: side_for.is_for,
            settled_for: side_for.settled_for,
            against: against.against,
            settled_against: against.settled_against,
        };
        let select = settled(&scope, &marks, &not(&applies_nowhere));
        self.close_block(target, format!("what is known of `{}`", program.qualified_name(target)), select);
    }

    /// The marks of a rule's condition for the cases that its head fits.
    fn rule(&mut self, id: RuleId, cases: &str) -> Worked {
        let program = self.program;
        let rule = program.rule(id);
        let target = Target::Relation(rule.relation);
        let columns = self.rule_columns(id);
        let arity = program.roles(target).len();
        let slots: Vec<usize> = (0..arity).collect();
        let source = self.fitting(id, cases, &columns);
        let mut scope =
            Scope::new(source, slots, columns, rule.variables.iter().map(|variable| variable.kind).collect());
        let body = self.marks(&rule.body, &mut scope);
        let (marks, applies) = match &rule.applies_where {
            Some(applies) => {
                let applies = self.marks(applies, &mut scope);
                (body.and(&applies), not(&applies.settled_against))
            }
            None => (body, "true".to_owned()),
        };
        let select = format!(
            "select {},\n    {},\n    {applies} as \"applies\"\n  {}",
            scope.keys(),
            marks.columns("", ""),
            scope.from()
        );
        let name = format!("{}_rule", names::view(&program.qualified_name(target)));
        let table = self.step_of_block(&name, self.texts.slice(rule.span).to_owned(), select);
        Worked { form: rule.form, table }
    }

    /// The cases that a rule's head fits.
    fn fitting(&mut self, id: RuleId, cases: &str, columns: &[String]) -> String {
        let program = self.program;
        let rule = program.rule(id);
        let roles = program.roles(Target::Relation(rule.relation));
        let mut conditions: Vec<String> = Vec::new();
        for guard in &rule.guards {
            conditions.push(match guard {
                Guard::Is(place, individual) => format!("s.{} = {}", columns[*place], self.key(*individual)),
                Guard::Same(one, other) => format!("s.{} = s.{}", columns[*one], columns[*other]),
            });
        }
        let mut joins = String::new();
        for (place, role) in roles.iter().enumerate().filter(|(place, role)| rule.variables[*place].kind != role.kind) {
            if program.kind(rule.variables[place].kind).root == rule.variables[place].kind
                && program.kind(role.kind).root == rule.variables[place].kind
            {
                continue;
            }
            let living = self.living(rule.variables[place].kind);
            joins.push_str(&format!(
                " join {living} as l{place} on l{place}.\"year\" = s.\"year\" and l{place}.\"name\" = s.{}",
                columns[place]
            ));
        }
        if conditions.is_empty() && joins.is_empty() {
            return cases.to_owned();
        }
        let filter = if conditions.is_empty() { String::new() } else { format!(" where {}", conditions.join(" and ")) };
        let select = format!("select s.* from {cases} as s{joins}{filter}");
        let name = self.names.unique("fitting");
        let comment = format!("the cases that the head fits: {}", self.words(rule.head_span));
        self.script.asked.push(Step::new(name.clone(), comment, select));
        quoted(&name)
    }

    fn predicate(&mut self, id: RelationId, cases: &str) {
        let program = self.program;
        let target = Target::Relation(id);
        let relation = program.relation(id);
        let roles = self.role_columns(target);
        let slots: Vec<usize> = (0..roles.len()).collect();
        let said = self.said(target);
        let mut scope = Scope::new(cases.to_owned(), slots.clone(), roles.clone(), Vec::new());
        let said = scope.join_by_slots(&said, &slots);
        // A rule of a symmetric predicate says the same both ways.
        let both_ways = relation.symmetric.filter(|_| !relation.rules.is_empty()).map(|(one, two)| {
            let mut turned = roles.clone();
            turned.swap(one, two);
            let name = self.names.unique("both_ways");
            let select = format!(
                "select {of}, \"year\" from {cases}\n  union select {}, \"year\" from {cases}",
                turned.join(", "),
                of = roles.join(", ")
            );
            let comment = format!("the cases of `{}` and their reverses", relation.name);
            self.script.asked.push(Step::new(name.clone(), comment, select));
            (quoted(&name), turned)
        });
        let mut bridges = Marks::not_met();
        for rule in &relation.rules {
            let source = both_ways.as_ref().map_or(cases, |(name, _)| name.as_str());
            let worked = self.rule(*rule, source);
            let alias = scope.join_by_slots(&worked.table, &slots);
            bridges = bridges.or(&Marks::joined(&alias, false));
            if let Some((_, turned)) = &both_ways {
                let mut on = vec!["{}.\"year\" = s.\"year\"".to_owned()];
                on.extend(roles.iter().zip(turned).map(|(role, turned)| format!("{{}}.{role} = s.{turned}")));
                let alias = scope.left_join(&worked.table, &on);
                bridges = bridges.or(&Marks::joined(&alias, false));
            }
        }
        let said_so = |side: &str| format!("coalesce({said}.\"{side}\", false)");
        let is_for = or(&said_so("is_for"), &bridges.is_for);
        let silent = and(&not(&is_for), &and(&not(&said_so("is_against")), &not(&said_so("is_open"))));
        let against = or(&said_so("is_against"), &and(&self.complete(target, "s"), &silent));
        let settled_for = or(&said_so("is_for"), &bridges.settled_for);
        let marks = Marks { is_for, settled_for, against: against.clone(), settled_against: against };
        let select = settled(&scope, &marks, "true");
        self.close_block(target, format!("what is known of `{}`", program.qualified_name(target)), select);
    }
}

/// Marks of cases; where there is evidence for and against, nothing is settled.
fn settled(scope: &Scope, marks: &Marks, applies: &str) -> String {
    let keys = scope.keys();
    let outer: String = keys.replace("s.", "r.");
    let columns = [
        "r.\"is_for\"",
        "r.\"settled_for\" and not (r.\"is_for\" and r.\"is_against\") as \"settled_for\"",
        "r.\"is_against\"",
        "r.\"settled_against\" and not (r.\"is_for\" and r.\"is_against\") as \"settled_against\"",
        "r.\"applies\"",
    ];
    format!(
        "select {outer}, {}\n  from (select {keys},\n    {},\n    {applies} as \"applies\"\n  {}) as r",
        columns.join(", "),
        marks.columns("", ""),
        scope.from()
    )
}
