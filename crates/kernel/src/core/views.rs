//! Ways to look at records that people keep: each fits its object when it is kept, and again when it is used.

use std::sync::Arc;

use nexus_model::{FieldType, Object, Problem, Uuid};

use super::objects::{SavedView, SavedViewKind, SavedViewScope};
use crate::Result;
use crate::ctx::Ctx;
use crate::entity::Id;
use crate::faces::ListParams;
use crate::policy::READ;
use crate::principal::PrincipalKind;

/// Refuses a view that its owner could not look through, or may not give to others.
pub(super) fn check_view(ctx: &Ctx, view: &SavedView) -> Result<()> {
    let known = ctx.registry.object(&view.object).ok().filter(|object| object.name.as_str() == view.object);
    let object =
        known.filter(|object| object.child_of.is_none() && ctx.policy().may(object, READ)).ok_or_else(|| {
            Problem::field("object", "object", format!("there is no object {} whose records you may read", view.object))
        })?;
    if let Some(filter) = view.filter.as_ref().filter(|filter| !filter.trim().is_empty()) {
        ctx.condition(object, filter)?;
    }
    ctx.order(object, view.sort.as_ref())?;
    for name in view.columns.iter().chain(&view.group) {
        if !object.field(name).is_some_and(|field| ctx.policy().shows(object, field)) {
            let place = if view.columns.contains(name) { "columns" } else { "group" };
            return Err(Problem::field(place, "unknown", format!("{} has no field {name}", object.name)));
        }
    }
    check_group(object, view)?;
    check_scope(ctx, view)
}

fn check_group(object: &Object, view: &SavedView) -> Result<()> {
    let grouped = view.group.as_ref().and_then(|name| object.field(name));
    let stacks = |kind: &FieldType| matches!(kind, FieldType::Choice(_) | FieldType::Link(_));
    let fits = match view.kind {
        SavedViewKind::Kanban => grouped.is_some_and(|field| stacks(&field.kind)),
        _ => grouped.is_none_or(nexus_model::Field::is_sortable),
    };
    if fits {
        return Ok(());
    }
    let message = match view.kind {
        SavedViewKind::Kanban => "is a choice or a link: its values are the columns of the board".to_owned(),
        _ => format!("cannot be grouped by: {} has no one value to compare", view.group.as_deref().unwrap_or_default()),
    };
    Err(Problem::field("group", "group", message))
}

/// A person gives a view to the own team; an administrator to everybody.
fn check_scope(ctx: &Ctx, view: &SavedView) -> Result<()> {
    let principal = ctx.principal();
    let given = match view.scope {
        SavedViewScope::Team => view.team.is_some(),
        SavedViewScope::Role => view.role.as_ref().is_some_and(|role| super::is_role(ctx, role)),
        SavedViewScope::Personal | SavedViewScope::Everyone => true,
    };
    if !given {
        let field = if view.scope == SavedViewScope::Team { "team" } else { "role" };
        return Err(Problem::field(field, "required", format!("names the {field} whose view it is")));
    }
    let may = match view.scope {
        SavedViewScope::Personal => true,
        SavedViewScope::Team => view.team.is_some_and(|team| principal.teams.contains(&team.uuid())),
        SavedViewScope::Role | SavedViewScope::Everyone => false,
    };
    if may || principal.administrator || principal.kind == PrincipalKind::System {
        return Ok(());
    }
    Err(Problem::denied("a person keeps views for themselves or their team; an administrator for a role or everyone"))
}

impl Ctx {
    /// What a list is asked for, with what the saved view that it names says: its filter holds as well, and its order and
    /// columns where none are asked for.
    pub(crate) async fn through_view(&mut self, object: &Arc<Object>, params: &ListParams) -> Result<ListParams> {
        let mut params = params.clone();
        let Some(id) = params.view.take() else { return Ok(params) };
        let malformed =
            |message: String| Problem { kind: crate::Kind::Malformed, ..Problem::field("view", "view", message) };
        let id = Uuid::try_parse(&id).map_err(|_| malformed("is the id of a saved view".to_owned()))?;
        let view: SavedView = self.get(Id::new(id)).await?;
        if view.object != object.name.as_str() {
            return Err(malformed(format!("is a view of {}, not of {}", view.object, object.name)));
        }
        let given = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
        params.kept = view.filter;
        if !given(&params.sort) {
            params.sort = view.sort.filter(|sort| !sort.trim().is_empty());
        }
        if params.fields.is_none() && !view.columns.is_empty() {
            params.fields = Some(view.columns.join(","));
        }
        Ok(params)
    }
}
