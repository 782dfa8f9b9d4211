//! One search over all that the principal may read.

use std::sync::Arc;

use serde_json::{Value as Json, json};

use crate::ctx::read::Ask;
use crate::kernel::Kernel;
use crate::policy::READ;
use crate::principal::Principal;
use crate::{Result, Tenant};

/// Hits of one object.
const HITS_EACH: usize = 5;
/// Hits in all.
const HITS_MAX: usize = 40;

impl Kernel {
    /// Records whose searchable fields contain the text.
    pub async fn search(&self, tenant: &Arc<Tenant>, principal: &Arc<Principal>, text: String) -> Result<Vec<Json>> {
        if text.trim().is_empty() {
            return Ok(Vec::new());
        }
        self.read_in(tenant, principal, None, move |ctx| {
            Box::pin(async move {
                let mut hits = Vec::new();
                let schema = Arc::clone(ctx.schema());
                for object in schema.objects() {
                    let policy = ctx.policy();
                    let searched = |field: &&nexus_model::Field| field.search && policy.shows(object, field);
                    let fields: Vec<_> = object.fields.iter().filter(searched).collect();
                    if fields.is_empty() || object.child_of.is_some() || !policy.may(object, READ) {
                        continue;
                    }
                    let tables = |field: &nexus_model::Field| matches!(field.kind, nexus_model::FieldType::Table(_));
                    let positions = (0..object.fields.len()).filter(|at| !tables(&object.fields[*at])).collect();
                    let filters = vec![ctx.searching(object, &text)];
                    let ask = Ask { filters, limit: HITS_EACH, fields: positions, ..Ask::default() };
                    for record in ctx.ask(object, ask).await? {
                        let others = fields.iter().filter(|field| field.name != object.title);
                        let subtitle: Vec<String> =
                            others.filter_map(|field| super::list::text_of(&record, &field.name)).take(2).collect();
                        hits.push(json!({
                            "app": object.name.app(), "object": object.name.object(), "id": record.id(),
                            "title": record.title(), "subtitle": subtitle.join(" · ")
                        }));
                    }
                    if hits.len() >= HITS_MAX {
                        break;
                    }
                }
                Ok(hits)
            })
        })
        .await
    }
}
