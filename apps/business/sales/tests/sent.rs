//! A quotation goes to the customer by mail, and is a sent one by that.

use nexus_kernel::prelude::*;
use nexus_testkit::{On, Tenant};
use sales::actions::{accept_quotation, send_quotation};

fn apps() -> Vec<App> {
    vec![contacts::app(), finance::app(), sales::app()]
}

#[nexus_testkit::database_test]
fn a_draft_that_is_mailed_is_sent_and_an_accepted_one_is_not_mailed_again(on: On) {
    on.run(|storage| async move {
        let (t, letters) = &Tenant::with_mail(apps(), &storage).await;
        let party = json!({"kind": "person", "name": "Ada Obi", "email": "ada@obi.example"});
        let party = t.create("contacts.party", party).await;
        let lines = json!([{"description": "Lantern", "quantity": "5", "unit_price": "40"}]);
        let quotation = t.create("sales.quotation", json!({"party": party["id"], "lines": lines})).await;
        let seller = t.user("max", &["seller"]).await;
        let sent = seller.run(send_quotation, &quotation, json!({"message": "As we spoke."})).await.ok();
        assert_eq!(sent["state"], "sent");
        t.kernel.run_due_jobs(&t.tenant).await.expect("jobs run");
        let letter = letters.take().pop().expect("a letter");
        assert_eq!(letter.to, ("Ada Obi".to_owned(), "ada@obi.example".to_owned()));
        assert_eq!(letter.reply_to, Some(("max".to_owned(), "max@example.com".to_owned())));
        let printed: Json = serde_json::from_slice(&letter.enclosures[0].content).expect("what was printed");
        assert_eq!(printed["document"]["number"], quotation["number"]);
        t.run(accept_quotation, &quotation, json!({})).await.ok();
        t.run(send_quotation, &quotation, json!({})).await.problem("", "state");
    });
}
