//! The parser that pest makes of `grammar/symmachia.pest`.
#![allow(missing_docs)]

/// The grammar as a parser; see the grammar itself for what each rule means.
#[derive(pest_derive::Parser)]
#[grammar = "../grammar/symmachia.pest"]
pub(super) struct Grammar;

pub(super) type Pair<'text> = pest::iterators::Pair<'text, Rule>;
pub(super) type Pairs<'text> = pest::iterators::Pairs<'text, Rule>;
