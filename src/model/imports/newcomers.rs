//! Individuals that tables bring in where the program says already who there is: told once for each import, kind and scheme.

use super::aliases::AliasIndex;
use super::codes::{ArgumentKind, Code, CodeCell};
use super::columns::Chosen;
use super::templates::Template;
use crate::model::individuals::Individuals;
use crate::model::kinds::holds_values;
use crate::model::near::{SlipIndex, nearest};
use crate::model::program::{IndividualId, KindId};
use crate::model::resolver::Resolver;
use crate::tables::{ImportFault, NewCodes, NewName, NewNames, Table};
use crate::text::Span;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// Whom an import names in roles of a kind, by cells that are read alike.
pub(super) struct NamedInTable {
    table: String,
    /// Of the first such role, and the outermost kind.
    role: KindId,
    root: KindId,
    scheme: Option<String>,
    /// Who is declared, and who is named elsewhere and not declared.
    known: FxHashSet<IndividualId>,
    mentioned: FxHashSet<IndividualId>,
    new: BTreeMap<IndividualId, New>,
    spans: Vec<Span>,
}

/// Somebody who was not.
struct New {
    text: String,
    number: Option<f64>,
    rows: usize,
}

/// A list of those who are declared, by what they are called.
struct Called<'i> {
    names: BTreeMap<String, &'i str>,
}

impl<'i> Called<'i> {
    fn new(individuals: &'i Individuals, root: KindId, known_before: usize) -> Called<'i> {
        let mut names = BTreeMap::new();
        for draft in individuals.drafts[..known_before].iter().filter(|draft| draft.root == root && draft.declared) {
            names.insert(plain(&draft.name), draft.name.as_str());
            if let Some((label, _)) = &draft.label {
                names.entry(plain(label)).or_insert(draft.name.as_str());
            }
        }
        Called { names }
    }

    /// Whether a text names several, with signs between them. A comma may also stand within one name, `Korea, North`.
    fn is_list(&self, text: &str) -> bool {
        let is_known = |part: &&str| self.names.contains_key(&plain(part));
        [';', '|', '/', ','].into_iter().any(|sign| {
            let parts: Vec<&str> = text.split(sign).map(str::trim).filter(|part| !part.is_empty()).collect();
            let known = parts.iter().filter(|part| is_known(part)).count();
            parts.len() > 1 && if sign == ',' { known == parts.len() } else { 2 * known >= parts.len() }
        })
    }

    /// The only one whose name or label begins with all words of a text.
    fn longer(&self, text: &str) -> Option<&'i str> {
        let start = format!("{text}_");
        let mut longer = self.names.range(start.clone()..).take_while(|(name, _)| name.starts_with(&start));
        let (_, first) = longer.next()?;
        longer.all(|(_, other)| other == first).then_some(*first)
    }
}

/// What is left of a name without its capitals, and of signs and spaces.
fn plain(name: &str) -> String {
    let words = name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("_")
}

impl Resolver<'_> {
    /// Notes whom an import names, where those whom it brings in may have to be told.
    pub(super) fn note_named(&mut self, templates: &[Template], table: &Table, index: &mut AliasIndex) {
        let mut all: Vec<NamedInTable> = Vec::new();
        let mut counted: FxHashSet<(usize, KindId, Option<&str>)> = FxHashSet::default();
        let mut told: FxHashSet<(usize, KindId)> = FxHashSet::default();
        for template in templates {
            for argument in &template.arguments {
                let ArgumentKind::Cell(cell) = &argument.kind else { continue };
                if let Some(fault) = self.codes_of_others(cell, argument.span, table, index)
                    && told.insert((cell.column, cell.role))
                {
                    self.report.add(ImportFault::NewCodes(Box::new(fault)));
                }
                let root = self.kinds.root(cell.role);
                if holds_values(root) || index.members(root) == 0 {
                    continue;
                }
                if cell.or_new {
                    index.by_right.extend(cell.known.iter().flatten().filter_map(Code::only));
                    index.schemes_by_right.extend(cell.scheme.clone().map(|scheme| (root, scheme)));
                    continue;
                }
                let place = all.iter().position(|one| one.root == root && one.scheme == cell.scheme);
                let place = place.unwrap_or_else(|| {
                    all.push(NamedInTable {
                        table: table.name.clone(),
                        role: cell.role,
                        root,
                        scheme: cell.scheme.clone(),
                        known: FxHashSet::default(),
                        mentioned: FxHashSet::default(),
                        new: BTreeMap::new(),
                        spans: Vec::new(),
                    });
                    all.len() - 1
                });
                let of = &mut all[place];
                let has_new = of.note(cell, table, &self.individuals, index);
                if has_new && counted.insert((cell.column, root, cell.scheme.as_deref())) {
                    of.spans.push(argument.span);
                    of.count(cell, table, template, index);
                }
            }
        }
        index.named.extend(all.into_iter().filter(|one| !one.new.is_empty()));
    }

    /// Codes that stand where a kind is wanted of which nobody is declared, and that most others of another kind have.
    fn codes_of_others(&self, cell: &CodeCell, span: Span, table: &Table, index: &AliasIndex) -> Option<NewCodes> {
        let (root, scheme) = (self.kinds.root(cell.role), cell.scheme.as_deref()?);
        if cell.or_new || holds_values(root) || index.members(root) > 0 {
            return None;
        }
        let column = &table.columns[cell.column];
        let read = || (0_u32..).zip(&cell.known).filter(|(_, code)| code.is_some()).map(|(symbol, _)| symbol);
        let is_theirs = |other: KindId| {
            let has_code =
                |symbol: &u32| index.find(other, scheme, column.text(*symbol), column.number(*symbol)).is_some();
            2 * read().filter(has_code).count() > read().count()
        };
        let others = index.kinds_with(scheme).into_iter().find(|other| *other != root && is_theirs(*other))?;
        Some(NewCodes {
            kind: self.kinds.name(cell.role).to_owned(),
            scheme: scheme.to_owned(),
            near: Vec::new(),
            schemes: Vec::new(),
            others: Some(self.kinds.name(others).to_owned()),
            codes: read().map(|symbol| column.text(symbol).to_owned()).collect(),
            spans: vec![span],
            strict: self.options.strict,
        })
    }

    /// Tells of them, when it is known which tables are to say who there is.
    pub(super) fn tell_newcomers(&mut self, index: &mut AliasIndex) {
        for mut one in std::mem::take(&mut index.named) {
            match one.scheme.clone() {
                Some(scheme) => self.tell_new_codes(&one, &scheme, index),
                None => {
                    one.new.retain(|new, _| !index.by_right.contains(new) && !self.individuals.get(*new).declared);
                    self.tell_new_names(&one, index);
                }
            }
        }
    }

    /// A scheme that no declaration uses makes everybody new.
    fn tell_new_codes(&mut self, of: &NamedInTable, scheme: &str, index: &AliasIndex) {
        let schemes = index.declared_schemes(of.root);
        let lower = scheme.to_lowercase();
        let near = schemes.iter().find(|known| **known == lower).map(|known| (*known).to_owned());
        let near = near.or_else(|| nearest(scheme, schemes.iter().copied()));
        let is_by_right = index.schemes_by_right.contains(&(of.root, scheme.to_owned()));
        let mut fitting = self.fitting(of, &schemes, index);
        // Of schemes that fit alike, the one that is spelt most alike.
        let shared = |known: &str| known.bytes().zip(lower.bytes()).filter(|(one, other)| one == other).count();
        if let Some(most) = fitting.iter().map(|known| shared(known)).max().filter(|most| *most > 1) {
            fitting.retain(|known| shared(known) == most);
        }
        let near = match near {
            Some(near) => vec![near],
            None if is_by_right => return,
            None => fitting,
        };
        if near.is_empty() && of.new.len() > index.members(of.root) {
            return;
        }
        self.report.add(ImportFault::NewCodes(Box::new(NewCodes {
            kind: self.kinds.name(of.role).to_owned(),
            scheme: scheme.to_owned(),
            near,
            schemes: schemes.into_iter().map(str::to_owned).collect(),
            others: None,
            codes: of.new.values().map(|new| new.text.clone()).collect(),
            spans: of.spans.clone(),
            strict: self.options.strict,
        })));
    }

    fn tell_new_names(&mut self, of: &NamedInTable, index: &AliasIndex) {
        if of.new.is_empty() {
            return;
        }
        let schemes = index.declared_schemes(of.root);
        let fitting = self.fitting(of, &schemes, index);
        let called = Called::new(&self.individuals, of.root, index.known_before);
        let slips = SlipIndex::new(called.names.keys().map(String::as_str));
        // Two labels that differ in two letters are of two, `Northern Pact` and `Southern Pact`.
        let is_slip = |text: &str, near: &&str| strsim::damerau_levenshtein(text, near) == 1;
        let near = |text: &str| {
            let text = plain(text);
            let slip = || slips.find(&text).filter(|near| is_slip(&text, near)).and_then(|near| called.names.get(near));
            called.names.get(&text).copied().or_else(|| called.longer(&text)).or_else(|| slip().copied())
        };
        let mut names: Vec<NewName> = Vec::with_capacity(of.new.len());
        for new in of.new.values() {
            let is_list = called.is_list(&new.text);
            let near = if fitting.is_empty() && !is_list { near(&new.text) } else { None };
            names.push(NewName { name: new.text.clone(), rows: new.rows, near: near.map(str::to_owned), is_list });
        }
        // A table that names none of those who are declared, and many others, is about others.
        let is_about_others = of.known.is_empty() && names.len() + of.mentioned.len() > index.members(of.root);
        if is_about_others && fitting.is_empty() && names.iter().all(|name| name.near.is_none() && !name.is_list) {
            return;
        }
        names.sort_by_key(|name| (name.near.is_none() && !name.is_list, std::cmp::Reverse(name.rows)));
        for new in of.new.keys() {
            self.individuals.get_mut(*new).is_told = true;
        }
        self.report.add(ImportFault::NewNames(Box::new(NewNames {
            table: of.table.clone(),
            kind: self.kinds.name(of.role).to_owned(),
            of: of.known.len() + of.mentioned.len() + names.len(),
            names,
            schemes: fitting,
            known_schemes: schemes.into_iter().map(str::to_owned).collect(),
            cell: of.spans.first().map_or("", |span| self.texts.slice(*span)).to_owned(),
            spans: of.spans.clone(),
            strict: self.options.strict,
        })));
    }

    /// The schemes in which most of the texts of newcomers are codes of somebody, each as good as the others.
    fn fitting(&self, of: &NamedInTable, schemes: &[&str], index: &AliasIndex) -> Vec<String> {
        let known = |scheme: &str| {
            let is_known = |new: &&New| index.find(of.root, scheme, &new.text, new.number).is_some();
            of.new.values().filter(is_known).count()
        };
        let known: FxHashMap<&str, usize> = schemes.iter().map(|scheme| (*scheme, known(scheme))).collect();
        let Some(most) = known.values().copied().max().filter(|most| 2 * most > of.new.len()) else {
            return Vec::new();
        };
        schemes.iter().filter(|scheme| known[**scheme] == most).map(|scheme| (*scheme).to_owned()).collect()
    }
}

impl NamedInTable {
    /// Notes whom the texts of a cell mean; whether somebody is new.
    fn note(&mut self, cell: &CodeCell, table: &Table, individuals: &Individuals, index: &AliasIndex) -> bool {
        let mut has_new = false;
        let mut old = |one: IndividualId| {
            let is_declared = individuals.get(one).declared;
            if is_declared {
                self.known.insert(one)
            } else {
                self.mentioned.insert(one)
            };
        };
        for (symbol, code) in cell.known.iter().enumerate() {
            match code {
                Some(Code::One(one)) if one.index() >= index.known_before => {
                    has_new = true;
                    let column = &table.columns[cell.column];
                    let symbol = symbol as u32;
                    self.new.entry(*one).or_insert_with(|| New {
                        text: column.text(symbol).to_owned(),
                        number: column.number(symbol),
                        rows: 0,
                    });
                }
                Some(Code::One(one)) => old(*one),
                Some(Code::Several(holders)) => holders.iter().for_each(|one| old(*one)),
                Some(Code::Nobody(_)) | None => {}
            }
        }
        has_new
    }

    /// Counts the rows in which a cell means somebody new.
    fn count(&mut self, cell: &CodeCell, table: &Table, template: &Template, index: &AliasIndex) {
        let mut rows = vec![0_usize; cell.known.len()];
        Chosen::new(table, template.among.as_ref()).column(cell.column).each(|_, symbol| {
            if let Some(count) = rows.get_mut(symbol as usize) {
                *count += 1;
            }
        });
        for (code, rows) in cell.known.iter().zip(rows) {
            if let Some(Code::One(one)) = code
                && one.index() >= index.known_before
                && let Some(new) = self.new.get_mut(one)
            {
                new.rows += rows;
            }
        }
    }
}
