//! A compacted log keeps its promises inside the window, and says so outside of it.

use nexus_kernel::faces::log::LogParams;
use nexus_kernel::model::{Timestamp, Uuid};
use nexus_kernel::serde_json::json;
use nexus_kernel::store::{Event, LogEnd};
use nexus_testkit::{On, Tenant};

use crate::dice::Dice;
use crate::past::{PARCELS, read};
use crate::undo::{Writer, apps, send};

const DAY: i64 = 24 * 3600;

fn after(days: i64) -> Timestamp {
    // Later than the tenant is made by the clock of the machine.
    Timestamp::from_second(2_000_000_000 + days * DAY).expect("a moment")
}

/// The log as it is, checked from where it begins.
async fn exported(t: &Tenant) -> (LogEnd, Vec<Event>) {
    let mut part = t.kernel.log_part(&t.tenant, &t.principal, LogParams::default()).await.expect("a log");
    let (begin, mut all) = (part.end, Vec::new());
    loop {
        let events = t.kernel.next_events(&t.tenant, &t.principal, &mut part).await.expect("events");
        if events.is_empty() {
            return (begin, all);
        }
        let lines = events.iter().map(Event::to_line);
        all.extend(lines.map(|line| Event::from_line(&line).expect("the line is an event")));
    }
}

fn chained(begin: LogEnd, events: &[Event]) -> LogEnd {
    events.iter().fold(begin, |end, event| {
        assert!(event.follows(&end), "event {} follows {}", event.seq, end.seq);
        event.end()
    })
}

#[nexus_testkit::database_test]
fn what_is_inside_the_window_is_read_and_undone_as_before(on: On) {
    for seed in 930..932 {
        on.run(|storage| async {
            let t = Tenant::open(apps(), &{ storage }).await;
            let mut dice = Dice::new(seed);
            t.at(after(0));
            for _ in 0..3 {
                t.create("yard.parcel", json!({"name": "first", "items": [{"name": "a"}, {"name": "b"}]})).await;
            }
            let mut writer = Writer::new(&mut dice);
            let mut taken: Vec<(String, i64)> = Vec::new();
            let mut runs: Vec<(Uuid, i64)> = Vec::new();
            for day in 1..60 {
                t.at(after(day));
                let calls = writer.run(&t).await;
                if let Ok(reply) = send(&t, &calls, false).await {
                    runs.push((reply.run, day));
                }
                taken.push((read(&t, "yard.parcel", &PARCELS, None).await, day));
            }
            let (begin, whole) = exported(&t).await;
            let end = chained(begin, &whole);
            // Twice, so that a log is compacted that was before.
            for today in [70, 80] {
                t.at(after(today));
                let done = t.act("core.compact_log", None, json!({"days": 30})).await.reply();
                assert!(done.outputs[0]["removed"].as_i64() > Some(0), "{:?}", done.outputs);
                assert_eq!(done.outputs[0]["more"], false);
                let window = today - 30;
                for (then, day) in &taken {
                    let told = read(&t, "yard.parcel", &PARCELS, Some(after(*day))).await;
                    if *day >= window {
                        assert_eq!(told, *then, "as of day {day}");
                    } else if told != *then {
                        assert!(told.contains("since when the log is kept whole"), "{told}");
                    }
                }
                let early = read(&t, "yard.parcel", &PARCELS, Some(after(1))).await;
                assert!(early.contains("since when the log is kept whole"), "{early}");
                // What was exported before and what is left are one chain.
                let (begin, left) = exported(&t).await;
                assert!(left.len() < whole.len());
                chained(begin, &left);
                let seam = whole.iter().find(|event| event.seq == begin.seq).expect("an event of the file");
                assert_eq!(seam.end(), begin);
                assert_eq!(t.kernel.verify(&t.tenant).await.expect("checks"), vec![]);
            }
            assert_eq!(chained(begin, &whole), end);
            let (mut undone, mut refused) = (0, 0);
            for (run, day) in runs.iter().rev() {
                match t.undo(*run).await.0 {
                    Ok(_) => undone += 1,
                    Err(problem) if problem.to_string().contains("the log is kept whole since") => {
                        assert!(*day <= 50, "day {day}");
                        refused += 1;
                    }
                    // Newest first, nothing is in the way of what can be undone.
                    Err(problem) => assert!(*day < 50, "day {day}: {problem}"),
                }
            }
            assert!(undone > 2 && refused > 5, "{undone} undone, {refused} refused");
        });
    }
}

#[nexus_testkit::database_test]
fn a_log_of_a_month_is_always_kept(on: On) {
    on.run(|storage| async {
        let t = Tenant::open(apps(), &{ storage }).await;
        t.act("core.compact_log", None, json!({"days": 29})).await.problem("days", "is 30 or more");
        let clerk = t.user("clerk", &[]).await;
        clerk.act("core.compact_log", None, json!({"days": 30})).await.problem("", "may not");
        let denied = t.kernel.log_part(&t.tenant, &clerk.principal, LogParams::default()).await;
        assert!(denied.expect_err("it holds everything").to_string().contains("administrator"));
        let done = t.act("core.compact_log", None, json!({"days": 30})).await.reply();
        assert_eq!(done.outputs[0]["removed"], 0);
    });
}

#[nexus_testkit::database_test]
fn a_run_of_which_the_first_part_is_gone_from_the_log_is_not_undone_in_part(on: On) {
    on.run(|storage| async {
        let t = Tenant::open(apps(), &{ storage }).await;
        t.at(after(0));
        let parcels: Vec<Uuid> = (0..2).map(|_| Uuid::now_v7()).collect();
        for id in &parcels {
            t.create("yard.parcel", json!({"id": id, "name": "first"})).await;
        }
        let run = Uuid::now_v7();
        let object = std::sync::Arc::clone(t.tenant.object("yard.parcel").expect("parcels"));
        let part = async |id: Uuid| {
            let (action, ids, input) = ("update".to_owned(), Some(vec![id]), json!({"name": "moved"}));
            let asked = nexus_kernel::BulkRequest { action, ids, input, run: Some(run), ..Default::default() };
            t.kernel.bulk(&t.tenant, &t.principal, &object, None, asked).await.expect("a portion").done
        };
        t.at(after(1));
        assert_eq!(part(parcels[0]).await, 1);
        // The newest event of this parcel is that of another run, so that the log lets go of the one before.
        t.at(after(2));
        t.update("yard.parcel", parcels[0], json!({"name": "renamed"})).await.ok();
        t.at(after(50));
        assert_eq!(part(parcels[1]).await, 1);
        t.at(after(60));
        t.act("core.compact_log", None, json!({"days": 30})).await.ok();
        t.undo(run).await.problem("", "the log is kept whole since");
        assert_eq!(t.get("yard.parcel", parcels[1]).await["name"], "moved");
    });
}
