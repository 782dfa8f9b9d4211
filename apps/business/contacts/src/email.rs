//! The one written form of an e-mail address.

/// `address` as it is stored and looked for: without space around it, in lower case.
///
/// RFC 5321 lets a mailbox tell `Ada` from `ada`, but no provider in use does, and people type both.
pub fn plain(address: &str) -> String {
    address.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_space_make_no_difference() {
        assert_eq!(plain(" Ada@Example.COM "), "ada@example.com");
        assert_eq!(plain("ada@example.com"), "ada@example.com");
    }
}
