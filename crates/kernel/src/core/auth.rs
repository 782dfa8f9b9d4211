//! Signing in: passwords, sessions, keys. Tokens are kept as hashes, and wrong guesses slow down.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant};

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use nexus_macros::action;
use nexus_model::{Object, Problem, Record, Timestamp, Uuid, Value};
use nexus_store::{Filter, Session};
use serde_json::{Value as Json, json};
use tokio::sync::Semaphore;

use super::equal_in_constant_time;
use super::objects::{ApiKey, User};
use crate::ctx::Ctx;
use crate::entity::Id;
use crate::kernel::Kernel;
use crate::policy::{CREATE, granting};
use crate::principal::{ADMINISTRATOR, EVERYONE, Principal, PrincipalKind};
use crate::registry::Registry;
use crate::{Kind, Result, Tenant};

/// Tenants in which a person is looked for who names none.
const TRIED_MAX: usize = 16;
/// How long a sign-in lasts.
const SESSION_HOURS: i64 = 12;
/// Wrong guesses for one address before they are refused for a while.
const GUESSES_MAX: u32 = 10;
/// How long that while is, by a clock that nobody sets.
const GUESSES_WINDOW: Duration = Duration::from_secs(300);
/// Addresses whose guesses are counted at a time.
const ADDRESSES_MAX: usize = 100_000;
/// Shortest password (NIST SP 800-63B asks for 8 at least).
const PASSWORD_MIN: usize = 10;
/// Longest password, so that hashing it is bounded.
const PASSWORD_MAX: usize = 256;
/// First letters of an API key: what it is, for people and for secret scanners.
const KEY_PREFIX: &str = "nxk";

/// What a person signs in with.
#[derive(Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    pub email: String,
    pub password: String,
    /// Needed only where several tenants live.
    #[serde(default)]
    pub tenant: Option<String>,
}

/// A sign-in that succeeded. The token is shown here and nowhere else.
pub struct SignedIn {
    pub token: String,
    pub csrf: String,
    pub tenant: Arc<Tenant>,
    pub principal: Arc<Principal>,
}

/// Counts wrong guesses by address.
#[derive(Default)]
pub struct Throttle(Mutex<HashMap<String, (u32, Instant)>>);

impl Throttle {
    /// Counts a guess before it is tried, so that guesses side by side are no more than one after another.
    pub(crate) fn count(&self, address: &str) -> Result<()> {
        let now = Instant::now();
        let mut guesses = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if guesses.len() >= ADDRESSES_MAX {
            guesses.retain(|_, (_, until)| now < *until);
        }
        let (count, until) = guesses.entry(address.to_owned()).or_insert((0, now));
        if now >= *until {
            *count = 0;
        }
        if *count >= GUESSES_MAX {
            let wait = until.duration_since(now).as_secs() + 1;
            return Err(Problem::new(Kind::Busy, format!("too many wrong attempts; wait {wait} seconds"))
                .with("retry_after", json!(wait)));
        }
        (*count, *until) = (*count + 1, now + GUESSES_WINDOW);
        Ok(())
    }

    pub(crate) fn right(&self, address: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(address);
    }
}

/// The argon2id hash of a password, with the parameters that OWASP recommends (19 MiB, 2 passes).
pub(crate) fn hash(password: &str) -> Result<String> {
    let length = password.chars().count();
    if !(PASSWORD_MIN..=PASSWORD_MAX).contains(&length) {
        let message = format!("has from {PASSWORD_MIN} to {PASSWORD_MAX} characters");
        return Err(Problem::field("password", "password", message));
    }
    let hashed = Argon2::default().hash_password(password.as_bytes());
    hashed.map(|hash| hash.to_string()).map_err(|error| Problem::internal(error.to_string()))
}

/// Compared against when there is no such user, so that an answer takes as long as for one.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash("nobody has this password").unwrap_or_default());

/// Hashes worked out at a time: each takes 19 MiB and a processor, and who asks for many must not get the machine.
static HASHING: LazyLock<Semaphore> =
    LazyLock::new(|| Semaphore::new(std::thread::available_parallelism().map_or(2, std::num::NonZero::get)));

fn matches(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

/// 256 random bits as text for addresses and headers.
pub fn random_token() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
}

fn digest(token: &str) -> [u8; 32] {
    *blake3::hash(token.as_bytes()).as_bytes()
}

fn wrong_credentials() -> Problem {
    Problem::new(Kind::Unauthenticated, "the e-mail address or the password is wrong")
}

impl Kernel {
    /// Signs a person in. Wrong guesses for an address are counted and then refused for a while.
    pub async fn sign_in(&self, credentials: Credentials) -> Result<SignedIn> {
        let Credentials { email, password, tenant } = credentials;
        let now = Timestamp::now();
        let address = email.trim().to_lowercase();
        self.throttle.count(&address)?;
        let named = tenant.is_some();
        let slugs = match tenant {
            Some(slug) => vec![slug],
            None => self.only_tenants()?,
        };
        for slug in slugs {
            let tenant = match self.tenant(&slug) {
                Err(problem) if problem.kind == Kind::NotFound || !named && problem.kind == Kind::Denied => continue,
                tenant => tenant?,
            };
            let user = self.user_by(&tenant, email.trim().to_owned()).await?;
            let kept = user.as_ref().map(|user| user.text("password").to_owned());
            let guess = password.chars().take(PASSWORD_MAX + 1).collect::<String>();
            let _place = HASHING.acquire().await.map_err(|error| Problem::internal(error.to_string()))?;
            let right = tokio::task::spawn_blocking(move || matches(&guess, kept.as_deref().unwrap_or(&NOBODY)));
            let right = right.await.map_err(|error| Problem::internal(error.to_string()))?;
            let Some(user) = user.filter(|user| right && *user.get("active") == Value::Bool(true)) else { continue };
            self.throttle.right(&address);
            tenant.check_standing()?;
            let principal = self.principal(&tenant, user.id()).await?;
            let (token, csrf) = (random_token(), random_token());
            let expires_at = now + jiff::SignedDuration::from_hours(SESSION_HOURS);
            let session = Session { tenant: slug, user: user.id(), csrf: csrf.clone(), expires_at };
            self.control.add_session(&digest(&token), &session, now)?;
            return Ok(SignedIn { token, csrf, tenant, principal });
        }
        Err(wrong_credentials())
    }

    /// The tenants that a person may be of who names none: each one costs a guess, so that there may be a few only.
    fn only_tenants(&self) -> Result<Vec<String>> {
        let few = self.control.first_tenants(TRIED_MAX + 1)?;
        if few.len() > TRIED_MAX {
            let message = "say which company you sign in to: many are here";
            return Err(Problem::field("tenant", "required", message));
        }
        Ok(few.into_iter().map(|entry| entry.slug).collect())
    }

    /// The bearer of a session token or an API key; of a session, also its CSRF token.
    pub async fn authenticate(&self, token: &str) -> Result<(Arc<Tenant>, Arc<Principal>, Option<String>)> {
        let unknown = || Problem::new(Kind::Unauthenticated, "sign in: this token is not known or has expired");
        if let Some(key) = token.strip_prefix(KEY_PREFIX).and_then(|rest| rest.strip_prefix('_')) {
            let (tenant, principal) = self.key_bearer(key, token).await?.ok_or_else(unknown)?;
            tenant.check_standing()?;
            return Ok((tenant, principal, None));
        }
        let session = self.control.session(&digest(token), Timestamp::now())?.ok_or_else(unknown)?;
        let tenant = self.tenant(&session.tenant)?;
        tenant.check_standing()?;
        let principal = self.principal(&tenant, session.user).await?;
        Ok((tenant, principal, Some(session.csrf)))
    }

    pub fn sign_out(&self, token: &str) -> Result<()> {
        Ok(self.control.end_session(&digest(token))?)
    }

    /// `<tenant>.<key id>.<secret>`
    async fn key_bearer(&self, key: &str, token: &str) -> Result<Option<(Arc<Tenant>, Arc<Principal>)>> {
        let mut parts = key.splitn(3, '.');
        let (Some(slug), Some(id), Some(_)) = (parts.next(), parts.next(), parts.next()) else { return Ok(None) };
        let Ok(id) = Uuid::try_parse(id) else { return Ok(None) };
        let tenant = match self.tenant(slug) {
            Err(problem) if problem.kind == Kind::NotFound => return Ok(None),
            tenant => tenant?,
        };
        let system = Arc::new(Principal::system());
        let found = self.read_in(&tenant, &system, None, move |ctx| {
            Box::pin(async move {
                let object = Arc::clone(ctx.registry.object("core.api_key")?);
                ctx.record_for(&object, id, crate::policy::READ, false).await
            })
        });
        let Some(record) = found.await? else { return Ok(None) };
        let expired = matches!(record.get("expires_at"), Value::DateTime(at) if *at < Timestamp::now());
        let expected = blake3::hash(token.as_bytes()).to_hex();
        if expired
            || *record.get("revoked") == Value::Bool(true)
            || !equal_in_constant_time(record.text("digest"), &expected)
        {
            return Ok(None);
        }
        let user = record.link("user").unwrap_or_default();
        let person = self.principal(&tenant, user).await?;
        let agent = *record.get("agent") == Value::Bool(true);
        let kind = if agent { PrincipalKind::Agent } else { PrincipalKind::ApiKey };
        Ok(Some((tenant, Arc::new(Principal { kind, ..(*person).clone() }))))
    }

    async fn user_by(&self, tenant: &Arc<Tenant>, email: String) -> Result<Option<Record>> {
        let system = Arc::new(Principal::system());
        self.read_in(tenant, &system, None, move |ctx| {
            Box::pin(async move {
                let object = Arc::clone(ctx.registry.object("core.user")?);
                let by = Filter::Equals("email".to_owned(), Value::Text(email));
                Ok(ctx.records(&object, vec![by], Vec::new(), 1).await?.pop())
            })
        })
        .await
    }

    /// A user with all rights worked out; remembered until users, roles or companies change.
    pub async fn principal(&self, tenant: &Arc<Tenant>, user: Uuid) -> Result<Arc<Principal>> {
        if let Some(known) = tenant.principal(user) {
            return Ok(known);
        }
        let generation = tenant.generation();
        let system = Arc::new(Principal::system());
        let found = self.read_in(tenant, &system, None, move |ctx| {
            Box::pin(async move { ctx.principal_by(Filter::Ids(vec![user])).await })
        });
        let principal = Arc::new(found.await?);
        tenant.remember_principal(&principal, generation);
        Ok(principal)
    }
}

impl Registry {
    /// The rights of a user, as they are in the record; what is shared with it stands elsewhere.
    pub(crate) fn principal(&self, user: Option<Record>, as_of: i64) -> Result<Principal> {
        let Some(record) = user.filter(|user| *user.get("active") == Value::Bool(true)) else {
            return Err(Problem::new(Kind::Unauthenticated, "this user may no longer sign in"));
        };
        let texts = |name: &str| match record.get(name) {
            Value::List(items) => items.iter().filter_map(|item| item.as_text().map(str::to_owned)).collect(),
            _ => Vec::new(),
        };
        let ids = |name: &str| match record.get(name) {
            Value::List(items) => items.iter().filter_map(Value::as_id).collect(),
            _ => Vec::new(),
        };
        let given: Vec<String> = texts("roles");
        let mut roles: Vec<String> = Vec::new();
        for role in given.iter().map(String::as_str).chain([EVERYONE]) {
            for role in self.schema.role_closure(role) {
                if !roles.contains(&role) {
                    roles.push(role);
                }
            }
        }
        let administrator = roles.iter().any(|role| role == ADMINISTRATOR);
        let makes = |object: &&Arc<Object>| {
            object.child_of.is_none()
                && (administrator || granting(object, CREATE).any(|(role, _)| roles.contains(role)))
        };
        let creates = self.schema.objects().filter(makes).map(|object| object.name.as_str().to_owned()).collect();
        Ok(Principal {
            kind: PrincipalKind::Person,
            user: record.id(),
            name: record.text("name").to_owned(),
            email: record.text("email").to_owned(),
            administrator,
            roles,
            teams: record.link("team").into_iter().collect(),
            companies: ids("companies"),
            company: record.link("company"),
            creates,
            shared: Arc::default(),
            as_of,
        })
    }
}

/// What a new key is for.
#[derive(serde::Deserialize, schemars::JsonSchema)]
pub(crate) struct NewKey {
    name: String,
    /// The bearer is a model: it sees and writes only what agents may.
    #[serde(default)]
    agent: bool,
}

/// Makes a key that can do what you can. The key is shown in the answer and never again.
#[action(object = "api_key", name = "issue", effect = "reversible", label = "New key", elevated)]
pub async fn create_key(ctx: &mut Ctx, input: NewKey) -> Result<Json> {
    let Some(user) = ctx.user() else {
        return Err(Problem::denied("the system needs no key"));
    };
    if ctx.principal().is_agent() {
        return Err(Problem::denied("an agent may not make keys"));
    }
    let id = Uuid::now_v7();
    let token = format!("{KEY_PREFIX}_{}.{id}.{}", ctx.tenant.slug, random_token());
    let digest = blake3::hash(token.as_bytes()).to_hex().to_string();
    let key = ApiKey {
        id: Id::new(id),
        name: input.name,
        user: Id::<User>::new(user.uuid()),
        agent: input.agent,
        digest: Some(digest),
        ..ApiKey::default()
    };
    ctx.create(key).await?;
    Ok(json!({"id": id, "key": token}))
}
