//! Documents that go to the customer by mail.

use finance::actions::{pay_invoice, reverse_invoice, send_credit_note, send_invoice};
use nexus_kernel::prelude::*;
use nexus_testkit::{On, Tenant};

use crate::setup::{apps, draft, two_hundred_and_forty};

#[nexus_testkit::database_test]
fn a_posted_invoice_is_mailed_with_its_document_and_stands_as_sent(on: On) {
    on.run(|storage| async move {
        let (t, letters) = &Tenant::with_mail(apps(), &storage).await;
        let unposted = draft(t, &[("1", "20", &[])]).await;
        t.run(send_invoice, &unposted, json!({})).await.problem("", "state");
        let invoice = two_hundred_and_forty(t).await;
        let id = invoice["party"].clone();
        t.run(send_invoice, &invoice, json!({})).await.problem("to", "Kibo Traders has no e-mail address");
        t.update("contacts.party", &id, json!({"email": "books@kibo.example"})).await.ok();
        let preview = t.run(send_invoice, &invoice, json!({"to": "nobody"})).await;
        preview.problem("to", "e-mail address");
        assert_eq!(t.get("finance.invoice", &invoice).await["sent_at"], Json::Null);

        let sent = t.run(send_invoice, &invoice, json!({"message": "With thanks."})).await.ok();
        assert!(sent["sent_at"].is_string(), "{sent}");
        t.kernel.run_due_jobs(&t.tenant).await.expect("jobs run");
        let letter = letters.take().pop().expect("a letter");
        assert_eq!(letter.to, ("Kibo Traders".to_owned(), "books@kibo.example".to_owned()));
        let number = invoice["number"].as_str().expect("a number");
        assert_eq!(letter.data["subject"], format!("Invoice {number}"));
        assert_eq!(letter.data["body"], "With thanks.");
        assert_eq!(letter.enclosures[0].name, format!("{number}.pdf"));
        let printed: Json = serde_json::from_slice(&letter.enclosures[0].content).expect("what was printed");
        assert_eq!(printed["document"]["total"], json!({"amount": "240.00", "currency": "GBP"}));

        // A paid one may be sent again, to another address, and what is in the books is as it was.
        t.run(pay_invoice, &invoice, json!({})).await.ok();
        t.run(send_invoice, &invoice, json!({"to": "owner@kibo.example"})).await.ok();
        let mails = t.find("core.outgoing_mail", "true").await;
        let mut to: Vec<_> = mails.iter().filter_map(|mail| mail["to"].as_str()).collect();
        to.sort_unstable();
        assert_eq!(to, ["books@kibo.example", "owner@kibo.example"]);
    });
}

#[nexus_testkit::database_test]
fn a_credit_note_is_mailed_and_who_only_looks_at_the_books_sends_nothing(on: On) {
    on.run(|storage| async move {
        let (t, letters) = &Tenant::with_mail(apps(), &storage).await;
        let invoice = two_hundred_and_forty(t).await;
        let auditor = t.user("audit", &["auditor"]).await;
        auditor.run(send_invoice, &invoice, json!({"to": "press@example.com"})).await.problem("", "may not");
        let note = t.run(reverse_invoice, &invoice, json!({})).await.ok();
        t.run(send_credit_note, &note, json!({"to": "books@kibo.example"})).await.ok();
        t.kernel.run_due_jobs(&t.tenant).await.expect("jobs run");
        let letter = letters.take().pop().expect("a letter");
        let number = note["number"].as_str().expect("a number");
        assert_eq!(letter.data["subject"], format!("Credit note {number}"));
    });
}
