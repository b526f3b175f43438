//! The words of the grammar that a user may see.

use super::grammar::Rule;

/// When a word is reserved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reservation {
    /// But as the name of a role.
    Always,
    /// Where no parenthesis follows.
    Item,
}

/// The words of conditions and time; the grammar's `reserved` lists the same.
pub(super) const RESERVED: &[&str] = &[
    "after",
    "always",
    "and",
    "before",
    "by",
    "either",
    "ended",
    "ever",
    "every",
    "failing",
    "for",
    "from",
    "if",
    "in",
    "is",
    "mutually",
    "not",
    "of",
    "only",
    "or",
    "otherwise",
    "permits",
    "requires",
    "shown",
    "since",
    "some",
    "throughout",
    "until",
    "way",
    "when",
    "whenever",
    "where",
    "within",
];

/// The words that begin items; the grammar's `item_word` lists the same.
pub(super) const ITEM_WORDS: &[&str] = &[
    "cases",
    "claim",
    "classify",
    "complete",
    "expect",
    "framework",
    "import",
    "kind",
    "measure",
    "open",
    "parameter",
    "predicate",
    "prefer",
    "redefine",
    "reflexive",
    "source",
    "symmetric",
    "unknown",
    "use",
];

/// For each first letter a bit for each length that a reserved word has: most names need no further look.
const LENGTHS: [u16; 26] = lengths();

const fn lengths() -> [u16; 26] {
    let lists = [RESERVED, ITEM_WORDS];
    let mut lengths = [0; 26];
    let mut list = 0;
    while list < lists.len() {
        let mut at = 0;
        while at < lists[list].len() {
            let word = lists[list][at].as_bytes();
            lengths[(word[0] - b'a') as usize] |= 1 << word.len();
            at += 1;
        }
        list += 1;
    }
    lengths
}

impl Reservation {
    /// How a word is reserved, if it is.
    pub(super) fn of(word: &str) -> Option<Reservation> {
        let first = word.bytes().next().filter(u8::is_ascii_lowercase)?;
        let lengths = LENGTHS[usize::from(first - b'a')];
        if word.len() >= 16 || lengths & (1 << word.len()) == 0 {
            return None;
        }
        if RESERVED.binary_search(&word).is_ok() {
            Some(Reservation::Always)
        } else if ITEM_WORDS.binary_search(&word).is_ok() {
            Some(Reservation::Item)
        } else {
            None
        }
    }
}

/// What was expected, in words for a list; nothing for what goes without saying.
pub(super) fn expected(rules: &[Rule], after_sign: bool) -> Vec<&'static str> {
    let mut words: Vec<&'static str> = Vec::new();
    let operand = is_operand(rules);
    let evidence = rules.contains(&Rule::open_cite) || rules.contains(&Rule::citations);
    let head = rules.contains(&Rule::form);
    for rule in rules {
        let word = match rule {
            Rule::string if evidence => phrase(Rule::note),
            Rule::string if head => phrase(Rule::gloss),
            Rule::close => phrase(Rule::close),
            _ if operand => Some(if after_sign { "a value" } else { "a condition" }),
            rule => phrase(*rule),
        };
        if let Some(word) = word.filter(|word| !words.contains(word)) {
            words.push(word);
        }
    }
    words.sort_by_key(|word| *word == NEXT_ITEM);
    if words == [DATE] {
        return vec!["a date, such as 1999 or 1999-04-02,"];
    }
    words
}

/// Alone it is told with an example.
const DATE: &str = "a date";

const NEXT_ITEM: &str = "the next item";

/// Whether a condition or a value was expected: then some word that may stand before a condition was, too.
pub(super) fn is_operand(rules: &[Rule]) -> bool {
    rules.iter().any(|rule| matches!(rule, Rule::condition | Rule::within_colon | Rule::word_shown))
}

/// Whether a rule stands for a name alone.
pub(super) fn is_name(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::name
            | Rule::called_name
            | Rule::any_name
            | Rule::any_individual
            | Rule::callee
            | Rule::qualified
            | Rule::kind_name
            | Rule::individual
            | Rule::member
            | Rule::members
            | Rule::level
            | Rule::citation
            | Rule::role
            | Rule::roles
            | Rule::alias
            | Rule::scheme
            | Rule::case
            | Rule::head
    )
}

/// Whether a rule stands for an argument.
pub(super) fn is_argument(rule: Rule) -> bool {
    matches!(rule, Rule::term | Rule::head_argument | Rule::argument | Rule::set | Rule::only)
}

/// The word of the language that a rule stands for.
pub(super) fn keyword(rule: Rule) -> Option<&'static str> {
    phrase(rule).and_then(|phrase| phrase.strip_prefix('`')).and_then(|phrase| phrase.strip_suffix('`'))
}

/// Words of other languages and manners of speech, and what is meant by them where it was expected.
pub(super) const MANNERS: &[(&str, &str)] = &[
    ("all", "every"),
    ("each", "every"),
    ("any", "some"),
    ("iff", "requires"),
    ("when", "if"),
    ("plus", "and"),
    ("but", "and"),
    ("also", "and"),
    ("allows", "permits"),
    ("else", "otherwise"),
];

/// The same for verdicts.
pub(super) const VERDICTS: &[(&str, &str)] = &[
    ("true", "met"),
    ("yes", "met"),
    ("false", "not met"),
    ("no", "not met"),
    ("unmet", "not met"),
    ("unknown", "undetermined"),
    ("open", "undetermined"),
    ("disputed", "contested"),
];

/// The words with which a time may begin, and what else is written for them.
pub(super) const TIMES: &[(&str, &str)] = &[
    ("from", "from"),
    ("until", "until"),
    ("ended", "ended"),
    ("in", "in"),
    ("on", "on"),
    ("sometime", "sometime"),
    ("since", "from"),
    ("between", "from"),
    ("till", "until"),
    ("to", "until"),
    ("through", "until"),
    ("during", "in"),
    ("at", "on"),
];

/// Whether a time was expected.
pub(super) fn is_time(rule: Rule) -> bool {
    matches!(rule, Rule::time_span | Rule::time_spans | Rule::beginning | Rule::ending)
}

/// What a rule of the grammar is called before a user; nothing for what need not be mentioned.
fn phrase(rule: Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::EOI => NEXT_ITEM,
        Rule::name | Rule::called_name | Rule::any_name | Rule::qualified | Rule::callee | Rule::head => "a name",
        Rule::any_individual | Rule::individual => "the name of an individual",
        Rule::kind_name => "the name of a kind",
        Rule::member | Rule::members => "the name of a member",
        Rule::level | Rule::case => "the name of a level",
        Rule::citation => "the name of a source",
        Rule::role | Rule::roles => "a role and its kind (`of: state`)",
        Rule::alias | Rule::scheme => "an alias (`cow:365`)",
        Rule::code => "a code (`365`)",
        Rule::cell | Rule::row_name | Rule::cell_code => "a cell (`row.column`)",
        Rule::column | Rule::any_column => "`.` and the name of a column",
        Rule::cell_sum | Rule::cell_operand => "a value of the row",
        Rule::cell_condition | Rule::cell_parenthesised => "a condition on the row",
        Rule::cell_date | Rule::cell_bound | Rule::date_call => "a date (`date(row.year, row.month, row.day)`)",
        Rule::cell_span => "a time (`from date(row.year)`)",
        Rule::cell_beginning => "`from`",
        Rule::cell_ending => "`until`",
        Rule::cell_during => "`in`",
        Rule::cell_on_day => "`on`",
        Rule::cell_open => "`or open`",
        Rule::import_option | Rule::import_option_word => "`delimiter`, `encoding`, `decimal`, `thousands` or `sheet`",
        Rule::import_missing => "`missing`",
        Rule::import_spell => "`spell`",
        Rule::import_where => "`where`",
        Rule::import_complete => "`complete`",
        Rule::import_fact => "a statement about the row (`party(row.member by cow, nato)`)",
        Rule::import_is => "`is`",
        Rule::import_each => "`for K in {…}`",
        Rule::import_argument => "a cell, or the name of an individual",
        Rule::each_value | Rule::each_values => "the name of a column or a member",
        Rule::missing_code => "a code that stands for a missing value, in quotation marks",
        Rule::membership => "`in {…}`",
        Rule::variable | Rule::binding | Rule::bindings => "a variable",
        Rule::wildcard => "`_`",
        Rule::string => "a quotation",
        Rule::label => "a label in quotation marks",
        Rule::note => "a note in quotation marks",
        Rule::gloss => "a gloss in quotation marks",
        Rule::argument | Rule::set => "an individual or a set of them",
        Rule::term | Rule::head_argument => "a variable or the name of an individual",
        Rule::number | Rule::signed_number | Rule::whole_number => "a number",
        Rule::date | Rule::dated | Rule::date_range | Rule::bound => DATE,
        Rule::time_span | Rule::time_spans => "a time (`from 1992`)",
        Rule::beginning | Rule::word_from => "`from`",
        Rule::ending | Rule::word_until | Rule::horizon => "`until`",
        Rule::word_ended => "`ended`",
        Rule::up_to | Rule::word_up => "`up to`",
        Rule::during | Rule::word_in | Rule::measured_in => "`in`",
        Rule::on_day | Rule::word_on => "`on`",
        Rule::undated | Rule::word_sometime => "`sometime in`",
        Rule::word_earliest => "`earliest`",
        Rule::word_latest => "`latest`",
        Rule::citations | Rule::open_cite => "sources (`[cow, \"p. 3\"]`)",
        Rule::aliases | Rule::word_alias => "`alias`",
        Rule::condition | Rule::within_colon | Rule::conditions => "a condition",
        Rule::named | Rule::bare | Rule::atom => "the name of a criterion or a predicate",
        Rule::verdict => "a verdict",
        Rule::verdict_clause | Rule::word_is => "`is`",
        Rule::failing | Rule::word_failing => "`, failing`",
        Rule::by | Rule::word_by => "`, by`",
        Rule::form => "`requires`, `if` or `only if`",
        Rule::word_requires => "`requires`",
        Rule::word_if => "`if`",
        Rule::word_only | Rule::only => "`only`",
        Rule::permits | Rule::word_permits => "`permits`",
        Rule::applies_where | Rule::word_where => "`where`",
        Rule::word_when => "`when`",
        Rule::word_otherwise => "`otherwise`",
        Rule::word_as => "`as`",
        Rule::word_over => "`over`",
        Rule::extends | Rule::word_extends => "`extends`",
        Rule::preferred | Rule::word_for => "`for`",
        Rule::word_of => "`of`",
        Rule::word_to => "`to`",
        Rule::word_the => "`the`",
        Rule::word_last => "`last`",
        Rule::word_next => "`next`",
        Rule::word_way => "`way`",
        Rule::word_least => "`least`",
        Rule::word_most => "`most`",
        Rule::word_every => "`every`",
        Rule::word_some => "`some`",
        Rule::window_parameter => "the name of a parameter",
        Rule::unit => "`years`, `months` or `days`",
        Rule::word_and => "`and`",
        Rule::word_or => "`or`",
        Rule::word_kind => "`kind`",
        Rule::word_predicate => "`predicate`",
        Rule::word_measure => "`measure`",
        Rule::open => "`(`",
        Rule::close => "`)`",
        Rule::open_set => "`{`",
        Rule::close_set => "`}`",
        Rule::close_cite => "`]`",
        Rule::comma => "`,`",
        Rule::colon => "`:`",
        Rule::semicolon => "`;`",
        Rule::slash => "`/`",
        Rule::assigns | Rule::fact_value | Rule::import_value => "`=`",
        Rule::below => "`<`",
        Rule::dots => "`..`",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{ITEM_WORDS, RESERVED, Reservation};

    #[test]
    fn the_lists_can_be_searched_and_agree_with_the_grammar() {
        assert!(RESERVED.is_sorted() && ITEM_WORDS.is_sorted());
        assert!(RESERVED.iter().all(|word| Reservation::of(word) == Some(Reservation::Always)));
        assert!(ITEM_WORDS.iter().all(|word| Reservation::of(word) == Some(Reservation::Item)));
        assert!(["", "of_", "party", "Or", "é", "sources"].iter().all(|word| Reservation::of(word).is_none()));
        let grammar = include_str!("../../grammar/symmachia.pest");
        for (rule, words) in [("reserved", RESERVED), ("item_word", ITEM_WORDS)] {
            let definition = grammar.split(&format!("\n{rule} = @{{")).nth(1).and_then(|rest| rest.split('}').next());
            let mut listed: Vec<&str> = definition.unwrap_or("").split('"').skip(1).step_by(2).collect();
            listed.sort_unstable();
            assert_eq!(listed, words, "{rule}");
        }
    }
}
