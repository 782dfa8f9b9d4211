//! Actions and reports in the words of MCP: hints, short lines, inputs.

use nexus_kernel::app::Report;
use nexus_kernel::{Action, Effect};
use rmcp::model::ToolAnnotations;
use serde_json::{Value as Json, json};

/// The hints of an action, from its declared effect.
pub(super) fn hints(action: &Action) -> ToolAnnotations {
    let read = action.effect == Effect::Read;
    let lasting = matches!(action.effect, Effect::Irreversible | Effect::External | Effect::Money);
    // The same values once more change nothing.
    let repeatable = read || action.generic && action.segment == "update";
    ToolAnnotations::with_title(label(action))
        .read_only(read)
        .destructive(lasting)
        .idempotent(repeatable)
        .open_world(action.effect == Effect::External)
}

/// The hints of what only reads.
pub(super) fn reading(title: &str) -> ToolAnnotations {
    ToolAnnotations::with_title(title).read_only(true).destructive(false).idempotent(true).open_world(false)
}

/// `Convert lead`: the label alone is a button's.
pub(super) fn label(action: &Action) -> String {
    match &action.object {
        Some(object) => format!("{} {}", action.label, object.label.to_lowercase()),
        None => action.label.clone(),
    }
}

/// An action in a list of actions.
pub(super) fn line(action: &Action) -> Json {
    json!({
        "action": action.name, "label": label(action), "about": action.about, "effect": action.effect,
        "object": action.object.as_ref().map(|object| object.name.as_str().to_owned()),
        "needs_record": action.on_record
    })
}

/// The name under which a report is run: `finance.trial_balance`.
pub(super) fn report_name(app: &str, report: &Report) -> String {
    format!("{app}.{}", report.name.replace('-', "_"))
}

/// A report in a list of actions.
pub(super) fn report_line(app: &str, report: &Report) -> Json {
    json!({
        "action": report_name(app, report), "label": report.label, "about": report.about, "effect": Effect::Read,
        "object": report.reads, "needs_record": false
    })
}

/// Text with a sentence on when an action can be asked for.
pub(super) fn about(action: &Action) -> String {
    let mut about = action.about.clone();
    if let Some(when) = &action.when {
        about.push_str(&format!(" Only while {}.", when.source()));
    }
    about
}

/// The schema of what an action answers.
pub(super) fn output(action: &Action) -> Json {
    let record = || json!({"type": ["object", "null"], "x-object": action.object.as_ref().map(|of| of.name.as_str().to_owned())});
    let output = if action.generic { Some(record()) } else { action.output.clone() };
    output.unwrap_or_else(|| json!({}))
}
