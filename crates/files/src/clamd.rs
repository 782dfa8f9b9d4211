//! Asking a scanner whether a content is harmful: clamd, by its command INSTREAM.
//!
//! `man clamd`: `zINSTREAM` and NUL, then portions, each behind its length as a big-endian number of 32 bits, then a
//! length of zero; the answer is `stream: OK` or `stream: SIGNATURE FOUND`, and NUL.

use std::path::PathBuf;
use std::time::Duration;

use bytes::Bytes;
use futures::TryStreamExt;
use futures::future::BoxFuture;
use futures::stream::BoxStream;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpStream, UnixStream};

use crate::{FilesError, Result};

/// How long clamd may take to take a portion, or to answer.
const PATIENCE: Duration = Duration::from_secs(60);
/// Bytes of an answer.
const ANSWER_MAX: u64 = 1_024;
/// Bytes of a portion.
const PORTION: usize = 64 << 10;

/// Tells whether contents are harmful.
pub trait Scanner: Send + Sync {
    /// The signature that a content was known by, or nothing.
    fn scan<'a>(&'a self, content: BoxStream<'a, Result<Bytes>>) -> BoxFuture<'a, Result<Option<String>>>;
}

/// A clamd, somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clamd {
    /// Host and port.
    Tcp(String),
    /// Its socket.
    Unix(PathBuf),
}

impl std::str::FromStr for Clamd {
    type Err = FilesError;

    /// `tcp:HOST:PORT` or `unix:PATH`.
    fn from_str(text: &str) -> Result<Clamd> {
        match text.split_once(':') {
            Some(("tcp", address)) if address.contains(':') => Ok(Clamd::Tcp(address.to_owned())),
            Some(("unix", path)) if !path.is_empty() => Ok(Clamd::Unix(path.into())),
            _ => Err(FilesError::Place("write tcp:HOST:PORT or unix:PATH".to_owned())),
        }
    }
}

impl Clamd {
    /// That it is there and answers: `zPING` and NUL, then `PONG` (`man clamd`).
    ///
    /// # Errors
    /// When it cannot be reached or answers something else.
    pub async fn ping(&self) -> Result<()> {
        match self {
            Clamd::Tcp(address) => pong(in_time(TcpStream::connect(address)).await?).await,
            Clamd::Unix(path) => pong(in_time(UnixStream::connect(path)).await?).await,
        }
    }
}

async fn pong(mut line: impl AsyncRead + AsyncWrite + Unpin) -> Result<()> {
    in_time(line.write_all(b"zPING\0")).await?;
    let mut answer = Vec::new();
    in_time(line.take(ANSWER_MAX).read_to_end(&mut answer)).await?;
    match String::from_utf8_lossy(&answer).trim_end_matches('\0').trim() {
        "PONG" => Ok(()),
        other => Err(FilesError::Scanner(format!("it answers `{other}` where PONG is expected"))),
    }
}

impl Scanner for Clamd {
    fn scan<'a>(&'a self, content: BoxStream<'a, Result<Bytes>>) -> BoxFuture<'a, Result<Option<String>>> {
        Box::pin(async move {
            match self {
                Clamd::Tcp(address) => ask(in_time(TcpStream::connect(address)).await?, content).await,
                Clamd::Unix(path) => ask(in_time(UnixStream::connect(path)).await?, content).await,
            }
        })
    }
}

async fn in_time<T>(work: impl Future<Output = std::io::Result<T>>) -> Result<T> {
    let done = tokio::time::timeout(PATIENCE, work).await;
    let done = done.map_err(|_| FilesError::Scanner(format!("nothing came for {} seconds", PATIENCE.as_secs())))?;
    done.map_err(|error| FilesError::Scanner(error.to_string()))
}

async fn ask(
    mut line: impl AsyncRead + AsyncWrite + Unpin,
    mut content: BoxStream<'_, Result<Bytes>>,
) -> Result<Option<String>> {
    let sent = send(&mut line, &mut content).await;
    // What it does not want to hear to its end it answers early.
    let mut answer = Vec::new();
    let heard = in_time((&mut line).take(ANSWER_MAX).read_to_end(&mut answer)).await;
    let answer = String::from_utf8_lossy(&answer);
    let answer = answer.trim_end_matches('\0').trim();
    match answer.strip_prefix("stream: ") {
        Some("OK") => sent.map(|()| None),
        Some(found) if found.ends_with(" FOUND") => Ok(Some(found.trim_end_matches(" FOUND").to_owned())),
        _ if answer.is_empty() => {
            sent.and(heard)?;
            Err(FilesError::Scanner("it ended without an answer".to_owned()))
        }
        _ => Err(FilesError::Scanner(answer.to_owned())),
    }
}

async fn send(line: &mut (impl AsyncWrite + Unpin), content: &mut BoxStream<'_, Result<Bytes>>) -> Result<()> {
    in_time(line.write_all(b"zINSTREAM\0")).await?;
    while let Some(bytes) = content.try_next().await? {
        for portion in bytes.chunks(PORTION) {
            let length = u32::try_from(portion.len()).unwrap_or(u32::MAX);
            in_time(line.write_all(&length.to_be_bytes())).await?;
            in_time(line.write_all(portion)).await?;
        }
    }
    in_time(line.write_all(&0_u32.to_be_bytes())).await?;
    in_time(line.flush()).await
}
