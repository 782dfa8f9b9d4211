//! Many tenants with the app contacts in one data folder: time to make one, memory while many are used in turn.
//!
//! `cargo run --release -p nexus-bench --example tenants -- [TENANTS] [USED] [FOLDER]`
#![allow(clippy::print_stdout)]

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use nexus_kernel::core::NewTenant;
use nexus_kernel::faces::ListParams;
use nexus_kernel::serde_json::json;
use nexus_kernel::store::Storage;
use nexus_kernel::{Call, Kernel, Options, Principal, Registry, Request};

/// Rounds in which each of the used tenants gets one change and one list.
const ROUNDS: usize = 5;

// As in the binary.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let mut number = |default: usize| args.next().map_or(Ok(default), |arg| arg.replace('_', "").parse());
    let (tenants, used) = (number(10_000)?, number(100)?);
    let folder = args.next().map(PathBuf::from);
    tokio::runtime::Runtime::new()?.block_on(run(tenants, used, folder))
}

async fn run(tenants: usize, used: usize, given: Option<PathBuf>) -> Result<()> {
    let own = tempfile::tempdir()?;
    let folder = given.unwrap_or_else(|| own.path().to_owned());
    let registry = Registry::new(vec![contacts::app()], None)?;
    let kernel = Arc::new(Kernel::open(registry, Options::new(Storage::Folder(folder.clone())))?);
    println!("{:>6} tenants: {} MiB", 0, resident_mib()?);
    let mut took = Vec::with_capacity(tenants);
    for number in 0..tenants {
        let begun = Instant::now();
        let new = NewTenant {
            company: format!("Company {number}"),
            email: "admin@example.com".to_owned(),
            password: "correct horse battery".to_owned(),
            country: "GB".to_owned(),
            currency: "GBP".to_owned(),
            ..NewTenant::default()
        };
        kernel.create_tenant(new).await?;
        took.push(begun.elapsed());
        if (number + 1).is_power_of_two() || number + 1 == tenants {
            println!("{:>6} tenants: {} MiB, {} open", number + 1, resident_mib()?, kernel.open_tenants().len());
        }
    }
    told("a tenant made", &mut took);
    for (what, from) in [("the same", 0), ("in turn, more than are open", tenants.saturating_sub(used * 5))] {
        let mut took = Vec::new();
        for round in 0..ROUNDS {
            for number in 0..used {
                let begun = Instant::now();
                // First always the same tenants; then in each round others, each of which is opened.
                let at = if from == 0 { number } else { from + round * used + number };
                work(&kernel, &format!("company-{at}")).await?;
                took.push(begun.elapsed());
            }
        }
        println!("{used} used, {what}: {} MiB, {} open", resident_mib()?, kernel.open_tenants().len());
        told("one change and one list", &mut took);
    }
    Ok(())
}

async fn work(kernel: &Kernel, slug: &str) -> Result<()> {
    let (tenant, system) = (kernel.tenant(slug)?, Arc::new(Principal::system()));
    let input = json!({"name": "Ada Lovelace", "email": "ada@example.com"});
    let call = Call { action: "contacts.create_party".to_owned(), record: None, input };
    kernel.dispatch(&tenant, &system, Request { calls: vec![call], ..Request::default() }).await?;
    kernel.list(&tenant, &system, tenant.object("contacts.party")?, ListParams::default()).await?;
    Ok(())
}

fn told(what: &str, took: &mut [Duration]) {
    took.sort_unstable();
    let at = |share: usize| took.get((took.len() * share / 100).min(took.len().saturating_sub(1))).copied();
    let (median, slow) = (at(50).unwrap_or_default(), at(99).unwrap_or_default());
    println!("{what}: median {median:.1?}, 99 of 100 within {slow:.1?}");
}

/// What the process has in memory (Linux: `VmRSS`).
fn resident_mib() -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? >> 10)
}
