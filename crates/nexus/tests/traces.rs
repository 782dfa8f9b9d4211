//! Traces arrive at a collector: a small one here takes what the binary sends over HTTP and reads its protobuf.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message;
use serde_json::{Value as Json, json};

const PASSWORD: &str = "a quiet morning";
/// What the caller is at work on, in the notation of W3C Trace Context.
const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";
const PARENT: &str = "b7ad6b7169203331";
/// How long a span may take on a machine that is busy with other things.
const PATIENCE: Duration = Duration::from_secs(120);

struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// An HTTP message's headers, by their small names, and its body.
fn message(stream: &mut BufReader<TcpStream>) -> Option<(String, HashMap<String, String>, Vec<u8>)> {
    let mut first = String::new();
    stream.read_line(&mut first).ok().filter(|read| *read > 0)?;
    let mut headers = HashMap::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.insert(name.to_lowercase(), value.trim().to_owned());
    }
    let mut body = vec![0; headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0)];
    stream.read_exact(&mut body).ok()?;
    Some((first, headers, body))
}

/// Takes connections one after another and hands on what is sent to `/v1/traces`.
fn collect(listener: &TcpListener, arrived: &Sender<Vec<u8>>) {
    for stream in listener.incoming() {
        let Ok(stream) = stream else { return };
        let arrived = arrived.clone();
        std::thread::spawn(move || {
            let mut stream = BufReader::new(stream);
            while let Some((first, headers, body)) = message(&mut stream) {
                assert!(first.starts_with("POST /v1/traces "), "{first}");
                assert_eq!(headers["content-type"], "application/x-protobuf");
                let done = stream.get_mut().write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
                if done.is_err() || arrived.send(body).is_err() {
                    return;
                }
            }
        });
    }
}

fn command(data: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nexus"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("NEXUS_") || name.starts_with("OTEL_")) {
        command.env_remove(name);
    }
    command.args(args).arg("--data").arg(data).stdin(Stdio::null());
    command
}

fn post(address: &str, path: &str, headers: &str, body: &Json) -> (String, Json) {
    let body = body.to_string();
    let mut stream = TcpStream::connect(address).expect("a connection");
    let length = body.len();
    let head = format!("POST /api/v1/{path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{headers}");
    write!(stream, "{head}Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}").expect("sent");
    let (first, _, body) = message(&mut BufReader::new(stream)).expect("an answer");
    (first, serde_json::from_slice(&body).expect("JSON"))
}

/// Waits for the spans of the trace; answers them with all that arrived.
fn spans(arrived: &Receiver<Vec<u8>>, wanted: usize) -> (Vec<(String, Span)>, Vec<u8>) {
    let (mut found, mut all) = (Vec::new(), Vec::new());
    while found.len() < wanted {
        let body = arrived.recv_timeout(PATIENCE).expect("the spans arrive");
        let sent = ExportTraceServiceRequest::decode(body.as_slice()).expect("protobuf");
        all.extend(body);
        for of in sent.resource_spans {
            let resource = of.resource.expect("a resource");
            let service = resource.attributes.iter().find(|attribute| attribute.key == "service.name");
            let service = format!("{:?}", service.expect("a service").value);
            let spans = of.scope_spans.into_iter().flat_map(|scope| scope.spans);
            found.extend(spans.filter(|span| hex(&span.trace_id) == TRACE).map(|span| (service.clone(), span)));
        }
    }
    (found, all)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn attribute(span: &Span, name: &str) -> String {
    let found = span.attributes.iter().find(|attribute| attribute.key == name);
    format!("{:?}", found.unwrap_or_else(|| panic!("{} has no {name}", span.name)).value)
}

#[test]
fn a_request_and_its_action_arrive_at_the_collector_under_their_parent() {
    let collector = TcpListener::bind("127.0.0.1:0").expect("a port");
    let endpoint = format!("http://{}", collector.local_addr().expect("an address"));
    let (arrived, received) = channel();
    std::thread::spawn(move || collect(&collector, &arrived));

    let folder = tempfile::tempdir().expect("a folder");
    let company = ["--company", "Kibo Traders Ltd", "--country", "KE", "--email", "ada@kibo.example"];
    let init = [&["init", "--json", "--password", PASSWORD], company.as_slice()].concat();
    assert!(command(folder.path(), &init).output().expect("the binary runs").status.success());
    let mut serve = command(folder.path(), &["serve", "--listen", "127.0.0.1:0"]);
    serve
        .env("OTEL_EXPORTER_OTLP_ENDPOINT", &endpoint)
        .env("OTEL_RESOURCE_ATTRIBUTES", "service.name=kibo,deployment.environment=rehearsal")
        .env("OTEL_BSP_SCHEDULE_DELAY", "50");
    let mut served = Served(serve.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("a server"));
    let mut line = String::new();
    BufReader::new(served.0.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
    let address = line.trim().strip_prefix("listening on http://").unwrap_or_else(|| panic!("{line}")).to_owned();

    let (_, session) = post(&address, "session", "", &json!({"email": "ada@kibo.example", "password": PASSWORD}));
    let token = session["token"].as_str().expect("a token");
    let headers = format!("Authorization: Bearer {token}\r\ntraceparent: 00-{TRACE}-{PARENT}-01\r\n");
    let lead = json!({"name": "Wanjiru Kamau", "organisation": "Nairobi Lights", "email": "wanjiru@example.com"});
    let (first, made) = post(&address, "crm/leads", &headers, &lead);
    assert!(first.starts_with("HTTP/1.1 201"), "{first} {made}");

    // A job goes on in the trace of who asked for it.
    let (job, headers) = (json!({"action": "crm.create_lead", "input": {"name": "Otieno"}}), headers.as_str());
    let (first, made) = post(&address, "core/jobs", headers, &job);
    assert!(first.starts_with("HTTP/1.1 201"), "{first} {made}");

    let (found, all) = spans(&received, 5);
    assert!(found.iter().all(|(service, _)| service.contains("kibo")), "{found:?}");
    let named = |name: &str| {
        let found = found.iter().find(|(_, span)| span.name == name);
        &found.unwrap_or_else(|| panic!("no span {name}: {found:?}")).1
    };
    let request = named("POST /api/v1/{app}/{objects}");
    assert_eq!(hex(&request.parent_span_id), PARENT);
    assert!(attribute(request, "http.response.status_code").contains("201"));
    let (asked, leads) = (named("core.create_job"), found.iter().filter(|(_, span)| span.name == "crm.create_lead"));
    let parents: Vec<&[u8]> = leads.map(|(_, span)| span.parent_span_id.as_slice()).collect();
    assert!(parents.contains(&asked.span_id.as_slice()), "{found:?}");
    let requests: Vec<&(String, Span)> = found.iter().filter(|(_, span)| span.name.starts_with("POST ")).collect();
    let by_request = |parent: &&[u8]| requests.iter().any(|(_, span)| span.span_id == *parent);
    assert_eq!((requests.len(), parents.iter().filter(|parent| by_request(parent)).count()), (2, 1), "{found:?}");
    assert!(attribute(asked, "tenant").contains("kibo-traders-ltd"));
    let text = String::from_utf8_lossy(&all);
    for value in [token, PASSWORD, "Otieno", "Wanjiru", "Nairobi Lights", "wanjiru@example.com", "ada@kibo.example"] {
        assert!(!text.contains(value), "a span tells {value}");
    }
}
