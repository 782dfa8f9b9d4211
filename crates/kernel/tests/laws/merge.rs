//! A merge keeps every link, leaves none to what it put away, and undo brings everything back.

use std::collections::BTreeMap;

use nexus_kernel::faces::ListParams;
use nexus_kernel::faces::duplicates::DuplicatesParams;
use nexus_kernel::model::Uuid;
use nexus_kernel::model::problem::Kind;
use nexus_kernel::serde_json::{Value as Json, json};
use nexus_kernel::{App, AppSource};
use nexus_testkit::{On, Tenant};

use crate::dice::Dice;

const APP: &str = "name = \"Pool\"\nsuite = \"platform\"\nicon = \"box\"\nabout = \"People and papers.\"\n[roles]\nclerk = { about = \"Merges\" }\n";

const PERSON: &str = r#"
label = "Person"
title = "name"
tree = "above"
[fields]
name = { type = "text", required = true }
email = { type = "email" }
code = { type = "text", unique = true }
age = { type = "integer" }
secret = { type = "text", level = 1 }
above = { type = "link", to = "person" }
friends = { type = "links", to = "person" }
tags = { type = "tags" }
homes = { type = "table", of = "home" }
papers = { type = "integer", rollup = { over = "paper.of", count = true } }
[duplicates]
email = { fields = ["email"] }
name = { fields = ["name"], fuzzy = 80 }
[access.clerk]
verbs = ["read", "merge"]
rows = "age != 99"
"#;

const HOME: &str = "label = \"Home\"\nchild_of = \"person\"\n[fields]\ntown = { type = \"text\" }\nwith = { type = \"link\", to = \"person\" }\n";

const PAPER: &str = r#"
label = "Paper"
title = "name"
ledger = "done"
[fields]
name = { type = "text", required = true }
done = { type = "boolean" }
of = { type = "link", to = "person" }
also = { type = "links", to = "person" }
mail = { type = "email", fetch = "of.email" }
heading = { type = "text", computed = "of.name + ': ' + name", stored = true }
parts = { type = "table", of = "part" }
"#;

const PART: &str = r#"
label = "Part"
child_of = "paper"
[fields]
by = { type = "link", to = "person" }
mail = { type = "email", fetch = "by.email" }
"#;

fn apps() -> Vec<App> {
    let objects = &[("person", PERSON), ("home", HOME), ("paper", PAPER), ("part", PART)];
    vec![App::new(AppSource { name: "pool", manifest: APP, objects, ..Default::default() })]
}

/// Every live record, without what each write renews.
async fn stored(t: &Tenant) -> BTreeMap<String, Json> {
    let mut found = BTreeMap::new();
    for object in ["pool.person", "pool.paper"] {
        let expand = if object == "pool.person" { "homes" } else { "parts" };
        let params = ListParams { expand: Some(expand.to_owned()), limit: Some(500), ..ListParams::default() };
        for mut record in t.list(object, params).await.expect("records") {
            let members = record.as_object_mut().expect("a record");
            members.shift_remove("version");
            members.shift_remove("updated_at");
            found.insert(record["id"].as_str().expect("an id").to_owned(), record);
        }
    }
    found
}

/// How often each id stands in records other than as their own.
fn leads(records: &BTreeMap<String, Json>) -> BTreeMap<String, usize> {
    fn walk(value: &Json, key: &str, found: &mut BTreeMap<String, usize>) {
        match value {
            Json::String(text) if matches!(key, "above" | "friends" | "with" | "of" | "also" | "by") => {
                *found.entry(text.clone()).or_default() += 1;
            }
            Json::Array(items) => items.iter().for_each(|item| walk(item, key, found)),
            Json::Object(members) => members.iter().for_each(|(key, value)| walk(value, key, found)),
            _ => {}
        }
    }
    let mut found = BTreeMap::new();
    records.values().for_each(|record| walk(record, "", &mut found));
    found
}

fn uuid(id: &str) -> Option<Uuid> {
    id.parse().ok()
}

async fn people_and_papers(t: &Tenant, dice: &mut Dice) -> Vec<String> {
    let mut people: Vec<String> = Vec::new();
    for index in 0..8 {
        let maybe = |dice: &mut Dice, value: Json| if dice.one_in(2) { value } else { Json::Null };
        let friends = dice.some(&people.iter().collect::<Vec<_>>(), 2);
        let with = if people.is_empty() { Json::Null } else { json!(dice.of(&people)) };
        let input = json!({
            "name": format!("person {index}"), "email": maybe(dice, json!(format!("p{index}@example.com"))),
            "code": maybe(dice, json!(format!("c{index}"))), "age": maybe(dice, json!(index)), "friends": friends,
            "above": maybe(dice, with.clone()), "tags": dice.some(&["red", "blue"], 2),
            "homes": [{"town": dice.of(&["Ulm", "Bern"]), "with": with}]
        });
        people.push(t.create("pool.person", input).await["id"].as_str().expect("an id").to_owned());
    }
    for index in 0..12 {
        let parts: Vec<Json> = (0..dice.below(3)).map(|_| json!({"by": dice.of(&people)})).collect();
        let also = dice.some(&people.iter().collect::<Vec<_>>(), 3);
        let input = json!({
            "name": format!("paper {index}"), "done": dice.one_in(2), "of": dice.of(&people), "also": also, "parts": parts
        });
        t.create("pool.paper", input).await;
    }
    people
}

#[nexus_testkit::database_test]
fn a_merge_keeps_every_link_and_undo_brings_everything_back(on: On) {
    let (mut merged, mut refused) = (0, 0);
    for seed in 1100..1104 {
        on.run(|storage| async {
            let t = Tenant::open(apps(), &{ storage }).await;
            let mut dice = Dice::new(seed);
            let mut people = people_and_papers(&t, &mut dice).await;
            for _ in 0..4 {
                let into = people.remove(dice.below(people.len()));
                let from: Vec<String> =
                    (0..1 + dice.below(2)).map(|_| people.remove(dice.below(people.len()))).collect();
                let before = stored(&t).await;
                let request = nexus_kernel::Request {
                    calls: vec![nexus_kernel::Call {
                        action: "pool.merge_person".to_owned(),
                        record: uuid(&into),
                        input: json!({ "from": from }),
                    }],
                    ..Default::default()
                };
                match t.request(request.clone()).await.0 {
                    Ok(reply) => {
                        merged += 1;
                        check_merged(&before, &stored(&t).await, &into, &from);
                        t.undo(reply.run).await.ok();
                        assert_eq!(stored(&t).await, before, "undo of {into} from {from:?}");
                        t.request(request).await.reply();
                        people.push(into);
                    }
                    Err(problem) => {
                        refused += 1;
                        assert!(problem.to_string().contains("would make a circle"), "{problem}");
                        assert_eq!(stored(&t).await, before);
                        people.extend(from);
                        people.push(into);
                    }
                }
            }
            let findings = t.kernel.verify(&t.tenant).await.expect("verify runs");
            assert!(findings.is_empty(), "{findings:?}");
        });
    }
    println!("{merged} merged, {refused} refused");
    assert!(merged >= 8, "{merged} {refused}");
}

fn check_merged(before: &BTreeMap<String, Json>, after: &BTreeMap<String, Json>, into: &str, from: &[String]) {
    let (was, is) = (leads(before), leads(after));
    let gone = |id: &str| from.iter().any(|gone| gone == id);
    assert!(is.keys().all(|id| !gone(id)), "something leads to what was put away");
    assert_eq!(after.len(), before.len() - from.len());
    // Each record leads where it led, or to the one that stays.
    let now = |id: &Json| if id.as_str().is_some_and(gone) { json!(into) } else { id.clone() };
    for (id, old) in before.iter().filter(|(id, _)| !gone(id) && *id != into) {
        let new = &after[id];
        for field in ["above", "of"] {
            assert_eq!(new[field], now(&old[field]), "{field} of {id}");
        }
        for field in ["friends", "also"] {
            let mut led: Vec<Json> = Vec::new();
            for target in old[field].as_array().into_iter().flatten().map(now) {
                if !led.contains(&target) {
                    led.push(target);
                }
            }
            assert_eq!(new[field].as_array().cloned().unwrap_or_default(), led, "{field} of {id}");
        }
        for (table, field) in [("homes", "with"), ("parts", "by")] {
            let rows = old[table].as_array().cloned().unwrap_or_default();
            let expected: Vec<Json> = rows.iter().map(|row| now(&row[field])).collect();
            let rows = new[table].as_array().cloned().unwrap_or_default();
            assert_eq!(rows.iter().map(|row| row[field].clone()).collect::<Vec<_>>(), expected);
        }
    }
    // Others lost none of what led to them but where the one that stays has no need to lead to itself.
    let total = |counts: &BTreeMap<String, usize>, id: &str| counts.get(id).copied().unwrap_or_default();
    let (survivor, all) = (&after[into], std::iter::once(into).chain(from.iter().map(String::as_str)));
    assert!(total(&is, into) <= all.clone().map(|id| total(&was, id)).sum());
    // What it lacked it has from the others, in their order.
    for field in ["email", "code", "age"] {
        let first = all.clone().map(|id| before[id][field].clone()).find(|value| !value.is_null());
        assert_eq!(survivor[field], first.unwrap_or_default(), "{field}");
    }
    let papers = after.values().filter(|record| record["of"] == json!(into)).count();
    assert_eq!(survivor["papers"], json!(papers));
}

#[nexus_testkit::test]
async fn the_history_of_all_is_shown_under_the_one_that_stays(t: &Tenant) {
    let one = t.create("pool.person", json!({"name": "Ada Byron", "email": "ada@example.com"})).await;
    let two = t.create("pool.person", json!({"name": "Ada Biron", "age": 36})).await;
    let three = t.create("pool.person", json!({"name": "Bob", "email": "ada@example.com"})).await;
    let far = t.create("pool.person", json!({"name": "Zoe"})).await;
    let kind = t.kernel.registry.object("pool.person").expect("an object");
    let groups = t.kernel.duplicates(&t.tenant, &t.principal, kind, DuplicatesParams::default()).await.expect("groups");
    assert_eq!(groups.len(), 1, "{groups:?}");
    let titles: Vec<&str> = groups[0].records.iter().map(|record| record.title.as_str()).collect();
    let reasons: Vec<_> = groups[0].reasons.iter().map(|why| (why.criterion.as_str(), why.same)).collect();
    assert_eq!((titles, reasons), (vec!["Ada Byron", "Ada Biron", "Bob"], vec![("email", true), ("name", false)]));
    let of = DuplicatesParams { of: far["id"].as_str().and_then(uuid), ..DuplicatesParams::default() };
    assert!(t.kernel.duplicates(&t.tenant, &t.principal, kind, of).await.expect("groups").is_empty());

    let id = one["id"].as_str().and_then(uuid);
    let input = json!({"from": [two["id"], three["id"]], "fields": {"name": "Ada Lovelace"}});
    let merged = t.act("pool.merge_person", id, input).await.reply();
    assert_eq!((&merged.outputs[0]["name"], &merged.outputs[0]["age"]), (&json!("Ada Lovelace"), &json!(36)));
    let history = async || {
        let told = t.kernel.history(&t.tenant, &t.principal, kind, id.expect("an id"), None).await.expect("a history");
        let events = told["data"].as_array().expect("events").clone();
        events.iter().map(|event| event["verb"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(history().await, ["update", "delete", "delete", "create", "create", "create"]);
    t.undo(merged.run).await.ok();
    assert_eq!(history().await, ["update", "update", "create"]);
}

#[nexus_testkit::test]
async fn what_came_over_a_moved_link_is_worked_out_anew_but_for_posted_papers(t: &Tenant) {
    let one = t.create("pool.person", json!({"name": "Ada"})).await;
    let two = t.create("pool.person", json!({"name": "Eda", "email": "eda@example.com"})).await;
    let three = t.create("pool.person", json!({"name": "Ida", "email": "ida@example.com"})).await;
    let paper = async |of: &Json, more: Json| {
        let mut input = json!({"name": "will", "of": of["id"], "parts": [{"by": of["id"]}]});
        input.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        t.create("pool.paper", input).await
    };
    let open = paper(&two, json!({})).await;
    let given = paper(&two, json!({"mail": "own@example.com"})).await;
    let posted = paper(&two, json!({"done": true})).await;
    let other = paper(&three, json!({})).await;
    let told = async |paper: &Json| {
        let params = ListParams { expand: Some("parts".to_owned()), ..ListParams::default() };
        let object = t.kernel.registry.object("pool.paper").expect("an object");
        let id = paper["id"].as_str().and_then(uuid).expect("an id");
        let found = t.kernel.get(&t.tenant, &t.principal, object, id, params).await.expect("a paper").to_json();
        json!([found["mail"], found["heading"], found["parts"][0]["mail"], found["of"]])
    };
    let papers = [&open, &given, &posted, &other];
    let all = async || {
        let mut all = Vec::new();
        for paper in papers {
            all.push(told(paper).await);
        }
        all
    };
    let before = all().await;
    assert_eq!(before[0], json!(["eda@example.com", "Eda: will", "eda@example.com", two["id"]]));

    // The one that stays takes the mail of the second.
    let input = json!({"from": [two["id"], three["id"]], "fields": {"name": "Ada Lovelace"}});
    let merged = t.act("pool.merge_person", one["id"].as_str().and_then(uuid), input).await.reply();
    let after = all().await;
    let anew = json!(["eda@example.com", "Ada Lovelace: will", "eda@example.com", one["id"]]);
    assert_eq!(after[0], anew);
    assert_eq!(after[1], json!(["own@example.com", "Ada Lovelace: will", "eda@example.com", one["id"]]));
    assert_eq!(after[2], json!(["eda@example.com", "Eda: will", "eda@example.com", one["id"]]));
    assert_eq!(after[3], anew, "the mail of the third is no longer that of its owner");
    t.undo(merged.run).await.ok();
    assert_eq!(all().await, before);
}

#[nexus_testkit::test]
async fn who_may_not_merge_both_is_refused(t: &Tenant) {
    let one = t.create("pool.person", json!({"name": "Ada"})).await;
    let two = t.create("pool.person", json!({"name": "Eda", "secret": "told softly"})).await;
    let hidden = t.create("pool.person", json!({"name": "Ida", "age": 99})).await;
    let id = |record: &Json| record["id"].as_str().and_then(uuid);
    let (clerk, nobody) = (t.user("Ann", &["clerk"]).await, t.user("Ben", &[]).await);
    let merge = async |who: &Tenant, into: &Json, input: Json| who.act("pool.merge_person", id(into), input).await;
    let problem = merge(&nobody, &one, json!({"from": [two["id"]]})).await.problem("", "you may not merge");
    assert_eq!(problem.kind, Kind::Denied);
    merge(&clerk, &one, json!({"from": [hidden["id"]]})).await.problem("", "there is no person");
    merge(&clerk, &hidden, json!({"from": [one["id"]]})).await.problem("", "there is no person");
    merge(&clerk, &one, json!({"from": [two["id"]], "fields": {"age": 3}})).await.problem("", "you may not change");
    merge(&clerk, &one, json!({"from": [one["id"]]})).await.problem("from", "names the record itself");
    merge(&clerk, &one, json!({"from": []})).await.problem("from", "from 1 to 20");
    merge(&clerk, &one, json!({"from": [two["id"]]})).await.ok();
    assert_eq!(t.get("pool.person", &one).await["secret"], "told softly");
}

#[nexus_testkit::test]
async fn a_copy_has_what_a_person_would_write_again(t: &Tenant) {
    let above = t.create("pool.person", json!({"name": "Eve"})).await;
    let homes = json!([{"town": "Ulm"}]);
    let input = json!({"name": "Ada", "code": "c1", "age": 3, "above": above["id"], "tags": ["red"], "homes": homes});
    let one = t.create("pool.person", input).await;
    let id = one["id"].as_str().and_then(uuid);
    let copy = t.act("pool.copy_person", id, json!({"age": 4})).await.ok();
    assert_ne!(copy["id"], one["id"]);
    assert_ne!(copy["homes"][0]["id"], one["homes"][0]["id"]);
    let told = json!([copy["name"], copy["code"], copy["age"], copy["above"], copy["tags"], copy["homes"][0]["town"]]);
    assert_eq!(told, json!(["Ada", null, 4, above["id"], ["red"], "Ulm"]));
    let clerk = t.user("Ann", &["clerk"]).await;
    let problem = clerk.act("pool.copy_person", id, json!({})).await.problem("", "you may not copy persons");
    assert_eq!(problem.kind, Kind::Denied);
}
