//! Values that are no longer kept: a nightly round empties the fields whose manifest says for how long they are.
//!
//! The log goes on telling what was there, until it is compacted.

use std::sync::Arc;

use nexus_model::object::system;
use nexus_model::{Object, Record, Uuid, Value};
use nexus_store::{Cursor, Filter};

use crate::ctx::Ctx;
use crate::ctx::read::Ask;
use crate::kernel::Kernel;
use crate::portions::{CHUNK, Item, begin};
use crate::principal::Principal;
use crate::{Result, Tenant};

/// The action that the log shows for values that were emptied.
const EXPIRE: &str = "core.expire";

/// What became of a round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Expired {
    /// The run under which the log has it.
    pub run: Uuid,
    /// Values that were emptied.
    pub emptied: u64,
    /// Values of records that were posted, or that a rule of their object wants there: they stay.
    pub kept: u64,
}

impl Kernel {
    /// Empties the fields whose values have expired, of all records that are not in the bin.
    pub async fn expire_values(&self, tenant: &Arc<Tenant>) -> Result<Expired> {
        let system = Arc::new(Principal::system());
        let mut round = Expired { run: Uuid::now_v7(), ..Expired::default() };
        let objects: Vec<Arc<Object>> = tenant.registry().schema.objects().cloned().collect();
        for object in objects {
            for at in (0..object.fields.len()).filter(|at| object.fields[*at].expired.is_some()) {
                let mut after = None;
                loop {
                    let object = Arc::clone(&object);
                    (round, after) = self
                        .write_in(tenant, &system, None, round.run, true, move |ctx| {
                            Box::pin(async move {
                                begin(ctx, EXPIRE).await?;
                                ctx.keeps_written = false;
                                ctx.expire_portion(&object, at, after, round).await
                            })
                        })
                        .await?;
                    if after.is_none() {
                        break;
                    }
                }
            }
        }
        Ok(round)
    }
}

impl Ctx {
    async fn expire_portion(
        &mut self,
        object: &Arc<Object>,
        at: usize,
        after: Option<Cursor>,
        mut round: Expired,
    ) -> Result<(Expired, Option<Cursor>)> {
        let field = &object.fields[at];
        let Some(expired) = field.expired.clone() else { return Ok((round, None)) };
        let there = self.condition(object, &format!("has({})", field.name))?;
        let sort = vec![(system::ID.to_owned(), false)];
        let filters = vec![Filter::Where(there), Filter::Where(Arc::new(expired))];
        let ask = Ask { filters, sort: sort.clone(), after, limit: CHUNK, ..Ask::default() };
        let page: Vec<Record> = self.ask(object, ask).await?;
        let next = page.last().filter(|_| page.len() == CHUNK).map(|last| Cursor::after(last, &sort));
        for old in page {
            let mut new = old.clone();
            new.set_at(at, Value::Null);
            let item = Item::begin(self).await?;
            let ran = self.update_record(old, new).await;
            match item.end(self, ran).await? {
                Ok(written) if written.at(at).is_empty() => round.emptied += 1,
                // A default or a hook has given it another value.
                _ => round.kept += 1,
            }
        }
        Ok((round, next))
    }
}
