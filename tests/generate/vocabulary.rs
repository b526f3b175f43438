//! The words of a generated program: kinds, individuals, relations, measures.

use super::Features;
use super::tape::Tape;

/// A kind, by its place in [`Vocabulary::kinds`].
pub type Kind = usize;

pub const STATE: Kind = 0;
pub const CORE: Kind = 1;
pub const TREATY: Kind = 2;
pub const LEVEL: Kind = 3;
pub const DATE: Kind = 4;
pub const NUMBER: Kind = 5;

#[derive(Debug, Clone)]
pub struct KindWords {
    pub name: &'static str,
    pub root: Kind,
    pub members: Vec<String>,
}

#[derive(Debug, Clone)]
pub struct Relation {
    pub name: String,
    pub framework: Option<String>,
    pub roles: Vec<Kind>,
    pub is_criterion: bool,
    pub is_reflexive: bool,
}

#[derive(Debug, Clone)]
pub struct Measure {
    pub name: String,
    pub framework: Option<String>,
    pub roles: Vec<Kind>,
    pub is_recorded: bool,
    pub is_reflexive: bool,
    /// Its levels, from the lowest, where it is no number.
    pub levels: Option<Vec<String>>,
}

#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    pub kinds: Vec<KindWords>,
    pub sources: Vec<String>,
    pub parameters: Vec<String>,
    /// A parameter that is a level.
    pub needed: Option<String>,
    pub relations: Vec<Relation>,
    pub measures: Vec<Measure>,
    /// How many chains there are over links of their own.
    pub chains: usize,
}

impl Vocabulary {
    /// Kinds with their declarations.
    pub fn new(tape: &mut Tape, features: &Features, items: &mut Vec<String>) -> Vocabulary {
        let names = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let states = names(&["ava", "bor", "cyr", "dun"][..tape.between(3, 4)]);
        for state in &states {
            let label = if tape.chance(20) { " \"A State\"" } else { "" };
            let life = match features.lives && tape.chance(25) {
                true => format!(" {}", features.calendar.life(tape)),
                false => String::new(),
            };
            items.push(format!("state {state}{label}{life}"));
        }
        let core = vec![states[0].clone(), states[1 + tape.below(states.len() - 1)].clone()];
        items.push(format!("kind core in state = {}", core.join(", ")));
        let treaties = names(&["accord", "pact"][..tape.between(1, 2)]);
        let open = if features.completeness && tape.chance(40) { "open " } else { "" };
        items.push(format!("{open}kind treaty"));
        for treaty in &treaties {
            let life = match features.lives && tape.chance(15) {
                true => format!(" {}", features.calendar.life(tape)),
                false => String::new(),
            };
            items.push(format!("treaty {treaty}{life}"));
        }
        let levels = names(&["weak", "middling", "strong"]);
        items.push(format!("kind level = {}", levels.join(" < ")));
        let mut vocabulary = Vocabulary::default();
        let mut kind = |name, root, members| vocabulary.kinds.push(KindWords { name, root, members });
        kind("state", STATE, states);
        kind("core", STATE, core);
        kind("treaty", TREATY, treaties);
        kind("level", LEVEL, levels);
        let date = features.calendar.dates_of_the_kind(tape);
        kind("date", DATE, date);
        kind("number", NUMBER, names(&["2", "3.5", "12"]));
        for source in 0..tape.below(4) {
            let name = format!("src{source}");
            let citation = if tape.chance(50) { " \"A Book\"" } else { "" };
            let horizon = match tape.chance(50) {
                true => format!(" until {}", features.calendar.date(tape).text),
                false => String::new(),
            };
            items.push(format!("source {name}{citation}{horizon}"));
            vocabulary.sources.push(name);
        }
        if tape.chance(40) {
            items.push(format!("parameter enough = {}", tape.between(1, 2)));
            vocabulary.parameters.push("enough".to_owned());
        }
        if tape.chance(40) {
            let levels = vocabulary.kinds[LEVEL].members.clone();
            items.push(format!("parameter needed in level = {}", tape.pick(&levels)));
            vocabulary.needed = Some("needed".to_owned());
        }
        vocabulary
    }

    pub fn predicate(&mut self, tape: &mut Tape, items: &mut Vec<String>) {
        let name = format!("p{}", self.relations.len());
        let is_sketch = tape.chance(15);
        let roles = match is_sketch {
            true => vec![STATE; tape.between(1, 2)],
            false => roles(tape),
        };
        let binary = roles.len() >= 2 && self.kinds[roles[0]].root == STATE && roles[0] == roles[1];
        let is_symmetric = !is_sketch && binary && tape.chance(25);
        let is_reflexive = !is_sketch && roles.len() >= 2 && tape.chance(15);
        if !is_sketch {
            items.push(format!(
                "{}{}predicate {name}({}){}",
                if is_symmetric { "symmetric " } else { "" },
                if is_reflexive { "reflexive " } else { "" },
                self.role_list(&roles),
                if tape.chance(20) { " \"{r0} stands so\" / \"{r0} does not stand so\"" } else { "" }
            ));
        }
        self.relations.push(Relation { name, framework: None, roles, is_criterion: false, is_reflexive });
    }

    pub fn recorded_measure(&mut self, tape: &mut Tape, items: &mut Vec<String>) {
        let name = format!("m{}", self.measures.len());
        let roles =
            tape.weighted(&[(4, [STATE].as_slice()), (6, &[STATE, STATE]), (1, &[TREATY]), (1, &[STATE, TREATY])]);
        let levels = tape.chance(30).then(|| self.kinds[LEVEL].members.clone());
        let is_symmetric = roles == [STATE, STATE] && tape.chance(25);
        items.push(format!(
            "{}measure {name}({}){}",
            if is_symmetric { "symmetric " } else { "" },
            self.role_list(roles),
            match (&levels, tape.chance(50)) {
                (Some(_), _) => " in level",
                (None, true) => " \"what {r0} has\" in \"million\"",
                (None, false) => "",
            }
        ));
        let measure =
            Measure { name, framework: None, roles: roles.to_vec(), is_recorded: true, is_reflexive: false, levels };
        self.measures.push(measure);
    }

    fn role_list(&self, roles: &[Kind]) -> String {
        let roles: Vec<String> =
            roles.iter().enumerate().map(|(place, kind)| format!("r{place}: {}", self.kinds[*kind].name)).collect();
        roles.join(", ")
    }

    /// How a relation is called from a framework: by its full name wherever that is needed, and sometimes where it is not.
    pub fn called(&self, name: &str, of: Option<&String>, from: Option<&String>, tape: &mut Tape) -> String {
        match of {
            Some(framework) if of != from || tape.chance(20) => format!("{framework}.{name}"),
            _ => name.to_owned(),
        }
    }

    pub fn is_state(&self, kind: Kind) -> bool {
        self.kinds[kind].root == STATE
    }
}

fn roles(tape: &mut Tape) -> Vec<Kind> {
    tape.weighted(&[
        (10, [STATE, STATE].as_slice()),
        (3, &[STATE]),
        (3, &[STATE, TREATY]),
        (2, &[STATE, STATE, LEVEL]),
        (2, &[STATE, STATE, STATE]),
        (1, &[CORE, STATE]),
        (1, &[TREATY, DATE]),
        (1, &[STATE, NUMBER]),
        (1, &[STATE, STATE, TREATY]),
        (1, &[TREATY]),
    ])
    .to_vec()
}
