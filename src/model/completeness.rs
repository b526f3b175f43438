//! Statements of completeness.

use super::error::TimeError;
use super::items::Located;
use super::program::Target;
use super::resolver::Resolver;
use super::sets::Waiting;
use super::time;
use crate::evidence::error::{EvidenceError, Refused};
use crate::evidence::{CompleteArgument, Completeness, StatementTime};
use crate::syntax::tree::{self, FactArgument, FactArgumentKind, Term, TermKind};
use crate::text::Span;
use crate::time::Interval;

impl<'a> Resolver<'a> {
    pub(super) fn completeness_of(
        &mut self,
        located: Located<'a>,
        complete: &'a tree::Completeness,
    ) -> Option<Completeness> {
        let times = time::statement_times(&complete.spans, &mut self.report);
        let target = self.subject(located, &complete.name, complete.name.span, false)?;
        let arguments = match &complete.arguments {
            None => Some((vec![CompleteArgument::Any; self.target(target).roles.len()], Vec::new())),
            Some(arguments) => self.complete_arguments(target, arguments, complete.name.span, Refused::OnlyInComplete),
        };
        let times: Vec<StatementTime> = times?.into_iter().filter_map(|time| self.narrowest(time)).collect();
        let (arguments, waiting) = arguments.filter(|_| !times.is_empty())?;
        let at = self.completeness.len();
        self.waiting_complete.extend(waiting.into_iter().map(|(argument, kinds)| (at, argument, kinds)));
        Some(Completeness {
            target,
            arguments,
            times,
            citations: self.citations(&complete.citations),
            note: complete.note.as_ref().map(|note| note.text.clone()),
            span: located.item.span,
        })
    }

    /// A record is complete where it certainly is.
    pub(super) fn narrowest(&mut self, time: StatementTime) -> Option<StatementTime> {
        let Some(certain) = Interval::new(time.latest_start, time.earliest_end) else {
            if let Some(span) = time.span {
                self.report.add(TimeError::NeverComplete { span });
            }
            return None;
        };
        Some(StatementTime {
            earliest_start: certain.first,
            latest_start: certain.first,
            earliest_end: certain.last,
            latest_end: certain.last,
            ..time
        })
    }

    /// For whom something holds; `form` is what is said where it says `only`.
    pub(super) fn complete_arguments(
        &mut self,
        target: Target,
        arguments: &'a [FactArgument],
        span: Span,
        form: Refused,
    ) -> Option<(Vec<CompleteArgument>, Waiting)> {
        if self.target(target).roles.len() != arguments.len() {
            self.report_arity(target, arguments.len(), span);
            return None;
        }
        let mut resolved = Some(Vec::new());
        let mut waiting = Waiting::new();
        for (role, argument) in arguments.iter().enumerate() {
            let kind = self.role_kind(target, role);
            let members = match &argument.kind {
                FactArgumentKind::One(Term { kind: TermKind::Wildcard, .. }) => {
                    if let Some(resolved) = &mut resolved {
                        resolved.push(CompleteArgument::Any);
                    }
                    continue;
                }
                FactArgumentKind::One(term) => self.members(kind, std::slice::from_ref(term), false),
                FactArgumentKind::Set(terms) => self.members(kind, terms, true),
                FactArgumentKind::Only(_) => {
                    let inside = self.texts.slice(argument.span).to_owned();
                    self.report.add(EvidenceError::Refused { form, inside, span: argument.span });
                    None
                }
            };
            match (members, &mut resolved) {
                (Some(members), Some(resolved)) => {
                    if !members.kinds.is_empty() {
                        waiting.push((role, members.kinds));
                    }
                    resolved.push(CompleteArgument::These(members.individuals));
                }
                _ => resolved = None,
            }
        }
        resolved.map(|resolved| (resolved, waiting))
    }
}
