//! A schema with lists, rows and numbers, and records for it.

use std::sync::{Arc, LazyLock};

use futures::FutureExt;
use nexus_model::schema::AppSource;
use nexus_model::{Record, Schema, Timestamp, Uuid, Value};
use nexus_store::{Change, Database, Home, Limits, NewEvent, Query, Rows, StoreError, Tx, Verb, Verdict};

const CORE: &str = "name = \"Core\"\nsuite = \"platform\"\nicon = \"box\"\nabout = \"Users.\"\n";
const USER: &str = "label = \"User\"\ntitle = \"name\"\n[fields]\nname = { type = \"text\" }\n";
const APP: &str = "name = \"Shelf\"\nsuite = \"platform\"\nicon = \"box\"\nabout = \"Books.\"\n";
const BOOK: &str = r#"
label = "Book"
title = "name"
[fields]
name = { type = "text", unique = true }
price = { type = "money" }
bought = { type = "date" }
read_at = { type = "datetime" }
lent = { type = "boolean" }
notes = { type = "json" }
tags = { type = "tags" }
chapters = { type = "table", of = "chapter" }
"#;
const CHAPTER: &str = r#"
label = "Chapter"
title = "name"
child_of = "book"
[fields]
name = { type = "text" }
weight = { type = "quantity" }
"#;

pub(crate) static SCHEMA: LazyLock<Arc<Schema>> = LazyLock::new(|| {
    let sources = [
        AppSource { name: "core", manifest: CORE, objects: &[("user", USER)], ..Default::default() },
        AppSource {
            name: "shelf",
            manifest: APP,
            objects: &[("book", BOOK), ("chapter", CHAPTER)],
            ..Default::default()
        },
    ];
    Arc::new(Schema::load(&sources).unwrap_or_else(|errors| panic!("{errors:?}")))
});

pub(crate) fn books(home: &Home) -> Arc<Database> {
    let opened = Database::open(home, Arc::clone(&SCHEMA), Limits::default());
    opened.unwrap_or_else(|error| panic!("{error}")).0
}

/// Writes so many books with tags, a chapter, an event and a step each, as one change.
pub(crate) async fn try_add(database: &Arc<Database>, books: usize) -> Result<(), StoreError> {
    let work = move |mut tx: Tx| {
        async move {
            for number in 0..books {
                add_book(&mut tx, number).await.unwrap_or_else(|error| panic!("{error}"));
            }
            (Verdict::Keep, ())
        }
        .boxed()
    };
    database.write(work).await
}

pub(crate) async fn add(database: &Arc<Database>, books: usize) {
    try_add(database, books).await.unwrap_or_else(|error| panic!("{error}"));
}

async fn add_book(tx: &mut Tx, number: usize) -> Result<(), StoreError> {
    let schema = Arc::clone(tx.schema());
    let (id, now) = (Uuid::now_v7(), Timestamp::from_microsecond(Timestamp::now().as_microsecond()).expect("now"));
    let place = tx.next_number("books").await?;
    let mut chapter = Record::new(Arc::clone(schema.get("shelf.chapter").expect("chapters")));
    chapter.set("id", Uuid::now_v7());
    chapter.set("parent", id);
    chapter.set("position", 0_i64);
    chapter.set("name", "ß, \u{1F4D6} and \"quotes\"");
    chapter.set("weight", Value::Decimal("0.000001".parse().expect("a number")));
    let mut book = Record::new(Arc::clone(schema.get("shelf.book").expect("books")));
    book.set("id", id);
    book.set("version", 1);
    book.set("created_at", now);
    book.set("updated_at", now);
    book.set("name", format!("book {place}").as_str());
    let price = nexus_model::Money::new("-12.3456".parse().expect("an amount"), "KES".parse().expect("a currency"));
    book.set("price", Value::Money(price));
    book.set("bought", Value::Date("0000-02-29".parse().expect("a day")));
    book.set("read_at", Value::DateTime("1969-12-31T23:59:59.999999Z".parse().expect("a moment")));
    book.set("lent", number.is_multiple_of(2));
    book.set("notes", Value::Json(serde_json::json!({"b": 1.0, "a": [null, "\u{0}", 1e300]})));
    book.set("tags", Value::List(vec!["b".into(), "a".into()]));
    book.set("chapters", Value::Rows(vec![chapter]));
    let change = Change { field: "name".to_owned(), from: serde_json::Value::Null, to: "book \u{0}".into() };
    tx.append(&NewEvent {
        at: now,
        run: id,
        step: 0,
        action: "shelf.create_book".to_owned(),
        verb: Verb::Create,
        object: "shelf.book".to_owned(),
        record: id,
        version: 1,
        principal: Uuid::nil(),
        changes: vec![change],
    })
    .await?;
    tx.insert(&book).await
}

pub(crate) async fn count(database: &Arc<Database>) -> u64 {
    let look = |mut tx: Tx| {
        async move {
            let schema = Arc::clone(tx.schema());
            let query = Query {
                object: schema.get("shelf.book").expect("books"),
                filters: Vec::new(),
                sort: Vec::new(),
                after: None,
                limit: 1,
                fields: Vec::new(),
                deleted: false,
                vars: &nexus_model::expr::Vars::default(),
                guard: &|_| Rows::All,
            };
            tx.count(&query, None).await.expect("a count")
        }
        .boxed()
    };
    database.read(look).await.expect("a snapshot")
}
