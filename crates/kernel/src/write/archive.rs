//! Records that are no longer used: out of the lists, and all that led to them as it was.

use std::sync::Arc;

use nexus_model::expr::{Expr, Scope};
use nexus_model::object::ARCHIVED;
use nexus_model::{Object, Schema, Uuid};

use crate::Result;
use crate::ctx::Ctx;
use crate::operation::{self, Answer, Effect};
use crate::registry::{Action, no_input};

/// The actions of an object whose manifest says `archivable`; each is a verb that roles are granted by name.
pub(crate) fn actions(object: &Arc<Object>, schema: &Schema) -> Vec<Action> {
    if !object.archivable {
        return Vec::new();
    }
    let scope = Scope { objects: schema, this: Some(object) };
    let label = object.label.to_lowercase();
    let all = [
        ("archive", true, "!archived", format!("Takes a {label} out of the lists; it stays where it is used.")),
        ("unarchive", false, "archived", format!("Brings an archived {label} back into the lists.")),
    ];
    let made = all.into_iter().map(|(name, archived, when, about)| {
        let of = Arc::clone(object);
        Action {
            name: format!("{}.{name}_{}", object.name.app(), object.name.object()),
            app: object.name.app().to_owned(),
            object: Some(Arc::clone(object)),
            segment: name.to_owned(),
            on_record: true,
            label: nexus_model::names::label(name),
            about,
            effect: Effect::Reversible,
            when: Some(Expr::condition(when, &scope).expect("an archivable object has the field")),
            inverse: None,
            granted_by: None,
            // The verb is the right to it; whoever has it need not be one who may change the record otherwise.
            elevated: true,
            input: no_input(),
            output: Some(serde_json::json!({"type": "object", "x-object": object.name.as_str()})),
            generic: false,
            body: Arc::new(move |ctx, id, _| {
                let object = Arc::clone(&of);
                Box::pin(async move { set(ctx, &object, operation::record::<()>(id)?.uuid(), archived).await })
            }),
        }
    });
    made.collect()
}

async fn set(ctx: &mut Ctx, object: &Arc<Object>, id: Uuid, archived: bool) -> Result<Answer> {
    let old = ctx.record(object, id).await?;
    let mut new = old.clone();
    new.set(ARCHIVED, archived);
    ctx.update_record(old, new).await?;
    ctx.shown(object.name.as_str(), id).await
}
