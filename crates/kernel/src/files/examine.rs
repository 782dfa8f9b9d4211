//! What is taken from a file after it was kept: its text for the search, the measures of a picture.

use std::sync::{Arc, LazyLock};

use bytes::Bytes;
use nexus_files::Content;
use nexus_model::{Problem, Uuid};
use tokio::sync::Semaphore;

use super::{FILE, content_of, told};
use crate::core::File;
use crate::entity::Entity;
use crate::kernel::Kernel;
use crate::principal::Principal;
use crate::{Result, Tenant};

/// The action that the log shows for what was taken from a file.
const EXAMINE: &str = "core.examine_file";
/// Bytes of a file that text and measures are taken from.
const READ_BYTES_MAX: usize = 32 << 20;
/// Bytes of text that are kept: each of them is in the record, in the log and in the index of the search.
const TEXT_BYTES_MAX: usize = 128 << 10;

/// What was seen in a content.
#[derive(Default)]
struct Seen {
    text: Option<String>,
    measures: Option<(u32, u32)>,
}

/// Contents that are looked at at a time: each takes memory and a processor, and who sends many must not get the machine.
static LOOKING: LazyLock<Semaphore> =
    LazyLock::new(|| Semaphore::new(std::thread::available_parallelism().map_or(2, std::num::NonZero::get)));

impl Kernel {
    /// Does with a content what takes its time and may fail in any way; nothing when it does, or is larger than `max`.
    pub(super) async fn seen_in<T: Send + 'static>(
        &self,
        tenant: &Tenant,
        content: &Content,
        max: usize,
        work: impl FnOnce(Bytes) -> T + Send + 'static,
    ) -> Result<Option<T>> {
        let _turn = LOOKING.acquire().await;
        let Some(bytes) = self.chunks(tenant)?.get_whole(content, max).await.map_err(told)? else { return Ok(None) };
        Ok(tokio::task::spawn_blocking(move || work(bytes)).await.ok())
    }

    /// Takes from a file what can be seen in it, once for each content.
    pub async fn examine(&self, tenant: &Arc<Tenant>, id: Uuid) -> Result<()> {
        let Some(reader) = self.options.files.reader.clone() else { return Ok(()) };
        let system = Arc::new(Principal::system());
        let found = self.read_in(tenant, &system, None, move |ctx| {
            Box::pin(async move {
                let object = Arc::clone(ctx.registry.object(FILE)?);
                ctx.record(&object, id).await
            })
        });
        let file = found.await?;
        let content = content_of(&file).ok_or_else(|| Problem::internal(format!("the file {id} names no content")))?;
        if File::from_record(&file).examined {
            return Ok(());
        }
        let media_type = file.text("media_type").to_owned();
        let seen = self.seen_in(tenant, &content, READ_BYTES_MAX, move |bytes| Seen {
            text: reader.text(&media_type, &bytes, TEXT_BYTES_MAX),
            measures: media_type.starts_with("image/").then(|| reader.measures(&bytes)).flatten(),
        });
        // One that is too large, or makes its reader fall over, is a file without text.
        let seen = seen.await?.unwrap_or_default();
        self.write_in(tenant, &system, None, Uuid::now_v7(), true, move |ctx| {
            Box::pin(async move {
                ctx.begin_run(EXAMINE).await?;
                let mut file = ctx.get(crate::entity::Id::<File>::new(id)).await?;
                if file.digest.as_deref() != Some(content.digest.to_hex().as_str()) {
                    // It has another version meanwhile, which is examined on its own.
                    return Ok(());
                }
                file.text = seen.text;
                (file.width, file.height) =
                    seen.measures.map_or((None, None), |(width, height)| (Some(width.into()), Some(height.into())));
                file.examined = true;
                ctx.save(file).await.map(drop)
            })
        })
        .await
    }
}
