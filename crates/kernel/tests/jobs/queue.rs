//! Asking for jobs, their order and their keys, and taking them back.

use nexus_kernel::prelude::*;
use nexus_kernel::{Call, Request};
use nexus_testkit::Tenant;

use crate::chores::{app, put, run, standing, teams, yard};

fn apps() -> Vec<App> {
    vec![app(yard())]
}

#[nexus_testkit::test]
async fn a_job_is_run_once_in_the_name_of_the_one_who_asked(t: &Tenant) {
    let job = put(t, json!({"name": "Kibo"})).await;
    assert_eq!(standing(t, &job).await, ("queued".to_owned(), 0, String::new()));
    assert_eq!((run(t).await, run(t).await), (1, 0));
    assert_eq!(teams(t).await, ["Kibo"]);
    assert_eq!(standing(t, &job).await, ("done".to_owned(), 1, String::new()));
    // What it did is a run of its own, by the one who asked; that it is done is noted by the system.
    let events = t.kernel.events(&t.tenant, &t.principal, 0).await.expect("events").0;
    let told = |object: &str| events.iter().rfind(|event| event["object"] == object).expect("an event").clone();
    let (team, job) = (told("team"), told("job"));
    assert_eq!((team["action"].as_str(), team["user"]["name"].as_str()), (Some("chores.found"), Some("admin")));
    assert_eq!((job["action"].as_str(), job["user"]["name"].as_str()), (Some("core.work"), Some("Nexus")));
    // Undo of what it did leaves the job done, and nothing is run again.
    let undone = team["run"].as_str().and_then(|run| run.parse().ok()).expect("a run");
    t.undo(undone).await.reply();
    assert_eq!((teams(t).await.len(), run(t).await), (0, 0));
}

#[nexus_testkit::test]
async fn what_is_rolled_back_or_previewed_asks_for_nothing(t: &Tenant) {
    t.act("chores.put_off", None, json!({"name": "Kibo", "fails": true})).await.problem("", "it fails after all");
    let call = Call { action: "chores.put_off".to_owned(), record: None, input: json!({"name": "Kibo"}) };
    let preview = Request { calls: vec![call], preview: true, ..Request::default() };
    let reply = t.request(preview).await.reply();
    assert_eq!((reply.changes.len(), reply.changes[0]["object"].as_str()), (1, Some("job")));
    assert_eq!((run(t).await, t.find("core.job", "true").await.len()), (0, 0));
}

#[nexus_testkit::test]
async fn undo_takes_back_a_job_that_waits_and_leaves_one_that_was_run(t: &Tenant) {
    let call = |name: &str| Call { action: "chores.put_off".to_owned(), record: None, input: json!({"name": name}) };
    let request = |name: &str| Request { calls: vec![call(name)], ..Request::default() };
    let waits = t.request(request("Kibo")).await.reply();
    t.undo(waits.run).await.reply();
    assert_eq!((run(t).await, t.find("core.job", "true").await.len()), (0, 0));
    let was_run = t.request(request("Mawenzi")).await.reply();
    assert_eq!(run(t).await, 1);
    t.undo(was_run.run).await.problem("", "chores.found was changed since");
    assert_eq!(teams(t).await, ["Mawenzi"]);
}

#[nexus_testkit::test]
async fn jobs_are_run_by_priority_and_then_by_time_and_none_before_its_time(t: &Tenant) {
    t.at("2026-03-02T08:00:00Z".parse().expect("a time"));
    for (name, priority, seconds) in
        [("Last", 9, 0), ("Usual", 5, 0), ("Tonight", 0, 36_000), ("First", 0, 2), ("Earlier", 5, -60), ("Soon", 1, 1)]
    {
        put(t, json!({"name": name, "priority": priority, "seconds": seconds})).await;
    }
    t.at("2026-03-02T08:00:02Z".parse().expect("a time"));
    assert_eq!(run(t).await, 5);
    assert_eq!(teams(t).await, ["First", "Soon", "Earlier", "Usual", "Last"]);
    t.at("2026-03-02T17:59:59Z".parse().expect("a time"));
    assert_eq!(run(t).await, 0);
    t.at("2026-03-02T18:00:00Z".parse().expect("a time"));
    assert_eq!(run(t).await, 1);
}

#[nexus_testkit::test]
async fn a_job_is_run_with_the_rights_of_its_owner_and_seen_by_nobody_else(t: &Tenant) {
    let (amina, baraka) = (t.user("amina", &[]).await, t.user("baraka", &[]).await);
    // Anybody defers an action that they name; whether they may run it is asked when it is run.
    let job = amina.create("core.job", json!({"action": "core.create_team", "input": {"name": "Kibo"}})).await;
    assert_eq!(job["owner"].as_str(), Some(amina.principal.user.to_string().as_str()));
    assert_eq!(run(t).await, 1);
    let (state, attempts, error) = standing(&amina, &job).await;
    assert_eq!((state.as_str(), attempts, error.as_str()), ("dead", 1, "you may not create teams"));
    assert_eq!((teams(t).await.len(), amina.find("core.job", "true").await.len()), (0, 1));
    assert_eq!(baraka.find("core.job", "true").await.len(), 0);
    baraka
        .act("core.retry_job", job["id"].as_str().and_then(|id| id.parse().ok()), json!({}))
        .await
        .problem("", "there is no job");
}

#[nexus_testkit::test]
async fn what_cannot_be_run_is_refused_when_it_is_asked_for(t: &Tenant) {
    let amina = t.user("amina", &[]).await;
    amina
        .try_create("core.job", json!({"action": "chores.fly"}))
        .await
        .problem("action", "there is no action chores.fly");
    amina.try_create("core.job", json!({"action": "core.update_team"})).await.problem("record", "is required");
    amina.try_create("core.job", json!({"action": "chores.dig"})).await.problem("", "is asked for by actions alone");
    let owner = json!({"action": "chores.found", "owner": t.principal.user});
    amina.try_create("core.job", owner).await.problem("owner", "is set by the system alone");
    amina
        .try_create("core.job", json!({"action": "chores.found", "queue": "mine"}))
        .await
        .problem("queue", "by the system");
    amina
        .try_create("core.job", json!({"action": "chores.found", "state": "done"}))
        .await
        .problem("state", "work alone");
    amina.try_create("core.job", json!({"action": "chores.found", "priority": 10})).await.problem("priority", "9");
}

#[nexus_testkit::test]
async fn a_job_that_is_cancelled_is_not_run_until_it_is_retried(t: &Tenant) {
    let job = put(t, json!({"name": "Kibo"})).await;
    t.act("core.cancel_job", job.as_str().and_then(|id| id.parse().ok()), json!({})).await.ok();
    assert_eq!((run(t).await, standing(t, &job).await.0.as_str()), (0, "cancelled"));
    t.act("core.retry_job", job.as_str().and_then(|id| id.parse().ok()), json!({})).await.ok();
    assert_eq!((run(t).await, standing(t, &job).await.0.as_str()), (1, "done"));
    t.act("core.cancel_job", job.as_str().and_then(|id| id.parse().ok()), json!({})).await.problem("", "it is done");
}

#[nexus_testkit::test]
async fn replies_under_an_idempotency_key_are_forgotten_after_a_week(t: &Tenant) {
    t.at("2026-03-02T08:00:00Z".parse().expect("a time"));
    let call = Call { action: "chores.found".to_owned(), record: None, input: json!({"name": "Kibo"}) };
    let request = Request { calls: vec![call], idempotency_key: Some("once".to_owned()), ..Request::default() };
    t.request(request.clone()).await.reply();
    assert!(t.request(request.clone()).await.reply().replayed);
    assert_eq!(run(t).await, 0);
    // A week and a day later: the schedules of all the days between are run once each, and the team's name is taken now.
    t.at("2026-03-10T08:00:00Z".parse().expect("a time"));
    assert_eq!(run(t).await, 2);
    t.request(request).await.problem("name", "");
}
