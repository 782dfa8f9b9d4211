//! Objects and records as resources: `nexus://crm/lead` and `nexus://crm/lead/{id}`.

use nexus_kernel::faces::ListParams;
use nexus_kernel::{Kernel, Problem};
use rmcp::model::{Resource, ResourceTemplate};
use serde_json::Value as Json;
use uuid::Uuid;

use crate::auth::Caller;

/// The scheme of every address.
const SCHEME: &str = "nexus://";
/// What an object is described in.
const SCHEMA_MEDIA: &str = "application/schema+json";
/// What a record is written in.
const RECORD_MEDIA: &str = "application/json";

/// The objects that the caller may read.
pub(super) async fn list(kernel: &Kernel, caller: &Caller, app: Option<&str>) -> Result<Vec<Resource>, Problem> {
    let offers = kernel.offers(&caller.tenant, &caller.principal, app).await?;
    let resources = offers.objects.iter().map(|object| {
        let uri = format!("{SCHEME}{}/{}", object.name.app(), object.name.object());
        let about = object.about.as_ref().unwrap_or(&object.label).clone();
        Resource::new(uri, object.name.as_str())
            .with_title(object.plural.clone())
            .with_description(about)
            .with_mime_type(SCHEMA_MEDIA)
    });
    Ok(resources.collect())
}

pub(super) fn templates() -> Vec<ResourceTemplate> {
    vec![
        ResourceTemplate::new("nexus://{app}/{object}", "object")
            .with_title("An object")
            .with_description("Its fields as JSON Schema, its states and the actions on it")
            .with_mime_type(SCHEMA_MEDIA),
        ResourceTemplate::new("nexus://{app}/{object}/{id}", "record")
            .with_title("A record")
            .with_description("The fields that you may see, rows included")
            .with_mime_type(RECORD_MEDIA),
        ResourceTemplate::new("nexus://{app}/{object}/{id}/history", "history")
            .with_title("The history of a record")
            .with_description("Who changed what, newest first")
            .with_mime_type(RECORD_MEDIA),
    ]
}

/// A resource's media type and body.
pub(super) async fn read(kernel: &Kernel, caller: &Caller, uri: &str) -> Result<(&'static str, Json), Problem> {
    let nothing = || Problem::not_found(format!("there is no resource {uri}"));
    let path: Vec<&str> = uri.strip_prefix(SCHEME).ok_or_else(nothing)?.split('/').collect();
    let (app, name, rest) = match path.as_slice() {
        [app, name, rest @ ..] => (*app, *name, rest),
        _ => return Err(nothing()),
    };
    let object = caller.tenant.registry().schema.get(&format!("{app}.{name}")).ok_or_else(nothing)?;
    let (tenant, principal) = (&caller.tenant, &caller.principal);
    let id = |text: &str| Uuid::try_parse(text).map_err(|_| nothing());
    match rest {
        [] => Ok((SCHEMA_MEDIA, kernel.describe(tenant, principal, object).await?)),
        [record] => {
            let found = kernel.get(tenant, principal, object, id(record)?, ListParams::default()).await?;
            Ok((RECORD_MEDIA, Json::Object(found.to_json())))
        }
        [record, "history"] => Ok((RECORD_MEDIA, kernel.history(tenant, principal, object, id(record)?, None).await?)),
        _ => Err(nothing()),
    }
}
