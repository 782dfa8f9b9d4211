//! Conditions select the rows for which they hold in memory, and say so where they cannot.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod random;
mod scenarios;
mod shop;
mod writer;

use std::cell::Cell;

use nexus_testkit::On;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};

use random::Random;
use shop::{Shop, conditions, parse, vars};

/// How many random conditions are tried; more with `PROPTEST_CASES`.
const CASES: u32 = 4_000;

#[nexus_testkit::database_test]
fn a_condition_selects_the_rows_for_which_it_holds(on: On) {
    let seed = std::env::var("NEXUS_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1);
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(CASES);
    let config = Config { cases, rng_seed: RngSeed::Fixed(seed), failure_persistence: None, ..Config::default() };
    on.run(|storage| async move {
        let records = |number| random::records(&mut Random::new(seed.wrapping_mul(31) + number));
        let shops: Vec<Shop> = (0..4).map(|number| Shop::new(&storage, records(number))).collect();
        let vars = vars();
        let (compiled, mixed) = (Cell::new(0), Cell::new(0));
        let run = TestRunner::new(config).run(&(any::<u64>(), 1_usize..5, 0_usize..4), |(seed, depth, shop)| {
            let source = writer::condition(&mut Random::new(seed), depth);
            let (expr, shop) = (parse(&source), &shops[shop]);
            // What one database refuses, the other does as well.
            let object = shop::object("thing");
            let made = shop::DIALECTS.map(|dialect| conditions(&vars, dialect).compile(&expr, object, "t").is_ok());
            prop_assert_eq!(made[0], made[1], "{}", source);
            if !made[0] {
                return Ok(());
            }
            let (held, selected) = (shop.held(&expr, &vars), shop.selected("thing", &source));
            compiled.set(compiled.get() + 1);
            mixed.set(mixed.get() + u32::from(!held.is_empty() && held.len() < shop.things.len()));
            prop_assert_eq!(held, selected, "{}", source);
            Ok(())
        });
        if let Err(error) = run {
            panic!("{error}");
        }
        let (compiled, mixed) = (compiled.get(), mixed.get());
        println!("{cases} conditions, {compiled} compiled, {mixed} selected some rows but not all");
        assert!(compiled * 10 >= cases * 9, "only {compiled} of {cases} conditions compiled");
        assert!(mixed * 10 >= cases * 3, "only {mixed} of {cases} conditions told rows apart");
    });
}
