//! A schema with a field of every type, records for it, and a database that holds them.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use nexus_model::expr::{Env, Expr, Scope, Vars};
use nexus_model::field::{ColumnType, Field, FieldType};
use nexus_model::schema::AppSource;
use nexus_model::value::{ADDRESS_PARTS, Address, to_scaled};
use nexus_model::{Decimal, Money, Object, ObjectName, Record, Schema, Uuid, Value};
use nexus_store::Conditions;
use nexus_store::condition::{Dialect, register};
use rusqlite::Connection;
use rusqlite::types::Value as Cell;
use sea_query::{Alias, Expr as Sql, Query, SqliteQueryBuilder};

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

pub(crate) static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
    let sources = [
        AppSource { name: "core", manifest: CORE, objects: &[("user", USER)] },
        AppSource { name: "shop", manifest: SHOP, objects: &[("thing", THING), ("maker", MAKER), ("line", LINE)] },
    ];
    Schema::load(&sources).unwrap_or_else(|errors| panic!("{errors:#?}"))
});

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
        currency: "EUR".parse().ok(),
        now: "2026-02-10T12:00:00.0000019Z".parse().unwrap(),
        today: "2026-02-10".parse().unwrap(),
    }
}

/// Records in memory and the same records in a database.
pub(crate) struct Shop {
    pub(crate) connection: Connection,
    pub(crate) things: Vec<Arc<Record>>,
    all: HashMap<(ObjectName, Uuid), Arc<Record>>,
}

impl Shop {
    pub(crate) fn new(records: Vec<Record>) -> Shop {
        let connection = Connection::open_in_memory().unwrap();
        register(&connection).unwrap();
        for name in ["thing", "maker", "line"] {
            create(&connection, object(name));
        }
        let mut things = Vec::new();
        let mut all = HashMap::new();
        for record in records {
            insert(&connection, &record);
            let record = Arc::new(record);
            if record.object().name.object() == "thing" {
                things.push(Arc::clone(&record));
            }
            all.insert((record.object().name.clone(), record.id()), record);
        }
        Shop { connection, things, all }
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
    pub(crate) fn selected(&self, condition: Sql, table: &str) -> Vec<Uuid> {
        let mut select = Query::select();
        select
            .expr(Sql::col((Alias::new("t"), Alias::new("id"))))
            .from_as(Alias::new(table), Alias::new("t"))
            .and_where(condition)
            .order_by((Alias::new("t"), Alias::new("id")), sea_query::Order::Asc);
        self.rows(&select).into_iter().map(|row| uuid(&row[0])).collect()
    }

    pub(crate) fn rows(&self, select: &sea_query::SelectStatement) -> Vec<Vec<Cell>> {
        let (sql, values) = select.build(SqliteQueryBuilder);
        let mut statement = self.connection.prepare(&sql).unwrap_or_else(|error| panic!("{error}: {sql}"));
        let columns = statement.column_count();
        let cells = values.0.into_iter().map(cell);
        let rows = statement.query_map(rusqlite::params_from_iter(cells), |row| {
            (0..columns).map(|column| row.get(column)).collect::<Result<Vec<Cell>, _>>()
        });
        rows.unwrap().collect::<Result<_, _>>().unwrap_or_else(|error| panic!("{error}: {sql}"))
    }
}

pub(crate) fn parse(source: &str) -> Expr {
    let scope = Scope { objects: &*SCHEMA, this: Some(object("thing")) };
    Expr::parse(source, &scope).unwrap_or_else(|error| panic!("{source}: {error}"))
}

pub(crate) fn conditions(vars: &Vars) -> Conditions<'_> {
    Conditions { schema: &SCHEMA, vars, dialect: Dialect::Sqlite, guard: None }
}

fn uuid(cell: &Cell) -> Uuid {
    match cell {
        Cell::Blob(bytes) => Uuid::from_slice(bytes).unwrap(),
        other => panic!("{other:?} is no id"),
    }
}

fn cell(value: sea_query::Value) -> Cell {
    match value {
        sea_query::Value::Bool(Some(value)) => Cell::Integer(value.into()),
        sea_query::Value::Int(Some(value)) => Cell::Integer(value.into()),
        sea_query::Value::BigInt(Some(value)) => Cell::Integer(value),
        sea_query::Value::String(Some(value)) => Cell::Text(value),
        sea_query::Value::Bytes(Some(value)) => Cell::Blob(value),
        sea_query::Value::Uuid(Some(value)) => Cell::Blob(value.as_bytes().to_vec()),
        sea_query::Value::BigInt(None) | sea_query::Value::String(None) => Cell::Null,
        other => panic!("{other:?} is not bound here"),
    }
}

fn create(connection: &Connection, object: &Object) {
    let kind = |kind: ColumnType| match kind {
        ColumnType::Text | ColumnType::Date | ColumnType::Json => "TEXT",
        ColumnType::Integer | ColumnType::Scaled(_) | ColumnType::DateTime => "BIGINT",
        ColumnType::Boolean => "BOOLEAN",
        ColumnType::Uuid | ColumnType::Bytes => "BLOB",
    };
    let columns: Vec<String> = object
        .fields
        .iter()
        .flat_map(Field::columns)
        .map(|column| format!("\"{}\" {}", column.name, kind(column.kind)))
        .collect();
    let mut sql = format!("CREATE TABLE \"{}\" ({});", object.table(), columns.join(", "));
    for field in object.fields.iter().filter(|field| is_list(field)) {
        let value = if matches!(field.kind, FieldType::Links(_)) { "BLOB" } else { "TEXT" };
        let table = object.list_table(&field.name);
        sql.push_str(&format!("CREATE TABLE \"{table}\" (owner BLOB, position BIGINT, value {value});"));
    }
    connection.execute_batch(&sql).unwrap();
}

fn is_list(field: &Field) -> bool {
    matches!(field.kind, FieldType::Tags | FieldType::Choices(_) | FieldType::Links(_))
}

fn insert(connection: &Connection, record: &Record) {
    let object = record.object();
    let mut names = Vec::new();
    let mut cells = Vec::new();
    for (field, value) in object.fields.iter().zip(record.values()) {
        if let Value::List(items) = value {
            let table = object.list_table(&field.name);
            for (position, item) in items.iter().enumerate() {
                let sql = format!("INSERT INTO \"{table}\" VALUES (?1, ?2, ?3)");
                let owner = stored(&Value::Id(record.id()), ColumnType::Uuid);
                let item = stored(item, ColumnType::Text);
                connection.execute(&sql, (owner, position as i64, item)).unwrap();
            }
        }
        if let Value::Rows(rows) = value {
            for row in rows {
                insert(connection, row);
            }
        }
        let columns = field.columns();
        match value {
            Value::Address(address) => {
                cells.extend(ADDRESS_PARTS.map(|part| address.part(part).map_or(Cell::Null, text)));
            }
            Value::Money(money) => {
                cells.extend([stored(value, columns[0].kind), text(money.currency.code())]);
            }
            Value::Null => cells.extend(columns.iter().map(|_| Cell::Null)),
            value => cells.extend(columns.iter().map(|column| stored(value, column.kind))),
        }
        names.extend(columns.into_iter().map(|column| format!("\"{}\"", column.name)));
    }
    let marks = vec!["?"; names.len()].join(", ");
    let sql = format!("INSERT INTO \"{}\" ({}) VALUES ({marks})", object.table(), names.join(", "));
    connection.execute(&sql, rusqlite::params_from_iter(cells)).unwrap();
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

/// A value as its column stores it.
pub(crate) fn stored(value: &Value, kind: ColumnType) -> Cell {
    let scaled = |amount: Decimal| match kind {
        ColumnType::Scaled(scale) => Cell::Integer(to_scaled(amount, scale).unwrap()),
        other => panic!("{amount} is not stored as {other:?}"),
    };
    match value {
        Value::Null => Cell::Null,
        Value::Bool(value) => Cell::Integer((*value).into()),
        Value::Int(value) => Cell::Integer(*value),
        Value::Decimal(value) => scaled(*value),
        Value::Money(money) => scaled(money.amount),
        Value::Text(value) => text(value),
        Value::Date(value) => Cell::Text(value.to_string()),
        Value::DateTime(value) => Cell::Integer(value.as_microsecond()),
        Value::Id(value) => Cell::Blob(value.as_bytes().to_vec()),
        Value::Json(value) => Cell::Text(value.to_string()),
        other => panic!("{other:?} is not one column"),
    }
}

pub(crate) fn address(city: Option<&str>, country: Option<&str>) -> Value {
    let own = |part: Option<&str>| part.map(str::to_owned);
    let address = Address { city: own(city), country: own(country), ..Address::default() };
    if address.is_empty() { Value::Null } else { Value::Address(Box::new(address)) }
}
