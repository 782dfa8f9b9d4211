//! A qualified lead becomes a contact and a deal, once.

use crate::objects::{Activity, Deal, Lead, LeadState};
use contacts::objects::{Party, PartyKind};
use nexus_kernel::prelude::*;

/// What the deal begins with; left out, it is taken from the lead.
#[derive(Deserialize, JsonSchema)]
pub struct Convert {
    /// Title of the deal; the organisation's name when left out, else the person's.
    title: Option<String>,
    /// What the customer would pay; the budget when left out.
    amount: Option<Amount>,
    /// The day on which the deal should close.
    expected_close: Option<Date>,
}

/// Makes a contact, found by e-mail before one is made, and a deal of a qualified lead.
#[action(object = "lead", name = "convert", effect = "reversible", when = "state == 'qualified'", label = "Convert")]
pub async fn convert_lead(ctx: &mut Ctx, lead: Id<Lead>, input: Convert) -> Result<Deal> {
    let mut lead = ctx.get(lead).await?;
    lead.require_state(LeadState::Qualified)?;
    let currency = ctx.currency()?;
    let (customer, contact) = customer(ctx, &lead).await?;
    let deal = ctx
        .create(Deal {
            title: input.title.or_else(|| lead.organisation.clone()).unwrap_or_else(|| lead.name.clone()),
            amount: input.amount.map(|amount| amount.money(currency)).or(lead.budget),
            expected_close: input.expected_close,
            party: customer.id,
            contact: contact.map(|contact| contact.id),
            owner: lead.owner,
            source: lead.source.and_then(|source| source.as_str().parse().ok()),
            notes: lead.interest.clone(),
            lead: Some(lead.id),
            ..Deal::default()
        })
        .await?;
    // What was still to be done about the lead is to be done about the deal.
    for mut activity in ctx.all(find::<Activity>().eq("lead", lead.id).eq("done", false)).await? {
        activity.deal = Some(deal.id);
        activity.party = activity.party.or(Some(customer.id));
        ctx.save(activity).await?;
    }
    let id = lead.id;
    lead.party = Some(customer.id);
    lead.deal = Some(deal.id);
    ctx.save(lead).await?;
    ctx.transition(id, LeadState::Converted).await?;
    Ok(deal)
}

/// Who buys, and the person to talk to where an organisation buys.
async fn customer(ctx: &mut Ctx, lead: &Lead) -> Result<(Party, Option<Party>)> {
    let known = match &lead.email {
        Some(email) => contacts::by_email(ctx, email).await?,
        None => None,
    };
    let organisation = match &known {
        Some(known) if known.kind == PartyKind::Organisation => Some(known.clone()),
        Some(known) if known.parent.is_some() => Some(ctx.get(known.parent.unwrap_or_default()).await?),
        _ => organisation(ctx, lead).await?,
    };
    let person = match (known, &organisation) {
        (Some(known), None) => known,
        (Some(mut known), Some(organisation)) if known.kind == PartyKind::Person => {
            if known.parent.is_none() {
                known.parent = Some(organisation.id);
                known = ctx.save(known).await?;
            }
            known
        }
        // The address is the organisation's own, such as info@: the person has none that we know.
        (Some(_), Some(organisation)) => person(ctx, lead, None, Some(organisation.id)).await?,
        (None, organisation) => {
            let parent = organisation.as_ref().map(|organisation| organisation.id);
            person(ctx, lead, lead.email.clone(), parent).await?
        }
    };
    Ok(match organisation {
        Some(organisation) => (organisation, Some(person)),
        None => (person, None),
    })
}

async fn organisation(ctx: &mut Ctx, lead: &Lead) -> Result<Option<Party>> {
    let Some(name) = lead.organisation.clone() else { return Ok(None) };
    let wanted = Party { kind: PartyKind::Organisation, name, owner: lead.owner, ..Party::default() };
    contacts::find_or_create(ctx, wanted).await.map(Some)
}

async fn person(ctx: &mut Ctx, lead: &Lead, email: Option<String>, parent: Option<Id<Party>>) -> Result<Party> {
    let wanted = Party {
        kind: PartyKind::Person,
        name: lead.name.clone(),
        email,
        phone: lead.phone.clone(),
        parent,
        owner: lead.owner,
        ..Party::default()
    };
    contacts::find_or_create(ctx, wanted).await
}
