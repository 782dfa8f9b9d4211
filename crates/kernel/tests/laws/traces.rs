//! What happened is told under the same rights: events, history, previews, undo, search, the deleted.

use std::collections::BTreeSet;

use nexus_kernel::faces::ListParams;
use nexus_kernel::faces::search::SearchParams;
use nexus_kernel::model::Uuid;
use nexus_kernel::serde_json::{Value as Json, json};
use nexus_kernel::{Call, Request};
use nexus_testkit::On;

use crate::lab::SWEPT;
use crate::parity::{Look, Tally, cases, declared};
use crate::world::{Case, uuid};

impl Look<'_> {
    /// No change names a field, of the record or of a row, that is not shown.
    fn check_changes(&self, object: &str, fields: &Json) {
        for change in fields.as_array().expect("changes") {
            let path: Vec<&str> = change["field"].as_str().expect("a field").split('/').collect();
            if declared(object).contains(&path[0]) {
                assert!(self.shows(object, path[0]), "{path:?} of {object} is told to {:?}", self.eye);
            }
            let Some(child) = child(object, path[0]) else { continue };
            let whole =
                [&change["from"], &change["to"]].into_iter().filter_map(Json::as_object).flat_map(|row| row.keys());
            let inner = if path.len() == 2 { whole.map(String::as_str).collect() } else { path[2..].to_vec() };
            for field in inner.into_iter().filter(|field| declared(child).contains(field)) {
                assert!(self.shows(child, field), "{field} of {child} is told to {:?}", self.eye);
            }
        }
    }

    async fn log(&self) -> Vec<Json> {
        let (mut events, mut after) = (Vec::new(), 0);
        loop {
            let (page, last) =
                self.who.kernel.events(&self.who.tenant, &self.who.principal, after).await.expect("events");
            if last == after {
                return events;
            }
            assert!(page.iter().all(|event| event["seq"].as_i64().is_some_and(|seq| after < seq && seq <= last)));
            events.extend(page);
            after = last;
        }
    }

    async fn events_and_history(&self, tally: &mut Tally) {
        let events = self.log().await;
        for object in ["region", "client", "project"] {
            let seen = self.seen(object);
            let told = events.iter().filter(|event| event["app"] == "lab" && event["object"] == object);
            let records: BTreeSet<&str> = told.clone().filter_map(|event| event["record"].as_str()).collect();
            assert_eq!(records.into_iter().collect::<Vec<_>>(), seen, "events of {object} for {:?}", self.eye);
            tally.note("events", seen.len(), self.total(object) - seen.len());
            told.for_each(|event| self.check_changes(object, &event["fields"]));
            let kind = self.who.kernel.registry.object(&format!("lab.{object}")).expect("an object");
            for id in self.case.world.0[object].keys() {
                let told = self.who.kernel.history(&self.who.tenant, &self.who.principal, kind, uuid(id), None).await;
                assert_eq!(told.is_ok(), seen.contains(&id.as_str()), "history of {object} {id} for {:?}", self.eye);
                let Ok(told) = told else { continue };
                let told = told["data"].as_array().expect("events").clone();
                assert!(!told.is_empty());
                told.iter().for_each(|event| self.check_changes(object, &event["fields"]));
            }
        }
    }

    async fn search(&self, tally: &mut Tally) {
        let seen = self.seen("project");
        for (id, project) in self.case.world.0["project"].iter() {
            for field in ["name", "hush", "shy"] {
                let text = project[field].as_str().expect("text").rsplit(' ').next().expect("a word").to_uppercase();
                let wanted = seen.contains(&id.as_str()) && self.shows("project", field);
                tally.note("search", wanted.into(), (!wanted).into());
                let asked = SearchParams { q: text.clone(), ..SearchParams::default() };
                let hits = self.who.kernel.search(&self.who.tenant, &self.who.principal, asked).await.expect("hits");
                let hit = hits.data.iter().any(|hit| hit.id == uuid(id));
                assert_eq!(hit, wanted, "search {text} in {field} for {:?}", self.eye);
                for hidden in ["hush", "shy"].into_iter().filter(|field| !self.shows("project", field)) {
                    assert!(!json!(hits).to_string().contains(project[hidden].as_str().expect("text")), "{hits:?}");
                }
                let params = ListParams { q: Some(text.clone()), ..ListParams::default() };
                let listed = self.who.list("lab.project", params).await.unwrap_or_default();
                assert_eq!(listed.len(), usize::from(wanted), "q={text} in {field} for {:?}", self.eye);
            }
        }
    }

    /// The changes that a sweep tells are those of projects that are seen, in fields that are shown.
    fn check_swept(&self, changes: &[Json], tally: &mut Tally) {
        let seen = self.seen("project");
        let told: BTreeSet<&str> = changes.iter().filter_map(|change| change["record"].as_str()).collect();
        assert_eq!(told.into_iter().collect::<Vec<_>>(), seen, "told to {:?}", self.eye);
        tally.note("preview and undo", seen.len(), self.total("project") - seen.len());
        for change in changes {
            self.check_changes("project", &change["fields"]);
            let project = &self.case.world.0["project"][change["record"].as_str().expect("an id")];
            let rows = project["lines"].as_array().map_or(0, Vec::len);
            let expected = usize::from(self.shows("project", "hush"))
                + usize::from(self.shows("project", "stiff"))
                + if self.shows("line", "whisper") { rows } else { 0 };
            assert_eq!(change["fields"].as_array().map_or(0, Vec::len), expected, "{change} for {:?}", self.eye);
        }
    }

    async fn preview_and_undo(&self, tally: &mut Tally) {
        for id in self.case.world.0["project"].keys().take(3) {
            let calls = vec![Call { action: "lab.sweep".to_owned(), record: None, input: json!({"show": id}) }];
            let preview = Request { calls: calls.clone(), preview: true, ..Request::default() };
            let Ok(reply) = self.who.request(preview).await.0 else {
                assert!(!self.case.policy.may(self.eye, "project", "sweep"));
                return;
            };
            self.check_swept(&reply.changes, tally);
            self.check_output(id, &reply.outputs[0]);
            let kept = self.case.admin.get("lab.project", uuid(id)).await;
            assert_ne!(kept["hush"], SWEPT, "a preview leaves nothing behind");

            let reply = self.who.request(Request { calls, ..Request::default() }).await.reply();
            self.check_output(id, &reply.outputs[0]);
            let undone = self.who.undo(reply.run).await.reply();
            self.check_swept(&undone.changes, tally);
        }
    }

    /// An action with an authority of its own answers what its caller may see.
    fn check_output(&self, id: &str, output: &Json) {
        let output = output.as_object().expect("a record");
        let seen = self.seen("project").contains(&id);
        let shown: Vec<&str> =
            declared("project").into_iter().filter(|field| seen && self.shows("project", field)).collect();
        let found: Vec<&str> = declared("project").into_iter().filter(|field| output.contains_key(*field)).collect();
        assert_eq!(found, shown, "answered to {:?}", self.eye);
        for row in output.get("lines").and_then(Json::as_array).into_iter().flatten() {
            assert_eq!(row.get("whisper").is_some(), self.shows("line", "whisper"), "answered to {:?}", self.eye);
        }
    }

    /// What was deleted is for those who could read it and may delete it.
    async fn deleted(&self, gone: &[String], tally: &mut Tally) {
        let case = self.case;
        let deletable = case.policy.seen(&case.world, self.eye, "project", "delete");
        let seen: BTreeSet<&str> = self.seen("project").into_iter().filter(|id| deletable.contains(id)).collect();
        let gone: BTreeSet<&str> = gone.iter().map(String::as_str).collect();
        let expected: Vec<&str> = gone.intersection(&seen).copied().collect();
        tally.note("deleted", expected.len(), gone.len() - expected.len());
        let params = ListParams { deleted: true, count: Some("exact".to_owned()), ..ListParams::default() };
        let object = self.who.kernel.registry.object("lab.project").expect("an object");
        if let Ok(page) = self.who.kernel.list(&self.who.tenant, &self.who.principal, object, params).await {
            let found: Vec<Json> = page.data.iter().map(|record| Json::Object(record.to_json())).collect();
            assert_eq!(crate::world::ids(&found), expected, "deleted projects for {:?}", self.eye);
            assert_eq!(page.count, Some(expected.len() as u64));
        }
        let told = self.log().await;
        for id in gone {
            assert!(self.who.try_get("lab.project", uuid(id)).await.is_err());
            assert_eq!(told.iter().any(|event| event["record"] == id), expected.contains(&id), "for {:?}", self.eye);
            let told = self.who.kernel.history(&self.who.tenant, &self.who.principal, object, uuid(id), None).await;
            assert_eq!(told.is_ok(), expected.contains(&id));
            if !expected.contains(&id) {
                let restored = self.who.act("lab.restore_project", Some(uuid(id)), json!({})).await;
                assert!(restored.0.is_err(), "{id} is restored by {:?}", self.eye);
            }
        }
    }
}

fn child(object: &str, field: &str) -> Option<&'static str> {
    match (object, field) {
        ("project", "lines") => Some("line"),
        ("project", "vault") => Some("coin"),
        _ => None,
    }
}

#[nexus_testkit::database_test]
fn what_get_denies_is_in_no_event_history_or_search(on: On) {
    cases(on, 200..208, async |look, _, tally| {
        look.events_and_history(tally).await;
        look.search(tally).await;
    });
}

#[nexus_testkit::database_test]
fn what_get_denies_is_in_no_preview_undo_or_answer_of_an_action(on: On) {
    cases(on, 300..308, async |look, _, tally| look.preview_and_undo(tally).await);
}

#[nexus_testkit::database_test]
fn what_was_deleted_is_seen_by_those_who_may_restore_it(on: On) {
    let mut tally = Tally::default();
    for seed in 400..410 {
        on.run(|storage| async {
            let case = Case::new(&{ storage }, seed).await;
            let gone: Vec<String> = case.world.0["project"].keys().step_by(2).cloned().collect();
            for id in &gone {
                case.admin.delete("lab.project", uuid(id)).await.ok();
            }
            for (who, eye) in &case.people {
                Look { case: &case, who, eye }.deleted(&gone, &mut tally).await;
            }
        });
    }
    tally.assert_not_vacuous();
}

#[nexus_testkit::database_test]
fn who_uses_a_record_unseen_is_not_named_to_who_would_delete_it(on: On) {
    let mut named = (0, 0);
    for seed in 500..510 {
        on.run(|storage| async {
            let case = Case::new(&{ storage }, seed).await;
            for (who, eye) in &case.people {
                let look = Look { case: &case, who, eye };
                let titles: Vec<&str> =
                    ["client", "project"].into_iter().flat_map(|object| hidden(&look, object)).collect();
                for object in ["region", "client"] {
                    for id in case.world.0[object].keys() {
                        let call =
                            Call { action: format!("lab.delete_{object}"), record: Some(uuid(id)), input: json!({}) };
                        let request = Request { calls: vec![call], preview: true, ..Request::default() };
                        let Err(problem) = who.request(request).await.0 else { continue };
                        named.0 += usize::from(problem.to_string().contains("is used by"));
                        named.1 += titles.len();
                        let text = problem.to_string();
                        assert!(!titles.iter().any(|title| text.contains(title)), "{text} is told to {eye:?}");
                    }
                }
            }
        });
    }
    assert!(named.0 > 0 && named.1 > 0, "{named:?}");
}

/// The titles of records that are not seen.
fn hidden<'c>(look: &Look<'c>, object: &str) -> Vec<&'c str> {
    let seen = look.seen(object);
    let records = look.case.world.0[object].iter();
    let unseen = records.filter(|(id, _)| !seen.contains(&id.as_str()));
    unseen.filter_map(|(_, record)| record["name"].as_str()).collect()
}

#[nexus_testkit::database_test]
fn another_tenant_and_a_stranger_see_nothing(on: On) {
    on.run(|storage| async {
        let case = Case::new(&{ storage }, 600).await;
        let other = nexus_kernel::core::NewTenant {
            company: "Other Ltd".to_owned(),
            email: "other@example.com".to_owned(),
            password: "another password".to_owned(),
            country: "GB".to_owned(),
            currency: "GBP".to_owned(),
            ..nexus_kernel::core::NewTenant::default()
        };
        let kernel = &case.admin.kernel;
        let tenant = kernel.create_tenant(other).await.unwrap_or_else(|problem| panic!("{problem}"));
        let mut outsider = case.admin.clone();
        outsider.tenant = tenant;
        let other = outsider;
        for object in ["region", "client", "project"] {
            assert_eq!(other.find(&format!("lab.{object}"), "true").await.len(), 0);
            for id in case.world.0[object].keys() {
                let problem = other.try_get(&format!("lab.{object}"), uuid(id)).await.expect_err("is another tenant's");
                assert_eq!(problem.kind, nexus_kernel::Kind::NotFound);
                other.update(&format!("lab.{object}"), uuid(id), json!({"name": "x"})).await.problem("", "there is no");
            }
        }
        let plans = SearchParams { q: "plan".to_owned(), ..SearchParams::default() };
        let hits = kernel.search(&other.tenant, &other.principal, plans).await.expect("hits");
        assert_eq!((hits.data.len(), hits.count), (0, 0));
        let (events, _) = kernel.events(&other.tenant, &other.principal, 0).await.expect("events");
        assert!(events.iter().all(|event| event["app"] == "core"));
        let client = json!({"name": "ours", "region": case.world.0["region"].keys().next()});
        other.try_create("lab.client", client).await.problem("region", "leads to no region");

        let stranger = nexus_kernel::Principal {
            user: Uuid::from_u128(7),
            roles: Vec::new(),
            administrator: false,
            as_of: i64::MAX,
            ..(*case.admin.principal).clone()
        };
        let stranger = case.admin.as_principal(stranger);
        for object in ["lab.region", "lab.client", "lab.project", "lab.line", "core.user", "core.api_key"] {
            let problem = stranger.list(object, ListParams::default()).await.expect_err("nothing is granted");
            assert_eq!(problem.kind, nexus_kernel::Kind::Denied, "{object}");
        }
    });
}
