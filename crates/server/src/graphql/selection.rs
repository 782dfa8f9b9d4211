//! What a selection asks of an object's records, in the words of a list: the fields, and the links to follow.

use std::collections::BTreeSet;

use async_graphql::SelectionField;
use async_graphql::dynamic::ResolverContext;
use nexus_kernel::faces::ListParams;
use nexus_kernel::model::object::system;
use nexus_kernel::model::{Field, FieldType, Object};

use super::{Peer, types};

/// Fields and links by name, the latter as paths.
#[derive(Default)]
pub(super) struct Asked {
    fields: BTreeSet<String>,
    links: BTreeSet<String>,
}

impl Asked {
    /// What the field at work asks of records that stand under `within` in its answer, or are the answer itself.
    pub(super) fn of(ctx: &ResolverContext<'_>, peer: &Peer, object: &Object, within: Option<&str>) -> Asked {
        let mut asked = Asked::default();
        let field = ctx.ctx.field();
        match within {
            None => asked.add(peer, object, field, ""),
            Some(member) => {
                for inner in field.selection_set().filter(|inner| inner.name() == member) {
                    asked.add(peer, object, inner, "");
                }
            }
        }
        asked
    }

    fn add(&mut self, peer: &Peer, object: &Object, selection: SelectionField<'_>, path: &str) {
        for inner in selection.selection_set() {
            let Some(field) = types::field_named(object, inner.name()) else { continue };
            // What the caller may not see is not asked for, and its place stays empty.
            if !peer.caller.tenant.shows(&peer.caller.principal, object, field) {
                continue;
            }
            if path.is_empty() {
                self.fields.insert(field.name.clone());
            }
            if inner.name() == field.name {
                self.follow(peer, field, inner, path);
            }
        }
    }

    fn follow(&mut self, peer: &Peer, field: &Field, selection: SelectionField<'_>, path: &str) {
        let (FieldType::Link(to) | FieldType::Links(to) | FieldType::Table(to)) = &field.kind else { return };
        let Some(target) = peer.caller.tenant.registry().schema.get(to.as_str()) else { return };
        let path = format!("{path}{}", field.name);
        self.add(peer, target, selection, &format!("{path}."));
        self.links.insert(path);
    }

    /// Records that are read for each one of a list.
    pub(super) fn weight(&self) -> usize {
        1 + self.links.len()
    }

    /// Whether anything but the record itself is needed.
    pub(super) fn follows(&self) -> bool {
        !self.links.is_empty()
    }

    /// Puts what is asked for into the words of a list.
    pub(super) fn params(self, params: ListParams) -> ListParams {
        let fields = self.fields.into_iter().chain([system::ID.to_owned()]);
        let links: Vec<String> = self.links.into_iter().collect();
        ListParams {
            fields: Some(fields.collect::<Vec<_>>().join(",")),
            expand: (!links.is_empty()).then(|| links.join(",")),
            ..params
        }
    }
}
