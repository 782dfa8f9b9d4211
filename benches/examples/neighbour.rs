//! Two tenants in one process: how long one waits for its answers while the other has all it can carry.
//!
//! `cargo run --release -p nexus-bench --example neighbour -- [sqlite|postgres://…]`
#![allow(clippy::print_stdout)]

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::Result;
use nexus_kernel::core::NewTenant;
use nexus_kernel::faces::ListParams;
use nexus_kernel::serde_json::json;
use nexus_kernel::store::{Server, Storage};
use nexus_kernel::{Call, Kernel, Options, Principal, Registry, Request, Tenant};

/// Callers of the tenant at full load.
const CALLERS: usize = 64;
/// Requests of the other, one at a time.
const ASKED: usize = 1_000;
/// Connections to PostgreSQL.
const CONNECTIONS: usize = 16;

// As in the binary.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<()> {
    let place = std::env::args().nth(1).unwrap_or_else(|| "sqlite".to_owned());
    let folder = tempfile::tempdir()?;
    let storage = match place.as_str() {
        "sqlite" => Storage::Folder(folder.path().to_owned()),
        url => Storage::Server(Server::connect(url, CONNECTIONS)?),
    };
    tokio::runtime::Runtime::new()?.block_on(run(storage))
}

async fn run(storage: Storage) -> Result<()> {
    let registry = Registry::new(vec![contacts::app(), finance::app()], None)?;
    let kernel = Arc::new(Kernel::open(registry, Options::new(storage))?);
    let (loud, quiet) = (tenant(&kernel, "Loud").await?, tenant(&kernel, "Quiet").await?);
    for number in 0..1_000 {
        work(&kernel, &quiet, number, true).await?;
        work(&kernel, &loud, number, true).await?;
    }
    for writes in [false, true] {
        let what = if writes { "changes" } else { "lists" };
        let idle = asked(&kernel, &quiet, writes).await?;
        let (ends, done) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
        let callers: Vec<_> = (0..CALLERS)
            .map(|caller| {
                let (kernel, loud, ends, done) =
                    (Arc::clone(&kernel), Arc::clone(&loud), Arc::clone(&ends), Arc::clone(&done));
                tokio::spawn(async move {
                    // Half of the load changes, half of it reads.
                    while !ends.load(Ordering::Relaxed) {
                        work(&kernel, &loud, caller, caller % 2 == 0).await?;
                        done.fetch_add(1, Ordering::Relaxed);
                    }
                    anyhow::Ok(())
                })
            })
            .collect();
        let begun = Instant::now();
        let loaded = asked(&kernel, &quiet, writes).await?;
        let carried = done.load(Ordering::Relaxed) as u128 * 1_000 / begun.elapsed().as_millis().max(1);
        ends.store(true, Ordering::Relaxed);
        for caller in callers {
            caller.await??;
        }
        let share = |(of, to): (Duration, Duration)| of.as_micros() * 100 / to.as_micros().max(1);
        println!(
            "{what}: p50 {:.1?} idle, {:.1?} beside {carried}/s; p99 {:.1?} idle, {:.1?} beside, {} percent",
            idle.0,
            loaded.0,
            idle.1,
            loaded.1,
            share((loaded.1, idle.1))
        );
    }
    Ok(())
}

/// The median and the 99th percentile of one request after another.
async fn asked(kernel: &Arc<Kernel>, tenant: &Arc<Tenant>, writes: bool) -> Result<(Duration, Duration)> {
    let mut took = Vec::with_capacity(ASKED);
    for number in 0..ASKED {
        let begun = Instant::now();
        work(kernel, tenant, number, writes).await?;
        took.push(begun.elapsed());
    }
    took.sort_unstable();
    Ok((took[ASKED / 2], took[ASKED * 99 / 100]))
}

async fn tenant(kernel: &Kernel, company: &str) -> Result<Arc<Tenant>> {
    let new = NewTenant {
        company: company.to_owned(),
        email: "admin@example.com".to_owned(),
        password: "correct horse battery".to_owned(),
        country: "GB".to_owned(),
        currency: "GBP".to_owned(),
        ..NewTenant::default()
    };
    Ok(kernel.create_tenant(new).await?)
}

async fn work(kernel: &Kernel, tenant: &Arc<Tenant>, number: usize, writes: bool) -> Result<()> {
    let system = Arc::new(Principal::system());
    if writes {
        let input = json!({"name": format!("Ada {number}"), "email": "ada@example.com"});
        let call = Call { action: "contacts.create_party".to_owned(), record: None, input };
        kernel.dispatch(tenant, &system, Request { calls: vec![call], ..Request::default() }).await?;
    } else {
        let params = ListParams { sort: Some("name".to_owned()), limit: Some(50), ..ListParams::default() };
        kernel.list(tenant, &system, tenant.object("contacts.party")?, params).await?;
    }
    Ok(())
}
