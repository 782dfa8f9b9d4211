//! The folder of manifests that a macro was pointed at.

use std::path::{Path, PathBuf};

use nexus_model::names;
use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitStr, Token};

/// `"objects", app = "core", crate_path = crate`
pub(crate) struct Folder {
    /// The folder, absolute.
    path: PathBuf,
    /// The crate's folder, absolute.
    root: PathBuf,
    pub(crate) span: Span,
    /// The app's name.
    pub(crate) app: String,
    /// The path of the kernel in the expansion.
    pub(crate) kernel: TokenStream,
}

/// The manifest of an object or a report.
pub(crate) struct ManifestFile {
    /// Its name: the file's without `.toml`.
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) path: PathBuf,
}

impl Parse for Folder {
    fn parse(input: ParseStream<'_>) -> syn::Result<Folder> {
        let (folder, span) = if input.peek(LitStr) {
            let literal: LitStr = input.parse()?;
            (literal.value(), literal.span())
        } else {
            ("objects".to_owned(), Span::call_site())
        };
        let root = std::env::var_os("CARGO_MANIFEST_DIR")
            .map(PathBuf::from)
            .ok_or_else(|| syn::Error::new(span, "CARGO_MANIFEST_DIR is not set: build with cargo"))?;
        let mut app = None;
        let mut kernel = quote!(::nexus_kernel);
        while !input.is_empty() {
            if input.peek(Token![,]) {
                input.parse::<Token![,]>()?;
                continue;
            }
            let key: Ident = input.parse()?;
            input.parse::<Token![=]>()?;
            if key == "app" {
                let name: LitStr = input.parse()?;
                app = Some((name.value(), name.span()));
            } else if key == "crate_path" {
                let path: syn::Path = input.parse()?;
                kernel = quote!(#path);
            } else {
                return Err(syn::Error::new(key.span(), "expected `app` or `crate_path`"));
            }
        }
        let (app, app_span) = app.unwrap_or_else(|| (folder_name(&root), span));
        if !names::is_name(&app) {
            return Err(syn::Error::new(app_span, format!("`{app}` is no name of an app: it is in snake_case")));
        }
        Ok(Folder { path: root.join(folder), root, span, app, kernel })
    }
}

/// The last part of a path in snake_case: an app is named after its folder.
fn folder_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().replace('-', "_")
}

impl Folder {
    pub(crate) fn error(&self, message: impl std::fmt::Display) -> syn::Error {
        syn::Error::new(self.span, message)
    }

    /// The objects' manifests by name.
    pub(crate) fn files(&self) -> syn::Result<Vec<ManifestFile>> {
        self.manifests(&self.path)
    }

    /// The reports' manifests by name, in `reports` beside the folder; none without it.
    pub(crate) fn reports(&self) -> syn::Result<Vec<ManifestFile>> {
        let path = self.path.with_file_name("reports");
        if path.is_dir() { self.manifests(&path) } else { Ok(Vec::new()) }
    }

    fn manifests(&self, folder: &Path) -> syn::Result<Vec<ManifestFile>> {
        let failed = |path: &Path, error: std::io::Error| self.error(format!("{}: {error}", path.display()));
        let mut files = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(|error| failed(folder, error))? {
            let path = entry.map_err(|error| failed(folder, error))?.path();
            if path.extension().is_some_and(|extension| extension == "toml") {
                let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                let text = std::fs::read_to_string(&path).map_err(|error| failed(&path, error))?;
                files.push(ManifestFile { name, text, path });
            }
        }
        files.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(files)
    }

    /// `include_str!` of a file of the crate, wherever the checkout stands.
    pub(crate) fn include(&self, path: &Path) -> TokenStream {
        let inside = path.strip_prefix(&self.root).unwrap_or(path);
        let inside = format!("/{}", inside.display());
        quote!(::core::include_str!(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), #inside)))
    }

    /// `app.toml`, beside the folder.
    pub(crate) fn app_manifest(&self) -> PathBuf {
        self.path.with_file_name("app.toml")
    }
}
