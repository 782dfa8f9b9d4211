//! Subscribers and brokers: each event once, in order, behind the commit and never in its way.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use nexus_kernel::core::Team;
use nexus_kernel::store::{Event, Verb};
use nexus_kernel::{App, AppSource, Arrivals, BoxFuture, Broker, Ctx, Message, Problem, Result};
use nexus_testkit::{On, Storage, Tenant};
use serde_json::json;
use tokio::sync::watch;

const TRAIL: AppSource = AppSource {
    name: "trail",
    manifest: "name = \"Trail\"\nsuite = \"platform\"\nicon = \"map\"\nabout = \"Follows the log.\"\n",
    objects: &[],
    reports: &[],
};

/// Founds a team for each new user, and refuses one whose name is "Trouble" until it is told otherwise.
fn trail(forgives: &'static AtomicBool) -> App {
    App::new(TRAIL).subscriber("teams", move |ctx, events| Box::pin(found_teams(ctx, events, forgives)))
}

async fn found_teams(ctx: &mut Ctx, events: &[Event], forgives: &AtomicBool) -> Result<()> {
    for Event { seq, event, .. } in events {
        if event.object != "core.user" || event.verb != Verb::Create {
            continue;
        }
        let name = event.changes.iter().find(|change| change.field == "name").and_then(|change| change.to.as_str());
        let name = name.unwrap_or_default();
        ctx.create(Team { name: format!("{name}, event {seq}"), ..Team::default() }).await?;
        if name == "Trouble" && !forgives.load(Ordering::Relaxed) {
            return Err(Problem::conflict("no team for Trouble"));
        }
    }
    Ok(())
}

async fn add_user(t: &Tenant, name: &str) {
    let email = format!("{}@example.com", name.to_lowercase());
    t.create("core.user", json!({"name": name, "email": email})).await;
}

/// The names of the teams in the order of the events that they were founded for.
async fn teams(t: &Tenant) -> Vec<String> {
    let mut found = t.find("core.team", "true").await;
    let event = |team: &serde_json::Value| team["name"].as_str()?.rsplit(' ').next()?.parse::<i64>().ok();
    found.sort_by_key(event);
    let name =
        |team: &serde_json::Value| team["name"].as_str().unwrap_or_default().split(',').next().map(str::to_owned);
    found.iter().filter_map(name).collect()
}

#[nexus_testkit::database_test]
fn each_event_is_dealt_with_once_and_in_order_over_restarts(on: On) {
    static FORGIVES: AtomicBool = AtomicBool::new(false);
    on.run(|storage| async move {
        let t = Tenant::open(vec![trail(&FORGIVES)], &storage).await;
        add_user(&t, "Amina").await;
        t.kernel.follow(&t.tenant).await.expect("followed");
        assert_eq!(teams(&t).await, ["admin", "Amina"]);
        add_user(&t, "Baraka").await;
        drop(t);

        let t = Tenant::open(vec![trail(&FORGIVES)], &storage).await;
        assert_eq!(t.kernel.behind(&t.tenant).await.expect("known")[0].0, "trail.teams");
        t.kernel.follow(&t.tenant).await.expect("followed");
        t.kernel.follow(&t.tenant).await.expect("nothing is left to follow");
        assert_eq!(teams(&t).await, ["admin", "Amina", "Baraka"]);
        // What the subscriber wrote is a run of the system, with the subscriber's name.
        let history = t.kernel.events(&t.tenant, &t.principal, 0).await.expect("events").0;
        let of_teams: Vec<_> = history.iter().filter(|event| event["object"] == "team").collect();
        assert!(of_teams.iter().all(|event| event["action"] == "trail.teams" && event["user"]["name"] == "Nexus"));
        assert_eq!(t.kernel.behind(&t.tenant).await.expect("known"), [("trail.teams".to_owned(), 0)]);
    });
}

#[nexus_testkit::database_test]
fn an_event_that_fails_holds_back_those_after_it_and_leaves_nothing(on: On) {
    static FORGIVES: AtomicBool = AtomicBool::new(false);
    on.run(|storage| async move {
        let t = Tenant::open(vec![trail(&FORGIVES)], &storage).await;
        for name in ["Amina", "Trouble", "Baraka"] {
            add_user(&t, name).await;
        }
        let problem = t.kernel.follow(&t.tenant).await.expect_err("the event is refused");
        assert!(problem.detail.starts_with("trail.teams, events ") && problem.detail.ends_with("no team for Trouble"));
        assert_eq!(teams(&t).await, ["admin", "Amina"]);
        t.kernel.follow(&t.tenant).await.expect_err("it still is");
        assert_eq!(teams(&t).await, ["admin", "Amina"]);
        FORGIVES.store(true, Ordering::Relaxed);
        t.kernel.follow(&t.tenant).await.expect("followed");
        assert_eq!(teams(&t).await, ["admin", "Amina", "Trouble", "Baraka"]);
    });
}

#[nexus_testkit::database_test]
fn processes_that_try_at_once_deal_with_each_event_once(on: On) {
    static FORGIVES: AtomicBool = AtomicBool::new(true);
    on.run(|storage| async move {
        let first = Tenant::open(vec![trail(&FORGIVES)], &storage).await;
        let second = Tenant::open(vec![trail(&FORGIVES)], &storage).await;
        for number in 0..30 {
            add_user(&first, &format!("User{number}")).await;
            let (here, there) = tokio::join!(first.kernel.follow(&first.tenant), second.kernel.follow(&second.tenant));
            here.and(there).expect("followed");
        }
        assert_eq!(teams(&first).await.len(), 31);
    });
}

/// A broker in memory, which can be away, or hang.
#[derive(Default)]
struct Shelf {
    told: Mutex<Vec<Message>>,
    count: watch::Sender<usize>,
    tries: AtomicUsize,
    is_away: AtomicBool,
    hangs: AtomicBool,
    arrivals: Mutex<Option<Arrivals>>,
}

impl Broker for Shelf {
    fn name(&self) -> &str {
        "shelf"
    }

    fn publish<'a>(&'a self, message: &'a Message) -> BoxFuture<'a, std::result::Result<(), String>> {
        Box::pin(async move {
            self.tries.fetch_add(1, Ordering::SeqCst);
            self.count.send_modify(|_| {});
            let lets_go = self.count.subscribe().wait_for(|_| !self.hangs.load(Ordering::SeqCst)).await.is_ok();
            assert!(lets_go, "the shelf lives");
            if self.is_away.load(Ordering::SeqCst) {
                return Err("the shelf is away".to_owned());
            }
            let arrivals = self.arrivals.lock().expect("unpoisoned").clone();
            if let Some(arrivals) = arrivals {
                arrivals(message.tenant.clone(), message.seq).await;
            }
            self.told.lock().expect("unpoisoned").push(message.clone());
            self.count.send_modify(|count| *count += 1);
            Ok(())
        })
    }

    fn listen<'a>(&'a self, _group: &'a str, arrivals: Arrivals) -> BoxFuture<'a, ()> {
        *self.arrivals.lock().expect("unpoisoned") = Some(arrivals);
        Box::pin(std::future::pending())
    }
}

/// Events of a tenant that has just been made.
const EVENTS: usize = 4;

/// A tenant whose events go to the shelf, with its errands running until the sender is dropped.
async fn shelved(storage: &Storage, apps: Vec<App>, shelf: &Arc<Shelf>) -> (Tenant, watch::Sender<bool>) {
    let broker = Arc::clone(shelf) as Arc<dyn Broker>;
    let t = Tenant::open_with(apps, storage, |options| nexus_kernel::Options { broker: Some(broker), ..options }).await;
    let (ends, ending) = watch::channel(false);
    let mut committed = t.tenant.database.committed();
    tokio::spawn(Arc::clone(&t.kernel).carry(ending));
    // Company and user of the set-up, and the schedules that Nexus brings along.
    committed.wait_for(|newest| *newest >= EVENTS as i64).await.expect("the tenant lives");
    (t, ends)
}

impl Shelf {
    /// Waits until so many were told; their numbers.
    async fn numbers(&self, count: usize) -> Vec<i64> {
        self.count.subscribe().wait_for(|told| *told >= count).await.expect("the shelf lives");
        self.told.lock().expect("unpoisoned").iter().map(|message| message.seq).collect()
    }
}

#[nexus_testkit::database_test]
fn a_broker_that_is_away_delays_no_commit_and_misses_nothing(on: On) {
    on.run(|storage| async move {
        let shelf = Arc::new(Shelf::default());
        let (t, _ends) = shelved(&storage, Vec::new(), &shelf).await;
        let begun = shelf.numbers(EVENTS).await.len();
        shelf.is_away.store(true, Ordering::SeqCst);
        for number in 0..20 {
            add_user(&t, &format!("User{number}")).await;
        }
        let tries = shelf.tries.load(Ordering::SeqCst);
        assert_eq!(t.kernel.behind(&t.tenant).await.expect("known"), [("shelf".to_owned(), 20)]);
        // It was asked in vain, and is asked again by itself.
        shelf.count.subscribe().wait_for(|_| shelf.tries.load(Ordering::SeqCst) > tries).await.expect("asked");
        shelf.is_away.store(false, Ordering::SeqCst);
        let numbers = shelf.numbers(begun + 20).await;
        let expected: Vec<i64> = (1..).take(begun + 20).collect();
        assert_eq!(numbers, expected);
        let told = shelf.told.lock().expect("unpoisoned").last().cloned().expect("a message");
        let (at, verb) = ((told.app.as_str(), told.object.as_str()), told.verb);
        assert_eq!((at, verb, told.rest["action"].as_str()), (("core", "user"), "create", Some("core.create_user")));
        assert!(told.id.starts_with(&format!("example-ltd-{}-", told.seq)), "{}", told.id);
    });
}

#[nexus_testkit::database_test]
fn subscribers_hear_of_events_from_the_broker(on: On) {
    static FORGIVES: AtomicBool = AtomicBool::new(true);
    on.run(|storage| async move {
        let shelf = Arc::new(Shelf::default());
        let (t, _ends) = shelved(&storage, vec![trail(&FORGIVES)], &shelf).await;
        // What there is at the beginning, and the team for the user.
        shelf.numbers(EVENTS + 1).await;
        let before = shelf.told.lock().expect("unpoisoned").len();
        add_user(&t, "Amina").await;
        shelf.numbers(before + 2).await;
        assert_eq!(teams(&t).await, ["admin", "Amina"]);
    });
}

#[nexus_testkit::database_test]
fn a_branch_has_no_effect_outside_but_its_own_subscribers(on: On) {
    static FORGIVES: AtomicBool = AtomicBool::new(true);
    on.run(|storage| async move {
        let shelf = Arc::new(Shelf::default());
        let (t, _ends) = shelved(&storage, vec![trail(&FORGIVES)], &shelf).await;
        shelf.numbers(EVENTS + 1).await;
        t.kernel.branch_tenant("example-ltd", "rehearsal").expect("branched");
        let mut branch = t.clone();
        branch.tenant = t.kernel.tenant("rehearsal").expect("open");
        let mut committed = branch.tenant.database.committed();
        let begun = *committed.borrow_and_update();
        add_user(&branch, "Amina").await;
        // The user, and the team for the user.
        committed.wait_for(|newest| *newest >= begun + 2).await.expect("the branch lives");
        assert_eq!(teams(&branch).await, ["admin", "Amina"]);
        let before = shelf.told.lock().expect("unpoisoned").len();
        add_user(&t, "Baraka").await;
        shelf.numbers(before + 2).await;
        let told = shelf.told.lock().expect("unpoisoned");
        assert!(told.iter().all(|message| message.tenant == "example-ltd"), "{told:?}");
    });
}

#[nexus_testkit::database_test]
fn what_a_process_has_claimed_that_hangs_another_takes_over(on: On) {
    on.run(|storage| async move {
        let stuck = Arc::new(Shelf { hangs: true.into(), ..Shelf::default() });
        let (_t, _ends) = shelved(&storage, Vec::new(), &stuck).await;
        stuck.count.subscribe().wait_for(|_| stuck.tries.load(Ordering::SeqCst) > 0).await.expect("the shelf lives");
        let shelf = Arc::new(Shelf::default());
        let (_other, _ends) = shelved(&storage, Vec::new(), &shelf).await;
        let all: Vec<i64> = (1..).take(EVENTS).collect();
        assert_eq!(shelf.numbers(all.len()).await, all);
        // Let go, the first finds that its place was taken, and leaves it where it is.
        stuck.hangs.store(false, Ordering::SeqCst);
        stuck.count.send_modify(|_| {});
        assert_eq!(stuck.numbers(1).await[0], 1);
        assert_eq!(shelf.numbers(all.len()).await, all);
    });
}
