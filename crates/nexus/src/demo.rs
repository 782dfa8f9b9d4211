//! A demo company: sample data of every app, and people so that each role can be tried.

use std::sync::Arc;

use nexus_kernel::faces::ListParams;
use nexus_kernel::{Call, Kernel, Principal, Request, Tenant};
use serde_json::{Value as Json, json};

use crate::failure::Failure;
use crate::output;

/// First part of the address, name, what they are, roles. A role whose app is not here is left out.
const PEOPLE: &[(&str, &str, &str, &[&str])] = &[
    ("sales", "Amina Njeri", "salesperson", &["salesperson", "seller", "task_user", "note_user"]),
    ("pipeline", "Otieno Ouma", "sales manager", &["sales_manager", "sales_admin", "task_manager", "note_manager"]),
    ("accounts", "Grace Wambui", "accountant", &["accountant", "task_user", "note_user"]),
    ("finance", "David Kimani", "finance manager", &["finance_manager", "task_user", "note_user"]),
    ("audit", "Halima Yusuf", "auditor", &["auditor"]),
];

/// Sample data and users; `administrator` is an address, and all of them get the password.
/// Answers `{records: [{object, created, rejected}], users: […]}`.
pub(crate) async fn fill(
    kernel: &Arc<Kernel>,
    tenant: &Arc<Tenant>,
    administrator: &str,
    password: &str,
) -> Result<Json, Failure> {
    let users = people(kernel, tenant, administrator, password).await?;
    let principal = crate::place::user(kernel, tenant, administrator).await?;
    let mut made = Vec::new();
    for (name, report) in kernel.load_demo(tenant, &principal).await? {
        for reject in &report.rejected {
            for error in &reject.errors {
                output::note(format_args!("{name}, row {}: {} {}", reject.row, error.field, error.message));
            }
        }
        made.push(json!({"object": name, "created": report.created, "rejected": report.rejected_count}));
    }
    Ok(json!({"records": made, "users": users}))
}

/// Makes the people and puts them and the administrator into one team, whose leads and deals they share.
/// Answers their addresses, roles and password.
async fn people(
    kernel: &Arc<Kernel>,
    tenant: &Arc<Tenant>,
    administrator: &str,
    password: &str,
) -> Result<Json, Failure> {
    let system = Arc::new(Principal::system());
    let run = async |action: &str, record, input| {
        let call = Call { action: action.to_owned(), record, input };
        let request = Request { calls: vec![call], ..Request::default() };
        let mut reply = kernel.dispatch(tenant, &system, request).await?;
        Ok::<_, Failure>(reply.outputs.pop().unwrap_or_default())
    };
    let team = run("core.create_team", None, json!({"name": "Nairobi office"})).await?["id"].clone();
    let head = crate::place::user(kernel, tenant, administrator).await?;
    run("core.update_user", Some(head.user), json!({"team": team})).await?;
    let companies = kernel.registry.object("core.company")?;
    let companies = kernel.list(tenant, &system, companies, ListParams::default()).await?;
    let company = companies.data.first().map(|company| company.get("id"));

    let domain = administrator.split_once('@').map_or("example.com", |(_, domain)| domain);
    let known = |role: &&&str| kernel.registry.schema.apps.values().any(|app| app.roles.contains_key(**role));
    let mut made = Vec::new();
    for (local, name, title, roles) in PEOPLE {
        let roles: Vec<&str> = roles.iter().filter(known).copied().collect();
        let email = format!("{local}@{domain}");
        if roles.is_empty() || email == administrator {
            continue;
        }
        let user = json!({
            "name": name, "email": email, "roles": roles, "team": team, "company": company, "password": password
        });
        run("core.create_user", None, user).await?;
        made.push(json!({"email": email, "password": password, "roles": roles, "title": title}));
    }
    Ok(made.into())
}
