//! From manifests to tables: the difference to the live tables, tried on a copy, then made in one transaction and recorded.

mod fill;
mod form;
mod imitation;
mod plan;
mod rehearsal;
mod shape;
mod step;

use nexus_model::{Schema, Timestamp};
use serde::Serialize;

use crate::cells::{int, text};
use crate::database::lock;
use crate::guard::Guard;
use crate::home::Links;
use crate::link::Link;
use crate::live::live_columns;
use crate::standing::Standing;
use crate::tables::Table;
use crate::{Home, StoreError, sqlite, trace};
pub(crate) use form::{Column, Form, index_name, typed};
pub(crate) use imitation::imitate;
use plan::Plan;
use rehearsal::{lacking, rehearse};
pub use step::{Step, StepKind};

/// What a migration did; no steps where the tables were in form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Migration {
    pub steps: Vec<Step>,
}

/// What a migration would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Forecast {
    pub steps: Vec<Step>,
    /// Why it would fail, as it did on the copy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
    /// Required values that records would lack. They are read as they are, and given when a record is changed next.
    pub lacking: Vec<Lack>,
}

/// A column that its field requires, and how many live records have none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Lack {
    pub table: String,
    pub column: String,
    pub rows: u64,
}

impl Forecast {
    /// Whether it would go through as it stands.
    pub fn succeeds(&self, consent: bool) -> bool {
        let steps = || self.steps.iter();
        let stands = self.failure.is_none() && steps().all(|step| step.obstacle.is_none());
        stands && (consent || steps().all(|step| !step.needs_consent() || step.may_wait()))
    }
}

/// Brings the tables to the form of the manifests. What no manifest declares stays; what would lose values is refused.
pub(crate) fn migrate(links: &Links, schema: &Schema) -> Result<Migration, StoreError> {
    let form = Form::of(schema, links.dialect)?;
    if in_form(links, &form.fingerprint())? {
        return Ok(Migration::default());
    }
    forward(links, schema, &form, None)
}

/// The same, and removes what no manifest of `all` declares, with the values that it has: what the process knows of
/// every app, whichever of them the tenant has now.
///
/// # Errors
/// When the rows do not allow it; then nothing was changed.
pub fn reduce(home: &Home, schema: &Schema, all: &Schema) -> Result<Migration, StoreError> {
    let links = Links::open(home, 1)?;
    let (form, all) = (Form::of(schema, links.dialect)?, Form::of(all, links.dialect)?);
    forward(&links, schema, &form, Some(&all))
}

/// What [`reduce`] would do, tried on a copy. Nothing is changed.
pub fn foresee(home: &Home, schema: &Schema, all: &Schema) -> Result<Forecast, StoreError> {
    if let Home::File(path) = home
        && !path.exists()
    {
        return Ok(Forecast::default());
    }
    let links = Links::open(home, 1)?;
    let (form, all) = (Form::of(schema, links.dialect)?, Form::of(all, links.dialect)?);
    let plan = links.snapshot(|link| {
        let standing = if live_columns(link)?.contains_key("_form") { Standing::of(link)? } else { None };
        standing.map(Standing::in_use).transpose()?;
        Plan::of(link, schema, &form, Some(&all))
    })?;
    let (failure, lacking) = match plan.check(true) {
        Ok(()) if plan.steps.is_empty() => (None, links.snapshot(|link| lacking(link, schema))?),
        Ok(()) => match rehearse(&links, &plan, |link| lacking(link, schema)) {
            Ok(lacking) => (None, lacking),
            Err(StoreError::Migration(failure)) => (Some(failure), Vec::new()),
            Err(error) => return Err(error),
        },
        Err(_) => (None, Vec::new()),
    };
    Ok(Forecast { steps: plan.steps, failure, lacking })
}

fn forward(links: &Links, schema: &Schema, form: &Form, declared: Option<&Form>) -> Result<Migration, StoreError> {
    // Planned and tried before anybody is held up by it, and planned anew when nobody else changes anything.
    let plan = links.snapshot(|link| Plan::of(link, schema, form, declared))?;
    plan.check(declared.is_some())?;
    if plan.touches_rows() {
        rehearse(links, &plan, |_| Ok(()))?;
    }
    let lease = links.begin(true)?;
    let link = &mut *lock(lease.link());
    let applied = apply(link, &links.home, schema, form, declared);
    if let Ok(Some(_)) = applied {
        link.commit()?
    } else {
        link.rollback()?
    }
    let steps = applied?.unwrap_or_default();
    if let (Link::Sqlite(file), false) = (&*link, steps.is_empty()) {
        // A new index has no statistics yet.
        sqlite::study(file)?;
    }
    Ok(Migration { steps })
}

/// Whether the tables are in form, asked without getting in the way of who changes them.
fn in_form(links: &Links, fingerprint: &str) -> Result<bool, StoreError> {
    let lease = links.begin(false)?;
    let link = &mut *lock(lease.link());
    let standing = Standing::of(link);
    let _ = link.rollback();
    match standing {
        Ok(Some(standing)) => Ok(standing.in_use()? == Standing::Live(fingerprint.to_owned())),
        // There are no tables yet.
        _ => Ok(false),
    }
}

/// Brings the tables to their form; the steps that it took, or nothing where they were in form.
fn apply(
    link: &mut Link,
    home: &Home,
    schema: &Schema,
    form: &Form,
    declared: Option<&Form>,
) -> Result<Option<Vec<Step>>, StoreError> {
    let standing = if live_columns(link)?.contains_key("_form") { Standing::of(link)? } else { None };
    let fingerprint = form.fingerprint();
    match standing.map(Standing::in_use).transpose()? {
        // Another process may have been here first.
        Some(Standing::Live(known)) if known == fingerprint && declared.is_none() => return Ok(None),
        // It goes on, unless the one who moves it is no more.
        Some(Standing::Leaving(known)) if known == fingerprint && Guard::take(home)?.is_none() => return Ok(None),
        Some(Standing::Leaving(_)) => trace::end(link, &Table::all(schema)?)?,
        _ => {}
    }
    let plan = Plan::of(link, schema, form, declared)?;
    plan.check(declared.is_some())?;
    bring(link, form, plan).map(Some)
}

/// Brings the tables to another form inside a transaction that does more than this, and that is its own rehearsal.
///
/// # Errors
/// While the tenant is being moved, and where a table's rows do not allow it.
pub(crate) fn reform(link: &mut Link, schema: &Schema) -> Result<(), StoreError> {
    link.settle()?;
    let form = Form::of(schema, link.dialect())?;
    if let Some(Standing::Leaving(_)) = Standing::of(link)? {
        return Err(StoreError::Migration(
            "the tenant is being moved to another place; try again when it is there".to_owned(),
        ));
    }
    let plan = Plan::of(link, schema, &form, None)?;
    plan.check(false)?;
    bring(link, &form, plan).map(drop)
}

fn bring(link: &mut Link, form: &Form, plan: Plan) -> Result<Vec<Step>, StoreError> {
    link.batch(&typed(form::SYSTEM_TABLES, link.dialect()))?;
    let now = int(Timestamp::now().as_microsecond());
    for statement in plan.steps.iter().flat_map(|step| &step.statements) {
        link.batch(statement)?;
        let cells = [now.clone(), text(statement.as_str())];
        link.execute("INSERT INTO _migration (at, statement) VALUES ($1, $2)", &cells)?;
    }
    shape::note(link, &plan.kinds)?;
    Standing::Live(form.fingerprint()).write(link)?;
    Ok(plan.steps)
}
