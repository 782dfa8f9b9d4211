//! `manifest!`: the text of an app's manifests, embedded.

use proc_macro2::TokenStream;
use quote::quote;

use crate::source::{Folder, ManifestFile};

pub(crate) fn app_source(folder: &Folder) -> syn::Result<TokenStream> {
    let (kernel, name) = (&folder.kernel, &folder.app);
    let path = folder.app_manifest();
    if !path.is_file() {
        return Err(folder.error(format!("there is no {}", path.display())));
    }
    let manifest = folder.include(&path);
    let texts = |files: Vec<ManifestFile>| -> Vec<TokenStream> {
        let text = |file: &ManifestFile| {
            let (name, text) = (&file.name, folder.include(&file.path));
            quote!((#name, #text))
        };
        files.iter().map(text).collect()
    };
    let (objects, reports) = (texts(folder.files()?), texts(folder.reports()?));
    Ok(quote! {
        #kernel::model::schema::AppSource {
            name: #name,
            manifest: #manifest,
            objects: &[#(#objects),*],
            reports: &[#(#reports),*],
        }
    })
}
