//! Conditions with their sentences.

use filo_core::segment::text::define;

use super::names;
use crate::i18n::{Language, Words};
use crate::sentence::sentence;

#[track_caller]
fn check(cases: &[(&str, &str, &str)]) {
    let names = names();
    for (text, italian, english) in cases {
        let definition = define(text).unwrap_or_else(|fault| panic!("{text}: {fault}"));
        let say = |language| sentence(Words::of(language), definition.condition(), &names);
        assert_eq!(say(Language::Italian), *italian, "{text}");
        assert_eq!(say(Language::English), *english, "{text}");
    }
}

#[test]
fn what_happened() {
    check(&[
        (
            r#""Order Completed""#,
            "Ha fatto un ordine.",
            "Has placed an order.",
        ),
        (
            r#""Order Completed" where products.*.category is "coffee" and channel is "shop" at least 2 times in last 90 days"#,
            "Ha fatto un ordine con categoria dei prodotti «coffee» e con canale «Negozio» almeno 2 volte negli ultimi 90 giorni.",
            "Has placed an order with category of the products “coffee” and with channel “Shop” at least 2 times in the last 90 days.",
        ),
        (
            r#"not "Email Opened" in last 1 day"#,
            "Non ha aperto un’e-mail nell’ultimo giorno.",
            "Has not opened an e-mail in the last day.",
        ),
        (
            r#"not "Signed Up" in last 1 hour"#,
            "Non si è registrato nell’ultima ora.",
            "Has not signed up in the last hour.",
        ),
        (
            r#""Corso Seguito" exactly 1 time before 3 weeks ago"#,
            "Ha fatto «Corso Seguito» esattamente 1 volta almeno 3 settimane fa.",
            "Has done “Corso Seguito” exactly 1 time at least 3 weeks ago.",
        ),
        (
            r#"any event in last 30 minutes"#,
            "Ha avuto un evento qualsiasi negli ultimi 30 minuti.",
            "Has had any event in the last 30 minutes.",
        ),
        (
            r#"page "Prezzi" other than 2 times from 90 days to 1 day ago"#,
            "Ha visto la pagina «Prezzi» non esattamente 2 volte tra 90 giorni e un giorno fa.",
            "Has seen the page “Prezzi” not exactly 2 times between 90 days and one day ago.",
        ),
    ]);
}

#[test]
fn what_is_made_of_it() {
    check(&[
        (
            r#""Order Completed" with total revenue above 1200.5 since 2026-01-31"#,
            "Ha fatto un ordine dal 31/01/2026 in poi con un totale di ricavo: più di 1.200,5.",
            "Has placed an order since 31 Jan 2026 with a total of revenue: more than 1,200.5.",
        ),
        (
            r#""Order Completed" with distinct products.*.brand at least 3 this year"#,
            "Ha fatto un ordine quest’anno con valori diversi di marca dei prodotti: almeno 3.",
            "Has placed an order this year with different values of brand of the products: at least 3.",
        ),
        (
            r#""Order Completed" with last payment_method is "card" or "cash""#,
            "Ha fatto un ordine, l’ultima volta con metodo di pagamento «card» o «cash».",
            "Has placed an order, the last time with payment method “card” or “cash”.",
        ),
        (
            r#""Order Completed" for the first time last month"#,
            "Ha fatto un ordine per la prima volta il mese scorso.",
            "Has placed an order for the first time last month.",
        ),
        (
            r#""Order Completed" for the last time before 60 days ago"#,
            "Ha fatto un ordine per l’ultima volta almeno 60 giorni fa.",
            "Has placed an order for the last time at least 60 days ago.",
        ),
        (
            r#""Order Completed" on saturday or sunday from 18:00 to 22:00 from 2026-01-01 to 2026-01-31"#,
            "Ha fatto un ordine di sabato o di domenica tra le 18:00 e le 22:00 dal 01/01/2026 al 31/01/2026.",
            "Has placed an order on Saturday or on Sunday between 18:00 and 22:00 from 1 Jan 2026 to 31 Jan 2026.",
        ),
        (
            r#""Order Completed" on monday to friday where coupon is empty and total is between 10 and 20"#,
            "Ha fatto un ordine senza buono e con importo tra 10 e 20 da lunedì a venerdì.",
            "Has placed an order without coupon and with amount between 10 and 20 from Monday to Friday.",
        ),
        (
            r#""Order Completed" where roast_level is not "dark" and note contains "regalo" and coupon is set"#,
            "Ha fatto un ordine con roast level diverso da «dark» e con note che contiene «regalo» e con un valore in buono.",
            "Has placed an order with roast level other than “dark” and with note containing “regalo” and with a value in coupon.",
        ),
    ]);
}

#[test]
fn one_thing_after_another() {
    check(&[
        (
            r#""Product Viewed" in last 30 days then "Order Completed" within 7 days without "Email Opened""#,
            "Ha guardato un prodotto negli ultimi 30 giorni, poi entro 7 giorni ha fatto un ordine, e nel frattempo non ha aperto un’e-mail.",
            "Has looked at a product in the last 30 days, then within 7 days has placed an order, and in between has not opened an e-mail.",
        ),
        (
            r#"not "Cart Viewed" then "Checkout Started" within 1 hour"#,
            "Non è vero che ha guardato il carrello, poi entro un’ora ha iniziato l’acquisto.",
            "Is not somebody who has looked at the cart, then within one hour has begun the checkout.",
        ),
    ]);
}

#[test]
fn what_is_known() {
    check(&[
        (
            r#"trait city is "Milano" or "Monza" or "Lodi""#,
            "Ha come città «Milano», «Monza» o «Lodi».",
            "Has “Milano”, “Monza” or “Lodi” as city.",
        ),
        (
            r#"trait shoe_size is not "42""#,
            "Non ha come shoe size «42».",
            "Does not have “42” as shoe size.",
        ),
        (
            r#"not trait city is not "Roma""#,
            "Ha come città «Roma».",
            "Has “Roma” as city.",
        ),
        (
            "trait phone is empty",
            "Non ha un valore per telefono.",
            "Has no value for telephone.",
        ),
        (
            r#"not trait company contains "srl""#,
            "Non ha «srl» dentro azienda.",
            "Does not have “srl” within company.",
        ),
        (
            "trait age is at least 18",
            "Ha come età almeno 18.",
            "Has at least 18 as age.",
        ),
        (
            "trait created_at in last 1 week",
            "Ha come data di iscrizione una data nell’ultima settimana.",
            "Has a date in the last week as date of joining.",
        ),
        (
            "trait created_at ever",
            "Ha come data di iscrizione una data già passata.",
            "Has a date in the past as date of joining.",
        ),
        (
            "trait contract_end in next 30 days",
            "Ha come contract end una data nei prossimi 30 giorni.",
            "Has a date in the next 30 days as contract end.",
        ),
        (
            "trait birthday has anniversary in next 7 days",
            "Compie gli anni nei prossimi 7 giorni.",
            "Has a birthday in the next 7 days.",
        ),
        (
            "trait wedding has anniversary in last 1 day or next 2 days",
            "Ha la ricorrenza di wedding nell’ultimo giorno o nei prossimi 2 giorni.",
            "Has the anniversary of wedding in the last day or in the next 2 days.",
        ),
        (
            "known by card",
            "Si riconosce da una tessera.",
            "Is known by a card.",
        ),
        (
            "not known by email",
            "Non si riconosce da un’e-mail.",
            "Is not known by an e-mail address.",
        ),
    ]);
}

#[test]
fn consents_orders_channels_segments_and_shares() {
    check(&[
        (
            "consent marketing on email is yes",
            "Ha detto sì a «Offerte e novità» per e-mail.",
            "Has said yes to “Offers and news” by e-mail.",
        ),
        (
            "not consent marketing is yes",
            "Non ha un sì che vale per «Offerte e novità».",
            "Has no yes that counts for “Offers and news”.",
        ),
        (
            "consent profiling is unasked",
            "Non ha mai risposto su «Proposte su misura».",
            "Has never answered about “Offers made for you”.",
        ),
        (
            "order revenue at least 200",
            "Ha speso almeno €\u{a0}200,00.",
            "Has spent at least €200.00.",
        ),
        (
            "not order average above 49.995 this month",
            "Non ha speso in media più di 49,995 EUR per ordine questo mese.",
            "Has not spent more than 49.995 EUR per order on average this month.",
        ),
        (
            "order count exactly 1 in last 90 days",
            "Ha esattamente 1 ordine negli ultimi 90 giorni.",
            "Has exactly 1 order in the last 90 days.",
        ),
        (
            "met on shop in last 2 weeks",
            "Si è fatto vivo in negozio nelle ultime 2 settimane.",
            "Has been in touch in a shop in the last 2 weeks.",
        ),
        (
            "not channel count at least 3",
            "Non si è fatto vivo su almeno 3 canali.",
            "Has not been in touch on at least 3 channels.",
        ),
        (
            "in segment seg_00000000000000000000000007",
            "È nel segmento «Amici del caffè».",
            "Is in the segment “Amici del caffè”.",
        ),
        (
            "not in segment seg_00000000000000000000000008",
            "Non è nel segmento seg_00000000000000000000000008.",
            "Is not in the segment seg_00000000000000000000000008.",
        ),
        (
            r#"share "spring" from 0% to 12.5%"#,
            "È nella quota da 0% a 12,5% del sorteggio «spring».",
            "Is in the share from 0% to 12.5% of the draw “spring”.",
        ),
    ]);
}

#[test]
fn how_people_buy() {
    check(&[
        (
            "rfm group cannot_lose",
            "È nel gruppo «Da non perdere».",
            "Is in the group “Cannot lose them”.",
        ),
        (
            "rfm recency at least 4",
            "Ha come punteggio R (quanto di recente) almeno 4.",
            "Scores at least 4 for R (how recently).",
        ),
        (
            "not rfm monetary between 2 and 3",
            "Non ha come punteggio M (per quanto) tra 2 e 3.",
            "Does not score between 2 and 3 for M (for how much).",
        ),
        (
            "lifecycle at_risk and not lifecycle never_bought",
            "È a rischio di non tornare, e ha comprato almeno una volta.",
            "Is at risk of not coming again, and has bought at least once.",
        ),
    ]);
}

#[test]
fn what_is_joined() {
    check(&[
        (
            "everybody",
            "È un cliente qualsiasi.",
            "Is any customer at all.",
        ),
        ("not everybody", "Non può essere nessuno.", "Can be nobody."),
        (
            r#""Order Completed" and not "Email Opened" in last 90 days and known by card"#,
            "Ha fatto un ordine, non ha aperto un’e-mail negli ultimi 90 giorni, e si riconosce da una tessera.",
            "Has placed an order, has not opened an e-mail in the last 90 days, and is known by a card.",
        ),
        (
            r#"known by card and (trait city is "Roma" or met on web)"#,
            "Si riconosce da una tessera, e (ha come città «Roma», oppure si è fatto vivo sul sito).",
            "Is known by a card, and (has “Roma” as city, or has been in touch on the site).",
        ),
        (
            "not (known by card or known by email)",
            "Non si riconosce da una tessera, e non si riconosce da un’e-mail.",
            "Is not known by a card, and is not known by an e-mail address.",
        ),
        (
            "met on web or not (all of (known by card) and known by email)",
            "Si è fatto vivo sul sito, oppure (non si riconosce da una tessera, oppure non si riconosce da un’e-mail).",
            "Has been in touch on the site, or (is not known by a card, or is not known by an e-mail address).",
        ),
    ]);
}

#[test]
fn a_long_list_is_counted() {
    let texts: Vec<String> = (1..=12).map(|number| format!("\"{number}\"")).collect();
    let text = format!("trait city is {}", texts.join(" or "));
    let definition = define(&text).unwrap();
    let said = sentence(
        Words::of(Language::Italian),
        definition.condition(),
        &names(),
    );
    assert!(said.ends_with("«9», «10» o altri 2."), "{said}");
}
