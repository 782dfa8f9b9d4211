//! Many tenants in one process: open ones are bounded, and each keeps its own data.

use std::sync::Arc;

use nexus_kernel::core::NewTenant;
use nexus_kernel::faces::ListParams;
use nexus_kernel::{Call, Kernel, Options, Principal, Registry, Request};
use nexus_testkit::{On, Storage};
use serde_json::json;

/// A kernel of the core app alone.
fn kernel(storage: &Storage, tenants_max: usize) -> Arc<Kernel> {
    let registry = Registry::new(Vec::new(), None).expect("the core app");
    Arc::new(Kernel::open(registry, Options { tenants_max, ..Options::new(storage.clone()) }).expect("it opens"))
}

async fn tenant(kernel: &Kernel, company: &str) -> String {
    let new = NewTenant {
        company: company.to_owned(),
        email: "admin@example.com".to_owned(),
        password: "correct horse battery".to_owned(),
        country: "GB".to_owned(),
        currency: "GBP".to_owned(),
    };
    kernel.create_tenant(new).await.expect("a tenant").slug.clone()
}

async fn add_team(kernel: &Kernel, slug: &str, name: &str) {
    let tenant = kernel.tenant(slug).expect("it opens");
    let call = Call { action: "core.create_team".to_owned(), record: None, input: json!({"name": name}) };
    let request = Request { calls: vec![call], ..Request::default() };
    kernel.dispatch(&tenant, &Arc::new(Principal::system()), request).await.expect("a team");
    // The writer looks once more whether anybody waits before it lets go of the tenant.
    while Arc::strong_count(&tenant.database) > 1 {
        tokio::task::yield_now().await;
    }
}

async fn teams(kernel: &Kernel, slug: &str) -> Vec<String> {
    let (tenant, object) = (kernel.tenant(slug).expect("it opens"), kernel.registry.object("core.team"));
    let params = ListParams { sort: Some("name".to_owned()), ..ListParams::default() };
    let system = Arc::new(Principal::system());
    let page = kernel.list(&tenant, &system, object.expect("teams"), params).await.expect("a page");
    page.data.iter().map(|team| team["name"].as_str().unwrap_or_default().to_owned()).collect()
}

fn open(kernel: &Kernel) -> Vec<String> {
    let mut open: Vec<String> = kernel.open_tenants().iter().map(|tenant| tenant.slug.clone()).collect();
    open.sort();
    open
}

#[nexus_testkit::database_test]
fn more_tenants_than_may_be_open_are_used_in_turn(on: On) {
    on.run(|storage| async move { in_turn(&storage).await });
}

async fn in_turn(storage: &Storage) {
    let kernel = kernel(storage, 2);
    for company in ["A", "B", "C", "D"] {
        tenant(&kernel, company).await;
    }
    for round in ["1", "2", "3"] {
        for slug in ["a", "b", "c", "d"] {
            add_team(&kernel, slug, &format!("{slug}{round}")).await;
            assert_eq!(open(&kernel).len(), 2);
        }
    }
    assert_eq!(open(&kernel), ["c", "d"]);
    for slug in ["a", "b", "c", "d"] {
        assert_eq!(teams(&kernel, slug).await, ["1", "2", "3"].map(|round| format!("{slug}{round}")));
    }
    // The one that was asked for longest ago goes, not the one that was opened first.
    teams(&kernel, "c").await;
    teams(&kernel, "a").await;
    assert_eq!(open(&kernel), ["a", "c"]);
    assert!(kernel.tenant("nobody").is_err());
    assert_eq!(open(&kernel), ["a", "c"], "who asks for what is not there closes nothing");
}

#[nexus_testkit::database_test]
fn a_tenant_in_use_stays_open_and_its_follower_hears_of_every_change(on: On) {
    on.run(|storage| async move { in_use(&storage).await });
}

async fn in_use(storage: &Storage) {
    let kernel = kernel(storage, 2);
    for company in ["A", "B", "C", "D"] {
        tenant(&kernel, company).await;
    }
    // What a stream of events holds.
    let mut committed = kernel.tenant("a").expect("it opens").database.committed();
    committed.mark_unchanged();
    let held = kernel.tenant("b").expect("it opens");
    for slug in ["c", "d", "c", "d"] {
        add_team(&kernel, slug, &format!("{slug}{}", teams(&kernel, slug).await.len())).await;
    }
    assert_eq!(open(&kernel), ["a", "b", "d"], "both are in use, so that there is one more");
    add_team(&kernel, "a", "Followed").await;
    committed.changed().await.expect("it is open");
    add_team(&kernel, "b", "Held").await;
    drop((held, committed));
    kernel.close_surplus();
    assert_eq!(open(&kernel), ["a", "b"]);
    assert_eq!(teams(&kernel, "a").await, ["Followed"]);
    assert_eq!(teams(&kernel, "b").await, ["Held"]);
    assert_eq!(teams(&kernel, "c").await, ["c0", "c1"]);
    assert_eq!(teams(&kernel, "d").await, ["d0", "d1"]);
}
