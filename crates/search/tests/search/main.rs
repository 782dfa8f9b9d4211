//! Search by words: what is found, in which order, and how it is told.

mod index;
mod told;

use nexus_kernel::faces::search::{Facet, Hits, SearchParams};
use nexus_kernel::{App, AppSource, Kind};
use nexus_testkit::Tenant;
use serde_json::{Value as Json, json};

const MANIFEST: &str = r#"
name = "Desk"
suite = "platform"
icon = "inbox"
about = "Objects for tests."
[roles]
clerk = { about = "Reads what is theirs" }
"#;

const THING: &str = r#"
label = "Thing"
title = "name"
[fields]
name = { type = "text", required = true, search = true }
about = { type = "text", search = true }
secret = { type = "text", search = true, level = 1 }
owner = { type = "link", to = "user" }
price = { type = "integer" }
parts = { type = "table", of = "part" }
[access.clerk]
verbs = ["read"]
rows = "owner == principal.user"
"#;

const PART: &str = r#"
label = "Part"
child_of = "thing"
[fields]
label = { type = "text", search = true }
"#;

fn apps() -> Vec<App> {
    let objects = &[("thing", THING), ("part", PART)];
    vec![App::new(AppSource { name: "desk", manifest: MANIFEST, objects, ..Default::default() })]
}

async fn thing(t: &Tenant, name: &str, about: &str) -> Json {
    t.create("desk.thing", json!({"name": name, "about": about})).await["id"].clone()
}

async fn search(t: &Tenant, params: SearchParams) -> Hits {
    let params = SearchParams { app: params.app.or_else(|| Some("desk".to_owned())), ..params };
    t.kernel.search(&t.tenant, &t.principal, params).await.unwrap_or_else(|problem| panic!("{problem}"))
}

async fn found(t: &Tenant, q: &str) -> Vec<String> {
    let hits = search(t, SearchParams { q: q.to_owned(), ..SearchParams::default() }).await;
    assert_eq!(hits.count, hits.data.len());
    hits.data.into_iter().map(|hit| hit.title).collect()
}

const NOTHING: [&str; 0] = [];

#[nexus_testkit::test]
async fn what_was_just_written_is_found_and_what_was_just_deleted_is_not(t: &Tenant) {
    let lamp = thing(t, "Solar lantern", "Lights a room").await;
    assert_eq!(found(t, "lantern").await, ["Solar lantern"]);
    t.update("desk.thing", &lamp, json!({"name": "Wind turbine"})).await.ok();
    assert_eq!(found(t, "lantern").await, NOTHING);
    assert_eq!(found(t, "turbine").await, ["Wind turbine"]);
    let run = t.delete("desk.thing", &lamp).await.reply().run;
    assert_eq!(found(t, "turbine").await, NOTHING);
    t.undo(run).await.ok();
    assert_eq!(found(t, "turbine").await, ["Wind turbine"]);
}

#[nexus_testkit::test]
async fn words_are_found_by_their_beginning_with_a_slip_and_without_accents(t: &Tenant) {
    for name in ["Müller & Söhne", "Lantern", "Electrizität", "INV-2026-00017", "INV-2026-00018"] {
        thing(t, name, "").await;
    }
    for typed in ["muller", "Müller", "MULLER sohne", "muler", "söhne mül"] {
        assert_eq!(found(t, typed).await, ["Müller & Söhne"], "{typed}");
    }
    for typed in ["l", "lan", "lantern", "lantren", "lanter ", "lnatern"] {
        assert_eq!(found(t, typed).await, ["Lantern"], "{typed}");
    }
    assert_eq!(found(t, "elektrizitet").await, ["Electrizität"], "two slips in twelve letters");
    assert_eq!(found(t, "lnatren ").await, NOTHING, "two slips in seven");
    assert_eq!(found(t, "lan ").await, NOTHING, "a space ends the word");
    assert_eq!(found(t, "inv-2026-00017").await, ["INV-2026-00017"], "figures are no slips");
    assert_eq!(found(t, "00018").await, ["INV-2026-00018"]);
    assert_eq!(found(t, " ?! ").await, NOTHING);
    assert_eq!(found(t, "").await, NOTHING);
}

#[nexus_testkit::test]
async fn texts_are_taken_apart_in_the_languages_of_the_companies(t: &Tenant) {
    thing(t, "A", "Nous vendons des lampes électriques").await;
    thing(t, "B", "Soluções de iluminação").await;
    thing(t, "C", "Taa za jua zinawaka usiku kucha").await;
    thing(t, "D", "Invoices for lighting").await;
    assert_eq!(found(t, "invoicing ").await, ["D"], "English, the language of Great Britain");
    assert_eq!(found(t, "usiku").await, ["C"]);
    assert_eq!(found(t, "zinawaka taa").await, ["C"]);
    // French forms that are farther apart than a slip.
    assert_eq!(found(t, "vendre ").await, NOTHING);
    for (name, country, currency) in [("Lumière", "FR", "EUR"), ("Luz", "BR", "BRL")] {
        t.create("core.company", json!({"name": name, "country": country, "currency": currency})).await;
    }
    assert_eq!(found(t, "vendrons ").await, ["A"], "the new company brought its language with it");
    assert_eq!(found(t, "solucionar ").await.len() + found(t, "iluminar ").await.len(), 1);
    assert_eq!(found(t, "invoicing ").await, ["D"]);
}

#[nexus_testkit::test]
async fn what_fits_better_comes_first(t: &Tenant) {
    thing(t, "Cable", "for a lantern").await;
    thing(t, "Lanterns", "").await;
    thing(t, "Lantren", "").await;
    thing(t, "Lantern", "").await;
    thing(t, "Blue lantern", "").await;
    let best = found(t, "lantern").await;
    assert_eq!(
        best[..2].iter().filter(|title| title.contains("antern") && !title.ends_with('s')).count(),
        2,
        "{best:?}"
    );
    assert_eq!(best[2..], ["Lanterns", "Lantren", "Cable"], "a beginning, a slip, and then other texts");
    thing(t, "Lamp for the desk", "").await;
    thing(t, "Desk lamp", "").await;
    assert_eq!(found(t, "desk lamp").await, ["Desk lamp", "Lamp for the desk"], "in the order of the words");
    // Of two that fit as well, the one that is in use.
    let old = thing(t, "Pump one", "").await;
    thing(t, "Pump two", "").await;
    for price in 1..9 {
        t.update("desk.thing", &old, json!({ "price": price })).await.ok();
    }
    assert_eq!(found(t, "pump").await, ["Pump one", "Pump two"]);
}

#[nexus_testkit::test]
async fn hits_are_shown_with_what_was_found_in_them(t: &Tenant) {
    let long = format!("{} a <b>Müller's</b> lamp & {}", "before ".repeat(30), "after ".repeat(30));
    thing(t, "Lamp", &long).await;
    let hits = search(t, SearchParams { q: "muller".to_owned(), ..SearchParams::default() }).await;
    let snippet = hits.data[0].snippet.clone().expect("a snippet");
    assert!(snippet.contains("a &lt;b&gt;<mark>Müller</mark>&#39;s&lt;/b&gt; lamp &amp; after"), "{snippet}");
    assert!(snippet.starts_with('…') && snippet.ends_with('…') && snippet.len() < 300, "{snippet}");
    let hits = search(t, SearchParams { q: "lam".to_owned(), ..SearchParams::default() }).await;
    assert_eq!(hits.data[0].title, "Lamp");
    let rows = json!({"name": "Kit", "parts": [{"label": "Screw"}, {"label": "Washer"}]});
    t.create("desk.thing", rows).await;
    let hits = search(t, SearchParams { q: "washer".to_owned(), ..SearchParams::default() }).await;
    assert_eq!(hits.data[0].title, "Kit", "a row is found with the record that holds it");
    assert_eq!(hits.data[0].snippet.as_deref(), Some("<mark>Washer</mark>"));
}

#[nexus_testkit::test]
async fn facets_filters_and_pages_are_over_what_is_found(t: &Tenant) {
    let clerk = t.user("clerk", &["clerk"]).await;
    let owner = clerk.principal.user;
    for number in 0..30 {
        let owner = if number % 3 == 0 { json!(owner) } else { Json::Null };
        let thing = json!({"name": format!("Lamp {number}"), "price": number, "owner": owner, "secret": "hushed"});
        t.create("desk.thing", thing).await;
    }
    let ask = |q: &str| SearchParams { q: q.to_owned(), ..SearchParams::default() };
    let all = search(t, ask("lamp")).await;
    assert_eq!((all.count, all.data.len(), all.capped), (30, 20, false));
    let of = |facets: &[Facet]| -> Vec<(String, usize)> {
        facets.iter().map(|facet| (facet.label.clone(), facet.count)).collect()
    };
    assert_eq!(of(&all.facets.app), [("Desk".to_owned(), 30)]);
    assert_eq!(of(&all.facets.object), [("Things".to_owned(), 30)]);
    assert_eq!(of(&all.facets.owner), [("clerk".to_owned(), 10)]);
    assert_eq!(of(&all.facets.time), [("day".to_owned(), 30)]);
    let rest = search(t, SearchParams { after: all.next, ..ask("lamp") }).await;
    assert_eq!((rest.data.len(), rest.next), (10, None));
    let object = Some("desk.thing".to_owned());
    let dear = SearchParams { filter: Some("price >= 27".to_owned()), object: object.clone(), ..ask("lamp") };
    assert_eq!(search(t, dear).await.count, 3);
    assert_eq!(search(t, SearchParams { owner: Some(owner), ..ask("lamp") }).await.count, 10);
    assert_eq!(search(t, SearchParams { to: Some("2020-01-01".to_owned()), ..ask("lamp") }).await.count, 0);
    assert_eq!(search(t, SearchParams { from: Some("2020-01-01".to_owned()), ..ask("lamp") }).await.count, 30);
    assert_eq!(search(t, SearchParams { app: Some("core".to_owned()), ..ask("clerk") }).await.count, 1);

    let theirs = search(&clerk, ask("lamp")).await;
    assert_eq!((theirs.count, of(&theirs.facets.object)), (10, vec![("Things".to_owned(), 10)]));
    assert_eq!(search(&clerk, ask("hushed")).await.count, 0, "a text that they may not see finds nothing");
    assert_eq!(search(t, ask("hushed")).await.count, 30);

    for (params, field) in [
        (SearchParams { filter: Some("price > 1".to_owned()), ..ask("lamp") }, "filter"),
        (SearchParams { filter: Some("prise > 1".to_owned()), object: object.clone(), ..ask("lamp") }, "filter"),
        (SearchParams { app: Some("dexk".to_owned()), ..ask("lamp") }, "app"),
        (SearchParams { from: Some("yesterday".to_owned()), ..ask("lamp") }, "from"),
        (SearchParams { after: Some("-1".to_owned()), ..ask("lamp") }, "after"),
    ] {
        let problem = t.kernel.search(&t.tenant, &t.principal, params).await.expect_err(field);
        assert_eq!((problem.kind, problem.errors[0].field.as_str()), (Kind::Malformed, field));
    }
}
