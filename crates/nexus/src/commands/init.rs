//! `nexus init`: the first company and its administrator.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use clap::Args;
use nexus_kernel::core::{NewTenant, slug};
use nexus_kernel::store::Limits;
use serde_json::{Value as Json, json};

use crate::failure::Failure;
use crate::output;
use crate::place::{Place, wait};
use crate::plans::GLOBAL;
use crate::{countries, demo};

/// The country when nothing names one.
const COUNTRY: &str = "US";

/// Set up a company and its administrator
///
/// Without flags it asks. Run twice, it says what exists and changes nothing.
#[derive(Args)]
#[command(after_help = "Example:\n  nexus init --data ./data --company 'Kibo Traders Ltd' --country KE \\\n    \
    --email admin@kibo.example --password 'a quiet morning in Nairobi'")]
pub(crate) struct Init {
    /// The company's name
    #[arg(long, value_name = "NAME")]
    company: Option<String>,
    /// The administrator's e-mail address
    #[arg(long, value_name = "E")]
    email: Option<String>,
    /// The administrator's password, ten characters or more
    #[arg(long, value_name = "P", env = "NEXUS_PASSWORD", hide_env_values = true)]
    password: Option<String>,
    /// Where the company is, ISO 3166-1 [default: US]
    #[arg(long, value_name = "CC")]
    country: Option<String>,
    /// The currency of its books, ISO 4217 [default: the country's]
    #[arg(long, value_name = "CUR")]
    currency: Option<String>,
    /// The plan, whose apps and limits the company has; `global` has every app and no limit
    #[arg(long, value_name = "PLAN", env = "NEXUS_PLAN", default_value = GLOBAL)]
    plan: String,
    /// Also make sample data, and users to try the roles with; all of them get the password given
    #[arg(long)]
    demo: bool,
    /// Print what was made as JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    place: Place,
}

impl Init {
    pub(crate) fn run(mut self) -> Result<ExitCode, Failure> {
        let found = self.place.find()?;
        found.log("warn")?;
        let known = match found.must_exist() {
            Ok(()) => nexus_kernel::store::Control::open(&found.storage()?)?.tenants()?,
            Err(_) => Vec::new(),
        };
        // What is there needs no answers, no lock and no change.
        let wanted = self.company.as_deref().map(slug);
        let there = known
            .iter()
            .filter(|entry| entry.purge_at.is_none())
            .find(|entry| wanted.as_ref().is_none_or(|slug| entry.slug == *slug));
        if let Some(entry) = there {
            self.say(&json!({"created": false, "tenant": entry.slug, "company": entry.name}));
            return Ok(ExitCode::SUCCESS);
        }
        let new = self.asked()?;
        let _lock = found.lock()?;
        let kernel = found.open(Limits::default())?;
        let (email, password) = (new.email.clone(), new.password.clone());
        let made = wait(async {
            let tenant = kernel.create_tenant(new).await?;
            let mut made = json!({"created": true, "tenant": tenant.slug, "company": tenant.name, "email": email});
            if self.demo {
                made["demo"] = demo::fill(&kernel, &tenant, &email, &password).await?;
            }
            Ok(made)
        })?;
        self.say(&made);
        Ok(ExitCode::SUCCESS)
    }

    fn say(&self, made: &Json) {
        let text = |key: &str| made[key].as_str().unwrap_or_default();
        if self.json {
            return output::json(made);
        }
        if made["created"] == false {
            return output::line(format_args!(
                "{} is there already (tenant {}); nothing was changed",
                text("company"),
                text("tenant")
            ));
        }
        output::line(format_args!("{} is set up (tenant {})", text("company"), text("tenant")));
        output::line(format_args!("  administrator   {}", text("email")));
        let list = |key: &str| made["demo"][key].as_array().cloned().unwrap_or_default();
        for records in list("records") {
            let object = records["object"].as_str().unwrap_or_default();
            output::line(format_args!("  sample data     {object}: {}", records["created"]));
        }
        for user in list("users") {
            let text = |key: &str| user[key].as_str().unwrap_or_default();
            output::line(format_args!("  {:<15} {}  password {}", text("title"), text("email"), text("password")));
        }
    }

    /// The flags, and on a terminal the answers to what they leave open.
    fn asked(&mut self) -> Result<NewTenant, Failure> {
        let needed = [("--company", &self.company), ("--email", &self.email), ("--password", &self.password)];
        let missing: Vec<&str> = needed.iter().filter(|(_, given)| given.is_none()).map(|(flag, _)| *flag).collect();
        let asks = !missing.is_empty();
        if asks && !std::io::stdin().is_terminal() {
            let missing = missing.join(", ");
            return Err(Failure::usage(format!(
                "missing: {missing}; give them, or run this on a terminal to be asked"
            )));
        }
        let company = given_or_asked("--company", self.company.take(), "Company")?;
        let country = self.country.take().map_or_else(|| default_or_asked(asks, "Country, ISO 3166-1", COUNTRY), Ok)?;
        let country = country.to_uppercase();
        let currency = match (self.currency.take(), countries::currency(&country)) {
            (Some(currency), _) => currency,
            (None, Some(usual)) => default_or_asked(asks, "Currency, ISO 4217", usual)?,
            (None, None) => {
                let message = format!("--currency is missing, and the currency of the country {country} is not known");
                return Err(Failure::usage(message));
            }
        };
        let email = given_or_asked("--email", self.email.take(), "Your e-mail address")?;
        let password = match self.password.take() {
            Some(password) => password,
            None => rpassword::prompt_password("Password, ten characters or more: ")
                .map_err(|error| Failure::failed(format!("cannot read the password: {error}")))?,
        };
        let plan = Some(self.plan.clone());
        Ok(NewTenant {
            company,
            email,
            password,
            country,
            currency: currency.to_uppercase(),
            plan,
            ..NewTenant::default()
        })
    }
}

fn ask(question: &str) -> Result<String, Failure> {
    let mut out = std::io::stderr();
    let _ = write!(out, "{question}: ").and_then(|()| out.flush());
    let mut answer = String::new();
    let read = std::io::stdin().read_line(&mut answer);
    match read.map_err(|error| Failure::failed(format!("cannot read the answer: {error}")))? {
        0 => Err(Failure::failed("no answer was given; nothing was changed")),
        _ => Ok(answer.trim().to_owned()),
    }
}

/// A flag, or the answer to a question, asked until there is one.
fn given_or_asked(flag: &str, given: Option<String>, question: &str) -> Result<String, Failure> {
    if let Some(given) = given {
        let given = given.trim().to_owned();
        return if given.is_empty() { Err(Failure::usage(format!("{flag} is empty"))) } else { Ok(given) };
    }
    loop {
        let answer = ask(question)?;
        if !answer.is_empty() {
            return Ok(answer);
        }
    }
}

/// A default, or the answer to a question; an empty line takes the default.
fn default_or_asked(asks: bool, question: &str, default: &str) -> Result<String, Failure> {
    let answer = if asks { ask(&format!("{question} [{default}]"))? } else { String::new() };
    Ok(if answer.is_empty() { default.to_owned() } else { answer })
}
