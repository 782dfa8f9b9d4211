//! The nightly round: what was deleted long ago, and what has expired, is removed for good, values that are no longer kept
//! are emptied, and what nobody decided is let go.

use nexus_model::{Problem, Timestamp};

use crate::Result;
use crate::jobs::JobCtx;

/// How long the bin keeps what was deleted, unless the schedule says otherwise.
pub(super) const BIN_DAYS: u32 = 90;

/// What the schedule of the round may say.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Round {
    /// Days that the bin keeps what was deleted.
    #[serde(default = "bin_days")]
    bin_days: u32,
}

fn bin_days() -> u32 {
    BIN_DAYS
}

pub(super) async fn purge(job: JobCtx, round: Round) -> Result<()> {
    if round.bin_days == 0 {
        return Err(Problem::field("bin_days", "min", "is 1 or more; switch the schedule off to keep everything"));
    }
    let bin = job.kernel.purge_bin(&job.tenant, days_before(job.tenant.now(), round.bin_days)).await?;
    let expired = job.kernel.purge_expired(&job.tenant).await?;
    for refused in bin.refused.iter().chain(&expired.refused) {
        tracing::warn!(tenant = job.tenant.slug, "{refused}");
    }
    job.kernel.expire_values(&job.tenant).await?;
    job.kernel.expire_approvals(&job.tenant).await?;
    Ok(())
}

/// The moment so many days before another; nothing that is kept is from before 1970.
pub(super) fn days_before(now: Timestamp, days: u32) -> Timestamp {
    now.checked_sub(jiff::SignedDuration::from_hours(24 * i64::from(days)))
        .unwrap_or_default()
        .max(Timestamp::UNIX_EPOCH)
}
