//! A dashboard goes to people by mail.

use crate::objects::Dashboard;
use nexus_kernel::prelude::*;

/// People who are sent a dashboard at once.
const READERS_MAX: usize = 50;

/// Who is sent it.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
pub struct Readers {
    /// Users; each is sent what their own rights show.
    pub to: Vec<Id<User>>,
}

/// Mails the dashboard as PDF and shares it with its readers. A schedule with this action sends it again and again.
#[action(object = "dashboard", name = "send", effect = "external", label = "Send by mail")]
pub async fn send_dashboard(ctx: &mut Ctx, dashboard: Id<Dashboard>, input: Readers) -> Result<Json> {
    let dashboard = ctx.get(dashboard).await?;
    if input.to.is_empty() || input.to.len() > READERS_MAX {
        return Err(Problem::field("to", "size", format!("names from 1 to {READERS_MAX} users")));
    }
    let mut mails = Vec::with_capacity(input.to.len());
    for (index, reader) in input.to.into_iter().enumerate() {
        let gone = |problem: Problem| Problem::field(format!("to/{index}"), "link", problem.detail);
        let reader = ctx.get(reader).await.map_err(gone)?;
        if !reader.active {
            return Err(Problem::field(format!("to/{index}"), "active", format!("{} is not active", reader.name)));
        }
        share(ctx, &dashboard, reader.id).await?;
        let outgoing = Outgoing {
            print: "dashboard",
            to: reader.email,
            name: Some(reader.name),
            subject: dashboard.name.clone(),
            body: None,
            reader: Some(reader.id),
        };
        mails.push(ctx.send(dashboard.id, outgoing).await?);
    }
    Ok(json!({ "mails": mails }))
}

/// Who is sent a dashboard may open it: what it shows is asked with their own rights.
async fn share(ctx: &mut Ctx, dashboard: &Dashboard, reader: Id<User>) -> Result<()> {
    let target = Leads::to(dashboard.id);
    let given = find::<Share>().eq("user", reader).eq("target", target.clone());
    if dashboard.owner == reader || ctx.first(given).await?.is_some() {
        return Ok(());
    }
    ctx.create(Share { target: Some(target), user: Some(reader), ..Share::default() }).await.map(drop)
}
