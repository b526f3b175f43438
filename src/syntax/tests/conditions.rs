use super::body;

#[test]
fn words_bind_as_the_language_says() {
    for (written, read) in [
        ("a and b or c", "((a and b) or c)"),
        ("a or b and c", "(a or (b and c))"),
        ("a or b or c and d and e", "(a or b or (c and d and e))"),
        ("(a or b) and c", "((a or b) and c)"),
        ("not a and b", "((not a) and b)"),
        ("not not a", "(not (not a))"),
        ("not ever a within the last 10 years", "(not (ever (a Within Last 10 Years)))"),
        ("mutually a throughout the next 3 months and b", "((mutually a Throughout Next 3 Months) and b)"),
        ("not mutually a", "(not mutually a)"),
        ("either way p(A, B)", "either way p(A, B)"),
        ("always shown a or always b", "((always (shown a)) or (always b))"),
        ("a whenever b", "(a whenever b)"),
        ("(a whenever b) and c", "((a whenever b) and c)"),
        ("a whenever (b and c)", "(a whenever (b and c))"),
        ("not a whenever not b", "((not a) whenever (not b))"),
        ("a within the last year", "(a Within Last 1 Years)"),
        ("a within the last 2 years within the next 1 day", "((a Within Last 2 Years) Within Next 1 Days)"),
    ] {
        assert_eq!(body(written), read, "{written}");
    }
}

#[test]
fn a_colon_reaches_to_the_comma() {
    for (written, read) in [
        ("for every X in k: a and b", "(Every X in k: (a and b))"),
        ("for every X in k: a and b, and c or d", "(((Every X in k: (a and b)) and c) or d)"),
        ("c and for some X in k: a, or d", "((c and (Some X in k: a)) or d)"),
        ("not for some X in k: a or b, and c", "((not (Some X in k: (a or b))) and c)"),
        ("for every X in k: for some Y in j: a, and b", "((Every X in k: (Some Y in j: a)) and b)"),
        ("for every X in k: (for some Y in j: a, and b), or c", "((Every X in k: ((Some Y in j: a) and b)) or c)"),
        ("(for every X in k: a, whenever b) and c", "(((Every X in k: a) whenever b) and c)"),
        ("at least 1 of (for every X in k: a, b)", "(AtLeast 1 of [(Every X in k: a); b])"),
        ("at least 1 of (for every X in k: a, and b, c)", "(AtLeast 1 of [((Every X in k: a) and b); c])"),
        ("for every X in k: a\n  , # a remark\n  and b", "((Every X in k: a) and b)"),
    ] {
        assert_eq!(body(written), read, "{written}");
    }
}

#[test]
fn comparisons_and_arithmetic() {
    for (written, read) in [
        ("trade(A, B) >= 5%", "(trade(A, B) GreaterOrEqual #0.05)"),
        ("not a = b", "(not (a Equal b))"),
        ("1 + 2 * 3 < 4 - 5 - 6", "((#1 + (#2 * #3)) Less ((#4 - #5) - #6))"),
        ("(1 + 2) * 3 != -x", "(((#1 + #2) * #3) NotEqual (-x))"),
        ("- - x <= 2.5 million", "((-(-x)) LessOrEqual #2500000)"),
        ("x / y / z > 1_000", "(((x / y) / z) Greater #1000)"),
        ("threat(A, B) = none", "(threat(A, B) Equal none)"),
        ("(a) = (b)", "(a Equal b)"),
        ("X != Y and founded(X) < 1999-04", "((X NotEqual Y) and (founded(X) Less 1999-04))"),
        ("x = 433 BC", "(x Equal 433 BC)"),
        ("x = 1999", "(x Equal #1999)"),
        ("x = \"Burkina Faso\"", "(x Equal \"Burkina Faso\")"),
        ("x - 4 > 1999 - 4", "((x - #4) Greater (#1999 - #4))"),
        ("a = b within the last 2 years", "((a Equal b) Within Last 2 Years)"),
        ("strict.depth(A, B) > strict.limit", "(strict.depth(A, B) Greater strict.limit)"),
        ("count of (S in stans where ally(A, S)) = 4", "(count(S in stans where ally(A, S)) Equal #4)"),
        ("count of (S in stans, T in treaty) > n", "(count(S in stans, T in treaty) Greater n)"),
        ("sum of (trade(A, X) over X in state) > 3", "(Sum(trade(A, X) over X in state) Greater #3)"),
        (
            "mean of (m(X) * 2 over X in state where c(X) and d) >= max of (m(X) over X in state)",
            "(Mean((m(X) * #2) over X in state where (c(X) and d)) GreaterOrEqual Maximum(m(X) over X in state))",
        ),
        ("min of (m(X) over X in k) + 1 = 2", "((Minimum(m(X) over X in k) + #1) Equal #2)"),
    ] {
        assert_eq!(body(written), read, "{written}");
    }
}

#[test]
fn counting_and_quantifiers() {
    for (written, read) in [
        ("at least 3 of (a, mutually b, (c and d))", "(AtLeast 3 of [a; mutually b; (c and d)])"),
        ("at most n of (a, b) and exactly 1 of (c)", "((AtMost n of [a; b]) and (Exactly 1 of [c]))"),
        ("none of (a, b,)", "(None of [a; b])"),
        ("for every X in state: a and b or c", "(Every X in state: ((a and b) or c))"),
        ("a and for some X in state: b and c", "(a and (Some X in state: (b and c)))"),
        ("(for every X in state: a) and b", "((Every X in state: a) and b)"),
        (
            "for every X in state, Y in treaty where c(X) or d: p(X, Y)",
            "(Every X in state, Y in treaty where (c(X) or d): p(X, Y))",
        ),
        ("at least 1 of (for some X in k: a, b)", "(AtLeast 1 of [(Some X in k: a); b])"),
        (
            "for every X in k where for some Y in k: c: for some Z in k: d",
            "(Every X in k where (Some Y in k: c): (Some Z in k: d))",
        ),
        ("not for every X in k: a and b", "(not (Every X in k: (a and b)))"),
        ("since 1991 and before 1999-04-02 or after D", "(((Since #1991) and (Before 1999-04-02)) or (After D))"),
        ("since 433 BC", "(Since 433 BC)"),
        (
            "count(A, B) and max(A) and at(B) and none(A, _, x, \"y\", -3)",
            "(count(A, B) and max(A) and at(B) and none(A, _, x, \"y\", #-3))",
        ),
    ] {
        assert_eq!(body(written), read, "{written}");
    }
}
