//! The currency that a country's companies usually keep their books in.

/// Countries (ISO 3166-1 alpha-2) by the currency (ISO 4217) that is legal tender there, as of January 2026.
#[rustfmt::skip]
const BY_CURRENCY: &[(&str, &str)] = &[
    ("AED", "AE"), ("AFN", "AF"), ("ALL", "AL"), ("AMD", "AM"), ("AOA", "AO"), ("ARS", "AR"),
    ("AUD", "AU CC CX HM KI NF NR TV"), ("AWG", "AW"), ("AZN", "AZ"), ("BAM", "BA"), ("BBD", "BB"), ("BDT", "BD"),
    ("BHD", "BH"), ("BIF", "BI"), ("BMD", "BM"), ("BND", "BN"), ("BOB", "BO"), ("BRL", "BR"), ("BSD", "BS"),
    ("BTN", "BT"), ("BWP", "BW"), ("BYN", "BY"), ("BZD", "BZ"), ("CAD", "CA"), ("CDF", "CD"), ("CHF", "CH LI"),
    ("CLP", "CL"), ("CNY", "CN"), ("COP", "CO"), ("CRC", "CR"), ("CUP", "CU"), ("CVE", "CV"), ("CZK", "CZ"),
    ("DJF", "DJ"), ("DKK", "DK FO GL"), ("DOP", "DO"), ("DZD", "DZ"), ("EGP", "EG"), ("ERN", "ER"), ("ETB", "ET"),
    ("EUR", "AD AT AX BE BG BL CY DE EE ES FI FR GF GP GR HR IE IT LT LU LV MC ME MF MQ MT NL PM PT RE SI SK SM TF VA XK YT"),
    ("FJD", "FJ"), ("FKP", "FK"), ("GBP", "GB GG GS IM JE"), ("GEL", "GE"), ("GHS", "GH"), ("GIP", "GI"),
    ("GMD", "GM"), ("GNF", "GN"), ("GTQ", "GT"), ("GYD", "GY"), ("HKD", "HK"), ("HNL", "HN"), ("HTG", "HT"),
    ("HUF", "HU"), ("IDR", "ID"), ("ILS", "IL PS"), ("INR", "IN"), ("IQD", "IQ"), ("IRR", "IR"), ("ISK", "IS"),
    ("JMD", "JM"), ("JOD", "JO"), ("JPY", "JP"), ("KES", "KE"), ("KGS", "KG"), ("KHR", "KH"), ("KMF", "KM"),
    ("KPW", "KP"), ("KRW", "KR"), ("KWD", "KW"), ("KYD", "KY"), ("KZT", "KZ"), ("LAK", "LA"), ("LBP", "LB"),
    ("LKR", "LK"), ("LRD", "LR"), ("LSL", "LS"), ("LYD", "LY"), ("MAD", "EH MA"), ("MDL", "MD"), ("MGA", "MG"),
    ("MKD", "MK"), ("MMK", "MM"), ("MNT", "MN"), ("MOP", "MO"), ("MRU", "MR"), ("MUR", "MU"), ("MVR", "MV"),
    ("MWK", "MW"), ("MXN", "MX"), ("MYR", "MY"), ("MZN", "MZ"), ("NAD", "NA"), ("NGN", "NG"), ("NIO", "NI"),
    ("NOK", "BV NO SJ"), ("NPR", "NP"), ("NZD", "CK NU NZ PN TK"), ("OMR", "OM"), ("PAB", "PA"), ("PEN", "PE"),
    ("PGK", "PG"), ("PHP", "PH"), ("PKR", "PK"), ("PLN", "PL"), ("PYG", "PY"), ("QAR", "QA"), ("RON", "RO"),
    ("RSD", "RS"), ("RUB", "RU"), ("RWF", "RW"), ("SAR", "SA"), ("SBD", "SB"), ("SCR", "SC"), ("SDG", "SD"),
    ("SEK", "SE"), ("SGD", "SG"), ("SHP", "SH"), ("SLE", "SL"), ("SOS", "SO"), ("SRD", "SR"), ("SSP", "SS"),
    ("STN", "ST"), ("SYP", "SY"), ("SZL", "SZ"), ("THB", "TH"), ("TJS", "TJ"), ("TMT", "TM"), ("TND", "TN"),
    ("TOP", "TO"), ("TRY", "TR"), ("TTD", "TT"), ("TWD", "TW"), ("TZS", "TZ"), ("UAH", "UA"), ("UGX", "UG"),
    ("USD", "AS BQ EC FM GU IO MH MP PR PW SV TC TL UM US VG VI"), ("UYU", "UY"), ("UZS", "UZ"), ("VES", "VE"),
    ("VND", "VN"), ("VUV", "VU"), ("WST", "WS"), ("XAF", "CF CG CM GA GQ TD"), ("XCD", "AG AI DM GD KN LC MS VC"),
    ("XCG", "CW SX"), ("XOF", "BF BJ CI GW ML NE SN TG"), ("XPF", "NC PF WF"), ("YER", "YE"), ("ZAR", "ZA"),
    ("ZMW", "ZM"), ("ZWG", "ZW"),
];

/// Every country with its usual currency, by the country's code.
pub(crate) fn all() -> Vec<(&'static str, &'static str)> {
    let each = |(currency, countries): &(&'static str, &'static str)| {
        let currency = *currency;
        countries.split(' ').map(move |country| (country, currency))
    };
    let mut all: Vec<_> = BY_CURRENCY.iter().flat_map(each).collect();
    all.sort_unstable();
    all
}

/// The usual currency of a country.
pub(crate) fn currency(country: &str) -> Option<&'static str> {
    let has = |countries: &str| countries.split(' ').any(|known| known == country);
    BY_CURRENCY.iter().find(|(_, countries)| has(countries)).map(|(currency, _)| *currency)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_has_its_currency() {
        let check = |country, expect| assert_eq!(currency(country), expect, "{country}");
        check("KE", Some("KES"));
        check("FR", Some("EUR"));
        check("GB", Some("GBP"));
        check("US", Some("USD"));
        check("XX", None);
        check("", None);
    }

    #[test]
    fn no_country_is_there_twice() {
        let mut all: Vec<&str> = BY_CURRENCY.iter().flat_map(|(_, countries)| countries.split(' ')).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
