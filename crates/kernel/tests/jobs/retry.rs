//! Failing: pauses that grow, dead letters, and what is given up at once.

use nexus_kernel::prelude::*;
use nexus_testkit::Tenant;

use crate::chores::{app, put, run, standing, teams, yard};

fn apps() -> Vec<App> {
    vec![app(yard())]
}

fn at(time: &str) -> Timestamp {
    time.parse().expect("a time")
}

fn id(job: &Json) -> Option<Uuid> {
    job.as_str().and_then(|id| id.parse().ok())
}

#[nexus_testkit::test]
async fn pauses_grow_with_each_failure_and_are_drawn_from_the_job(t: &Tenant) {
    let mut now = at("2026-03-02T08:00:00Z");
    t.at(now);
    let id = "01960000-0000-7000-8000-000000000001";
    let input = json!({
        "id": id, "action": "chores.found", "input": {"name": "Trouble"}, "attempts_max": 5, "backoff_seconds": 10,
        "backoff_max_seconds": 60,
    });
    let job = t.create("core.job", input).await["id"].clone();
    let mut pauses = Vec::new();
    for attempt in 1..=4 {
        assert_eq!(run(t).await, 1);
        let (state, attempts, error) = standing(t, &job).await;
        assert_eq!((state.as_str(), attempts, error.as_str()), ("queued", attempt, "there is trouble with it now"));
        let next = at(t.get("core.job", &job).await["run_at"].as_str().expect("a time"));
        pauses.push(next.duration_since(now).as_millis());
        now = next - jiff::SignedDuration::from_micros(1);
        t.at(now);
        assert_eq!(run(t).await, 0);
        now = next;
        t.at(now);
    }
    // Drawn from at most 10, 20, 40 and then 60 seconds.
    assert_eq!(pauses, [6_832, 17_439, 10_221, 56_645]);
    assert_eq!(run(t).await, 1);
    assert_eq!(standing(t, &job).await.0, "dead");
    assert_eq!(teams(t).await.len(), 0);
}

/// How many jobs of the queue there are, by state.
async fn counted(t: &Tenant) -> Vec<(&'static str, i64)> {
    let counts = t.kernel.jobs_by_queue(&t.tenant).await.expect("counted");
    assert!(counts.keys().all(|(queue, _)| queue == "chores"), "{counts:?}");
    counts.into_iter().map(|((_, state), count)| (state, count)).collect()
}

#[nexus_testkit::test]
async fn a_dead_letter_is_seen_retried_and_discarded(t: &Tenant) {
    let job = put(t, json!({"name": "Refused"})).await;
    assert_eq!(run(t).await, 1);
    let (state, attempts, error) = standing(t, &job).await;
    assert_eq!((state.as_str(), attempts), ("dead", 1), "a rule that is broken stays broken");
    assert!(error.ends_with("name: is refused for good"), "{error}");
    assert_eq!(counted(t).await, [("dead", 1), ("queued", 0), ("running", 0)]);
    t.act("core.retry_job", id(&job), json!({})).await.ok();
    assert_eq!(standing(t, &job).await.0, "queued");
    assert_eq!((run(t).await, standing(t, &job).await.0.as_str()), (1, "dead"));
    t.act("core.discard_job", id(&job), json!({})).await.ok();
    assert_eq!(standing(t, &job).await.0, "discarded");
    t.act("core.retry_job", id(&job), json!({})).await.problem("", "it is discarded");
    assert_eq!(counted(t).await, [("dead", 0), ("queued", 0), ("running", 0)]);
}

#[nexus_testkit::test]
async fn the_job_of_somebody_who_left_is_dead_and_can_be_retried_when_they_are_back(t: &Tenant) {
    let amina = t.user("amina", &["administrator"]).await;
    let job = put(&amina, json!({"name": "Kibo"})).await;
    t.update("core.user", amina.principal.user, json!({"active": false})).await.ok();
    assert_eq!(run(t).await, 1);
    let (state, _, error) = standing(t, &job).await;
    assert_eq!((state.as_str(), error.as_str()), ("dead", "this user may no longer sign in"));
    t.update("core.user", amina.principal.user, json!({"active": true})).await.ok();
    t.act("core.retry_job", id(&job), json!({})).await.ok();
    assert_eq!((run(t).await, teams(t).await), (1, vec!["Kibo".to_owned()]));
}
