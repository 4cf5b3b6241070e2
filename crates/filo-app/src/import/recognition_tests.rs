//! Files as shops and programs write them.

use super::*;

fn recognised(name: &str, lines: &[&str]) -> (Subject, Vec<(String, &'static str)>) {
    let delimiter = if lines[0].contains(';') { b';' } else { b',' };
    let cells = |line: &&str| -> Vec<String> {
        line.split(char::from(delimiter))
            .map(str::to_owned)
            .collect()
    };
    let headers = cells(&lines[0]);
    let rows: Vec<Vec<String>> = lines[1..].iter().map(cells).collect();
    let beginning = Beginning {
        headers: &headers,
        rows: &rows,
        delimiter,
    };
    let subject = beginning.subject(name);
    let guesses = beginning.guesses(subject);
    let told = |guess: &Guess| (guess.target.to_string(), guess.transform.word());
    (subject, guesses.iter().map(told).collect())
}

fn targets(name: &str, lines: &[&str]) -> (Subject, Vec<String>) {
    let (subject, guesses) = recognised(name, lines);
    (
        subject,
        guesses.into_iter().map(|(target, _)| target).collect(),
    )
}

#[test]
fn orders_of_woocommerce_are_told_by_their_columns() {
    let (subject, woo) = recognised(
        "orders.csv",
        &[
            "order_id,order_date,status,order_total,order_currency,customer_email,billing_phone,sku,item_name,quantity,item_cost",
            "12,9/16/2026 6:29,completed,24.00,EUR,anna@example.it,,A1,Calze,2,12.00",
        ],
    );
    assert_eq!(subject, Subject::Orders);
    let expected = [
        ("order:order_id", "as_is"),
        ("order:at", "month_first"),
        ("order:status", "as_is"),
        ("order:total", "decimal_point"),
        ("order:currency", "as_is"),
        ("email", "as_is"),
        ("phone", "as_is"),
        ("order:sku", "as_is"),
        ("order:product", "as_is"),
        ("order:quantity", "decimal_point"),
        ("order:price", "decimal_point"),
    ];
    let expected: Vec<_> = expected.map(|(it, how)| (it.to_owned(), how)).into();
    assert_eq!(woo, expected);
}

#[test]
fn orders_of_prestashop_and_of_a_till_are_told_too() {
    let (subject, presta) = targets(
        "ordini.csv",
        &[
            "id_order;date_add;email;product_reference;product_name;product_quantity;unit_price_tax_incl;total_paid;id_customer",
            "7;2026-03-01 10:00:00;anna@example.it;C1;Calze;1;9,90;9,90;31",
        ],
    );
    assert_eq!(subject, Subject::Orders);
    assert_eq!(presta[0], "order:order_id");
    assert_eq!(
        &presta[2..],
        [
            "email",
            "order:sku",
            "order:product",
            "order:quantity",
            "order:price",
            "order:total",
            "user_id"
        ]
    );
    // The list that PrestaShop shows names customers, and a name is nobody's number.
    let (_, list) = targets(
        "ordini.csv",
        &[
            "ID;Order;Customer;Total;Date",
            "1;XKBKNABJK;A. Rossi;9,90;2026-03-01",
        ],
    );
    assert_eq!(
        list,
        [
            "ignore",
            "order:order_id",
            "ignore",
            "order:total",
            "order:at"
        ]
    );

    let (subject, till) = recognised(
        "cassa.csv",
        &[
            "Scontrino;Data;Tessera;Codice articolo;Descrizione;Quantità;Prezzo;Totale riga",
            "S-1;31/01/2026 09:30;T-77;X1;Caffè;2;1,20;2,40",
        ],
    );
    assert_eq!(subject, Subject::Orders);
    assert_eq!(till[2], ("card".to_owned(), "as_is"));
    assert_eq!(till[1], ("order:at".to_owned(), "day_first"));
    assert_eq!(till[6], ("order:price".to_owned(), "decimal_comma"));
}

#[test]
fn events_consents_and_companies_are_told_apart_from_people() {
    let (subject, events) = recognised(
        "eventi.csv",
        &[
            "evento,data,email,importo,codice",
            "Corso Prenotato,2026-03-01,a@b.it,12.5,007",
        ],
    );
    assert_eq!(subject, Subject::Events);
    let expected = [
        ("event_name", "as_is"),
        ("event_time", "day_first"),
        ("email", "as_is"),
        ("property:importo", "decimal_point"),
        ("property:codice", "as_is"),
    ];
    assert_eq!(events, expected.map(|(it, how)| (it.to_owned(), how)));

    let (subject, consents) = targets(
        "consensi.csv",
        &[
            "E-mail;Finalità;Canale;Stato;Data;Informativa;Prova",
            "a@b.it;marketing;email;sì;01/02/2025;v2;modulo 12",
        ],
    );
    assert_eq!(subject, Subject::Consents);
    assert_eq!(
        consents,
        [
            "email",
            "statement:purpose",
            "statement:channel",
            "statement:status",
            "statement:at",
            "statement:wording",
            "statement:proof",
        ]
    );

    let hubspot = [
        "Record ID,Company name,Company owner,City",
        "11,Osteria da Mario,Ada,Bari",
    ];
    let (subject, companies) = targets("companies.csv", &hubspot);
    assert_eq!(subject, Subject::Companies);
    assert_eq!(
        companies,
        ["group_id", "trait:name", "ignore", "trait:city"]
    );

    let people = ["Nome,E-mail,Data", "Anna,a@b.it,2026-01-01"];
    assert_eq!(targets("clienti.csv", &people).0, Subject::People);
    let left = ["Email Address,UNSUB_TIME", "a@b.it,2026-01-01"];
    assert_eq!(targets("x.csv", &left).0, Subject::Suppressions);
}

#[test]
fn a_company_without_a_number_is_known_by_what_it_has() {
    let headers = ["Ragione sociale", "P.IVA", "E-mail"].map(str::to_owned);
    let rows = [["Osteria", "01234567890", "info@osteria.it"]
        .map(str::to_owned)
        .to_vec()];
    let beginning = Beginning {
        headers: &headers,
        rows: &rows,
        delimiter: b';',
    };
    let guesses = beginning.guesses(Subject::Companies);
    let told: Vec<String> = guesses.iter().map(|it| it.target.to_string()).collect();
    assert_eq!(told, ["trait:name", "group_id", "trait:email"]);
}
