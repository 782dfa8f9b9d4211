//! Who may open a file.

use nexus_kernel::Kind;
use nexus_testkit::{On, Tenant};
use serde_json::json;

use super::desk::{file, read, run};

async fn is_open(t: &Tenant, id: nexus_kernel::model::Uuid) -> bool {
    match read(t, id, None).await {
        Ok(_) => true,
        Err(problem) => {
            assert_eq!(problem.kind, Kind::NotFound, "{problem}");
            false
        }
    }
}

#[nexus_testkit::database_test]
fn a_file_is_open_to_its_uploader_and_to_who_may_read_what_refers_to_it(on: On) {
    run(on, |t| async move {
        let (ada, ben) = (t.user("ada", &["clerk"]).await, t.user("ben", &["clerk"]).await);
        let (guest, nobody) = (t.user("gus", &["guest"]).await, t.user("nic", &[]).await);
        let paper = file(&ada, "a.txt", b"hello").await;
        assert!(is_open(&ada, paper).await && is_open(&t, paper).await);
        assert!(!is_open(&ben, paper).await);

        let letter = ada.create("desk.letter", json!({"name": "one", "paper": paper})).await;
        assert!(is_open(&ben, paper).await);
        assert!(!is_open(&guest, paper).await && !is_open(&nobody, paper).await);
        // The record of the file itself stays with its uploader.
        assert!(ben.try_get("core.file", paper).await.is_err());

        ada.update("desk.letter", &letter, json!({"open": true})).await.ok();
        assert!(is_open(&guest, paper).await && !is_open(&nobody, paper).await);
        ada.update("desk.letter", &letter, json!({"paper": null})).await.ok();
        assert!(!is_open(&ben, paper).await && is_open(&ada, paper).await);
    });
}

#[nexus_testkit::database_test]
fn a_field_that_is_not_shown_opens_nothing(on: On) {
    run(on, |t| async move {
        let ben = t.user("ben", &["clerk"]).await;
        let paper = file(&t, "a.txt", b"hello").await;
        t.create("desk.letter", json!({"name": "one", "veiled": paper})).await;
        assert!(!is_open(&ben, paper).await);
    });
}

#[nexus_testkit::database_test]
fn a_row_of_a_record_opens_it_until_the_record_is_deleted(on: On) {
    run(on, |t| async move {
        let (ada, ben) = (t.user("ada", &["clerk"]).await, t.user("ben", &["clerk"]).await);
        let paper = file(&ada, "a.txt", b"hello").await;
        let letter = ada.create("desk.letter", json!({"name": "one", "enclosures": [{"paper": paper}]})).await;
        assert!(is_open(&ben, paper).await);
        ada.delete("desk.letter", &letter).await.ok();
        assert!(!is_open(&ben, paper).await && is_open(&ada, paper).await);
    });
}

#[nexus_testkit::database_test]
fn nobody_refers_to_a_file_that_is_not_open_to_them(on: On) {
    run(on, |t| async move {
        let (ada, gus) = (t.user("ada", &["clerk"]).await, t.user("gus", &["guest"]).await);
        let paper = file(&ada, "a.txt", b"hello").await;
        let theirs = json!({"name": "two", "open": true, "paper": paper});
        gus.try_create("desk.letter", theirs.clone()).await.problem("paper", "leads to no file");
        let row = json!({"name": "two", "open": true, "enclosures": [{"paper": paper}]});
        gus.try_create("desk.letter", row).await.problem("enclosures/0/paper", "leads to no file");
        let invented = nexus_kernel::model::Uuid::now_v7();
        ada.try_create("desk.letter", json!({"name": "x", "paper": invented}))
            .await
            .problem("paper", "leads to no file");
        assert!(!is_open(&gus, paper).await);
        // What they can open through another record they may refer to.
        ada.create("desk.letter", json!({"name": "one", "open": true, "paper": paper})).await;
        gus.try_create("desk.letter", theirs).await.ok();
    });
}

#[nexus_testkit::database_test]
fn a_file_that_a_record_refers_to_is_not_deleted(on: On) {
    run(on, |t| async move {
        let ada = t.user("ada", &["clerk"]).await;
        let paper = file(&ada, "a.txt", b"hello").await;
        let letter = ada.create("desk.letter", json!({"name": "one", "paper": paper})).await;
        ada.delete("core.file", paper).await.problem("", "used by Letter one");
        let other = file(&ada, "b.txt", b"hello").await;
        ada.act("core.replace_file", Some(other), json!({"with": paper})).await.problem("", "used by Letter one");
        ada.update("desk.letter", &letter, json!({"paper": null})).await.ok();
        ada.delete("core.file", paper).await.ok();
        assert!(!is_open(&ada, paper).await);
    });
}
