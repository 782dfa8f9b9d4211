//! What follows a traced request is part of its trace: subscribers, and the jobs that they ask for.

use std::collections::HashMap;
use std::sync::{Mutex, Once, PoisonError};

use nexus_kernel::core::Job;
use nexus_kernel::model::Uuid;
use nexus_kernel::store::Verb;
use nexus_kernel::{App, AppSource, prelude::json};
use nexus_testkit::Tenant;
use opentelemetry::global;
use opentelemetry::trace::TracerProvider;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::{SdkTracerProvider, SpanData, SpanExporter};
use tracing::Instrument;
use tracing_opentelemetry::OpenTelemetrySpanExt;
use tracing_subscriber::layer::SubscriberExt;

/// What has ended, of all tests of this process.
static ENDED: Mutex<Vec<SpanData>> = Mutex::new(Vec::new());

#[derive(Debug)]
struct Kept;

impl SpanExporter for Kept {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        ENDED.lock().unwrap_or_else(PoisonError::into_inner).extend(batch);
        Ok(())
    }
}

fn trace_all() {
    static BEGUN: Once = Once::new();
    BEGUN.call_once(|| {
        let provider = SdkTracerProvider::builder().with_simple_exporter(Kept).build();
        let layer = tracing_opentelemetry::layer().with_tracer(provider.tracer("test"));
        global::set_tracer_provider(provider);
        global::set_text_map_propagator(TraceContextPropagator::new());
        let spans = tracing_subscriber::registry().with(layer);
        tracing::subscriber::set_global_default(spans).expect("the first of this process");
    });
}

/// Has a team founded by a job for each new user.
fn apps() -> Vec<App> {
    let manifest = "name = \"Trail\"\nsuite = \"platform\"\nicon = \"map\"\nabout = \"Follows the log.\"\n";
    let trail = App::new(AppSource { name: "trail", manifest, ..Default::default() });
    vec![trail.subscriber("teams", |ctx, events| {
        Box::pin(async move {
            for event in events.iter().map(|event| &event.event) {
                if event.object == "core.user" && event.verb == Verb::Create {
                    ctx.enqueue(Job::action("core.create_team").with(json!({"name": event.record}))).await?;
                }
            }
            Ok(())
        })
    })]
}

/// Makes a user within a trace; answers its id.
async fn user_in_a_trace(t: &Tenant, name: &str) -> String {
    let trace = Uuid::now_v7().simple().to_string();
    let span = tracing::info_span!("request");
    let told = HashMap::from([("traceparent".to_owned(), format!("00-{trace}-b7ad6b7169203331-01"))]);
    let parent = global::get_text_map_propagator(|headers| headers.extract(&told));
    span.set_parent(parent).expect("it has just begun");
    let user = json!({"name": name, "email": format!("{name}@example.com")});
    t.create("core.user", user).instrument(span).await;
    trace
}

/// Spans of a name, each as its trace and those that it is linked to.
fn ended(name: &str, traces: &[String]) -> Vec<(String, Vec<String>)> {
    let ended = ENDED.lock().unwrap_or_else(PoisonError::into_inner);
    let named = ended.iter().filter(|span| span.name == name);
    let told = named.map(|span| {
        let links = span.links.iter().map(|link| link.span_context.trace_id().to_string()).collect();
        (span.span_context.trace_id().to_string(), links)
    });
    told.filter(|(trace, _)| traces.contains(trace)).collect()
}

#[nexus_testkit::test]
async fn subscribers_and_their_jobs_go_on_in_the_trace_of_the_request(t: &Tenant) {
    trace_all();
    t.kernel.follow(&t.tenant).await.expect("what was before");
    let traces = [user_in_a_trace(t, "ada").await, user_in_a_trace(t, "ben").await];
    let [ada, ben] = traces.clone();
    t.kernel.follow(&t.tenant).await.expect("the subscriber is told");
    // Both users came in one portion: it is part of the one trace and linked to the other. The jobs come in the next.
    assert_eq!(ended("trail.teams", &traces), [(ada.clone(), vec![ben]), (ada.clone(), vec![])]);
    t.kernel.run_due_jobs(&t.tenant).await.expect("the jobs are run");
    assert_eq!(ended("core.create_team", &traces), [(ada.clone(), vec![]), (ada, vec![])]);
    // The administrator was made before anything was traced.
    assert_eq!(t.find("core.team", "true").await.len(), 3);
}
