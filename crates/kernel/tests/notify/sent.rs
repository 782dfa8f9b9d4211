//! Documents that somebody sends: written down beside the record, printed as their reader may see them, sent once.

use nexus_kernel::prelude::*;
use nexus_testkit::{On, Tenant};

use crate::open;

/// A key of Ada's, which nobody else but an administrator may read.
async fn key(t: &Tenant, ada: &Tenant) -> Json {
    t.create("core.api_key", json!({"name": "her own", "user": ada.principal.user})).await["id"].clone()
}

async fn mail(t: &Tenant, id: &Json) -> Json {
    t.get("core.outgoing_mail", id).await
}

#[nexus_testkit::database_test]
fn a_document_is_sent_once_although_the_server_was_away(on: On) {
    on.run(|storage| async move {
        let (t, letters) = open(&storage).await;
        let (ada, eve) = (t.user("ada", &[]).await, t.user("eve", &[]).await);
        let key = key(&t, &ada).await;
        t.at("2026-03-02T08:00:00Z".parse().expect("a time"));
        let sent = t.act("post.send_key", None, json!({"key": key, "to": "max@client.example"})).await.ok();
        letters.refuse(1);
        t.kernel.run_due_jobs(&t.tenant).await.expect("jobs run");
        assert!(letters.take().is_empty());
        assert_eq!(mail(&ada, &sent["mail"]).await["state"], "queued");

        t.at("2026-03-02T09:00:00Z".parse().expect("a time"));
        t.kernel.run_due_jobs(&t.tenant).await.expect("jobs run");
        let letter = letters.take().pop().expect("a letter");
        assert_eq!(letter.to, (String::new(), "max@client.example".to_owned()));
        assert_eq!(letter.reply_to, Some(("admin".to_owned(), "admin@example.com".to_owned())));
        assert_eq!((letter.name, &letter.data["subject"]), ("document", &json!("A key")));
        let [enclosed] = letter.enclosures.as_slice() else { panic!("{letter:?}") };
        assert_eq!((enclosed.name.as_str(), enclosed.media_type), ("her own.pdf", "application/pdf"));
        let printed: Json = serde_json::from_slice(&enclosed.content).expect("what was printed");
        assert_eq!(printed["name"], "her own");
        let known = mail(&ada, &sent["mail"]).await;
        assert_eq!((&known["state"], &known["sent_at"]), (&json!("sent"), &json!("2026-03-02T09:00:00Z")));

        t.at("2026-03-03T09:00:00Z".parse().expect("a time"));
        t.kernel.run_due_jobs(&t.tenant).await.expect("jobs run");
        assert!(letters.take().is_empty(), "nothing is sent twice");
        // It is told of where the record is, and to nobody who may not read that.
        assert!(eve.find("core.outgoing_mail", "true").await.is_empty());
        eve.try_get("core.outgoing_mail", &sent["mail"]).await.expect_err("not hers");
    });
}

#[nexus_testkit::database_test]
fn a_reader_gets_what_their_own_rights_show_and_a_failure_is_told(on: On) {
    on.run(|storage| async move {
        let (t, letters) = open(&storage).await;
        let (ada, eve) = (t.user("ada", &[]).await, t.user("eve", &[]).await);
        let key = key(&t, &ada).await;
        let to = |reader: &Tenant| json!({"key": key, "to": "x@example.com", "reader": reader.principal.user});
        let [shown, hidden] = [
            t.act("post.send_key", None, to(&ada)).await.ok()["mail"].clone(),
            t.act("post.send_key", None, to(&eve)).await.ok()["mail"].clone(),
        ];
        t.kernel.run_due_jobs(&t.tenant).await.expect("jobs run");
        assert_eq!(letters.take().len(), 1, "eve may not read it");
        assert_eq!(mail(&t, &shown).await["state"], "sent");
        let failed = mail(&t, &hidden).await;
        assert_eq!((&failed["state"], &failed["sent_at"]), (&json!("failed"), &Json::Null));
        assert!(failed["error"].as_str().is_some_and(|why| why.starts_with("there is no")), "{failed}");
    });
}

#[nexus_testkit::database_test]
fn what_waits_is_taken_back_by_undo_and_a_wrong_address_is_refused(on: On) {
    on.run(|storage| async move {
        let (t, letters) = open(&storage).await;
        let ada = t.user("ada", &[]).await;
        let key = key(&t, &ada).await;
        t.act("post.send_key", None, json!({"key": key, "to": "nobody"})).await.problem("to", "e-mail address");
        let reply = t.act("post.send_key", None, json!({"key": key, "to": "max@client.example"})).await.reply();
        t.undo(reply.run).await.ok();
        t.kernel.run_due_jobs(&t.tenant).await.expect("jobs run");
        assert!(letters.take().is_empty());
        assert!(t.find("core.outgoing_mail", "true").await.is_empty());

        // Where no way out was set up, whoever sends is told so at once.
        let plain = Tenant::open(vec![crate::app()], &storage).await.as_principal((*t.principal).clone());
        let refused = plain.act("post.send_key", None, json!({"key": key, "to": "max@client.example"})).await;
        refused.problem("", "no way to send mail");
    });
}
