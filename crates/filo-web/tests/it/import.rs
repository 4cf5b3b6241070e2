//! Orders out of files: the real Online Retail file to the penny, and the shapes shops have.

use std::path::{Path, PathBuf};

use filo_app::Actor;
use filo_app::import::{OrderReport, Reason, Subject};
use filo_app::import_run::{ImportView, WholeImport, mapping};
use filo_testkit::{Filo, data};
use serde_json::json;

async fn bring_in(filo: &Filo, path: &Path, asked: WholeImport) -> OrderReport {
    let operator = Actor::operator();
    let done = filo.app.import_whole(&operator, path, &asked);
    let view = Box::pin(done).await.unwrap();
    let report = told(&view);
    assert!(report.is_complete(), "{report:?}");
    filo.settle().await;
    report
}

fn told(view: &ImportView) -> OrderReport {
    let counts = view.counts.as_ref().or(view.trial.as_ref()).unwrap();
    assert!(counts.is_complete(), "{counts:?}");
    counts.orders.clone().unwrap()
}

const fn orders() -> WholeImport {
    WholeImport::of(Subject::Orders)
}

fn file(filo: &Filo, name: &str, text: &[u8]) -> PathBuf {
    let path = filo.file(name);
    std::fs::write(&path, text).unwrap();
    path
}

/// Orders and cents of every customer together.
async fn totals(filo: &Filo) -> (u64, u64, i64) {
    let (mut customers, mut count, mut gross) = (0, 0, 0);
    let mut before = None;
    loop {
        let page = filo.app.customers(before, 500).await.unwrap();
        let Some(last) = page.last() else { break };
        before = Some((last.last_seen, last.id));
        for row in &page {
            let path = format!("/api/v1/customers/{}", row.id);
            let customer = filo.api_get(&path).await;
            let mut bought = false;
            for orders in customer["orders"].as_array().unwrap() {
                count += orders["count"].as_u64().unwrap();
                gross += orders["gross_cents"].as_i64().unwrap();
                bought |= orders["count"].as_u64().unwrap() > 0;
            }
            customers += u64::from(bought);
        }
    }
    (customers, count, gross)
}

/// As of the end of the file: who of December 2010 came back, in hundredths.
async fn december_comes_back(filo: &Filo) {
    let address = "/api/v1/analysis/cohorts?periods=9&until=2011-09-01T00:00:00Z";
    let told = filo.api_get(address).await;
    let december = &told["cohorts"][0];
    assert_eq!(
        (&december["first"], &december["customers"]),
        (&json!("2010-12-01"), &json!(885))
    );
    let cells = december["cells"].as_array().unwrap().iter().skip(1);
    let shares: Vec<String> = cells
        .map(|it| format!("{:.1}", it["share"]["share"].as_f64().unwrap() * 100.0))
        .collect();
    let known = [
        "36.6", "32.3", "38.4", "36.3", "39.8", "36.3", "34.9", "35.4",
    ];
    assert_eq!(shares, known);
}

/// The figures of the data's README, exactly.
#[tokio::test]
async fn online_retail_is_accounted_for_to_the_penny() {
    let Some(path) = data("online_retail/online_retail_to_2011_08.csv.gz") else {
        return;
    };
    let filo = Filo::start().await;
    let dry = WholeImport {
        is_dry: true,
        ..orders()
    };
    let planned = bring_in(&filo, &path, dry).await;
    assert_eq!(filo.app.customer_count().await.unwrap(), 0);

    let report = bring_in(&filo, &path, orders()).await;
    assert_eq!(planned, report);
    assert_eq!(report.preset, "online_retail");
    assert_eq!(
        [
            report.lines,
            report.clean_lines,
            report.lines_without_customer,
            report.cancellation_lines
        ],
        [320_705, 226_467, 88_652, 5_847]
    );
    assert_eq!(
        report.refund_lines,
        5_847 - 282,
        "282 cancellations name nobody"
    );
    assert_eq!(report.rejected, [(Reason::PriceNotPositive, 21)].into());
    assert_eq!(
        [
            report.quantity_not_positive_lines,
            report.price_not_positive_lines,
            report.repeated_lines
        ],
        [6_772, 1_799, 2_483]
    );
    assert_eq!(
        [report.invoices, report.customers_named, report.countries],
        [16_459, 3_360, 37]
    );
    assert_eq!(
        [report.orders, report.customers, report.products],
        [11_413, 3_317, 3_394]
    );
    assert_eq!(report.revenue["GBP"], "5239240.56");

    assert_eq!(totals(&filo).await, (3_317, 11_413, 523_924_056));
    for (user, frequency, money) in [
        ("14646", 40, 17_635_594),
        ("18102", 26, 13_053_723),
        ("12415", 13, 9_914_616),
        ("17450", 22, 8_577_034),
    ] {
        let customer = filo
            .api_get(&format!("/api/v1/customers/lookup?user_id={user}"))
            .await;
        let orders = &customer["orders"][0];
        assert_eq!(
            (&orders["count"], &orders["gross_cents"]),
            (&json!(frequency), &json!(money))
        );
    }

    december_comes_back(&filo).await;

    // Once more changes nothing.
    let before = filo.app.state_hash().await.unwrap();
    bring_in(&filo, &path, orders()).await;
    assert_eq!(filo.app.state_hash().await.unwrap(), before);
}

const SHOPIFY: &str = "\
Name,Email,Financial Status,Paid at,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Cancelled at,Refunded Amount,Phone
#1001,anna@example.it,paid,2026-03-15 10:22:40 +0100,EUR,40.00,6.00,7.21,46.00,NATALE,5.00,2026-03-15 10:22:33 +0100,2,Calze,10.00,'C-1,,0.00,'+393331234567
#1001,,,,,,,,,,,2026-03-15 10:22:33 +0100,1,Laccio,25.00,L-1,,,
#1002,bruno@example.it,partially_refunded,2026-03-16 09:00:00 +0100,EUR,100.00,0.00,18.03,100.00,,0.00,2026-03-16 09:00:00 +0100,1,Scarpa,100.00,S-1,,30.00,
#1003,bruno@example.it,voided,,EUR,20.00,0.00,3.61,20.00,,0.00,2026-03-17 09:00:00 +0100,1,Calze,20.00,C-1,2026-03-18 09:00:00 +0100,0.00,
#1004,,paid,2026-03-19 09:00:00 +0100,EUR,9.00,0.00,1.62,9.00,,0.00,2026-03-19 09:00:00 +0100,1,Calze,9.00,C-1,,0.00,
#1004,,,,,,,,,,,2026-03-19 09:00:00 +0100,1,Calze,9.00,C-1,,,
";

#[tokio::test]
async fn orders_of_shopify_stand_on_their_first_line() {
    let filo = Filo::start().await;
    let path = file(&filo, "orders.csv", SHOPIFY.as_bytes());
    let report = bring_in(&filo, &path, orders()).await;
    assert_eq!(report.preset, "shopify_orders");
    assert_eq!(
        [
            report.lines,
            report.clean_lines,
            report.lines_without_customer
        ],
        [6, 4, 2]
    );
    assert_eq!(
        [report.orders, report.cancelled_orders, report.events],
        [3, 1, 5]
    );
    let anna = filo
        .api_get("/api/v1/customers/lookup?email=anna%40example.it")
        .await;
    assert_eq!(anna["orders"][0]["gross_cents"], 4000);
    assert_eq!(anna["orders"][0]["item_count"], 3);
    assert_eq!(anna["orders"][0]["first_at"], "2026-03-15T09:22:33.000Z");
    let by_phone = filo
        .api_get("/api/v1/customers/lookup?phone=%2B393331234567")
        .await;
    assert_eq!(by_phone["id"], anna["id"]);
    let bruno = filo
        .api_get("/api/v1/customers/lookup?email=bruno%40example.it")
        .await;
    let orders = &bruno["orders"][0];
    assert_eq!(
        (&orders["count"], &orders["cancelled_count"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(
        (&orders["gross_cents"], &orders["net_cents"]),
        (&json!(10_000), &json!(7_000))
    );
}

#[tokio::test]
async fn an_italian_file_of_excel_is_read_as_it_is() {
    let filo = Filo::start().await;
    // Windows-1252, semicolons, decimal commas, the day first.
    let text =
        b"Numero ordine;Data;E-mail;Codice articolo;Descrizione;Quantit\xe0;Prezzo unitario\r\n\
        A1;31/01/2026 09:30;anna@example.it;X1;Caff\xe8 \x80;2;1.234,50\r\n\
        A1;31/01/2026 09:30;anna@example.it;X2;T\xe8;1;0,99\r\n\
        A2;01/02/2026;anna@example.it;X1;Caff\xe8;1;oggi\r\n\
        A3;32/01/2026;anna@example.it;X1;Caff\xe8;1;5,00\r\n\
        A4;01/02/2026;anna@example.it;=cmd;Caff\xe8;-1;5,00\r\n\
        A5;01/02/2099;anna@example.it;X1;Caff\xe8;1;5,00\r\n\
        A6;01/02/2026;anna@example.it;X1;Caff\xe8\r\n\
        ;01/02/2026;anna@example.it;X1;Caff\xe8;1;5,00\r\n\
        A7;01/02/2026;non una mail;X1;Caff\xe8;1;5,00\r\n";
    let path = file(&filo, "ordini.csv", text);
    let errors = filo.file("errori.csv");
    let options = WholeImport {
        errors: Some(errors.clone()),
        ..orders()
    };
    let report = bring_in(&filo, &path, options).await;
    assert_eq!([report.lines, report.clean_lines, report.orders], [9, 2, 1]);
    let reasons: Vec<(Reason, u64)> = report.rejected.clone().into_iter().collect();
    assert_eq!(
        reasons,
        [
            (Reason::WrongColumnCount, 1),
            (Reason::NoOrder, 1),
            (Reason::BadDate, 1),
            (Reason::FutureDate, 1),
            (Reason::BadPrice, 1),
            (Reason::QuantityNotPositive, 1),
            (Reason::BadCustomer, 1),
        ]
    );
    assert_eq!(report.revenue["EUR"], "2469.99");
    assert_eq!(report.examples[0].line, 4);
    let written = std::fs::read_to_string(errors).unwrap();
    assert_eq!(written.lines().count(), 8);
    assert!(written.starts_with("Numero ordine;Data;"), "{written}");
    assert!(written.contains(";'=cmd;") && written.contains(";bad_price"));
    let customer = filo
        .api_get("/api/v1/customers/lookup?email=anna%40example.it")
        .await;
    assert_eq!(
        customer["orders"][0]["first_at"],
        "2026-01-31T08:30:00.000Z"
    );
    let thread = filo
        .thread(
            filo.find(filo_core::identity::Kind::Email, "anna@example.it")
                .await
                .unwrap()
                .id,
        )
        .await;
    assert!(
        thread[0].properties.contains("Caffè €"),
        "{}",
        thread[0].properties
    );
}

#[tokio::test]
async fn a_file_that_cannot_be_used_says_what_would_help() {
    let filo = Filo::start().await;
    let ask = |name: &'static str, text: &'static [u8], map: &'static str| {
        let path = file(&filo, name, text);
        let app = filo.app.clone();
        async move {
            let asked = WholeImport {
                mapping: mapping(map).unwrap(),
                ..orders()
            };
            let operator = Actor::operator();
            let done = app.import_whole(&operator, &path, &asked);
            let view = Box::pin(done).await.map_err(|error| error.to_string())?;
            Ok::<OrderReport, String>(told(&view))
        }
    };
    let strange = b"Doc,Giorno,Chi,Costo\n1,2026-01-01,u-1,5\n";
    let error = ask("a.csv", strange, "").await.unwrap_err();
    assert!(error.contains("one must say who"), "{error}");
    let error = ask("a.csv", strange, "customer_id=Chi").await.unwrap_err();
    assert!(error.contains("order:order_id"), "{error}");
    let by_hand = "order_id=Doc,at=Giorno,customer_id=Chi,price=Costo";
    assert_eq!(ask("a.csv", strange, by_hand).await.unwrap().orders, 1);
    let wrong = ask("a.csv", strange, "order_id=Nothing").await.unwrap_err();
    assert!(wrong.contains("there is no header `Nothing`"), "{wrong}");
    assert!(ask("c.csv", b"", "").await.is_err());
    let gone = filo.file("no.csv");
    let operator = Actor::operator();
    let gone = Box::pin(filo.app.import_whole(&operator, &gone, &orders())).await;
    assert!(gone.unwrap_err().to_string().contains("cannot be read"));
    // What was refused is in no list.
    let list = filo.api_get("/api/v1/imports").await;
    assert_eq!(list["data"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_quote_that_nobody_closes_costs_its_own_line_only() {
    let filo = Filo::start().await;
    let text = b"order_id,at,email,product,quantity,price\n\
        1,2026-01-01,anna@example.it,Calze,1,5.00\n\
        2,2026-01-02,bruno@example.it,\"Calze,1,5.00\n\
        3,2026-01-03,carla@example.it,Calze,1,5.00\n\
        4,2026-01-04,dora@example.it,\"Calze, \"\"blu\"\"\nmisura 38\",1,5.00\n\
        5,2026-01-05,ezio@example.it,Cal\0ze,1,5.00\n\
        6,2026-01-06,fabio@example.it,\"Calze,1,5.00\n";
    let path = file(&filo, "quotes.csv", text);
    let errors = filo.file("quotes-errors.csv");
    let options = WholeImport {
        errors: Some(errors.clone()),
        ..orders()
    };
    let report = bring_in(&filo, &path, options).await;
    assert_eq!([report.lines, report.orders], [6, 3]);
    assert_eq!(
        report.rejected,
        [(Reason::UnclosedQuote, 2), (Reason::NotText, 1)].into()
    );
    let lines: Vec<u64> = report.examples.iter().map(|it| it.line).collect();
    assert_eq!(lines, [3, 7, 8]);
    let written = std::fs::read_to_string(errors).unwrap();
    assert!(written.contains("bruno@example.it"), "{written}");
    assert!(written.contains("fabio@example.it"), "{written}");
}
