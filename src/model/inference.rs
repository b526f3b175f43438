//! Which kinds the roles and variables have: places that must share a kind are joined, and
//! whatever fixes one of them fixes all.

use super::program::KindId;
use crate::text::Span;

/// A place whose kind is sought: a role of a sketched relation or criterion, a variable of a rule, a side of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NodeId(pub(super) u32);

/// A kind that something already has where another was wanted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Conflict {
    /// What it has, and what said so.
    pub(super) has: (KindId, Span),
    /// What was wanted, and what says so.
    pub(super) wanted: (KindId, Span),
}

#[derive(Debug, Clone, Copy)]
struct Node {
    parent: u32,
    /// The outermost kind, and the place that says so.
    kind: Option<(KindId, Span)>,
    /// Something about it was wrong and has been reported.
    poisoned: bool,
}

/// Union and find over places.
#[derive(Debug, Default)]
pub(super) struct Inference {
    nodes: Vec<Node>,
}

impl Inference {
    pub(super) fn node(&mut self) -> NodeId {
        let id = self.nodes.len() as u32;
        self.nodes.push(Node { parent: id, kind: None, poisoned: false });
        NodeId(id)
    }

    fn find(&mut self, node: NodeId) -> usize {
        let mut at = node.0 as usize;
        while self.nodes[at].parent as usize != at {
            let above = self.nodes[at].parent as usize;
            self.nodes[at].parent = self.nodes[above].parent;
            at = above;
        }
        at
    }

    /// Says that a place has an outermost kind.
    pub(super) fn assign(&mut self, node: NodeId, kind: KindId, span: Span) -> Result<(), Conflict> {
        let at = self.find(node);
        match self.nodes[at].kind {
            None => {
                self.nodes[at].kind = Some((kind, span));
                Ok(())
            }
            Some(has) if has.0 == kind || self.nodes[at].poisoned => Ok(()),
            Some(has) => Err(Conflict { has, wanted: (kind, span) }),
        }
    }

    /// Says that two places share a kind.
    pub(super) fn join(&mut self, one: NodeId, two: NodeId) -> Result<(), Conflict> {
        let (first, second) = (self.find(one), self.find(two));
        if first == second {
            return Ok(());
        }
        let kind = match (self.nodes[first].kind, self.nodes[second].kind) {
            (Some(has), Some(wanted)) if has.0 != wanted.0 => {
                if self.nodes[first].poisoned || self.nodes[second].poisoned {
                    return Ok(());
                }
                return Err(Conflict { has, wanted });
            }
            (has, wanted) => has.or(wanted),
        };
        let poisoned = self.nodes[first].poisoned || self.nodes[second].poisoned;
        self.nodes[second].parent = first as u32;
        self.nodes[first].kind = kind;
        self.nodes[first].poisoned = poisoned;
        Ok(())
    }

    /// Says that something about a place was wrong and has been reported.
    pub(super) fn poison(&mut self, node: NodeId) {
        let at = self.find(node);
        self.nodes[at].poisoned = true;
    }

    pub(super) fn is_poisoned(&mut self, node: NodeId) -> bool {
        let at = self.find(node);
        self.nodes[at].poisoned
    }

    /// The outermost kind of a place, where something fixed it.
    pub(super) fn kind(&mut self, node: NodeId) -> Option<KindId> {
        let at = self.find(node);
        self.nodes[at].kind.map(|(kind, _)| kind)
    }

    /// The same place for all places that share a kind.
    pub(super) fn representative(&mut self, node: NodeId) -> NodeId {
        NodeId(self.find(node) as u32)
    }
}
