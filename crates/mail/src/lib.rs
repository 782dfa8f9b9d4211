//! Beside the server: mail by SMTP, or into a folder, with templates in Jinja.
//!
//! A letter has a text part and an HTML part (RFC 2046, multipart/alternative) and a Message-ID that is the same at
//! each try (RFC 5322, 3.6.4).

mod templates;

use std::path::PathBuf;
use std::time::Duration;

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart};
use lettre::transport::smtp::response::Code;
use lettre::{Address, AsyncFileTransport, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use nexus_kernel::{BoxFuture, Kind, Letter, Mailer, Problem};
use url::Url;

/// How long a mail server may take to answer.
const PATIENCE: Duration = Duration::from_secs(30);
/// Answers that say that this reader gets no mail, today or tomorrow (RFC 5321, 4.2.3).
const NO_SUCH_MAILBOX: [u16; 3] = [550, 551, 553];

/// Why there is no way out.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    #[error(
        "--mail: write smtps://USER:PASSWORD@HOST, smtp://USER:PASSWORD@HOST?tls=required, smtp://HOST or file:DIR"
    )]
    Url,
    #[error("--mail: a password goes over smtps:// or ?tls=required alone, so that nobody on the way reads it")]
    Open,
    #[error("--mail-from: `{0}` is no address; write NAME <USER@HOST>")]
    From(String),
    #[error("cannot make {0}: {1}")]
    Folder(PathBuf, std::io::Error),
    #[error("the mail server: {0}")]
    Server(String),
}

/// The way out.
enum Out {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Folder(PathBuf, AsyncFileTransport<Tokio1Executor>),
}

/// Sends letters.
pub struct Mail {
    out: Out,
    from: Mailbox,
}

impl Mail {
    /// A way out by its URL; `from` is the sender. Connects when there is something to send.
    ///
    /// # Errors
    /// When the URL or the sender cannot be meant, or the folder cannot be made.
    pub fn open(url: &str, from: &str) -> Result<Mail, MailError> {
        let from = from.parse().map_err(|_| MailError::From(from.to_owned()))?;
        if let Some(folder) = url.strip_prefix("file:").filter(|folder| !folder.is_empty()) {
            let folder = PathBuf::from(folder.strip_prefix("//").unwrap_or(folder));
            std::fs::create_dir_all(&folder).map_err(|error| MailError::Folder(folder.clone(), error))?;
            let out = AsyncFileTransport::new(&folder);
            return Ok(Mail { out: Out::Folder(folder, out), from });
        }
        check(&Url::parse(url).map_err(|_| MailError::Url)?)?;
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|_| MailError::Url)?;
        Ok(Mail { out: Out::Smtp(builder.timeout(Some(PATIENCE)).build()), from })
    }

    /// Tries the way out, as far as it goes without a letter: connection, TLS, sign-in, NOOP. Answers what was found.
    ///
    /// # Errors
    /// When the server does not answer, or refuses.
    pub async fn probe(&self) -> Result<String, MailError> {
        match &self.out {
            Out::Smtp(smtp) => match smtp.test_connection().await {
                Ok(true) => Ok(format!("the server takes mail from {}", self.from.email)),
                Ok(false) => Err(MailError::Server("it does not go on after EHLO".to_owned())),
                Err(error) => Err(MailError::Server(error.to_string())),
            },
            Out::Folder(folder, _) => Ok(format!("mail from {} goes into {}", self.from.email, folder.display())),
        }
    }

    fn message(&self, letter: &Letter) -> Result<Message, Problem> {
        let (name, address) = &letter.to;
        let name = Some(name.clone()).filter(|name| !name.is_empty());
        let address: Address = address.parse().map_err(|_| {
            Problem::field("email", "email", format!("`{address}` is no address that mail can be sent to"))
        })?;
        let words = templates::write(letter)?;
        let id = format!("<{}@{}>", letter.id.replace('/', "."), self.from.email.domain());
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(name, address))
            .subject(words.subject)
            .message_id(Some(id))
            .date_now();
        match &letter.reply_to {
            Some((name, address)) => {
                let address: Address = address.parse().map_err(|_| {
                    Problem::field("reply_to", "email", format!("`{address}` is no address that can be answered to"))
                })?;
                message = message.reply_to(Mailbox::new(Some(name.clone()), address));
            }
            // Nobody wrote it: answering machines keep silent (RFC 3834).
            None => message = message.raw_header(header("Auto-Submitted", "auto-generated")),
        }
        if let Some(url) = &letter.unsubscribe {
            message = message.raw_header(header("List-Unsubscribe", &format!("<{url}>")));
            // With one click (RFC 8058), which asks for TLS.
            if url.starts_with("https://") {
                message = message.raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
            }
        }
        let words = MultiPart::alternative_plain_html(words.text, words.html);
        let parts = match letter.enclosures.as_slice() {
            [] => words,
            enclosures => enclosures.iter().try_fold(MultiPart::mixed().multipart(words), |parts, enclosure| {
                let media = ContentType::parse(enclosure.media_type);
                let media = media.map_err(|error| Problem::internal(format!("{}: {error}", enclosure.media_type)))?;
                Ok::<_, Problem>(
                    parts.singlepart(Attachment::new(enclosure.name.clone()).body(enclosure.content.clone(), media)),
                )
            })?,
        };
        message.multipart(parts).map_err(|error| Problem::internal(format!("the mail cannot be written: {error}")))
    }
}

/// That a URL says one thing alone: lettre passes over a parameter that it does not know, and over a user without a
/// password, and neither is what somebody meant who wrote it.
fn check(url: &Url) -> Result<(), MailError> {
    let parameters: Vec<_> = url.query_pairs().collect();
    let is_safe = match (url.scheme(), parameters.as_slice()) {
        ("smtps", []) => true,
        ("smtp", []) => false,
        ("smtp", [(name, tls)]) if name == "tls" => match tls.as_ref() {
            "required" => true,
            "opportunistic" => false,
            _ => return Err(MailError::Url),
        },
        _ => return Err(MailError::Url),
    };
    let has_user = !url.username().is_empty();
    if url.host_str().is_none_or(str::is_empty) || url.fragment().is_some() || has_user != url.password().is_some() {
        return Err(MailError::Url);
    }
    if has_user && !is_safe { Err(MailError::Open) } else { Ok(()) }
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

impl Mailer for Mail {
    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, nexus_kernel::Result<()>> {
        Box::pin(async move {
            let message = self.message(letter)?;
            match &self.out {
                Out::Smtp(smtp) => smtp.send(message).await.map(drop).map_err(|error| {
                    let gone = error.status().map(code).is_some_and(|code| NO_SUCH_MAILBOX.contains(&code));
                    let detail = format!("the mail server: {error}");
                    if gone { Problem::field("email", "mailbox", detail) } else { Problem::new(Kind::Away, detail) }
                }),
                Out::Folder(folder, files) => files.send(message).await.map(drop).map_err(|error| {
                    Problem::new(Kind::Away, format!("cannot write mail into {}: {error}", folder.display()))
                }),
            }
        })
    }
}

fn code(code: Code) -> u16 {
    code.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_not_sent_where_others_can_read_it() {
        let open =
            |url: &str| Mail::open(url, "Nexus <nexus@kibo.example>").map(drop).map_err(|error| error.to_string());
        assert_eq!(open("smtp://mail.example?tls=required"), Ok(()));
        assert_eq!(open("smtps://ada:secret@mail.example"), Ok(()));
        let refused = open("smtp://ada:secret@mail.example").expect_err("refused");
        assert!(refused.contains("smtps://") && !refused.contains("secret"), "{refused}");
        assert!(open("smtp://ada:secret@mail.example?tls=opportunistic").expect_err("refused").contains("a password"));
        // What reads like it elsewhere in the URL is no TLS: a password, a name, a parameter of another name.
        for password in ["tls=required", "%3Ftls=required", "a%26tls=required"] {
            let refused = open(&format!("smtp://ada:{password}@mail.example")).expect_err("refused");
            assert!(refused.starts_with("--mail: a password goes over smtps://"), "{refused}");
        }
        for url in [
            "smtp://ada:secret@mail.example/?name=tls=required",
            "smtp://ada:secret@mail.example?TLS=required",
            "smtp://ada:secret@mail.example?tls=no&tls=required",
            "smtp://ada:secret@mail.example#?tls=required",
            "smtps://ada:secret@mail.example?tls=required",
            "smtp://ada:secret@mail.example?tls=require",
            "smtps://ada@mail.example",
            "smtps://:secret@mail.example",
            "smtp:mail.example?tls=required",
        ] {
            assert!(open(url).expect_err(url).starts_with("--mail: write smtps://"), "{url}");
        }
        assert!(open("http://mail.example").expect_err("refused").starts_with("--mail: write smtps://"));
        let from = Mail::open("smtp://mail.example", "nobody").err().map(|error| error.to_string());
        assert_eq!(from.as_deref(), Some("--mail-from: `nobody` is no address; write NAME <USER@HOST>"));
    }
}
