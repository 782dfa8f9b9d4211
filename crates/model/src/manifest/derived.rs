//! Values that are worked out: figures over rows, what follows a change elsewhere, what is no longer kept.

use super::ManifestError;
use super::check::Check;
use super::raw::RawField;
use crate::expr::{Expr, Objects as _, Scope};
use crate::field::{Field, FieldType, Measure, Recompute, RollupOver, When};
use crate::object::{Object, ObjectName};

impl Check<'_, '_, '_> {
    pub(super) fn rollup(&mut self, field: &mut Field, raw: &RawField, line: usize) {
        let (Some(rollup), Some(raw)) = (&mut field.rollup, &raw.rollup) else { return };
        let over = match &rollup.over {
            RollupOver::Rows(table) => match self.this.field(table).map(|field| &field.kind) {
                Some(FieldType::Table(child)) => self.shapes.object(child.as_str()),
                _ => None,
            },
            RollupOver::Linked { object, field: link } => self
                .shapes
                .object(object.as_str())
                .filter(|other| other.field(link).is_some_and(|f| f.kind == FieldType::Link(self.this.name.clone()))),
        };
        let Some(over) = over else {
            let message = format!("`over = \"{}\"` is neither a table field nor a link to here", raw.over);
            return self.file.error(line, &field.name, message);
        };
        if let Measure::Sum(of) | Measure::Min(of) | Measure::Max(of) = &rollup.measure
            && over.field(of).is_none_or(|measured| measured.is_virtual())
        {
            self.file.error(line, &field.name, format!("{} has no stored field `{of}`", over.name));
        }
        if let Some(source) = &raw.when {
            match Expr::condition(source, &Scope { objects: self.shapes, this: Some(over) }) {
                Ok(expr) => rollup.when = Some(expr),
                Err(error) => self.file.error(line, &field.name, error.to_string()),
            }
        }
    }

    /// What is worked out anew with a change elsewhere says by which links.
    pub(super) fn recompute(&mut self, field: &Field, line: usize) {
        let (Some(expr), Recompute::Source) = (&field.computed, field.recompute) else { return };
        let mistake = match expr.followed() {
            None => {
                "`recompute = \"source\"` needs links that are named one after the other, as in `party.country.name`"
            }
            Some(followed) if followed.is_empty() => {
                "`recompute = \"source\"` is for values that are read by a link; leave it out, as what is read of the \
                 record itself and its rows is followed without it"
            }
            Some(_) => return,
        };
        self.file.error(line, &field.name, mistake);
    }

    /// A value that is no longer kept may be missing.
    pub(super) fn expiry(&mut self, field: &mut Field, source: Option<&str>, line: usize) {
        field.expired = self.condition(source, line, &field.name);
        if source.is_none() {
            return;
        }
        let engine =
            field.is_derived() || field.system || matches!(field.kind, FieldType::Table(_) | FieldType::Secret);
        let mistake = if matches!(field.required, When::Always) {
            "what is `required` cannot expire"
        } else if engine || self.this.state_field() == Some(field.name.as_str()) {
            "`expired` is for values that somebody gave"
        } else if self.this.child_of.is_some() {
            "rows go with the record that they are of; say it of that object"
        } else {
            return;
        };
        self.file.error(line, &field.name, mistake);
    }
}

/// Values that would be worked out from themselves by way of other records, for ever. A tree has an end.
pub(super) fn circles(objects: &[Object]) -> Vec<ManifestError> {
    let find = |name: &ObjectName| objects.iter().find(|object| object.name == *name);
    let mut errors = Vec::new();
    for object in objects {
        for field in object.fields.iter().filter(|field| field.recompute == Recompute::Source) {
            let (mut known, mut next) = (Vec::new(), reads(object, field));
            while let Some(read) = next.pop() {
                if read == (&object.name, field.name.as_str()) {
                    errors.push(ManifestError {
                        file: object.file.clone(),
                        line: field.line,
                        entry: field.name.clone(),
                        message: "is worked out from itself by way of other records".to_owned(),
                    });
                    break;
                }
                if !known.contains(&read) {
                    known.push(read);
                    let found = find(read.0).and_then(|object| Some((object, object.field(read.1)?)));
                    next.extend(found.into_iter().flat_map(|(object, field)| reads(object, field)));
                }
            }
        }
    }
    errors
}

/// The stored values that a stored value is worked out from, its own along the object's tree aside.
fn reads<'o>(object: &'o Object, field: &'o Field) -> Vec<(&'o ObjectName, &'o str)> {
    let mut found = Vec::new();
    let Some(expr) = field.computed.as_ref().filter(|_| field.stored) else { return found };
    expr.node().walk(&mut |node| {
        let (crate::expr::Node::Field { of, object: owner, name } | crate::expr::Node::Part { of, object: owner, name, .. }) = node
        else {
            return;
        };
        let crate::expr::Source::Linked { link, .. } = of else {
            found.push((owner, name.as_str()));
            return;
        };
        let up = matches!(&**link, crate::expr::Node::Field { of: crate::expr::Source::This, name, .. } if object.tree.as_ref() == Some(name));
        if !up {
            found.push((owner, name.as_str()));
        }
    });
    found
}
