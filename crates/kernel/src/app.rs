//! An app: its manifests, and what they cannot say.

use std::collections::HashMap;
use std::sync::Arc;

use nexus_model::field::Choice;
use nexus_model::object::ChartKind;
use nexus_model::schema::AppSource;
use nexus_model::{ObjectName, Record, Tile, Uuid};
use nexus_store::Event;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use crate::carry::Subscriber;
use crate::ctx::Ctx;
use crate::entity::{Entity, Id};
use crate::jobs::{Handler, JobCtx, Timetable};
use crate::operation::{self, Body, Operation, OperationSpec};
use crate::{BoxFuture, Result};

/// Runs before a record is validated, on every create and update from any face.
pub type BeforeSave = Arc<dyn for<'a> Fn(&'a mut Ctx, Record) -> BoxFuture<'a, Result<Record>> + Send + Sync>;
/// Refuses a form of a record that was stored before and is about to be again.
pub type BeforeRestore = Arc<dyn for<'a> Fn(&'a mut Ctx, Record) -> BoxFuture<'a, Result<()>> + Send + Sync>;
/// Runs after a record was written, with its old form, if it had one, and the new.
pub type AfterSave =
    Arc<dyn for<'a> Fn(&'a mut Ctx, Option<Record>, Record) -> BoxFuture<'a, Result<()>> + Send + Sync>;
/// A check of the app's own books; each text is a finding.
pub type Verify = Arc<dyn for<'a> Fn(&'a mut Ctx) -> BoxFuture<'a, Result<Vec<String>>> + Send + Sync>;
/// Sets a new company up.
pub type CompanyHook = Arc<dyn for<'a> Fn(&'a mut Ctx, Uuid) -> BoxFuture<'a, Result<()>> + Send + Sync>;

/// A declared action with its body.
#[derive(Clone)]
pub struct Declared {
    pub spec: OperationSpec,
    pub body: Body,
}

/// A report: rows of figures that one object's list cannot give.
#[derive(Clone)]
pub struct Report {
    pub name: String,
    pub label: String,
    pub about: String,
    pub columns: Vec<Column>,
    pub chart: Option<Chart>,
    /// The object whose `read` right the report needs.
    pub reads: Option<String>,
    /// Fields, with their objects, that whoever runs the report must see.
    pub sees: Vec<(ObjectName, String)>,
    pub params: Json,
    /// Of a dashboard what it is made of; it is for whoever may ask one of these questions.
    pub tiles: Vec<Tile>,
    pub body: Option<Body<Json>>,
}

/// A column of a report.
#[derive(Clone)]
pub struct Column {
    pub key: String,
    pub label: String,
    /// A type of fields.
    pub kind: &'static str,
    /// The object that links lead to.
    pub to: Option<String>,
    /// What a choice may be.
    pub of: Vec<Choice>,
}

/// How a report is drawn: which columns stand for what.
#[derive(Clone)]
pub struct Chart {
    pub kind: ChartKind,
    pub x: String,
    pub y: String,
    /// The column by which rows of one x are told apart.
    pub series: Option<String>,
}

impl Report {
    pub fn new(name: &str, label: &str) -> Report {
        Report {
            name: name.to_owned(),
            label: label.to_owned(),
            about: String::new(),
            columns: Vec::new(),
            chart: None,
            reads: None,
            sees: Vec::new(),
            params: Json::Null,
            tiles: Vec::new(),
            body: None,
        }
    }

    pub fn about(mut self, about: &str) -> Report {
        self.about = about.to_owned();
        self
    }

    pub fn column(mut self, key: &str, label: &str, kind: &'static str) -> Report {
        self.columns.push(Column { key: key.to_owned(), label: label.to_owned(), kind, to: None, of: Vec::new() });
        self
    }

    pub fn chart(mut self, kind: ChartKind, x: &str, y: &str) -> Report {
        self.chart = Some(Chart { kind, x: x.to_owned(), y: y.to_owned(), series: None });
        self
    }

    /// Who may read records of `T` may run the report; the report still sees only their rows.
    pub fn reads<T: Entity>(mut self) -> Report {
        self.reads = Some(T::OBJECT.to_owned());
        self
    }
}

/// A document made from one record.
#[derive(Clone)]
pub struct Print {
    pub object: &'static str,
    pub name: &'static str,
    pub label: &'static str,
    /// Typst source.
    pub template: &'static str,
    /// Gathers the data of the template.
    pub data: Body<Json>,
}

/// Renders a template with its data; the binary wires one in, so that the engine stays a leaf.
pub type Printer = Arc<dyn Fn(&str, &str, &Json) -> std::result::Result<Vec<u8>, String> + Send + Sync>;

/// Everything one app brings.
#[derive(Clone)]
pub struct App {
    pub source: AppSource,
    pub(crate) actions: Vec<Declared>,
    pub(crate) before_save: HashMap<&'static str, Vec<BeforeSave>>,
    pub(crate) before_restore: HashMap<&'static str, Vec<BeforeRestore>>,
    pub(crate) after_save: HashMap<&'static str, Vec<AfterSave>>,
    pub(crate) reports: Vec<Report>,
    pub(crate) prints: Vec<Print>,
    pub(crate) verify: Vec<Verify>,
    pub(crate) company_hooks: Vec<CompanyHook>,
    pub(crate) subscribers: Vec<(&'static str, Subscriber)>,
    pub(crate) jobs: Vec<(&'static str, Handler)>,
    pub(crate) schedules: Vec<Timetable>,
    pub(crate) demos: Vec<crate::demo::Demo>,
}

impl App {
    pub fn new(source: AppSource) -> App {
        App {
            source,
            actions: Vec::new(),
            before_save: HashMap::new(),
            before_restore: HashMap::new(),
            after_save: HashMap::new(),
            reports: Vec::new(),
            prints: Vec::new(),
            verify: Vec::new(),
            company_hooks: Vec::new(),
            subscribers: Vec::new(),
            jobs: Vec::new(),
            schedules: Vec::new(),
            demos: Vec::new(),
        }
    }

    pub fn action<O: Operation>(mut self, operation: O) -> App {
        let body: Body = Arc::new(move |ctx, record, input| {
            // The unit struct is copied into the future, which then borrows nothing but the context.
            Box::pin(async move { operation.run(ctx, record, input).await })
        });
        self.actions.push(Declared { spec: operation.spec(), body });
        self
    }

    /// Completes or refuses a record on every write, before it is validated.
    pub fn before_save<T: Entity>(
        mut self,
        hook: impl for<'a> Fn(&'a mut Ctx, &'a mut T) -> BoxFuture<'a, Result<()>> + Send + Sync + 'static,
    ) -> App {
        let hook = Arc::new(hook);
        self.before_save.entry(T::OBJECT).or_default().push(Arc::new(move |ctx, record| {
            let hook = Arc::clone(&hook);
            Box::pin(async move {
                let mut entity = T::from_record(&record);
                hook(ctx, &mut entity).await?;
                let schema = Arc::clone(ctx.schema());
                Ok(crate::entity::overlay(record, entity, &schema))
            })
        }));
        self
    }

    /// The same for records in `state` alone, such as drafts.
    pub fn before_save_in<T: Entity>(
        mut self,
        state: &'static str,
        hook: impl for<'a> Fn(&'a mut Ctx, &'a mut T) -> BoxFuture<'a, Result<()>> + Send + Sync + 'static,
    ) -> App {
        self = self.before_save(hook);
        let hooks = self.before_save.entry(T::OBJECT).or_default();
        if let Some(always) = hooks.pop() {
            hooks.push(Arc::new(move |ctx, record| {
                let field = record.object().state_field();
                if field.is_some_and(|field| record.as_shipped().text(field) == state) {
                    always(ctx, record)
                } else {
                    Box::pin(std::future::ready(Ok(record)))
                }
            }));
        }
        self
    }

    /// Refuses a record that comes back from the bin, or values that an undo brings back, where what they stood on may be
    /// gone since.
    pub fn before_restore<T: Entity>(
        mut self,
        hook: impl for<'a> Fn(&'a mut Ctx, &'a T) -> BoxFuture<'a, Result<()>> + Send + Sync + 'static,
    ) -> App {
        let hook = Arc::new(hook);
        self.before_restore.entry(T::OBJECT).or_default().push(Arc::new(move |ctx, record| {
            let hook = Arc::clone(&hook);
            Box::pin(async move { hook(ctx, &T::from_record(&record)).await })
        }));
        self
    }

    /// Follows up on every write, in the same transaction.
    pub fn after_save<T: Entity>(
        mut self,
        hook: impl for<'a> Fn(&'a mut Ctx, Option<T>, T) -> BoxFuture<'a, Result<()>> + Send + Sync + 'static,
    ) -> App {
        let hook = Arc::new(hook);
        self.after_save.entry(T::OBJECT).or_default().push(Arc::new(move |ctx, old, new| {
            let hook = Arc::clone(&hook);
            Box::pin(async move { hook(ctx, old.as_ref().map(T::from_record), T::from_record(&new)).await })
        }));
        self
    }

    pub fn report<P: DeserializeOwned + JsonSchema + Send + 'static>(
        mut self,
        report: Report,
        run: impl for<'a> Fn(&'a mut Ctx, P) -> BoxFuture<'a, Result<Json>> + Send + Sync + 'static,
    ) -> App {
        let run = Arc::new(run);
        let body: Body<Json> = Arc::new(move |ctx, _, input| {
            let run = Arc::clone(&run);
            Box::pin(async move {
                let params = operation::input::<P>(input)?;
                run(ctx, params).await
            })
        });
        self.reports.push(Report { params: operation::schema::<P>(), body: Some(body), ..report });
        self
    }

    pub fn print<T: Entity>(
        mut self,
        name: &'static str,
        label: &'static str,
        template: &'static str,
        data: impl for<'a> Fn(&'a mut Ctx, Id<T>) -> BoxFuture<'a, Result<Json>> + Send + Sync + 'static,
    ) -> App {
        let data = Arc::new(data);
        let body: Body<Json> = Arc::new(move |ctx, record, _| {
            let data = Arc::clone(&data);
            Box::pin(async move {
                let id = operation::record::<T>(record)?;
                data(ctx, id).await
            })
        });
        self.prints.push(Print { object: T::OBJECT, name, label, template, data: body });
        self
    }

    /// A check that `nexus verify` runs for each tenant.
    pub fn verify(
        mut self,
        check: impl for<'a> Fn(&'a mut Ctx) -> BoxFuture<'a, Result<Vec<String>>> + Send + Sync + 'static,
    ) -> App {
        self.verify.push(Arc::new(check));
        self
    }

    /// Follows every event of a tenant, oldest first, soon after its commit and in a transaction of its own, which also
    /// keeps how far the subscriber has come: each event is dealt with once. One that fails holds back those after it
    /// until it succeeds. A subscriber is told of its own changes too, and must not answer them with more.
    pub fn subscriber(
        mut self,
        name: &'static str,
        follow: impl for<'a> Fn(&'a mut Ctx, &'a [Event]) -> BoxFuture<'a, Result<()>> + Send + Sync + 'static,
    ) -> App {
        self.subscribers.push((name, Arc::new(follow)));
        self
    }

    /// Work that takes long or reaches outside, which a job does beside all transactions and at least once: a process may
    /// die on its last step, and another begins anew. [`JobCtx::key`] tells the outside that it is the same work. Asked
    /// for with [`Ctx::enqueue`] under the app's name and its own, such as `mail.deliver`.
    pub fn job<P: DeserializeOwned>(
        mut self,
        name: &'static str,
        work: impl Fn(JobCtx, P) -> BoxFuture<'static, Result<()>> + Send + Sync + 'static,
    ) -> App {
        self.jobs.push((
            name,
            Arc::new(move |job, input| match operation::input::<P>(input) {
                Ok(params) => work(job, params),
                Err(problem) => Box::pin(std::future::ready(Err(problem))),
            }),
        ));
        self
    }

    /// An action or a job of the app that is run again and again in every tenant. It is a record there, which an
    /// administrator may change or switch off.
    pub fn schedule(mut self, timetable: Timetable) -> App {
        self.schedules.push(timetable);
        self
    }

    /// Gives a new company what it needs to begin, such as its chart of accounts.
    pub fn on_company_created(
        mut self,
        hook: impl for<'a> Fn(&'a mut Ctx, Id<crate::core::Company>) -> BoxFuture<'a, Result<()>> + Send + Sync + 'static,
    ) -> App {
        let hook = Arc::new(hook);
        self.company_hooks.push(Arc::new(move |ctx, company| {
            let hook = Arc::clone(&hook);
            Box::pin(async move { hook(ctx, Id::new(company)).await })
        }));
        self
    }
}
