//! Traces by OTLP (OpenTelemetry protocol, HTTP and protobuf), where the standard's variables name a collector.
//!
//! A span tells what was asked for and how it ended: method, route, action, tenant, run. It has no value of a record, no
//! address of a page with its filter, and nothing of the log.

use opentelemetry::trace::TracerProvider as _;
use opentelemetry::{KeyValue, global};
use opentelemetry_otlp::SpanExporter;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing::{Level, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::registry::LookupSpan;

use crate::failure::Failure;

/// Where spans go, as the OpenTelemetry environment variable specification names it.
const ENDPOINTS: [&str; 2] = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"];
/// Switches all of it off.
const DISABLED: &str = "OTEL_SDK_DISABLED";
/// The service's name, when nothing names it.
const SERVICE: &str = "nexus";

/// What the spans are of: as `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES` have it, the rest by ourselves.
fn resource() -> Resource {
    let given = Resource::builder().build();
    // What nothing names has this name by the specification.
    let is_given =
        |own: &KeyValue| given.get(&own.key).is_some_and(|value| !value.as_str().starts_with("unknown_service"));
    let own = [KeyValue::new("service.name", SERVICE), KeyValue::new("service.version", env!("CARGO_PKG_VERSION"))];
    Resource::builder().with_attributes(own.into_iter().filter(|own| !is_given(own))).build()
}

/// The spans of this process on their way to the collector.
pub(crate) struct Traces(SdkTracerProvider);

impl Traces {
    /// Begins to send, when the environment names a collector. Further `OTEL_…` variables hold as the standard has them.
    ///
    /// # Errors
    /// When what they name cannot be used.
    pub(crate) fn from_environment() -> Result<Option<Traces>, Failure> {
        let value = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let disabled = value(DISABLED).is_some_and(|value| value.eq_ignore_ascii_case("true"));
        let Some(endpoint) = ENDPOINTS.into_iter().find(|name| value(name).is_some()).filter(|_| !disabled) else {
            return Ok(None);
        };
        // One TLS for all: the first who asks installs it.
        let _installed = rustls::crypto::ring::default_provider().install_default();
        let exporter = SpanExporter::builder().with_http().build();
        let exporter = exporter.map_err(|error| Failure::usage(format!("{endpoint}: {error}")))?;
        let provider = SdkTracerProvider::builder().with_resource(resource()).with_batch_exporter(exporter).build();
        global::set_text_map_propagator(TraceContextPropagator::new());
        Ok(Some(Traces(provider)))
    }

    /// What takes up spans, of our own crates alone; what is logged inside them stays in the log.
    pub(crate) fn layer<S>(&self) -> impl Layer<S> + use<S>
    where
        S: Subscriber + for<'span> LookupSpan<'span>,
    {
        let layer = tracing_opentelemetry::layer().with_tracer(self.0.tracer(SERVICE));
        let layer = layer.with_location(false).with_threads(false).with_target(false).with_tracked_inactivity(false);
        layer.with_filter(filter_fn(|of| {
            of.is_span() && of.target().starts_with(SERVICE) && *of.level() <= Level::DEBUG
        }))
    }

    /// Sends what is left, for at most a few seconds. Called outside of the runtime, because it waits.
    pub(crate) fn end(self) {
        if let Err(error) = self.0.shutdown() {
            tracing::warn!(%error, "the last traces could not be sent");
        }
    }
}
