//! A test that gets a tenant of its own, on every database.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Ident, ItemFn};

pub(crate) fn tenant_test(function: ItemFn) -> syn::Result<TokenStream> {
    if function.sig.asyncness.is_none() || function.sig.inputs.len() != 1 {
        let message = "a test is `async fn a_sentence(t: &Tenant)`, beside a function `apps() -> Vec<App>`";
        return Err(syn::Error::new_spanned(&function.sig, message));
    }
    Ok(on_each_database(function, |inner, database| {
        quote! {
            ::nexus_testkit::run(#database, super::apps, |tenant| ::std::boxed::Box::pin(super::#inner(tenant)))
        }
    }))
}

/// A test that is told which database to run on, once for each.
pub(crate) fn database_test(function: ItemFn) -> syn::Result<TokenStream> {
    if function.sig.asyncness.is_some() || function.sig.inputs.len() != 1 {
        let message = "a test is `fn a_sentence(on: On)`, which calls `on.run(…)`";
        return Err(syn::Error::new_spanned(&function.sig, message));
    }
    Ok(on_each_database(function, |inner, database| quote! { super::#inner(#database) }))
}

/// The function under another name, and a module with one test a database that calls it.
fn on_each_database(mut function: ItemFn, call: impl Fn(&Ident, TokenStream) -> TokenStream) -> TokenStream {
    let name = function.sig.ident.clone();
    let inner = format_ident!("__{name}");
    function.sig.ident = inner.clone();
    let sqlite = call(&inner, quote!(::nexus_testkit::On::Sqlite));
    let postgres = call(&inner, quote!(::nexus_testkit::On::Postgres));
    quote! {
        // Clippy sees no test in it, where this is allowed.
        #[allow(clippy::unwrap_used, clippy::print_stdout)]
        #function

        mod #name {
            #[test]
            fn sqlite() {
                #sqlite;
            }

            #[test]
            fn postgres() {
                #postgres;
            }
        }
    }
}
