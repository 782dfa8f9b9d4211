//! An app whose grants are drawn by lot: objects that link to one another, rows, lists and field levels.

use nexus_kernel::model::{Record, Schema, Uuid};
use nexus_kernel::operation::Answer;
use nexus_kernel::serde_json::{Value as Json, json};
use nexus_kernel::{App, AppSource, BoxFuture, Ctx, Effect, Entity, Id, Operation, OperationSpec, Result, find};

use crate::model::Policy;

const APP: &str = r#"
name = "Lab"
suite = "platform"
icon = "flask"
about = "Objects for tests."
[roles]
reader = { about = "Reads" }
helper = { about = "Helps" }
keeper = { about = "Keeps" }
chief = { about = "Leads", includes = ["reader"] }
"#;

const REGION: &str = r#"
label = "Region"
title = "name"
[fields]
name = { type = "text", required = true, search = true }
open = { type = "boolean" }
chief = { type = "link", to = "user" }
"#;

const CLIENT: &str = r#"
label = "Client"
title = "name"
[fields]
name = { type = "text", required = true, search = true }
grade = { type = "integer" }
region = { type = "link", to = "region" }
chief = { type = "link", to = "user" }
tags = { type = "tags" }
note = { type = "text", search = true, level = 1 }
"#;

const PROJECT: &str = r#"
label = "Project"
title = "name"
per_company = true
sort = "-pay,name"
[fields]
name = { type = "text", required = true, search = true }
client = { type = "link", to = "client" }
rival = { type = "link", to = "client", level = 2 }
owner = { type = "link", to = "user" }
members = { type = "links", to = "user" }
effort = { type = "integer" }
amount = { type = "money" }
stage = { type = "choice", of = ["new", "won", "lost"] }
due = { type = "date" }
tags = { type = "tags" }
hush = { type = "text", search = true, level = 1 }
pay = { type = "money", level = 2 }
shy = { type = "text", search = true, agent_visible = false }
stiff = { type = "text", agent_writable = false }
twice = { type = "integer", computed = "effort * 2" }
lines = { type = "table", of = "line" }
vault = { type = "table", of = "coin", level = 2 }
"#;

const LINE: &str = r#"
label = "Line"
child_of = "project"
[fields]
product = { type = "text", search = true }
quantity = { type = "integer" }
client = { type = "link", to = "client" }
cost = { type = "money", level = 2 }
whisper = { type = "text", search = true, level = 1, agent_visible = false }
"#;

const COIN: &str = r#"
label = "Coin"
child_of = "project"
[fields]
metal = { type = "text", search = true }
"#;

/// The lab with the grants of `policy`. Texts of an app live as long as the process, so they are leaked.
pub(crate) fn app(policy: &Policy) -> App {
    let objects = [("region", REGION), ("client", CLIENT), ("project", PROJECT), ("line", LINE), ("coin", COIN)];
    let objects = objects.map(|(name, text)| {
        let text: &'static str = Box::leak(format!("{text}{}", policy.toml(name)).into_boxed_str());
        (name, text)
    });
    App::new(AppSource { name: "lab", manifest: APP, objects: Box::leak(Box::new(objects)), ..Default::default() })
        .action(Sweep)
}

/// Level and whether agents see it, of each field that not everyone sees; and the other fields.
pub(crate) fn fields(object: &str) -> &'static [(&'static str, u8, bool)] {
    match object {
        "region" => &[("name", 0, true), ("open", 0, true), ("chief", 0, true)],
        "client" => &[
            ("name", 0, true),
            ("grade", 0, true),
            ("region", 0, true),
            ("chief", 0, true),
            ("tags", 0, true),
            ("note", 1, true),
        ],
        "project" => &[
            ("name", 0, true),
            ("client", 0, true),
            ("rival", 2, true),
            ("owner", 0, true),
            ("members", 0, true),
            ("effort", 0, true),
            ("amount", 0, true),
            ("stage", 0, true),
            ("due", 0, true),
            ("tags", 0, true),
            ("hush", 1, true),
            ("pay", 2, true),
            ("shy", 0, false),
            ("stiff", 0, true),
            ("twice", 0, true),
            ("lines", 0, true),
            ("vault", 2, true),
        ],
        "line" => &[
            ("product", 0, true),
            ("quantity", 0, true),
            ("client", 0, true),
            ("cost", 2, true),
            ("whisper", 1, false),
        ],
        "coin" => &[("metal", 0, true)],
        other => panic!("the lab has no {other}"),
    }
}

/// The object that a link leads to.
pub(crate) fn target(object: &str, field: &str) -> &'static str {
    match (object, field) {
        ("project" | "line", "client" | "rival") => "client",
        ("client", "region") => "region",
        ("line" | "coin", "parent") => "project",
        (_, "owner" | "chief") => "user",
        (object, field) => panic!("{object}.{field} is no link"),
    }
}

/// A project as an action works with it.
pub(crate) struct Project(pub(crate) Record);

impl Entity for Project {
    const OBJECT: &'static str = "lab.project";

    fn from_record(record: &Record) -> Project {
        Project(record.clone())
    }

    fn into_record(self, _: &Schema) -> Record {
        self.0
    }

    fn id(&self) -> Id<Project> {
        Id::new(self.0.id())
    }
}

/// Writes to every project with its own authority, then answers the one that was named, as its caller sees it.
#[derive(Clone, Copy)]
pub(crate) struct Sweep;

/// What a sweep writes into `hush`, `stiff` and each row's `whisper`.
pub(crate) const SWEPT: &str = "swept clean";

impl Operation for Sweep {
    fn spec(&self) -> OperationSpec {
        OperationSpec {
            function: "sweep",
            object: Some("project"),
            name: "sweep",
            on_record: false,
            label: None,
            about: "Writes to every project.",
            effect: Effect::Reversible,
            when: None,
            inverse: None,
            elevated: true,
            input: json!({"type": "object"}),
            output: None,
        }
    }

    fn run<'a>(&'a self, ctx: &'a mut Ctx, _: Option<Uuid>, input: Json) -> BoxFuture<'a, Result<Answer>> {
        Box::pin(async move {
            for Project(mut project) in ctx.all(find::<Project>()).await? {
                project.set("hush", SWEPT);
                project.set("stiff", SWEPT);
                if let nexus_kernel::model::Value::Rows(mut rows) = project.take("lines") {
                    rows.iter_mut().for_each(|row| row.set("whisper", SWEPT));
                    project.set("lines", nexus_kernel::model::Value::Rows(rows));
                }
                ctx.save(Project(project)).await?;
            }
            let named = input["show"].as_str().and_then(|id| id.parse().ok()).unwrap_or_default();
            ctx.shown("lab.project", named).await
        })
    }
}
