//! Fields that are not shown cannot be asked about either, nor written.

use nexus_kernel::faces::ListParams;
use nexus_kernel::faces::aggregate::AggregateParams;
use nexus_kernel::model::problem::Kind;
use nexus_kernel::serde_json::json;
use nexus_testkit::On;

use crate::lab;
use crate::parity::{Look, Tally, cases};
use crate::world::uuid;

/// Filters on each object, with the field that decides whether they may be asked.
const FILTERS: [(&str, &str, &str, &str); 13] = [
    ("project", "hush == 'x'", "project", "hush"),
    ("project", "!has(hush)", "project", "hush"),
    ("project", "pay.amount > 5.0", "project", "pay"),
    ("project", "shy.startsWith('shy')", "project", "shy"),
    ("project", "rival == null", "project", "rival"),
    ("project", "rival.name != 'x'", "project", "rival"),
    ("project", "client.note == 'x'", "client", "note"),
    ("project", "size(vault) > 0", "project", "vault"),
    ("project", "vault.exists(c, c.metal == 'gold')", "project", "vault"),
    ("project", "lines.exists(l, l.cost.amount > 5.0)", "line", "cost"),
    ("project", "stage == 'won' ? lines.all(l, l.whisper == 'x') : true", "line", "whisper"),
    ("line", "parent.hush != null", "project", "hush"),
    ("line", "parent.client.note.contains('kept')", "client", "note"),
];

impl Look<'_> {
    async fn asks(&self, tally: &mut Tally) {
        for (object, filter, owner, field) in FILTERS {
            let params = ListParams { filter: Some(filter.to_owned()), ..ListParams::default() };
            self.refused_unless_shown(object, params, (owner, field), tally).await;
        }
        for object in ["client", "project", "line"] {
            for (field, ..) in lab::fields(object) {
                let name = || Some((*field).to_owned());
                let mut questions = vec![ListParams { fields: name(), ..ListParams::default() }];
                if !matches!(*field, "lines" | "vault" | "tags" | "members" | "twice") {
                    questions.push(ListParams { sort: name(), ..ListParams::default() });
                }
                if matches!(*field, "client" | "rival" | "region" | "owner" | "chief" | "lines" | "vault") {
                    questions.push(ListParams { expand: name(), ..ListParams::default() });
                }
                for params in questions {
                    self.refused_unless_shown(object, params, (object, field), tally).await;
                }
            }
        }
    }

    async fn refused_unless_shown(&self, object: &str, params: ListParams, field: (&str, &str), tally: &mut Tally) {
        if !self.may(object) {
            return;
        }
        let shown = self.shows(field.0, field.1);
        tally.note("questions", shown.into(), (!shown).into());
        let asked = format!("{params:?}");
        let answer = self.who.list(&format!("lab.{object}"), params).await;
        assert_eq!(answer.is_ok(), shown, "{asked} of {object} by {:?}: {answer:?}", self.eye);
        if let Err(problem) = answer {
            assert!(matches!(problem.kind, Kind::Malformed | Kind::Denied), "{problem:?}");
        }
    }

    async fn figures_of_hidden_fields(&self, tally: &mut Tally) {
        if !self.may("project") {
            return;
        }
        let kind = self.who.kernel.registry.object("lab.project").expect("an object");
        for (field, group, measures) in [
            ("hush", "hush", "count()"),
            ("shy", "shy", "count()"),
            ("rival", "rival", "count()"),
            ("pay", "stage", "sum(pay)"),
            ("pay", "stage", "max( pay )"),
            ("stiff", "stiff", "count()"),
        ] {
            let params = AggregateParams {
                group: Some(group.to_owned()),
                measures: Some(measures.to_owned()),
                ..AggregateParams::default()
            };
            let shown = self.shows("project", field);
            tally.note("figures", shown.into(), (!shown).into());
            let answer = self.who.kernel.aggregate(&self.who.tenant, &self.who.principal, kind, params).await;
            assert_eq!(answer.is_ok(), shown, "{group} {measures} by {:?}: {answer:?}", self.eye);
        }
    }

    /// A field that is not shown is refused by name on the way in; agents write only what they may.
    async fn writes(&self, tally: &mut Tally) {
        let updatable = self.case.policy.seen(&self.case.world, self.eye, "project", "update");
        let Some(id) = self.seen("project").into_iter().find(|id| updatable.contains(id)) else { return };
        for field in ["hush", "shy", "stiff", "due"] {
            let value = if field == "due" { "2026-01-01" } else { "written" };
            let call = nexus_kernel::Call {
                action: "lab.update_project".to_owned(),
                record: Some(uuid(id)),
                input: json!({ field: value }),
            };
            let request = nexus_kernel::Request { calls: vec![call], preview: true, ..Default::default() };
            let answer = self.who.request(request).await.0;
            let named = answer.as_ref().is_err_and(|problem| problem.errors.iter().any(|error| error.field == field));
            let writable = self.case.policy.writes(self.eye, field);
            tally.note("writes", writable.into(), (!writable).into());
            assert_eq!(!named, writable, "{field} by {:?}: {answer:?}", self.eye);
        }
        let meta = serde_json::to_value(
            self.who.kernel.meta(&self.who.tenant, &self.who.principal, None).await.expect("meta"),
        )
        .expect("JSON");
        let apps = meta["apps"].as_array().expect("apps").iter().filter(|app| app["name"] == "lab");
        for object in apps.flat_map(|app| app["objects"].as_array().expect("objects")) {
            let name = object["name"].as_str().expect("a name");
            for (field, ..) in lab::fields(name) {
                let told = object["fields"].as_array().expect("fields").iter().any(|told| told["name"] == *field);
                assert_eq!(told, self.shows(name, field), "{name}.{field} in meta for {:?}", self.eye);
            }
        }
    }
}

#[nexus_testkit::database_test]
fn a_field_that_is_not_shown_cannot_be_filtered_sorted_grouped_or_chosen(on: On) {
    cases(on, 700..708, async |look, _, tally| {
        look.asks(tally).await;
        look.figures_of_hidden_fields(tally).await;
    });
}

#[nexus_testkit::database_test]
fn a_field_that_is_not_shown_cannot_be_written_and_is_in_no_metadata(on: On) {
    cases(on, 800..816, async |look, _, tally| look.writes(tally).await);
}

#[test]
fn what_cannot_be_guarded_is_refused_when_apps_are_put_together() {
    const MANIFEST: &str = "name = \"Den\"\nsuite = \"platform\"\nicon = \"box\"\nabout = \"Dens.\"\n";
    const HEAD: &str = "label = \"Den\"\ntitle = \"name\"\n[fields]\nsize = { type = \"integer\" }\n";
    for (text, told) in [
        ("name = { type = \"text\", level = 1 }\n", "sees its title"),
        ("name = { type = \"text\", agent_visible = false }\n", "sees its title"),
        (
            "name = { type = \"text\" }\n[access.everyone]\nverbs = [\"read\"]\nrows = \"matches(name, 'a+')\"\n",
            "cannot be used to select rows",
        ),
        ("name = { type = \"text\" }\n[access.nobody]\nverbs = [\"read\"]\n", "no app declares this role"),
        ("name = { type = \"text\" }\n[access.everyone]\nverbs = [\"raed\"]\n", "there is no action raed"),
        ("name = { type = \"text\" }\n[access.everyone]\nverbs = [\"read\"]\nrows = \"nmae == 'x'\"\n", "nmae"),
    ] {
        let text: &'static str = Box::leak(format!("{HEAD}{text}").into_boxed_str());
        let objects = Box::leak(Box::new([("den", text)]));
        let source = nexus_kernel::AppSource { name: "den", manifest: MANIFEST, objects, ..Default::default() };
        let error = nexus_kernel::Registry::new(vec![nexus_kernel::App::new(source)], None).err();
        let error = error.unwrap_or_else(|| panic!("is not refused: {text}")).to_string();
        assert!(error.contains(told) && error.contains("den/objects/den.toml"), "{error}");
    }
}
