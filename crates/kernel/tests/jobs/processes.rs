//! Several processes with the same jobs: each is done once, and what one leaves that dies another takes over.

use std::sync::Arc;

use nexus_kernel::prelude::*;
use nexus_testkit::{On, Storage, Tenant};
use tokio::sync::watch;

use crate::chores::{app, app_with_schedule, put, run, standing, teams, yard};

/// Waits until no job waits or is at work.
async fn until_done(t: &Tenant) {
    let mut committed = t.tenant.database.committed();
    while !t.find("core.job", "state in ['queued', 'running']").await.is_empty() {
        committed.changed().await.expect("the tenant lives");
    }
}

#[nexus_testkit::test]
async fn nothing_is_run_in_a_tenant_that_is_suspended(t: &Tenant) {
    put(t, json!({"name": "Kibo"})).await;
    t.kernel.suspend_tenant("example-ltd", "unpaid").expect("suspended");
    t.kernel.run_due_jobs(&t.tenant).await.expect_err("nobody may work in it");
    let due = t.kernel.control.work_due(Timestamp::now()).expect("asked");
    assert_eq!(due, Vec::<String>::new());
    t.kernel.resume_tenant("example-ltd").expect("resumed");
    assert_eq!(run(t).await, 1);
}

fn apps() -> Vec<App> {
    vec![app(yard())]
}

#[nexus_testkit::database_test]
fn processes_that_try_at_once_run_each_job_once(on: On) {
    on.run(|storage| async move {
        let first = Tenant::open(apps(), &storage).await;
        let second = Tenant::open(apps(), &storage).await;
        for round in 0..10 {
            for number in 0..3 {
                put(&first, json!({"name": format!("Team {round} {number}")})).await;
            }
            tokio::join!(run(&first), run(&second));
        }
        assert_eq!(teams(&first).await.len(), 30);
        assert_eq!(first.find("core.job", "state == 'done' && attempt == 1").await.len(), 30);
    });
}

#[nexus_testkit::database_test]
fn a_schedule_comes_round_once_in_two_processes(on: On) {
    on.run(|storage| async move {
        let (shared, other) = (yard(), yard());
        let first = Tenant::open(vec![app_with_schedule(shared)], &storage).await;
        let second = Tenant::open(vec![app_with_schedule(other)], &storage).await;
        for t in [&first, &second] {
            t.at("2026-03-02T03:00:00Z".parse().expect("a time"));
        }
        tokio::join!(run(&first), run(&second));
        assert_eq!(first.find("core.schedule", "declared == 'chores.morning'").await.len(), 1);
        // Seven in Nairobi is four in Greenwich.
        for t in [&first, &second] {
            t.at("2026-03-02T04:00:00Z".parse().expect("a time"));
        }
        tokio::join!(run(&first), run(&second));
        assert_eq!(teams(&first).await, ["Morning"]);
    });
}

/// Two servers of one PostgreSQL.
#[test]
fn two_servers_share_the_jobs_of_a_tenant() {
    On::Postgres.run(|storage| async move {
        let (here, there) = (yard(), yard());
        here.shut(true);
        there.shut(true);
        let bounded = |options| nexus_kernel::Options { jobs_max: 2, ..options };
        let first = Tenant::open_with(vec![app(here)], &storage, bounded).await;
        let second = Tenant::open_with(vec![app(there)], &storage, bounded).await;
        for number in 0..4 {
            put(&first, json!({"name": format!("Team {number}"), "action": "chores.dig"})).await;
        }
        let (_ends, ending) = watch::channel(false);
        tokio::spawn(Arc::clone(&first.kernel).carry(ending.clone()));
        here.wait_for(2).await;
        tokio::spawn(Arc::clone(&second.kernel).carry(ending));
        there.wait_for(2).await;
        here.shut(false);
        there.shut(false);
        until_done(&first).await;
        assert_eq!(teams(&first).await.len(), 4);
        assert_eq!(first.find("core.job", "state == 'done' && attempt == 1").await.len(), 4);
    });
}

#[nexus_testkit::database_test]
fn what_a_process_was_at_that_died_another_takes_over_and_the_first_finds_out(on: On) {
    on.run(|storage: Storage| async move {
        let (stuck, free) = (yard(), yard());
        stuck.shut(true);
        let first = Tenant::open(vec![app(stuck)], &storage).await;
        let job = put(&first, json!({"name": "Kibo", "action": "chores.dig"})).await;
        let dying = first.clone();
        let ran = tokio::spawn(async move { run(&dying).await });
        stuck.wait_for(1).await;
        let second = Tenant::open(vec![app(free)], &storage).await;
        let is_server = matches!(storage, Storage::Server(_));
        if is_server {
            // It gives signs of life, and so the job is its own.
            assert_eq!((run(&second).await, standing(&second, &job).await.0.as_str()), (0, "running"));
            let (process, _) = second.kernel.control.signs().expect("asked")[0];
            // As the others find when it has given none for 15 seconds.
            assert!(second.kernel.control.strike_out(process, None).expect("struck out"));
        }
        assert_eq!((run(&second).await, standing(&second, &job).await.0.as_str()), (1, "done"));
        assert_eq!(standing(&second, &job).await, done(2));
        // The first comes back to life, and leaves all as it is.
        stuck.shut(false);
        assert_eq!(ran.await.expect("it ends"), 1);
        assert_eq!((standing(&second, &job).await, teams(&second).await), (done(2), vec!["Kibo".to_owned()]));
    });
}

/// The first server ends in the middle of its work, as by `kill -9`; the second finds no sign of its life any more.
#[test]
fn a_server_that_dies_leaves_its_jobs_to_the_others() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let scratch = nexus_testkit::Scratch::new().await;
        let (stuck, free) = (yard(), yard());
        stuck.shut(true);
        let t = Tenant::open(vec![app(free)], &scratch.storage()).await;
        let job = put(&t, json!({"name": "Kibo", "action": "chores.dig"})).await;
        let (doomed, storage) = (tokio::runtime::Runtime::new().expect("a runtime"), scratch.storage());
        doomed.spawn(async move {
            let first = Tenant::open(vec![app(stuck)], &storage).await;
            run(&first).await;
        });
        stuck.wait_for(1).await;
        doomed.shutdown_background();
        let (_ends, ending) = watch::channel(false);
        tokio::spawn(Arc::clone(&t.kernel).carry(ending));
        until_done(&t).await;
        assert_eq!((standing(&t, &job).await, teams(&t).await), (done(2), vec!["Kibo".to_owned()]));
        scratch.remove().await;
    });
}

/// Done at this try.
fn done(attempt: i64) -> (String, i64, String) {
    ("done".to_owned(), attempt, String::new())
}

#[nexus_testkit::database_test]
fn a_job_that_kills_its_process_each_time_is_dead_after_its_last_try(on: On) {
    on.run(|storage: Storage| async move {
        let yard = yard();
        yard.shut(true);
        let t = Tenant::open(vec![app(yard)], &storage).await;
        let job = put(&t, json!({"name": "Kibo", "action": "chores.dig"})).await;
        let ten = standing(&t, &job).await.1 + 10;
        for attempt in 1..=ten {
            let dying = Tenant::open(vec![app(yard)], &storage).await;
            let ran = tokio::spawn(async move { run(&dying).await });
            yard.wait_for(usize::try_from(attempt).expect("a count")).await;
            ran.abort();
            for (process, _) in t.kernel.control.signs().expect("asked") {
                t.kernel.control.strike_out(process, None).expect("struck out");
            }
        }
        run(&t).await;
        let died = "the process at work on it died";
        assert_eq!(standing(&t, &job).await, ("dead".to_owned(), 10, died.to_owned()));
    });
}

#[nexus_testkit::database_test]
fn a_tenant_without_work_is_not_opened_and_one_with_work_is(on: On) {
    on.run(|storage| async move {
        let t = Tenant::open(apps(), &storage).await;
        let now = || Timestamp::now();
        let due = |at: Timestamp| t.kernel.control.work_due(at).expect("asked");
        assert_eq!(due(now()), ["example-ltd"], "nobody has looked yet");
        let (ends, ending) = watch::channel(false);
        let served = tokio::spawn(Arc::clone(&t.kernel).carry(ending));
        let mut committed = t.tenant.database.committed();
        let tomorrow = now() + jiff::SignedDuration::from_hours(30);
        // The schedule that Nexus itself brings along is there, and nothing is due before it.
        while t.find("core.schedule", "true").await.is_empty() {
            committed.changed().await.expect("the tenant lives");
        }
        while !due(now()).is_empty() {
            tokio::task::yield_now().await;
        }
        assert_eq!(due(tomorrow), ["example-ltd"]);
        ends.send_replace(true);
        served.await.expect("it ends");
        // What is asked for is noted before it is there.
        let hour = now() + jiff::SignedDuration::from_hours(1);
        put(&t, json!({"name": "Kibo", "seconds": 1_800})).await;
        assert_eq!((due(now()), due(hour)), (Vec::new(), vec!["example-ltd".to_owned()]));
        put(&t, json!({"name": "Mawenzi"})).await;
        assert_eq!(due(now()), ["example-ltd"]);
        let other = Tenant::open(apps(), &storage).await;
        drop(t);
        let (_ends, ending) = watch::channel(false);
        let mut committed = other.tenant.database.committed();
        tokio::spawn(Arc::clone(&other.kernel).carry(ending));
        while teams(&other).await.is_empty() {
            committed.changed().await.expect("the tenant lives");
        }
        assert_eq!(teams(&other).await, ["Mawenzi"]);
    });
}
