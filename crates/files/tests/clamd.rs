//! The client of clamd before one that speaks INSTREAM.

use std::io::{Read, Write};
use std::os::unix::net::UnixListener;

use bytes::Bytes;
use futures::{StreamExt, stream};
use nexus_files::{Clamd, FilesError, Result, Scanner};

/// Hears one content and gives an answer; what it heard.
fn clamd(listener: UnixListener, answer: &'static [u8]) -> std::thread::JoinHandle<Vec<u8>> {
    std::thread::spawn(move || {
        let (mut line, _) = listener.accept().expect("done");
        let mut command = [0; 10];
        line.read_exact(&mut command).expect("done");
        assert_eq!(&command, b"zINSTREAM\0");
        let mut heard = Vec::new();
        loop {
            let mut length = [0; 4];
            line.read_exact(&mut length).expect("done");
            let length = u32::from_be_bytes(length) as usize;
            if length == 0 {
                break;
            }
            let begin = heard.len();
            heard.resize(begin + length, 0);
            line.read_exact(&mut heard[begin..]).expect("done");
        }
        line.write_all(answer).expect("done");
        heard
    })
}

fn scan(answer: &'static [u8], content: &[u8]) -> (Result<Option<String>>, Vec<u8>) {
    let folder = tempfile::tempdir().expect("done");
    let path = folder.path().join("clamd.sock");
    let heard = clamd(UnixListener::bind(&path).expect("done"), answer);
    let scanner: Clamd = format!("unix:{}", path.display()).parse().expect("done");
    let parts: Vec<_> = content.chunks(100_000).map(|part| Ok(Bytes::copy_from_slice(part))).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("done");
    let told = runtime.block_on(scanner.scan(stream::iter(parts).boxed()));
    (told, heard.join().expect("done"))
}

#[test]
fn a_content_is_heard_whole_and_called_clean() {
    let content: Vec<u8> = (0..300_000_u32).map(|at| (at % 251) as u8).collect();
    let (told, heard) = scan(b"stream: OK\0", &content);
    assert_eq!(told.expect("done"), None);
    assert_eq!(heard, content);
}

#[test]
fn a_signature_is_told_by_its_name() {
    let (told, _) = scan(b"stream: Win.Test.EICAR_HDB-1 FOUND\0", b"bad");
    assert_eq!(told.expect("done").as_deref(), Some("Win.Test.EICAR_HDB-1"));
}

#[test]
fn an_error_or_no_answer_is_no_clean_content() {
    for answer in [&b"INSTREAM size limit exceeded. ERROR\0"[..], b"", b"stream: maybe\0"] {
        let (told, _) = scan(answer, b"x");
        assert!(matches!(told, Err(FilesError::Scanner(_))), "{answer:?} {told:?}");
    }
}

#[test]
fn an_address_is_of_tcp_or_a_socket() {
    assert_eq!("tcp:localhost:3310".parse::<Clamd>().expect("done"), Clamd::Tcp("localhost:3310".to_owned()));
    assert!(["clamd", "tcp:localhost", "unix:", "http://x:1"].iter().all(|text| text.parse::<Clamd>().is_err()));
}
