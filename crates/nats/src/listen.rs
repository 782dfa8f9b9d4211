//! What arrives from the stream, for the subscribers of this process's group.

use std::time::Duration;

use async_nats::jetstream::consumer::{AckPolicy, DeliverPolicy, pull};
use async_nats::jetstream::{AckKind, Message};
use futures::StreamExt;
use nexus_kernel::Arrivals;

use crate::Nats;

/// How long a message may be at work before another process gets it.
const ACK_WAIT: Duration = Duration::from_secs(60);
/// Messages at work in all processes of a group, and in one.
const PENDING_MAX: i64 = 256;
const AT_ONCE: usize = 4;
/// The pause before another try.
const PAUSE: Duration = Duration::from_secs(1);

impl Nats {
    /// Follows the stream as one of a group, for as long as the process lives.
    pub(crate) async fn listen_on(&self, group: &str, arrivals: Arrivals) {
        loop {
            if let Err(error) = self.follow(group, &arrivals).await {
                tracing::warn!(error, "NATS is not followed; it is tried again");
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    async fn follow(&self, group: &str, arrivals: &Arrivals) -> Result<(), String> {
        let config = pull::Config {
            durable_name: Some(format!("nexus-{group}")),
            description: Some("Subscribers of Nexus's apps".to_owned()),
            // Subscribers know from their own positions what they have dealt with.
            deliver_policy: DeliverPolicy::All,
            ack_policy: AckPolicy::Explicit,
            ack_wait: ACK_WAIT,
            max_ack_pending: PENDING_MAX,
            ..pull::Config::default()
        };
        let name = config.durable_name.clone().unwrap_or_default();
        let stream = self.stream().await?;
        let consumer = stream.get_or_create_consumer(&name, config).await.map_err(|error| error.to_string())?;
        let messages = consumer.messages().await.map_err(|error| error.to_string())?;
        messages
            .for_each_concurrent(AT_ONCE, |message| async {
                match message {
                    Ok(message) => arrived(&message, arrivals).await,
                    Err(error) => tracing::warn!(%error, "NATS"),
                }
            })
            .await;
        Ok(())
    }
}

async fn arrived(message: &Message, arrivals: &Arrivals) {
    let told: serde_json::Value = serde_json::from_slice(&message.payload).unwrap_or_default();
    let done = match (told["tenant"].as_str(), told["seq"].as_i64()) {
        (Some(tenant), Some(seq)) => arrivals(tenant.to_owned(), seq).await,
        // Not ours: nothing to deal with.
        _ => true,
    };
    let answer = if done { AckKind::Ack } else { AckKind::Nak(Some(PAUSE)) };
    if let Err(error) = message.ack_with(answer).await {
        // It comes again, and is known then.
        tracing::warn!(%error, "NATS was not told of a message that was dealt with");
    }
}
