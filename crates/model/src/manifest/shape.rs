//! First pass: an object with its fields' types and plain attributes, no expressions yet.

use super::File;
use super::raw::{RawChoice, RawField, RawObject, RawOf, RawState, RawStates, RawUnique, RawWhen};
use crate::expr::closest;
use crate::field::{Choice, Field, FieldType, Measure, Rollup, RollupOver, Series, When};
use crate::names;
use crate::object::{ARCHIVED, Object, ObjectName, State, States};

pub(super) fn object(name: &ObjectName, raw: &RawObject, file: &mut File<'_>) -> Object {
    let child_of = raw.child_of.as_ref().map(|parent| ObjectName::resolve(name.app(), parent));
    let mut fields = Object::system_fields(raw.per_company, child_of.as_ref());
    for (field_name, spanned) in &raw.fields {
        let line = file.line(spanned.span().start);
        if !names::is_name(field_name) {
            file.error(line, field_name, "a field is named in snake_case, at most 48 characters");
        }
        if fields.iter().any(|known| &known.name == field_name) {
            file.error(line, field_name, "this name is a system field's");
            continue;
        }
        if let Some(field) = field(name, field_name, spanned.get_ref(), line, file) {
            fields.push(field);
        }
    }
    if raw.archivable {
        if child_of.is_some() || fields.iter().any(|known| known.name == ARCHIVED) {
            file.error(0, "archivable", format!("is for an object of its own that has no field `{ARCHIVED}` itself"));
        }
        fields.push(archived());
    }
    let states = raw.states.as_ref().map(|spanned| {
        if spanned.get_ref().initial.is_none() {
            file.error(file.line(spanned.span().start), "states", "`initial` names the state that a new record has");
        }
        states(spanned.get_ref())
    });
    if let Some(states) = &states
        && !fields.iter().any(|field| field.name == states.field)
    {
        let of =
            states.list.iter().map(|state| Choice { value: state.value.clone(), label: state.label.clone() }).collect();
        fields.push(Field { in_list: true, ..Field::new(&states.field, FieldType::Choice(of)) });
    }
    let mut object = Object::with_fields(name.clone(), fields);
    let label = raw.label.clone().unwrap_or_else(|| {
        file.error(0, "label", "an object has a `label`, as people call one of it");
        names::label(name.object())
    });
    if let Some(extra) = raw.choices.keys().chain(raw.naming.keys()).next() {
        file.error(0, extra, "`choices` and `naming` belong into an extension; here they stand with the field");
    }
    let plural = raw.plural.clone().unwrap_or_else(|| names::plural(&label));
    object.segment = raw.segment.clone().unwrap_or_else(|| names::segment(&names::plural(name.object())));
    object.label = label;
    object.plural = plural;
    object.icon = raw.icon.clone().unwrap_or_else(|| "file".to_owned());
    object.about.clone_from(&raw.about);
    object.title = raw.title.clone().unwrap_or_else(|| "id".to_owned());
    object.per_company = raw.per_company;
    object.child_of = child_of;
    object.hangs_on.clone_from(&raw.hangs_on);
    object.archivable = raw.archivable;
    object.tree.clone_from(&raw.tree);
    object.sort.clone_from(&raw.sort);
    object.quick_entry.clone_from(&raw.quick_entry);
    object.states = states;
    object.indexes = raw.indexes.values().map(|index| index.get_ref().fields.clone()).collect();
    object.file.clone_from(&file.name);
    object
}

/// Actions alone change it, also of what is posted, and a copy begins without it.
fn archived() -> Field {
    Field {
        read_only: When::Always,
        mutable: true,
        copied: false,
        help: Some("It is no longer used: lists leave it out".to_owned()),
        ..Field::new(ARCHIVED, FieldType::Boolean)
    }
}

fn states(raw: &RawStates) -> States {
    let list = raw.list.iter().map(|(value, raw)| state(value, raw)).collect();
    let field = raw.field.clone().unwrap_or_else(|| "state".to_owned());
    States { field, initial: raw.initial.clone().unwrap_or_default(), list }
}

pub(super) fn state(value: &str, raw: &RawState) -> State {
    State {
        value: value.to_owned(),
        label: raw.label.clone().unwrap_or_else(|| names::label(value)),
        to: raw.to.clone(),
        is_final: raw.is_final,
        by: raw.by.clone(),
        requires: raw.requires.clone(),
        when: None,
        roles: raw.roles.clone(),
        like: raw.like.clone(),
    }
}

pub(super) fn field(
    object: &ObjectName,
    name: &str,
    raw: &RawField,
    line: usize,
    file: &mut File<'_>,
) -> Option<Field> {
    let kind = match kind(object, raw) {
        Ok(kind) => kind,
        Err(message) => {
            file.error(line, name, message);
            return None;
        }
    };
    if let Some(message) = misplaced(raw, &kind) {
        file.error(line, name, message);
    }
    let mut field = Field::new(name, kind);
    if let Some(label) = &raw.label {
        field.label.clone_from(label);
    }
    // A condition is compiled in the second pass; a plain `true` belongs to the shape.
    if matches!(raw.required, Some(RawWhen::Fixed(true))) {
        field.required = When::Always;
    }
    field.set_once = raw.set_once;
    field.copied = raw.copy.unwrap_or(true);
    field.weak = raw.weak;
    field.mutable = raw.mutable;
    field.stored = raw.stored;
    field.recompute = raw.recompute.unwrap_or_default();
    field.translatable = raw.translatable;
    field.unique = raw.unique.as_ref().and_then(|unique| match unique {
        RawUnique::Plain(false) => None,
        RawUnique::Plain(true) => Some(Vec::new()),
        RawUnique::Within(fields) => Some(fields.clone()),
    });
    field.pattern = raw.pattern.as_deref().map(crate::pattern::Pattern::new);
    field.currency.clone_from(&raw.currency);
    field.in_list = raw.list;
    field.in_filter = raw.filter.unwrap_or(true);
    field.search = raw.search;
    field.unit.clone_from(&raw.unit);
    field.level = raw.level;
    field.personal = raw.personal;
    field.agent_visible = raw.agent_visible.unwrap_or(true);
    field.agent_writable = raw.agent_writable.unwrap_or(true);
    field.untrusted = raw.untrusted;
    field.help.clone_from(&raw.help);
    field.line = line;
    field.rollup = raw.rollup.as_ref().and_then(|rollup| match rollup_shape(object, rollup) {
        Ok(rollup) => Some(rollup),
        Err(message) => {
            file.error(line, name, message);
            None
        }
    });
    Some(field)
}

/// An attribute given to a type that has no use for it.
fn misplaced(raw: &RawField, kind: &FieldType) -> Option<String> {
    let only = |given: bool, fits: bool, attribute: &str, types: &str| {
        (given && !fits).then(|| format!("`{attribute}` is for {types}, not for {}", kind.name()))
    };
    only(raw.to.is_some(), matches!(kind, FieldType::Link(_) | FieldType::Links(_)), "to", "link and links")
        .or_else(|| {
            only(raw.due_when.is_some(), matches!(kind, FieldType::Date | FieldType::DateTime), "due_when", "dates")
        })
        .or_else(|| only(raw.weak, matches!(kind, FieldType::DynamicLink(_)), "weak", "dynamic_link"))
        .or_else(|| only(raw.series.is_some(), matches!(kind, FieldType::Sequence(_)), "series", "sequence"))
        .or_else(|| only(raw.currency.is_some(), matches!(kind, FieldType::Money), "currency", "money"))
        .or_else(|| only(raw.pattern.is_some(), kind.is_text(), "pattern", "text"))
        .or_else(|| only(raw.search, kind.is_text(), "search", "text"))
        .or_else(|| only(raw.stored && raw.computed.is_none(), false, "stored", "computed fields"))
        .or_else(|| {
            only(raw.recompute.is_some() && !raw.stored, false, "recompute", "computed fields that are `stored`")
        })
        .or_else(|| {
            let plain = kind.is_prose() && raw.computed.is_none() && raw.unique.is_none() && raw.level == 0;
            let types = "texts that everybody sees who sees the record, neither computed nor unique";
            only(raw.translatable, plain && raw.agent_visible != Some(false), "translatable", types)
        })
}

fn kind(object: &ObjectName, raw: &RawField) -> Result<FieldType, String> {
    let to = || {
        let to = raw.to.as_ref().map(|to| linked(object, to));
        to.ok_or_else(|| "a link needs `to = \"object\"` or `to = \"app.object\"`".to_owned())
    };
    let of = || match &raw.of {
        Some(RawOf::Choices(list)) if !list.is_empty() => Ok(list.iter().map(choice).collect()),
        _ => Err("a choice needs `of = [\"value\", …]`".to_owned()),
    };
    Ok(match raw.kind.as_str() {
        "text" => FieldType::Text,
        "long_text" => FieldType::LongText,
        "rich_text" => FieldType::RichText,
        "markdown" => FieldType::Markdown,
        "code" => FieldType::Code,
        "integer" => FieldType::Integer,
        "duration" => FieldType::Duration,
        "rating" => FieldType::Rating,
        "decimal" => FieldType::Decimal,
        "money" => FieldType::Money,
        "quantity" => FieldType::Quantity,
        "rate" => FieldType::Rate,
        "percent" => FieldType::Percent,
        "boolean" => FieldType::Boolean,
        "date" => FieldType::Date,
        "datetime" => FieldType::DateTime,
        "choice" => FieldType::Choice(of()?),
        "choices" => FieldType::Choices(of()?),
        "tags" => FieldType::Tags,
        "link" => FieldType::Link(to()?),
        "dynamic_link" => FieldType::DynamicLink(match &raw.of {
            None => Vec::new(),
            Some(RawOf::Object(to)) => vec![linked(object, to)],
            Some(RawOf::Choices(list)) => list.iter().map(|to| linked(object, &choice(to).value)).collect(),
        }),
        "links" => FieldType::Links(to()?),
        "table" => match &raw.of {
            Some(RawOf::Object(child)) => FieldType::Table(ObjectName::resolve(object.app(), child)),
            _ => return Err("a table needs `of = \"child_object\"`".to_owned()),
        },
        "file" => FieldType::File,
        "image" => FieldType::Image,
        "signature" => FieldType::Signature,
        "geo" => FieldType::Geo,
        "colour" => FieldType::Colour,
        "barcode" => FieldType::Barcode,
        "address" => FieldType::Address,
        "phone" => FieldType::Phone,
        "email" => FieldType::Email,
        "url" => FieldType::Url,
        "person_name" => FieldType::PersonName,
        "sequence" => FieldType::Sequence(series(raw)?),
        "secret" => FieldType::Secret,
        "json" => FieldType::Json,
        "id" => FieldType::Id,
        unknown => {
            let meant = closest(unknown, FieldType::NAMES.into_iter());
            let hint = meant.map_or_else(
                || format!("; there are {}", FieldType::NAMES.join(", ")),
                |near| format!("; did you mean `{near}`?"),
            );
            return Err(format!("there is no field type `{unknown}`{hint}"));
        }
    })
}

/// The object that a link's text names; people and companies are everybody's.
fn linked(object: &ObjectName, to: &str) -> ObjectName {
    let everybodys = matches!(to, "user" | "company" | "team");
    ObjectName::resolve(if everybodys { "core" } else { object.app() }, to)
}

pub(super) fn choice(raw: &RawChoice) -> Choice {
    match raw {
        RawChoice::Value(value) => Choice { value: value.clone(), label: names::label(value) },
        RawChoice::Labelled { value, label } => Choice { value: value.clone(), label: label.clone() },
    }
}

fn series(raw: &RawField) -> Result<Series, String> {
    let Some(pattern) = &raw.series else {
        return Err("a sequence needs `series`, such as \"INV-{YYYY}-{#####}\"".to_owned());
    };
    sound_series(pattern)?;
    Ok(Series { pattern: pattern.clone(), gapless: raw.gapless, date: raw.date.clone() })
}

/// That a text is the pattern of a series.
pub(super) fn sound_series(pattern: &str) -> Result<(), String> {
    let counters = pattern.matches("{#").count();
    let known = pattern.split('{').skip(1).map(|rest| rest.split('}').next().unwrap_or_default()).all(|part| {
        matches!(part, "YYYY" | "YY" | "MM" | "DD") || (!part.is_empty() && part.chars().all(|c| c == '#'))
    });
    if counters != 1 || !known {
        return Err(format!(
            "the series `{pattern}` needs one run of {{####}} and else only {{YYYY}} {{YY}} {{MM}} {{DD}}"
        ));
    }
    Ok(())
}

fn rollup_shape(object: &ObjectName, raw: &super::raw::RawRollup) -> Result<Rollup, String> {
    let measures: Vec<Measure> = [
        raw.sum.clone().map(Measure::Sum),
        raw.min.clone().map(Measure::Min),
        raw.max.clone().map(Measure::Max),
        raw.count.then_some(Measure::Count),
    ]
    .into_iter()
    .flatten()
    .collect();
    let [measure] = measures.as_slice() else {
        return Err("a rollup needs exactly one of `sum`, `min`, `max`, `count`".to_owned());
    };
    let parts: Vec<&str> = raw.over.split('.').collect();
    let over = match parts.as_slice() {
        [field] => RollupOver::Rows((*field).to_owned()),
        [linked, field] => {
            RollupOver::Linked { object: ObjectName::resolve(object.app(), linked), field: (*field).to_owned() }
        }
        [app, linked, field] => RollupOver::Linked { object: ObjectName::new(app, linked), field: (*field).to_owned() },
        _ => return Err("`over` is a table field, or `object.link` of the records that point here".to_owned()),
    };
    Ok(Rollup { over, measure: measure.clone(), when: None })
}
