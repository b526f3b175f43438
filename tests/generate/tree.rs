//! Conditions and expressions of generated programs, and how they are written down.

/// How much of what may be left out is written all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parentheses {
    /// Only where the order of binding demands them.
    Needed,
    /// Around everything.
    Everywhere,
}

#[derive(Debug, Clone)]
pub enum Condition {
    /// An atom, or a bare name.
    Atom(String),
    /// `mutually`, `either way`
    BothWays(&'static str, String),
    /// `not`, `ever`, `always`, `shown`
    Prefixed(&'static str, Box<Condition>),
    /// `c within the last 3 days`
    Window(Box<Condition>, &'static str, String),
    And(Vec<Condition>),
    Or(Vec<Condition>),
    Whenever(Box<Condition>, Box<Condition>),
    /// `at least 2 of`
    Counted(String, Vec<Condition>),
    /// `for every X in state`
    Quantified(String, Option<Box<Condition>>, Box<Condition>),
    Comparison(Expression, &'static str, Expression),
    /// `since 2000`
    Moment(String),
}

#[derive(Debug, Clone)]
pub enum Expression {
    /// A number, a parameter, a variable, an individual, a measure with its arguments.
    Plain(String),
    Negation(Box<Expression>),
    Arithmetic(Box<Expression>, char, Box<Expression>),
    Count(String, Option<Box<Condition>>),
    /// `sum`, `mean`, `min`, `max`
    Aggregate(&'static str, Box<Expression>, String, Option<Box<Condition>>),
}

/// From the loosest to the tightest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    /// Reaches as far as it can: quantifiers; and `whenever`, which nothing may stand beside.
    Open,
    Or,
    And,
    Comparison,
    Prefix,
    Window,
    BothWays,
    Atom,
}

impl Condition {
    fn level(&self) -> Level {
        match self {
            Condition::Quantified(..) | Condition::Whenever(..) => Level::Open,
            Condition::Or(_) => Level::Or,
            Condition::And(_) => Level::And,
            Condition::Comparison(..) => Level::Comparison,
            Condition::Prefixed(..) => Level::Prefix,
            Condition::Window(..) => Level::Window,
            Condition::BothWays(..) => Level::BothWays,
            Condition::Atom(_) | Condition::Counted(..) | Condition::Moment(_) => Level::Atom,
        }
    }

    /// As a whole body.
    pub fn text(&self, parentheses: Parentheses) -> String {
        self.written(Level::Open, parentheses)
    }

    /// As one of the parts of an `and`.
    pub fn text_in_conjunction(&self, parentheses: Parentheses) -> String {
        self.written(Level::Comparison, parentheses)
    }

    fn written(&self, loosest: Level, parentheses: Parentheses) -> String {
        let text = self.bare(parentheses);
        if self.level() < loosest || (parentheses == Parentheses::Everywhere && self.level() < Level::Atom) {
            format!("({text})")
        } else {
            text
        }
    }

    fn bare(&self, parentheses: Parentheses) -> String {
        let joined = |parts: &[Condition], word: &str, loosest: Level| {
            let parts: Vec<String> = parts.iter().map(|part| part.written(loosest, parentheses)).collect();
            parts.join(word)
        };
        match self {
            Condition::Atom(text) | Condition::Moment(text) => text.clone(),
            Condition::BothWays(word, text) => format!("{word} {text}"),
            Condition::Prefixed(word, inner) => format!("{word} {}", inner.written(Level::Prefix, parentheses)),
            Condition::Window(inner, word, window) => {
                format!("{} {word} {window}", inner.written(Level::BothWays, parentheses))
            }
            Condition::And(parts) => joined(parts, " and ", Level::Comparison),
            Condition::Or(parts) => joined(parts, " or ", Level::And),
            Condition::Whenever(then, given) => {
                let (then, given) =
                    (then.written(Level::Prefix, parentheses), given.written(Level::Prefix, parentheses));
                format!("{then} whenever {given}")
            }
            Condition::Counted(number, parts) => format!("{number} of ({})", joined(parts, ", ", Level::Open)),
            Condition::Quantified(bindings, among, body) => {
                format!("{bindings}{}: {}", among_text(among.as_deref(), parentheses), body.text(parentheses))
            }
            Condition::Comparison(left, operator, right) => {
                format!("{} {operator} {}", left.text(parentheses), right.text(parentheses))
            }
        }
    }
}

fn among_text(among: Option<&Condition>, parentheses: Parentheses) -> String {
    // A quantifier's `:` would end the `where` of the one around it.
    among.map_or(String::new(), |among| format!(" where {}", among.written(Level::Or, parentheses)))
}

impl Expression {
    pub fn text(&self, parentheses: Parentheses) -> String {
        self.written(0, parentheses)
    }

    /// 0 holds everything, 1 a part of a sum, 2 a part of a product.
    fn written(&self, loosest: u8, parentheses: Parentheses) -> String {
        let (level, text) = match self {
            Expression::Plain(text) => (3, text.clone()),
            Expression::Negation(inner) => (2, format!("-{}", inner.written(3, parentheses))),
            Expression::Arithmetic(left, sign @ ('+' | '-'), right) => {
                (1, format!("{} {sign} {}", left.written(1, parentheses), right.written(2, parentheses)))
            }
            Expression::Arithmetic(left, sign, right) => {
                (2, format!("{} {sign} {}", left.written(2, parentheses), right.written(3, parentheses)))
            }
            Expression::Count(bindings, among) => {
                (3, format!("count of ({bindings}{})", among_text(among.as_deref(), parentheses)))
            }
            Expression::Aggregate(function, value, bindings, among) => {
                let value = value.written(0, parentheses);
                (3, format!("{function} of ({value} over {bindings}{})", among_text(among.as_deref(), parentheses)))
            }
        };
        if level < loosest || (parentheses == Parentheses::Everywhere && level < 3) {
            format!("({text})")
        } else {
            text
        }
    }
}
