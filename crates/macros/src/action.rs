//! `#[action]`: an async function becomes an operation.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned as _;
use syn::{
    Attribute, Expr, ExprLit, FnArg, GenericArgument, Ident, ItemFn, Lit, LitStr, Meta, PathArguments, ReturnType,
    Token, Type,
};

/// What an operation does to the world, by the name in the attribute.
const EFFECTS: [(&str, &str); 6] = [
    ("read", "Read"),
    ("reversible", "Reversible"),
    ("compensatable", "Compensatable"),
    ("irreversible", "Irreversible"),
    ("external", "External"),
    ("money", "Money"),
];

/// Verbs that every object has.
const OWN_VERBS: [&str; 5] = ["create", "read", "update", "delete", "export"];

/// What stands in the attribute.
pub(crate) struct Arguments {
    object: Option<LitStr>,
    name: Option<LitStr>,
    effect: Ident,
    when: Option<LitStr>,
    label: Option<LitStr>,
    inverse: Option<LitStr>,
    elevated: bool,
}

impl Parse for Arguments {
    fn parse(input: ParseStream<'_>) -> syn::Result<Arguments> {
        let (mut object, mut name, mut effect, mut when, mut label, mut inverse) = (None, None, None, None, None, None);
        let mut elevated = false;
        for meta in Punctuated::<Meta, Token![,]>::parse_terminated(input)? {
            let key = meta.path().get_ident().map(ToString::to_string).unwrap_or_default();
            let slot = match key.as_str() {
                "elevated" if matches!(meta, Meta::Path(_)) => {
                    elevated = true;
                    continue;
                }
                "object" => &mut object,
                "name" => &mut name,
                "effect" => &mut effect,
                "when" => &mut when,
                "label" => &mut label,
                "inverse" => &mut inverse,
                _ => {
                    let known = "expected object, name, effect, when, label or inverse with a text, or elevated";
                    return Err(syn::Error::new_spanned(meta, known));
                }
            };
            if slot.replace(text(&meta)?).is_some() {
                return Err(syn::Error::new_spanned(meta, format!("`{key}` is given twice")));
            }
        }
        let Some(effect) = effect else {
            return Err(syn::Error::new(
                input.span(),
                format!("an action says its effect: effect = one of {}", effects()),
            ));
        };
        if let Some(inverse) = inverse.as_ref().filter(|inverse| !inverse.value().contains('.')) {
            return Err(syn::Error::new(
                inverse.span(),
                "the inverse is an action's full name, such as crm.reopen_lead",
            ));
        }
        if let Some(name) = name.as_ref().filter(|name| OWN_VERBS.contains(&name.value().as_str())) {
            let message = format!("every object has its own `{}`; name the action otherwise", name.value());
            return Err(syn::Error::new(name.span(), message));
        }
        for name in [&object, &name].into_iter().flatten() {
            if !nexus_model::names::is_name(&name.value()) {
                return Err(syn::Error::new(name.span(), "this is named in snake_case, at most 48 characters"));
            }
        }
        Ok(Arguments { object, name, effect: known_effect(&effect)?, when, label, inverse, elevated })
    }
}

fn effects() -> String {
    EFFECTS.map(|(name, _)| name).join(", ")
}

fn known_effect(given: &LitStr) -> syn::Result<Ident> {
    match EFFECTS.iter().find(|(name, _)| *name == given.value()) {
        Some((_, variant)) => Ok(format_ident!("{variant}")),
        None => {
            let message = format!("there is no effect `{}`; it is one of {}", given.value(), effects());
            Err(syn::Error::new(given.span(), message))
        }
    }
}

/// The text of `key = "text"`.
fn text(meta: &Meta) -> syn::Result<LitStr> {
    match &meta.require_name_value()?.value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Ok(text.clone()),
        other => Err(syn::Error::new_spanned(other, "expected a text in quotes")),
    }
}

/// The types in a function's signature that matter.
struct Signature<'a> {
    record: Option<&'a Type>,
    input: Option<&'a Type>,
    output: &'a Type,
}

pub(crate) fn operation(arguments: &Arguments, mut function: ItemFn) -> syn::Result<TokenStream> {
    let signature = Signature::read(&function)?;
    let kernel = quote!(::nexus_kernel);
    let name = function.sig.ident.clone();
    let inner = format_ident!("__{name}");
    // The value alone has the function's name: a module of that name, one action a file, may stand beside it.
    let kind = format_ident!("{}Operation", nexus_model::names::type_name(&name.to_string()));
    if let (Some(record), None) = (signature.record, &arguments.object) {
        return Err(syn::Error::new_spanned(record, "an action on a record names its object: object = \"lead\""));
    }
    if let (None, Some(when)) = (signature.record, &arguments.when) {
        return Err(syn::Error::new(when.span(), "`when` is about a record, and this action takes no Id<T>"));
    }

    let on_record = signature.record.is_some();
    let record = signature.record.map(|ty| quote!(#kernel::operation::record::<#ty>(record)?,));
    let input = match signature.input {
        Some(ty) => quote!(#ty),
        None => quote!(#kernel::operation::NoInput),
    };
    let passed = signature.input.map(|_| quote!(input,));
    let output = signature.output;

    let function_name = name.to_string();
    let verb = arguments.name.as_ref().map_or_else(|| function_name.clone(), LitStr::value);
    let object = optional(arguments.object.as_ref());
    let label = optional(arguments.label.as_ref());
    let when = optional(arguments.when.as_ref());
    let inverse = optional(arguments.inverse.as_ref());
    let (effect, elevated) = (&arguments.effect, arguments.elevated);
    let about = first_paragraph(&function.attrs);

    let implementation = quote! {
        #[automatically_derived]
        impl #kernel::operation::Operation for #kind {
            fn spec(&self) -> #kernel::operation::OperationSpec {
                #kernel::operation::OperationSpec {
                    function: #function_name,
                    object: #object,
                    name: #verb,
                    on_record: #on_record,
                    label: #label,
                    about: #about,
                    effect: #kernel::operation::Effect::#effect,
                    when: #when,
                    inverse: #inverse,
                    elevated: #elevated,
                    input: #kernel::operation::schema::<#input>(),
                    output: <#output as #kernel::operation::Output>::schema(),
                }
            }
            #[allow(unused_variables)]
            fn run<'a>(
                &'a self,
                ctx: &'a mut #kernel::Ctx,
                record: ::std::option::Option<#kernel::model::Uuid>,
                input: #kernel::serde_json::Value,
            ) -> #kernel::BoxFuture<'a, #kernel::model::problem::Result<#kernel::operation::Answer>> {
                ::std::boxed::Box::pin(async move {
                    let input: #input = #kernel::operation::input::<#input>(input)?;
                    let output: #output = #inner(ctx, #record #passed).await?;
                    #kernel::operation::output(ctx, output).await
                })
            }
        }
    };

    let vis = std::mem::replace(&mut function.vis, syn::Visibility::Inherited);
    let (docs, rest): (Vec<Attribute>, Vec<Attribute>) =
        std::mem::take(&mut function.attrs).into_iter().partition(|attribute| attribute.path().is_ident("doc"));
    function.attrs = rest;
    function.sig.ident = inner;
    Ok(quote! {
        #(#docs)*
        #[allow(non_upper_case_globals)]
        #vis const #name: #kind = #kind;
        /// The type of the operation of the same name.
        #[derive(Clone, Copy)]
        #vis struct #kind;
        #implementation
        #function
    })
}

impl<'a> Signature<'a> {
    fn read(function: &'a ItemFn) -> syn::Result<Signature<'a>> {
        let sig = &function.sig;
        if sig.asyncness.is_none() {
            return Err(syn::Error::new_spanned(sig.fn_token, "an action is an async fn"));
        }
        if !sig.generics.params.is_empty() || sig.generics.where_clause.is_some() {
            return Err(syn::Error::new_spanned(&sig.generics, "an action has no generic parameters"));
        }
        let mut types = Vec::new();
        for input in &sig.inputs {
            match input {
                FnArg::Typed(input) => types.push(&*input.ty),
                FnArg::Receiver(receiver) => {
                    return Err(syn::Error::new(receiver.span(), "an action is a free function, without self"));
                }
            }
        }
        let expected =
            "an action takes `ctx: &mut Ctx`, then an `Id<T>` if it works on a record, then its input if any";
        let (record, input) = match types.as_slice() {
            [ctx, rest @ ..] if is_ctx(ctx) => match rest {
                [] => (None, None),
                [one] => id_target(one).map_or((None, Some(*one)), |target| (Some(target), None)),
                [id, input] if id_target(input).is_none() => match id_target(id) {
                    Some(target) => (Some(target), Some(*input)),
                    None => return Err(syn::Error::new_spanned(id, expected)),
                },
                more => return Err(syn::Error::new_spanned(more[1], expected)),
            },
            [first, ..] => return Err(syn::Error::new_spanned(first, expected)),
            [] => return Err(syn::Error::new_spanned(&sig.ident, expected)),
        };
        if let Some(Type::Reference(reference)) = input {
            return Err(syn::Error::new_spanned(reference, "the input is taken by value"));
        }
        let output = match &sig.output {
            ReturnType::Type(_, ty) => argument(ty, "Result"),
            ReturnType::Default => None,
        };
        let Some(output) = output else {
            return Err(syn::Error::new(sig.output.span(), "an action returns `Result<T>`; `Result<()>` for nothing"));
        };
        Ok(Signature { record, input, output })
    }
}

fn is_ctx(ty: &Type) -> bool {
    let Type::Reference(reference) = ty else { return false };
    let Type::Path(path) = &*reference.elem else { return false };
    reference.mutability.is_some() && path.path.segments.last().is_some_and(|segment| segment.ident == "Ctx")
}

/// The `T` of `Id<T>`.
fn id_target(ty: &Type) -> Option<&Type> {
    argument(ty, "Id")
}

/// The first type argument of a type whose path ends in `name`.
fn argument<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    let Type::Path(path) = ty else { return None };
    let segment = path.path.segments.last().filter(|segment| segment.ident == name)?;
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

fn optional(text: Option<&LitStr>) -> TokenStream {
    match text {
        Some(text) => quote!(::std::option::Option::Some(#text)),
        None => quote!(::std::option::Option::None),
    }
}

/// The first paragraph of a doc comment, on one line.
fn first_paragraph(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter(|attribute| attribute.path().is_ident("doc"));
    let lines = lines.filter_map(|attribute| match attribute.meta.require_name_value() {
        Ok(meta) => match &meta.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
            other => Some(other.to_token_stream().to_string()),
        },
        Err(_) => None,
    });
    let text = lines.collect::<Vec<_>>().join("\n");
    let words = text.lines().map(str::trim).skip_while(|line| line.is_empty()).take_while(|line| !line.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    //! What an action cannot be is a compile error that says what to write.

    use super::*;

    fn error(arguments: &str, function: &str) -> String {
        let arguments = match syn::parse_str::<Arguments>(arguments) {
            Ok(arguments) => arguments,
            Err(error) => return error.to_string(),
        };
        operation(&arguments, syn::parse_str(function).unwrap()).unwrap_err().to_string()
    }

    const PLAIN: &str = "async fn convert(ctx: &mut Ctx, lead: Id<Lead>) -> Result<()> { Ok(()) }";

    #[test]
    fn an_attribute_that_is_not_understood_is_refused() {
        let all = "read, reversible, compensatable, irreversible, external, money";
        for (arguments, message) in [
            ("effect = \"revertible\"", format!("there is no effect `revertible`; it is one of {all}")),
            ("object = \"lead\"", format!("an action says its effect: effect = one of {all}")),
            ("effect = \"read\", effect = \"read\"", "`effect` is given twice".to_owned()),
            ("effect = 1", "expected a text in quotes".to_owned()),
            (
                "effect = \"read\", name = \"delete\"",
                "every object has its own `delete`; name the action otherwise".to_owned(),
            ),
            (
                "effect = \"read\", inverse = \"reopen\"",
                "the inverse is an action's full name, such as crm.reopen_lead".to_owned(),
            ),
            ("effect = \"read\"", "an action on a record names its object: object = \"lead\"".to_owned()),
        ] {
            assert_eq!(error(arguments, PLAIN), message);
        }
        assert!(error("effect = \"read\", color = \"red\"", PLAIN).starts_with("expected object, name, effect"));
    }

    #[test]
    fn a_signature_that_is_not_understood_is_refused() {
        let takes = "an action takes `ctx: &mut Ctx`, then an `Id<T>` if it works on a record, then its input if any";
        for (function, message) in [
            ("fn f(ctx: &mut Ctx) -> Result<()> {}", "an action is an async fn"),
            ("async fn f<T>(ctx: &mut Ctx) -> Result<()> {}", "an action has no generic parameters"),
            ("async fn f() -> Result<()> {}", takes),
            ("async fn f(ctx: &Ctx) -> Result<()> {}", takes),
            ("async fn f(ctx: &mut Ctx, a: A, b: Id<Lead>) -> Result<()> {}", takes),
            ("async fn f(ctx: &mut Ctx, a: Id<Lead>, b: B, c: C) -> Result<()> {}", takes),
            ("async fn f(ctx: &mut Ctx, a: &str) -> Result<()> {}", "the input is taken by value"),
            ("async fn f(ctx: &mut Ctx) {}", "an action returns `Result<T>`; `Result<()>` for nothing"),
        ] {
            assert_eq!(error("object = \"lead\", effect = \"read\"", function), message, "{function}");
        }
        let without = "async fn f(ctx: &mut Ctx) -> Result<()> {}";
        assert_eq!(
            error("object = \"lead\", effect = \"read\", when = \"true\"", without),
            "`when` is about a record, and this action takes no Id<T>"
        );
    }
}
