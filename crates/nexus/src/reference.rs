//! The reference of an app in Markdown: what its manifests and actions declare, in the order in which they declare it.

use std::fmt::Write;

use nexus_kernel::model::field::{Rollup, RollupOver, When};
use nexus_kernel::model::object::{Access, States, View};
use nexus_kernel::model::{Field, FieldType, Object};
use nexus_kernel::store::Verb;
use nexus_kernel::{Action, Registry};
use serde_json::{Value as Json, json};

/// What writes it anew, as its first line says.
const NOTE: &str = "<!-- Written by `nexus reference`; what it says is declared in the app. -->";

/// The page of one app; none when there is no such app.
pub(crate) fn page(registry: &Registry, app: &str) -> Option<String> {
    let manifest = registry.schema.apps.get(app)?;
    let mut page = format!("{NOTE}\n\n# {}\n\n{}\n", manifest.label, sentence(&manifest.about));
    if !manifest.depends.is_empty() {
        say(&mut page, format_args!("\nStands on {}.", list(&manifest.depends)));
    }
    if !manifest.roles.is_empty() {
        page.push_str("\n## Roles\n\n| role | what for | includes |\n|---|---|---|\n");
        for (name, role) in &manifest.roles {
            row(&mut page, &[&code(name), &role.about, &list(&role.includes)]);
        }
    }
    for object in registry.schema.objects().filter(|object| object.name.app() == app) {
        describe(&mut page, registry, object);
    }
    let free: Vec<&Action> =
        registry.actions().map(AsRef::as_ref).filter(|action| action.app == app && action.object.is_none()).collect();
    if !free.is_empty() {
        page.push_str("\n## Actions of no object\n");
        actions(&mut page, &free);
    }
    let reports: Vec<_> = registry.reports.iter().filter(|(of, _)| of == app).map(|(_, report)| report).collect();
    if !reports.is_empty() {
        page.push_str("\n## Reports\n");
    }
    for report in reports {
        say(
            &mut page,
            format_args!(
                "\n### {}\n\n`GET /{app}/reports/{}`. {}\n",
                report.label,
                report.name,
                sentence(&report.about)
            ),
        );
        inputs(&mut page, &report.params);
        if !report.tiles.is_empty() {
            page.push_str("\n| tile | kind | of |\n|---|---|---|\n");
            for tile in &report.tiles {
                row(&mut page, &[&tile.title, tile.kind.name(), &code(&tile.source)]);
            }
            continue;
        }
        page.push_str("\n| column | label | type |\n|---|---|---|\n");
        for column in &report.columns {
            row(&mut page, &[&code(&column.key), &column.label, column.kind]);
        }
    }
    events(&mut page, registry, app);
    Some(page)
}

/// What the log and a broker tell of the app's records.
fn events(page: &mut String, registry: &Registry, app: &str) {
    let objects = registry.schema.objects().filter(|object| object.name.app() == app && object.child_of.is_none());
    let objects: Vec<&Object> = objects.map(AsRef::as_ref).collect();
    if objects.is_empty() {
        return;
    }
    let verbs = [Verb::Create, Verb::Update, Verb::Delete, Verb::Restore].map(|verb| verb.as_str().to_owned());
    page.push_str("\n## Events\n\n");
    say(page, format_args!("Of each record {} are told as they happen ([events](../events.md)).\n", list(&verbs)));
    page.push_str("| record | subject |\n|---|---|\n");
    for object in objects {
        row(page, &[&object.label, &code(&format!("nexus.<tenant>.{}.<verb>", object.name))]);
    }
}

fn describe(page: &mut String, registry: &Registry, object: &Object) {
    say(page, format_args!("\n## {}\n", object.label));
    let about = object.about.as_deref().map(sentence).unwrap_or_default();
    match &object.child_of {
        Some(parent) => say(page, format_args!("`{}`, rows of `{parent}`. {about}", object.name)),
        None => say(page, format_args!("`{}` at `/{}`. {about}", object.name, object.path())),
    }
    page.push_str("\n| field | type | |\n|---|---|---|\n");
    for field in object.fields.iter().filter(|field| !field.system || field.name == "company") {
        row(page, &[&code(&field.name), &kind(field), &notes(field)]);
    }
    if let Some(found) = &object.states {
        states(page, found);
    }
    let lines: Vec<String> = object
        .unique
        .iter()
        .map(|unique| format!("One live record has the same {}.", list(&unique.fields)))
        .chain(object.rules.iter().map(|rule| format!("{}: {}", code(rule.check.source()), sentence(&rule.message))))
        .chain(frozen(object))
        .collect();
    if !lines.is_empty() {
        page.push('\n');
        lines.iter().for_each(|line| say(page, format_args!("- {line}")));
    }
    if !object.access.is_empty() {
        page.push_str("\n| role | may | which records |\n|---|---|---|\n");
        let grants = object.access.iter().flat_map(|(role, access)| access.grants().map(move |entry| (role, entry)));
        for (role, Access { rows, verbs, .. }) in grants {
            let rows = rows.as_ref().map_or_else(|| "all".to_owned(), |rows| code(rows.source()));
            row(page, &[&code(role), &verbs.join(", "), &rows]);
        }
    }
    if !object.views.is_empty() {
        let views: Vec<String> =
            object.views.iter().map(|View { name, label, .. }| format!("{label} (`{name}`)")).collect();
        say(page, format_args!("\nViews: {}.", views.join(", ")));
    }
    let prints: Vec<&str> =
        registry.prints.iter().filter(|print| print.object == object.name.as_str()).map(|print| print.label).collect();
    if !prints.is_empty() {
        say(page, format_args!("\nDocuments: {}.", prints.join(", ")));
    }
    let own = |action: &&Action| action.object.as_ref().is_some_and(|of| of.name == object.name) && !action.generic;
    let own: Vec<&Action> = registry.actions().map(AsRef::as_ref).filter(own).collect();
    actions(page, &own);
}

fn frozen(object: &Object) -> Option<String> {
    match &object.ledger {
        When::Never => None,
        When::Always => Some("Once made it stays: only fields marked mutable change, by actions.".to_owned()),
        When::If(expr) => {
            Some(format!("While {} it stays: only fields marked mutable change, by actions.", code(expr.source())))
        }
    }
}

fn states(page: &mut String, states: &States) {
    page.push_str("\n| state | leads to | entered by | needs |\n|---|---|---|---|\n");
    for state in &states.list {
        let first = if state.value == states.initial { " (first)" } else { "" };
        let name = format!("{}{first}{}", code(&state.value), if state.is_final { " (last)" } else { "" });
        let by = state.by.as_deref().map(code).unwrap_or_default();
        row(page, &[&name, &list(&state.to), &by, &list(&state.requires)]);
    }
}

fn actions(page: &mut String, actions: &[&Action]) {
    for action in actions {
        let when = action.when.as_ref().map(|when| format!(" Only while {}.", code(when.source()))).unwrap_or_default();
        let effect = json!(action.effect).as_str().unwrap_or_default().to_owned();
        let inverse = action.inverse.as_ref().map(|inverse| format!(", undone by `{inverse}`")).unwrap_or_default();
        say(
            page,
            format_args!(
                "\n### {}\n\n`{}`, {effect}{inverse}. {}{when}\n",
                action.label,
                action.name,
                sentence(&action.about)
            ),
        );
        inputs(page, &action.input);
    }
}

/// The members of an input's schema.
fn inputs(page: &mut String, schema: &Json) {
    let members: Vec<_> = schema["properties"].as_object().into_iter().flatten().collect();
    if members.is_empty() {
        return;
    }
    page.push_str("| input | type | |\n|---|---|---|\n");
    for (name, member) in members {
        let must =
            schema["required"].as_array().is_some_and(|required| required.iter().any(|known| known == name.as_str()));
        let about = member["description"].as_str().unwrap_or_default();
        row(page, &[&code(name), &input_kind(member), &format!("{}{about}", if must { "**required** " } else { "" })]);
    }
}

fn input_kind(schema: &Json) -> String {
    if let Some(object) = schema["x-object"].as_str() {
        return format!("`{object}`");
    }
    for several in ["anyOf", "oneOf", "allOf"] {
        if let Some(one) = schema[several].as_array().and_then(|of| of.iter().find(|one| one["type"] != "null")) {
            let kind = schema["x-type"].as_str().map_or_else(|| input_kind(one), str::to_owned);
            return kind;
        }
    }
    if let Some(target) = schema["$ref"].as_str() {
        return target.rsplit('/').next().unwrap_or_default().to_owned();
    }
    let named = ["x-type", "format"].into_iter().find_map(|key| schema[key].as_str());
    let first = match &schema["type"] {
        Json::Array(several) => several.iter().find(|kind| *kind != "null").and_then(Json::as_str),
        one => one.as_str(),
    };
    match first {
        Some("array") => format!("list of {}", input_kind(&schema["items"])),
        kind => named.or(kind).unwrap_or("any").to_owned(),
    }
}

fn kind(field: &Field) -> String {
    let name = field.kind.name().replace('_', " ");
    match &field.kind {
        FieldType::Choice(of) | FieldType::Choices(of) => {
            format!("{name}: {}", list(&of.iter().map(|choice| choice.value.clone()).collect::<Vec<_>>()))
        }
        FieldType::DynamicLink(to) if to.is_empty() => format!("{name} to a record of any object"),
        FieldType::DynamicLink(to) => {
            format!("{name} to {}", list(&to.iter().map(ToString::to_string).collect::<Vec<_>>()))
        }
        _ => field.target().map_or_else(|| name.clone(), |to| format!("{name} to `{to}`")),
    }
}

/// What else a manifest says of a field, in one cell.
fn notes(field: &Field) -> String {
    let mut notes = Vec::new();
    match &field.required {
        When::Always => notes.push("**required**".to_owned()),
        When::If(expr) => notes.push(format!("**required** while {}", code(expr.source()))),
        When::Never => {}
    }
    if let Some(expr) = &field.computed {
        notes.push(format!("computed: {}", code(expr.source())));
    }
    if let Some(Rollup { over, .. }) = &field.rollup {
        notes.push(match over {
            RollupOver::Rows(table) => format!("a figure over `{table}`"),
            RollupOver::Linked { object, field } => format!("a figure over `{object}` by `{field}`"),
        });
    }
    if let Some(expr) = &field.fetch {
        notes.push(format!("fetched: {}", code(expr.source())));
    }
    match &field.read_only {
        When::Always => notes.push("set by actions alone".to_owned()),
        When::If(expr) => notes.push(format!("fixed while {}", code(expr.source()))),
        When::Never => {}
    }
    let marks = [
        (field.set_once, "set once"),
        (field.mutable, "mutable"),
        (field.unique.is_some(), "unique"),
        (field.personal.is_some(), "personal"),
        (field.untrusted, "written by outsiders"),
        (!field.agent_visible, "not for agents"),
    ];
    notes.extend(marks.into_iter().filter(|(holds, _)| *holds).map(|(_, mark)| mark.to_owned()));
    if field.level > 0 {
        notes.push(format!("level {}", field.level));
    }
    notes.extend(field.help.as_deref().map(sentence));
    notes.join("; ")
}

fn say(page: &mut String, line: std::fmt::Arguments<'_>) {
    // Writing to a text does not fail.
    let _ = writeln!(page, "{}", line.to_string().trim_end_matches(' '));
}

/// A row of a table; a bar would begin another cell.
fn row(page: &mut String, cells: &[&str]) {
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|").replace('\n', " ")).collect();
    say(page, format_args!("| {} |", cells.join(" | ")));
}

fn code(text: &str) -> String {
    format!("`{}`", text.replace('\n', " "))
}

fn list(names: &[String]) -> String {
    names.iter().map(|name| code(name)).collect::<Vec<_>>().join(", ")
}

/// A text that ends as a sentence.
fn sentence(text: &str) -> String {
    let text = text.trim().replace('\n', " ");
    if text.is_empty() || text.ends_with(['.', '!', '?', ':']) { text } else { format!("{text}.") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_tells_further_grants_open_links_and_events() {
        let registry = Registry::new(Vec::new(), None).expect("the core fits together");
        let core = page(&registry, "core").expect("a page");
        for line in [
            "| `everyone` | read | `created_by == principal.user \\|\\| user == principal.user` |",
            "| `everyone` | create, update, delete, link | `created_by == principal.user` |",
            "| `target` | dynamic link to a record of any object |",
            "Of each record `create`, `update`, `delete`, `restore` are told",
            "| Share | `nexus.<tenant>.core.share.<verb>` |",
        ] {
            assert!(core.contains(line), "{line}");
        }
    }

    #[test]
    fn the_pages_in_the_repository_are_what_the_apps_declare() {
        let registry = Registry::new(crate::apps::all(), None).expect("the apps fit together");
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference");
        for app in registry.schema.apps.keys() {
            let kept = std::fs::read_to_string(folder.join(format!("{app}.md"))).unwrap_or_default();
            let wanted = page(&registry, app).expect("a page");
            assert!(wanted.contains(&format!("`{app}.")), "{app}: {wanted}");
            assert!(kept == wanted, "docs/reference/{app}.md is stale: run `nexus reference docs/reference`");
        }
        let pages = std::fs::read_dir(&folder).expect("pages").count();
        assert_eq!(pages, registry.schema.apps.len(), "a page of an app that is no more: remove it");
        assert!(page(&registry, "nothing").is_none());
    }
}
