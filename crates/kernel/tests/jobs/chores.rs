//! An app with work to put off: it founds teams, now, later or in the background.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use nexus_kernel::prelude::*;
use nexus_kernel::{AppSource, Timetable};
use nexus_testkit::Tenant;
use tokio::sync::watch;

const CHORES: AppSource = AppSource {
    name: "chores",
    manifest: "name = \"Chores\"\nsuite = \"platform\"\nicon = \"broom\"\nabout = \"Puts work off.\"\n",
    objects: &[],
    reports: &[],
};

/// The name of a team.
#[derive(Deserialize, Serialize, JsonSchema)]
pub(crate) struct Name {
    name: String,
}

/// Founds a team.
#[action(effect = "reversible")]
pub(crate) async fn found(ctx: &mut Ctx, input: Name) -> Result<Team> {
    if input.name.starts_with("Refused") {
        return Err(Problem::field("name", "refused", "is refused for good"));
    }
    let team = ctx.create(Team { name: input.name, ..Team::default() }).await?;
    if team.name.starts_with("Trouble") {
        return Err(Problem::conflict("there is trouble with it now"));
    }
    Ok(team)
}

/// What is put off.
#[derive(Deserialize, JsonSchema)]
pub(crate) struct Later {
    name: String,
    /// Seconds from now.
    #[serde(default)]
    seconds: i64,
    priority: Option<i64>,
    key: Option<String>,
    /// The action or the job; founding when left out.
    action: Option<String>,
    /// Fails after it has asked for the job.
    #[serde(default)]
    fails: bool,
}

/// Asks for a job that founds a team.
#[action(effect = "reversible")]
pub(crate) async fn put_off(ctx: &mut Ctx, input: Later) -> Result<Json> {
    let action = input.action.unwrap_or_else(|| "chores.found".to_owned());
    let at = ctx.now() + jiff::SignedDuration::from_secs(input.seconds);
    let mut job = Job::action(action).with(json!({"name": input.name})).at(at).queue("chores");
    job.priority = input.priority.unwrap_or(job.priority);
    job.concurrency_key = input.key;
    let id = ctx.enqueue(job).await?;
    if input.fails {
        return Err(Problem::conflict("it fails after all"));
    }
    Ok(json!({ "id": id }))
}

/// Tells of something outside.
#[action(effect = "external")]
pub(crate) async fn tell(_ctx: &mut Ctx, _input: Name) -> Result<()> {
    Ok(())
}

/// Work in the background that a test holds back, and what it has seen of it.
#[derive(Default)]
pub(crate) struct Yard {
    /// Names in the order in which they were begun.
    pub(crate) begun: Mutex<Vec<String>>,
    pub(crate) changed: watch::Sender<()>,
    pub(crate) is_shut: AtomicBool,
    pub(crate) at_once: AtomicUsize,
    pub(crate) at_once_most: AtomicUsize,
}

impl Yard {
    pub(crate) fn shut(&self, shut: bool) {
        self.is_shut.store(shut, Ordering::SeqCst);
        self.changed.send_replace(());
    }

    /// Waits until so many were begun.
    pub(crate) async fn wait_for(&self, count: usize) {
        let begun = |_: &()| self.begun.lock().expect("unpoisoned").len() >= count;
        self.changed.subscribe().wait_for(begun).await.expect("the yard lives");
    }

    async fn work(&self, mut job: JobCtx, input: Name) -> Result<()> {
        let now = self.at_once.fetch_add(1, Ordering::SeqCst) + 1;
        self.at_once_most.fetch_max(now, Ordering::SeqCst);
        self.begun.lock().expect("unpoisoned").push(input.name.clone());
        self.changed.send_replace(());
        let opens = self.changed.subscribe().wait_for(|()| !self.is_shut.load(Ordering::SeqCst)).await.is_ok();
        self.at_once.fetch_sub(1, Ordering::SeqCst);
        assert!(opens, "the yard lives");
        for done in 1..=100 {
            job.progress(done, 100).await?;
        }
        if input.name.starts_with("Panic") {
            panic!("as told");
        }
        let call = nexus_kernel::Call { action: "chores.found".to_owned(), record: None, input: json!(input) };
        job.run("team", call).await?;
        if input.name.starts_with("Late") && job.attempt == 1 {
            return Err(Problem::conflict("it fails after all that"));
        }
        Ok(())
    }
}

pub(crate) fn app(yard: &'static Yard) -> App {
    App::new(CHORES).action(found).action(put_off).action(tell).job("dig", |job, input| Box::pin(yard.work(job, input)))
}

/// The same with a schedule of its own: every morning at seven in Nairobi.
pub(crate) fn app_with_schedule(yard: &'static Yard) -> App {
    app(yard).schedule(
        Timetable::new("morning", "0 7 * * *", "chores.found").zone("Africa/Nairobi").input(json!({"name": "Morning"})),
    )
}

/// A yard that lives as long as the process.
pub(crate) fn yard() -> &'static Yard {
    Box::leak(Box::default())
}

/// Puts a job off and answers its id.
pub(crate) async fn put(t: &Tenant, input: Json) -> Json {
    t.act("chores.put_off", None, input).await.ok()["id"].clone()
}

/// Founded teams, in the order of their founding.
pub(crate) async fn teams(t: &Tenant) -> Vec<String> {
    let mut all = t.find("core.team", "true").await;
    all.sort_by_key(|team| team["id"].as_str().unwrap_or_default().to_owned());
    all.iter().filter_map(|team| team["name"].as_str().map(str::to_owned)).collect()
}

/// State, attempts and error of a job.
pub(crate) async fn standing(t: &Tenant, job: &Json) -> (String, i64, String) {
    let job = t.get("core.job", job).await;
    let text = |name: &str| job[name].as_str().unwrap_or_default().to_owned();
    (text("state"), job["attempt"].as_i64().unwrap_or_default(), text("error"))
}

/// Runs what is due; how many jobs that were.
pub(crate) async fn run(t: &Tenant) -> usize {
    t.kernel.run_due_jobs(&t.tenant).await.unwrap_or_else(|problem| panic!("{problem}"))
}
