#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
mod generate;
use generate::*;
use proptest::prelude::*;
proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn parses(recipe in recipes(), calendar in prop_oneof![Just(Calendar::Winter), Just(Calendar::Years), Just(Calendar::DaysAlone)], all in any::<bool>()) {
        let program = Generated::new(&recipe, &Features::all(calendar), if all { Parentheses::Everywhere } else { Parentheses::Needed });
        let mut texts = symmachia::text::Texts::new();
        for (name, items) in &program.files {
            let file = texts.add(name.clone(), items.join("\n"));
            let parsed = symmachia::syntax::parse(&texts, file, &mut |_| {});
            prop_assert!(parsed.diagnostics.is_empty(), "{:?}\n{}", parsed.diagnostics, program.text());
            prop_assert_eq!(parsed.tree.items.len(), items.len());
        }
    }
    #[test]
    fn show(recipe in recipes()) {
        use std::sync::atomic::{AtomicUsize, Ordering};
        static N: AtomicUsize = AtomicUsize::new(0);
        if N.fetch_add(1, Ordering::SeqCst) % 400 == 7 {
        println!("{}\n=======", Generated::new(&recipe, &Features::all(Calendar::Winter), Parentheses::Needed).text());
        }
    }
}
