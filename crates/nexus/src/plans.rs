//! The plans that tenants may have: five that the binary brings, and those of a folder, which may replace them.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use nexus_kernel::Plan;

use crate::apps;
use crate::failure::Failure;

/// The plan of a company when nothing names one: no limits.
pub(crate) const GLOBAL: &str = "global";

const BROUGHT: &[(&str, &str)] = &[
    ("starter", include_str!("../plans/starter.toml")),
    ("professional", include_str!("../plans/professional.toml")),
    ("enterprise", include_str!("../plans/enterprise.toml")),
    ("ultimate", include_str!("../plans/ultimate.toml")),
    (GLOBAL, include_str!("../plans/global.toml")),
];

/// All plans by name; a file `NAME.toml` of `folder` describes the plan NAME.
pub(crate) fn all(folder: Option<&Path>) -> Result<BTreeMap<String, Arc<Plan>>, Failure> {
    let brought = BROUGHT.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    let mut texts: BTreeMap<String, String> = brought.collect();
    if let Some(folder) = folder {
        let unread =
            |error: std::io::Error| Failure::usage(format!("--plans: cannot read {}: {error}", folder.display()));
        for file in std::fs::read_dir(folder).map_err(unread)? {
            let path = file.map_err(unread)?.path();
            if let (Some("toml"), Some(name)) = (path.extension().and_then(|e| e.to_str()), path.file_stem()) {
                texts.insert(name.to_string_lossy().into_owned(), std::fs::read_to_string(&path).map_err(unread)?);
            }
        }
    }
    let apps = apps::all();
    let known = |name: &String| name == "core" || apps.iter().any(|app| app.source.name == name);
    let parse = |(name, text): (String, String)| {
        let plan = Plan::parse(&name, &text).map_err(Failure::usage)?;
        match plan.apps.iter().flatten().find(|app| !known(app)) {
            Some(unknown) => Err(Failure::usage(format!("plan {name}: there is no app `{unknown}`"))),
            None => Ok((name, Arc::new(plan))),
        }
    };
    texts.into_iter().map(parse).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_plan_has_at_least_what_the_one_below_has() {
        let plans = all(None).expect("they are sound");
        let ladder: Vec<&Plan> = BROUGHT.iter().map(|(name, _)| plans[*name].as_ref()).collect();
        for pair in ladder.windows(2) {
            let (below, above) = (&pair[0].limits, &pair[1].limits);
            let more =
                |below: Option<u64>, above: Option<u64>| above.is_none_or(|above| below.is_some_and(|b| b < above));
            assert!(more(below.users, above.users), "{pair:?}");
            assert!(more(below.records, above.records), "{pair:?}");
            assert!(more(below.storage_mib, above.storage_mib), "{pair:?}");
            let calls = |quota: &nexus_kernel::Quotas| quota.calls_per_minute.map(|calls| u64::from(calls.get()));
            assert!(more(calls(below), calls(above)), "{pair:?}");
            let apps = |plan: &Plan| plan.apps.clone().unwrap_or_else(|| vec!["every".to_owned()]);
            let fewer = apps(pair[0]).iter().all(|app| pair[1].apps.is_none() || apps(pair[1]).contains(app));
            assert!(fewer, "{pair:?}");
        }
        assert_eq!(plans[GLOBAL].limits, nexus_kernel::Quotas::default());
    }

    #[test]
    fn a_folder_replaces_a_plan_and_adds_one_and_a_mistake_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("written");
        write("starter.toml", "label = 'S'\nabout = 's'\n[limits]\nusers = 2\n");
        write("school.toml", "label = 'School'\nabout = 's'\napps = ['crm']\n");
        let plans = all(Some(folder.path())).expect("sound");
        assert_eq!((plans.len(), plans["starter"].limits.users), (6, Some(2)));
        write("school.toml", "label = 'School'\nabout = 's'\napps = ['crn']\n");
        assert_eq!(all(Some(folder.path())).expect_err("refused").to_string(), "plan school: there is no app `crn`");
        write("school.toml", "label = 'School'\nabout = 's'\n[limits]\nuser = 2\n");
        let failure = all(Some(folder.path())).expect_err("refused").to_string();
        assert!(failure.contains("plan school") && failure.contains("user"), "{failure}");
    }
}
