//! A place for hand-written SQL, on either database.

use std::sync::Arc;

use anyhow::Result;
use rusqlite::Connection;
use tokio_postgres::Client;
use uuid::Uuid;

use crate::place::{Base, Place};
use crate::raw::{self, Log};
use crate::{create, post, postgres};

/// A place and a connection to its database.
pub(crate) struct Hand {
    place: Arc<Place>,
    link: Link,
}

enum Link {
    Sqlite(Connection),
    Postgres(Client),
}

impl Hand {
    pub(crate) async fn open(place: &Arc<Place>) -> Result<Hand> {
        let link = match place.base {
            Base::Sqlite => Link::Sqlite(raw::open(&place.file())?),
            Base::Postgres => Link::Postgres(postgres::open(place).await?),
        };
        Ok(Hand { place: Arc::clone(place), link })
    }

    /// Writes contacts and their events, `size` a commit, with the `journal`'s rows where they are asked for; each row
    /// has its texts and its event's changes.
    pub(crate) async fn create(&self, rows: &[([String; 4], String)], size: usize, journal: bool) -> Result<()> {
        let connection = match &self.link {
            Link::Sqlite(connection) => connection,
            Link::Postgres(client) => return postgres::create(client, &self.place, rows, size, journal).await,
        };
        let admin = self.place.admin.user.into_bytes();
        let mut log = Log::open(connection, admin)?;
        log.journal = journal;
        for group in rows.chunks(size) {
            connection.execute_batch("BEGIN IMMEDIATE")?;
            create::insert(connection, &mut log, admin, group)?;
            connection.execute_batch("COMMIT")?;
        }
        Ok(())
    }

    /// Posts drafts, each an entry and its two lines, with the `journal`'s rows where they are asked for.
    pub(crate) async fn post(&self, series: &str, drafts: &[[Uuid; 3]], journal: bool) -> Result<()> {
        match &self.link {
            Link::Sqlite(connection) => post::by_hand(connection, &self.place, series, drafts, journal),
            Link::Postgres(client) => postgres::post(client, &self.place, series, drafts, journal).await,
        }
    }
}
