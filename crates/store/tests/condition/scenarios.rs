//! Single conditions with known answers: virtual fields, guards, indexes, refusals, limits.

use nexus_model::expr::{Expr, Scope};
use nexus_model::{Object, Record, Value};
use nexus_store::Conditions;
use nexus_store::condition::{CompileError, Dialect, index_predicate};
use rusqlite::types::Value as Cell;
use sea_query::{Alias, Expr as Sql, ExprTrait, PostgresQueryBuilder, Query, SqliteQueryBuilder};

use crate::random::{self, Random};
use crate::shop::{SCHEMA, Shop, conditions, id, money, object, parse, stored, vars};

fn column(alias: &str, name: &str) -> Sql {
    Sql::col((Alias::new(alias), Alias::new(name)))
}

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
    match conditions(&vars).compile(&parse(source), object("thing"), "t") {
        Err(CompileError(message)) => message,
        Ok(_) => panic!("{source} compiled"),
    }
}

fn sql(source: &str) -> String {
    let vars = vars();
    let condition = conditions(&vars).compile(&parse(source), object("thing"), "t").unwrap();
    Query::select().expr(condition).to_string(SqliteQueryBuilder)[7..].to_owned()
}

/// Every virtual field of every record, from the database and from memory.
#[test]
fn a_virtual_field_is_the_same_in_both() {
    let vars = vars();
    let mut compared = 0;
    for seed in 0..8 {
        let records = random::records(&mut Random::new(seed));
        let shop = Shop::new(records.clone());
        for record in &records {
            let object = record.object();
            for field in object.fields.iter().filter(|field| field.is_virtual() && field.rollup.is_none()) {
                let columns = conditions(&vars).virtual_columns(field, object, "t").unwrap();
                let mut select = Query::select();
                select.from_as(Alias::new(object.table()), Alias::new("t")).exprs(columns);
                select.and_where(column("t", "id").eq(record.id()));
                let found = shop.rows(&select).remove(0);
                let scope = Scope { objects: &*SCHEMA, this: Some(object) };
                let value = shop.eval(&Expr::parse(&field.name, &scope).unwrap(), record, &vars);
                let plain = nexus_model::Field { computed: None, ..field.clone() };
                let expected: Vec<Cell> = match &value {
                    Value::Money(amount) => {
                        let kind = plain.columns()[0].kind;
                        vec![stored(&value, kind), Cell::Text(amount.currency.code().to_owned())]
                    }
                    value => plain.columns().iter().map(|column| stored(value, column.kind)).collect(),
                };
                assert_eq!(found, expected, "{}.{} of {record:?}", object.name, field.name);
                compared += 1;
            }
        }
    }
    assert_eq!(compared, 8 * (40 * 11 + 10 * 3));
}

#[test]
fn a_rollup_counts_the_live_records_that_link_here() {
    let quantity = |text: &str| Value::Decimal(text.parse().unwrap());
    let date = |text: &str| Value::Date(text.parse().unwrap());
    let mut gone = thing(103, 1, &[("qty", quantity("100"))]);
    gone.set("deleted_at", "2026-01-01T00:00:00Z".parse::<nexus_model::Timestamp>().unwrap());
    let shop = Shop::new(vec![
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
    let vars = vars();
    let of = |source: &str| {
        let scope = Scope { objects: &*SCHEMA, this: Some(object("maker")) };
        let expr = Expr::parse(source, &scope).unwrap();
        let condition = conditions(&vars).compile(&expr, object("maker"), "t").unwrap();
        shop.selected(condition, "shop__maker")
    };
    assert_eq!(of("things == 2"), [id(1), id(2)]);
    assert_eq!(of("reds == 1"), [id(1)]);
    assert_eq!(of("stock == 3.5"), [id(1)]);
    assert_eq!(of("stock == 0"), [id(2), id(3)]);
    assert_eq!(of("worth == money('15.25')"), [id(1)]);
    assert_eq!(of("worth == null"), [id(2), id(3)], "amounts of two currencies have no sum");
    assert_eq!(of("first == '2026-03-01'"), [id(1)]);
    let things = |source: &str| {
        let condition = conditions(&vars).compile(&parse(source), object("thing"), "t").unwrap();
        shop.selected(condition, "shop__thing")
    };
    assert_eq!(things("maker.things == 2 && maker.stock < 1"), [id(102), id(104)]);
}

/// The caller sees no maker called `hidden`: one that is reached over a link reads null.
#[test]
fn a_guard_hides_what_a_filter_reaches_but_not_what_a_declared_field_does() {
    let shop = Shop::new(vec![
        maker(1, "hidden", None),
        maker(2, "seen", Some(1)),
        thing(100, 1, &[]),
        thing(101, 2, &[("watchers", Value::List(vec![Value::Id(id(1))]))]),
    ]);
    let vars = vars();
    let guard = |object: &Object, alias: &str| -> Option<Sql> {
        (object.name.object() == "maker").then(|| column(alias, "name").ne("hidden"))
    };
    let guarded = Conditions { guard: Some(&guard), ..conditions(&vars) };
    let select = |source: &str| {
        let condition = guarded.compile(&parse(source), object("thing"), "t").unwrap();
        shop.selected(condition, "shop__thing")
    };
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
    let shop = Shop::new(vec![]);
    let all = "\"shop__thing\" (\"name\"), \"shop__maker\" (\"id\")";
    for (at, index) in all.split(", ").enumerate() {
        shop.connection.execute_batch(&format!("CREATE INDEX i{at} ON {index}")).unwrap();
    }
    let plan = |source: &str| -> String {
        let sql = format!("EXPLAIN QUERY PLAN SELECT 1 FROM shop__thing AS t WHERE {}", sql(source));
        let mut statement = shop.connection.prepare(&sql).unwrap();
        let rows = statement.query_map([], |row| row.get::<_, String>(3)).unwrap();
        rows.map(Result::unwrap).collect::<Vec<_>>().join("; ")
    };
    assert_eq!(plan("name == 'a' && count > 3"), "SEARCH t USING INDEX i0 (name=?)");
    assert!(plan("maker.name == 'a'").contains("SEARCH t_1 USING INDEX i1 (id=?)"), "{}", plan("maker.name == 'a'"));
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
    let postgres = Conditions { dialect: Dialect::Postgres, ..conditions(&vars) };
    let compile = |source: &str| postgres.compile(&parse(source), object("thing"), "t");
    assert!(compile("qty / rate > 1").is_err());
    let condition = compile("due < '2026-01-01' && qty * rate > 1 && name < 'b'").unwrap();
    assert_eq!(
        &Query::select().expr(condition).to_string(PostgresQueryBuilder)[7..],
        r#""t"."due" < CAST('2026-01-01' AS date) AND nexus_number('*', nexus_decimal("t"."qty", 6), nexus_decimal("t"."rate", 8)) > CAST('1' AS numeric) AND ("t"."name" COLLATE "C") < 'b'"#
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

#[test]
fn the_largest_expressions_run() {
    let vars = vars();
    let shop = Shop::new(vec![thing(100, 1, &[("count", 1.into()), ("name", "a".into())])]);
    for source in [
        vec!["count == 1"; 240].join(" && "),
        vec!["(count == 2 || name == 'a')"; 120].join(" && "),
        vec!["count"; 100].join(" + ") + " == 100",
        format!("{}count == 1{}", "!(".repeat(20), ")".repeat(20)),
        format!("name in [{}'a']", "'b', ".repeat(400)),
    ] {
        let expr = parse(&source);
        let condition = conditions(&vars).compile(&expr, object("thing"), "t").unwrap();
        assert_eq!(shop.selected(condition, "shop__thing"), [id(100)], "{source}");
    }
}

#[test]
fn a_condition_limits_an_index() {
    let predicate = |source: &str| index_predicate(&parse(source), object("thing"));
    let red = predicate("!(kind in ['red', 'blue']) && name != 'it\\'s \\\\' && flag").unwrap();
    assert_eq!(
        red,
        r#"(NOT COALESCE("kind" IN ('red', 'blue'), FALSE)) AND (NOT ("name" IS NOT DISTINCT FROM 'it''s \')) AND "flag" = TRUE"#
    );
    let shop = Shop::new(vec![]);
    let limits =
        [red, predicate("budget > 5 || day == null").unwrap(), predicate("qty <= 1.25 && has(maker)").unwrap()];
    for (at, limit) in limits.iter().enumerate() {
        let sql = format!("CREATE UNIQUE INDEX u{at} ON shop__thing (name) WHERE {limit}");
        shop.connection.execute_batch(&sql).unwrap_or_else(|error| panic!("{error}: {sql}"));
    }
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

#[test]
fn a_value_orders_as_its_expression_does() {
    let quantity = |text: &str| Value::Decimal(text.parse().unwrap());
    let shop = Shop::new(vec![
        thing(100, 1, &[("qty", quantity("9")), ("budget", money("2", "EUR"))]),
        thing(101, 1, &[("qty", quantity("10")), ("budget", money("-1", "EUR"))]),
    ]);
    let vars = vars();
    for (source, first) in
        [("qty * 2", 100), ("qty + 0.5", 100), ("budget", 101), ("budget * 3", 101), ("0 - count", 100)]
    {
        let value = conditions(&vars).value(&parse(source), object("thing"), "t").unwrap();
        let mut select = Query::select();
        select.column(Alias::new("id")).from_as(Alias::new("shop__thing"), Alias::new("t"));
        select.order_by_expr(value, sea_query::Order::Asc).order_by(Alias::new("id"), sea_query::Order::Asc);
        assert_eq!(shop.rows(&select)[0][0], Cell::Blob(id(first).as_bytes().to_vec()), "{source}");
    }
}
