//! Documents that go to a contact by mail.

use nexus_kernel::prelude::*;

use crate::objects::Party;

/// Where a document is sent.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default)]
pub struct Mailed {
    /// The address; the contact's own, if left out.
    pub to: Option<String>,
    /// What is written before the document.
    pub message: Option<String>,
}

/// The document `print` as it goes to `party`.
///
/// # Errors
/// When no address is given and the contact has none.
pub async fn outgoing(
    ctx: &mut Ctx,
    party: Id<Party>,
    mailed: Mailed,
    print: &'static str,
    subject: String,
) -> Result<Outgoing> {
    let party = ctx.get(party).await?;
    let given = mailed.to.filter(|to| !to.trim().is_empty());
    let missing = || Problem::field("to", "required", format!("{} has no e-mail address; give one here", party.name));
    let to = given.or(party.email).ok_or_else(missing)?;
    Ok(Outgoing { print, to, name: Some(party.name), subject, body: mailed.message, reader: None })
}
