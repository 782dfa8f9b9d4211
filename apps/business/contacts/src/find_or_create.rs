//! A contact is looked for before it is made, so that nobody stands in the books twice.

use crate::email;
use crate::objects::Party;
use nexus_kernel::prelude::*;

/// The contact with this e-mail address, whatever its case; of several the one in use, then the oldest.
///
/// # Errors
/// Those of reading contacts.
pub async fn by_email(ctx: &mut Ctx, address: &str) -> Result<Option<Party>> {
    let address = email::plain(address);
    if address.is_empty() {
        return Ok(None);
    }
    ctx.first(find::<Party>().eq("email", address).sort("-active").sort("created_at")).await
}

/// The contact that `wanted` describes, made when there is none.
///
/// An e-mail address decides. Without one, or when nobody has it, a contact of the same kind and exact name is
/// the one meant, unless it has another address or belongs to another organisation: two people may share a
/// name. A contact that was found stays as it is; what `wanted` knows besides is not written over it.
///
/// # Errors
/// Those of reading and creating contacts.
pub async fn find_or_create(ctx: &mut Ctx, wanted: Party) -> Result<Party> {
    if let Some(address) = &wanted.email
        && let Some(found) = by_email(ctx, address).await?
    {
        return Ok(found);
    }
    let namesakes = find::<Party>().eq("name", wanted.name.trim()).eq("kind", wanted.kind.as_str());
    let namesakes = ctx.all(namesakes.sort("-active").sort("created_at").limit(NAMESAKES_MAX)).await?;
    match namesakes.into_iter().find(|found| may_be(found, &wanted)) {
        Some(found) => Ok(found),
        None => ctx.create(wanted).await,
    }
}

/// Namesakes that are looked through before a new contact is made.
const NAMESAKES_MAX: usize = 100;

/// Whether nothing that is known of both tells them apart.
fn may_be(found: &Party, wanted: &Party) -> bool {
    let same = |a: &Option<String>, b: &Option<String>| match (a, b) {
        (Some(a), Some(b)) => email::plain(a) == email::plain(b),
        _ => true,
    };
    let beside = |a: Option<Id<Party>>, b: Option<Id<Party>>| a.is_none() || b.is_none() || a == b;
    same(&found.email, &wanted.email) && beside(found.parent, wanted.parent)
}
