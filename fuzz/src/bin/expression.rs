//! Any text as CEL over an object with fields of every type: it is refused with a message, or its value is of the type
//! that was told before.
#![no_main]

use std::sync::{Arc, LazyLock};

use libfuzzer_sys::fuzz_target;
use nexus_model::expr::{Env, Expr, Scope, Type, Vars};
use nexus_model::schema::AppSource;
use nexus_model::{Object, Record, Schema, Value, json};

const APP: &str = "name = \"Yard\"\nsuite = \"t\"\nicon = \"box\"\nabout = \"a\"\n";
const PARCEL: &str = r#"
label = "Parcel"
title = "name"
[fields]
name = { type = "text" }
story = { type = "long_text" }
page = { type = "rich_text" }
note = { type = "markdown" }
script = { type = "code" }
count = { type = "integer" }
took = { type = "duration" }
stars = { type = "rating" }
exact = { type = "decimal" }
weight = { type = "quantity" }
rate = { type = "rate" }
share = { type = "percent" }
price = { type = "money" }
open = { type = "boolean" }
day = { type = "date" }
at = { type = "datetime" }
size = { type = "choice", of = ["s", "m", "l"] }
sizes = { type = "choices", of = ["s", "m", "l"] }
marks = { type = "tags" }
inside = { type = "link", to = "parcel" }
about = { type = "dynamic_link" }
beside = { type = "links", to = "parcel" }
items = { type = "table", of = "item" }
paper = { type = "file" }
photo = { type = "image" }
signed = { type = "signature" }
place = { type = "address" }
spot = { type = "geo" }
tint = { type = "colour" }
bars = { type = "barcode" }
call = { type = "phone" }
mail = { type = "email" }
link = { type = "url" }
who = { type = "person_name" }
number = { type = "sequence", series = "P-{####}" }
hidden = { type = "secret" }
more = { type = "json" }
"#;
const ITEM: &str = "label = \"Item\"\nchild_of = \"parcel\"\n[fields]\nwhat = { type = \"text\" }\n\
                    number = { type = \"integer\" }\n";

static YARD: LazyLock<(Schema, Arc<Object>, Record)> = LazyLock::new(|| {
    let objects = &[("parcel", PARCEL), ("item", ITEM)];
    let source = AppSource { name: "yard", manifest: APP, objects, ..AppSource::default() };
    let schema = Schema::load(&[source]).expect("the manifests are sound");
    let object = Arc::clone(schema.get("yard.parcel").expect("it was loaded"));
    let mut record = Record::new(Arc::clone(&object));
    let id = "01900000-0000-7000-8000-000000000001";
    let given = serde_json::json!({
        "name": "Kofi's", "story": "long", "page": "<p>rich</p>", "note": "*m*", "script": "x = 1", "count": 7,
        "took": "1:30", "stars": 3, "exact": "1.25", "weight": "1.5", "rate": "0.1", "share": "33.3",
        "price": {"amount": "5.00", "currency": "EUR"}, "open": true, "day": "2026-02-28", "at": "2026-02-28T10:00:00Z",
        "size": "m", "sizes": ["s", "l"], "marks": ["red", "blue"], "inside": id,
        "about": {"object": "yard.parcel", "id": id}, "beside": [id], "paper": id, "photo": id, "signed": id,
        "place": {"city": "Accra", "country": "GH"}, "spot": {"latitude": "5.6", "longitude": "-0.2"},
        "tint": "#1a73e8", "bars": "4006381333931", "call": "+233201234567", "mail": "kofi@example.com",
        "link": "https://example.com/", "who": "Kofi Mensah", "more": {"a": [1, null]}
    });
    for (name, value) in given.as_object().expect("an object") {
        let field = object.field(name).expect("a field");
        record.set(name, json::parse(field, value).expect("a value"));
    }
    let mut item = Record::new(Arc::clone(schema.get("yard.item").expect("it was loaded")));
    item.set("what", "rope".to_owned());
    item.set("number", 2);
    record.set("items", Value::Rows(vec![item]));
    (schema, object, record)
});

/// Whether a value is of a type. Anything may have no value.
fn is_of(value: &Value, ty: &Type) -> bool {
    match (value, ty) {
        (Value::Null, _)
        | (Value::Bool(_), Type::Bool)
        | (Value::Int(_), Type::Int)
        | (Value::Decimal(_), Type::Decimal)
        | (Value::Money(_), Type::Money)
        | (Value::Text(_), Type::Text)
        | (Value::Date(_), Type::Date)
        | (Value::DateTime(_), Type::DateTime)
        | (Value::Id(_), Type::Id | Type::Record(_))
        | (Value::Leads(..), Type::Id)
        | (Value::Address(_), Type::Address)
        | (Value::Geo(_) | Value::Json(_), Type::Json) => true,
        (Value::List(items), Type::List(of)) => items.iter().all(|item| is_of(item, of)),
        (Value::Rows(rows), Type::Rows(of)) => rows.iter().all(|row| row.object().name == *of),
        _ => false,
    }
}

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (schema, object, record) = &*YARD;
    let expr = match Expr::parse(text, &Scope { objects: schema, this: Some(object) }) {
        Ok(expr) => expr,
        Err(error) => return assert!(!error.message.is_empty()),
    };
    let vars = Vars::default();
    let env = Env { record: Some(record), vars: &vars, linked: &|_, _| None };
    let value = expr.eval(&env);
    assert!(is_of(&value, expr.ty()), "{text:?} is {value:?}, told as {}", expr.ty());
    // What it was read from reads the same again.
    let again = Expr::parse(expr.source(), &Scope { objects: schema, this: Some(object) });
    assert_eq!(again.expect("it was read before").ty(), expr.ty());
});
