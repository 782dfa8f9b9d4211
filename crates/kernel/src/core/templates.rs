//! Values that new records of an object begin with.

use std::sync::Arc;

use nexus_macros::action;
use nexus_model::{Problem, Record};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value as Json};

use super::objects::Template;
use crate::Result;
use crate::ctx::Ctx;
use crate::entity::Id;
use crate::policy::CREATE;

/// Refuses values that the object does not take from whoever gives them. Fields of a level stay out of templates, which
/// others may read.
pub(super) fn check_template(ctx: &Ctx, template: &Template) -> Result<()> {
    let known = ctx.registry.object(&template.object).ok().filter(|object| object.name.as_str() == template.object);
    let object =
        known.filter(|object| object.child_of.is_none() && ctx.policy().may(object, CREATE)).ok_or_else(|| {
            let message = format!("there is no object {} of which you may make records", template.object);
            Problem::field("object", "object", message)
        })?;
    let values = template.values.clone().unwrap_or_default();
    let guarded = |name: &&String| object.field(name).is_some_and(|field| field.level > 0);
    if let Some(name) = values.as_object().and_then(|values| values.keys().find(guarded)) {
        return Err(Problem::field(format!("values/{name}"), "level", "is not for everybody; leave it out"));
    }
    let mut record = Record::new(Arc::clone(object));
    ctx.apply(&mut record, &values).map_err(|problem| Problem {
        errors: problem.errors.into_iter().map(|error| error.within("values")).collect(),
        ..problem
    })
}

/// What the new record has instead of the template's values, and beside them.
#[derive(Deserialize, JsonSchema)]
pub(crate) struct Use {
    #[serde(default)]
    values: Map<String, Json>,
}

/// Makes a record with a template's values, under the rights of whoever makes it.
#[action(object = "template", name = "use", effect = "reversible", label = "Make from this")]
pub async fn use_template(ctx: &mut Ctx, template: Id<Template>, input: Use) -> Result<Json> {
    let template = ctx.get(template).await?;
    let object = Arc::clone(ctx.registry.object(&template.object)?);
    let mut values = template.values.and_then(|values| values.as_object().cloned()).unwrap_or_default();
    values.extend(input.values);
    let create = Arc::clone(ctx.registry.action_at(&object, CREATE, false)?);
    Ok(ctx.perform(&create, None, Json::Object(values)).await?.into_json())
}
