//! How an index comes to the end of the log, and how one is made from nothing while another answers.
//!
//! An event tells *that* a record changed; what is written is the record as it is when it is read, which may be newer.
//! So an event may be dealt with twice, and records may be read page by page while they change: the events since the
//! first page put right what was read too early.

use std::sync::{Arc, PoisonError};

use nexus_model::object::system;
use nexus_store::{Cursor, EventFilter, Filter, LogEnd};
use serde::{Deserialize, Serialize};

use super::texts::{Searched, grouped, of};
use super::{Batch, Indexer, Which};
use crate::ctx::Ctx;
use crate::ctx::read::Ask;
use crate::kernel::Kernel;
use crate::principal::Principal;
use crate::{Kind, Problem, Result, Tenant};

/// Events that one write brings in.
const EVENTS: usize = 2_000;
/// Records that one write brings into an index that is being made, where nobody waits for it and where a search does.
const RECORDS: usize = 10_000;
const RECORDS_WAITING: usize = 1_000;
/// Writes that a search waits for.
const WRITES_WAITING: usize = 4;

/// How far a tenant's index is behind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lag {
    /// Events that it does not know.
    pub events: i64,
    /// It is being made, or made anew because fields or languages came to it: not every record is found yet.
    pub making: bool,
}

/// How far an index has come, as it is noted in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Place {
    /// What is searched and how texts are taken apart. One of another form answers until there is one of this.
    form: String,
    /// Which of it takes rights to be seen. One that knows less of that must not answer.
    guarded: String,
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
    /// How far that index has come which answers now.
    at: Option<i64>,
    /// What answers now is of this log and knows what takes rights to be seen.
    sound: bool,
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
        loop {
            // Whoever waits to feed it for a search gets in between.
            let _one = tenant.feeding.lock().await;
            let next = self.next_step(tenant, RECORDS, false).await?;
            if matches!(next.step, Step::Done) {
                return Ok(());
            }
            self.take_step(tenant, next.step, next.countries).await?;
        }
    }

    /// Brings what answers nearer to the end of the log, as far as a search may wait for it.
    ///
    /// # Errors
    /// When what there is must not answer. What is only behind may, though it cannot be written.
    pub(crate) async fn freshen(&self, tenant: &Arc<Tenant>) -> Result<Lag> {
        for _ in 0..WRITES_WAITING {
            let _one = tenant.feeding.lock().await;
            let next = self.next_step(tenant, RECORDS_WAITING, false).await?;
            if next.lag == Lag::default() {
                return Ok(next.lag);
            }
            if let Err(problem) = self.take_step(tenant, next.step, next.countries).await {
                tracing::warn!(tenant = tenant.slug, %problem, "the search index is not brought up to date");
                return if next.sound { Ok(next.lag) } else { Err(problem) };
            }
        }
        let next = self.next_step(tenant, RECORDS_WAITING, false).await?;
        let unsound = || Problem::new(Kind::Away, "the search index is being made anew; ask again in a moment");
        next.sound.then_some(next.lag).ok_or_else(unsound)
    }

    /// Begins to make a tenant's index anew from its records; [`Kernel::index`] and whatever else feeds it goes on with
    /// that. The present one answers, and follows the log, until the new one takes its place.
    ///
    /// # Errors
    /// When nothing can be written; the present index stays.
    pub async fn rebuild_index(&self, tenant: &Arc<Tenant>) -> Result<()> {
        let _one = tenant.feeding.lock().await;
        let begin = self.next_step(tenant, RECORDS, true).await?;
        self.take_step(tenant, Step::Discard(Which::Making), Vec::new()).await?;
        self.take_step(tenant, begin.step, begin.countries).await
    }

    /// How far a tenant's index is behind; none where there is no index. What this process has seen of it is remembered,
    /// so that asking for all tenants does not open the indexes of all.
    pub async fn index_lag(&self, tenant: &Arc<Tenant>) -> Result<Option<Lag>> {
        if self.options.indexer.is_none() {
            return Ok(None);
        }
        let known = || *tenant.indexed.lock().unwrap_or_else(PoisonError::into_inner);
        if known().is_none() {
            self.next_step(tenant, RECORDS, false).await?;
        }
        let Some((seq, making)) = known() else { return Ok(None) };
        let system = Arc::new(Principal::system());
        let newest =
            self.read_in(tenant, &system, None, |ctx| Box::pin(async move { Ok(ctx.tx.newest_event().await?) }));
        Ok(Some(Lag { events: newest.await?.saturating_sub(seq), making }))
    }

    /// Removes an index that is damaged, so that it is made anew.
    pub(crate) async fn discard_index(&self, tenant: &Arc<Tenant>) -> Result<()> {
        let _one = tenant.feeding.lock().await;
        self.take_step(tenant, Step::Discard(Which::Serving), Vec::new()).await
    }

    /// Removes what is derived from the records of a tenant that are removed themselves.
    pub(crate) fn discard_indexes(&self, slug: &str) -> Result<()> {
        let Some(indexer) = &self.options.indexer else { return Ok(()) };
        [Which::Serving, Which::Making]
            .into_iter()
            .try_for_each(|which| indexer.discard(slug, which))
            .map_err(|error| Problem::new(Kind::Away, format!("the search index of {slug} is not removed: {error}")))
    }

    async fn next_step(&self, tenant: &Arc<Tenant>, records: usize, anew: bool) -> Result<Next> {
        let (indexer, slug) = (Arc::clone(self.indexer()?), tenant.slug.clone());
        let system = Arc::new(Principal::system());
        let next = self.read_in(tenant, &system, None, move |ctx| {
            Box::pin(async move { ctx.next_step(&*indexer, &slug, records, anew).await })
        });
        let next = next.await?;
        *tenant.indexed.lock().unwrap_or_else(PoisonError::into_inner) = next.at.map(|at| (at, next.lag.making));
        Ok(next)
    }

    async fn take_step(&self, tenant: &Arc<Tenant>, step: Step, countries: Vec<String>) -> Result<()> {
        let (indexer, slug) = (Arc::clone(self.indexer()?), tenant.slug.clone());
        let taken = tokio::task::spawn_blocking(move || match step {
            Step::Done => Ok(()),
            Step::Write(which, batch) => indexer.write(&slug, which, &countries, batch),
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

    /// What brings the tenant's indexes nearer to the end of the log, with at most so many records; `anew` begins one
    /// whatever there is.
    async fn next_step(&mut self, indexer: &dyn Indexer, slug: &str, records: usize, anew: bool) -> Result<Next> {
        let countries = self.countries();
        let registry = Arc::clone(&self.registry);
        let all = registry.searched.as_slice();
        let end = self.tx.log_end()?;
        let begin = Place::first(&indexer.form(&countries), end, all);
        let known = |which| {
            let note = indexer.noted(slug, which);
            note.map(|note| serde_json::from_str::<Place>(&note).ok())
        };
        let (serving, making) = (known(Which::Serving), known(Which::Making));
        let there = |place: &Option<Option<Place>>| place.is_some();
        let (stands, begun) = (there(&serving), there(&making));
        let serving = self.of_this_log(serving.flatten()).await?.filter(|place| place.guarded == begin.guarded);
        let making = self.of_this_log(making.flatten()).await?.filter(|place| place.form == begin.form);
        let at = serving.as_ref().or(making.as_ref()).map(|place| place.seq);
        let current = serving.as_ref().is_some_and(|place| place.form == begin.form);
        let sound = serving.is_some() || (!stands && making.is_some() == begun);
        let lag = Lag { events: end.seq.saturating_sub(at.unwrap_or_default()), making: !current };
        let step = match (serving, making) {
            _ if anew => Step::Write(Which::Making, begin.batch()?),
            (None, _) if stands => Step::Discard(Which::Serving),
            (Some(place), _) if place.seq < end.seq => self.follow(Which::Serving, place, all).await?,
            (_, Some(place)) if place.reading.is_some() => self.read_on(place, all, records).await?,
            (_, Some(place)) if place.seq < end.seq => self.follow(Which::Making, place, all).await?,
            (_, Some(_)) => Step::Switch,
            (_, None) if begun => Step::Discard(Which::Making),
            _ if current => Step::Done,
            _ => Step::Write(Which::Making, begin.batch()?),
        };
        Ok(Next { step, lag, at, sound, countries })
    }

    /// A place, if it is one of this log.
    async fn of_this_log(&mut self, place: Option<Place>) -> Result<Option<Place>> {
        let Some(place) = place else { return Ok(None) };
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
        let mut batch = place.batch()?;
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
    async fn read_on(&mut self, mut place: Place, all: &[Searched], most: usize) -> Result<Step> {
        let mut batch = Batch { first: true, ..Batch::default() };
        let sort = vec![(system::ID.to_owned(), false)];
        while let Some((object, cursor)) = place.reading.take() {
            let at = all.iter().position(|searched| searched.object.name.as_str() == object);
            let Some(at) = at else { break };
            let limit = most - batch.put.len();
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
        Ok(Step::Write(Which::Making, Batch { note: place.batch()?.note, ..batch }))
    }
}

impl Place {
    /// Where an index begins that is made from nothing at this end of the log.
    fn first(taken_apart: &str, end: LogEnd, all: &[Searched]) -> Place {
        let hash = |parts: Vec<String>| blake3::hash(parts.join("\n").as_bytes()).to_hex()[..32].to_owned();
        let form = std::iter::once(taken_apart.to_owned()).chain(all.iter().map(Searched::form)).collect();
        let guarded = all.iter().flat_map(Searched::guarded).collect();
        let reading = all.first().map(|first| (first.object.name.as_str().to_owned(), None));
        Place { form: hash(form), guarded: hash(guarded), seq: end.seq, hash: end.hash, reading }
    }

    /// A batch that notes the place and brings nothing in yet.
    fn batch(&self) -> Result<Batch> {
        let note = serde_json::to_string(self).map_err(|error| Problem::internal(error.to_string()))?;
        Ok(Batch { note, ..Batch::default() })
    }
}
