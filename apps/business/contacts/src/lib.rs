//! Contacts: every person and organisation once, for all apps.

mod addresses;
mod email;
mod find_or_create;
mod mailed;

pub use email::plain as plain_email;
pub use find_or_create::{by_email, find_or_create};
pub use mailed::{Mailed, outgoing};

use nexus_kernel::prelude::*;
use objects::Party;

nexus_kernel::objects!("objects");

/// The app, wired.
pub fn app() -> App {
    App::new(manifest!())
        .before_save::<Party>(|_, party| {
            Box::pin(async move {
                party.email = party.email.take().map(|email| email::plain(&email));
                Ok(())
            })
        })
        .demo("contacts.party", include_str!("../demo/parties.csv"))
}
