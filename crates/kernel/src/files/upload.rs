//! An upload from its announcement to the record that it becomes.

use std::sync::Arc;

use bytes::Bytes;
use futures::stream::BoxStream;
use futures::{StreamExt, TryStreamExt};
use nexus_files::media::{HEAD, sniff};
use nexus_files::{Content, FilesError, GRACE};
use nexus_model::{FieldError, Problem, Timestamp, Uuid};
use serde::{Deserialize, Serialize};

use super::told;
use super::turn::Turn;
use crate::kernel::Kernel;
use crate::principal::Principal;
use crate::{Kind, Result, Tenant};

/// Characters of a file's name.
const NAME_MAX: usize = 255;

/// What is to be uploaded.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct NewUpload {
    pub name: String,
    /// What the sender takes it for; its first bytes count before that.
    #[serde(default)]
    pub media_type: Option<String>,
    /// Bytes.
    pub size: u64,
    /// What the sender wants to be told again while the upload is under way.
    #[serde(default)]
    pub note: Option<String>,
}

/// Where an upload stands. Its id is that of the file that it becomes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Uploading {
    pub id: Uuid,
    /// Bytes that have arrived and stay, whatever happens.
    pub offset: u64,
    pub size: u64,
    /// When it expires unless something is added; none once it is a file.
    pub expires_at: Option<Timestamp>,
    pub note: Option<String>,
}

impl Uploading {
    fn is_whole(&self) -> bool {
        self.offset == self.size
    }
}

impl Kernel {
    /// Announces an upload. One of nothing is a file at once.
    ///
    /// # Errors
    /// When it is too large, there is no room for it in the tenant's plan, or the person has too many under way.
    pub async fn begin_upload(
        self: &Arc<Self>,
        tenant: &Arc<Tenant>,
        principal: &Arc<Principal>,
        new: NewUpload,
    ) -> Result<Uploading> {
        let max = self.options.files.file_bytes_max;
        if new.size > max {
            let message = format!("the file has {} bytes, and {max} is the most that this server takes", new.size);
            return Err(Problem::new(Kind::TooLarge, message));
        }
        check_name(&new.name)?;
        let (uploads, owner, id) = (self.uploads(tenant)?, principal.user, Uuid::now_v7());
        let most = self.options.files.uploads_max;
        if uploads.count(owner).await.map_err(told)? >= most {
            let message = format!("you have {most} uploads under way; finish or cancel one first");
            return Err(Problem::new(Kind::Busy, message));
        }
        self.room_for(tenant, new.size).await?;
        let about = serde_json::to_vec(&new).map_err(|error| Problem::internal(error.to_string()))?;
        uploads.begin(owner, id, about.into()).await.map_err(told)?;
        if new.size == 0 {
            return self.upload(tenant, principal, id).await;
        }
        let expires_at = expiry(tenant.now());
        Ok(Uploading { id, offset: 0, size: new.size, expires_at, note: new.note })
    }

    /// Where an upload of one's own stands. One that has arrived whole, and was cut off before it became a file,
    /// becomes one now.
    pub async fn upload(
        self: &Arc<Self>,
        tenant: &Arc<Tenant>,
        principal: &Arc<Principal>,
        id: Uuid,
    ) -> Result<Uploading> {
        let turn = self.turn(id).await?;
        match self.under_way(tenant, principal, id).await {
            Ok((_, upload)) if !upload.is_whole() => Ok(upload),
            Ok((new, _)) => self.finish(tenant, principal, id, new, turn).await,
            Err(problem) if problem.kind == Kind::NotFound => {
                let content = self.uploaded(tenant, principal, id).await?.ok_or(problem)?;
                Ok(arrived(id, content))
            }
            Err(problem) => Err(problem),
        }
    }

    async fn under_way(&self, tenant: &Tenant, principal: &Principal, id: Uuid) -> Result<(NewUpload, Uploading)> {
        let (uploads, owner) = (self.uploads(tenant)?, principal.user);
        let about = uploads.about(owner, id).await.map_err(told)?;
        let new: NewUpload =
            serde_json::from_slice(&about).map_err(|error| Problem::internal(format!("upload {id}: {error}")))?;
        let offset = uploads.offset(owner, id).await.map_err(told)?;
        let expires_at = expiry(tenant.now());
        let upload = Uploading { id, offset, size: new.size, expires_at, note: new.note.clone() };
        Ok((new, upload))
    }

    /// Adds to an upload what comes after its first `offset` bytes. What arrived before the line broke stays. With its
    /// last byte it becomes a file.
    ///
    /// # Errors
    /// A conflict when another number of bytes is there.
    pub async fn append_upload(
        self: &Arc<Self>,
        tenant: &Arc<Tenant>,
        principal: &Arc<Principal>,
        id: Uuid,
        offset: u64,
        body: BoxStream<'_, Result<Bytes, FilesError>>,
    ) -> Result<Uploading> {
        let turn = self.turn(id).await?;
        let (new, upload) = match self.under_way(tenant, principal, id).await {
            Ok(found) => found,
            Err(problem) if problem.kind == Kind::NotFound => {
                let content = self.uploaded(tenant, principal, id).await?.ok_or(problem)?;
                return at(offset, arrived(id, content));
            }
            Err(problem) => return Err(problem),
        };
        let upload = at(offset, upload)?;
        let body = body.take_until(turn.is_wanted());
        let appended = self.uploads(tenant)?.append(principal.user, id, upload.size, body).await.map_err(told)?;
        if let Some(broken) = appended.broken {
            return Err(told(broken).with("offset", appended.offset.into()));
        }
        let upload = Uploading { offset: appended.offset, ..upload };
        if upload.is_whole() { self.finish(tenant, principal, id, new, turn).await } else { Ok(upload) }
    }

    /// Ends an upload of one's own that is not a file yet, and forgets it.
    pub async fn cancel_upload(self: &Arc<Self>, tenant: &Tenant, principal: &Principal, id: Uuid) -> Result<()> {
        let _turn = self.turn(id).await?;
        let uploads = self.uploads(tenant)?;
        uploads.about(principal.user, id).await.map_err(told)?;
        uploads.remove(principal.user, id).await.map_err(told)
    }

    /// Makes a file of what has arrived. It goes on to its end also when nobody waits for it any more.
    async fn finish(
        self: &Arc<Self>,
        tenant: &Arc<Tenant>,
        principal: &Arc<Principal>,
        id: Uuid,
        new: NewUpload,
        turn: Turn,
    ) -> Result<Uploading> {
        let (kernel, tenant, principal) = (Arc::clone(self), Arc::clone(tenant), Arc::clone(principal));
        let work = tokio::spawn(async move {
            let content = kernel.take_in(&tenant, &principal, id, &new).await?;
            kernel.uploads(&tenant)?.remove(principal.user, id).await.map_err(told)?;
            drop(turn);
            let reader = Arc::clone(&kernel);
            // Nobody waits for what can be seen in it; what fails here is made up for by the next sweep.
            tokio::spawn(async move {
                if let Err(problem) = reader.examine(&tenant, id).await {
                    tracing::warn!(%problem, file = %id, "could not be examined yet");
                }
            });
            Ok(arrived(id, content))
        });
        work.await.map_err(|error| Problem::internal(format!("the upload {id} failed inside: {error}")))?
    }

    async fn take_in(
        &self,
        tenant: &Arc<Tenant>,
        principal: &Arc<Principal>,
        id: Uuid,
        new: &NewUpload,
    ) -> Result<Content> {
        let (uploads, chunks, owner) = (self.uploads(tenant)?, self.chunks(tenant)?, principal.user);
        if let Some(scanner) = &self.options.files.scanner {
            let found = scanner.scan(uploads.read(owner, id).await.map_err(told)?).await.map_err(told)?;
            if let Some(signature) = found {
                tracing::warn!(signature, user = %owner, name = new.name, "a harmful file was refused");
                uploads.remove(owner, id).await.map_err(told)?;
                let message = format!("{} is harmful ({signature}) and was not kept", new.name);
                let errors = vec![FieldError::new("file", "scanner", message.as_str())];
                return Err(
                    Problem { errors, ..Problem::new(Kind::Invalid, message) }.with("signature", signature.into())
                );
            }
        }
        let content = chunks.put(uploads.read(owner, id).await.map_err(told)?).await.map_err(told)?;
        if content.size != new.size {
            return Err(Problem::conflict(format!(
                "another request changed the upload {id} meanwhile; ask where it stands"
            )));
        }
        let head = chunks.get_range(&content, 0..HEAD as u64).await.map_err(told)?;
        let head: Vec<Bytes> = head.try_collect().await.map_err(told)?;
        let media_type = sniff(&head.concat(), new.media_type.as_deref());
        self.keep_file(tenant, principal, id, new.name.clone(), media_type, content).await?;
        Ok(content)
    }
}

fn arrived(id: Uuid, content: Content) -> Uploading {
    Uploading { id, offset: content.size, size: content.size, expires_at: None, note: None }
}

/// That an upload stands where whoever adds to it believes.
fn at(offset: u64, upload: Uploading) -> Result<Uploading> {
    if upload.offset == offset {
        return Ok(upload);
    }
    let message = format!("{} bytes of the upload are there, not {offset}; go on from there", upload.offset);
    Err(Problem::conflict(message).with("offset", upload.offset.into()))
}

fn expiry(now: Timestamp) -> Option<Timestamp> {
    jiff::SignedDuration::try_from(GRACE).ok().and_then(|grace| now.checked_add(grace).ok())
}

/// A name as people see it, never a way through folders.
fn check_name(name: &str) -> Result<()> {
    let rule = match name {
        "" => Some("is required: the name of the file"),
        _ if name.chars().count() > NAME_MAX => Some("has at most 255 characters"),
        _ if name.chars().any(|c| c.is_control() || c == '/' || c == '\\') => {
            Some("has no slashes, line breaks or other control characters")
        }
        _ => None,
    };
    rule.map_or(Ok(()), |rule| Err(Problem::field("name", "name", rule)))
}
