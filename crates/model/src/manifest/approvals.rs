//! Which actions wait for approval: roles that are there, and conditions that compile.

use super::check::Check;
use super::raw::RawObject;
use crate::object::{Approval, Object};

impl Check<'_, '_, '_> {
    pub(super) fn approvals(&mut self, object: &mut Object, raw: &RawObject) {
        for (verb, spanned) in &raw.approval {
            let line = self.file.line(spanned.span().start);
            let rule = spanned.get_ref();
            for role in rule.by.iter().filter(|role| !self.apps.values().any(|app| app.roles.contains_key(*role))) {
                self.file.error(line, verb, format!("no app declares the role {role} in its app.toml"));
            }
            if rule.by.is_empty() || object.approvals.contains_key(verb) {
                let message = "names under `by` the roles that approve, and is said once: the app's own stays";
                self.file.error(line, verb, message);
                continue;
            }
            let when = self.condition(rule.when.as_deref(), line, verb);
            object.approvals.insert(verb.clone(), Approval { when, by: rule.by.clone(), own: rule.own });
        }
    }
}
