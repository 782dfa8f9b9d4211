//! Undo restores, preview foretells: random runs over records with a field of every type.

use std::collections::BTreeMap;

use nexus_kernel::faces::ListParams;
use nexus_kernel::model::{Problem, Uuid};
use nexus_kernel::serde_json::{Map, Value as Json, json};
use nexus_kernel::{App, AppSource, Call, Kind, Reply, Request};
use nexus_testkit::{On, Tenant};

use crate::dice::Dice;

const APP: &str = "name = \"Yard\"\nsuite = \"platform\"\nicon = \"box\"\nabout = \"Parcels.\"\n";

const PARCEL: &str = r#"
label = "Parcel"
title = "name"
[fields]
name = { type = "text", required = true }
note = { type = "long_text" }
count = { type = "integer" }
weight = { type = "decimal" }
share = { type = "percent" }
price = { type = "money" }
sent = { type = "boolean" }
day = { type = "date" }
at = { type = "datetime" }
size = { type = "choice", of = ["small", "large"] }
marks = { type = "choices", of = ["wet", "hot", "dry"] }
tags = { type = "tags" }
inside = { type = "link", to = "parcel" }
beside = { type = "links", to = "parcel" }
to = { type = "address" }
extra = { type = "json" }
number = { type = "sequence", series = "P-{YYYY}-{####}" }
items = { type = "table", of = "item" }
total = { type = "decimal", rollup = { over = "items", sum = "weight" } }
double = { type = "decimal", computed = "weight * 2", stored = true }
shout = { type = "text", computed = "name + '!'" }
"#;

const ITEM: &str = r#"
label = "Item"
child_of = "parcel"
[fields]
name = { type = "text" }
weight = { type = "decimal" }
tags = { type = "tags" }
near = { type = "link", to = "parcel" }
"#;

pub(crate) fn apps() -> Vec<App> {
    vec![App::new(AppSource {
        name: "yard",
        manifest: APP,
        objects: &[("parcel", PARCEL), ("item", ITEM)],
        ..Default::default()
    })]
}

/// Every live parcel by id, and every deleted one, as text; without what each write renews.
type Yard = (BTreeMap<String, String>, BTreeMap<String, String>);

async fn stored(t: &Tenant) -> Yard {
    let mut found = [BTreeMap::new(), BTreeMap::new()];
    for (deleted, found) in [false, true].into_iter().zip(&mut found) {
        let params =
            ListParams { deleted, expand: Some("items".to_owned()), limit: Some(500), ..ListParams::default() };
        for mut parcel in t.list("yard.parcel", params).await.expect("parcels") {
            let members = parcel.as_object_mut().expect("a record");
            members.shift_remove("version");
            members.shift_remove("updated_at");
            found.insert(parcel["id"].as_str().expect("an id").to_owned(), parcel.to_string());
        }
    }
    let [live, gone] = found;
    (live, gone)
}

/// The number of the newest event.
async fn newest(t: &Tenant) -> i64 {
    let mut after = 0;
    loop {
        let (_, last) = t.kernel.events(&t.tenant, &t.principal, after).await.expect("events");
        if last == after {
            return last;
        }
        after = last;
    }
}

pub(crate) struct Writer<'d> {
    dice: &'d mut Dice,
    /// What links lead to, mostly live.
    live: Vec<Uuid>,
    gone: Vec<Uuid>,
}

impl<'d> Writer<'d> {
    pub(crate) fn new(dice: &'d mut Dice) -> Writer<'d> {
        Writer { live: Vec::new(), gone: Vec::new(), dice }
    }

    fn value(&mut self, field: &str) -> Json {
        if self.dice.one_in(5) && field != "name" {
            return Json::Null;
        }
        let dice = &mut *self.dice;
        let decimals = ["0", "1.5", "-2.25", "1000000.000001", "3.10"];
        match field {
            "name" => format!("parcel {}", dice.below(20)).into(),
            "note" => dice.of(&["line one\nline two", " spaced ", "tab\there"]).to_owned().into(),
            "count" => dice.of(&[0, -7, i64::MAX, 12]).to_owned().into(),
            "weight" | "share" => dice.of(&decimals[..if field == "share" { 3 } else { 5 }]).to_owned().into(),
            "price" => {
                json!({"amount": *dice.of(&["0.00", "12.5", "-3.0001", "9.99"]), "currency": *dice.of(&["GBP", "JPY"])})
            }
            "sent" => dice.one_in(2).into(),
            "day" => dice.of(&["2026-02-28", "1969-12-31"]).to_owned().into(),
            "at" => dice.of(&["2026-02-28T10:00:00.000001Z", "1969-12-31T23:59:59Z"]).to_owned().into(),
            "size" => dice.of(&["small", "large"]).to_owned().into(),
            "marks" => dice.some(&["wet", "hot", "dry"], 2).into(),
            "tags" => dice.some(&["b", "a", "c"], 2).into(),
            "to" => json!({"city": *dice.of(&["Mombasa", "Kisumu"]), "country": "KE"}),
            "extra" => dice
                .of(&[json!({}), json!([]), json!(""), json!(0), json!(false), json!({"a": [1, null, "x"], "b": {}})])
                .clone(),
            "inside" | "near" => json!(dice.of(&self.live)),
            "beside" => json!(dice.some(&self.live, 4)),
            other => panic!("{other} is not written"),
        }
    }

    fn fields(&mut self, rarity: usize) -> Map<String, Json> {
        const WRITTEN: [&str; 16] = [
            "name", "note", "count", "weight", "share", "price", "sent", "day", "at", "size", "marks", "tags",
            "inside", "beside", "to", "extra",
        ];
        let chosen = self.dice.some(&WRITTEN, rarity);
        chosen.into_iter().map(|field| (field.to_owned(), self.value(field))).collect()
    }

    /// Rows as a client would send them back: some dropped, some changed, moved or new.
    fn rows(&mut self, old: &[Json]) -> Json {
        let mut rows: Vec<Json> = old.iter().filter(|_| !self.dice.one_in(3)).cloned().collect();
        for row in &mut rows {
            if self.dice.one_in(2) {
                let field = *self.dice.of(&["name", "weight", "tags", "near"]);
                row[field] = self.value(field);
            }
        }
        for _ in 0..self.dice.below(3) {
            let row = json!({"name": "new", "weight": self.value("weight"), "tags": self.value("tags")});
            rows.insert(self.dice.below(rows.len() + 1), row);
        }
        if rows.len() > 1 && self.dice.one_in(2) {
            rows.swap(0, 1);
        }
        rows.into()
    }

    /// A run of several actions on the parcels as they are; not all of such runs are allowed.
    pub(crate) async fn run(&mut self, t: &Tenant) -> Vec<Call> {
        let mut calls = Vec::new();
        let (live, gone) = stored(t).await;
        let ids = |records: BTreeMap<String, String>| records.keys().filter_map(|id| id.parse().ok()).collect();
        (self.live, self.gone) = (ids(live), ids(gone));
        if self.live.is_empty() {
            self.live = self.gone.clone();
        }
        for _ in 0..1 + self.dice.below(5) {
            let record = *self.dice.of(&self.live);
            let (verb, record, input) = match self.dice.below(8) {
                0 | 1 => {
                    let id = self.dice.id();
                    let mut input = self.fields(2);
                    input.insert("name".to_owned(), self.value("name"));
                    input.insert("items".to_owned(), self.rows(&[]));
                    input.insert("id".to_owned(), json!(id));
                    self.live.push(id);
                    ("create", None, input)
                }
                2 => ("delete", Some(record), Map::new()),
                3 if !self.gone.is_empty() => {
                    let at = self.dice.below(self.gone.len());
                    ("restore", Some(self.gone.swap_remove(at)), Map::new())
                }
                _ => {
                    let mut input = self.fields(4);
                    if self.dice.one_in(2) {
                        let now = t.try_get("yard.parcel", record).await.unwrap_or_default();
                        let rows = now.get("items").and_then(Json::as_array).cloned().unwrap_or_default();
                        input.insert("items".to_owned(), self.rows(&rows));
                    }
                    ("update", Some(record), input)
                }
            };
            calls.push(Call { action: format!("yard.{verb}_parcel"), record, input: Json::Object(input) });
        }
        calls
    }
}

fn update(parcel: &Json, input: Json) -> Call {
    let record = parcel["id"].as_str().and_then(|id| id.parse().ok());
    Call { action: "yard.update_parcel".to_owned(), record, input }
}

pub(crate) async fn send(t: &Tenant, calls: &[Call], preview: bool) -> Result<Reply, Problem> {
    t.request(Request { calls: calls.to_vec(), preview, ..Request::default() }).await.0
}

/// What was told of a run, apart from the ids that new rows are given at random.
fn told(changes: &[Json]) -> Vec<Json> {
    let row = |value: &Json| {
        let mut value = value.clone();
        value.as_object_mut().and_then(|row| row.shift_remove("id"));
        value
    };
    let field = |change: &Json| {
        let mut path: Vec<&str> = change["field"].as_str().expect("a field").split('/').collect();
        if path.len() > 1 {
            path[1] = "row";
        }
        json!({"field": path.join("/"), "from": row(&change["from"]), "to": row(&change["to"])})
    };
    let one = |change: &Json| {
        let fields: Vec<Json> = change["fields"].as_array().expect("fields").iter().map(field).collect();
        json!([change["object"], change["record"], change["verb"], change["action"], fields])
    };
    changes.iter().map(one).collect()
}

async fn events_of(t: &Tenant, run: Uuid, after: i64) -> Vec<Json> {
    let (events, _) = t.kernel.events(&t.tenant, &t.principal, after).await.expect("events");
    events.into_iter().filter(|event| event["run"] == json!(run)).collect()
}

/// Runs, undoes and redoes; answers whether the run was allowed.
pub(crate) async fn there_and_back(t: &Tenant, writer: &mut Writer<'_>) -> bool {
    let calls = writer.run(t).await;
    let (before, seq) = (stored(t).await, newest(t).await);
    let preview = send(t, &calls, true).await;
    assert_eq!(stored(t).await, before, "a preview leaves the records as they are");
    assert_eq!(newest(t).await, seq, "a preview leaves no event");

    let reply = send(t, &calls, false).await;
    let reply = match (preview, reply) {
        (Err(foretold), Err(refused)) => {
            assert_eq!(foretold.kind, refused.kind);
            assert_eq!(stored(t).await, before, "a refused run leaves the records as they are");
            assert_eq!(newest(t).await, seq);
            return false;
        }
        (Ok(preview), Ok(reply)) => {
            assert_eq!(told(&preview.changes), told(&events_of(t, reply.run, seq).await), "{calls:?}");
            reply
        }
        (preview, reply) => panic!("preview and run differ: {preview:?} {reply:?}"),
    };
    let after = stored(t).await;
    let undone = t.undo(reply.run).await.reply();
    assert_eq!(stored(t).await.0, before.0, "undo of {calls:?}");
    let redone = t.undo(undone.run).await.reply();
    assert_eq!(stored(t).await.0, after.0, "undo of the undo of {calls:?}");
    t.undo(reply.run).await.problem("", "undone already");
    if writer.dice.one_in(2) {
        t.undo(redone.run).await.ok();
        let now = stored(t).await;
        assert_eq!(now.0, before.0);
        assert!(before.1.iter().all(|(id, parcel)| now.1.get(id) == Some(parcel)), "what was deleted stays deleted");
    }
    true
}

#[nexus_testkit::database_test]
fn undo_restores_every_record_and_undo_of_the_undo_brings_the_run_back(on: On) {
    let (mut allowed, mut refused) = (0, 0);
    for seed in 0..6 {
        on.run(|storage| async {
            let t = Tenant::open(apps(), &{ storage }).await;
            let mut dice = Dice::new(seed);
            for _ in 0..3 {
                t.create("yard.parcel", json!({"name": "first", "items": [{"name": "a"}, {"name": "b"}]})).await;
            }
            let mut writer = Writer::new(&mut dice);
            for _ in 0..40 {
                if there_and_back(&t, &mut writer).await { allowed += 1 } else { refused += 1 }
            }
            let findings = t.kernel.verify(&t.tenant).await.expect("verify runs");
            assert!(findings.is_empty(), "{findings:?}");
        });
    }
    println!("{allowed} runs undone and redone, {refused} refused");
    assert!(allowed > 60 && refused > 20, "{allowed} {refused}");
}

#[nexus_testkit::test]
async fn a_field_changed_since_is_a_conflict_and_nothing_is_undone(t: &Tenant) {
    let parcel =
        t.create("yard.parcel", json!({"name": "a", "count": 1, "items": [{"name": "x"}, {"name": "y"}]})).await;
    let mut items = parcel["items"].clone();
    for (field, value, later) in [
        ("count", json!(2), json!(3)),
        ("tags", json!(["a"]), json!(["a", "b"])),
        ("to", json!({"city": "Mombasa"}), Json::Null),
        ("price", json!({"amount": "1.00", "currency": "GBP"}), json!({"amount": "1.00", "currency": "USD"})),
    ] {
        let input = json!({field: value, "note": format!("with {field}")});
        let reply = send(t, &[update(&parcel, input)], false).await.expect("a run");
        t.update("yard.parcel", &parcel, json!({field: later})).await.ok();
        let before = stored(t).await;
        let problem = t.undo(reply.run).await.problem("", "changed since");
        assert_eq!((problem.kind, problem.more["conflicts"][0]["field"].as_str()), (Kind::Conflict, Some(field)));
        assert_eq!(stored(t).await, before);
    }
    items[0]["name"] = json!("changed");
    let reply = send(t, &[update(&parcel, json!({"items": items}))], false).await.expect("a run");
    t.update("yard.parcel", &parcel, json!({"items": [items[1]]})).await.ok();
    let problem = t.undo(reply.run).await.problem("", "changed since");
    let field = format!("items/{}/name", items[0]["id"].as_str().expect("an id"));
    assert_eq!(problem.more["conflicts"][0]["field"], field);
}

#[nexus_testkit::test]
async fn a_record_comes_back_only_to_what_it_leads_to(t: &Tenant) {
    let under = t.create("yard.parcel", json!({"name": "under"})).await;
    let inside = t.create("yard.parcel", json!({"name": "inside", "inside": under["id"]})).await;
    t.delete("yard.parcel", &under).await.problem("", "is used by Parcel inside");
    let deletion = Call { action: "yard.delete_parcel".to_owned(), ..update(&inside, json!({})) };
    let deletion = send(t, &[deletion], false).await.expect("a run");
    t.delete("yard.parcel", &under).await.ok();
    let restore = |parcel: &Json| Call { action: "yard.restore_parcel".to_owned(), ..update(parcel, json!({})) };
    let problem = send(t, &[restore(&inside)], false).await.expect_err("what it leads to is gone");
    assert_eq!(problem.errors[0].field, "inside");
    let problem = t.undo(deletion.run).await.problem("", "leads to no parcel");
    assert_eq!(problem.more["conflicts"][0]["field"], "inside");
    send(t, &[restore(&under), restore(&inside)], false).await.expect("one after the other");
    assert_eq!(t.find("yard.parcel", "inside.name == 'under'").await.len(), 1);
}
