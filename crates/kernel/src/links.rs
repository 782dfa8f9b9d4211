//! Which fields lead to records of an object, and what that means for those records.

use std::sync::Arc;

use nexus_model::{Field, FieldType, Object, ObjectName, Schema};

use crate::registry::Registry;

impl Registry {
    /// The objects whose records another's may hang on. What hangs itself has nothing hanging on it.
    pub(crate) fn targets<'r>(&'r self, object: &'r Object) -> impl Iterator<Item = &'r Arc<Object>> {
        let field = object.hangs_on.as_ref().and_then(|name| object.field(name));
        let led = field.into_iter().flat_map(|field| leads(&self.schema, field));
        led.filter(|target| target.hangs_on.is_none())
    }

    /// The fields whose records hold on to what they lead to, which cannot go before them.
    pub(crate) fn holding(&self, object: &ObjectName) -> impl Iterator<Item = &(Arc<Object>, String)> {
        let links = self.links_to.get(object.as_str()).into_iter().flatten();
        links.filter(|(holder, field)| !holder.field(field).is_some_and(|field| field.weak))
    }

    /// The objects of which any hangs on records of this one, and by which field.
    pub(crate) fn hanging_on(&self, object: &Object) -> impl Iterator<Item = &(Arc<Object>, String)> {
        let links = self.links_to.get(object.name.as_str()).into_iter().flatten();
        links.filter(|(holder, field)| object.hangs_on.is_none() && holder.hangs_on.as_ref() == Some(field))
    }
}

/// The objects whose records a dynamic link may lead to.
pub(crate) fn leads<'s>(schema: &'s Schema, field: &'s Field) -> impl Iterator<Item = &'s Arc<Object>> {
    let to = if let FieldType::DynamicLink(to) = &field.kind { to.as_slice() } else { &[] };
    let fits = move |object: &&Arc<Object>| object.child_of.is_none() && (to.is_empty() || to.contains(&object.name));
    schema.objects().filter(fits)
}
