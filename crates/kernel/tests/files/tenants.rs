//! Files of a tenant as a whole: the room that its plan gives, copies of it, its end.

use std::collections::BTreeMap;
use std::sync::Arc;

use nexus_kernel::contents::Depot;
use nexus_kernel::{FileOptions, Kind, Options, Plan};
use nexus_testkit::{On, Tenant};
use serde_json::json;

use super::desk::{file, named, noise, read, run};

const MIB: usize = 1 << 20;

#[nexus_testkit::database_test]
fn files_count_for_the_storage_of_the_plan(on: On) {
    on.run(|storage| async move {
        let plan =
            Plan::parse("small", "label = \"Small\"\nabout = \"Little\"\n[limits]\nstorage_mib = 40").expect("a plan");
        let plans = BTreeMap::from([("small".to_owned(), Arc::new(plan))]);
        let files = FileOptions::new(Some(Depot::memory()));
        let t = Tenant::open_with(Vec::new(), &storage, |options| Options { plans, files, ..options }).await;
        t.kernel.plan_tenant("example-ltd", "small").expect("a plan");
        let t = t.in_tenant("example-ltd");
        let begin = async |size| t.kernel.begin_upload(&t.tenant, &t.principal, named("a", size)).await;
        let refused = begin(41 * MIB).await.expect_err("no room");
        assert_eq!((refused.kind, &refused.more["limit"]), (Kind::Denied, &json!("storage_mib")));
        let before = t.kernel.usage(&t.tenant).await.expect("usage").storage_bytes;
        // One that was announced while there was room is refused when there is none any more.
        let second = begin(21 * MIB).await.expect("room").id;
        let first = file(&t, "a", &noise(1, 20 * MIB)).await;
        let used = t.kernel.usage(&t.tenant).await.expect("usage").storage_bytes - before;
        assert!(used >= 20 << 20, "{used}");
        assert!(begin(21 * MIB).await.is_err());
        let late = super::desk::send(&t, second, 0, &noise(2, 21 * MIB), false).await.expect_err("no room");
        assert_eq!(late.more["limit"], json!("storage_mib"));
        assert!(t.try_get("core.file", second).await.is_err());
        t.delete("core.file", first).await.ok();
        let left = t.kernel.usage(&t.tenant).await.expect("usage").storage_bytes;
        assert!(left < before + (20 << 20), "{left}");
    });
}

#[nexus_testkit::database_test]
fn a_branch_has_the_files_and_goes_its_own_way(on: On) {
    run(on, |t| async move {
        let bytes = noise(3, 2 * MIB);
        let paper = file(&t, "a.bin", &bytes).await;
        t.kernel.branch_tenant("example-ltd", "rehearsal").expect("a branch");
        let branch = t.in_tenant("rehearsal");
        assert_eq!(read(&branch, paper, None).await.expect("open"), bytes);
        branch.delete("core.file", paper).await.ok();
        let none = std::time::Duration::ZERO;
        let ages = nexus_kernel::Ages { loose: none, deleted: none, idle: none, content: none };
        branch.kernel.sweep_files(&branch.tenant, ages).await.expect("swept");
        assert_eq!(read(&t, paper, None).await.expect("open"), bytes);
        let kept = t.kernel.contents_of("rehearsal").expect("a place");
        assert_eq!(kept.names().await.expect("names").len(), 0);
    });
}

#[nexus_testkit::database_test]
fn the_files_of_a_tenant_go_with_it(on: On) {
    run(on, |t| async move {
        let kernel = Arc::clone(&t.kernel);
        kernel.branch_tenant("example-ltd", "other").expect("a branch");
        let other = t.in_tenant("other");
        file(&other, "a.bin", b"hello").await;
        drop(other);
        let kept = kernel.contents_of("other").expect("a place");
        assert_eq!(kept.names().await.expect("names").len(), 1);
        kernel.delete_tenant("other", 30).expect("deleted");
        kernel.purge_tenant("other", true).expect("removed");
        assert_eq!(kept.names().await.expect("names").len(), 0);
    });
}
