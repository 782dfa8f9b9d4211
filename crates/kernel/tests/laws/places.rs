//! Where a tenant is and when: moved under a random load it loses nothing, and it can be had as it was at any moment.

use std::collections::BTreeMap;
use std::sync::Arc;

use nexus_kernel::Options;
use nexus_kernel::faces::ListParams;
use nexus_kernel::serde_json::{Value as Json, json};
use nexus_kernel::store::TenantEntry;
use nexus_testkit::{On, Scratch, Tenant};

use crate::dice::Dice;
use crate::undo::{Writer, apps, send, there_and_back};

const SLUG: &str = "example-ltd";

/// Runs, undoes, redoes and previews go on while the tenant moves from SQLite to PostgreSQL and back, twice; each finds
/// what it should, and none is refused.
#[test]
fn a_tenant_moves_under_its_users_and_loses_nothing() {
    On::Sqlite.run(|folder| async move {
        let scratch = Scratch::new().await;
        let places = BTreeMap::from([("big".to_owned(), scratch.storage())]);
        let t = Tenant::open_with(apps(), &folder, |options| Options { places, ..options }).await;
        let mut dice = Dice::new(7);
        let mut writer = Writer::new(&mut dice);
        for number in 0..300 {
            t.create("yard.parcel", json!({"name": format!("parcel {number}"), "items": [{"name": "a"}]})).await;
        }
        let mut rounds = 0;
        for to in [Some("big"), None, Some("big"), None] {
            let kernel = Arc::clone(&t.kernel);
            let moving = tokio::task::spawn_blocking(move || kernel.move_tenant(SLUG, to));
            while !moving.is_finished() {
                there_and_back(&t, &mut writer).await;
                rounds += 1;
            }
            moving.await.expect("ran").unwrap_or_else(|problem| panic!("{problem}"));
            there_and_back(&t, &mut writer).await;
            assert_eq!(t.kernel.entry(SLUG).expect("an entry").place.as_deref(), to);
        }
        assert!(rounds > 4, "there was a run during each move");
        assert_eq!(t.kernel.verify(&t.tenant).await.expect("verify runs"), []);
        let begun = t.kernel.content(SLUG).expect("a hash");
        assert_eq!(t.kernel.move_tenant(SLUG, Some("big")).expect("moved"), begun);
        assert_eq!(t.kernel.content(SLUG).expect("a hash"), begun);
        drop(t);
        scratch.remove().await;
    });
}

/// All parcels and the newest event with its hash.
async fn whole(t: &Tenant) -> (Vec<Json>, Option<Json>) {
    let mut parcels = Vec::new();
    for deleted in [false, true] {
        let expand = Some("items".to_owned());
        let params =
            ListParams { deleted, expand, limit: Some(500), sort: Some("id".to_owned()), ..ListParams::default() };
        parcels.extend(t.list("yard.parcel", params).await.expect("parcels"));
    }
    let (mut after, mut newest) = (0, None);
    loop {
        let (events, last) = t.kernel.events(&t.tenant, &t.principal, after).await.expect("events");
        if last == after {
            return (parcels, newest);
        }
        (after, newest) = (last, events.into_iter().last());
    }
}

#[nexus_testkit::database_test]
fn a_tenant_can_be_had_as_it_was_at_any_moment(on: On) {
    on.run(|storage| async move {
        let t = Tenant::open(apps(), &storage).await;
        let mut dice = Dice::new(11);
        let mut writer = Writer::new(&mut dice);
        t.create("yard.parcel", json!({"name": "first", "items": [{"name": "a"}, {"name": "b"}]})).await;
        let mut moments = Vec::new();
        for round in 0..30 {
            if round % 3 == 0 {
                there_and_back(&t, &mut writer).await;
            } else {
                let calls = writer.run(&t).await;
                // Some are refused.
                let _ = send(&t, &calls, false).await;
            }
            if round % 6 == 0 {
                moments.push((t.tenant.now(), whole(&t).await));
            }
        }
        for (number, (at, then)) in moments.into_iter().enumerate() {
            let entry =
                TenantEntry { slug: format!("then-{number}"), name: "Then".to_owned(), ..TenantEntry::default() };
            let home = storage.tenant(SLUG);
            let rewound = t.kernel.rewind_tenant(&entry, &home, at).unwrap_or_else(|problem| panic!("{problem}"));
            assert!(rewound.events > 0 && rewound.secrets.is_empty(), "{rewound:?}");
            let old = t.in_tenant(&entry.slug);
            assert_eq!(whole(&old).await, then, "at {at}");
            assert_eq!(old.kernel.verify(&old.tenant).await.expect("verify runs"), []);
            // It goes on from there.
            old.create("yard.parcel", json!({"name": "later"})).await;
        }
        let now = t.tenant.now();
        let entry = TenantEntry { slug: SLUG.to_owned(), ..TenantEntry::default() };
        let refused = t.kernel.rewind_tenant(&entry, &storage.tenant(SLUG), now).expect_err("it is there");
        assert!(refused.detail.contains("there is a tenant example-ltd already"), "{refused}");
    });
}
