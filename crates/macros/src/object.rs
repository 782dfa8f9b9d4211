//! `objects!`: a module with a struct for every object of an app.

use std::collections::HashSet;

use nexus_model::manifest::{self, ManifestError};
use nexus_model::names;
use nexus_model::object::Object;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::field::{Declared, Fields, Passage, StructField};
use crate::source::{Folder, ManifestFile};

pub(crate) fn module(folder: &Folder) -> syn::Result<TokenStream> {
    let mut items = TokenStream::new();
    let mut errors: Vec<ManifestError> = Vec::new();
    let mut types = HashSet::new();
    let files = folder.files()?;
    for file in &files {
        match object(folder, file, &mut types) {
            Ok(expanded) => items.extend(expanded),
            Err(found) => errors.extend(found),
        }
    }
    if let Some(all) = errors.iter().map(|error| folder.error(error)).reduce(|mut all, error| {
        all.combine(error);
        all
    }) {
        return Err(all);
    }
    let about = format!("The objects of {}, as their manifests declare them.", folder.app);
    let texts = files.iter().map(|file| folder.include(&file.path));
    Ok(quote! {
        #[doc = #about]
        pub mod objects {
            #(const _: &str = #texts;)*
            #items
        }
    })
}

fn object(
    folder: &Folder,
    file: &ManifestFile,
    types: &mut HashSet<String>,
) -> Result<TokenStream, Vec<ManifestError>> {
    let whole = |line: usize, entry: &str, message: String| {
        let file = format!("{}/objects/{}.toml", folder.app, file.name);
        vec![ManifestError { file, line, entry: entry.to_owned(), message }]
    };
    if !names::is_name(&file.name) {
        return Err(whole(0, "", "an object's file is named in snake_case".to_owned()));
    }
    let object = manifest::shape_of(&folder.app, &file.name, &file.text)?;
    let raw: toml::Table = toml::from_str(&file.text).map_err(|error| whole(0, "", error.message().to_owned()))?;
    let raw = raw.get("fields");
    let fields = Fields { kernel: &folder.kernel, object: &object };
    let mut members = Vec::new();
    for field in &object.fields {
        if field.system {
            members.extend(fields.system(field));
        } else {
            let declared = Declared(raw.and_then(|fields| fields.get(&field.name)));
            let member = fields.declared(field, declared);
            members.push(member.map_err(|message| whole(field.line, &field.name, message))?);
        }
    }
    let name = names::type_name(object.name.object());
    let enums = members.iter().filter_map(|member| member.choice.as_ref()).map(|choice| choice.name.to_string());
    for ty in std::iter::once(name).chain(enums) {
        if !types.insert(ty.clone()) {
            return Err(whole(0, "", format!("the type {ty} has been declared by another object")));
        }
    }
    Ok(expand(&folder.kernel, &object, &members))
}

fn expand(kernel: &TokenStream, object: &Object, members: &[StructField]) -> TokenStream {
    let this = format_ident!("{}", names::type_name(object.name.object()));
    let full_name = object.name.as_str();
    let about = match &object.about {
        Some(about) => format!("{}: {about}", object.label),
        None => object.label.clone(),
    };
    let idents: Vec<_> = members.iter().map(|member| &member.ident).collect();
    let abouts = members.iter().map(|member| &member.about);
    let types = members.iter().map(|member| &member.ty);
    let defaults = members.iter().map(|member| match &member.default {
        Some(default) => default.clone(),
        None => quote!(::std::default::Default::default()),
    });
    let reads = members.iter().map(|member| {
        let (name, place) = (&member.name, object.position(&member.name).unwrap_or_default());
        match member.passage {
            Passage::Rows => quote!(#kernel::entity::rows(record, #name, #place)),
            _ => quote!(#kernel::entity::read(record, #name, #place)),
        }
    });
    let writes = members.iter().filter_map(|member| {
        let (ident, name) = (&member.ident, &member.name);
        let value = match member.passage {
            Passage::Value => quote!(#kernel::entity::FieldValue::write(self.#ident)),
            Passage::Rows => quote!(#kernel::entity::write_rows(self.#ident, schema)),
            Passage::ReadOnly => return None,
        };
        let place = object.position(name).unwrap_or_default();
        Some(quote!(#kernel::entity::write(&mut record, #name, #place, #value);))
    });
    let enums = members.iter().filter_map(|member| member.choice.as_ref()).map(|choice| choice.expand(kernel));
    let state = state(kernel, object, members);
    let output = object.child_of.is_none().then(|| output(kernel, object));
    quote! {
        #[doc = #about]
        #[derive(Clone, Debug, PartialEq)]
        pub struct #this { #(#[doc = #abouts] pub #idents: #types),* }

        impl ::std::default::Default for #this {
            fn default() -> Self {
                #this { #(#idents: #defaults),* }
            }
        }
        impl #kernel::Entity for #this {
            const OBJECT: &'static str = #full_name;
            fn from_record(record: &#kernel::model::Record) -> Self {
                #this { #(#idents: #reads),* }
            }
            fn into_record(self, schema: &#kernel::model::Schema) -> #kernel::model::Record {
                let mut record = #kernel::entity::blank::<#this>(schema);
                #(#writes)*
                record
            }
            fn id(&self) -> #kernel::Id<Self> {
                self.id
            }
        }
        #output
        #state
        #(#enums)*
    }
}

/// `require_state`, for objects with states.
fn state(kernel: &TokenStream, object: &Object, members: &[StructField]) -> Option<TokenStream> {
    let field = object.state_field()?;
    let member = members.iter().find(|member| member.name == field)?;
    let (ident, choice, label) = (&member.ident, &member.choice.as_ref()?.name, &object.label);
    let this = format_ident!("{}", names::type_name(object.name.object()));
    Some(quote! {
        impl #this {
            /// Refuses, as a conflict, a record in another state than `wanted`.
            pub fn require_state(&self, wanted: #choice) -> #kernel::model::problem::Result<()> {
                if self.#ident == wanted {
                    return ::std::result::Result::Ok(());
                }
                ::std::result::Result::Err(#kernel::entity::state_conflict(#label, #field, self.#ident, wanted))
            }
        }
    })
}

/// As the result of an action, a record is read back as the faces show it.
fn output(kernel: &TokenStream, object: &Object) -> TokenStream {
    let this = format_ident!("{}", names::type_name(object.name.object()));
    quote! {
        impl #kernel::operation::Output for #this {
            fn schema() -> ::std::option::Option<#kernel::serde_json::Value> {
                #kernel::operation::entity_schema(<#this as #kernel::Entity>::OBJECT)
            }
            fn into_answer<'a>(self, ctx: &'a mut #kernel::Ctx)
                -> #kernel::BoxFuture<'a, #kernel::model::problem::Result<#kernel::operation::Answer>>
            {
                #kernel::operation::entity_output(ctx, self.id)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    //! What a manifest cannot say is a compile error that names file, line and field.

    use super::*;

    fn errors(name: &str, text: &str) -> Vec<String> {
        let folder: Folder = syn::parse_quote!("objects", app = "crm");
        let file = ManifestFile { name: name.to_owned(), text: text.to_owned(), path: "lead.toml".into() };
        let found = object(&folder, &file, &mut HashSet::from(["LeadSource".to_owned()])).err().unwrap_or_default();
        found.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn an_unknown_type_is_reported_with_its_line() {
        let text = "label = \"Lead\"\n[fields]\nname = { type = \"text\" }\nbudget = { type = \"monney\" }\n";
        let message = "crm/objects/lead.toml:4: budget: there is no field type `monney`; did you mean `money`?";
        assert_eq!(errors("lead", text), [message]);
    }

    #[test]
    fn an_unknown_attribute_is_reported_with_its_line() {
        let text = "label = \"Lead\"\n[fields]\nname = { type = \"text\", requierd = true }\n";
        let [error] = &errors("lead", text)[..] else { panic!("one error") };
        assert!(error.starts_with("crm/objects/lead.toml:3: unknown field `requierd`"), "{error}");
    }

    #[test]
    fn a_file_is_named_as_its_object() {
        assert_eq!(errors("Lead", ""), ["crm/objects/Lead.toml:0: an object's file is named in snake_case"]);
    }

    #[test]
    fn two_objects_cannot_declare_one_type() {
        let text = "label = \"Lead\"\n[fields]\nsource = { type = \"choice\", of = [\"web\"] }\n";
        let taken = "crm/objects/lead.toml:0: the type LeadSource has been declared by another object";
        assert_eq!(errors("lead", text), [taken]);
    }
}
