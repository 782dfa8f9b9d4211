//! That a workbook is one that can be read in bounded memory. What it says of itself may be a lie, so each part is
//! unpacked and taken apart, to nowhere, as it will be taken apart to be read.

use std::io::{BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

/// Bytes of all parts, unpacked. The texts of a workbook are held in memory, its sheets are not.
const UNPACKED_MAX: u64 = 1 << 30;
/// Bytes of the texts that the sheets share.
const TEXTS_MAX: u64 = 128 << 20;
/// Bytes of a part that is no XML, such as a picture.
const OTHER_MAX: u64 = 64 << 20;
/// Parts.
const PARTS_MAX: usize = 10_000;
/// Bytes of a tag or a text, which is held whole.
const PIECE_MAX: usize = 4 << 20;
/// How many shared texts a workbook may announce: room for them is made before the first is read.
const ANNOUNCED_MAX: u64 = 10_000_000;
/// Of elements of which a list is held in memory: sheets, relationships, forms of cells.
const LISTED_MAX: usize = 200_000;
const LISTED: [&str; 9] = ["sheet", "Relationship", "xf", "numFmt", "font", "fill", "border", "dxf", "definedName"];

/// # Errors
/// In words, where reading it might take more.
pub(crate) fn check(content: &[u8]) -> Result<(), String> {
    let unread = |error: zip::result::ZipError| format!("it is no workbook: {error}");
    let mut parts = ZipArchive::new(Cursor::new(content)).map_err(unread)?;
    if parts.len() > PARTS_MAX {
        return Err(format!("a workbook has at most {PARTS_MAX} parts; save the sheet as CSV"));
    }
    let mut whole = 0;
    for index in 0..parts.len() {
        let part = parts.by_index(index).map_err(unread)?;
        let name = part.name().map_err(|error| format!("it is no workbook: {error}"))?.to_lowercase();
        let is_xml = name.ends_with(".xml") || name.ends_with(".rels");
        let most = match is_xml {
            true if name.ends_with("sharedstrings.xml") => TEXTS_MAX,
            true => UNPACKED_MAX,
            false => OTHER_MAX,
        };
        let mut part = Counted { inner: part, bytes: 0, most: most.min(UNPACKED_MAX - whole), room: usize::MAX };
        let told = if is_xml { check_xml(&mut part) } else { Ok(()) };
        let rest = std::io::copy(&mut part, &mut std::io::sink()).map(drop).map_err(|error| error.to_string());
        // What a part lacks is told where it is read.
        if let Err(why) = told.and(rest) {
            return Err(format!("{name} cannot be read: {why}; save the sheet as CSV"));
        }
        whole += part.bytes;
    }
    Ok(())
}

/// Ends with an error where more is read than may be.
struct Counted<R> {
    inner: R,
    bytes: u64,
    most: u64,
    /// Bytes that may be read for the piece at hand.
    room: usize,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.room == 0 {
            return Err(std::io::Error::other(format!("a tag or a text in it has more than {PIECE_MAX} bytes")));
        }
        let count = self.inner.read(buffer)?;
        self.bytes += count as u64;
        self.room = self.room.saturating_sub(count);
        if self.bytes > self.most {
            return Err(std::io::Error::other(format!("unpacked it has more than {} bytes", self.most)));
        }
        Ok(count)
    }
}

fn check_xml<R: Read>(part: &mut Counted<R>) -> Result<(), String> {
    let mut reader = Reader::from_reader(BufReader::new(part));
    let config = reader.config_mut();
    (config.check_end_names, config.expand_empty_elements) = (false, true);
    let (mut buffer, mut listed) = (Vec::new(), 0);
    loop {
        buffer.clear();
        reader.get_mut().get_mut().room = PIECE_MAX;
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag)) => {
                let name = tag.local_name();
                let name: &str = name.as_ref();
                listed += usize::from(LISTED.contains(&name));
                if listed > LISTED_MAX {
                    return Err(format!("it lists more than {LISTED_MAX} sheets, relationships or forms of cells"));
                }
                if name == "sst" {
                    check_announced(&tag)?;
                }
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(quick_xml::Error::Io(error)) => return Err(error.to_string()),
            // Whoever reads it gets no further either.
            Err(_) => break,
        }
    }
    reader.get_mut().get_mut().room = usize::MAX;
    Ok(())
}

fn check_announced(tag: &quick_xml::events::BytesStart<'_>) -> Result<(), String> {
    for attribute in tag.attributes().with_checks(false).flatten() {
        let count = attribute.value.parse::<u64>();
        if attribute.key.local_name().as_ref() == "uniqueCount" && count.is_ok_and(|count| count > ANNOUNCED_MAX) {
            return Err(format!("it announces more than {ANNOUNCED_MAX} texts"));
        }
    }
    Ok(())
}
