//! A blueprint is finished once, with its result.

use crate::objects::{Blueprint, BlueprintState};
use nexus_kernel::prelude::*;

/// What came of it.
#[derive(Deserialize, JsonSchema)]
pub struct Finish {
    /// The result, in a sentence.
    result: String,
}

/// Keeps the result and closes the blueprint.
#[action(object = "blueprint", name = "finish", effect = "reversible", when = "state == 'open'", label = "Finish")]
pub async fn finish_blueprint(ctx: &mut Ctx, blueprint: Id<Blueprint>, input: Finish) -> Result<Blueprint> {
    let mut blueprint = ctx.get(blueprint).await?;
    blueprint.result = Some(input.result);
    let blueprint = ctx.save(blueprint).await?;
    ctx.transition(blueprint.id, BlueprintState::Finished).await?;
    ctx.get(blueprint.id).await
}
