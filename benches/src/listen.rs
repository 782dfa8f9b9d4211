//! One change told to a thousand listeners of server-sent events, beside a channel that hands as many the same text.

use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use axum::body::Body;
use axum::http::{Request, header};
use futures::StreamExt;
use serde_json::{Value as Json, json};
use tokio::sync::{Semaphore, broadcast};
use tower::ServiceExt;

use crate::Plan;
use crate::measure::{Figure, interleave, rate};
use crate::place::{ADMIN_EMAIL, ADMIN_PASSWORD, Base, Place};

const LISTENERS: usize = 1_000;
/// Changes of one round, each made when everybody has heard of the one before.
const ROUND: usize = 10;
/// What tells a change's event from whatever else may be told.
const MARK: &[u8] = b"event: create";

pub(crate) async fn run(plan: &Plan, base: Base) -> Result<Vec<Figure>> {
    let place = Place::open(base).await?;
    let heard = Arc::new(Semaphore::new(0));
    let text = listen(&place, &heard).await?;
    let (channel, _) = broadcast::channel::<Arc<[u8]>>(ROUND);
    let received = Arc::new(Semaphore::new(0));
    for _ in 0..LISTENERS {
        let (mut receiver, received) = (channel.subscribe(), Arc::clone(&received));
        tokio::spawn(async move {
            while let Ok(bytes) = receiver.recv().await {
                received.add_permits(count(&bytes));
            }
        });
    }
    let everybody = u32::try_from(LISTENERS)?;
    let [nexus, ceiling] = interleave(plan.rounds, async |contender, turn| {
        let start = Instant::now();
        for change in 0..ROUND {
            if contender == 0 {
                make(&place, turn * ROUND + change).await?;
                heard.acquire_many(everybody).await?.forget();
            } else {
                channel.send(Arc::clone(&text)).map_err(|_| anyhow::anyhow!("nobody listens"))?;
                received.acquire_many(everybody).await?.forget();
            }
        }
        Ok(rate(ROUND * LISTENERS, start.elapsed()))
    })
    .await?;
    Ok(vec![Figure {
        name: format!("listen{}", base.suffix()),
        what: format!(
            "a change told to {LISTENERS} listeners, each asked for its rights; the ceiling hands a text to as many tasks"
        ),
        unit: "told/s",
        nexus,
        ceiling,
        bar: None,
    }])
}

async fn make(place: &Place, number: usize) -> Result<()> {
    let input = json!({"kind": "organisation", "name": format!("Customer {number:07}")});
    place.act("contacts.create_party", None, input).await.map(drop)
}

/// Has all of them listen; what one of them is told of a change.
async fn listen(place: &Place, heard: &Arc<Semaphore>) -> Result<Arc<[u8]>> {
    let app = nexus_server::router(Arc::clone(&place.kernel), None);
    let credentials = json!({"email": ADMIN_EMAIL, "password": ADMIN_PASSWORD}).to_string();
    let request = Request::post("/api/v1/session").header(header::CONTENT_TYPE, "application/json");
    let reply = app.clone().oneshot(request.body(Body::from(credentials))?).await?;
    let body: Json = serde_json::from_slice(&axum::body::to_bytes(reply.into_body(), 1 << 20).await?)?;
    let token = body["token"].as_str().context("who signs in gets a token")?.to_owned();
    let stream = async || -> Result<_> {
        let request = Request::get("/api/v1/events")
            .header(header::ACCEPT, "text/event-stream")
            .header(header::AUTHORIZATION, format!("Bearer {token}"));
        let reply = app.clone().oneshot(request.body(Body::empty())?).await?;
        ensure!(reply.status().is_success(), "a listener is answered {}", reply.status());
        Ok(reply.into_body().into_data_stream())
    };
    let mut first = stream().await?;
    make(place, 0).await?;
    let mut text = Vec::new();
    while count(&text) == 0 {
        text.extend_from_slice(&first.next().await.context("the stream goes on")??);
    }
    drop(first);
    for _ in 0..LISTENERS {
        let (mut stream, heard) = (stream().await?, Arc::clone(heard));
        tokio::spawn(async move {
            while let Some(Ok(bytes)) = stream.next().await {
                heard.add_permits(count(&bytes));
            }
        });
    }
    Ok(text.into())
}

fn count(told: &[u8]) -> usize {
    told.windows(MARK.len()).filter(|window| *window == MARK).count()
}
