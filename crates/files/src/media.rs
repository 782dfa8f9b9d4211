//! What kind of file a content is: told by its first bytes, and only where those do not tell by who sent it.

/// First bytes that are looked at.
pub const HEAD: usize = 8_192;
/// Characters of a media type.
const TYPE_MAX: usize = 127;
/// What nothing is known of.
const UNKNOWN: &str = "application/octet-stream";
/// What a ZIP archive may be in truth, as its sender says: documents are archives too, and `infer` tells only some.
const ZIPPED: [&str; 3] =
    ["application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument.", "application/epub+zip"];
/// Types that a browser shows without running anything in them.
const SHOWN: [&str; 9] = [
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "application/pdf",
    "text/plain",
    "audio/mpeg",
    "video/mp4",
    "video/webm",
];

/// The media type of a content with these first bytes, whose sender says that it is of the type `declared`.
pub fn sniff(head: &[u8], declared: Option<&str>) -> String {
    let declared = declared.map(plain).filter(|text| is_type(text));
    match infer::get(head).map(|kind| kind.mime_type()) {
        Some("application/zip") => {
            let zipped = declared.filter(|text| ZIPPED.iter().any(|known| text.starts_with(known)));
            zipped.unwrap_or_else(|| "application/zip".to_owned())
        }
        Some(known) => known.to_owned(),
        // What has a mark of its own and does not begin with it is not what it is said to be.
        None => match declared.filter(|text| !has_mark(text)) {
            Some(text) => text,
            None if is_text(head) => "text/plain".to_owned(),
            None => UNKNOWN.to_owned(),
        },
    }
}

/// Whether a browser may show it in the page's own place; everything else it is told to save.
pub fn is_shown(media_type: &str) -> bool {
    SHOWN.contains(&media_type)
}

/// Without parameters, such as `; charset=utf-8`.
fn plain(text: &str) -> String {
    text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// RFC 6838, section 4.2.
fn is_type(text: &str) -> bool {
    let sound = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphanumeric())
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte))
    };
    text.len() <= TYPE_MAX && text.split_once('/').is_some_and(|(kind, name)| sound(kind) && sound(name))
}

fn has_mark(media_type: &str) -> bool {
    is_shown(media_type) && media_type != "text/plain"
}

/// Whether the bytes are text in UTF-8, of which the last letter may be cut off.
fn is_text(head: &[u8]) -> bool {
    let sound = match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none() && error.valid_up_to() > 0,
    };
    sound && !head.iter().any(|byte| *byte < 0x20 && !b"\t\n\r\x0c".contains(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_count_before_what_is_said() {
        let check = |head: &[u8], declared: Option<&str>, expect: &str| {
            assert_eq!(sniff(head, declared), expect, "{declared:?}");
        };
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
        check(png, Some("text/html"), "image/png");
        check(b"<html><script>", Some("image/png"), "text/html");
        check(b"plain words", Some("image/png"), "text/plain");
        check(b"a,b\n1,2\n", Some("Text/CSV; charset=utf-8"), "text/csv");
        check(b"a,b\n1,2\n", None, "text/plain");
        check("Zürich".as_bytes().split_at(2).0, None, "text/plain");
        check(b"\0\x01\x02", Some("../etc"), UNKNOWN);
        check(b"\0\x01\x02", Some("application/x-own"), "application/x-own");
        check(b"", None, "text/plain");
        let odt = "application/vnd.oasis.opendocument.text";
        check(b"PK\x03\x04rest", Some(odt), odt);
        check(b"PK\x03\x04rest", Some("image/png"), "application/zip");
    }
}
