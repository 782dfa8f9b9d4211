//! The shipped templates, read back from the PDF: exact figures, many pages, missing and hostile data.

use crate::reading::{check_hides, check_shows, page, pages};
use nexus_print::{PrintError, Template, pdf};
use serde_json::{Value, json};

const INVOICE: Template<'_> =
    Template { name: "finance/invoice", source: include_str!("../../../../apps/business/finance/prints/invoice.typ") };
const CREDIT_NOTE: Template<'_> = Template {
    name: "finance/credit_note",
    source: include_str!("../../../../apps/business/finance/prints/credit_note.typ"),
};
const QUOTATION: Template<'_> =
    Template { name: "sales/quotation", source: include_str!("../../../../apps/business/sales/prints/quotation.typ") };

fn invoice() -> Value {
    serde_json::from_str(include_str!("fixtures/invoice.json")).expect("the fixture is JSON")
}

fn eur(amount: &str) -> Value {
    json!({ "amount": amount, "currency": "EUR" })
}

fn credit_note() -> Value {
    serde_json::from_str(include_str!("fixtures/credit_note.json")).expect("the fixture is JSON")
}

fn quotation() -> Value {
    serde_json::from_str(include_str!("fixtures/quotation.json")).expect("the fixture is JSON")
}

/// The least data an invoice can be printed from.
fn bare_invoice() -> Value {
    json!({
        "company": { "name": "Kontor Nord GmbH" },
        "party": { "name": "Café Österreich" },
        "document": { "currency": "EUR", "total": eur("12.00"), "open": eur("12.00") },
        "lines": [{ "description": "Coffee", "amount": eur("12.00") }],
    })
}

// 11,250.00 + 819.00 + 931.50 − 240.00 = 12,760.50 untaxed; 19 % of 12,069.00 is 2,293.11 and 7 % of
// 691.50 is 48.405, by half up 48.41; 15,102.02 less 5,000.00 paid leaves 10,102.02.
#[test]
fn an_invoice_shows_its_exact_figures() {
    let page = page(&INVOICE, &invoice());
    check_shows(
        &page,
        &[
            "Invoice number INV-2026-0042",
            "Date of issue 31 January 2026",
            "Date of supply 28 January 2026",
            "Date due 2 March 2026",
            "Your reference PO 4711",
            "20457 Hamburg Germany Tax ID DE123456789 billing@kontor-nord.example",
            "Café Österreich & Söhne OG Mariahilfer Straße 8 Stiege 2, Tür 14 1070 Wien Austria Tax ID ATU12345678",
            "EUR 10,102.02 due 2 March 2026",
            "1 pcs 11,250.00 VAT 19 % 11,250.00",
            "Discount 10 % 6.5 h 140.00 VAT 19 % 819.00",
            "45 kg 20.70 VAT 7 % 931.50",
            "1 −240.00 VAT 7 % −240.00",
            "Subtotal 12,760.50",
            "VAT 19 % on 12,069.00 2,293.11",
            "VAT 7 % on 691.50 48.41",
            "Total EUR 15,102.02",
            "Paid −5,000.00",
            "Amount due EUR 10,102.02",
            "IBAN DE89 3704 0044 0532 0130 00",
            "Payment reference INV-2026-0042",
            "Goods remain our property until they are paid in full.",
            "Amtsgericht Hamburg HRB 98765",
            "Page 1 of 1",
        ],
    );
    check_hides(&page, &["Draft", "Nothing is due"]);
}

#[test]
fn a_credit_note_names_the_invoice_and_what_remains() {
    let page = page(&CREDIT_NOTE, &credit_note());
    check_shows(
        &page,
        &[
            "Credit note number CN-2026-0003",
            "Credits invoice INV-2026-0042 of 31 January 2026",
            "Credit to Café Österreich & Söhne OG",
            "EUR 199.34 in your favour",
            "9 kg 20.70 VAT 7 % 186.30",
            "VAT 7 % on 186.30 13.04",
            "Credit remaining EUR 199.34",
        ],
    );
    check_hides(&page, &["How to pay", "Refunded"]);
}

#[test]
fn a_settled_credit_note_says_so() {
    let mut data = credit_note();
    data["document"]["paid"] = eur("199.34");
    data["document"]["open"] = eur("0.00");
    check_shows(
        &page(&CREDIT_NOTE, &data),
        &["EUR 199.34 credited and settled", "Refunded or set off −199.34", "Credit remaining EUR 0.00"],
    );
}

#[test]
fn a_quotation_shows_its_price_its_validity_and_where_to_sign() {
    let page = page(&QUOTATION, &quotation());
    check_shows(
        &page,
        &[
            "Quotation number Q-2026-0007",
            "Asheville, NC 28801 United States",
            "Prepared for Lakeside School District 77 Shore Road Madison, WI 53703",
            "USD 48,170.00, valid until 28 February 2026",
            "Canoes and safety Canoe, two seats, with paddles 24 1,899.00 45,576.00",
            // A price is never rounded to the currency's decimals.
            "Life vest, adult 48 54.0417 2,594.00",
            "Total USD 48,170.00",
            "Name and position Date Signature",
        ],
    );
    check_hides(&page, &["Subtotal", "Tax ID", "Amount due", "How to pay"]);
}

#[test]
fn an_accepted_quotation_names_who_accepted_it() {
    let mut data = quotation();
    data["document"]["state"] = "accepted".into();
    data["document"]["accepted"] = json!({ "by": "Mary Lake", "date": "2026-02-03" });
    let page = page(&QUOTATION, &data);
    check_shows(&page, &["Accepted by Mary Lake Accepted on 3 February 2026"]);
    check_hides(&page, &["Signature", "valid until"]);
}

#[test]
fn a_draft_is_marked_on_every_page() {
    let mut data = invoice();
    data["document"]["state"] = "draft".into();
    data["document"]["number"] = Value::Null;
    let line = data["lines"][0].clone();
    data["lines"] = vec![line; 40].into();
    let pages = pages(&INVOICE, &data);
    assert!(pages.len() > 1);
    check_shows(&pages[0], &["Invoice Draft"]);
    for page in &pages {
        check_shows(page, &["Draft · Kontor Nord GmbH"]);
    }
}

#[test]
fn what_is_due_is_said_first() {
    let check = |state: &str, paid: &str, open: &str, expected: &str| {
        let mut data = invoice();
        data["document"]["state"] = state.into();
        data["document"]["paid"] = eur(paid);
        data["document"]["open"] = eur(open);
        let page = page(&INVOICE, &data);
        check_shows(&page, &[expected]);
        let owed = state != "cancelled" && open == "100.00";
        assert_eq!(page.contains("How to pay"), owed, "{page}");
        assert_eq!(page.contains("Amount due"), state != "cancelled", "{page}");
    };
    check("posted", "15002.02", "100.00", "EUR 100.00 due 2 March 2026");
    check("posted", "15102.02", "0.0000", "Paid in full. Nothing is due.");
    check("posted", "0.00", "0.00", "Nothing is due.");
    check("posted", "15112.02", "-10.00", "Overpaid by EUR 10.00. Nothing is due.");
    check("cancelled", "0.00", "100.00", "Cancelled. Nothing is due.");
}

#[test]
fn an_invoice_over_zero_says_that_nothing_is_due() {
    let mut data = bare_invoice();
    data["document"]["total"] = eur("0.00");
    data["document"]["open"] = eur("0.00");
    let page = page(&INVOICE, &data);
    check_shows(&page, &["Nothing is due.", "Amount due EUR 0.00"]);
    check_hides(&page, &["How to pay", "Paid"]);
}

#[test]
fn fields_that_say_nothing_are_left_out() {
    let mut data = bare_invoice();
    data["party"]["address"] = Value::Null;
    data["party"]["tax_id"] = "".into();
    data["taxes"] = json!([]);
    let page = page(&INVOICE, &data);
    check_shows(&page, &["EUR 12.00 due Description Amount EUR Coffee 12.00", "Total EUR 12.00"]);
    check_hides(
        &page,
        &["none", "number", "Date", "Tax", "Quantity", "Unit price", "Subtotal", "Paid", "Notes", "due due"],
    );
}

#[test]
fn two_hundred_lines_repeat_the_head_and_number_the_pages() {
    let mut data = invoice();
    let line = |n: usize| {
        json!({
            "description": format!("Position {n:03}"),
            "quantity": n,
            "unit_price": eur("1000.01"),
            "taxes": "VAT 19 %",
            "amount": eur(&format!("{}.{:02}", n * 1000 + n / 100, n % 100)),
        })
    };
    data["lines"] = (1..=200).map(line).collect();
    let pages = pages(&INVOICE, &data);
    assert!((5..=10).contains(&pages.len()), "{} pages", pages.len());
    for (index, page) in pages.iter().enumerate() {
        let number = format!("Page {} of {}", index + 1, pages.len());
        check_shows(page, &["Description Quantity Unit price Tax Amount EUR", &number]);
        assert_eq!(page.contains("Kontor Nord GmbH Invoice INV-2026-0042"), index > 0, "{page}");
    }
    let all = pages.join(" ");
    for n in 1..=200 {
        assert_eq!(all.matches(&format!("Position {n:03} ")).count(), 1);
    }
    check_shows(&all, &["Position 200 200 1,000.01 VAT 19 % 200,002.00"]);
    assert_eq!(all.matches("Amount due").count(), 1);
}

#[test]
fn a_description_longer_than_a_page_goes_on_overleaf() {
    let mut data = bare_invoice();
    data["lines"][0]["description"] = "word ".repeat(3000).into();
    let pages = pages(&INVOICE, &data);
    assert!(pages.len() > 1);
    assert_eq!(pages.join(" ").matches("word").count(), 3000);
}

#[test]
fn data_are_never_markup() {
    let hostile = [
        r##"#read("/etc/passwd")"##,
        r##"#import "@preview/cetz:0.3.4": *"##,
        r##"*bold* _it_ $x^2$ @ref <label> `raw` // c /* x */ [c] {d} ~ -- --- ... "q" 'x' \ = - +"##,
        "= Heading",
        "שלום",
        "Ωμέγα Київ Łódź Đặng ﬁ €₹₽",
    ];
    for text in hostile {
        let mut data = invoice();
        let description = data["lines"][1]["description"].take();
        assert_eq!(description, "Barista training");
        data["company"]["name"] = text.into();
        data["company"]["registration"] = text.into();
        data["party"]["name"] = text.into();
        data["party"]["address"]["street"] = text.into();
        data["document"]["number"] = text.into();
        data["document"]["notes"] = text.into();
        data["lines"][1]["description"] = text.into();
        data["lines"][1]["unit"] = text.into();
        data["taxes"][0]["label"] = text.into();
        let pages = pages(&INVOICE, &data).join(" ");
        // Hebrew is stored in the order it is drawn in; that it is drawn is enough.
        if text.is_ascii() {
            assert!(pages.matches(text).count() >= 6, "{text:?} is not printed as it stands: {pages}");
        }
        check_shows(&pages, &["Amount due EUR 10,102.02"]);
    }
}

#[test]
fn unprintable_letters_are_dropped_and_missing_ones_do_no_harm() {
    let mut data = bare_invoice();
    data["party"]["name"] = "a\u{0}b\u{7}c\u{1b}[31m\u{202e}d\u{2066}e".into();
    data["lines"][0]["description"] = "株式会社 😀 شركة".into();
    data["document"]["notes"] = "first\r\nsecond\tthird\n\n\nlast".into();
    let page = page(&INVOICE, &data);
    check_shows(&page, &["abc[31mde", "first second third last", "EUR 12.00 due"]);
}

#[test]
fn a_word_too_long_for_its_column_breaks() {
    let mut data = bare_invoice();
    data["lines"][0]["description"] = "x".repeat(400).into();
    let page = page(&INVOICE, &data);
    let letters = page.chars().filter(|&letter| letter == 'x').count();
    assert_eq!(letters, 400, "{page}");
    assert!(!page.contains(&"x".repeat(120)), "{page}");
}

#[test]
fn an_amount_in_another_currency_names_it() {
    let mut data = bare_invoice();
    data["lines"][0]["amount"] = json!({ "amount": "1500", "currency": "JPY" });
    check_shows(&page(&INVOICE, &data), &["Coffee JPY 1,500 "]);
}

#[test]
fn a_missing_field_is_named_with_the_line_that_needs_it() {
    let mut data = invoice();
    data["document"]["open"] = Value::Null;
    let error = pdf(&INVOICE, &data).map(|bytes| bytes.len()).expect_err("the amount due is missing");
    let line = INVOICE.source.lines().position(|line| line.contains(r#"need(invoice, "open")"#));
    match error {
        PrintError::Template { template, line: at, message } => {
            assert_eq!(template, "finance/invoice");
            assert_eq!(at, line.map(|line| line + 1));
            check_shows(&message, &["the data lack open"]);
        }
        other => panic!("{other}"),
    }
}

#[test]
fn a_number_that_is_not_a_decimal_string_is_refused() {
    for wrong in [json!(1.1), json!("1e3"), json!("12,00"), json!(""), json!("NaN"), json!("--1")] {
        let mut data = invoice();
        data["lines"][0]["amount"]["amount"] = wrong.clone();
        let error = pdf(&INVOICE, &data).map(|bytes| bytes.len()).expect_err("no number");
        check_shows(&error.to_string(), &["print template finance/invoice, line ", "expected a number"]);
    }
}
