//! How an index comes to the end of the log, and how one is made from nothing while another answers.
//!
//! An event tells *that* a record changed; what is written is the record as it is when it is read, which may be newer.
//! So an event may be dealt with twice, and records may be read page by page while they change: the events since the
//! first page put right what was read too early.

use std::sync::Arc;

use nexus_model::object::system;
use nexus_store::{Cursor, EventFilter, Filter, LogEnd};
use serde::{Deserialize, Serialize};

use super::texts::{Searched, grouped, of, searched};
use super::{Batch, Indexer, Which};
use crate::ctx::Ctx;
use crate::ctx::read::Ask;
use crate::kernel::Kernel;
use crate::principal::Principal;
use crate::{Kind, Problem, Result, Tenant};

/// Events that one write brings in.
const EVENTS: usize = 2_000;
/// Records that one write brings into an index that is being made.
const RECORDS: usize = 10_000;

/// How far a tenant's index is behind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lag {
    /// Events that it does not know.
    pub events: i64,
    /// It is being made, so that not every record is found yet.
    pub making: bool,
}

/// How far an index has come, as it is noted in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Place {
    /// What was searched and how texts were taken apart.
    form: String,
    /// The last event that is dealt with, by number and hash: another log has another.
    seq: i64,
    hash: [u8; 32],
    /// While all records are read: the object at hand, and the cursor after the last of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reading: Option<(String, Option<String>)>,
}

/// What is to be done next with one of a tenant's indexes.
enum Step {
    /// It knows all there is.
    Done,
    Write(Which, Batch),
    Switch,
    Discard(Which),
}

/// The next step, and what is left to do before it.
struct Next {
    step: Step,
    lag: Lag,
    countries: Vec<String>,
}

impl Kernel {
    pub(crate) fn indexer(&self) -> Result<&Arc<dyn Indexer>> {
        let missing = || Problem::new(Kind::Away, "this process keeps no search index; ask a list with `q` instead");
        self.options.indexer.as_ref().ok_or_else(missing)
    }

    /// Brings a tenant's search index to the end of the log; makes it when it is missing, of another form, or of another
    /// log.
    ///
    /// # Errors
    /// When it cannot be written. It goes on answering as it is.
    pub async fn index(&self, tenant: &Arc<Tenant>) -> Result<()> {
        self.feed(tenant, usize::MAX).await.map(drop)
    }

    /// The same in at most so many writes.
    pub(crate) async fn feed(&self, tenant: &Arc<Tenant>, writes_max: usize) -> Result<Lag> {
        let _one = tenant.feeding.lock().await;
        for _ in 0..writes_max {
            let next = self.next_step(tenant, false).await?;
            if matches!(next.step, Step::Done) {
                return Ok(next.lag);
            }
            self.take_step(tenant, next).await?;
        }
        Ok(self.next_step(tenant, false).await?.lag)
    }

    /// Begins to make a tenant's index anew from its records; [`Kernel::index`] and whatever else feeds it goes on with
    /// that. The present one answers, and follows the log, until the new one takes its place.
    ///
    /// # Errors
    /// When nothing can be written; the present index stays.
    pub async fn rebuild_index(&self, tenant: &Arc<Tenant>) -> Result<()> {
        let _one = tenant.feeding.lock().await;
        let begin = self.next_step(tenant, true).await?;
        let discard = Next { step: Step::Discard(Which::Making), lag: begin.lag, countries: Vec::new() };
        self.take_step(tenant, discard).await?;
        self.take_step(tenant, begin).await
    }

    /// How far a tenant's index is behind; none where there is no index.
    pub async fn index_lag(&self, tenant: &Arc<Tenant>) -> Result<Option<Lag>> {
        if self.options.indexer.is_none() {
            return Ok(None);
        }
        self.next_step(tenant, false).await.map(|next| Some(next.lag))
    }

    /// Removes an index that is damaged, so that it is made anew.
    pub(crate) async fn discard_index(&self, tenant: &Arc<Tenant>) -> Result<()> {
        let _one = tenant.feeding.lock().await;
        let step = Step::Discard(Which::Serving);
        self.take_step(tenant, Next { step, lag: Lag::default(), countries: Vec::new() }).await
    }

    async fn next_step(&self, tenant: &Arc<Tenant>, anew: bool) -> Result<Next> {
        let (indexer, slug) = (Arc::clone(self.indexer()?), tenant.slug.clone());
        self.read_in(tenant, &Arc::new(Principal::system()), None, move |ctx| {
            Box::pin(async move { ctx.next_step(&*indexer, &slug, anew).await })
        })
        .await
    }

    async fn take_step(&self, tenant: &Arc<Tenant>, next: Next) -> Result<()> {
        let (indexer, slug) = (Arc::clone(self.indexer()?), tenant.slug.clone());
        let taken = tokio::task::spawn_blocking(move || match next.step {
            Step::Done => Ok(()),
            Step::Write(which, batch) => indexer.write(&slug, which, &next.countries, batch),
            Step::Switch => indexer.switch(&slug),
            Step::Discard(which) => indexer.discard(&slug, which),
        });
        let taken = taken.await.map_err(|error| Problem::internal(format!("the search index: {error}")))?;
        taken.map_err(|error| Problem::new(Kind::Away, format!("the search index of {}: {error}", tenant.slug)))
    }
}

impl Ctx {
    /// Where the tenant's companies are, each country once.
    pub(crate) fn countries(&self) -> Vec<String> {
        let mut countries: Vec<String> = self.companies.iter().map(|company| company.country.clone()).collect();
        countries.sort_unstable();
        countries.dedup();
        countries
    }

    /// What brings the tenant's indexes nearer to the end of the log; `anew` begins one whatever there is.
    async fn next_step(&mut self, indexer: &dyn Indexer, slug: &str, anew: bool) -> Result<Next> {
        let countries = self.countries();
        let all = searched(self.schema());
        let form: Vec<String> = all.iter().map(Searched::form).collect();
        let form = blake3::hash(format!("{}\n{}", indexer.form(&countries), form.join("\n")).as_bytes()).to_string();
        let end = self.tx.log_end()?;
        let noted = |which| indexer.noted(slug, which);
        let known = |note: Option<String>| note.and_then(|note| serde_json::from_str::<Place>(&note).ok());
        let (serving, making) = (noted(Which::Serving), noted(Which::Making));
        let (begun, serving) = (making.is_some(), known(serving));
        let shown = serving.as_ref().or(known(making.clone()).as_ref()).map_or(0, |place| place.seq);
        let lag = Lag { events: end.seq.saturating_sub(shown), making: serving.is_none() };
        let serving = self.still_good(serving, &form).await?;
        let making = self.still_good(known(making), &form).await?;
        let step = match (serving, making) {
            _ if anew => Step::Write(Which::Making, first(form, end, &all)?),
            (Some(place), _) if place.seq < end.seq => self.follow(Which::Serving, place, &all).await?,
            (_, Some(place)) if place.reading.is_some() => self.read_on(place, &all).await?,
            (_, Some(place)) if place.seq < end.seq => self.follow(Which::Making, place, &all).await?,
            (_, Some(_)) => Step::Switch,
            (_, None) if begun => Step::Discard(Which::Making),
            (Some(_), None) => Step::Done,
            (None, None) => Step::Write(Which::Making, first(form, end, &all)?),
        };
        Ok(Next { step, lag, countries })
    }

    /// A place that is one of this log, in an index of this form.
    async fn still_good(&mut self, place: Option<Place>, form: &str) -> Result<Option<Place>> {
        let Some(place) = place.filter(|place| place.form == form) else { return Ok(None) };
        if place.seq == 0 {
            return Ok(Some(place));
        }
        let event = self.tx.events(EventFilter::After(place.seq - 1), 1).await?.pop();
        Ok(event.filter(|event| (event.seq, event.hash) == (place.seq, place.hash)).map(|_| place))
    }

    /// Brings in the records that the next events are about.
    async fn follow(&mut self, which: Which, place: Place, all: &[Searched]) -> Result<Step> {
        let events = self.tx.events(EventFilter::After(place.seq), EVENTS).await?;
        let Some(last) = events.last() else { return Ok(Step::Done) };
        let place = Place { seq: last.seq, hash: last.hash, ..place };
        let mut batch = Batch { note: note(&place)?, ..Batch::default() };
        let touched = events.iter().map(|event| (event.event.object.as_str(), event.event.record));
        for (object, mut gone) in grouped(touched) {
            let Some(searched) = of(all, object) else { continue };
            let ask = Ask {
                limit: gone.len(),
                filters: vec![Filter::Ids(gone.clone())],
                fields: searched.fields(),
                ..Ask::default()
            };
            for record in self.ask(&searched.object, ask).await? {
                gone.retain(|id| *id != record.id());
                batch.put.push(searched.doc(&record));
            }
            batch.gone.extend(gone.into_iter().map(|id| (object.to_owned(), id)));
        }
        Ok(Step::Write(which, batch))
    }

    /// Brings the next records into an index that is being made.
    async fn read_on(&mut self, mut place: Place, all: &[Searched]) -> Result<Step> {
        let mut batch = Batch { first: true, ..Batch::default() };
        let sort = vec![(system::ID.to_owned(), false)];
        while let Some((object, cursor)) = place.reading.take() {
            let at = all.iter().position(|searched| searched.object.name.as_str() == object);
            let Some(at) = at else { break };
            let limit = RECORDS - batch.put.len();
            let ask = Ask {
                sort: sort.clone(),
                after: cursor.as_deref().and_then(|cursor| Cursor::decode(cursor, &sort)),
                limit,
                fields: all[at].fields(),
                ..Ask::default()
            };
            let records = self.ask(&all[at].object, ask).await?;
            batch.put.extend(records.iter().map(|record| all[at].doc(record)));
            match records.last() {
                Some(last) if records.len() == limit => {
                    place.reading = Some((object, Some(Cursor::after(last, &sort).encode())));
                    break;
                }
                _ => place.reading = all.get(at + 1).map(|next| (next.object.name.as_str().to_owned(), None)),
            }
        }
        batch.note = note(&place)?;
        Ok(Step::Write(Which::Making, batch))
    }
}

/// The empty index that begins at this end of the log.
fn first(form: String, end: LogEnd, all: &[Searched]) -> Result<Batch> {
    let reading = all.first().map(|first| (first.object.name.as_str().to_owned(), None));
    let place = Place { form, seq: end.seq, hash: end.hash, reading };
    Ok(Batch { note: note(&place)?, ..Batch::default() })
}

fn note(place: &Place) -> Result<String> {
    serde_json::to_string(place).map_err(|error| Problem::internal(error.to_string()))
}
