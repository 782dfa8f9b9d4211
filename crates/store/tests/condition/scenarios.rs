//! Single conditions with known answers: virtual fields, guards, indexes, refusals, limits.

use std::sync::Arc;

use nexus_model::expr::{Expr, Scope};
use nexus_model::{Object, Record, Value};
use nexus_store::condition::{CompileError, index_predicate};
use nexus_store::{Dialect, Home, Rows, Storage};
use nexus_testkit::On;
use sea_query::{PostgresQueryBuilder, Query, SqliteQueryBuilder};

use crate::random::{self, Random};
use crate::shop::{DIALECTS, SCHEMA, Shop, conditions, id, money, object, parse, vars};

fn record(of: &str, number: u128, values: &[(&str, Value)]) -> Record {
    let mut record = Record::new(object(of).clone());
    record.set("id", id(number));
    for (name, value) in values {
        record.set(name, value.clone());
    }
    record
}

fn maker(number: u128, name: &str, boss: Option<u128>) -> Record {
    record("maker", number, &[("name", name.into()), ("boss", boss.map(id).into())])
}

fn thing(number: u128, maker: u128, values: &[(&str, Value)]) -> Record {
    let mut thing = record("thing", number, values);
    thing.set("maker", id(maker));
    thing
}

fn refused(source: &str) -> String {
    let vars = vars();
    let [message, other] = DIALECTS.map(|dialect| {
        match conditions(&vars, dialect).compile(&parse(source), object("thing"), "t") {
            Err(CompileError(message)) => message,
            Ok(_) => panic!("{source} compiled for {dialect:?}"),
        }
    });
    assert_eq!(message, other);
    message
}

fn sql(source: &str) -> String {
    let vars = vars();
    let condition = conditions(&vars, Dialect::Sqlite).compile(&parse(source), object("thing"), "t").unwrap();
    Query::select().expr(condition).to_string(SqliteQueryBuilder)[7..].to_owned()
}

/// Runs a test that asks nothing of the database but by [`Shop`].
fn on(on: On, test: impl FnOnce(&Storage)) {
    on.run(|storage| async move { test(&storage) });
}

/// Every virtual field of every record, from the database and from memory.
#[nexus_testkit::database_test]
fn a_virtual_field_is_the_same_in_both(database: On) {
    on(database, |storage| {
        let vars = vars();
        let mut compared = 0;
        for seed in 0..8 {
            let records = random::records(&mut Random::new(seed));
            let shop = Shop::new(storage, records);
            for record in ["thing", "maker", "line"].into_iter().flat_map(|of| shop.stored(of)) {
                let object = record.object();
                for field in object.fields.iter().filter(|field| field.is_virtual() && field.rollup.is_none()) {
                    let scope = Scope { objects: SCHEMA.as_ref(), this: Some(object) };
                    let value = shop.eval(&Expr::parse(&field.name, &scope).unwrap(), &record, &vars);
                    let expected = nexus_model::expr::fit(value, field);
                    assert_eq!(*record.get(&field.name), expected, "{}.{} of {record:?}", object.name, field.name);
                    compared += 1;
                }
            }
        }
        assert!(compared > 8 * 40 * 11, "{compared}");
    });
}

#[nexus_testkit::database_test]
fn a_rollup_counts_the_live_records_that_link_here(database: On) {
    on(database, rollups);
}

fn rollups(storage: &Storage) {
    let quantity = |text: &str| Value::Decimal(text.parse().unwrap());
    let date = |text: &str| Value::Date(text.parse().unwrap());
    let mut gone = thing(103, 1, &[("qty", quantity("100"))]);
    gone.set("deleted_at", "2026-01-01T00:00:00Z".parse::<nexus_model::Timestamp>().unwrap());
    let shop = Shop::new(storage, vec![
        maker(1, "one", None),
        maker(2, "two", None),
        maker(3, "three", None),
        thing(
            100,
            1,
            &[
                ("kind", "red".into()),
                ("qty", quantity("1.5")),
                ("budget", money("10", "EUR")),
                ("day", date("2026-03-01")),
            ],
        ),
        thing(101, 1, &[("kind", "blue".into()), ("qty", quantity("2")), ("budget", money("5.25", "EUR"))]),
        thing(102, 2, &[("budget", money("1", "EUR"))]),
        thing(104, 2, &[("budget", money("1", "USD"))]),
        gone,
    ]);
    let of = |source: &str| shop.selected("maker", source);
    assert_eq!(of("things == 2"), [id(1), id(2)]);
    assert_eq!(of("reds == 1"), [id(1)]);
    assert_eq!(of("stock == 3.5"), [id(1)]);
    assert_eq!(of("stock == 0"), [id(2), id(3)]);
    assert_eq!(of("worth == money('15.25')"), [id(1)]);
    assert_eq!(of("worth == null"), [id(2), id(3)], "amounts of two currencies have no sum");
    assert_eq!(of("first == '2026-03-01'"), [id(1)]);
    let things = |source: &str| shop.selected("thing", source);
    assert_eq!(things("maker.things == 2 && maker.stock < 1"), [id(102), id(104)]);
}

/// The caller sees no maker called `hidden`: one that is reached over a link reads null.
#[nexus_testkit::database_test]
fn a_guard_hides_what_a_filter_reaches_but_not_what_a_declared_field_does(database: On) {
    on(database, guards);
}

fn guards(storage: &Storage) {
    let shop = Shop::new(storage, vec![
        maker(1, "hidden", None),
        maker(2, "seen", Some(1)),
        thing(100, 1, &[]),
        thing(101, 2, &[("watchers", Value::List(vec![Value::Id(id(1))]))]),
    ]);
    let guard = |object: &Object| {
        if object.name.object() != "maker" {
            return Rows::All;
        }
        let scope = Scope { objects: SCHEMA.as_ref(), this: Some(object) };
        Rows::Where(Arc::new(Expr::parse("name != 'hidden'", &scope).unwrap()))
    };
    let select = |source: &str| shop.guarded("thing", source, guard);
    assert!(select("maker.name == 'hidden'").is_empty());
    assert_eq!(select("maker.name == null"), [id(100)]);
    assert_eq!(select("maker.name != 'seen'"), [id(100)]);
    assert!(select("maker.boss.name == 'hidden'").is_empty());
    assert!(select("watchers.exists(w, w.name == 'hidden')").is_empty());
    assert_eq!(select("made_by == 'hidden'"), [id(100)], "a declared field shows what it shows everyone");
}

#[test]
fn a_plain_comparison_stays_bare_so_that_an_index_serves_it() {
    assert_eq!(sql("name == 'a'"), r#""t"."name" = 'a'"#);
    assert_eq!(sql("flag && count > 5"), r#""t"."flag" = TRUE AND "t"."count" > 5"#);
    assert_eq!(sql("qty >= 1.5"), r#""t"."qty" >= 1500000"#);
    assert_eq!(sql("qty > 0.0000001"), r#""t"."qty" > 0"#);
    assert_eq!(sql("kind in ['red', 'blue']"), r#""t"."kind" IN ('red', 'blue')"#);
    assert_eq!(sql("due < today() - days(30)"), r#""t"."due" < '2026-01-11'"#);
    assert_eq!(sql("budget > money('5')"), r#""t"."budget" > 50000 AND "t"."budget_currency" = 'EUR'"#);
    assert_eq!(sql("name != 'a'"), r#"NOT ("t"."name" IS NOT DISTINCT FROM 'a')"#);
}

#[test]
fn an_index_serves_a_plain_comparison() {
    on(On::Sqlite, |storage| {
        let shop = Shop::new(storage, vec![]);
        let file = file(&shop);
        file.execute_batch("CREATE INDEX i0 ON shop__thing (name)").unwrap();
        let plan = |source: &str| -> String {
            let sql = format!("EXPLAIN QUERY PLAN SELECT 1 FROM shop__thing AS t WHERE {}", sql(source));
            let mut statement = file.prepare(&sql).unwrap();
            let rows = statement.query_map([], |row| row.get::<_, String>(3)).unwrap();
            rows.map(Result::unwrap).collect::<Vec<_>>().join("; ")
        };
        assert_eq!(plan("name == 'a' && count > 3"), "SEARCH t USING INDEX i0 (name=?)");
        let linked = plan("maker.name == 'a'");
        assert!(linked.contains("SEARCH t_1 USING PRIMARY KEY (id=?)"), "{linked}");
    });
}

/// The file of a shop, behind the store's back.
fn file(shop: &Shop) -> rusqlite::Connection {
    match shop.database.home() {
        Home::File(path) => rusqlite::Connection::open(path).unwrap(),
        Home::Schema { .. } => panic!("the shop is no file"),
    }
}

#[test]
fn what_the_database_cannot_answer_exactly_is_refused() {
    let remedy = "cannot be used to select rows; store it as a computed field";
    for source in [
        "name.matches('^a')",
        "date(name) == today()",
        "decimal(name) > 1",
        "timestamp(name) > now()",
        "string(budget) == ''",
        "string(at) == ''",
        "string(id) == ''",
        "size(['a', name].filter(x, x == 'a')) == 1",
    ] {
        let message = refused(source);
        assert!(message.contains(remedy) && message.contains(source), "{message}");
    }
    let vars = vars();
    let compile = |source| conditions(&vars, Dialect::Postgres).compile(&parse(source), object("thing"), "t");
    let condition = compile("due < '2026-01-01' && qty * rate > 1 && name < 'b'").unwrap();
    assert_eq!(
        &Query::select().expr(condition).to_string(PostgresQueryBuilder)[7..],
        r#""t"."due" < CAST('2026-01-01' AS date) AND nexus_number('*', nexus_decimal("t"."qty", 6), nexus_decimal("t"."rate", 8)) > CAST(CAST('1' AS text) AS numeric) AND ("t"."name" COLLATE "C") < CAST('b' AS text)"#
    );
}

/// Each level mentions the one before twice, in amount and currency.
#[test]
fn an_expression_that_would_grow_without_bound_is_refused() {
    let mut source = "budget".to_owned();
    for _ in 0..24 {
        source = format!("({source} == price ? budget : price)");
    }
    let message = refused(&format!("{source} == price"));
    assert!(message.contains("an expression of this size"), "{message}");
}

#[nexus_testkit::database_test]
fn the_largest_expressions_run(database: On) {
    on(database, largest);
}

fn largest(storage: &Storage) {
    let shop = Shop::new(storage, vec![thing(100, 1, &[("count", 1.into()), ("name", "a".into())])]);
    for source in [
        vec!["count == 1"; 240].join(" && "),
        vec!["(count == 2 || name == 'a')"; 120].join(" && "),
        vec!["count"; 100].join(" + ") + " == 100",
        format!("{}count == 1{}", "!(".repeat(20), ")".repeat(20)),
        format!("name in [{}'a']", "'b', ".repeat(400)),
    ] {
        assert_eq!(shop.selected("thing", &source), [id(100)], "{source}");
    }
}

#[test]
fn a_condition_limits_an_index() {
    let predicate = |source: &str| index_predicate(&parse(source), object("thing"), Dialect::Sqlite);
    let red = predicate("!(kind in ['red', 'blue']) && name != 'it\\'s \\\\' && flag").unwrap();
    assert_eq!(
        red,
        r#"(NOT COALESCE("kind" IN ('red', 'blue'), FALSE)) AND (NOT ("name" IS NOT DISTINCT FROM 'it''s \')) AND "flag" = TRUE"#
    );
    let limits =
        [red, predicate("budget > 5 || day == null").unwrap(), predicate("qty <= 1.25 && has(maker)").unwrap()];
    on(On::Sqlite, |storage| {
        let file = file(&Shop::new(storage, vec![]));
        for (at, limit) in limits.iter().enumerate() {
            let sql = format!("CREATE UNIQUE INDEX u{at} ON shop__thing (name) WHERE {limit}");
            file.execute_batch(&sql).unwrap_or_else(|error| panic!("{error}: {sql}"));
        }
    });
    for source in [
        "maker.name == 'a'",
        "doubled == 2",
        "due < today()",
        "'a' in tags",
        "name.icontains('a')",
        "budget > money('5')",
    ] {
        assert!(predicate(source).unwrap_err().0.contains("cannot limit an index"), "{source}");
    }
}
