//! Which of a contact's addresses a document uses.

use crate::objects::{Party, PartyAddressKind};
use nexus_kernel::prelude::*;

impl Party {
    /// The address of this kind, else the billing address, else the first: a letter to an address that was
    /// meant for something else still arrives.
    pub fn address(&self, kind: PartyAddressKind) -> Option<&Address> {
        let of = |kind| self.addresses.iter().find(|row| row.kind == kind && row.address.is_some());
        let row = of(kind).or_else(|| of(PartyAddressKind::Billing));
        let row = row.or_else(|| self.addresses.iter().find(|row| row.address.is_some()));
        row.and_then(|row| row.address.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::objects::PartyAddress;

    fn party(addresses: &[(PartyAddressKind, &str)]) -> Party {
        let row = |(kind, city): &(PartyAddressKind, &str)| PartyAddress {
            kind: *kind,
            address: Some(Address { city: Some((*city).to_owned()), ..Address::default() }),
            ..PartyAddress::default()
        };
        Party { addresses: addresses.iter().map(row).collect(), ..Party::default() }
    }

    #[test]
    fn the_address_of_the_kind_comes_before_billing_and_billing_before_any() {
        use PartyAddressKind::{Billing, Other, Shipping};
        let check = |addresses: &[(PartyAddressKind, &str)], wanted, expect: Option<&str>| {
            let party = party(addresses);
            assert_eq!(party.address(wanted).and_then(|address| address.city.as_deref()), expect);
        };
        let both = [(Other, "Thika"), (Billing, "Nairobi"), (Shipping, "Mombasa")];
        check(&both, Shipping, Some("Mombasa"));
        check(&both, Billing, Some("Nairobi"));
        check(&both[..2], Shipping, Some("Nairobi"));
        check(&both[..1], Billing, Some("Thika"));
        check(&[], Billing, None);
    }
}
