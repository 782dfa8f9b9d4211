//! Second pass: what refers to other fields and objects is resolved, expressions are compiled.

use indexmap::IndexMap;

use super::raw::{RawDuplicate, RawField, RawObject, RawState, RawWhen};
use super::{File, Shapes};
use crate::expr::{Expr, Objects as _, Scope, Type};
use crate::field::{Default, Field, FieldType, When};
use crate::json;
use crate::object::{Access, Duplicate, Object, Rule, States, Unique};
use crate::schema::AppManifest;
use crate::value::Value;

/// Marks of a rating, unless its manifest says otherwise.
const RATING_MAX: i64 = 5;

/// What the parts of one object's check share.
pub(super) struct Check<'a, 'f, 't> {
    pub(super) shapes: &'a Shapes,
    pub(super) this: &'a Object,
    pub(super) apps: &'a IndexMap<String, AppManifest>,
    /// It is an extension's: a tenant may refer to whatever it has.
    extends: bool,
    pub(super) file: &'f mut File<'t>,
}

/// The object of a manifest, from its shape.
pub(super) fn object(
    index: usize,
    raw: &RawObject,
    shapes: &Shapes,
    apps: &IndexMap<String, AppManifest>,
    file: &mut File<'_>,
) -> Object {
    let this = &shapes.0[index];
    let mut object = this.clone();
    let mut check = Check { shapes, this, apps, extends: false, file };
    check.title_and_tree();
    object.ledger = check.when(raw.ledger.as_ref(), 0, "ledger");
    check.known_fields(&raw.quick_entry, 0, "quick_entry");
    check.entries(&mut object, raw);
    object
}

/// What an extension adds to its object.
pub(super) fn extension(
    object: &mut Object,
    raw: &RawObject,
    shapes: &Shapes,
    apps: &IndexMap<String, AppManifest>,
    file: &mut File<'_>,
) {
    let this = &shapes.0[&object.name];
    Check { shapes, this, apps, extends: true, file }.entries(object, raw);
}

impl Check<'_, '_, '_> {
    /// Fields, states, keys, rules, rights and views of one file.
    fn entries(&mut self, object: &mut Object, raw: &RawObject) {
        for field in object.fields.iter_mut().filter(|field| !field.system) {
            if let Some(raw) = raw.fields.get(&field.name) {
                self.field(field, raw.get_ref());
            }
        }
        if let Some(spanned) = &raw.states
            && let Some(states) = &mut object.states
        {
            let line = self.file.line(spanned.span().start);
            self.states(states, &spanned.get_ref().list, line);
        }
        for (name, spanned) in &raw.unique {
            let line = self.file.line(spanned.span().start);
            let key = spanned.get_ref();
            self.known_fields(&key.fields, line, name);
            let when = self.condition(key.when.as_deref(), line, name);
            object.unique.push(Unique { name: name.clone(), fields: key.fields.clone(), when });
        }
        for field in object.fields.iter().filter(|field| raw.fields.contains_key(&field.name)) {
            if let Some(within) = &field.unique {
                let fields = std::iter::once(&field.name).chain(within).cloned().collect();
                object.unique.push(Unique { name: field.name.clone(), fields, when: None });
            }
        }
        for (name, spanned) in &raw.indexes {
            let line = self.file.line(spanned.span().start);
            self.known_fields(&spanned.get_ref().fields, line, name);
            if self.extends {
                object.indexes.push(spanned.get_ref().fields.clone());
            }
        }
        for (name, spanned) in &raw.rules {
            let line = self.file.line(spanned.span().start);
            let rule = spanned.get_ref();
            if let Some(compiled) = self.condition(Some(&rule.check), line, name) {
                object.rules.push(Rule {
                    name: name.clone(),
                    check: compiled,
                    message: rule.message.clone(),
                    field: rule.field.clone(),
                });
            }
        }
        if let Some(spanned) = &raw.expired {
            let line = self.file.line(spanned.span().start);
            object.expired = self.condition(Some(spanned.get_ref()), line, "expired");
            if self.this.child_of.is_some() {
                self.file.error(line, "expired", "rows go with the record that they are of; say it of that object");
            }
        }
        for (name, spanned) in &raw.duplicates {
            let line = self.file.line(spanned.span().start);
            let given = spanned.get_ref();
            self.duplicate(name, given, line);
            object.duplicates.push(Duplicate { name: name.clone(), fields: given.fields.clone(), fuzzy: given.fuzzy });
        }
        for (role, spanned) in &raw.access {
            let line = self.file.line(spanned.span().start);
            let access = spanned.get_ref();
            if !self.apps.values().any(|app| app.roles.contains_key(role)) {
                self.file.error(line, role, "no app declares this role in its app.toml");
            }
            if object.access.contains_key(role) {
                self.file.error(
                    line,
                    role,
                    "the app grants this role something here already; grant it to a role of yours",
                );
                continue;
            }
            let rows = self.condition(access.rows.as_deref(), line, role);
            let (verbs, levels) = (access.verbs.clone(), access.levels.clone());
            let further = access.further.iter().map(|entry| Access {
                rows: self.condition(entry.rows.as_deref(), line, role),
                verbs: entry.verbs.clone(),
                levels: Vec::new(),
                further: Vec::new(),
            });
            let further = further.collect();
            object.access.insert(role.clone(), Access { rows, verbs, levels, further });
        }
        self.approvals(object, raw);
        for (name, spanned) in &raw.views {
            let line = self.file.line(spanned.span().start);
            if let Some(view) = self.view(name, spanned.get_ref(), line) {
                match object.views.iter_mut().find(|known| known.name == *name) {
                    // An extension arranges the app's own view anew.
                    Some(known) => *known = view,
                    None => object.views.push(view),
                }
            }
        }
    }

    fn duplicate(&mut self, name: &str, given: &RawDuplicate, line: usize) {
        self.known_fields(&given.fields, line, name);
        let plain = |field: &&String| self.this.field(field).is_some_and(Field::is_sortable);
        let mistake = if self.this.child_of.is_some() {
            Some("rows of another object have no duplicates; say it of that object")
        } else if given.fields.is_empty() || !given.fields.iter().all(|field| plain(&field)) {
            Some("`fields` names at least one stored field, each with one comparable value")
        } else if given.fuzzy.is_some_and(|fuzzy| !(50..=100).contains(&fuzzy)) {
            Some("`fuzzy` is from 50 to 100, of a hundred letters")
        } else {
            None
        };
        if let Some(mistake) = mistake {
            self.file.error(line, name, mistake);
        }
    }

    fn states(&mut self, states: &mut States, raw: &IndexMap<String, RawState>, line: usize) {
        if states.get(&states.initial).is_none() && !self.extends {
            self.file.error(line, "states", format!("the initial state `{}` is not in the list", states.initial));
        }
        let known: Vec<String> = states.list.iter().map(|state| state.value.clone()).collect();
        for state in &mut states.list {
            let Some(raw) = raw.get(&state.value) else { continue };
            for to in raw.to.iter().filter(|to| !known.contains(to)) {
                self.file.error(line, &state.value, format!("`to` names the unknown state `{to}`"));
            }
            self.known_fields(&raw.requires, line, &state.value);
            if raw.like.is_some() && !self.extends {
                self.file.error(line, &state.value, "`like` is for the states that an extension adds");
            }
            if raw.when.is_some() {
                state.when = self.condition(raw.when.as_deref(), line, &state.value);
            }
        }
    }

    fn scope(&self) -> Scope<'_> {
        Scope { objects: self.shapes, this: Some(self.this) }
    }

    pub(super) fn condition(&mut self, source: Option<&str>, line: usize, entry: &str) -> Option<Expr> {
        let parsed = Expr::condition(source?, &self.scope());
        parsed.map_err(|error| self.file.error(line, entry, error.to_string())).ok()
    }

    fn when(&mut self, raw: Option<&RawWhen>, line: usize, entry: &str) -> When {
        match raw {
            None | Some(RawWhen::Fixed(false)) => When::Never,
            Some(RawWhen::Fixed(true)) => When::Always,
            Some(RawWhen::If(source)) => self.condition(Some(source), line, entry).map_or(When::Never, When::If),
        }
    }

    pub(super) fn known_fields(&mut self, fields: &[String], line: usize, entry: &str) {
        for unknown in fields.iter().filter(|name| self.this.field(name).is_none()) {
            let message = format!("{} has no field `{unknown}`", self.this.name);
            self.file.error(line, entry, message);
        }
    }

    fn title_and_tree(&mut self) {
        let this = self.this;
        if this.field(&this.title).is_none() {
            self.file.error(0, "title", format!("there is no field `{}`", this.title));
        }
        if let Some(tree) = &this.tree
            && this.field(tree).and_then(Field::target) != Some(&this.name)
        {
            self.file.error(0, "tree", format!("`{tree}` is not a link to {}", this.name));
        }
        if let Some(name) = &this.hangs_on {
            let fits = |field: &Field| matches!(field.kind, FieldType::DynamicLink(_)) && field.set_once;
            if this.child_of.is_some() || !this.field(name).is_some_and(fits) {
                let message = format!("`{name}` is no dynamic link that is `set_once`, of an object of its own");
                self.file.error(0, "hangs_on", message);
            }
        }
        if let Some(parent) = &this.child_of
            && self.shapes.object(parent.as_str()).is_none()
        {
            self.file.error(0, "child_of", format!("there is no object {parent}"));
        }
    }

    fn field(&mut self, field: &mut Field, raw: &RawField) {
        let (line, name) = (field.line, field.name.clone());
        if let Some(target) = field.target() {
            match self.shapes.object(target.as_str()) {
                None => self.file.error(line, &name, format!("there is no object {target}")),
                Some(child) if matches!(field.kind, FieldType::Table(_)) => {
                    if child.child_of.as_ref() != Some(&self.this.name) {
                        let message = format!("{target} must say child_of = \"{}\"", self.this.name.object());
                        self.file.error(line, &name, message);
                    }
                }
                Some(_) if self.extends => {}
                Some(_) => {
                    let app = self.this.name.app();
                    let depends = self.apps.get(app).map(|app| app.depends.as_slice()).unwrap_or_default();
                    if target.app() != app && target.app() != "core" && !depends.iter().any(|d| d == target.app()) {
                        let message = format!("{app}/app.toml does not list `{}` in depends", target.app());
                        self.file.error(line, &name, message);
                    }
                }
            }
        }
        field.required = self.when(raw.required.as_ref(), line, &name);
        field.read_only = self.when(raw.read_only.as_ref(), line, &name);
        field.visible = self.condition(raw.visible.as_deref(), line, &name);
        field.due_when = self.condition(raw.due_when.as_deref(), line, &name);
        if let Some(pattern) = &field.pattern
            && let Err(error) = pattern.regex()
        {
            self.file.error(line, &name, format!("`pattern` is not a regular expression: {error}"));
        }
        if let Some(source) = &raw.computed {
            field.computed = self.typed(source, field, line);
        }
        self.recompute(field, line);
        self.expiry(field, raw.expired.as_deref(), line);
        field.fetch = raw.fetch.as_ref().and_then(|source| self.typed(source, field, line));
        if field.fetch.is_some() && (raw.computed.is_some() || raw.default.is_some()) {
            self.file.error(line, &name, "`fetch` stands instead of `default` and `computed`");
        }
        field.default = raw.default.as_ref().and_then(|default| self.default(field, default, line));
        if let FieldType::DynamicLink(to) = &field.kind {
            for unknown in to.iter().filter(|to| self.shapes.object(to.as_str()).is_none()) {
                self.file.error(line, &name, format!("there is no object {unknown}"));
            }
        }
        field.min = raw.min.as_ref().and_then(|bound| self.bound(field, bound, "min"));
        field.max = raw.max.as_ref().and_then(|bound| self.bound(field, bound, "max"));
        if let Some(currency) = &field.currency {
            let owner = match currency.strip_prefix("parent.") {
                Some(own) => self.this.child_of.as_ref().and_then(|p| self.shapes.object(p.as_str())).map(|p| (p, own)),
                None => Some((self.this, currency.as_str())),
            };
            if !owner.is_some_and(|(object, own)| object.field(own).is_some_and(|f| f.kind.is_text())) {
                self.file.error(line, &name, format!("`currency` names no text field: `{currency}`"));
            }
        }
        if let Some(within) = &field.unique {
            self.known_fields(&within.clone(), line, &name);
        }
        if field.kind == FieldType::Rating {
            field.min.get_or_insert(Value::Int(0));
            field.max.get_or_insert(Value::Int(RATING_MAX));
        }
        self.rollup(field, raw, line);
    }

    /// An expression whose value fits the field.
    fn typed(&mut self, source: &str, field: &Field, line: usize) -> Option<Expr> {
        let expr = match Expr::parse(source, &self.scope()) {
            Ok(expr) => expr,
            Err(error) => {
                self.file.error(line, &field.name, error.to_string());
                return None;
            }
        };
        let fits = match expr.ty() {
            Type::Null => true,
            Type::Bool => field.kind == FieldType::Boolean,
            Type::Int => field.kind.is_integer() || field.scale().is_some_and(|_| field.kind != FieldType::Money),
            Type::Decimal => field.scale().is_some() && field.kind != FieldType::Money,
            Type::Money => field.kind == FieldType::Money,
            Type::Text => field.kind.is_text(),
            Type::Date => field.kind == FieldType::Date,
            Type::DateTime => field.kind == FieldType::DateTime,
            Type::Id => matches!(field.kind, FieldType::Link(_)) || field.kind.is_file(),
            Type::Record(to) => field.target() == Some(to),
            Type::Address => field.kind == FieldType::Address,
            Type::List(_) => matches!(field.kind, FieldType::Tags | FieldType::Choices(_) | FieldType::Links(_)),
            Type::Rows(_) => false,
            Type::Json => field.kind == FieldType::Json,
        };
        if !fits {
            let message = format!("the expression gives {}, the field is of type {}", expr.ty(), field.kind.name());
            self.file.error(line, &field.name, message);
        }
        Some(expr)
    }

    /// Text is CEL for links, dates and money, and itself for the other types.
    fn default(&mut self, field: &Field, raw: &toml::Value, line: usize) -> Option<Default> {
        let computed = matches!(
            field.kind,
            FieldType::Link(_) | FieldType::Date | FieldType::DateTime | FieldType::Money | FieldType::Links(_)
        );
        match raw {
            toml::Value::String(source) if computed => self.typed(source, field, line).map(Default::Computed),
            _ => self.bound(field, raw, "default").map(Default::Literal),
        }
    }

    fn bound(&mut self, field: &Field, raw: &toml::Value, attribute: &str) -> Option<Value> {
        let literal = match raw {
            toml::Value::String(text) => serde_json::Value::from(text.clone()),
            toml::Value::Integer(number) if field.scale().is_some() => serde_json::Value::from(number.to_string()),
            toml::Value::Integer(number) => serde_json::Value::from(*number),
            toml::Value::Boolean(flag) => serde_json::Value::from(*flag),
            toml::Value::Array(items) => items.iter().filter_map(|item| item.as_str()).collect(),
            _ => serde_json::Value::Null,
        };
        match json::bound(field, &literal) {
            Ok(value) => Some(value),
            Err(error) => {
                self.file.error(field.line, &field.name, format!("`{attribute}`: {}", error.message));
                None
            }
        }
    }
}
