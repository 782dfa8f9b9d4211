//! What leaves for people: notifications as they want them, and documents that somebody sends.

mod sent;
mod told;

use std::sync::Arc;

use nexus_kernel::AppSource;
use nexus_kernel::core::ApiKey;
use nexus_kernel::prelude::*;
use nexus_testkit::{Letterbox, Storage, Tenant};

const POST: AppSource = AppSource {
    name: "post",
    manifest: "name = \"Post\"\nsuite = \"platform\"\nicon = \"mail\"\nabout = \"Tells people.\"\n",
    objects: &[],
    reports: &[],
};

/// Whom to tell, and of what.
#[derive(Deserialize, JsonSchema)]
struct Told {
    user: Id<User>,
    title: String,
    kind: Option<String>,
    /// About this key, which its owner and administrators alone may read.
    about: Option<Id<ApiKey>>,
    /// Once for all that have this key.
    key: Option<String>,
    #[serde(default)]
    fails: bool,
}

/// Tells somebody.
#[action(effect = "reversible")]
async fn tell(ctx: &mut Ctx, input: Told) -> Result<Json> {
    let mut notice = Notice::new(input.kind.unwrap_or_else(|| "post.told".to_owned()), &input.title).body("In full");
    notice = input.about.into_iter().fold(notice, Notice::about);
    notice = input.key.into_iter().fold(notice, Notice::once);
    let told = ctx.notify(input.user, notice).await?;
    if input.fails { Err(Problem::conflict("it fails after all")) } else { Ok(json!({"told": told.is_some()})) }
}

/// What to send, and to whom.
#[derive(Deserialize, JsonSchema)]
struct Sent {
    key: Id<ApiKey>,
    to: String,
    reader: Option<Id<User>>,
}

/// Sends what is known of a key.
#[action(effect = "external")]
async fn send_key(ctx: &mut Ctx, input: Sent) -> Result<Json> {
    let Sent { key, to, reader } = input;
    let outgoing = Outgoing { print: "key", to, subject: "A key".to_owned(), reader, ..Outgoing::default() };
    Ok(json!({"mail": ctx.send(key, outgoing).await?}))
}

pub(crate) fn app() -> App {
    App::new(POST).action(tell).action(send_key).print::<ApiKey>("key", "Key", "", |ctx, id| {
        Box::pin(async move { Ok(json!({"name": ctx.get(id).await?.name})) })
    })
}

pub(crate) async fn open(storage: &Storage) -> (Tenant, Arc<Letterbox>) {
    Tenant::with_mail(vec![app()], storage).await
}
