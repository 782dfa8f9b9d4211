//! How many jobs there are, for whoever watches over the server.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};

use nexus_model::Value;

use crate::core::{Job, JobState};
use crate::find::find;
use crate::kernel::Kernel;
use crate::{Result, Tenant};

/// The states that are told of.
const TOLD: [JobState; 3] = [JobState::Queued, JobState::Running, JobState::Dead];

impl Kernel {
    /// How many jobs of a tenant wait, are at work and are dead, by queue and state; none is told of as well, for the
    /// queues that were told of before.
    pub async fn jobs_by_queue(&self, tenant: &Arc<Tenant>) -> Result<BTreeMap<(String, &'static str), i64>> {
        let rows = self.survey(tenant, |ctx| {
            Box::pin(async move {
                let told = find::<Job>().any("state", TOLD.map(|state| state.as_str()));
                ctx.sums(told, &["queue", "state"], &["count()"]).await
            })
        });
        let rows = rows.await?;
        let mut all = self.jobs.queues.lock().unwrap_or_else(PoisonError::into_inner);
        let queues = all.entry(tenant.slug.clone()).or_default();
        queues.extend(rows.iter().filter_map(|row| row.first().and_then(Value::as_text).map(str::to_owned)));
        let mut counts = BTreeMap::new();
        for queue in queues.iter() {
            for state in TOLD.map(|state| state.as_str()) {
                let of = |row: &&Vec<Value>| row[0].as_text() == Some(queue) && row[1].as_text() == Some(state);
                let count = rows.iter().find(of).and_then(|row| row[2].as_int()).unwrap_or_default();
                counts.insert((queue.clone(), state), count);
            }
        }
        Ok(counts)
    }
}
