//! Texts of statements are kept by their shape; what is bound to them is each question's own.

use std::sync::Arc;

use futures::FutureExt;
use nexus_model::expr::Vars;
use nexus_model::schema::AppSource;
use nexus_model::{Record, Schema, Timestamp, Uuid, Value};
use nexus_store::{Database, Filter, Limits, Query, Rows, Tx, Verdict};
use nexus_testkit::On;

const CORE: &str = "name = \"Core\"\nsuite = \"platform\"\nicon = \"box\"\nabout = \"Users.\"\n";
const USER: &str = "label = \"User\"\ntitle = \"name\"\n[fields]\nname = { type = \"text\" }\n";
const APP: &str = "name = \"Desk\"\nsuite = \"platform\"\nicon = \"box\"\nabout = \"Loans.\"\n";
const LOAN: &str = r#"
label = "Loan"
title = "name"
[fields]
name = { type = "text" }
due = { type = "date" }
heading = { type = "text", computed = "name + ', due'" }
late = { type = "boolean", computed = "due < today()" }
"#;

/// Name, heading and lateness of the loans with these ids, as they are read on a day.
async fn read(database: &Arc<Database>, ids: Vec<Uuid>, today: &str) -> Vec<[Value; 3]> {
    let vars = Vars { today: today.parse().expect("a day"), ..Vars::default() };
    let look = move |mut tx: Tx| {
        async move {
            let schema = Arc::clone(tx.schema());
            let query = Query {
                object: schema.get("desk.loan").expect("loans"),
                limit: ids.len(),
                filters: vec![Filter::Ids(ids)],
                sort: vec![("name".to_owned(), false)],
                after: None,
                fields: Vec::new(),
                deleted: false,
                vars: &vars,
                guard: &|_| Rows::All,
            };
            tx.find(&query).await.expect("loans")
        }
        .boxed()
    };
    let found: Vec<Record> = database.read(look).await.expect("a snapshot");
    found.iter().map(|loan| ["name", "heading", "late"].map(|field| loan.get(field).clone())).collect()
}

#[nexus_testkit::database_test]
fn a_kept_text_binds_what_each_question_has(on: On) {
    on.run(|storage| async move {
        let sources = [
            AppSource { name: "core", manifest: CORE, objects: &[("user", USER)], ..Default::default() },
            AppSource { name: "desk", manifest: APP, objects: &[("loan", LOAN)], ..Default::default() },
        ];
        let schema = Arc::new(Schema::load(&sources).unwrap_or_else(|errors| panic!("{errors:?}")));
        let opened = Database::open(&storage.tenant("desk"), Arc::clone(&schema), Limits::default());
        let database = opened.expect("the database opens").0;
        let loans: Vec<Record> =
            [("atlas", "2026-03-01"), ("bible", "2026-05-01")].map(|loan| lent(&schema, loan)).into();
        let ids: Vec<Uuid> = loans.iter().map(Record::id).collect();
        let write = move |mut tx: Tx| {
            async move {
                for loan in &loans {
                    tx.insert(loan).await.expect("stored");
                }
                (Verdict::Keep, ())
            }
            .boxed()
        };
        database.write(write).await.expect("kept");
        let row = |name: &str, late: bool| [Value::from(name), Value::from(format!("{name}, due")), Value::from(late)];
        // The same shape with another day, with other ids, and another shape.
        assert_eq!(read(&database, vec![ids[0]], "2026-03-01").await, [row("atlas", false)]);
        assert_eq!(read(&database, vec![ids[0]], "2026-03-02").await, [row("atlas", true)]);
        assert_eq!(read(&database, vec![ids[1]], "2026-03-02").await, [row("bible", false)]);
        assert_eq!(read(&database, ids.clone(), "2026-05-02").await, [row("atlas", true), row("bible", true)]);
        assert_eq!(read(&database, ids, "2026-04-01").await, [row("atlas", true), row("bible", false)]);
    });
}

fn lent(schema: &Arc<Schema>, (name, due): (&str, &str)) -> Record {
    let mut loan = Record::new(Arc::clone(schema.get("desk.loan").expect("loans")));
    let now = Timestamp::now();
    loan.set("id", Uuid::now_v7());
    loan.set("version", 1);
    loan.set("created_at", now);
    loan.set("updated_at", now);
    loan.set("name", name);
    loan.set("due", Value::Date(due.parse().expect("a day")));
    loan
}
