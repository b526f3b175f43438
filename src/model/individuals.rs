//! Individuals: declared, listed in kinds, or merely named.

use super::error::{DeclarationError, KindError};
use super::items::{self, SortedFile};
use super::kinds::{Kinds, holds_values};
use super::near::nearest;
use super::program::{IndividualId, KindId, Value};
use super::report::Report;
use super::time;
use crate::syntax::tree::{IndividualDeclaration, ItemKind, Name};
use crate::text::Span;
use crate::time::IntervalSet;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// An individual before all are known. Its id is its place in the order of finding, until the end.
#[derive(Debug)]
pub(super) struct IndividualDraft {
    pub(super) name: String,
    pub(super) label: Option<(String, Span)>,
    pub(super) root: KindId,
    /// The kinds in which it is said to be.
    pub(super) kinds: SmallVec<[KindId; 1]>,
    pub(super) life: Option<(IntervalSet, Span)>,
    pub(super) aliases: Vec<(String, String, Span)>,
    /// Where it is declared or listed; else where it is first named.
    pub(super) span: Option<Span>,
    /// Declared, or listed in a kind.
    pub(super) declared: bool,
    /// Named in a statement of evidence.
    pub(super) in_evidence: bool,
    /// First named in a table: its place is that of the column in the import.
    pub(super) in_tables: bool,
    /// That it is new has been told.
    pub(super) is_told: bool,
    /// Named in a file or a table, and not only in what is assumed for this run.
    pub(super) is_given: bool,
    /// How often it is named outside declarations.
    pub(super) mentions: usize,
    pub(super) rank: Option<u32>,
    pub(super) value: Option<Value>,
    pub(super) is_unnamed: bool,
}

/// All individuals found so far.
#[derive(Debug, Default)]
pub(super) struct Individuals {
    pub(super) drafts: Vec<IndividualDraft>,
    /// For each outermost kind.
    by_name: Vec<FxHashMap<String, IndividualId>>,
}

impl Individuals {
    /// Those that are declared or listed.
    pub(super) fn collect(kinds: &Kinds<'_>, files: &[SortedFile<'_>], report: &mut Report) -> Self {
        let mut individuals = Individuals { drafts: Vec::new(), by_name: Vec::new() };
        individuals.by_name.resize_with(kinds.drafts.len(), FxHashMap::default);
        // From the outermost inwards, so that a part of a kind that lists its members finds them listed.
        let mut order: Vec<KindId> = kinds.ids().collect();
        order.sort_by_key(|kind| kinds.ancestors(*kind).count());
        for kind in order {
            individuals.add_members(kinds, kind, report);
        }
        for located in items::each(files) {
            if let ItemKind::Individual(declaration) = &located.item.kind {
                individuals.declare(kinds, declaration, report);
            }
        }
        individuals.check_aliases(report);
        individuals
    }

    pub(super) fn get(&self, id: IndividualId) -> &IndividualDraft {
        &self.drafts[id.index()]
    }

    pub(super) fn get_mut(&mut self, id: IndividualId) -> &mut IndividualDraft {
        &mut self.drafts[id.index()]
    }

    /// The individual of a name under an outermost kind.
    pub(super) fn find(&self, root: KindId, name: &str) -> Option<IndividualId> {
        self.by_name[root.index()].get(name).copied()
    }

    /// The outermost kinds that have an individual of this name so far.
    pub(super) fn roots_of<'s>(&'s self, name: &'s str) -> impl Iterator<Item = KindId> + 's {
        self.by_name
            .iter()
            .enumerate()
            .filter(move |(_, names)| names.contains_key(name))
            .map(|(root, _)| KindId(root as u32))
    }

    /// The names of the individuals of a kind so far.
    pub(super) fn names_of<'s>(&'s self, kinds: &'s Kinds<'_>, kind: KindId) -> impl Iterator<Item = &'s str> {
        self.drafts
            .iter()
            .filter(move |draft| !draft.is_unnamed && Self::draft_is_member(kinds, draft, kind))
            .map(|draft| draft.name.as_str())
    }

    fn draft_is_member(kinds: &Kinds<'_>, draft: &IndividualDraft, kind: KindId) -> bool {
        draft.kinds.iter().any(|own| kinds.parts[kind.index()].contains(own))
    }

    /// Whether an individual is known to be in a kind.
    pub(super) fn is_member(&self, kinds: &Kinds<'_>, id: IndividualId, kind: KindId) -> bool {
        Self::draft_is_member(kinds, self.get(id), kind)
    }

    /// Finds or makes the individual of a name.
    pub(super) fn intern(&mut self, root: KindId, name: &str, span: Option<Span>) -> IndividualId {
        if let Some(id) = self.find(root, name) {
            return id;
        }
        let id = IndividualId(self.drafts.len() as u32);
        self.by_name[root.index()].insert(name.to_owned(), id);
        self.drafts.push(IndividualDraft {
            name: name.to_owned(),
            label: None,
            root,
            kinds: SmallVec::new(),
            life: None,
            aliases: Vec::new(),
            span,
            declared: false,
            in_evidence: false,
            in_tables: false,
            is_told: false,
            is_given: false,
            mentions: 0,
            rank: None,
            value: None,
            is_unnamed: false,
        });
        id
    }

    /// Adds the unnamed member of an open kind, which no name finds.
    pub(super) fn add_unnamed(&mut self, root: KindId, name: &str, label: &str) -> IndividualId {
        let id = IndividualId(self.drafts.len() as u32);
        self.drafts.push(IndividualDraft {
            name: name.to_owned(),
            label: None,
            root,
            kinds: SmallVec::new(),
            life: None,
            aliases: Vec::new(),
            span: None,
            declared: true,
            in_evidence: false,
            in_tables: false,
            is_told: false,
            is_given: false,
            mentions: 0,
            rank: None,
            value: None,
            is_unnamed: true,
        });
        self.get_mut(id).label = Some((label.to_owned(), Span::new(crate::text::FileId(0), 0, 0)));
        id
    }

    pub(super) fn add_kind(&mut self, id: IndividualId, kind: KindId) {
        let kinds = &mut self.get_mut(id).kinds;
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }

    fn add_members(&mut self, kinds: &Kinds<'_>, kind: KindId, report: &mut Report) {
        let draft = kinds.get(kind);
        let (names, ordered): (Vec<&Name>, bool) = match (&draft.levels, draft.members) {
            (Some(levels), _) => (levels.clone(), true),
            (None, Some(members)) => (members.names.iter().collect(), members.ordered),
            (None, None) => return,
        };
        let included: Vec<Span> = kinds.included(kind).map(|(_, name)| name.span).collect();
        let enclosing = kinds.ancestors(kind).skip(1).find(|ancestor| kinds.get(*ancestor).is_closed());
        let mut seen: FxHashMap<&str, Span> = FxHashMap::default();
        let mut rank = 0;
        for name in names {
            if included.contains(&name.span) {
                continue;
            }
            if let Some(first) = seen.get(name.text.as_str()) {
                report.add(KindError::DuplicateMember {
                    kind: draft.name.clone(),
                    member: name.text.clone(),
                    span: name.span,
                    first: *first,
                    classification: draft.levels.is_some(),
                });
                continue;
            }
            seen.insert(&name.text, name.span);
            if let Some(enclosing) = enclosing
                && self
                    .find(draft.root, &name.text)
                    .is_none_or(|individual| !self.is_member(kinds, individual, enclosing))
            {
                self.report_unknown(kinds, enclosing, &name.text, name.span, report);
                continue;
            }
            let id = self.intern(draft.root, &name.text, Some(name.span));
            self.add_kind(id, kind);
            self.get_mut(id).declared = true;
            if ordered {
                self.get_mut(id).rank = Some(rank);
                rank += 1;
            }
        }
    }

    /// The names of a kind's members: of an ordered kind from the lowest to the highest, otherwise by name.
    pub(super) fn members_in_order<'s>(&'s self, kinds: &'s Kinds<'_>, kind: KindId) -> Vec<&'s str> {
        let mut members: Vec<&str> = self.names_of(kinds, kind).collect();
        let rank = |name: &str| self.find(kinds.root(kind), name).and_then(|id| self.get(id).rank);
        members.sort_unstable_by_key(|name| (rank(name), *name));
        members
    }

    /// Says that a kind that lists its members has none of this name.
    pub(super) fn report_unknown(&self, kinds: &Kinds<'_>, kind: KindId, name: &str, span: Span, report: &mut Report) {
        // The members are many to look through for each of many facts.
        let repetition = format!("{name} {}", kinds.name(kind));
        if report.again("symmachia::model::unknown_individual", &repetition, span) {
            return;
        }
        let members = self.members_in_order(kinds, kind);
        report.add(KindError::UnknownIndividual {
            name: name.to_owned(),
            kind: kinds.name(kind).to_owned(),
            span,
            near: nearest(name, members.iter().copied()),
            members: members.into_iter().map(str::to_owned).collect(),
            declared: kinds.get(kind).span,
        });
    }

    fn declare(&mut self, kinds: &Kinds<'_>, declaration: &IndividualDeclaration, report: &mut Report) {
        let life = time::life(&declaration.life, report);
        let Some(kind) = kinds.expect(&declaration.kind, None, report) else { return };
        let root = kinds.root(kind);
        let name = &declaration.name;
        if holds_values(root) {
            report.add(KindError::NotDeclarable { kind: kinds.name(kind).to_owned(), span: declaration.kind.span });
            return;
        }
        let known = self.find(root, &name.text);
        let closed = kinds.ancestors(kind).find(|ancestor| kinds.get(*ancestor).is_closed());
        if let Some(closed) = closed
            && known.is_none_or(|known| !self.is_member(kinds, known, closed))
        {
            self.report_unknown(kinds, closed, &name.text, name.span, report);
            return;
        }
        let is_new = known.is_none();
        let id = self.intern(root, &name.text, Some(name.span));
        self.add_kind(id, kind);
        let draft = self.get_mut(id);
        draft.declared = true;
        if is_new || !declaration.life.is_empty() {
            draft.span = Some(name.span);
        }
        if let Some(label) = &declaration.label {
            match &draft.label {
                Some((text, first)) if *text != label.text => {
                    report.add(DeclarationError::DifferentLabels {
                        name: name.text.clone(),
                        span: label.span,
                        first: *first,
                    });
                }
                Some(_) => {}
                None => draft.label = Some((label.text.clone(), label.span)),
            }
        }
        if let (Some(days), Some(first), Some(last)) = (life, declaration.life.first(), declaration.life.last()) {
            let place = first.span.to(last.span);
            match &draft.life {
                Some((known, first)) if *known != days => {
                    report.add(DeclarationError::DifferentLives {
                        name: name.text.clone(),
                        span: place,
                        first: *first,
                    });
                }
                Some(_) => {}
                None => draft.life = Some((days, place)),
            }
        }
        for alias in &declaration.aliases {
            let known =
                draft.aliases.iter().any(|(scheme, code, _)| *scheme == alias.scheme.text && *code == alias.code.text);
            if !known {
                let place = alias.scheme.span.to(alias.code.span);
                draft.aliases.push((alias.scheme.text.clone(), alias.code.text.clone(), place));
            }
        }
    }

    fn check_aliases(&self, report: &mut Report) {
        type Holders<'d> = Vec<(&'d IndividualDraft, Span)>;
        let mut holders: FxHashMap<(KindId, &str, &str), Holders<'_>> = FxHashMap::default();
        for draft in &self.drafts {
            for (scheme, code, span) in &draft.aliases {
                let known = holders.entry((draft.root, scheme, code)).or_default();
                let always = IntervalSet::all();
                let life = draft.life.as_ref().map_or(&always, |(days, _)| days);
                let overlapping = known.iter().find(|(other, _)| {
                    other.life.as_ref().map_or(&always, |(days, _)| days).intersection(life).first().is_some()
                });
                if let Some((other, first)) = overlapping {
                    report.add(DeclarationError::SharedAlias {
                        alias: format!("{scheme}:{code}"),
                        span: *span,
                        first: *first,
                        individuals: [other.name.clone(), draft.name.clone()],
                    });
                }
                known.push((draft, *span));
            }
        }
    }
}
