//! A migration tried on a copy, which goes whatever comes of it.
//!
//! Of a file the copy is another file beside it. A PostgreSQL server has the copy in a schema beside the tenant's, of the
//! tables that are touched alone, and in a transaction that is taken back: so nothing is left even where the process
//! dies, and whoever reads or writes the tenant's own tables is not held up, as by a trial on them.

use std::path::Path;

use nexus_model::Schema;
use nexus_model::field::When;
use nexus_model::object::system;

use super::Lack;
use super::plan::{Plan, count};
use crate::database::lock;
use crate::home::{Home, Links, beside};
use crate::link::Link;
use crate::live::live_indexes;
use crate::postgres::{SHARED, Server, quoted};
use crate::transfer::patient;
use crate::{StoreError, sqlite};

/// The end of the copy's name.
const FILE: &str = "-rehearsal";
const SCHEMA: &str = "__rehearsal";

/// Tries the plan on a copy, and looks at what that is then.
///
/// # Errors
/// [`StoreError::Migration`] where it does not go through, with the step.
pub(super) fn rehearse<T>(
    links: &Links,
    plan: &Plan,
    look: impl FnOnce(&mut Link) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    match &links.home {
        Home::File(path) => beside_file(path, plan, look),
        Home::Schema { server, name } => in_schema(server, name, plan, look),
    }
}

fn beside_file<T>(
    path: &Path,
    plan: &Plan,
    look: impl FnOnce(&mut Link) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let target = beside(path, FILE);
    let copy = Home::File(target.clone());
    // One that a process left which died.
    copy.clear()?;
    let tried = sqlite::open_reader(path)?.copy_into(&target).and_then(|()| {
        let mut file = sqlite::open_writer(&target)?;
        // It need not outlast anything.
        file.execute_batch("PRAGMA synchronous = OFF")?;
        file.begin(true, "")?;
        let mut link = Link::Sqlite(Box::new(file));
        take(&mut link, plan)?;
        look(&mut link)
    });
    copy.clear()?;
    tried
}

fn in_schema<T>(
    server: &Server,
    name: &str,
    plan: &Plan,
    look: impl FnOnce(&mut Link) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let lease = server.link(name)?;
    let link = &mut *lock(lease.link());
    let tried = copied(link, plan, &quoted(name), &quoted(&format!("{name}{SCHEMA}"))).and_then(|()| {
        take(link, plan)?;
        look(link)
    });
    link.rollback()?;
    tried
}

/// Copies the tables that are touched, as of one moment, and lets questions lead to them.
fn copied(link: &mut Link, plan: &Plan, own: &str, copy: &str) -> Result<(), StoreError> {
    let shared = quoted(SHARED);
    link.batch(&format!(
        "BEGIN ISOLATION LEVEL REPEATABLE READ READ WRITE; SET LOCAL search_path = {own}, {shared}; SET LOCAL jit = off"
    ))?;
    patient(link)?;
    // Nothing that is asked here is known from elsewhere, or remembered.
    link.look_anew();
    let indexes = live_indexes(link)?;
    link.batch(&format!("CREATE SCHEMA {copy}; SET LOCAL search_path = {copy}, {own}, {shared}"))?;
    for table in plan.touched() {
        link.batch(&format!(
            "CREATE UNLOGGED TABLE {copy}.\"{table}\" (LIKE {own}.\"{table}\" INCLUDING DEFAULTS); \
             INSERT INTO {copy}.\"{table}\" SELECT * FROM {own}.\"{table}\""
        ))?;
        let mut of = indexes.values().filter(|sql| sql.contains(&format!(" ON \"{table}\"")));
        of.try_for_each(|sql| link.batch(sql))?;
    }
    Ok(())
}

fn take(link: &mut Link, plan: &Plan) -> Result<(), StoreError> {
    for step in &plan.steps {
        for statement in &step.statements {
            link.batch(statement).map_err(|error| match error {
                gone @ (StoreError::Away(_) | StoreError::Full | StoreError::Busy) => gone,
                error => StoreError::Migration(format!("{step}: {error}; nothing was changed")),
            })?;
        }
    }
    Ok(())
}

/// Required values that live records lack.
pub(super) fn lacking(link: &mut Link, schema: &Schema) -> Result<Vec<Lack>, StoreError> {
    let mut lacking = Vec::new();
    for object in schema.objects() {
        let required = object.fields.iter().filter(|field| !field.system && matches!(field.required, When::Always));
        let columns: Vec<String> =
            required.filter_map(|field| field.columns().into_iter().next().map(|column| column.name)).collect();
        let table = object.table();
        for column in columns {
            let live = if object.child_of.is_none() {
                format!(" AND \"{}\" IS NULL", system::DELETED_AT)
            } else {
                String::new()
            };
            let rows = count(link, &format!("SELECT count(*) FROM \"{table}\" WHERE \"{column}\" IS NULL{live}"))?;
            if rows > 0 {
                lacking.push(Lack { table: table.clone(), column, rows });
            }
        }
    }
    Ok(lacking)
}
