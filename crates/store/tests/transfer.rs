//! A tenant's data from one database to another and back: the same content, and one place that takes changes.

mod shelf;

use std::sync::Arc;

use nexus_store::{Database, Limits, Server, StoreError, content_of, relocate, transfer};
use nexus_testkit::{On, Scratch};

use shelf::{SCHEMA, add, books, count};

const ROWS: usize = 4_500;

/// SQLite → PostgreSQL → another PostgreSQL → SQLite, with more rows than one page.
#[test]
fn a_tenant_goes_round_and_is_the_same() {
    On::Sqlite.run(|folder| async move {
        let (first, second) = (Scratch::new().await, Scratch::new().await);
        let stops = [folder.clone(), first.storage(), second.storage(), folder];
        let home = |stop: usize| stops[stop].tenant("kibo");
        let database = books(&home(0));
        add(&database, ROWS).await;
        drop(database);
        let begun = content_of(&home(0), &SCHEMA).expect("a hash");
        assert!(begun.rows > ROWS as u64 * 3, "{begun:?}");
        for (stop, name) in [(1, "first"), (2, "second"), (3, "")] {
            let moved = relocate(&home(stop - 1), &home(stop), &SCHEMA, name);
            assert_eq!(moved.unwrap_or_else(|error| panic!("{error}")), begun, "{name}");
            let left = Database::open(&home(stop - 1), Arc::clone(&SCHEMA), Limits::default());
            assert!(
                matches!(left, Err(StoreError::Moved(to)) if to.place == name),
                "what was left takes no more changes"
            );
        }
        let database = books(&home(3));
        add(&database, 1).await;
        assert_eq!(count(&database).await, ROWS as u64 + 1);
        drop(database);
        drop(stops);
        first.remove().await;
        second.remove().await;
    });
}

/// A process that has the tenant open hears of the move from the database itself.
#[nexus_testkit::database_test]
fn who_has_it_open_is_told_that_it_moved(on: On) {
    on.run(|storage| async move {
        let open = books(&storage.tenant("kibo"));
        add(&open, 3).await;
        relocate(&storage.tenant("kibo"), &storage.tenant("elsewhere"), &SCHEMA, "elsewhere").expect("moved");
        let refused = shelf::try_add(&open, 1).await.expect_err("the data are elsewhere");
        assert!(matches!(refused, StoreError::Moved(to) if to.place == "elsewhere"));
        let elsewhere = books(&storage.tenant("elsewhere"));
        assert_eq!(count(&elsewhere).await, 3);
        // Told where that is, it goes after them.
        let there = storage.tenant("elsewhere");
        open.find_by(move |_| Some(there.clone()));
        add(&open, 1).await;
        assert_eq!((count(&open).await, count(&elsewhere).await), (4, 4));
    });
}

#[nexus_testkit::database_test]
fn a_copy_goes_into_an_empty_database_alone(on: On) {
    on.run(|storage| async move {
        let (from, to) = (storage.tenant("kibo"), storage.tenant("copy"));
        let (source, target) = (books(&from), books(&to));
        add(&source, 2).await;
        add(&target, 1).await;
        drop((source, target));
        let before = content_of(&to, &SCHEMA).expect("a hash");
        let refused = transfer(&from, &to, &SCHEMA).expect_err("there is something already");
        assert!(refused.to_string().contains("there are rows in _event already"), "{refused}");
        assert_eq!(content_of(&to, &SCHEMA).expect("a hash"), before, "and it is as it was");
        to.clear().expect("removed");
        assert_eq!(transfer(&from, &to, &SCHEMA).expect("copied"), content_of(&from, &SCHEMA).expect("a hash"));
    });
}

/// The password in the URL is told to nobody.
#[test]
fn a_server_that_is_not_there_is_named_without_its_password() {
    for url in ["postgres://nexus:geheim@127.0.0.1:1/nexus", "postgres://nexus:geheim@[/nexus"] {
        let error = Server::connect(url, 1).err().expect("nobody listens").to_string();
        assert!(!error.contains("geheim"), "{error}");
    }
}
