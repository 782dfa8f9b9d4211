//! Notes: about any record, shared by notebook, and with all that they were before.

use nexus_kernel::faces::search::SearchParams;
use nexus_kernel::prelude::*;
use nexus_testkit::{RecordId, Tenant};

fn apps() -> Vec<App> {
    vec![notes::app(), contacts::app()]
}

#[nexus_testkit::test]
async fn a_note_stands_beside_the_record_that_it_is_about(t: &Tenant) {
    let acme = t.create("contacts.party", json!({"name": "Acme"})).await;
    let about = json!({"object": "contacts.party", "id": acme["id"]});
    let note =
        t.create("notes.note", json!({"title": "Visit", "text": "# They *measure* again", "target": about})).await;
    t.create("notes.note", json!({"title": "Lunch"})).await;
    let found = t.find("notes.note", &format!("target == '{}'", acme["id"].as_str().unwrap_or_default())).await;
    assert_eq!(found.iter().map(|note| &note["title"]).collect::<Vec<_>>(), ["Visit"]);
    assert_eq!(found[0]["target"]["object"], "contacts.party");
    let wrong = json!({"title": "Wrong", "target": {"object": "contacts.party", "id": note["id"]}});
    t.try_create("notes.note", wrong).await.problem("target", "leads to no");
}

#[nexus_testkit::test]
async fn every_version_of_a_note_stays_in_its_history(t: &Tenant) {
    let note = t.create("notes.note", json!({"title": "Rules", "text": "One"})).await;
    for text in ["Two", "Three"] {
        t.update("notes.note", &note, json!({"text": text})).await.ok();
    }
    let object = t.tenant.object("notes.note").expect("notes");
    let id = (&note).record().expect("an id");
    let history = t.kernel.history(&t.tenant, &t.principal, object, id, None).await.expect("a history");
    let texts: Vec<_> = history["data"]
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|event| {
            let fields = event["fields"].as_array().cloned().unwrap_or_default();
            fields.into_iter().filter(|field| field["field"] == "text").map(|field| field["to"].clone())
        })
        .collect();
    assert_eq!(texts, ["Three", "Two", "One"]);
}

#[nexus_testkit::test]
async fn a_notebook_is_shared_with_nobody_a_team_or_everybody(t: &Tenant) {
    let north = t.create("core.team", json!({"name": "North"})).await;
    let member = async |name: &str, team: bool| {
        let mut user = t.user(name, &["note_user"]).await;
        if team {
            t.update("core.user", user.principal.user, json!({"team": north["id"]})).await.ok();
            user.principal = t.kernel.principal(&t.tenant, user.principal.user).await.expect("the user");
        }
        user
    };
    let (ada, eve, max) = (member("ada", true).await, member("eve", true).await, member("max", false).await);
    let book = ada.create("notes.notebook", json!({"name": "Visits"})).await;
    let note = ada.create("notes.note", json!({"title": "Secret visit", "notebook": book["id"]})).await;
    let sees = async || {
        let mut names = Vec::new();
        for user in [&ada, &eve, &max] {
            let found = user.kernel.search(
                &user.tenant,
                &user.principal,
                SearchParams { q: "secret".to_owned(), ..SearchParams::default() },
            );
            assert_eq!(found.await.expect("found").data.len(), user.find("notes.note", "true").await.len());
            if user.try_get("notes.note", &note).await.is_ok() {
                names.push(user.principal.name.clone());
            }
        }
        names
    };
    assert_eq!(sees().await, ["ada"]);
    ada.update("notes.notebook", &book, json!({"shared": "team"})).await.ok();
    assert_eq!(sees().await, ["ada", "eve"]);
    ada.update("notes.notebook", &book, json!({"shared": "everyone"})).await.ok();
    assert_eq!(sees().await, ["ada", "eve", "max"]);
    max.update("notes.note", &note, json!({"text": "Seen"})).await.ok();
    max.update("notes.note", &note, json!({"owner": max.principal.user})).await.problem("owner", "may not be changed");
    max.delete("notes.note", &note).await.problem("", "may not");
    max.update("notes.notebook", &book, json!({"shared": "none"})).await.problem("", "may not");
    ada.update("notes.note", &note, json!({"owner": max.principal.user})).await.ok();
    max.delete("notes.note", &note).await.ok();
}
