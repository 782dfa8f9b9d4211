//! A tenant that is suspended, deleted, taken back, removed.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use nexus_kernel::model::Timestamp;
use nexus_kernel::serde_json::json;
use nexus_kernel::{Kind, Options};
use nexus_testkit::{On, Storage};

use crate::company::{add_team, kernel, sign_in, teams, tenant, try_tenant};

#[nexus_testkit::database_test]
fn nobody_works_in_a_suspended_tenant_and_its_sessions_outlast_that(on: On) {
    on.run(|storage| async move { suspended(&storage).await });
}

async fn suspended(storage: &Storage) {
    let kernel = kernel(storage, |options| options);
    let (slug, other) = (tenant(&kernel, "A", None).await, tenant(&kernel, "B", None).await);
    let token = sign_in(&kernel, &slug).await.expect("signed in");
    let theirs = sign_in(&kernel, &other).await.expect("signed in");
    // What a stream of events waits for.
    let mut standing = kernel.tenant(&slug).expect("open").standing();

    // Another process, or the command line, says so.
    kernel.control.suspend_tenant(&slug, Some("March is not paid")).expect("noted");
    kernel.look().expect("looked up");
    standing.changed().await.expect("streams are told");
    let refused = kernel.authenticate(&token).await.err().expect("refused");
    assert_eq!(refused.kind, Kind::Denied);
    assert!(refused.detail.starts_with("A is suspended: March is not paid."), "{refused}");
    assert_eq!(refused.more["suspended"], json!("March is not paid"));
    assert_eq!(sign_in(&kernel, &slug).await.expect_err("refused").kind, Kind::Denied);
    kernel.authenticate(&theirs).await.expect("the other works on");
    // A process that opens it only now finds it so.
    let second = crate::company::kernel(storage, |options| options);
    assert_eq!(second.authenticate(&token).await.err().expect("refused").kind, Kind::Denied);

    kernel.resume_tenant(&slug).expect("resumed");
    kernel.authenticate(&token).await.expect("the session is still there");
    assert_eq!(kernel.suspend_tenant("nobody", "x").expect_err("unknown").kind, Kind::NotFound);
}

#[nexus_testkit::database_test]
fn a_deleted_tenant_can_be_taken_back_until_its_grace_is_over(on: On) {
    on.run(|storage| async move { deleted(&storage).await });
}

async fn deleted(storage: &Storage) {
    let now = Arc::new(AtomicI64::new(Timestamp::now().as_microsecond()));
    let (shown, day) = (Arc::clone(&now), 24 * 3_600 * 1_000_000);
    let clock = move || Timestamp::from_microsecond(shown.load(Ordering::Relaxed)).expect("in range");
    let kernel = kernel(storage, |options| Options { clock: Arc::new(clock), ..options });
    let (slug, other) = (tenant(&kernel, "A", None).await, tenant(&kernel, "B", None).await);
    add_team(&kernel, &slug, "North").await;
    add_team(&kernel, &other, "South").await;
    let token = sign_in(&kernel, &slug).await.expect("signed in");
    assert!(kernel.purge_tenant(&slug, true).expect_err("not deleted").detail.contains("is not deleted"));

    let at = kernel.delete_tenant(&slug, 30).expect("deleted");
    assert_eq!(at.as_microsecond() - now.load(Ordering::Relaxed), 30 * day);
    assert_eq!(kernel.authenticate(&token).await.err().expect("refused").kind, Kind::Denied);
    let refused = kernel.tenant(&slug).err().expect("closed").detail;
    assert!(refused.starts_with(&format!("A was deleted; until {at}")), "{refused}");
    assert_eq!(kernel.tenant_slugs().expect("slugs"), ["b"]);
    kernel.undelete_tenant(&slug).expect("taken back");
    kernel.authenticate(&token).await.expect("as it was");
    assert_eq!(teams(&kernel, &slug).await, ["North"]);

    kernel.delete_tenant(&slug, 30).expect("deleted");
    assert_eq!(kernel.delete_tenant(&slug, 1).expect_err("once").kind, Kind::Conflict);
    now.fetch_add(29 * day, Ordering::Relaxed);
    kernel.purge_due().expect("looked for");
    assert!(kernel.purge_tenant(&slug, false).expect_err("too early").detail.contains("lasts until"));
    now.fetch_add(2 * day, Ordering::Relaxed);
    assert_eq!(kernel.undelete_tenant(&slug).expect_err("too late").kind, Kind::Conflict);
    kernel.purge_due().expect("removed");
    assert_eq!(kernel.entry(&slug).expect_err("gone").kind, Kind::NotFound);
    assert_eq!(kernel.authenticate(&token).await.err().expect("no session").kind, Kind::Unauthenticated);
    assert_eq!(teams(&kernel, &other).await, ["South"]);
    // Its name is free, and who takes it finds nothing.
    try_tenant(&kernel, "A", None).await.expect("a new one");
    assert!(teams(&kernel, &slug).await.is_empty());
}

#[nexus_testkit::database_test]
fn data_that_somebody_still_works_on_are_not_removed(on: On) {
    on.run(|storage| async move {
        let kernel = kernel(&storage, |options| options);
        let slug = tenant(&kernel, "A", None).await;
        let held = kernel.tenant(&slug).expect("open");
        let refused = kernel.purge_tenant(&slug, true).expect_err("not deleted yet");
        assert_eq!(refused.kind, Kind::Conflict);
        kernel.delete_tenant(&slug, 0).expect("deleted");
        assert!(held.check_standing().is_err());
        drop(held);
        kernel.purge_tenant(&slug, false).expect("removed");
        assert!(kernel.tenant_slugs().expect("slugs").is_empty());
    });
}
