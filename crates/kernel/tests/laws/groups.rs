//! Requests side by side: each stands or falls alone, and the queue has an end.

use std::sync::{Arc, Mutex, mpsc};

use nexus_kernel::model::Uuid;
use nexus_kernel::operation::Answer;
use nexus_kernel::serde_json::{Value as Json, json};
use nexus_kernel::store::Limits;
use nexus_kernel::{
    App, AppSource, BoxFuture, Call, Ctx, Effect, Kernel, Kind, Operation, OperationSpec, Options, Principal, Problem,
    Registry, Request, Result,
};
use nexus_testkit::{On, Tenant};

const APP: &str = "name = \"Till\"\nsuite = \"platform\"\nicon = \"box\"\nabout = \"Slips.\"\n";

const SLIP: &str = r#"
label = "Slip"
title = "name"
[fields]
name = { type = "text", required = true, unique = true }
count = { type = "integer", min = 0 }
number = { type = "sequence", series = "S-{####}" }
"#;

fn apps() -> Vec<App> {
    vec![
        App::new(AppSource { name: "till", manifest: APP, objects: &[("slip", SLIP)], ..Default::default() })
            .action(Stumble { function: "panic" })
            .action(Stumble { function: "fail" })
            .action(Stumble { function: "hold" }),
    ]
}

/// Takes a number and then goes wrong in its own way, or holds the writer until it is told to go on.
#[derive(Clone, Copy)]
struct Stumble {
    function: &'static str,
}

type Gate = (mpsc::Sender<()>, mpsc::Receiver<()>);

/// Where an action that holds the writer says that it began, and waits to go on.
static GATE: Mutex<Option<Gate>> = Mutex::new(None);

impl Operation for Stumble {
    fn spec(&self) -> OperationSpec {
        OperationSpec {
            function: self.function,
            object: Some("slip"),
            name: self.function,
            on_record: false,
            label: None,
            about: "Goes wrong.",
            effect: Effect::Reversible,
            when: None,
            inverse: None,
            elevated: true,
            input: json!({"type": "object"}),
            output: None,
        }
    }

    fn run<'a>(&'a self, ctx: &'a mut Ctx, _: Option<Uuid>, _: Json) -> BoxFuture<'a, Result<Answer>> {
        Box::pin(async move {
            ctx.number_as("S-{####}", ctx.today()).await?;
            match self.function {
                "panic" => panic!("the drawer is stuck"),
                "fail" => Err(Problem::conflict("the drawer is empty")),
                _ => {
                    let (began, gate) = GATE.lock().expect("a lock").take().expect("a gate");
                    began.send(()).expect("the test waits");
                    gate.recv().expect("the test opens the gate");
                    Ok(Answer::Json(Json::Null))
                }
            }
        })
    }
}

fn call(action: &str, input: Json) -> Request {
    let call = Call { action: format!("till.{action}"), record: None, input };
    Request { calls: vec![call], ..Request::default() }
}

#[nexus_testkit::test]
async fn of_64_requests_side_by_side_those_that_fail_leave_the_others_alone(t: &Tenant) {
    let requests = (0..64).map(|index| match index % 8 {
        0 => call("create_slip", json!({"name": format!("slip {index}"), "count": -1})),
        1 => call("panic", json!({})),
        2 => call("fail", json!({})),
        3 => call("create_slip", json!({"name": "the same"})),
        4 => Request { preview: true, ..call("create_slip", json!({"name": format!("seen {index}")})) },
        _ => call("create_slip", json!({"name": format!("slip {index}")})),
    });
    let tasks: Vec<_> = requests
        .map(|request| {
            let t = t.clone();
            tokio::spawn(async move { t.request(request).await.0 })
        })
        .collect();
    let mut kinds = Vec::new();
    for (index, task) in tasks.into_iter().enumerate() {
        let answer = task.await.expect("a task");
        let kind = answer.as_ref().err().map(|problem| problem.kind);
        let allowed: &[Option<Kind>] = match index % 8 {
            0 => &[Some(Kind::Invalid)],
            1 => &[Some(Kind::Internal)],
            2 => &[Some(Kind::Conflict)],
            3 => &[Some(Kind::Conflict), None],
            _ => &[None],
        };
        assert!(allowed.contains(&kind), "{index}: {answer:?}");
        kinds.push((index % 8, kind));
    }
    assert_eq!(kinds.iter().filter(|(way, kind)| *way == 3 && kind.is_none()).count(), 1, "one has the name");
    let slips = t.find("till.slip", "true").await;
    assert_eq!(slips.len(), 24 + 1);
    let mut numbers: Vec<&str> = slips.iter().filter_map(|slip| slip["number"].as_str()).collect();
    numbers.sort_unstable();
    let expected: Vec<String> = (1..=25).map(|number| format!("S-{number:04}")).collect();
    assert_eq!(numbers, expected, "a number that a failed request had taken is given again");
    let (events, last) = t.kernel.events(&t.tenant, &t.principal, 0).await.expect("events");
    let numbered: Vec<i64> = events.iter().filter_map(|event| event["seq"].as_i64()).collect();
    assert_eq!(numbered, (1..=last).collect::<Vec<_>>());
}

#[nexus_testkit::test]
async fn a_number_taken_by_an_action_that_failed_is_not_missed(t: &Tenant) {
    for _ in 0..3 {
        assert_eq!(t.request(call("fail", json!({}))).await.0.expect_err("it fails").kind, Kind::Conflict);
        let batch = [call("create_slip", json!({"name": "a"})), call("fail", json!({}))];
        let calls = batch.into_iter().flat_map(|request| request.calls).collect();
        assert!(t.request(Request { calls, ..Request::default() }).await.0.is_err());
        t.try_create("till.slip", json!({"name": "a", "count": "many"})).await.problem("count", "whole number");
    }
    assert_eq!(t.create("till.slip", json!({"name": "a"})).await["number"], "S-0001");
    let import = t.import("till.slip", "name,count\nb,1\nc,-1\nd,2\n", "").await.expect("an import");
    assert_eq!((import.created, import.rejected_count), (2, 1));
    let numbers: Vec<Json> =
        t.find("till.slip", "name in ['b', 'd']").await.iter().map(|s| s["number"].clone()).collect();
    assert!(numbers.contains(&json!("S-0002")) && numbers.contains(&json!("S-0003")), "{numbers:?}");
}

#[nexus_testkit::database_test]
fn a_full_queue_answers_busy_and_finishes_what_it_took(on: On) {
    on.run(|storage| async {
        drop(Tenant::open(apps(), &storage).await);
        let registry = Registry::new(apps(), None).unwrap_or_else(|error| panic!("{error}"));
        let limits = Limits { waiting_max: 2, group_max: 1, readers_max: 1 };
        let kernel = Kernel::open(registry, Options { limits, ..Options::new(storage) }).expect("a kernel");
        let (kernel, system) = (Arc::new(kernel), Arc::new(Principal::system()));
        let tenant = kernel.tenant("example-ltd").unwrap_or_else(|problem| panic!("{problem}"));
        let send = |request: Request| {
            let (kernel, tenant, system) = (Arc::clone(&kernel), Arc::clone(&tenant), Arc::clone(&system));
            async move { kernel.dispatch(&tenant, &system, request).await }
        };
        let ((began, begins), (go, gate)) = (mpsc::channel(), mpsc::channel());
        *GATE.lock().expect("a lock") = Some((began, gate));
        let held = tokio::spawn(send(call("hold", json!({}))));
        tokio::task::spawn_blocking(move || begins.recv()).await.expect("a thread").expect("the writer is at work");
        let slip = |name: &str| call("create_slip", json!({ "name": name }));
        let (mut first, mut second) = (Box::pin(send(slip("first"))), Box::pin(send(slip("second"))));
        assert!(futures::poll!(&mut first).is_pending() && futures::poll!(&mut second).is_pending());
        let refused = send(slip("third")).await.expect_err("the queue is full");
        assert_eq!(refused.kind, Kind::Busy);
        go.send(()).expect("the writer waits");
        assert!(held.await.expect("a task").is_ok() && first.await.is_ok() && second.await.is_ok());
        assert!(send(slip("third")).await.is_ok(), "there is room again");
    });
}
