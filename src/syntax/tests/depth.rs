use super::parsed;

/// The only mistake in a text, and it is the depth.
fn too_deep(content: &str) {
    let parsed = parsed(content);
    let codes: Vec<_> = parsed.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(codes, ["symmachia::syntax::too_deep"], "{:.60}", content);
    assert!(!parsed.diagnostics[0].labels[0].span.is_empty());
}

const MANY: usize = 100_000;

#[test]
fn what_is_nested_too_deep_is_one_mistake() {
    for (before, inner, after) in [
        ("(", "a", ")"),
        ("not ", "a", ""),
        ("not (", "a", ")"),
        ("ever always shown ", "a", ""),
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
        let text = format!("p(A, B) requires {}{inner}{}", before.repeat(MANY), after.repeat(MANY));
        too_deep(&text);
        if before.contains(['(', ':']) {
            too_deep(&format!("kind k\np(A, B) requires {}", before.repeat(MANY)));
        }
    }
    for (before, inner) in [("-", "x = 1"), ("- ", "x > 2"), ("1 = -", "x"), ("1 = 2 - - ", "x")] {
        too_deep(&format!("p(A, B) requires {}{inner}", before.replace("1 = ", "").repeat(MANY)));
    }
    too_deep(&format!("p(A, B) requires a{}", " within the last 2 years".repeat(MANY)));
    too_deep(&format!("measure p(A, B) = 1{}", " + 1".repeat(MANY)));
    too_deep(&format!("measure p(A, B) = 1{}", " * x".repeat(MANY)));
    too_deep(&format!("p(A, B) requires 1{} = 2", " - 1".repeat(MANY)));
    too_deep(&format!("expect {}a(b){}", "(".repeat(MANY), ")".repeat(MANY)));
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
        assert!(!parsed(&part.repeat(MANY)).diagnostics.is_empty());
    }
}

#[test]
fn what_is_flat_is_read() {
    for (condition, times) in [
        (" and a", MANY),
        (" or a and b", MANY),
        (" and not (a or b)", 20_000),
        (" and (for every X in k: a)", 20_000),
        (" or x - -1 < 2", 20_000),
    ] {
        super::items(&format!("p(A, B) requires a{}", condition.repeat(times)));
    }
    super::items(&format!("p(A, B) requires at least 1 of (a{})", ", for every X in k: b and c".repeat(20_000)));
    super::items(&format!("p(a, {{b{}}})", ", c".repeat(MANY)));
    super::items(&format!("p(a) from 1999{}", ", from 2000 until 2001".repeat(20_000)));
    super::items(&"p(A, B) requires for every X in k: a ".repeat(20_000));
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
