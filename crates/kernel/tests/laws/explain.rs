//! What is explained as allowed is allowed, and nothing else.

use nexus_kernel::faces::explain::ExplainParams;
use nexus_kernel::model::problem::Kind;
use nexus_kernel::serde_json::{Value as Json, json};
use nexus_kernel::{Call, Request};
use nexus_testkit::On;

use crate::parity::{Look, Tally, cases};
use crate::world::uuid;

impl Look<'_> {
    /// Whether the thing itself can be done, tried without keeping it.
    async fn can(&self, object: &str, id: &str, verb: &str) -> bool {
        let full = format!("lab.{object}");
        if verb == "read" {
            return self.who.try_get(&full, uuid(id)).await.is_ok();
        }
        let call = Call { action: format!("lab.{verb}_{object}"), record: Some(uuid(id)), input: json!({}) };
        let request = Request { calls: vec![call], preview: true, ..Request::default() };
        let tried = self.who.request(request).await.0;
        tried.inspect_err(|problem| assert_ne!(problem.kind, Kind::Internal, "{problem}")).is_ok()
    }

    async fn explained(&self, object: &str, id: Option<&str>, verb: &str) -> Json {
        let kind = self.who.kernel.registry.object(&format!("lab.{object}")).expect("an object");
        let params = ExplainParams { verb: verb.to_owned(), user: None };
        let told = self.who.kernel.explain(&self.who.tenant, &self.who.principal, kind, id.map(uuid), params).await;
        json!(told.expect("an explanation"))
    }

    async fn explains(&self, tally: &mut Tally) {
        let admin = &self.case.admin;
        for object in ["client", "project"] {
            for verb in ["read", "update", "delete"] {
                for id in self.case.world.0[object].keys() {
                    let can = self.can(object, id, verb).await;
                    tally.note(verb, can.into(), (!can).into());
                    let told = self.explained(object, Some(id), verb).await;
                    assert_eq!(told["allowed"], can, "{verb} {object} {id} for {:?}: {told:#}", self.eye);
                    self.tells_no_more_than_is_seen(object, id, verb, &told).await;
                    // The administrator is told the same of this user, for what the key of an agent may is no other's.
                    if !self.eye.agent && !self.eye.administrator {
                        let kind = admin.kernel.registry.object(&format!("lab.{object}")).expect("an object");
                        let params = ExplainParams { verb: verb.to_owned(), user: Some(uuid(&self.eye.user)) };
                        let asked = admin.kernel.explain(&admin.tenant, &admin.principal, kind, Some(uuid(id)), params);
                        let told = asked.await.expect("an explanation");
                        assert_eq!(told.allowed, can, "{told:?}");
                        let decided = told.reasons.iter().any(|reason| reason.allows == Some(can));
                        assert!(decided, "no reason decides: {told:?}");
                    }
                }
            }
            let may = self.case.policy.may(self.eye, object, "create");
            assert_eq!(self.explained(object, None, "create").await["allowed"], may);
        }
    }

    /// Of what is not seen the same is told as of what is not there.
    async fn tells_no_more_than_is_seen(&self, object: &str, id: &str, verb: &str, told: &Json) {
        if self.can(object, id, "read").await {
            return;
        }
        let nowhere = "00000000-0000-7000-8000-000000000000";
        let mut absent = self.explained(object, Some(nowhere), verb).await;
        absent["record"] = json!(id);
        assert_eq!(*told, absent);
    }
}

#[nexus_testkit::database_test]
fn what_is_explained_as_allowed_is_allowed_and_nothing_else(on: On) {
    cases(on, 1000..1006, async |look, _, tally| look.explains(tally).await);
}

#[nexus_testkit::database_test]
fn only_an_administrator_asks_what_others_may_do(on: On) {
    cases(on, 1010..1011, async |look, _, tally| {
        tally.note("asked", 1, 1);
        if look.eye.administrator {
            return;
        }
        let kind = look.who.kernel.registry.object("lab.project").expect("an object");
        let explain = |verb: &str, user| {
            let params = ExplainParams { verb: verb.to_owned(), user };
            look.who.kernel.explain(&look.who.tenant, &look.who.principal, kind, None, params)
        };
        let refused = explain("read", Some(look.case.admin.principal.user)).await.expect_err("is refused");
        assert_eq!(refused.kind, Kind::Denied);
        let refused = explain("juggle", None).await.expect_err("is refused");
        assert!(refused.kind == Kind::Malformed && refused.to_string().contains("sweep"), "{refused}");
    });
}
