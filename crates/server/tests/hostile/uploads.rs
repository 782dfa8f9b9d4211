//! Uploads by tus and what is read of files, before clients that keep to the protocol and clients that do not.

use axum::body::{Body, Bytes};
use axum::http::{Method, Request, header};
use futures::{StreamExt, stream};
use nexus_kernel::serde_json::json;

use crate::wire::{FILE_MAX, Reply, Wire, get};

const FILES: &str = "/api/v1/files";

fn tus(method: Method, uri: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(uri).header("tus-resumable", "1.0.0");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(body.into()).expect("a request")
}

fn portion(uri: &str, offset: &str, body: impl Into<Body>) -> Request<Body> {
    let headers = [("upload-offset", offset), ("content-type", "application/offset+octet-stream")];
    tus(Method::PATCH, uri, &headers, body)
}

async fn begin(wire: &Wire, length: usize, metadata: &str) -> String {
    let length = length.to_string();
    let headers = [("upload-length", length.as_str()), ("upload-metadata", metadata)];
    let reply = wire.ask(tus(Method::POST, FILES, &headers, Body::empty())).await;
    assert_eq!(reply.status, 201, "{}", String::from_utf8_lossy(&reply.body));
    reply.header("location").to_owned()
}

async fn offset(wire: &Wire, upload: &str) -> String {
    let reply = wire.ask(tus(Method::HEAD, upload, &[], Body::empty())).await;
    assert_eq!((reply.status.as_u16(), reply.header("cache-control")), (200, "no-store"));
    reply.header("upload-offset").to_owned()
}

/// The path of what an upload contains once it is a file.
fn content(upload: &str) -> String {
    format!("/api/v1/core/files/{}/content", upload.rsplit('/').next().unwrap_or_default())
}

/// A file of these bytes, in one request.
async fn file(wire: &Wire, name: &str, kind: &str, bytes: &'static [u8]) -> String {
    let boundary = "multipart/form-data; boundary=x";
    let head = format!(
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: {kind}\r\n\r\n"
    );
    let body = [head.as_bytes(), bytes, b"\r\n--x--\r\n"].concat();
    let request = Request::builder().method(Method::POST).uri(FILES).header(header::CONTENT_TYPE, boundary);
    let reply = wire.ask(request.body(body.into()).expect("a request")).await;
    assert_eq!(reply.status, 201, "{}", String::from_utf8_lossy(&reply.body));
    let told = reply.json();
    assert_eq!((&told["name"], &told["size"]), (&json!(name), &json!(bytes.len())));
    format!("{}/content", reply.header("location"))
}

#[tokio::test(flavor = "multi_thread")]
async fn tus_is_spoken_as_it_is_written() {
    let wire = Wire::open().await;
    let said = wire.send(Request::options(FILES).body(Body::empty()).expect("a request")).await;
    assert_eq!(
        (said.status.as_u16(), said.header("tus-version"), said.header("tus-resumable")),
        (204, "1.0.0", "1.0.0")
    );
    assert_eq!(said.header("tus-max-size"), FILE_MAX.to_string());
    assert!(said.header("tus-extension").contains("creation-with-upload"));

    // `letter.txt` in Base64.
    let metadata = "filename bGV0dGVyLnR4dA==,is_draft";
    let upload = begin(&wire, 11, metadata).await;
    let there = wire.ask(tus(Method::HEAD, &upload, &[], Body::empty())).await;
    assert_eq!((there.header("upload-offset"), there.header("upload-length")), ("0", "11"));
    assert_eq!(there.header("upload-metadata"), metadata);
    assert!(there.header("upload-expires").ends_with(" GMT"));

    let added = wire.ask(portion(&upload, "0", "hello")).await;
    assert_eq!(
        (added.status.as_u16(), added.header("upload-offset"), added.header("tus-resumable")),
        (204, "5", "1.0.0")
    );
    let wrong = wire.ask(portion(&upload, "0", "hello")).await.problem("another offset", 409, "");
    assert_eq!(wrong.header("tus-resumable"), "1.0.0");
    let overridden = [
        ("upload-offset", "5"),
        ("content-type", "application/offset+octet-stream"),
        ("x-http-method-override", "PATCH"),
    ];
    let added = wire.ask(tus(Method::POST, &upload, &overridden, " world")).await;
    assert_eq!((added.status.as_u16(), added.header("upload-offset")), (204, "11"));
    assert_eq!(offset(&wire, &upload).await, "11");
    let read = wire.ask(get(&content(&upload))).await;
    assert_eq!((read.body.as_slice(), read.header("content-type")), (&b"hello world"[..], "text/plain; charset=utf-8"));
    assert_eq!(read.header("content-disposition"), "inline; filename=\"letter.txt\"; filename*=UTF-8''letter.txt");

    let with_first = [("upload-length", "5"), ("content-type", "application/offset+octet-stream")];
    let made = wire.ask(tus(Method::POST, FILES, &with_first, "hello")).await;
    assert_eq!((made.status.as_u16(), made.header("upload-offset")), (201, "5"));
    let dropped = begin(&wire, 11, "").await;
    assert_eq!(wire.ask(tus(Method::DELETE, &dropped, &[], Body::empty())).await.status, 204);
    wire.ask(portion(&dropped, "0", "x")).await.problem("a cancelled upload", 404, "");
    wire.assert_sound(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_tus_is_refused_and_changes_nothing() {
    let wire = Wire::open().await;
    let upload = begin(&wire, 10, "").await;
    let refused = async |what: &str, request: Request<Body>, status: u16| {
        wire.ask(request).await.problem(what, status, "");
        assert_eq!(offset(&wire, &upload).await, "0", "{what}");
    };
    let without =
        Request::patch(&upload).header("upload-offset", "0").header("content-type", "application/offset+octet-stream");
    refused("no version", without.body("x".into()).expect("a request"), 412).await;
    let other = Request::post(FILES).header("tus-resumable", "0.2.2").header("upload-length", "1");
    refused("another version", other.body(Body::empty()).expect("a request"), 412).await;
    let json = [("upload-offset", "0"), ("content-type", "application/json")];
    refused("another type", tus(Method::PATCH, &upload, &json, "x"), 415).await;
    refused("more than announced", portion(&upload, "0", "x".repeat(11)), 400).await;
    for offset in ["", "-1", "+0", "0x0", "1e1", "99999999999999999999", "1"] {
        let status = if offset == "1" { 409 } else { 400 };
        refused(&format!("the offset {offset}"), portion(&upload, offset, "x"), status).await;
    }
    let create = |headers: &[(&str, &str)]| tus(Method::POST, FILES, headers, Body::empty());
    let longest = "a".repeat(5_000);
    refused("no length", create(&[("upload-defer-length", "1")]), 400).await;
    refused("a length that is none", create(&[("upload-length", "ten")]), 400).await;
    refused("no Base64", create(&[("upload-length", "1"), ("upload-metadata", "filename ???")]), 400).await;
    refused("no text", create(&[("upload-length", "1"), ("upload-metadata", "filename //79")]), 400).await;
    refused("long metadata", create(&[("upload-length", "1"), ("upload-metadata", longest.as_str())]), 400).await;
    // `../../etc/passwd` in Base64.
    refused(
        "a way through folders",
        create(&[("upload-length", "1"), ("upload-metadata", "filename Li4vLi4vZXRjL3Bhc3N3ZA==")]),
        422,
    )
    .await;
    refused("too large", create(&[("upload-length", &(FILE_MAX + 1).to_string())]), 413).await;
    for path in ["/api/v1/files/x", "/api/v1/files/00000000-0000-7000-8000-000000000000"] {
        refused(path, portion(path, "0", "x"), 404).await;
    }
    refused("a method that is not meant", tus(Method::POST, &upload, &[], "x"), 400).await;
    wire.send(portion(&upload, "0", "x")).await.problem("nobody", 401, "");
    let cookie = [
        ("cookie", format!("nexus_session={}", wire.token)),
        ("upload-offset", "0".to_owned()),
        ("content-type", "application/offset+octet-stream".to_owned()),
    ];
    let headers: Vec<(&str, &str)> = cookie.iter().map(|(name, value)| (*name, value.as_str())).collect();
    wire.send(tus(Method::PATCH, &upload, &headers, "x")).await.problem("a page from elsewhere", 403, "");
    assert_eq!(offset(&wire, &upload).await, "0");
    wire.assert_sound(&[]).await;
}

/// A sequence of numbers that looks like chance and is the same for a seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        // Knuth's multiplier (The Art of Computer Programming, volume 2, 3.3.4).
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % sides
    }
}

/// One upload by a client that breaks off, repeats, errs and lies; what is there is always what it sent.
async fn converse(wire: &Wire, seed: u64) {
    let mut dice = Dice(seed);
    let bytes: Vec<u8> = (0..dice.roll(600_000)).map(|_| dice.roll(256) as u8).collect();
    let (size, mut there) = (bytes.len(), 0);
    let upload = begin(wire, size, "").await;
    while there < size {
        let end = there + 1 + dice.roll(size - there);
        let at = there.to_string();
        match dice.roll(6) {
            0 => {
                let wrong = dice.roll(size + 10);
                let status = if wrong == there { continue } else { 409 };
                wire.ask(portion(&upload, &wrong.to_string(), "lies")).await.problem("a wrong offset", status, "");
            }
            1 => {
                // The line breaks after some of the bytes.
                let part = Bytes::copy_from_slice(&bytes[there..end]);
                let broken = stream::iter([Ok(part), Err(std::io::Error::other("the line broke"))]).boxed();
                wire.ask(portion(&upload, &at, Body::from_stream(broken))).await.problem("a broken line", 400, "");
                there = end;
            }
            2 => {
                let more = [&bytes[there..], b"more".as_slice()].concat();
                let parts: Vec<_> =
                    more.chunks(50_000).map(|part| Ok::<_, std::io::Error>(Bytes::copy_from_slice(part))).collect();
                wire.ask(portion(&upload, &at, Body::from_stream(stream::iter(parts))))
                    .await
                    .problem("too much", 400, "");
                // The parts before the one that is too much have arrived.
                there += (size - there) / 50_000 * 50_000;
            }
            3 => {
                let reply = wire.ask(portion(&upload, &at, Body::empty())).await;
                assert_eq!(reply.status, 204);
            }
            _ => {
                let reply = wire.ask(portion(&upload, &at, bytes[there..end].to_vec())).await;
                assert_eq!((reply.status.as_u16(), reply.header("upload-offset")), (204, end.to_string().as_str()));
                there = end;
            }
        }
        assert_eq!(offset(wire, &upload).await, there.to_string(), "seed {seed}");
    }
    // All of it may have come with a line that broke at its very end: whoever asks where it stands has the file.
    assert_eq!(offset(wire, &upload).await, size.to_string());
    let read = wire.ask(get(&content(&upload))).await;
    assert!(read.status == 200 && read.body == bytes, "seed {seed}");
    assert_eq!(read.header("etag"), format!("\"{}\"", nexus_kernel::contents::hash(&bytes).to_hex()));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_by_whatever_way_ends_with_the_bytes_that_were_sent() {
    let wire = Wire::open().await;
    for seed in 1..=30 {
        converse(&wire, seed).await;
    }
    wire.assert_sound(&[]).await;
}

pub(crate) fn with(uri: &str, headers: &[(&str, &str)]) -> Request<Body> {
    let mut request = Request::get(uri);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::empty()).expect("a request")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_range_of_a_file_is_sent_as_the_standard_says() {
    let wire = Wire::open().await;
    let path = file(&wire, "a.csv", "text/csv", b"0123456789").await;
    let whole = wire.ask(get(&path)).await;
    let tag = whole.header("etag").to_owned();
    assert_eq!(
        (whole.status.as_u16(), whole.header("accept-ranges"), whole.header("content-length")),
        (200, "bytes", "10")
    );
    let part = |reply: Reply| {
        (reply.status.as_u16(), reply.header("content-range").to_owned(), String::from_utf8(reply.body).expect("text"))
    };
    let ask = async |headers: &[(&str, &str)]| part(wire.ask(with(&path, headers)).await);
    let expect = |status: u16, range: &str, body: &str| (status, range.to_owned(), body.to_owned());
    assert_eq!(ask(&[("range", "bytes=2-4")]).await, expect(206, "bytes 2-4/10", "234"));
    assert_eq!(ask(&[("range", "bytes=-3")]).await, expect(206, "bytes 7-9/10", "789"));
    assert_eq!(ask(&[("range", "bytes=10-")]).await, expect(416, "bytes */10", ""));
    assert_eq!(ask(&[("range", "bytes=0-1,3-4")]).await, expect(200, "", "0123456789"));
    assert_eq!(ask(&[("range", "bytes=2-4"), ("if-range", &tag)]).await, expect(206, "bytes 2-4/10", "234"));
    assert_eq!(ask(&[("range", "bytes=2-4"), ("if-range", "\"old\"")]).await, expect(200, "", "0123456789"));
    assert_eq!(ask(&[("if-none-match", &tag)]).await, expect(304, "", ""));
    let head = Request::head(&path).body(Body::empty()).expect("a request");
    let head = wire.ask(head).await;
    assert_eq!((head.status.as_u16(), head.header("content-length"), head.body.len()), (200, "10", 0));
    // Its tag names its bytes, which nobody packs on the way.
    let packed = wire.ask(with(&path, &[("accept-encoding", "gzip")])).await;
    assert_eq!((packed.header("content-encoding"), packed.body.as_slice()), ("", &b"0123456789"[..]));
    wire.assert_sound(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_in_a_file_runs_nowhere() {
    let wire = Wire::open().await;
    let page = b"<html><script>fetch('/api/v1/meta')</script></html>";
    let check = async |name: &str, kind: &str, bytes: &'static [u8], expect: &str, shown: bool| {
        let path = file(&wire, name, kind, bytes).await;
        let reply = wire.ask(get(&path)).await;
        assert_eq!(reply.header("content-type"), expect, "{name}");
        let disposition = reply.header("content-disposition");
        assert!(disposition.starts_with(if shown { "inline;" } else { "attachment;" }), "{name}: {disposition}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
        assert!(reply.header("content-security-policy").contains("default-src 'none'"), "{name}");
        assert_eq!(reply.header("content-security-policy").contains("sandbox"), expect != "application/pdf", "{name}");
        assert_eq!(reply.header("cache-control"), "private, no-cache");
        let saved = wire.ask(get(&format!("{path}?download=true"))).await;
        assert!(saved.header("content-disposition").starts_with("attachment;"));
    };
    check("a.html", "text/html", page, "text/html; charset=utf-8", false).await;
    check("b.png", "image/png", page, "text/html; charset=utf-8", false).await;
    check("c.svg", "image/svg+xml", b"<svg onload='x'/>", "image/svg+xml", false).await;
    check("d.txt", "text/plain", b"words", "text/plain; charset=utf-8", true).await;
    check("e.pdf", "application/pdf", b"%PDF-1.4 and so on", "application/pdf", true).await;
    check("f.gif", "text/html", b"GIF89a\x01\0\x01\0", "image/gif", true).await;
    let path = file(&wire, "g.txt", "text/plain", b"words").await;
    wire.ask(get(&path.replace("content", "thumbnail"))).await.problem("no picture", 404, "");
    wire.ask(get(&path.replace("content", "thumbnail?size=9999"))).await.problem("too large", 422, "size");
    wire.ask(get(&format!("{path}?version=2"))).await.problem("no such version", 404, "");
    wire.assert_sound(&[]).await;
}
