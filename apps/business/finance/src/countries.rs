//! Countries by name, for the addresses on printed documents.

use nexus_kernel::prelude::*;

const COUNTRIES: &str = include_str!("countries.tsv");

/// The English name of a country; a code that is none stays as it is.
fn name(code: &str) -> &str {
    let mut rows = COUNTRIES.lines().filter_map(|line| line.split_once('\t'));
    rows.find(|(known, _)| *known == code).map_or(code, |(_, name)| name)
}

/// An address as letters carry it, with its country by name.
pub(crate) fn written(address: Option<&Address>) -> Option<Address> {
    let address = address?.clone();
    let country = address.country.map(|code| name(&code).to_owned());
    Some(Address { country, ..address })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_names_its_country() {
        let address = Address { city: Some("Nakuru".to_owned()), country: Some("KE".to_owned()), ..Address::default() };
        assert_eq!(written(Some(&address)).and_then(|address| address.country).as_deref(), Some("Kenya"));
        assert_eq!(written(None), None);
        assert_eq!(name("GB"), "United Kingdom");
        assert_eq!(name("ZZ"), "ZZ");
    }
}
