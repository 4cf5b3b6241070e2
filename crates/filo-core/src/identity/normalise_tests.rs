use super::*;

fn new(kind: Kind, raw: &str) -> Result<Identifier, Refusal> {
    Identifier::new(kind, raw, &Rules::default())
}

/// Each line: kind, what came in, what must come out.
fn check(kind: Kind, cases: &[(&str, Result<&str, Refusal>)]) {
    for (raw, expected) in cases {
        let got = new(kind, raw).map(|identifier| identifier.value);
        assert_eq!(
            got.as_deref().map_err(|refusal| *refusal),
            *expected,
            "{kind:?} {raw:?}"
        );
    }
}

#[test]
fn ids_stay_as_they_were_sent() {
    check(
        Kind::UserId,
        &[
            ("u-42", Ok("u-42")),
            ("  Mario.Rossi ", Ok("Mario.Rossi")),
            ("a\u{200b}b\u{202e}c\0d\u{feff}", Ok("abcd")),
            // A composed and a decomposed accent are one letter.
            ("niccolo\u{300}", Ok("niccolò")),
            ("\u{a0}\u{2003}x\t\n", Ok("x")),
            ("\u{200b}\0", Err(Refusal::Empty)),
            ("   ", Err(Refusal::Empty)),
            ("000-000", Err(Refusal::Blocked)),
            ("Undefined", Err(Refusal::Blocked)),
        ],
    );
    assert_eq!(
        new(Kind::UserId, &"x".repeat(500)).map(|id| id.value.len()),
        Ok(500)
    );
    assert_eq!(new(Kind::UserId, &"x".repeat(501)), Err(Refusal::TooLong));
    assert_eq!(
        new(Kind::PushToken, &"x".repeat(100_000)),
        Err(Refusal::TooLong)
    );
}

#[test]
fn addresses() {
    let long = format!("{}@example.it", "a".repeat(65));
    check(
        Kind::Email,
        &[
            ("Mario.Rossi@Example.IT", Ok("mario.rossi@example.it")),
            ("mailto:Mario@Example.it.", Ok("mario@example.it")),
            ("M.a.r.i.o+promo@gmail.com", Ok("mario@gmail.com")),
            ("ma.rio@GoogleMail.com", Ok("mario@gmail.com")),
            ("mario+promo@example.it", Ok("mario+promo@example.it")),
            ("anna@caffè.it", Ok("anna@xn--caff-8oa.it")),
            ("anna@CAFFE\u{300}.it", Ok("anna@xn--caff-8oa.it")),
            ("anna@xn--caff-8oa.it", Ok("anna@xn--caff-8oa.it")),
            ("o'neil@example.ie", Ok("o'neil@example.ie")),
            ("rossi@rossi.it", Ok("rossi@rossi.it")),
            ("test@test.it", Err(Refusal::Blocked)),
            ("a@a.com", Err(Refusal::Blocked)),
            ("Info@example.it", Err(Refusal::Role)),
            ("cassa+2@example.it", Err(Refusal::Role)),
            ("noreply@example.it", Err(Refusal::Role)),
            ("mario", Err(Refusal::Malformed)),
            ("mario@localhost", Err(Refusal::Malformed)),
            ("mario rossi@example.it", Err(Refusal::Malformed)),
            ("Mario <mario@example.it>", Err(Refusal::Malformed)),
            ("a@b@example.it", Err(Refusal::Malformed)),
            ("mario@-example.it", Err(Refusal::Malformed)),
            ("mario@example..it", Err(Refusal::Malformed)),
            ("mario@127.0.0.1", Err(Refusal::Malformed)),
            ("@example.it", Err(Refusal::Malformed)),
            ("...+x@gmail.com", Err(Refusal::Malformed)),
            ("", Err(Refusal::Empty)),
            (&long, Err(Refusal::TooLong)),
        ],
    );
}

#[test]
fn cards_devices_and_other_systems() {
    check(
        Kind::Card,
        &[
            ("0042 1234-5678", Ok("004212345678")),
            ("ab.12", Ok("AB12")),
            ("0000 0000", Err(Refusal::Blocked)),
            ("<script>", Err(Refusal::Malformed)),
        ],
    );
    check(
        Kind::AdvertisingId,
        &[
            (
                "AEBE52E7-03EE-455A-B3C4-E57283966239",
                Ok("aebe52e7-03ee-455a-b3c4-e57283966239"),
            ),
            (
                "00000000-0000-0000-0000-000000000000",
                Err(Refusal::Blocked),
            ),
        ],
    );
    check(
        Kind::GaClientId,
        &[
            ("GA1.2.1234567890.1600000000", Ok("1234567890.1600000000")),
            ("1234567890.1600000000", Ok("1234567890.1600000000")),
        ],
    );
    check(
        Kind::External,
        &[
            ("Shopify: 77:Ab ", Ok("shopify:77:Ab")),
            ("shopify:0", Err(Refusal::Blocked)),
            ("shopify:", Err(Refusal::Empty)),
            (":77", Err(Refusal::Malformed)),
            ("77", Err(Refusal::Malformed)),
        ],
    );
}

#[test]
fn telephones() {
    let cases = [
        ("+39 333-123.4567", Ok((Kind::Phone, "+393331234567"))),
        ("tel:+393331234567", Ok((Kind::Phone, "+393331234567"))),
        ("(333) 1234567", Ok((Kind::Phone, "+393331234567"))),
        ("339123456", Ok((Kind::Phone, "+39339123456"))),
        ("+44 (0) 7400 123456", Ok((Kind::Phone, "+447400123456"))),
        ("0044 7400 123456", Ok((Kind::Phone, "+447400123456"))),
        ("+1 650 253 0000", Ok((Kind::Phone, "+16502530000"))),
        ("+33 6 12 34 56 78", Ok((Kind::Phone, "+33612345678"))),
        ("+49 (0)30 901820", Ok((Kind::Landline, "+4930901820"))),
        ("06 12345678", Ok((Kind::Landline, "+390612345678"))),
        ("800 123456", Ok((Kind::Landline, "+39800123456"))),
        ("3333333333", Err(Refusal::Blocked)),
        ("+39 333 333 3333", Err(Refusal::Blocked)),
        ("0000000000", Err(Refusal::Blocked)),
        ("112", Err(Refusal::Malformed)),
        ("12345", Err(Refusal::Malformed)),
        ("+", Err(Refusal::Malformed)),
        ("++39333", Err(Refusal::Malformed)),
        ("chiamare Anna", Err(Refusal::Malformed)),
        ("+999 1234567890", Err(Refusal::Malformed)),
        ("3331234567 3331234568", Err(Refusal::Malformed)),
    ];
    for (raw, expected) in cases {
        let got = new(Kind::Phone, raw);
        let got = got
            .as_ref()
            .map(|id| (id.kind, id.value.as_str()))
            .map_err(|refusal| *refusal);
        assert_eq!(got, expected, "{raw}");
    }
}

#[test]
fn a_number_without_a_country_belongs_to_the_workspace_s() {
    let german = Rules {
        country: "DE".into(),
        ..Rules::default()
    };
    let read = |raw| Identifier::new(Kind::Phone, raw, &german).map(|id| (id.kind, id.value));
    assert_eq!(
        read("0151 23456789"),
        Ok((Kind::Phone, "+4915123456789".into()))
    );
    assert_eq!(
        read("+39 06 12345678"),
        Ok((Kind::Landline, "+390612345678".into()))
    );
    assert_eq!(
        read("+393331234567"),
        Ok((Kind::Phone, "+393331234567".into()))
    );
}

/// Golden values: reference codes of the Ministry's algorithm, and libphonenumber 9 on the
/// same numbers.
#[test]
fn golden_tax_codes_and_telephones() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/golden/identity_codicefiscale_phone.json"
    );
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("skipped: {path} is not there");
        return;
    };
    let golden: serde_json::Value = serde_json::from_str(&text).unwrap();
    let tax_code = |raw: &str| new(Kind::TaxCode, raw).map(|id| id.value);
    for person in golden["encode"].as_array().unwrap() {
        let code = person["cf"].as_str().unwrap();
        for written in ["cf", "omocode_1", "omocode_last"] {
            assert_eq!(
                tax_code(person[written].as_str().unwrap()),
                Ok(code.into()),
                "{person}"
            );
        }
    }
    for case in golden["validate"].as_array().unwrap() {
        let valid = tax_code(case["cf"].as_str().unwrap()).is_ok();
        assert_eq!(valid, case["valid"].as_bool().unwrap(), "{case}");
    }
    for case in golden["phone"].as_array().unwrap() {
        let got = new(Kind::Phone, case["raw"].as_str().unwrap());
        if case["valid"].as_bool().unwrap() {
            let kind = if case["type"] == 1 {
                Kind::Phone
            } else {
                Kind::Landline
            };
            let value = case["e164"].as_str().unwrap().into();
            assert_eq!(got, Ok(Identifier { kind, value }), "{case}");
        } else {
            assert_eq!(got, Err(Refusal::Malformed), "{case}");
        }
    }
}

#[test]
fn tax_codes_that_cannot_be() {
    check(
        Kind::TaxCode,
        &[
            ("rssmra 80a01 h501u", Ok("RSSMRA80A01H501U")),
            ("RSSMRA80A01H501V", Err(Refusal::Malformed)),
            // A company's eleven digits.
            ("01234567890", Err(Refusal::Malformed)),
            // The right length in bytes, not in letters.
            ("RSSMRA80A01H501è", Err(Refusal::Malformed)),
            ("RSSMRA80A01H501", Err(Refusal::Malformed)),
        ],
    );
}
