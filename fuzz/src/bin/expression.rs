//! Any text as CEL over an object: it is refused with a message, or its value is of the type that was told before.
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
count = { type = "integer" }
weight = { type = "quantity" }
share = { type = "percent" }
price = { type = "money" }
day = { type = "date" }
at = { type = "datetime" }
open = { type = "boolean" }
size = { type = "choice", of = ["s", "m", "l"] }
marks = { type = "tags" }
place = { type = "address" }
inside = { type = "link", to = "parcel" }
items = { type = "table", of = "item" }
"#;
const ITEM: &str = "label = \"Item\"\nchild_of = \"parcel\"\n[fields]\nwhat = { type = \"text\" }\n\
                    number = { type = \"integer\" }\n";

static YARD: LazyLock<(Schema, Arc<Object>, Record)> = LazyLock::new(|| {
    let objects = &[("parcel", PARCEL), ("item", ITEM)];
    let source = AppSource { name: "yard", manifest: APP, objects, ..AppSource::default() };
    let schema = Schema::load(&[source]).expect("the manifests are sound");
    let object = Arc::clone(schema.get("yard.parcel").expect("it was loaded"));
    let mut record = Record::new(Arc::clone(&object));
    let given = serde_json::json!({
        "name": "Kofi's", "count": 7, "weight": "1.5", "share": "33.3", "day": "2026-02-28",
        "at": "2026-02-28T10:00:00Z", "open": true, "size": "m", "marks": ["red", "blue"]
    });
    for (name, value) in given.as_object().expect("an object") {
        let field = object.field(name).expect("a field");
        record.set(name, json::parse(field, value).expect("a value"));
    }
    (schema, object, record)
});

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
    let fits = match (&value, expr.ty()) {
        (Value::Null, _) => true,
        (Value::Bool(_), ty) => *ty == Type::Bool,
        (Value::Int(_), ty) => *ty == Type::Int,
        (Value::Money(_), ty) => *ty == Type::Money,
        (Value::Date(_), ty) => *ty == Type::Date,
        (Value::DateTime(_), ty) => *ty == Type::DateTime,
        _ => true,
    };
    assert!(fits, "{text:?} is {value:?}, told as {}", expr.ty());
    // What it was read from reads the same again.
    let again = Expr::parse(expr.source(), &Scope { objects: schema, this: Some(object) });
    assert_eq!(again.expect("it was read before").ty(), expr.ty());
});
