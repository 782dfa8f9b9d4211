//! Schedules: cron in a zone, missed times, changes, and those that apps bring along.

use nexus_kernel::prelude::*;
use nexus_testkit::{On, Tenant};

use crate::chores::{app, app_with_schedule, run, standing, teams, yard};

fn apps() -> Vec<App> {
    vec![app(yard())]
}

fn at(t: &Tenant, time: &str) {
    t.at(time.parse().expect("a time"));
}

fn daily(zone: &str) -> Json {
    json!({
        "name": "Half past two", "cron": "30 2 * * *", "zone": zone, "action": "chores.found",
        "input": {"name": format!("In {zone}")},
    })
}

/// The next time of a schedule.
async fn next(t: &Tenant, schedule: &Json) -> String {
    t.get("core.schedule", schedule).await["next_at"].as_str().unwrap_or_default().to_owned()
}

#[nexus_testkit::test]
async fn a_schedule_is_run_at_the_times_of_its_zone_also_when_the_clock_jumps(t: &Tenant) {
    // 2026-03-28, the day before Berlin goes from +01 to +02 at two in the night.
    at(t, "2026-03-28T12:00:00Z");
    let berlin = t.create("core.schedule", daily("Europe/Berlin")).await;
    let casablanca = t.create("core.schedule", daily("Africa/Casablanca")).await;
    let nairobi = t.create("core.schedule", daily("Africa/Nairobi")).await;
    // 02:30 is left out in Berlin, so that it is run at 03:00 there, 01:00 in Greenwich.
    assert_eq!(next(t, &berlin).await, "2026-03-29T01:00:00Z");
    assert_eq!(next(t, &casablanca).await, "2026-03-29T01:30:00Z");
    assert_eq!(next(t, &nairobi).await, "2026-03-28T23:30:00Z");
    at(t, "2026-03-29T01:00:00Z");
    assert_eq!(run(t).await, 2);
    assert_eq!(teams(t).await, ["In Africa/Nairobi", "In Europe/Berlin"]);
    assert_eq!(next(t, &berlin).await, "2026-03-30T00:30:00Z");
    assert_eq!(t.get("core.schedule", &berlin).await["last_at"], "2026-03-29T01:00:00Z");
}

#[nexus_testkit::test]
async fn times_that_were_missed_are_made_up_for_once(t: &Tenant) {
    at(t, "2026-03-02T00:00:00Z");
    assert_eq!(run(t).await, 0);
    let schedule = t.create("core.schedule", daily("UTC")).await;
    at(t, "2026-03-12T12:00:00Z");
    assert_eq!(run(t).await, 1 + 2, "and the schedules that Nexus itself has");
    assert_eq!(next(t, &schedule).await, "2026-03-13T02:30:00Z");
    assert_eq!(t.find("core.job", "action == 'chores.found'").await.len(), 1);
}

#[nexus_testkit::test]
async fn a_schedule_waits_for_the_job_before(t: &Tenant) {
    at(t, "2026-03-02T00:00:00Z");
    let mut trouble = daily("UTC");
    trouble["input"]["name"] = json!("Trouble");
    t.create("core.schedule", trouble).await;
    at(t, "2026-03-02T02:30:00Z");
    assert_eq!(run(t).await, 1);
    let job = t.find("core.job", "action == 'chores.found'").await.pop().expect("a job");
    assert_eq!(standing(t, &job).await.0, "queued");
    // The next day it is tried again, and no second one is asked for beside it.
    at(t, "2026-03-03T02:30:00Z");
    run(t).await;
    assert_eq!((t.find("core.job", "action == 'chores.found'").await.len(), standing(t, &job).await.1), (1, 2));
}

#[nexus_testkit::test]
async fn a_schedule_that_is_changed_switched_off_or_deleted_goes_by_its_new_form(t: &Tenant) {
    at(t, "2026-03-02T00:00:00Z");
    let schedule = t.create("core.schedule", daily("UTC")).await;
    t.update("core.schedule", &schedule, json!({"cron": "0 18 L * *", "zone": "Africa/Nairobi"})).await.ok();
    assert_eq!(next(t, &schedule).await, "2026-03-31T15:00:00Z");
    t.update("core.schedule", &schedule, json!({"active": false})).await.ok();
    assert_eq!(next(t, &schedule).await, "");
    at(t, "2026-04-01T00:00:00Z");
    run(t).await;
    t.update("core.schedule", &schedule, json!({"active": true})).await.ok();
    assert_eq!(next(t, &schedule).await, "2026-04-30T15:00:00Z");
    t.delete("core.schedule", &schedule).await.ok();
    at(t, "2026-05-01T00:00:00Z");
    run(t).await;
    assert_eq!(teams(t).await.len(), 0);
}

#[nexus_testkit::test]
async fn a_schedule_that_cannot_be_run_is_refused(t: &Tenant) {
    let amina = t.user("amina", &[]).await;
    let with = |field: &str, value: Json| {
        let mut schedule = daily("UTC");
        schedule[field] = value;
        schedule
    };
    let refused = |schedule: Json| async { amina.try_create("core.schedule", schedule).await };
    refused(with("cron", json!("0 0 30 2 *"))).await.problem("cron", "names a time that never comes");
    refused(with("cron", json!("* * * * * *"))).await.problem("cron", "cannot be read as minute, hour");
    refused(with("zone", json!("Africa/Atlantis"))).await.problem("zone", "there is no time zone Africa/Atlantis");
    refused(with("action", json!("chores.fly"))).await.problem("action", "there is no action chores.fly");
    refused(with("action", json!("chores.dig"))).await.problem("", "is asked for by actions alone");
    refused(with("next_at", json!("2026-03-02T00:00:00Z"))).await.problem("next_at", "is set by the system alone");
}

#[nexus_testkit::database_test]
fn what_an_app_brings_along_is_there_once_and_stays_as_it_was_changed(on: On) {
    on.run(|storage| async move {
        let yard = yard();
        let t = Tenant::open(vec![app_with_schedule(yard)], &storage).await;
        at(&t, "2026-03-02T00:00:00Z");
        run(&t).await;
        let morning = t.find("core.schedule", "declared == 'chores.morning'").await.pop().expect("a schedule");
        assert_eq!((morning["next_at"].as_str(), morning["owner"].is_null()), (Some("2026-03-02T04:00:00Z"), true));
        t.update("core.schedule", &morning, json!({"cron": "0 8 * * *"})).await.ok();
        for own in t.find("core.schedule", "declared.startsWith('core.')").await {
            t.delete("core.schedule", &own).await.ok();
        }
        drop(t);
        let t = Tenant::open(vec![app_with_schedule(yard)], &storage).await;
        at(&t, "2026-03-02T05:00:00Z");
        assert_eq!((run(&t).await, teams(&t).await), (1, vec!["Morning".to_owned()]));
        let left = t.find("core.schedule", "true").await;
        assert_eq!((left.len(), left[0]["cron"].as_str()), (1, Some("0 8 * * *")));
    });
}
