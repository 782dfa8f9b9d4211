//! The apps of this binary, and which of them a process runs.

use nexus_kernel::App;

use crate::failure::Failure;

/// Every app there is.
pub(crate) fn all() -> Vec<App> {
    vec![contacts::app(), crm::app(), finance::app(), hub::app(), notes::app(), sales::app(), tasks::app()]
}

/// The apps named and those that they stand on; all of them when none is named.
pub(crate) fn some(names: &[String]) -> Result<Vec<App>, Failure> {
    chosen(all(), names)
}

fn chosen(apps: Vec<App>, names: &[String]) -> Result<Vec<App>, Failure> {
    let known: Vec<&str> = apps.iter().map(|app| app.source.name).collect();
    if let Some(unknown) = names.iter().find(|name| !known.contains(&name.as_str()) && *name != "core") {
        let known = known.join(", ");
        return Err(Failure::usage(format!("--apps: there is no app `{unknown}`; there are {known}")));
    }
    if names.is_empty() {
        return Ok(apps);
    }
    let mut wanted: Vec<String> = names.to_vec();
    let mut next = 0;
    while next < wanted.len() {
        let app = apps.iter().find(|app| app.source.name == wanted[next]);
        for needed in app.map(depends).unwrap_or_default() {
            if !wanted.contains(&needed) {
                wanted.push(needed);
            }
        }
        next += 1;
    }
    Ok(apps.into_iter().filter(|app| wanted.iter().any(|name| name == app.source.name)).collect())
}

/// What the app's manifest names under `depends`; a manifest that cannot be read is reported when the apps
/// are put together.
fn depends(app: &App) -> Vec<String> {
    let manifest: toml::Table = toml::from_str(app.source.manifest).unwrap_or_default();
    let list = manifest.get("depends").and_then(toml::Value::as_array);
    list.into_iter().flatten().filter_map(|name| name.as_str().map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(wanted: &[&str]) -> Vec<&'static str> {
        let wanted: Vec<String> = wanted.iter().map(|name| (*name).to_owned()).collect();
        some(&wanted).expect("known apps").iter().map(|app| app.source.name).collect()
    }

    fn every() -> Vec<&'static str> {
        all().iter().map(|app| app.source.name).collect()
    }

    #[test]
    fn an_app_brings_those_it_depends_on() {
        assert_eq!(names(&["crm"]), ["contacts", "crm"]);
        assert_eq!(names(&["sales"]), ["contacts", "finance", "sales"]);
        assert_eq!(names(&[]), every());
    }

    #[test]
    fn an_unknown_app_is_refused_with_the_known_ones() {
        let failure = some(&["crn".to_owned()]).err().map(|failure| failure.to_string()).unwrap_or_default();
        assert_eq!(failure, format!("--apps: there is no app `crn`; there are {}", every().join(", ")));
    }
}
