use super::{codes_of, resolved_files, said, said_of, sound};
use crate::model::program::Target;
use crate::model::{Options, Program, Setting, resolve_question, resolve_target};
use crate::syntax::tree::ParameterValue;
use crate::text::Texts;

const ONE: (&str, &str) =
    ("one.ally", "framework one \"First\"\nally(A, B) requires pact and trust\ntrust(A, B) requires shared");
const TWO: (&str, &str) = ("two.ally", "framework two\nally(A, B) requires pact and trust");
const SHARED: (&str, &str) =
    ("shared.ally", "predicate pact(a: state, b: state)\nshared(A, B) requires pact\ntrust(A, B) if pact");

fn program(files: &[(&str, &str)]) -> Program {
    let (texts, resolution) = resolved_files(files, &Options::default());
    assert_eq!(said(&texts, &resolution), "");
    resolution.program
}

#[test]
fn own_framework_first_then_what_all_share() {
    let program = program(&[ONE, TWO, SHARED]);
    let names: Vec<String> = (0..program.relations.len())
        .map(|id| program.qualified_name(Target::Relation(crate::model::program::RelationId(id as u32))))
        .collect();
    assert_eq!(names, ["pact", "shared", "trust", "one.ally", "one.trust", "two.ally"]);
    let used = |name: &str| {
        let target = resolve_target(&program, name).expect("a target");
        let Target::Relation(id) = target else { panic!("no relation") };
        super::shown::Shown { program: &program, variables: &program.rule(program.relation(id).rules[0]).variables }
            .condition(&program.rule(program.relation(id).rules[0]).body)
    };
    assert_eq!(used("one.ally"), "(pact(A, B) and one.trust(A, B))");
    assert_eq!(used("two.ally"), "(pact(A, B) and trust(A, B))");
}

#[test]
fn targets_by_name() {
    let program = program(&[ONE, TWO, SHARED]);
    assert!(resolve_target(&program, "shared").is_ok());
    assert!(resolve_target(&program, "two.ally").is_ok());
    assert_eq!(resolve_target(&program, "trust").map(|target| program.qualified_name(target)), Ok("trust".to_owned()));
    let said = |name: &str| {
        let diagnostic = resolve_target(&program, name).expect_err("no target");
        format!("{}; {}", diagnostic.message, diagnostic.help.unwrap_or_default())
    };
    assert_eq!(said("ally"), "`ally` may be `one.ally` or `two.ally`; write the framework before the name");
    assert_eq!(said("shard"), "nothing is called `shard`; did you mean `shared`?");
    assert_eq!(said("one.aly"), "nothing is called `one.aly`; did you mean `one.ally`?");
    assert_eq!(said("onw.ally"), "nothing is called `onw.ally`; did you mean `one.ally`?");
}

fn ask(program: &Program, question: &str) -> Result<String, String> {
    let mut texts = Texts::new();
    let file = texts.add("question", question);
    let tree = crate::syntax::parse_condition(&texts, file).expect("a condition");
    match resolve_question(program, &texts, &tree) {
        Ok(question) => {
            let individuals: Vec<&str> =
                question.individuals.iter().map(|id| program.individual(*id).name.as_str()).collect();
            Ok(format!("{}({})", program.qualified_name(question.target), individuals.join(", ")))
        }
        Err(diagnostics) => Err(diagnostics
            .iter()
            .map(|diagnostic| format!("{}; {}", diagnostic.message, diagnostic.help.clone().unwrap_or_default()))
            .collect::<Vec<_>>()
            .join("\n")),
    }
}

#[test]
fn questions_are_atoms_of_individuals() {
    let program =
        program(&[ONE, TWO, SHARED, ("facts.ally", "pact(russia, kazakhstan)\nkind treaty\nopen kind tie\ntie csto")]);
    assert_eq!(ask(&program, "shared(russia, kazakhstan)"), Ok("shared(russia, kazakhstan)".to_owned()));
    assert_eq!(ask(&program, "one.ally(kazakhstan, russia)"), Ok("one.ally(kazakhstan, russia)".to_owned()));
    for (question, said) in [
        ("ally(russia, kazakhstan)", "`ally` may be `one.ally` or `two.ally`; write the framework before the name"),
        ("shared(russia, kazakstan)", "there is no state `kazakstan`; did you mean `kazakhstan`?"),
        ("shared(russia)", "`shared` takes 2 arguments, and 1 is given; its roles are `shared(state, state)`"),
        (
            "shared(russia, X)",
            "`X` begins with a capital, as variables do, and a state had to stand here; names begin with a small letter; with `eval`, `_` stands for every state",
        ),
        (
            "shared(russia, _)",
            "`_` stands for many cases, and one is explained at a time; `eval` takes `_` and gives the verdicts of all; then explain one that stands out",
        ),
        ("shared", "a question is a name with individuals; write, say, `shared(kazakhstan, russia)`"),
        (
            "russia",
            "`russia` is a state, and a criterion had to stand here; `eval 'shared(russia, _)'` gives its verdicts",
        ),
        ("shard", "nothing is called `shard`; did you mean `shared`?"),
        (
            "not shared(russia, kazakhstan)",
            "a question is a name with individuals; write `ally(russia, kazakhstan)`, or `framework.ally(russia, kazakhstan)`",
        ),
    ] {
        assert_eq!(ask(&program, question), Err(said.to_owned()), "{question}");
    }
}

#[test]
fn sketches_are_doubted_only_where_a_slip_is_likely() {
    assert_eq!(said_of("ally(A, B) requires guarantees and guarantor\nguarantees(a, b)"), "");
    assert_eq!(
        codes_of("ally(A, B) requires guarantees and guarantes(B, A)\nguarantees(a, b)"),
        ["model::near_predicate"]
    );
    assert_eq!(said_of("ally(A, B) requires member and members(B, A)\nmember(a, b)\nmembers(a, b)"), "");
}

#[test]
fn parameters_are_set_from_outside() {
    let text =
        "parameter keen = 2%\nmeasure trade(a: state, b: state) in \"USD\"\nkeen_trade(A, B) requires trade > keen";
    let options = Options {
        parameters: vec![Setting { name: "keen".to_owned(), value: ParameterValue::Number(0.5), place: None }],
        strict: true,
    };
    let (texts, resolution) = resolved_files(&[("test.ally", text)], &options);
    assert_eq!(said(&texts, &resolution), "");
    assert_eq!(resolution.program.parameters[0].value, 0.5);
    assert_eq!(sound(text).parameters[0].value, 0.02);
}

#[test]
fn glosses_and_documentation_travel() {
    let program = sound(
        "## What both sides owe.\npredicate pact(by: state, with: state) \"{by} has a pact with {with}\" / \"{by} has none with {with}\"\n## The full sense.\nsymmetric ally(A, B) \"{A} and {B} are allies\" requires mutually pact\n",
    );
    let pact = program.relations.iter().find(|relation| relation.name == "pact").expect("a relation");
    assert_eq!(pact.documentation, ["What both sides owe."]);
    assert!(pact.gloss.as_ref().is_some_and(|gloss| gloss.negative.is_some()));
    let ally = program.relations.iter().find(|relation| relation.name == "ally").expect("a relation");
    assert_eq!(ally.symmetric, Some((0, 1)));
    assert_eq!(ally.roles[0].name, "A");
    assert_eq!(ally.documentation, ["The full sense."]);
}
