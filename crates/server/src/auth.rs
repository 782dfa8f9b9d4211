//! Who asks: a bearer token, or the session cookie with its CSRF check.

use std::sync::Arc;

use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use nexus_kernel::core::{Credentials, SignedIn};
use nexus_kernel::faces::meta::{TenantInfo, User};
use nexus_kernel::{Kind, Principal, Problem, Tenant};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::Shared;
use crate::answer::{Answer, Body, Failure};

/// The cookie that carries the session's token.
const SESSION: &str = "nexus_session";
/// The cookie whose value a page sends back with each change.
const CSRF: &str = "nexus_csrf";
/// The header in which it sends it back.
const CSRF_HEADER: &str = "x-csrf-token";
/// The header that chooses the company to work in.
const COMPANY_HEADER: &str = "nexus-company";

/// A signed-in caller.
#[derive(Clone)]
pub(crate) struct Caller {
    pub(crate) tenant: Arc<Tenant>,
    pub(crate) principal: Arc<Principal>,
    pub(crate) company: Option<Uuid>,
    pub(crate) token: Arc<str>,
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().split_once('=').filter(|(key, _)| *key == name).map(|(_, value)| value))
}

/// The token of `Authorization: Bearer`.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    value.strip_prefix("Bearer ").or_else(|| value.strip_prefix("bearer ")).map(str::trim)
}

/// The caller's token, and whether it came by cookie.
pub(crate) fn token(headers: &HeaderMap) -> Option<(&str, bool)> {
    bearer(headers).map(|token| (token, false)).or_else(|| cookie(headers, SESSION).map(|token| (token, true)))
}

/// The company that the caller chose to work in.
pub(crate) fn company(headers: &HeaderMap) -> Result<Option<Uuid>, Problem> {
    let Some(value) = headers.get(COMPANY_HEADER) else { return Ok(None) };
    let id = Uuid::try_parse(value.to_str().unwrap_or_default());
    id.map(Some).map_err(|_| Problem::malformed("Nexus-Company is the id of a company"))
}

pub(crate) fn unauthenticated() -> Problem {
    Problem::new(Kind::Unauthenticated, "sign in first: POST /api/v1/session, or send a bearer token")
}

impl FromRequestParts<Shared> for Caller {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Answer<Caller> {
        let (token, by_cookie) = token(&parts.headers).ok_or_else(unauthenticated)?;
        let (tenant, principal, csrf) = shared.kernel.authenticate(token).await?;
        tenant.count_call()?;
        let safe = matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS);
        if by_cookie && !safe {
            let sent = parts.headers.get(CSRF_HEADER).and_then(|value| value.to_str().ok()).unwrap_or_default();
            if !nexus_kernel::core::equal_in_constant_time(sent, csrf.as_deref().unwrap_or_default()) {
                let message = format!("send the value of the cookie {CSRF} in the header X-CSRF-Token");
                return Err(Problem::denied(message).into());
            }
        }
        let company = company(&parts.headers)?;
        Ok(Caller { tenant, principal, company, token: token.into() })
    }
}

fn set_cookie(headers: &mut HeaderMap, name: &str, value: &str, readable: bool, secure: bool) {
    let age = if value.is_empty() { "; Max-Age=0" } else { "" };
    let hidden = if readable { "" } else { "; HttpOnly" };
    let secure = if secure { "; Secure" } else { "" };
    if let Ok(value) = HeaderValue::from_str(&format!("{name}={value}; Path=/; SameSite=Lax{hidden}{secure}{age}")) {
        headers.append(header::SET_COOKIE, value);
    }
}

/// Whether the page came over TLS, as the proxy in front says.
fn is_secure(headers: &HeaderMap) -> bool {
    headers.get("x-forwarded-proto").is_some_and(|proto| proto == "https")
}

pub(crate) async fn sign_in(
    State(shared): State<Shared>,
    headers: HeaderMap,
    Body(credentials): Body<Credentials>,
) -> Answer {
    let signed_in = shared.kernel.sign_in(credentials).await?;
    Ok(begun(&signed_in, &headers, json!({})))
}

/// The reply to whoever has signed in, with both cookies; `more` stands beside the rest.
pub(crate) fn begun(signed_in: &SignedIn, headers: &HeaderMap, more: Value) -> Response {
    let mut body = json!({
        "token": signed_in.token, "csrf": signed_in.csrf,
        "user": User::from(signed_in.principal.as_ref()), "tenant": TenantInfo::from(signed_in.tenant.as_ref())
    });
    if let (Value::Object(body), Value::Object(more)) = (&mut body, more) {
        body.extend(more);
    }
    let mut response = Json(body).into_response();
    let secure = is_secure(headers);
    set_cookie(response.headers_mut(), SESSION, &signed_in.token, false, secure);
    set_cookie(response.headers_mut(), CSRF, &signed_in.csrf, true, secure);
    response
}

pub(crate) async fn who(caller: Caller) -> Answer {
    let body =
        json!({"user": User::from(caller.principal.as_ref()), "tenant": TenantInfo::from(caller.tenant.as_ref())});
    Ok(Json(body).into_response())
}

pub(crate) async fn sign_out(State(shared): State<Shared>, headers: HeaderMap, _: Caller) -> Answer {
    if let Some((token, _)) = token(&headers) {
        shared.kernel.sign_out(token)?;
    }
    let mut response: Response = StatusCode::NO_CONTENT.into_response();
    set_cookie(response.headers_mut(), SESSION, "", false, false);
    set_cookie(response.headers_mut(), CSRF, "", true, false);
    Ok(response)
}
