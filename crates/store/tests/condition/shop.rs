//! A schema with a field of every type, records for it, and a database that holds them.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use futures::future::BoxFuture;
use nexus_model::expr::{Env, Expr, Scope, Vars};
use nexus_model::schema::AppSource;
use nexus_model::value::Address;
use nexus_model::{Money, Object, ObjectName, Record, Schema, Uuid, Value};
use nexus_store::{Conditions, Database, Dialect, Filter, Limits, Query, Rows, Storage, Tx, Verdict};

const CORE: &str = r#"
name = "Core"
suite = "platform"
icon = "home"
about = "Users."
"#;
const USER: &str = r#"
label = "User"
title = "name"
[fields]
name = { type = "text" }
"#;
const SHOP: &str = r#"
name = "Shop"
suite = "business"
icon = "home"
about = "Everything that can be a field."
"#;
const THING: &str = r#"
label = "Thing"
title = "name"
[fields]
name = { type = "text" }
note = { type = "long_text" }
kind = { type = "choice", of = ["red", "green", "blue"] }
count = { type = "integer" }
other_count = { type = "integer" }
qty = { type = "quantity" }
rate = { type = "rate" }
share = { type = "percent" }
budget = { type = "money" }
price = { type = "money" }
flag = { type = "boolean" }
sure = { type = "boolean" }
day = { type = "date" }
due = { type = "date" }
at = { type = "datetime" }
seen = { type = "datetime" }
place = { type = "address" }
maker = { type = "link", to = "maker" }
second = { type = "link", to = "maker" }
watchers = { type = "links", to = "maker" }
tags = { type = "tags" }
colours = { type = "choices", of = ["red", "green", "blue"] }
lines = { type = "table", of = "line" }
extra = { type = "json" }
doubled = { type = "integer", computed = "count * 2" }
again = { type = "integer", computed = "doubled + 1" }
answer = { type = "integer", computed = "41 + 1" }
part = { type = "decimal", computed = "qty / rate" }
total = { type = "money", computed = "budget * qty" }
sum = { type = "money", computed = "budget + price" }
shout = { type = "text", computed = "name + '!'" }
late = { type = "boolean", computed = "due < today()" }
tomorrow = { type = "date", computed = "day + days(1)" }
made_by = { type = "text", computed = "maker.name" }
has_lines = { type = "boolean", computed = "lines.exists(l, l.quantity > 1)" }
"#;
const MAKER: &str = r#"
label = "Maker"
title = "name"
[fields]
name = { type = "text" }
count = { type = "integer" }
qty = { type = "quantity" }
budget = { type = "money" }
flag = { type = "boolean" }
day = { type = "date" }
place = { type = "address" }
boss = { type = "link", to = "maker" }
tags = { type = "tags" }
loud = { type = "text", computed = "name + '?'" }
answer = { type = "integer", computed = "42" }
half = { type = "money", computed = "budget * 0.5" }
things = { type = "integer", rollup = { over = "thing.maker", count = true } }
reds = { type = "integer", rollup = { over = "thing.maker", count = true, when = "kind == 'red'" } }
stock = { type = "quantity", rollup = { over = "thing.maker", sum = "qty" } }
worth = { type = "money", rollup = { over = "thing.maker", sum = "budget" } }
first = { type = "date", rollup = { over = "thing.maker", min = "day" } }
"#;
const LINE: &str = r#"
label = "Line"
title = "product"
child_of = "thing"
[fields]
product = { type = "text" }
quantity = { type = "quantity" }
amount = { type = "money" }
number = { type = "integer" }
maker = { type = "link", to = "maker" }
big = { type = "boolean", computed = "quantity > 1 && parent.count > 0" }
"#;

pub(crate) static SCHEMA: LazyLock<Arc<Schema>> = LazyLock::new(|| {
    let sources = [
        AppSource { name: "core", manifest: CORE, objects: &[("user", USER)], ..Default::default() },
        AppSource {
            name: "shop",
            manifest: SHOP,
            objects: &[("thing", THING), ("maker", MAKER), ("line", LINE)],
            ..Default::default()
        },
    ];
    Arc::new(Schema::load(&sources).unwrap_or_else(|errors| panic!("{errors:#?}")))
});

pub(crate) const DIALECTS: [Dialect; 2] = [Dialect::Sqlite, Dialect::Postgres];

pub(crate) fn object(name: &str) -> &'static Arc<Object> {
    SCHEMA.get(&format!("shop.{name}")).unwrap()
}

/// Ids 1 to 99 are makers, 100 to 999 things, above that lines.
pub(crate) fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + number)
}

pub(crate) fn money(amount: &str, currency: &str) -> Value {
    Value::Money(Money::new(amount.parse().unwrap(), currency.parse().unwrap()))
}

pub(crate) fn vars() -> Vars {
    Vars {
        user: Some(id(1)),
        teams: vec![id(1), id(3)],
        roles: vec!["a".to_owned(), "red".to_owned()],
        company: None,
        companies: Vec::new(),
        creates: ["shop.thing".to_owned(), "red".to_owned()].into(),
        currency: "EUR".parse().ok(),
        now: "2026-02-10T12:00:00.0000019Z".parse().unwrap(),
        today: "2026-02-10".parse().unwrap(),
    }
}

/// Records in memory and the same records in a database.
pub(crate) struct Shop {
    pub(crate) database: Arc<Database>,
    pub(crate) things: Vec<Arc<Record>>,
    all: HashMap<(ObjectName, Uuid), Arc<Record>>,
}

/// Everybody sees everything.
fn unguarded(_: &Object) -> Rows {
    Rows::All
}

impl Shop {
    /// Called on a thread of a runtime, as the other functions that ask the database.
    pub(crate) fn new(storage: &Storage, records: Vec<Record>) -> Shop {
        let home = storage.tenant(&format!("shop-{}", Uuid::now_v7().simple()));
        let (database, _) = Database::open(&home, Arc::clone(&SCHEMA), Limits::default()).unwrap();
        let mut things = Vec::new();
        let mut all = HashMap::new();
        for record in &records {
            let record = Arc::new(record.clone());
            if record.object().name.object() == "thing" {
                things.push(Arc::clone(&record));
            }
            all.insert((record.object().name.clone(), record.id()), Arc::clone(&record));
            let rows = record.values().iter().flat_map(Value::as_rows);
            all.extend(rows.map(|row| ((row.object().name.clone(), row.id()), Arc::new(row.clone()))));
        }
        let insert = move |mut tx: Tx| -> BoxFuture<'static, _> {
            Box::pin(async move {
                for record in &records {
                    tx.insert(record).await.unwrap();
                }
                (Verdict::Keep, ())
            })
        };
        wait(database.write(insert)).unwrap();
        Shop { database, things, all }
    }

    /// The things, in order, for which the condition holds in memory.
    pub(crate) fn held(&self, expr: &Expr, vars: &Vars) -> Vec<Uuid> {
        let linked = |object: &ObjectName, id: Uuid| self.all.get(&(object.clone(), id)).cloned();
        let holds = |thing: &&Arc<Record>| expr.holds(&Env { record: Some(thing), vars, linked: &linked });
        self.things.iter().filter(holds).map(|thing| thing.id()).collect()
    }

    pub(crate) fn eval(&self, expr: &Expr, record: &Record, vars: &Vars) -> Value {
        let linked = |object: &ObjectName, id: Uuid| self.all.get(&(object.clone(), id)).cloned();
        expr.eval(&Env { record: Some(record), vars, linked: &linked })
    }

    /// The ids that a condition selects, in order.
    pub(crate) fn selected(&self, of: &str, source: &str) -> Vec<Uuid> {
        self.guarded(of, source, unguarded)
    }

    /// The same for somebody who sees of other objects what `guard` says.
    pub(crate) fn guarded(&self, of: &str, source: &str, guard: fn(&Object) -> Rows) -> Vec<Uuid> {
        let scope = Scope { objects: SCHEMA.as_ref(), this: Some(object(of)) };
        let expr = Expr::parse(source, &scope).unwrap_or_else(|error| panic!("{source}: {error}"));
        self.find(of, vec![Filter::Where(Arc::new(expr))], vec![0], guard).iter().map(Record::id).collect()
    }

    /// Every record of an object with all its fields.
    pub(crate) fn stored(&self, of: &str) -> Vec<Record> {
        self.find(of, Vec::new(), Vec::new(), unguarded)
    }

    fn find(&self, of: &str, filters: Vec<Filter>, fields: Vec<usize>, guard: fn(&Object) -> Rows) -> Vec<Record> {
        let object = object(of);
        let asked = format!("{filters:?}");
        let look = move |mut tx: Tx| -> BoxFuture<'static, _> {
            Box::pin(async move {
                let vars = &vars();
                let query = Query {
                    object,
                    filters,
                    sort: vec![],
                    after: None,
                    limit: 999,
                    fields,
                    deleted: false,
                    vars,
                    guard: &guard,
                };
                tx.find(&query).await
            })
        };
        wait(self.database.read(look)).unwrap().unwrap_or_else(|error| panic!("{error}: {asked}"))
    }
}

/// The answer of a database, waited for where nothing can be awaited.
fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(future))
}

pub(crate) fn parse(source: &str) -> Expr {
    let scope = Scope { objects: SCHEMA.as_ref(), this: Some(object("thing")) };
    Expr::parse(source, &scope).unwrap_or_else(|error| panic!("{source}: {error}"))
}

pub(crate) fn conditions(vars: &Vars, dialect: Dialect) -> Conditions<'_> {
    Conditions { schema: &SCHEMA, vars, dialect, guard: None }
}

pub(crate) fn address(city: Option<&str>, country: Option<&str>) -> Value {
    let own = |part: Option<&str>| part.map(str::to_owned);
    let address = Address { city: own(city), country: own(country), ..Address::default() };
    if address.is_empty() { Value::Null } else { Value::Address(Box::new(address)) }
}
