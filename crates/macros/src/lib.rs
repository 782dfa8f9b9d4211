//! Code from declarations: typed records from manifests, and operations from functions.
//!
//! The expansions name only these items of the kernel (`::nexus_kernel`, or what `crate_path` says); a
//! complete small version of them stands in `tests/expand/`.
//!
//! ```ignore
//! pub use {nexus_model as model, schemars, serde, serde_json};      // `model::{Record, Schema, Value, …}`
//! pub use {entity::{Entity, Id}, futures::future::BoxFuture};
//!
//! // entity
//! pub trait Entity: Sized + Send + Sync + 'static {
//!     const OBJECT: &'static str;                                   // "crm.lead"
//!     fn from_record(record: &Record) -> Self;
//!     fn into_record(self, schema: &Schema) -> Record;              // child rows included
//!     fn id(&self) -> Id<Self>;
//! }
//! pub trait FieldValue: Sized { fn read(value: &Value) -> Option<Self>; fn write(self) -> Value; }
//!     // for bool, i64, Decimal, Money, String, Date, Timestamp, Uuid, Address, serde_json::Value, Id<T>,
//!     // every Choice, Option<T> and Vec<T>; a nil id and an empty text are written as Null
//! pub trait Choice: Copy + Eq + Send + Sync + 'static {
//!     const OPTIONS: &'static [(Self, &'static str, &'static str)]; // variant, value, label
//! }
//! pub fn read<T: FieldValue + Default>(record: &Record, field: &str) -> T;
//! pub fn rows<T: Entity>(record: &Record, field: &str) -> Vec<T>;
//! pub fn write_rows<T: Entity>(rows: Vec<T>, schema: &Schema) -> Value;
//! pub fn blank<T: Entity>(schema: &Schema) -> Record;               // no values yet
//! pub fn choice<T: Choice>(value: &str) -> Result<T, String>;       // the error names the allowed values
//! pub fn choice_schema<T: Choice>() -> schemars::Schema;
//! pub fn state_conflict<T: Choice>(object_label: &str, field: &str, is: T, wanted: T) -> Problem;
//!
//! // operation
//! pub trait Operation: Copy + Send + Sync + 'static {
//!     fn spec(&self) -> OperationSpec;
//!     fn run<'a>(&'a self, ctx: &'a mut Ctx, record: Option<Uuid>, input: Json) -> BoxFuture<'a, Result<Answer>>;
//! }
//! pub trait Output: Sized + Send + 'static {                        // for every Serialize, and every entity
//!     fn schema() -> Option<Json>;
//!     fn into_answer<'a>(self, ctx: &'a mut Ctx) -> BoxFuture<'a, Result<Answer>>;
//! }
//! pub struct NoInput {}                                             // Deserialize, JsonSchema
//! pub fn record<T: Entity>(record: Option<Uuid>) -> Result<Id<T>>;
//! pub fn input<T: DeserializeOwned>(input: Json) -> Result<T>;      // unknown fields are refused
//! pub fn schema<T: JsonSchema>() -> Json;
//! pub async fn output<T: Output>(ctx: &mut Ctx, value: T) -> Result<Answer>;
//! pub fn entity_schema(object: &'static str) -> Option<Json>;
//! pub fn entity_output<'a, T: Entity>(ctx: &'a mut Ctx, id: Id<T>) -> BoxFuture<'a, Result<Answer>>;
//! // and OperationSpec, Effect, Answer
//! ```

mod action;
mod choice;
mod field;
mod manifest;
mod object;
mod source;
mod test;

use proc_macro::TokenStream;

/// `pub mod objects` with a struct for every manifest in a folder, its enums and its [`Entity`] impl.
///
/// `objects!("objects")` reads `objects/*.toml` beside `Cargo.toml`; the app is named after the crate's
/// folder. `objects!("objects", app = "core", crate_path = crate)` says otherwise.
///
/// A changed manifest is noticed by cargo. An added or removed one is noticed when the crate is next built
/// for another reason, or at once with `cargo:rerun-if-changed=objects` in a build script.
#[proc_macro]
pub fn objects(input: TokenStream) -> TokenStream {
    expand(syn::parse(input).and_then(|folder: source::Folder| object::module(&folder)))
}

/// The app's manifests as an `AppSource`, embedded: `app.toml` beside the folder and `objects/*.toml`.
///
/// `manifest!()` is `manifest!("objects")`; the arguments are those of [`objects!`].
#[proc_macro]
pub fn manifest(input: TokenStream) -> TokenStream {
    expand(syn::parse(input).and_then(|folder: source::Folder| manifest::app_source(&folder)))
}

/// An async function becomes an operation: a unit value of the same name that implements `Operation`.
///
/// `#[action(object = "lead", name = "convert", effect = "reversible", when = "…", label = "…",
/// inverse = "app.action", elevated)]`; only `effect` is required. The function takes `&mut Ctx`, then an
/// `Id<T>` if it works on a record, then its input if it has one, and returns `Result<T>`.
#[proc_macro_attribute]
pub fn action(arguments: TokenStream, function: TokenStream) -> TokenStream {
    expand(syn::parse(arguments).and_then(|arguments: action::Arguments| {
        syn::parse(function).and_then(|function: syn::ItemFn| action::operation(&arguments, function))
    }))
}

/// A test with a fresh tenant of the apps that `apps()` beside it names; see `nexus_testkit`.
#[proc_macro_attribute]
pub fn tenant_test(_: TokenStream, function: TokenStream) -> TokenStream {
    expand(syn::parse(function).and_then(test::tenant_test))
}

/// A test `fn a_sentence(on: On)` that runs on each database.
#[proc_macro_attribute]
pub fn database_test(_: TokenStream, function: TokenStream) -> TokenStream {
    expand(syn::parse(function).and_then(test::database_test))
}

fn expand(expanded: syn::Result<proc_macro2::TokenStream>) -> TokenStream {
    expanded.unwrap_or_else(syn::Error::into_compile_error).into()
}
