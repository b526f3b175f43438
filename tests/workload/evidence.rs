//! Small evidence in the shape of the workload. Few days are drawn from, so that what ends on a day where something else begins, or
//! touches it, or is over within one day, is no rare find.

use std::fmt::Write;
use std::path::Path;
use symmachia::time::Day;

/// From a day on, up to another that is no longer in it, or open.
pub type Spell = (i32, Option<i32>);

/// How the program comes to know when states exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lives {
    /// Not at all: nothing is recorded outside of a life, as in the workload.
    InTheRows,
    /// They are declared, and what is recorded beyond them counts for nothing.
    Declared,
}

/// A row about two states, and what of: a domain or an issue.
pub struct Dyadic {
    pub states: [u32; 2],
    pub of: &'static str,
    pub spell: Spell,
}

/// A share of trade in a year, in ten thousandths.
pub struct Trade {
    pub states: [u32; 2],
    pub year: i16,
    pub value: u32,
}

#[derive(Default)]
pub struct Evidence {
    /// Codes, in order, with the stretches of their lives.
    pub states: Vec<(u32, Vec<Spell>)>,
    /// Whether each obliges its members to defend one another.
    pub treaties: Vec<(u32, bool)>,
    /// A treaty, and who is a member of it.
    pub members: Vec<(u32, u32, Spell)>,
    pub pressure: Vec<Dyadic>,
    pub trade: Vec<Trade>,
    pub supports: Vec<Dyadic>,
    are_declared: bool,
}

/// The first day of the workload, and the day after its last.
pub const FIRST: (i16, u8, u8) = (1816, 1, 1);
pub const AFTER_LAST: (i16, u8, u8) = (2017, 1, 1);
const YEARS: std::ops::RangeInclusive<i16> = 1977..=2016;
const DOMAINS: [&str; 3] = ["military", "political", "economic"];
const ISSUES: [&str; 4] = ["fish", "salt", "tin", "wool"];

pub fn day((year, month, day): (i16, u8, u8)) -> i32 {
    Day::from_parts(year, month, day).unwrap().number()
}

pub fn written(day: i32) -> String {
    Day::from_number(day).machine_date()
}

/// The part of a spell within others.
fn within(spell: Spell, others: &[Spell]) -> impl Iterator<Item = Spell> {
    others.iter().filter_map(move |other| {
        let until = [spell.1, other.1].into_iter().flatten().min();
        let from = spell.0.max(other.0);
        until.is_none_or(|until| from < until).then_some((from, until))
    })
}

/// A small generator of its own, so that a seed means the same everywhere.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

/// What the rows are drawn from.
struct Maker {
    draw: Draw,
    days: Vec<i32>,
    evidence: Evidence,
}

impl Evidence {
    pub fn new(seed: u64, lives: Lives) -> Evidence {
        let mut draw = Draw(seed);
        let mut days = vec![day(FIRST), day((2000, 2, 29)), day((2000, 3, 1)), day((2016, 12, 31))];
        for _ in 0..10 {
            let year = *YEARS.start() + draw.below(40) as i16;
            let anywhere = day((year, 4, 2)) + draw.below(200) as i32;
            let first = draw.pick(&[day((year, 7, 1)), day((year, 1, 1)), anywhere]);
            // A day and its neighbours: spells that touch, or miss one another by a day.
            days.extend([first - 1, first, first + 1]);
        }
        days.sort_unstable();
        days.dedup();
        let evidence = Evidence { are_declared: lives == Lives::Declared, ..Evidence::default() };
        let mut maker = Maker { draw, days, evidence };
        maker.states();
        maker.treaties();
        maker.dyads();
        maker.evidence
    }

    /// Writes the tables as the programs of the workload import them; the names of further programs.
    pub fn write(&self, folder: &Path) -> Vec<&'static str> {
        let open = |until: Option<i32>| until.map(written).unwrap_or_default();
        let spell = |(from, until): Spell| format!("{},{}", written(from), open(until));
        let dyadic = |row: &Dyadic| format!("{},{},{},{}", row.states[0], row.states[1], row.of, spell(row.spell));
        let table = |name: &str, head: &str, rows: Vec<String>| {
            let path = folder.join("csv").join(name);
            std::fs::write(path, format!("{head}\n{}\n", rows.join("\n"))).unwrap();
        };
        std::fs::create_dir_all(folder.join("csv")).unwrap();
        let treaties = self.treaties.iter().map(|(id, defends)| format!("{id},{}", u8::from(*defends)));
        table("treaties.csv", "id,defense", treaties.collect());
        let members = self.members.iter().map(|(treaty, state, held)| format!("{treaty},{state},{}", spell(*held)));
        table("members.csv", "treaty,state,from,until", members.collect());
        table("pressure.csv", "by,on,domain,from,until", self.pressure.iter().map(dyadic).collect());
        table("supports.csv", "a,b,issue,from,until", self.supports.iter().map(dyadic).collect());
        let trade = self
            .trade
            .iter()
            .map(|Trade { states: [a, b], year, value }| format!("{a},{b},{year},{:.4}", f64::from(*value) / 10_000.0));
        table("trade.csv", "a,b,year,value", trade.collect());
        if !self.are_declared {
            return Vec::new();
        }
        let mut program = String::new();
        for (code, lives) in &self.states {
            let spans = lives.iter().map(|(from, until)| {
                let until = until.map(|until| format!(" until {}", written(until - 1))).unwrap_or_default();
                format!("from {}{until}", written(*from))
            });
            let spans: Vec<String> = spans.collect();
            writeln!(program, "state s{code} {} alias code:{code}", spans.join(", ")).unwrap();
        }
        std::fs::write(folder.join("states.ally"), program).unwrap();
        vec!["states.ally"]
    }
}

impl Maker {
    /// Two of the days, the first before the second; some spells are open.
    fn spell(&mut self) -> Spell {
        let first = self.draw.below(self.days.len() - 1);
        let second = first + 1 + self.draw.below(self.days.len() - first - 1);
        (self.days[first], (!self.draw.chance(25)).then(|| self.days[second]))
    }

    /// What of a spell is recorded of these states: all of it where the program knows lives, else what falls into them.
    fn recorded(&self, spell: Spell, states: &[u32]) -> Vec<Spell> {
        if self.evidence.are_declared {
            return vec![spell];
        }
        states.iter().fold(vec![spell], |spells, code| {
            let (_, lives) = self.evidence.states.iter().find(|(state, _)| state == code).unwrap();
            spells.into_iter().flat_map(|spell| within(spell, lives)).collect()
        })
    }

    fn states(&mut self) {
        // Codes of several lengths: they are ordered as numbers.
        let mut code = 2;
        for _ in 0..12 {
            let whole = (day(FIRST), None);
            let lives = match self.draw.below(4) {
                0 => vec![whole],
                1 | 2 => vec![self.spell()],
                _ => {
                    // One that ends, and one that begins later.
                    let (from, until) = self.spell();
                    let again = self.spell().0;
                    match until.filter(|until| *until < again) {
                        Some(until) => vec![(from, Some(until)), (again, None)],
                        None => vec![(from, None)],
                    }
                }
            };
            self.evidence.states.push((code, lives));
            code += 1 + self.draw.below(40) as u32;
        }
    }

    fn treaties(&mut self) {
        let codes: Vec<u32> = self.evidence.states.iter().map(|(code, _)| *code).collect();
        for treaty in 1..=40 {
            let defends = self.draw.chance(60);
            self.evidence.treaties.push((treaty, defends));
            let spell = self.spell();
            for _ in 0..self.draw.pick(&[2, 2, 3, 3, 4]) {
                let state = self.draw.pick(&codes);
                let own = if self.draw.chance(70) { spell } else { self.spell() };
                let mut spells = vec![own];
                match own.1 {
                    // Comes back on the day on which it left, or after a while.
                    Some(until) if self.draw.chance(20) => spells.push((until, None)),
                    Some(_) if self.draw.chance(20) => spells.push(self.spell()),
                    // The same row once more.
                    _ if self.draw.chance(10) => spells.push(own),
                    _ => {}
                }
                for spell in spells {
                    let recorded = self.recorded(spell, &[state]);
                    self.evidence.members.extend(recorded.into_iter().map(|spell| (treaty, state, spell)));
                }
            }
        }
    }

    fn dyads(&mut self) {
        let codes: Vec<u32> = self.evidence.states.iter().map(|(code, _)| *code).collect();
        for one in &codes {
            for other in codes.iter().filter(|other| *other != one) {
                self.dyad([*one, *other]);
            }
        }
    }

    /// What is recorded of one direction of a dyad: friendly enough that some are allies.
    fn dyad(&mut self, states: [u32; 2]) {
        if self.draw.chance(30) {
            let spell = self.spell();
            // Pressure does not last.
            let until = spell.1.unwrap_or(spell.0 + 1).min(spell.0 + 2_000);
            let of = self.draw.pick(&DOMAINS);
            self.dyadic(states, of, (spell.0, Some(until)), |evidence| &mut evidence.pressure);
        }
        for of in ISSUES {
            for _ in 0..self.draw.pick(&[1, 1, 2, 3]) {
                let spell = self.spell();
                self.dyadic(states, of, spell, |evidence| &mut evidence.supports);
            }
        }
        let usual = self.draw.pick(&[190, 200, 200, 260, 300, 300]);
        let begins = self.draw.below(20) as i16;
        for year in *YEARS.start() + begins..=*YEARS.end() {
            if self.draw.chance(5) {
                continue;
            }
            let value = if self.draw.chance(10) { self.draw.pick(&[0, 199, 200, 9_000]) } else { usual };
            for _ in 0..if self.draw.chance(2) { 2 } else { 1 } {
                self.evidence.trade.push(Trade { states, year, value });
            }
        }
    }

    fn dyadic(
        &mut self,
        states: [u32; 2],
        of: &'static str,
        spell: Spell,
        rows: impl Fn(&mut Evidence) -> &mut Vec<Dyadic>,
    ) {
        for spell in self.recorded(spell, &states) {
            for _ in 0..if self.draw.chance(5) { 2 } else { 1 } {
                rows(&mut self.evidence).push(Dyadic { states, of, spell });
            }
        }
    }
}
