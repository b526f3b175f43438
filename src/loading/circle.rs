//! Files that use one another in a circle.

use crate::text::{FileId, Span};
use std::collections::{BTreeMap, BTreeSet};

/// A `use`: its place, and the file to which it leads.
pub(super) type Edge = (Span, FileId);

/// One circle for each group of files that reach one another: a shortest one through the first of the group.
pub(super) fn circles(uses: &BTreeMap<FileId, Vec<Edge>>) -> Vec<Vec<Edge>> {
    let mut told: BTreeSet<FileId> = BTreeSet::new();
    let mut circles = Vec::new();
    for start in uses.keys() {
        if told.contains(start) {
            continue;
        }
        if let Some(circle) = shortest_circle(uses, *start) {
            told.extend(circle.iter().map(|(_, file)| *file));
            circles.push(circle);
        }
    }
    circles
}

/// Breadth first from a file, back to it.
fn shortest_circle(uses: &BTreeMap<FileId, Vec<Edge>>, start: FileId) -> Option<Vec<Edge>> {
    let mut reached_by: BTreeMap<FileId, Edge> = BTreeMap::new();
    let mut queue = std::collections::VecDeque::from([start]);
    while let Some(file) = queue.pop_front() {
        for (place, target) in uses.get(&file).into_iter().flatten() {
            if *target == start {
                let mut circle = vec![(*place, start)];
                let mut at = file;
                while at != start {
                    let (place, _) = reached_by[&at];
                    circle.push((place, at));
                    at = place.file;
                }
                circle.reverse();
                return Some(circle);
            }
            if !reached_by.contains_key(target) {
                reached_by.insert(*target, (*place, *target));
                queue.push_back(*target);
            }
        }
    }
    None
}
