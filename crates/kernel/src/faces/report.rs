//! Reports, and documents printed from a record.

use std::sync::Arc;

use nexus_model::{Object, Problem, Uuid};
use serde_json::{Value as Json, json};

use crate::app::Report;
use crate::ctx::Ctx;
use crate::kernel::Kernel;
use crate::past::{Scope, moment};
use crate::principal::Principal;
use crate::{Result, Tenant};

impl Kernel {
    /// A report's rows and totals. `company` among the parameters chooses the company; `at` the moment as of which is
    /// read, unless the report has a parameter of that name itself.
    pub async fn report(
        &self,
        tenant: &Arc<Tenant>,
        principal: &Arc<Principal>,
        app: &str,
        name: &str,
        mut params: Json,
    ) -> Result<Json> {
        let report = tenant.report(app, name)?.clone();
        let company = params.get("company").and_then(Json::as_str);
        let company =
            company.map(|id| Uuid::try_parse(id).map_err(|_| Problem::malformed("`company` is the id of a company")));
        let company = company.transpose()?;
        let own = report.params["properties"].get("at").is_some();
        let at = params.as_object_mut().filter(|_| !own).and_then(|params| params.shift_remove("at"));
        let at = moment("at", at.as_ref().and_then(Json::as_str).map(str::to_owned).as_ref())?;
        self.read_in(tenant, principal, company, move |ctx| {
            Box::pin(async move {
                if let Some(at) = at {
                    ctx.go_back(at, &Scope::all()).await?;
                }
                ctx.run_report(&report, params).await
            })
        })
        .await
    }

    /// A record's document as PDF. The data are gathered in a snapshot; the rendering holds nothing open.
    pub async fn print(
        &self,
        tenant: &Arc<Tenant>,
        principal: &Arc<Principal>,
        object: &Arc<Object>,
        id: Uuid,
        name: &str,
    ) -> Result<(String, Vec<u8>)> {
        let prints = &tenant.registry().prints;
        let print = prints.iter().find(|print| print.object == object.name.as_str() && print.name == name);
        let print =
            print.ok_or_else(|| Problem::not_found(format!("{} has no document {name}", object.path())))?.clone();
        let object = Arc::clone(object);
        let body = Arc::clone(&print.data);
        let (title, data) = self
            .read_in(tenant, principal, None, move |ctx: &mut Ctx| {
                Box::pin(async move {
                    let record = ctx.record(&object, id).await?;
                    let company = record.link("company");
                    ctx.enter_company(company)?;
                    let mut data = body(ctx, Some(id), Json::Null).await?;
                    data["printed_at"] = json!(ctx.now());
                    Ok((record.title(), data))
                })
            })
            .await?;
        let printer = tenant.registry().printer.clone();
        let printer = printer.ok_or_else(|| Problem::internal("this process has no printer"))?;
        let rendered = tokio::task::spawn_blocking(move || printer(print.name, print.template, &data)).await;
        let pdf = rendered.map_err(|error| Problem::internal(error.to_string()))?;
        pdf.map(|pdf| (title, pdf)).map_err(|message| Problem::internal(format!("{name} cannot be printed: {message}")))
    }
}

impl Ctx {
    /// A report inside an action, under the rights that it has.
    ///
    /// # Errors
    /// When there is none of this name, or the principal may not run it, and those of the report.
    pub async fn report_of(&mut self, app: &str, name: &str, params: Json) -> Result<Json> {
        let report = self.tenant.report(app, name)?.clone();
        self.run_report(&report, params).await
    }

    async fn run_report(&mut self, report: &Report, params: Json) -> Result<Json> {
        if !self.may_report(report) {
            return Err(Problem::denied(format!("you may not run the report {}", report.name)));
        }
        let body = report.body.as_ref().ok_or_else(|| Problem::internal("the report has no body"))?;
        body(self, None, params).await
    }
}
