//! The Rust type of a field, and what it holds in `Default`.

use nexus_model::object::{Object, system};
use nexus_model::{Decimal, Field, FieldType, ObjectName};
use nexus_model::{field::When, names};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use crate::choice::ChoiceEnum;

/// How a field's value goes to and from a record.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Passage {
    Value,
    /// Child rows.
    Rows,
    /// Worked out when read, so never written; or the engine's own.
    ReadOnly,
}

/// One field of the struct.
pub(crate) struct StructField {
    pub(crate) ident: Ident,
    /// The field's name in the record.
    pub(crate) name: String,
    pub(crate) about: String,
    pub(crate) ty: TokenStream,
    /// The value in `Default`, when it is not the type's own.
    pub(crate) default: Option<TokenStream>,
    pub(crate) passage: Passage,
    /// The enum that belongs to it.
    pub(crate) choice: Option<ChoiceEnum>,
}

/// What stands in the manifest about a field and is no part of its shape.
#[derive(Clone, Copy)]
pub(crate) struct Declared<'a>(pub(crate) Option<&'a toml::Value>);

impl<'a> Declared<'a> {
    fn get(self, attribute: &str) -> Option<&'a toml::Value> {
        self.0.and_then(|field| field.get(attribute))
    }
}

/// What the fields of one object share.
pub(crate) struct Fields<'a> {
    pub(crate) kernel: &'a TokenStream,
    pub(crate) object: &'a Object,
}

impl Fields<'_> {
    /// `None` for what no entity shows: when the record was deleted.
    pub(crate) fn system(&self, field: &Field) -> Option<StructField> {
        let this = format_ident!("{}", names::type_name(self.object.name.object()));
        let kernel = self.kernel;
        let mut passage = Passage::Value;
        let ty = match field.name.as_str() {
            system::ID => quote!(#kernel::Id<#this>),
            system::VERSION | system::POSITION => quote!(i64),
            system::COMPANY | system::PARENT => self.id(field.target()?),
            system::CREATED_BY => {
                passage = Passage::ReadOnly;
                option(&self.id(field.target()?))
            }
            system::CREATED_AT | system::UPDATED_AT => {
                passage = Passage::ReadOnly;
                option(&quote!(#kernel::model::Timestamp))
            }
            _ => return None,
        };
        Some(StructField {
            ident: ident(&field.name),
            name: field.name.clone(),
            about: field.label.clone(),
            ty,
            default: None,
            passage,
            choice: None,
        })
    }

    /// A field of the manifest.
    ///
    /// # Errors
    /// When its values give no enum.
    pub(crate) fn declared(&self, field: &Field, declared: Declared<'_>) -> Result<StructField, String> {
        let states = self.object.states.as_ref().filter(|states| states.field == field.name);
        let choice = match (states, &field.kind) {
            (Some(states), _) => {
                let options = states.list.iter().map(|state| (state.value.clone(), state.label.clone()));
                Some(self.choice(field, options, Some(&states.initial))?)
            }
            (None, FieldType::Choice(of) | FieldType::Choices(of)) => {
                let options = of.iter().map(|choice| (choice.value.clone(), choice.label.clone()));
                Some(self.choice(field, options, None)?)
            }
            _ => None,
        };
        let always = matches!(field.required, When::Always) || states.is_some();
        let (ty, plain) = self.ty(field, choice.as_ref(), always);
        let literal = if plain && states.is_none() { declared.get("default") } else { None };
        let is_virtual = field.is_virtual() || (declared.get("computed").is_some() && !field.stored);
        Ok(StructField {
            ident: ident(&field.name),
            name: field.name.clone(),
            about: about(field),
            ty,
            default: literal.and_then(|literal| self.default(field, choice.as_ref(), literal)),
            passage: match field.kind {
                _ if is_virtual => Passage::ReadOnly,
                FieldType::Table(_) => Passage::Rows,
                _ => Passage::Value,
            },
            choice,
        })
    }

    fn choice(
        &self,
        field: &Field,
        options: impl Iterator<Item = (String, String)>,
        initial: Option<&str>,
    ) -> Result<ChoiceEnum, String> {
        let object = &self.object;
        let name = names::type_name(object.name.object()) + &names::type_name(&field.name);
        ChoiceEnum::new(&name, format!("{} of {}", field.label, object.label), options, initial)
    }

    /// The type, and whether it has no place for "nothing given".
    fn ty(&self, field: &Field, choice: Option<&ChoiceEnum>, required: bool) -> (TokenStream, bool) {
        let kernel = self.kernel;
        let optional = |ty: TokenStream| if required { (ty, true) } else { (option(&ty), false) };
        if let Some(choice) = choice {
            let name = &choice.name;
            return match field.kind {
                FieldType::Choices(_) => (quote!(::std::vec::Vec<#name>), false),
                _ => optional(quote!(#name)),
            };
        }
        match &field.kind {
            FieldType::Text
            | FieldType::LongText
            | FieldType::RichText
            | FieldType::Markdown
            | FieldType::Code
            | FieldType::Colour
            | FieldType::Barcode
            | FieldType::Phone
            | FieldType::Email
            | FieldType::Url
            | FieldType::PersonName
            | FieldType::Choice(_) => optional(quote!(::std::string::String)),
            FieldType::Sequence(_) | FieldType::Secret => (option(&quote!(::std::string::String)), false),
            FieldType::Integer | FieldType::Duration | FieldType::Rating => optional(quote!(i64)),
            FieldType::Decimal | FieldType::Quantity | FieldType::Rate | FieldType::Percent => {
                optional(quote!(#kernel::model::Decimal))
            }
            FieldType::Boolean => (quote!(bool), true),
            FieldType::Link(to) => optional(self.id(to)),
            FieldType::Money => (option(&quote!(#kernel::model::Money)), false),
            FieldType::Date => (option(&quote!(#kernel::model::Date)), false),
            FieldType::DateTime => (option(&quote!(#kernel::model::Timestamp)), false),
            FieldType::File | FieldType::Image | FieldType::Signature | FieldType::Id => {
                (option(&quote!(#kernel::model::Uuid)), false)
            }
            FieldType::DynamicLink(_) => (option(&quote!(#kernel::entity::Leads)), false),
            FieldType::Geo => (option(&quote!(#kernel::model::value::Geo)), false),
            FieldType::Address => (option(&quote!(#kernel::model::value::Address)), false),
            FieldType::Json => (option(&quote!(#kernel::serde_json::Value)), false),
            FieldType::Tags | FieldType::Choices(_) => (quote!(::std::vec::Vec<::std::string::String>), false),
            FieldType::Links(to) => {
                let id = self.id(to);
                (quote!(::std::vec::Vec<#id>), false)
            }
            FieldType::Table(of) => {
                let row = self.entity(of);
                (quote!(::std::vec::Vec<#row>), false)
            }
        }
    }

    fn id(&self, to: &ObjectName) -> TokenStream {
        let (kernel, entity) = (self.kernel, self.entity(to));
        quote!(#kernel::Id<#entity>)
    }

    /// The struct of an object of this or another app.
    fn entity(&self, name: &ObjectName) -> TokenStream {
        let (kernel, ty) = (self.kernel, format_ident!("{}", names::type_name(name.object())));
        if name.app() == self.object.name.app() {
            quote!(#ty)
        } else if name.app() == "core" {
            quote!(#kernel::core::#ty)
        } else {
            let app = ident(name.app());
            quote!(::#app::objects::#ty)
        }
    }

    /// A literal of the manifest as the field's type; the schema's check reports what does not fit.
    fn default(&self, field: &Field, choice: Option<&ChoiceEnum>, literal: &toml::Value) -> Option<TokenStream> {
        let kernel = self.kernel;
        match (&field.kind, literal) {
            (_, toml::Value::String(value)) if choice.is_some() => choice?.variant(value),
            (FieldType::Boolean, toml::Value::Boolean(flag)) => Some(quote!(#flag)),
            (kind, toml::Value::Integer(number)) if kind.is_integer() => Some(quote!(#number)),
            (kind, toml::Value::String(text)) if kind.is_text() => Some(quote!(#text.to_owned())),
            (kind, toml::Value::String(_) | toml::Value::Integer(_)) if kind.scale().is_some() => {
                let decimal: Decimal =
                    literal.as_str().map_or_else(|| literal.to_string(), str::to_owned).parse().ok()?;
                let (mantissa, scale) = (decimal.mantissa(), decimal.scale());
                Some(quote!(#kernel::model::Decimal::from_i128_with_scale(#mantissa, #scale)))
            }
            _ => None,
        }
    }
}

fn option(ty: &TokenStream) -> TokenStream {
    quote!(::std::option::Option<#ty>)
}

fn about(field: &Field) -> String {
    match &field.help {
        Some(help) => format!("{}: {help}", field.label),
        None => field.label.clone(),
    }
}

/// The name as an identifier, raw where it is a keyword.
fn ident(name: &str) -> Ident {
    match name {
        "self" | "super" | "crate" => format_ident!("{name}_"),
        _ if syn::parse_str::<Ident>(name).is_err() => Ident::new_raw(name, Span::call_site()),
        _ => Ident::new(name, Span::call_site()),
    }
}
