//! What a tenant adds to an app's object: its shape, before expressions are compiled.

use super::File;
use super::raw::{RawObject, RawStates};
use super::shape;
use crate::field::FieldType;
use crate::object::{Object, Section, ViewKind};
use crate::schema::OWN_PREFIX;

/// Adds the fields, states, choices and series of an extension to the object that it extends. Fields come last, so that
/// those of the app stay where its code expects them.
pub(super) fn extend(object: &mut Object, raw: &RawObject, file: &mut File<'_>) {
    let fixed = [
        ("label", raw.label.is_some()),
        ("plural", raw.plural.is_some()),
        ("segment", raw.segment.is_some()),
        ("title", raw.title.is_some()),
        ("child_of", raw.child_of.is_some()),
        ("hangs_on", raw.hangs_on.is_some()),
        ("archivable", raw.archivable),
        ("tree", raw.tree.is_some()),
        ("ledger", raw.ledger.is_some()),
        ("per_company", raw.per_company),
        ("sort", raw.sort.is_some()),
    ];
    for (entry, _) in fixed.iter().filter(|(_, given)| *given) {
        file.error(0, entry, format!("an extension of {} cannot say this; it is the app's to say", object.name));
    }
    let named = raw.fields.keys().chain(raw.unique.keys()).chain(raw.rules.keys());
    let new_states = raw.states.iter().flat_map(|states| states.get_ref().list.keys());
    let new_states = new_states.filter(|state| object.states.as_ref().is_none_or(|known| known.get(state).is_none()));
    for name in named.chain(new_states).filter(|name| !name.starts_with(OWN_PREFIX)) {
        let message = format!("a name of your own in an app's object begins with `{OWN_PREFIX}`: `{OWN_PREFIX}{name}`");
        file.error(line_of(name, raw, file), name, message);
    }
    for (name, spanned) in &raw.fields {
        let line = file.line(spanned.span().start);
        if !crate::names::is_name(name) {
            file.error(line, name, "a field is named in snake_case, at most 48 characters");
        } else if object.field(name).is_some() {
            file.error(line, name, format!("{} has this field already", object.name));
        } else if let Some(field) = shape::field(&object.name.clone(), name, spanned.get_ref(), line, file) {
            object.fields.push(field);
        }
    }
    for (name, spanned) in &raw.choices {
        let line = file.line(spanned.span().start);
        let is_state = object.state_field() == Some(name);
        match object.fields.iter_mut().find(|field| &field.name == name).map(|field| &mut field.kind) {
            Some(FieldType::Choice(of) | FieldType::Choices(of)) if !is_state => {
                for choice in spanned.get_ref().iter().map(shape::choice) {
                    // A later release of the app may have the same.
                    if of.iter().all(|known| known.value != choice.value) {
                        of.push(choice);
                    }
                }
            }
            _ => file.error(line, name, format!("{} has no choice `{name}` to add to", object.name)),
        }
    }
    for (name, spanned) in &raw.naming {
        let line = file.line(spanned.span().start);
        match object.fields.iter_mut().find(|field| &field.name == name).map(|field| &mut field.kind) {
            Some(FieldType::Sequence(series)) => match shape::sound_series(spanned.get_ref()) {
                Ok(()) => series.pattern.clone_from(spanned.get_ref()),
                Err(message) => file.error(line, name, message),
            },
            _ => file.error(line, name, format!("{} has no sequence `{name}`", object.name)),
        }
    }
    if let Some(spanned) = &raw.states {
        let line = file.line(spanned.span().start);
        states(object, spanned.get_ref(), line, file);
    }
    object.index_fields();
    object.extended = true;
}

/// Puts added fields into the views that an app arranged by hand, unless the extension arranges them itself: into forms
/// under a heading of their own, into tables those that are marked for lists.
pub(super) fn arrange(object: &mut Object, raw: &RawObject, heading: &str) {
    let added: Vec<(String, bool)> = object
        .fields
        .iter()
        .filter(|field| raw.fields.contains_key(&field.name))
        .map(|field| (field.name.clone(), field.in_list))
        .collect();
    for view in object.views.iter_mut().filter(|view| !raw.views.contains_key(&view.name)) {
        match &mut view.kind {
            ViewKind::Form { sections } => {
                let missing =
                    |(name, _): &&(String, bool)| !sections.iter().any(|section| section.fields.contains(name));
                let fields: Vec<String> = added.iter().filter(missing).map(|(name, _)| name.clone()).collect();
                if !fields.is_empty() {
                    sections.push(Section { label: Some(heading.to_owned()), fields, ..Section::default() });
                }
            }
            ViewKind::Table { columns } => {
                let more = added.iter().filter(|(_, listed)| *listed).map(|(name, _)| name.clone());
                let more: Vec<String> = more.filter(|name| !columns.contains(name)).collect();
                columns.extend(more);
            }
            _ => {}
        }
    }
}

fn line_of(name: &str, raw: &RawObject, file: &File<'_>) -> usize {
    raw.fields.get(name).map_or(0, |field| file.line(field.span().start))
}

fn states(object: &mut Object, raw: &RawStates, line: usize, file: &mut File<'_>) {
    if raw.initial.is_some() || raw.field.is_some() {
        file.error(line, "states", "`initial` and `field` are the app's to say");
    }
    let name = object.name.clone();
    let Some(known) = &mut object.states else {
        return file.error(line, "states", format!("{name} has no states to add to"));
    };
    let own: Vec<String> = known.list.iter().map(|state| state.value.clone()).collect();
    for (value, raw) in &raw.list {
        if let Some(state) = known.list.iter_mut().find(|state| state.value == *value) {
            let more = raw.label.is_some() || raw.is_final || raw.by.is_some() || raw.when.is_some();
            if more || raw.like.is_some() || !raw.requires.is_empty() || !raw.roles.is_empty() {
                file.error(line, value, "an extension adds `to` alone to a state of the app");
            }
            state.to.extend(raw.to.iter().filter(|to| !own.contains(to)).cloned());
            continue;
        }
        if !raw.like.as_ref().is_some_and(|like| own.contains(like)) {
            let message =
                format!("needs `like`, the state of {name} for which the app's code takes it: {}", own.join(", "));
            file.error(line, value, message);
        }
        let state = shape::state(value, raw);
        let field = object.fields.iter_mut().find(|field| field.name == known.field);
        if let Some(FieldType::Choice(of)) = field.map(|field| &mut field.kind) {
            of.push(crate::field::Choice { value: state.value.clone(), label: state.label.clone() });
        }
        known.list.push(state);
    }
}
