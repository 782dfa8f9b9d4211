//! Open tenants are bounded, and each keeps its own data.

use nexus_kernel::{Kernel, Options};
use nexus_testkit::{On, Storage};

use crate::company::{add_team, kernel, teams, tenant};

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
    let kernel = kernel(storage, |options| Options { tenants_max: 2, ..options });
    for company in ["A", "B", "C", "D"] {
        tenant(&kernel, company, None).await;
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
    let kernel = kernel(storage, |options| Options { tenants_max: 2, ..options });
    for company in ["A", "B", "C", "D"] {
        tenant(&kernel, company, None).await;
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
