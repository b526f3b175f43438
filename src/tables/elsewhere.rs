//! Codes that are somebody's in another scheme, in words.

/// Where a code is known that nobody has in its scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    /// Those who have it in another scheme, or are called so; at least one.
    pub holders: Vec<HolderElsewhere>,
    /// Whether no other text of its column is a code of the scheme.
    pub is_alone: bool,
}

/// Somebody who has a code in another scheme than the one by which it was looked for, or is called so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HolderElsewhere {
    /// Who.
    pub name: String,
    /// The schemes in which the code is theirs; none where it is their name or label.
    pub schemes: Vec<String>,
    /// Their codes in the scheme by which it was looked for.
    pub own: Vec<String>,
}

/// What to do about a code that is somebody's elsewhere.
pub(super) fn help(code: &str, scheme: &str, elsewhere: &Elsewhere) -> String {
    let Elsewhere { holders, is_alone } = elsewhere;
    let told: Vec<String> = holders.iter().map(|one| one.told(scheme)).collect();
    let told = format!("`{code}` is {}", told.join("; and "));
    let mut schemes: Vec<String> = Vec::new();
    for other in holders.iter().flat_map(|one| &one.schemes).map(|other| format!("`by {other}`")) {
        if !schemes.contains(&other) {
            schemes.push(other);
        }
    }
    match (is_alone, schemes.as_slice()) {
        (true, []) => format!("{told}: if the column has names, leave out `by {scheme}`"),
        (true, [only]) => format!("{told}: if the others are such codes too, write {only}"),
        (true, several) => format!("{told}: if the others are such codes too, write {}", several.join(" or ")),
        (false, _) if holders.iter().any(|one| !one.own.is_empty()) => {
            format!("{told}: if that is meant, change it in the table")
        }
        (false, _) => format!("{told}: if that is meant, declare the code, `alias {scheme}:{code}`"),
    }
}

impl HolderElsewhere {
    /// the code of `united_states` in `iso3`, whose code in `cow` is 2
    fn told(&self, scheme: &str) -> String {
        let schemes: Vec<String> = self.schemes.iter().map(|one| format!("`{one}`")).collect();
        let whose = match self.own.as_slice() {
            [] => format!("who has no code in `{scheme}`"),
            own => format!("whose code in `{scheme}` is {}", own.join(" or ")),
        };
        match schemes.as_slice() {
            [] => format!("the name of `{}`, {whose}", self.name),
            schemes => format!("the code of `{}` in {}, {whose}", self.name, schemes.join(" and ")),
        }
    }
}
