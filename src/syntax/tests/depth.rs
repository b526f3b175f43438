use super::parsed;

/// The only mistake in a text, and it is the depth.
fn too_deep(content: &str) {
    let parsed = parsed(content);
    let codes: Vec<_> = parsed.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(codes, ["symmachia::syntax::too_deep"], "{:.60}", content);
    assert!(!parsed.diagnostics[0].labels[0].span.is_empty());
}

const MANY: usize = 100_000;

/// As many as the grammar, which an unoptimised build runs slowly, needs to show that time does not grow faster than text.
const SEVERAL: usize = 5_000;

#[test]
fn what_is_nested_too_deep_is_one_mistake() {
    // What the look ahead over the tokens stops.
    for (before, inner, after) in [
        ("(", "a", ")"),
        ("not (", "a", ")"),
        ("for every X in k: ", "a", ""),
        ("not for some X in k: ", "a", ""),
        ("for every X in k where ", "a", ": b"),
        ("for every X in k, Y in l where c: ", "a", ""),
        ("at least 1 of (", "a", ")"),
        ("none of (b, ", "a", ")"),
        ("1 + (", "1 = 1", ")"),
        ("1 = count of (X in k where ", "a", ")"),
        ("1 = sum of (", "1", " over X in k)"),
        ("a whenever (", "a", ")"),
        ("b and (", "a", ")"),
        ("(", "a", " within the last 2 years)"),
        ("b(X) and (\n", "a", ")"),
    ] {
        too_deep(&format!("p(A, B) requires {}{inner}{}", before.repeat(MANY), after.repeat(MANY)));
        too_deep(&format!("kind k\np(A, B) requires {}", before.repeat(MANY)));
    }
    too_deep(&format!("expect {}a(b){}", "(".repeat(MANY), ")".repeat(MANY)));
    // What the grammar reads as flat.
    too_deep(&format!("p(A, B) requires {}a", "not ".repeat(MANY)));
    too_deep(&format!("p(A, B) requires {}x = 1", "-".repeat(MANY)));
    for (before, part, after) in [
        ("p(A, B) requires ", "ever always shown ", "a"),
        ("p(A, B) requires 1 = 2 ", "- ", "x"),
        ("p(A, B) requires 1 = 2", " - - 1", ""),
        ("p(A, B) requires a", " within the last 2 years", ""),
        ("measure p(A, B) = 1", " + 1", ""),
        ("measure p(A, B) = 1", " * x", ""),
    ] {
        too_deep(&format!("{before}{}{after}", part.repeat(SEVERAL)));
    }
}

#[test]
fn what_is_left_open_is_not_slow() {
    for part in [
        "p(",
        "p(a,",
        "p(a, ",
        "{",
        "[",
        "p(a, b\n",
        "p(A) requires (\n",
        "p(A, B) requires (a\n",
        "p(a,\n",
        "p(a) and\n",
    ] {
        assert!(!parsed(&part.repeat(SEVERAL)).diagnostics.is_empty());
    }
}

#[test]
fn what_is_flat_is_read() {
    for (condition, times) in [
        (" and a", MANY / 2),
        (" or a and b", SEVERAL),
        (" and not (a or b)", SEVERAL),
        (" and (for every X in k: a)", SEVERAL),
        (" or x - -1 < 2", SEVERAL),
    ] {
        super::items(&format!("p(A, B) requires a{}", condition.repeat(times)));
    }
    super::items(&format!("p(A, B) requires at least 1 of (a{})", ", for every X in k: b and c".repeat(SEVERAL)));
    super::items(&format!("p(a, {{b{}}})", ", c".repeat(MANY)));
    super::items(&format!("p(a) from 1999{}", ", from 2000 until 2001".repeat(SEVERAL)));
    super::items(&"p(A, B) requires for every X in k: a ".repeat(SEVERAL));
}

#[test]
fn what_is_nested_as_deep_as_allowed_is_read() {
    for (before, after, times) in [
        ("(", ")", 255),
        ("not ", "", 255),
        ("not (", ")", 127),
        ("for every X in k: ", "", 127),
        ("at least 1 of (", ")", 127),
        ("b and (", ")", 127),
        ("b or c and (", ")", 85),
    ] {
        super::items(&format!("p(A, B) requires {}a{}", before.repeat(times), after.repeat(times)));
    }
    super::items(&format!("p(A, B) requires x = {}x", "-".repeat(250)));
    super::items(&format!("p(A, B) requires x = x{}", " + x".repeat(250)));
}
