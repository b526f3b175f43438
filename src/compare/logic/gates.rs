//! Propositions and their gates, as clauses for a SAT solver (Tseitin's encoding), with constants folded away.

use batsat::{BasicSolver, Lit, SolverInterface, lbool};

/// A proposition: true, false, or open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bit {
    /// Whatever the evidence.
    Constant(bool),
    /// As the evidence has it.
    Open(Lit),
}

impl Bit {
    pub const TRUE: Bit = Bit::Constant(true);
    pub const FALSE: Bit = Bit::Constant(false);

    pub fn negated(self) -> Bit {
        match self {
            Bit::Constant(value) => Bit::Constant(!value),
            Bit::Open(literal) => Bit::Open(!literal),
        }
    }
}

/// Values of propositions, in their order.
type Values = Vec<bool>;

/// A solver, and the gates that were put into it.
#[derive(Default)]
pub(super) struct Gates {
    solver: BasicSolver,
}

impl Gates {
    /// A proposition of which nothing is said.
    pub fn open(&mut self) -> Bit {
        // A fact is first tried as absent, so that the first case found has few.
        Bit::Open(Lit::new(self.solver.new_var(lbool::TRUE, true), true))
    }

    fn clause(&mut self, literals: &[Lit]) {
        self.solver.add_clause_reuse(&mut literals.to_vec());
    }

    /// One of them at least is to hold in whatever is looked for.
    pub fn require(&mut self, one_of: &[Bit]) {
        let mut literals = Vec::new();
        for bit in one_of {
            match bit {
                Bit::Constant(true) => return,
                Bit::Constant(false) => {}
                Bit::Open(literal) => literals.push(*literal),
            }
        }
        self.clause(&literals);
    }

    /// All of them.
    pub fn and(&mut self, bits: &[Bit]) -> Bit {
        let mut literals = Vec::new();
        for bit in bits {
            match bit {
                Bit::Constant(false) => return Bit::FALSE,
                Bit::Constant(true) => {}
                Bit::Open(literal) if literals.contains(&!*literal) => return Bit::FALSE,
                Bit::Open(literal) if literals.contains(literal) => {}
                Bit::Open(literal) => literals.push(*literal),
            }
        }
        match literals.as_slice() {
            [] => Bit::TRUE,
            [only] => Bit::Open(*only),
            several => {
                let gate = Lit::new(self.solver.new_var_default(), true);
                for literal in several {
                    self.clause(&[!gate, *literal]);
                }
                let mut backwards: Vec<Lit> = several.iter().map(|literal| !*literal).collect();
                backwards.push(gate);
                self.clause(&backwards);
                Bit::Open(gate)
            }
        }
    }

    /// At least one of them.
    pub fn or(&mut self, bits: &[Bit]) -> Bit {
        let negated: Vec<Bit> = bits.iter().map(|bit| bit.negated()).collect();
        self.and(&negated).negated()
    }

    /// For each number up to a highest: at least so many of them.
    pub fn counters(&mut self, bits: &[Bit], highest: usize) -> Vec<Bit> {
        let mut counters = vec![Bit::FALSE; highest + 1];
        counters[0] = Bit::TRUE;
        for bit in bits {
            for number in (1..=highest).rev() {
                let one_more = self.and(&[*bit, counters[number - 1]]);
                counters[number] = self.or(&[counters[number], one_more]);
            }
        }
        counters
    }

    /// At least so many of them.
    pub fn at_least(&mut self, bits: &[Bit], number: usize) -> Bit {
        if number > bits.len() { Bit::FALSE } else { self.counters(bits, number)[number] }
    }

    /// Values of some propositions under which all of some others are true; nothing where there are none.
    pub fn values(&mut self, wanted: &[Bit], of: &[Bit]) -> Option<Values> {
        let mut assumptions = Vec::new();
        for bit in wanted {
            match bit {
                Bit::Constant(true) => {}
                Bit::Constant(false) => return None,
                Bit::Open(literal) => assumptions.push(*literal),
            }
        }
        if self.solver.solve_limited(&assumptions) != lbool::TRUE {
            return None;
        }
        let value = |bit: &Bit| match bit {
            Bit::Constant(value) => *value,
            Bit::Open(literal) => self.solver.value_lit(*literal) == lbool::TRUE,
        };
        Some(of.iter().map(value).collect())
    }

    /// That so few of some propositions hold as can be where some others do; nothing where these cannot.
    pub fn fewest(&mut self, wanted: &[Bit], few: &[Bit]) -> Option<Bit> {
        let count = |values: Values| values.iter().filter(|holds| **holds).count();
        let mut most = count(self.values(wanted, few)?);
        let counters = self.counters(few, most);
        while most > 0 {
            let fewer: Vec<Bit> = wanted.iter().copied().chain([counters[most].negated()]).collect();
            let Some(values) = self.values(&fewer, few) else { break };
            most = count(values);
        }
        Some(counters.get(most + 1).map_or_else(|| self.at_least(few, most + 1), |bit| *bit).negated())
    }
}
