//! Work beside all transactions: claimed, told of, cancelled, one at a time by key, put back.

use std::sync::Arc;

use nexus_kernel::prelude::*;
use nexus_testkit::{On, Tenant};
use tokio::sync::watch;

use crate::chores::{Yard, app, put, run, standing, teams, yard};

async fn open(storage: &nexus_testkit::Storage) -> (Tenant, &'static Yard) {
    let yard = yard();
    (Tenant::open(vec![app(yard)], storage).await, yard)
}

/// Has a tenant's jobs run until the sender is told or dropped, as a server does.
fn serve(t: &Tenant) -> (watch::Sender<bool>, tokio::task::JoinHandle<()>) {
    let (ends, ending) = watch::channel(false);
    (ends, tokio::spawn(Arc::clone(&t.kernel).carry(ending)))
}

/// Waits until a job is in a state.
async fn until(t: &Tenant, job: &Json, state: &str) {
    let mut committed = t.tenant.database.committed();
    while standing(t, job).await.0 != state {
        committed.changed().await.expect("the tenant lives");
    }
}

fn id(job: &Json) -> Option<Uuid> {
    job.as_str().and_then(|id| id.parse().ok())
}

#[nexus_testkit::database_test]
fn work_in_the_background_is_done_and_told_of_in_thirteen_events(on: On) {
    on.run(|storage| async move {
        let (t, _) = open(&storage).await;
        let job = put(&t, json!({"name": "Kibo", "action": "chores.dig"})).await;
        assert_eq!((run(&t).await, teams(&t).await), (1, vec!["Kibo".to_owned()]));
        assert_eq!(standing(&t, &job).await, ("done".to_owned(), 1, String::new()));
        // Asked for, claimed, each tenth, done; the last tenth is told of by the work, and the end by itself.
        let object = t.kernel.registry.object("core.job").expect("jobs");
        let history = t.kernel.history(&t.tenant, &t.principal, object, id(&job).expect("an id"), None);
        assert_eq!(history.await.expect("a history")["data"].as_array().map(Vec::len), Some(13));
    });
}

#[nexus_testkit::database_test]
fn what_fails_or_panics_is_tried_again_and_what_it_did_is_not_done_twice(on: On) {
    on.run(|storage| async move {
        let (t, yard) = open(&storage).await;
        t.at("2026-03-02T08:00:00Z".parse().expect("a time"));
        let late = put(&t, json!({"name": "Late", "action": "chores.dig"})).await;
        let panics = put(&t, json!({"name": "Panic", "action": "chores.dig"})).await;
        assert_eq!(run(&t).await, 2);
        assert_eq!(standing(&t, &late).await, ("queued".to_owned(), 1, "it fails after all that".to_owned()));
        assert_eq!(standing(&t, &panics).await, ("queued".to_owned(), 1, "chores.dig failed inside".to_owned()));
        t.at("2026-03-02T08:00:15Z".parse().expect("a time"));
        assert_eq!(run(&t).await, 2);
        assert_eq!((standing(&t, &late).await.0.as_str(), teams(&t).await), ("done", vec!["Late".to_owned()]));
        assert_eq!(yard.begun.lock().expect("unpoisoned").len(), 4);
    });
}

#[nexus_testkit::database_test]
fn of_the_jobs_with_one_key_one_is_at_work_and_others_go_beside_it(on: On) {
    on.run(|storage| async move {
        let (t, yard) = open(&storage).await;
        yard.shut(true);
        let mut jobs = Vec::new();
        for (name, key) in [("A1", "a'\"\\"), ("A2", "a'\"\\"), ("A3", "a'\"\\"), ("B1", "b")] {
            jobs.push(put(&t, json!({"name": name, "key": key, "action": "chores.dig"})).await);
        }
        let (_ends, _served) = serve(&t);
        yard.wait_for(2).await;
        let mut begun = yard.begun.lock().expect("unpoisoned").clone();
        begun.sort();
        assert_eq!(begun, ["A1", "B1"]);
        // An action with the key waits as well.
        let waits = put(&t, json!({"name": "A4", "key": "a'\"\\"})).await;
        let free = put(&t, json!({"name": "C1"})).await;
        until(&t, &free, "done").await;
        assert_eq!(standing(&t, &waits).await.0, "queued");
        yard.shut(false);
        for job in jobs.iter().chain([&waits]) {
            until(&t, job, "done").await;
        }
        assert_eq!(yard.at_once_most.load(std::sync::atomic::Ordering::SeqCst), 2);
    });
}

#[nexus_testkit::database_test]
fn a_job_that_is_cancelled_while_it_runs_finds_out_and_stays_cancelled(on: On) {
    on.run(|storage| async move {
        let (t, yard) = open(&storage).await;
        yard.shut(true);
        let job = put(&t, json!({"name": "Kibo", "action": "chores.dig"})).await;
        let running = t.clone();
        let ran = tokio::spawn(async move { run(&running).await });
        yard.wait_for(1).await;
        assert_eq!(standing(&t, &job).await.0, "running");
        t.act("core.cancel_job", id(&job), json!({})).await.ok();
        yard.shut(false);
        assert_eq!(ran.await.expect("it ends"), 1);
        assert_eq!((standing(&t, &job).await.0.as_str(), teams(&t).await.len()), ("cancelled", 0));
    });
}

#[nexus_testkit::database_test]
fn a_process_that_ends_puts_back_what_it_has_not_done_and_counts_no_try(on: On) {
    on.run(|storage| async move {
        let (t, yard) = open(&storage).await;
        yard.shut(true);
        let job = put(&t, json!({"name": "Kibo", "action": "chores.dig"})).await;
        let (ends, served) = serve(&t);
        yard.wait_for(1).await;
        ends.send_replace(true);
        served.await.expect("it ends");
        assert_eq!(standing(&t, &job).await, ("queued".to_owned(), 0, String::new()));
        yard.shut(false);
        assert_eq!((run(&t).await, standing(&t, &job).await.0.as_str()), (1, "done"));
    });
}

#[nexus_testkit::database_test]
fn a_branch_does_what_stays_inside_and_leaves_out_what_reaches_outside(on: On) {
    on.run(|storage| async move {
        let (t, yard) = open(&storage).await;
        let inside = put(&t, json!({"name": "Kibo"})).await;
        let background = put(&t, json!({"name": "Mawenzi", "action": "chores.dig"})).await;
        let outside = put(&t, json!({"name": "Shira", "action": "chores.tell"})).await;
        t.kernel.branch_tenant("example-ltd", "rehearsal").expect("branched");
        let branch = t.in_tenant("rehearsal");
        run(&branch).await;
        assert_eq!(standing(&branch, &inside).await.0, "done");
        for job in [&background, &outside] {
            let (state, _, error) = standing(&branch, job).await;
            let left_out = "what reaches outside is not done in a copy to rehearse on";
            assert_eq!((state.as_str(), error.as_str()), ("cancelled", left_out));
        }
        assert_eq!((teams(&branch).await, yard.begun.lock().expect("unpoisoned").len()), (vec!["Kibo".to_owned()], 0));
        assert_eq!((run(&t).await, standing(&t, &outside).await.0.as_str()), (3, "done"));
    });
}
