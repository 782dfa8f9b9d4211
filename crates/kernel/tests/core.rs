//! Users, companies and the generic actions, on the core app alone.

use nexus_kernel::App;
use nexus_kernel::model::problem::Kind;
use nexus_kernel::{Call, Request};
use nexus_testkit::Tenant;
use serde_json::json;

fn apps() -> Vec<App> {
    Vec::new()
}

#[nexus_testkit::test]
async fn a_record_is_created_read_changed_deleted_and_restored(t: &Tenant) {
    let team = t.create("core.team", json!({"name": "North"})).await;
    assert_eq!(team["version"], 1);
    let changed = t.update("core.team", &team, json!({"name": "South"})).await.ok();
    assert_eq!((changed["name"].as_str(), changed["version"].as_i64()), (Some("South"), Some(2)));
    t.delete("core.team", &team).await.ok();
    assert_eq!(t.try_get("core.team", &team).await.unwrap_err().kind, Kind::NotFound);
    let id = team["id"].as_str().and_then(|id| id.parse().ok());
    t.act("core.restore_team", id, json!({})).await.ok();
    assert_eq!(t.get("core.team", &team).await["name"], "South");
}

#[nexus_testkit::test]
async fn unknown_and_wrong_fields_are_named(t: &Tenant) {
    t.try_create("core.team", json!({"nmae": "North"})).await.problem("nmae", "did you mean name?");
    t.try_create("core.team", json!({"name": 5})).await.problem("name", "is text");
    t.try_create("core.team", json!({})).await.problem("name", "is required");
    t.create("core.team", json!({"name": "North"})).await;
    t.try_create("core.team", json!({"name": "North"})).await.problem("name", "another team has North");
}

#[nexus_testkit::test]
async fn a_run_is_undone_as_a_whole_and_a_later_change_is_a_conflict(t: &Tenant) {
    let call = |name: &str| Call { action: "core.create_team".to_owned(), input: json!({"name": name}), record: None };
    let reply = t.request(Request { calls: vec![call("A"), call("B")], ..Request::default() }).await.reply();
    assert_eq!(t.find("core.team", "true").await.len(), 2);
    t.undo(reply.run).await.ok();
    assert_eq!(t.find("core.team", "true").await.len(), 0);

    let reply = t.request(Request { calls: vec![call("C")], ..Request::default() }).await.reply();
    t.update("core.team", &reply.outputs[0], json!({"name": "D"})).await.ok();
    let problem = t.undo(reply.run).await.problem("", "was changed since: name");
    assert_eq!(problem.kind, Kind::Conflict);
    assert_eq!(t.find("core.team", "name == 'D'").await.len(), 1);
}

#[nexus_testkit::test]
async fn what_was_taken_back_is_not_remembered(t: &Tenant) {
    let (north, south) = (json!({"name": "North"}), json!({"name": "South"}));
    let team = t.create("core.team", north.clone()).await;
    t.create("core.team", south.clone()).await;
    // Refused as the job ends, in its middle, in a batch, in a preview: the next job sees what is there.
    let call = |input: &serde_json::Value| Call {
        action: "core.update_team".to_owned(),
        input: input.clone(),
        record: team["id"].as_str().and_then(|id| id.parse().ok()),
    };
    let west = json!({"name": "West"});
    let batch = Request { calls: vec![call(&west), call(&south)], ..Request::default() };
    let preview = Request { calls: vec![call(&west)], preview: true, ..Request::default() };
    let refused_preview = Request { calls: vec![call(&south)], preview: true, ..Request::default() };
    for version in [2, 3, 4, 5] {
        match version {
            2 => drop(t.update("core.team", &team, south.clone()).await.problem("name", "another team has South")),
            3 => drop(t.request(batch.clone()).await.problem("name", "another team has South")),
            4 => drop(t.request(preview.clone()).await.reply()),
            _ => drop(t.request(refused_preview.clone()).await.problem("name", "another team has South")),
        }
        // Nothing differs from what is stored, unless something else is remembered.
        let same = t.update("core.team", &team, json!({"name": format!("North {version}")})).await.ok();
        assert_eq!(same["version"], version, "one change after another");
        let stored = t.get("core.team", &team).await;
        assert_eq!((stored["name"].clone(), &stored["version"]), (json!(format!("North {version}")), &json!(version)));
    }
}

#[nexus_testkit::test]
async fn a_preview_changes_nothing(t: &Tenant) {
    let call = Call { action: "core.create_team".to_owned(), input: json!({"name": "A"}), record: None };
    let request = Request { calls: vec![call], preview: true, ..Request::default() };
    let reply = t.request(request).await.reply();
    assert_eq!(reply.changes.len(), 1);
    assert_eq!(
        reply.changes[0]["fields"][0],
        json!({"field": "name", "from": null, "to": "A", "text": "Name set to A"})
    );
    assert!(t.find("core.team", "true").await.is_empty());
}

#[nexus_testkit::test]
async fn a_retry_under_one_key_gets_the_first_reply(t: &Tenant) {
    let request = |name: &str| Request {
        calls: vec![Call { action: "core.create_team".to_owned(), input: json!({"name": name}), record: None }],
        idempotency_key: Some("k1".to_owned()),
        ..Request::default()
    };
    let first = t.request(request("A")).await.reply();
    let again = t.request(request("A")).await.reply();
    assert!(again.replayed && again.run == first.run && again.outputs == first.outputs);
    assert_eq!(t.find("core.team", "true").await.len(), 1);
    t.request(request("B")).await.problem("Idempotency-Key", "used for another request");
}

#[nexus_testkit::test]
async fn a_batch_is_all_or_nothing_and_names_the_step(t: &Tenant) {
    let call = |input| Call { action: "core.create_team".to_owned(), input, record: None };
    let calls = vec![call(json!({"name": "A"})), call(json!({"name": ""}))];
    let problem = t.request(Request { calls, ..Request::default() }).await.problem("name", "required");
    assert_eq!(problem.more["step"], 1);
    assert!(t.find("core.team", "true").await.is_empty());
}

#[nexus_testkit::test]
async fn who_has_no_right_is_refused(t: &Tenant) {
    let someone = t.user("someone", &[]).await;
    let problem = someone.try_create("core.team", json!({"name": "A"})).await.problem("", "may not create");
    assert_eq!(problem.kind, Kind::Denied);
    let me = someone.find("core.user", "name == 'someone'").await;
    assert!(me[0].get("roles").is_none() && me[0].get("password").is_none(), "{me:?}");
}
