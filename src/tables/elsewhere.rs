//! Codes that are somebody's in another scheme, in words.

/// Somebody who has a code in another scheme than the one by which it was looked for, or is called so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    /// Who.
    pub name: String,
    /// The schemes in which the code is theirs; none where it is their name or label.
    pub schemes: Vec<String>,
    /// Their codes in the scheme by which it was looked for.
    pub own: Vec<String>,
}

/// What to do about a code that is somebody's elsewhere; `is_alone` where no other text of its column is a code of the scheme.
pub(super) fn help(code: &str, scheme: &str, elsewhere: &[Elsewhere], is_alone: bool) -> String {
    let told: Vec<String> = elsewhere.iter().map(|one| one.told(scheme)).collect();
    let told = format!("`{code}` is {}", told.join("; and "));
    let mut schemes: Vec<String> = Vec::new();
    for other in elsewhere.iter().flat_map(|one| &one.schemes).map(|other| format!("`by {other}`")) {
        if !schemes.contains(&other) {
            schemes.push(other);
        }
    }
    match (is_alone, schemes.as_slice()) {
        (true, []) => format!("{told}: if the column has names, leave out `by {scheme}`"),
        (true, [only]) => format!("{told}: if the others are such codes too, write {only}"),
        (true, several) => format!("{told}: if the others are such codes too, write {}", several.join(" or ")),
        (false, _) if elsewhere.iter().any(|one| !one.own.is_empty()) => {
            format!("{told}: if that is meant, change it in the table")
        }
        (false, _) => format!("{told}: if that is meant, declare the code, `alias {scheme}:{code}`"),
    }
}

impl Elsewhere {
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
