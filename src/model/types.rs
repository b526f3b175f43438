//! What the two sides of a comparison are, once kinds are known.

use super::condition::ComparisonDomain;
use super::error::ExpressionError;
use super::inference::NodeId;
use super::program::{KindId, Program};
use super::resolver::Resolver;
use super::scope::Constant;
use crate::syntax::tree::ComparisonOperator;
use crate::text::Span;

/// A comparison before its domain is known.
#[derive(Debug, Clone, Copy)]
pub(super) struct ComparisonDraft {
    pub(super) node: NodeId,
    pub(super) operator: ComparisonOperator,
    pub(super) span: Span,
    pub(super) sides: [Span; 2],
    /// Something about its condition was wrong and has been reported.
    pub(super) muted: bool,
    /// A number that stands on one side.
    pub(super) number: Option<(f64, Span)>,
}

impl Resolver<'_> {
    /// The domain of each comparison; none where it cannot be compared so.
    pub(super) fn comparison_domains(&mut self) -> Vec<Option<ComparisonDomain>> {
        let drafts = std::mem::take(&mut self.comparisons);
        drafts.into_iter().map(|draft| self.comparison_domain(draft)).collect()
    }

    fn comparison_domain(&mut self, draft: ComparisonDraft) -> Option<ComparisonDomain> {
        let Some(kind) = self.inference.kind(draft.node) else {
            if !draft.muted && !self.inference.is_poisoned(draft.node) {
                self.report.add(ExpressionError::NoKind { span: draft.span });
            }
            return None;
        };
        let by_order = !matches!(draft.operator, ComparisonOperator::Equal | ComparisonOperator::NotEqual);
        if let Some((number, span)) = draft.number
            && kind != Program::NUMBER
            && kind != Program::DATE
        {
            self.report_wrong_kind(kind, &Constant::Number(number), span);
            return None;
        }
        match kind {
            Program::NUMBER => Some(ComparisonDomain::Number),
            Program::DATE => Some(ComparisonDomain::Date),
            kind if self.kinds.get(kind).is_ordered() => Some(ComparisonDomain::Level(kind)),
            kind if by_order => {
                self.report_unordered(kind, draft);
                None
            }
            _ => Some(ComparisonDomain::Individual),
        }
    }

    fn report_unordered(&mut self, kind: KindId, draft: ComparisonDraft) {
        let [left, right] = draft.sides;
        let name = self.kinds.name(kind).to_owned();
        self.report.add(ExpressionError::Unordered {
            kind: name,
            span: draft.span,
            left: self.texts.slice(left).to_owned(),
            right: self.texts.slice(right).to_owned(),
        });
    }
}
