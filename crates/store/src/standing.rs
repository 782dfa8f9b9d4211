//! What the tables say of themselves: their form, and whether this is where the tenant's data are.

use nexus_model::Uuid;

use crate::StoreError;
use crate::cells::{Stored, text};
use crate::link::Link;

/// What the one row of `_form` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// In use, in the form of this fingerprint.
    Live(String),
    /// In use, in this form; their changes are traced for a move.
    Leaving(String),
    /// The data are elsewhere.
    Moved(Forward),
    /// A copy that is in use once the tables that it comes from say so.
    Arriving(Uuid),
}

/// Where data went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forward {
    /// The name of a place, empty for the control tables' own.
    pub place: String,
    /// The move that brought them there.
    pub id: Uuid,
}

impl Forward {
    pub(crate) fn named(&self) -> &str {
        if self.place.is_empty() { "the place of the control tables" } else { &self.place }
    }
}

const LEAVING: &str = "leaving";
const MOVED: &str = "moved";
const ARRIVING: &str = "arriving";

/// Whether the data are elsewhere, for a transaction to ask.
pub(crate) const ASK: &str =
    "SELECT fingerprint FROM _form WHERE fingerprint LIKE 'moved:%' OR fingerprint LIKE 'arriving:%'";

impl Standing {
    /// No fingerprint has a colon.
    fn parse(told: &str) -> Standing {
        let Some((word, rest)) = told.split_once(':') else { return Standing::Live(told.to_owned()) };
        let (id, place) = rest.split_once(':').unwrap_or((rest, ""));
        let id = Uuid::try_parse(id).unwrap_or_default();
        match word {
            LEAVING => Standing::Leaving(rest.to_owned()),
            MOVED => Standing::Moved(Forward { place: place.to_owned(), id }),
            _ => Standing::Arriving(id),
        }
    }

    fn told(&self) -> String {
        match self {
            Standing::Live(form) => form.clone(),
            Standing::Leaving(form) => format!("{LEAVING}:{form}"),
            Standing::Moved(Forward { place, id }) => format!("{MOVED}:{id}:{place}"),
            Standing::Arriving(id) => format!("{ARRIVING}:{id}"),
        }
    }

    /// That the data are here.
    pub(crate) fn in_use(self) -> Result<Standing, StoreError> {
        match self {
            Standing::Moved(forward) => Err(StoreError::Moved(forward)),
            Standing::Arriving(_) => Err(StoreError::Arriving),
            here => Ok(here),
        }
    }

    /// The same of an answer to [`ASK`].
    pub(crate) fn check(told: &str) -> Result<(), StoreError> {
        if told.contains(':') { Standing::parse(told).in_use().map(drop) } else { Ok(()) }
    }

    /// Of tables that are there.
    pub(crate) fn of(link: &mut Link) -> Result<Option<Standing>, StoreError> {
        let known = link.query("SELECT fingerprint FROM _form", &[], |mut row| Ok(row.pop().and_then(Stored::text)))?;
        Ok(known.into_iter().flatten().next().as_deref().map(Standing::parse))
    }

    pub(crate) fn write(&self, link: &mut Link) -> Result<(), StoreError> {
        link.execute("DELETE FROM _form", &[])?;
        link.execute("INSERT INTO _form (fingerprint) VALUES ($1)", &[text(self.told())]).map(drop)
    }
}
