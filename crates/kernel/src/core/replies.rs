//! Replies that are kept for retries are forgotten in time.

use nexus_macros::action;
use serde_json::{Value as Json, json};

use crate::Result;
use crate::ctx::Ctx;
use crate::operation::NoInput;

/// How long a request may be repeated under its idempotency key.
const KEPT_HOURS: i64 = 7 * 24;

/// Forgets the replies of requests that were made under an idempotency key a week ago or before.
#[action(effect = "irreversible", label = "Forget old replies")]
pub async fn forget_replies(ctx: &mut Ctx, _input: NoInput) -> Result<Json> {
    let until = ctx.now() - jiff::SignedDuration::from_hours(KEPT_HOURS);
    let forgotten = ctx.tx.forget_replies(until).await?;
    Ok(json!({ "forgotten": forgotten }))
}
