//! A test that gets a tenant of its own, on every database.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ItemFn;

pub(crate) fn tenant_test(mut function: ItemFn) -> syn::Result<TokenStream> {
    if function.sig.asyncness.is_none() || function.sig.inputs.len() != 1 {
        let message = "a test is `async fn a_sentence(t: &Tenant)`, beside a function `apps() -> Vec<App>`";
        return Err(syn::Error::new_spanned(&function.sig, message));
    }
    let name = function.sig.ident.clone();
    let inner = format_ident!("__{name}");
    function.sig.ident = inner.clone();
    Ok(quote! {
        #[test]
        fn #name() {
            #function
            ::nexus_testkit::run(apps, |tenant| ::std::boxed::Box::pin(#inner(tenant)));
        }
    })
}
