//! The link by which a mail program turns off a kind of mail for its reader, without a sign-in (RFC 8058).

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Redirect;
use nexus_kernel::SETTINGS_PAGE;

use crate::Shared;
use crate::answer::{Answer, Path};

/// Whoever opens the link sees the settings: programs that look through mail open links as well, so that it changes nothing.
pub(crate) async fn page() -> Redirect {
    Redirect::to(SETTINGS_PAGE)
}

/// One click. The body says so too (`List-Unsubscribe=One-Click`), and adds nothing to the method.
pub(crate) async fn click(State(shared): State<Shared>, Path(token): Path<String>) -> Answer<StatusCode> {
    shared.kernel.unsubscribe(&token).await?;
    Ok(StatusCode::NO_CONTENT)
}
