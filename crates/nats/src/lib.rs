//! Beside the server: a broker on NATS JetStream.
//!
//! Every event of every tenant is a message of the stream `NEXUS` under the subject
//! `nexus.<tenant>.<app>.<object>.<verb>`, in the order of its tenant. The message's id (header `Nats-Msg-Id`) is the
//! event's own, so that the server drops what it was told twice within [`DUPLICATES`]; a consumer that must not act
//! twice remembers the ids or the numbers it has dealt with.

mod listen;

use std::time::Duration;

use async_nats::jetstream::message::PublishMessage;
use async_nats::jetstream::{self, Context, stream};
use async_nats::{Client, ConnectOptions, ServerAddr, connection::State};
use nexus_kernel::{Arrivals, BoxFuture, Broker, Message};

/// The stream's name.
pub const STREAM: &str = "NEXUS";
/// What every subject begins with.
pub const SUBJECTS: &str = "nexus";
/// How long the server knows an id again.
const DUPLICATES: Duration = Duration::from_secs(600);
/// How long an answer of the server is waited for.
const TIMEOUT: Duration = Duration::from_secs(5);
/// Bytes of a message that are not its payload: subject and headers.
const OVERHEAD: usize = 1_024;

/// Why there is no connection.
#[derive(Debug, thiserror::Error)]
pub enum NatsError {
    #[error("--nats: write nats://USER:PASSWORD@HOST:4222, or tls:// in place of nats://")]
    Url,
    #[error("the connection to NATS cannot be set up: {0}")]
    Connect(#[from] async_nats::ConnectError),
}

/// A connection to NATS, made again whenever it breaks.
pub struct Nats {
    client: Client,
    context: Context,
    /// The stream is there: it is asked for once a connection was made, and again after it was missing.
    is_set_up: std::sync::atomic::AtomicBool,
}

impl Nats {
    /// Connects, now or, where no server answers, once one does.
    ///
    /// # Errors
    /// When the URL is none.
    pub async fn connect(url: &str) -> Result<Nats, NatsError> {
        let address: ServerAddr = url.parse().map_err(|_| NatsError::Url)?;
        let mut options = ConnectOptions::new().name("nexus").retry_on_initial_connect();
        options = match (address.username(), address.password()) {
            (Some(user), Some(password)) => options.user_and_password(user.to_owned(), password.to_owned()),
            (Some(token), None) => options.token(token.to_owned()),
            _ => options,
        };
        let client = options.connect(address).await?;
        let mut context = jetstream::new(client.clone());
        context.set_timeout(TIMEOUT);
        Ok(Nats { client, context, is_set_up: false.into() })
    }

    /// That a server answers and has JetStream.
    ///
    /// # Errors
    /// When it does not, in the words of the client.
    pub async fn probe(&self) -> Result<(), String> {
        self.context.query_account().await.map(drop).map_err(|error| error.to_string())
    }

    /// The stream, made where it is missing. One that is there keeps the limits and replicas that it was given.
    async fn stream(&self) -> Result<stream::Stream, String> {
        let config = stream::Config {
            name: STREAM.to_owned(),
            subjects: vec![format!("{SUBJECTS}.>")],
            description: Some("Every event of every tenant of Nexus".to_owned()),
            duplicate_window: DUPLICATES,
            ..stream::Config::default()
        };
        self.context.get_or_create_stream(config).await.map_err(|error| error.to_string())
    }

    async fn send(&self, message: &Message) -> Result<(), String> {
        // What is sent while there is no connection waits in memory, and its answer is not waited for that long.
        if self.client.connection_state() != State::Connected {
            return Err("NATS is not connected".to_owned());
        }
        let set_up = &self.is_set_up;
        if !set_up.load(std::sync::atomic::Ordering::Acquire) {
            self.stream().await?;
            set_up.store(true, std::sync::atomic::Ordering::Release);
        }
        let room = self.client.max_payload().saturating_sub(OVERHEAD);
        let whole = serde_json::to_vec(message).map_err(|error| error.to_string())?;
        let payload = if whole.len() <= room {
            whole
        } else {
            serde_json::to_vec(&message.without_fields()).map_err(|error| error.to_string())?
        };
        let Message { id, tenant, app, object, verb, .. } = message;
        let subject = format!("{SUBJECTS}.{tenant}.{app}.{object}.{verb}");
        let publish = PublishMessage::build().payload(payload.into()).message_id(id);
        let sent = async { self.context.send_publish(subject, publish).await?.await };
        sent.await.map(drop).map_err(|error| {
            // The stream may have been removed meanwhile.
            set_up.store(false, std::sync::atomic::Ordering::Release);
            error.to_string()
        })
    }
}

impl Broker for Nats {
    fn name(&self) -> &str {
        "nats"
    }

    fn publish<'a>(&'a self, message: &'a Message) -> BoxFuture<'a, Result<(), String>> {
        Box::pin(self.send(message))
    }

    fn listen<'a>(&'a self, group: &'a str, arrivals: Arrivals) -> BoxFuture<'a, ()> {
        Box::pin(self.listen_on(group, arrivals))
    }
}
