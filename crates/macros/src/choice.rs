//! The enum of a choice field or of an object's states.

use std::collections::HashMap;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

/// An enum to be written.
pub(crate) struct ChoiceEnum {
    pub(crate) name: Ident,
    about: String,
    options: Vec<ChoiceOption>,
    initial: usize,
}

struct ChoiceOption {
    variant: Ident,
    value: String,
    label: String,
}

impl ChoiceEnum {
    /// An enum over `(value, label)`; `initial` is the default, the first when it is not among them.
    ///
    /// # Errors
    /// When two values, or a value that is no word at all, give no two different variants.
    pub(crate) fn new(
        name: &str,
        about: String,
        options: impl Iterator<Item = (String, String)>,
        initial: Option<&str>,
    ) -> Result<ChoiceEnum, String> {
        let mut taken: HashMap<String, String> = HashMap::new();
        let mut list = Vec::new();
        for (value, label) in options {
            let variant = variant_name(&value);
            if syn::parse_str::<Ident>(&variant).is_err() {
                return Err(format!("`{value}` has no letter or digit, so it gives no name in {name}"));
            }
            if let Some(twin) = taken.insert(variant.clone(), value.clone()) {
                return Err(format!("`{twin}` and `{value}` both give {name}::{variant}"));
            }
            list.push(ChoiceOption { variant: Ident::new(&variant, Span::call_site()), value, label });
        }
        if list.is_empty() {
            return Err(format!("{name} would have no value"));
        }
        let initial = initial.and_then(|value| list.iter().position(|option| option.value == value)).unwrap_or(0);
        Ok(ChoiceEnum { name: format_ident!("{name}"), about, options: list, initial })
    }

    /// The path of the variant for a value.
    pub(crate) fn variant(&self, value: &str) -> Option<TokenStream> {
        let (name, option) = (&self.name, self.options.iter().find(|option| option.value == value)?);
        let variant = &option.variant;
        Some(quote!(#name::#variant))
    }

    pub(crate) fn expand(&self, kernel: &TokenStream) -> TokenStream {
        let (name, about) = (&self.name, &self.about);
        let text = name.to_string();
        let variants: Vec<_> = self.options.iter().map(|option| &option.variant).collect();
        let values: Vec<_> = self.options.iter().map(|option| &option.value).collect();
        let labels: Vec<_> = self.options.iter().map(|option| &option.label).collect();
        let defaults = (0..variants.len()).map(|at| (at == self.initial).then(|| quote!(#[default])));
        quote! {
            #[doc = #about]
            #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub enum #name { #(#[doc = #labels] #defaults #variants),* }

            impl #name {
                /// The value as the manifest declares it.
                pub const fn as_str(self) -> &'static str {
                    match self { #(#name::#variants => #values),* }
                }
                /// What people read.
                pub const fn label(self) -> &'static str {
                    match self { #(#name::#variants => #labels),* }
                }
            }
            impl #kernel::entity::Choice for #name {
                const OPTIONS: &'static [(Self, &'static str, &'static str)] =
                    &[#((#name::#variants, #values, #labels)),*];
            }
            impl ::std::str::FromStr for #name {
                type Err = ::std::string::String;
                fn from_str(value: &str) -> ::std::result::Result<Self, ::std::string::String> {
                    #kernel::entity::choice(value)
                }
            }
            impl ::std::fmt::Display for #name {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    f.pad(self.as_str())
                }
            }
            impl ::std::convert::From<#name> for #kernel::model::Value {
                fn from(value: #name) -> Self {
                    #kernel::model::Value::Text(value.as_str().to_owned())
                }
            }
            impl #kernel::serde::Serialize for #name {
                fn serialize<S: #kernel::serde::Serializer>(&self, serializer: S)
                    -> ::std::result::Result<S::Ok, S::Error>
                {
                    serializer.serialize_str(self.as_str())
                }
            }
            impl<'de> #kernel::serde::Deserialize<'de> for #name {
                fn deserialize<D: #kernel::serde::Deserializer<'de>>(deserializer: D)
                    -> ::std::result::Result<Self, D::Error>
                {
                    let value = <::std::string::String as #kernel::serde::Deserialize>::deserialize(deserializer)?;
                    #kernel::entity::choice(&value).map_err(#kernel::serde::de::Error::custom)
                }
            }
            impl #kernel::schemars::JsonSchema for #name {
                fn inline_schema() -> bool {
                    true
                }
                fn schema_name() -> ::std::borrow::Cow<'static, str> {
                    ::std::borrow::Cow::Borrowed(#text)
                }
                fn json_schema(_: &mut #kernel::schemars::SchemaGenerator) -> #kernel::schemars::Schema {
                    #kernel::entity::choice_schema::<Self>()
                }
            }
        }
    }
}

/// `in_progress` → `InProgress`, `DE` → `DE`, `30 days` → `N30Days`.
fn variant_name(value: &str) -> String {
    let mut name = String::new();
    for word in value.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let mut chars = word.chars();
        name.extend(chars.next().into_iter().flat_map(char::to_uppercase));
        name.push_str(chars.as_str());
    }
    match name.as_str() {
        "Self" => "Self_".to_owned(),
        digits if digits.starts_with(|c: char| c.is_numeric()) => format!("N{name}"),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    //! Values become variants that no two values share.

    use super::*;

    #[test]
    fn any_value_with_a_letter_or_digit_has_a_variant() {
        for (value, variant) in [("in_progress", "InProgress"), ("DE", "DE"), ("30_days", "N30Days"), ("self", "Self_")]
        {
            assert_eq!(variant_name(value), variant);
        }
    }

    #[test]
    fn two_values_with_one_variant_are_refused() {
        let options = [("net_30", ""), ("net-30", "")].map(|(value, label)| (value.to_owned(), label.to_owned()));
        let error = ChoiceEnum::new("Terms", String::new(), options.into_iter(), None).err();
        assert_eq!(error.as_deref(), Some("`net_30` and `net-30` both give Terms::Net30"));
    }
}
