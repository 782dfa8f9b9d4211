//! The hot paths, each done a given number of times by few threads: what instructions are counted of.

use std::sync::Arc;

use anyhow::{Result, bail};

use crate::place::{Base, Place};
use crate::shelf::Shelf;
use crate::{create, get, import, list, post};

/// A hot path, and how often two runs do it.
pub(crate) struct Path {
    pub(crate) name: &'static str,
    pub(crate) times: [usize; 2],
}

pub(crate) const ALL: [Path; 5] = [
    Path { name: "create", times: [256, MOST] },
    Path { name: "get", times: [256, MOST] },
    Path { name: "list", times: [16, 80] },
    Path { name: "post", times: [256, MOST] },
    Path { name: "import", times: [256, MOST] },
];

/// Operations of the longer run; the preparation is for so many, however few are done.
const MOST: usize = 1_280;
/// Rows that get and list choose from.
const ROWS: usize = 2_000;

/// Prepares and then does `path` so many times, up to [`MOST`].
pub(crate) async fn walk(path: &str, times: usize) -> Result<()> {
    match path {
        "create" => {
            let place = Arc::new(Place::open(Base::Sqlite).await?);
            let calls = (0..times).map(|number| (None, create::input(number))).collect();
            place.act_all("contacts.create_party", calls).await
        }
        "post" => {
            let place = Arc::new(Place::open(Base::Sqlite).await?);
            let drafts = post::drafts(&place, MOST).await?;
            let calls = drafts.iter().take(times).map(|[entry, ..]| (Some(*entry), serde_json::json!({})));
            place.act_all("finance.post_journal_entry", calls.collect()).await
        }
        "import" => import::rows(&Place::open(Base::Sqlite).await?, 0, times).await,
        "get" => {
            let shelf = Shelf::fill(Base::Sqlite, ROWS).await?;
            get::alone(&shelf, times).await
        }
        "list" => {
            let shelf = Shelf::fill(Base::Sqlite, ROWS).await?;
            list::pages(&shelf, times).await
        }
        other => bail!("there is no path {other}; there are {}", ALL.map(|path| path.name).join(", ")),
    }
}
