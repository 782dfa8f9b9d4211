//! The words of a letter: Nexus's own templates, or a company's in their place.

use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment};
use nexus_kernel::{Letter, Problem, Template};

/// Steps that a template may take; a company's own may loop.
const FUEL: u64 = 1_000_000;
/// Letters of a subject.
const SUBJECT_MAX: usize = 200;

/// A letter in words.
pub(crate) struct Words {
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) html: String,
}

fn shipped(name: &str) -> Template {
    let [subject, text, html] = match name {
        "digest" => [
            include_str!("../templates/digest.subject"),
            include_str!("../templates/digest.txt"),
            include_str!("../templates/digest.html"),
        ],
        "document" => [
            include_str!("../templates/document.subject"),
            include_str!("../templates/document.txt"),
            include_str!("../templates/document.html"),
        ],
        _ => [
            include_str!("../templates/notification.subject"),
            include_str!("../templates/notification.txt"),
            include_str!("../templates/notification.html"),
        ],
    };
    Template { subject: subject.to_owned(), text: text.to_owned(), html: html.to_owned() }
}

/// Puts a letter into words. In HTML what is put in is escaped, and a subject is one line.
///
/// # Errors
/// When the template cannot be rendered, naming the part and the line.
pub(crate) fn write(letter: &Letter) -> Result<Words, Problem> {
    let template = letter.own.clone().unwrap_or_else(|| shipped(letter.name));
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|part| if part == "html" { AutoEscape::Html } else { AutoEscape::None });
    environment.set_fuel(Some(FUEL));
    let render = |part: &str, source: &str| {
        environment.render_named_str(part, source, Serde(&letter.data)).map_err(|error| {
            let message = format!("the mail template {}: {error:#}; mend it under core.mail_template", letter.name);
            Problem::field(part, "template", message)
        })
    };
    let subject = render("subject", &template.subject)?;
    let subject = subject.split_whitespace().collect::<Vec<_>>().join(" ");
    Ok(Words {
        subject: subject.chars().take(SUBJECT_MAX).collect(),
        text: render("text", &template.text)?,
        html: render("html", &template.html)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(own: Option<Template>) -> Letter {
        let told =
            serde_json::json!({"kind": "tasks.due", "title": "A & B\r\nBcc: all", "body": "<b>now</b>", "url": null});
        Letter {
            id: "1".to_owned(),
            to: ("Ada".to_owned(), "ada@kibo.example".to_owned()),
            name: "notification",
            own,
            data: serde_json::json!({"company": "Kibo", "user": {"name": "Ada"}, "notifications": [told],
                                     "settings_url": null}),
            unsubscribe: None,
            reply_to: None,
            enclosures: Vec::new(),
        }
    }

    #[test]
    fn what_is_put_in_is_escaped_and_a_subject_is_one_line() {
        let words = write(&letter(None)).expect("words");
        assert_eq!(words.subject, "A & B Bcc: all");
        assert!(words.text.contains("<b>now</b>"), "{}", words.text);
        assert!(words.html.contains("&lt;b&gt;now&lt;&#x2f;b&gt;") && !words.html.contains("<b>now"), "{}", words.html);
    }

    #[test]
    fn a_template_that_cannot_be_rendered_or_never_ends_is_refused_by_its_part() {
        let refused = |text: &str| {
            let own = Template { subject: "s".to_owned(), text: text.to_owned(), html: String::new() };
            write(&letter(Some(own))).err().map(|problem| problem.errors[0].field.clone())
        };
        assert_eq!(refused("{{ company }}"), None);
        assert_eq!(refused("{{ company"), Some("text".to_owned()));
        let endless = "{% for a in range(9999) %}{% for b in range(9999) %}{{ a }}{% endfor %}{% endfor %}";
        assert_eq!(refused(endless), Some("text".to_owned()));
    }
}
