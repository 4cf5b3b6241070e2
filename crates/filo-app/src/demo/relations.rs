//! The stories about a relation: a complaint, a faithful guest who stopped coming, a first visit
//! that became a purchase, a restaurant, a consent taken back.

use filo_core::identity::Kind;

use super::body::Body;
use super::calendar::LAST_DAY;
use super::cast;
use super::company::{Basket, CATALOGUE, COUNTER, Source, WHOLESALE};
use super::draft::Draft;
use super::pen::Pen;
use super::tale::{Tale, clock};
use super::voices::FAIR_DAYS;

/// How long the faithful guest has not come.
pub(super) const SILENT_DAYS: u16 = 36;

/// Tells them.
pub(super) fn write(pen: &mut Pen<'_>) {
    complaint(pen);
    faithful(pen);
    first_touch(pen);
    restaurant(pen);
    consent(pen);
}

/// A machine that arrived broken, and how it was put right.
fn complaint(pen: &mut Pen<'_>) {
    let who = cast::FRANCESCO;
    let number = who.phone();
    let mut tale = Tale::of(pen, who);
    tale.registers((75, clock(18, 30)), who.last, Some(&number));
    tale.buys(
        (75, clock(18, 42)),
        vec![(&CATALOGUE[16], 1), (&CATALOGUE[1], 1)],
    );
    tale.calls(
        (70, clock(9, 12)),
        "macchina Alba arrivata rotta",
        "Si ritira e si rimborsa; se ne manda un'altra",
    );
    tale.note(
        (70, clock(9, 20)),
        (Kind::Phone, &number),
        [
            "promise",
            "Promesso: ritiro entro due giorni, rimborso subito e una miscela in regalo.",
            "Ivan, centralino",
        ],
    );
    let back = Body::new()
        .text("order_id", &tale.order_id(75))
        .money("total", CATALOGUE[16].cents)
        .text("currency", "EUR")
        .text("reason", "arrivata rotta");
    tale.tells("Order Refunded", (69, clock(10, 0)), back);
    let answer = Body::new()
        .text("survey", "nps")
        .number("score", 9)
        .text("comment", "Può capitare: avete rimediato in due giorni");
    tale.tells("Survey Answered", (58, clock(20, 0)), answer);
    tale.buys((55, clock(19, 15)), vec![(&CATALOGUE[16], 1)]);
    tale.buys((12, clock(21, 3)), vec![(&CATALOGUE[1], 3)]);
}

/// Every morning for ten months, and then no more.
fn faithful(pen: &mut Pen<'_>) {
    let who = cast::TERESA;
    let mut tale = Tale::of(pen, who);
    tale.takes_card(Source::BarDuomo, (330, clock(7, 38)), &who.phone());
    for ago in (SILENT_DAYS..330).rev() {
        if tale.pen.world.calendar.bars_are_open(LAST_DAY - ago) {
            tale.drinks(
                Source::BarDuomo,
                (ago, clock(7, 36) + u32::from(ago % 9)),
                &COUNTER[0],
            );
        }
    }
    tale.note(
        (200, clock(7, 40)),
        (Kind::Card, &who.card()),
        [
            "preference",
            "Espresso lungo, tazza calda. Lavora all'ospedale qui dietro.",
            "Marta, Bar Duomo",
        ],
    );
}

/// An advertisement, three weeks of looking around, a cart left behind, a letter, an order.
fn first_touch(pen: &mut Pen<'_>) {
    let who = cast::DAVIDE;
    let device = who.device();
    let number = who.phone();
    let mut tale = Tale::of(pen, who);
    let way = ["instagram", "paid_social", "autunno-aurora"];
    tale.looks_at((52, clock(22, 10)), &CATALOGUE[17], Some(way));
    tale.looks_at((47, clock(21, 30)), &CATALOGUE[17], None);
    tale.looks_at((40, clock(23, 2)), &CATALOGUE[16], None);
    tale.subscribes((33, clock(22, 40)), &who.email(), None);
    tale.signs_in((33, clock(22, 41)), &device);
    tale.fills_cart((33, clock(22, 50)), &CATALOGUE[17]);
    let at = tale.at((29, clock(12, 10)));
    let click = Body::new()
        .text("campaign_id", "lettera-macchine")
        .text("subject", "Brina: le domande di chi la sta guardando")
        .text("link_url", "https://aurora.example/prodotti/mac-brina");
    let clicked = Draft::track("Email Link Clicked", at)
        .with(click)
        .whose(Some(&who.email()), None);
    tale.pen.write(Source::Letters, clicked);
    let letter = ["newsletter", "email", "lettera-macchine"];
    tale.looks_at((29, clock(12, 11)), &CATALOGUE[17], Some(letter));
    tale.registers((29, clock(12, 25)), who.last, Some(&number));
    tale.buys(
        (29, clock(12, 30)),
        vec![(&CATALOGUE[17], 1), (&CATALOGUE[2], 1)],
    );
}

/// Met at the fair, visited, convinced: orders every two weeks, and one that came late.
fn restaurant(pen: &mut Pen<'_>) {
    let who = cast::NINO;
    let (email, number) = (who.email(), who.phone());
    let mut tale = Tale::of(pen, who);
    let fair = (LAST_DAY - FAIR_DAYS[1], clock(15, 20));
    let at = tale.at(fair);
    let known = |draft: Draft| draft.whose(Some(&email), Some(&number));
    let said = Body::new()
        .text("firstName", who.first)
        .text("lastName", who.last)
        .text("company", "Trattoria da Nino")
        .text("title", "titolare")
        .text("city", "Pavia");
    tale.pen.write(
        Source::Fair,
        known(Draft::identify(at, said).channel("shop")),
    );
    let form = Body::new()
        .text("form", "Fiera del caffè, stand B12")
        .text("interest", "fornitura");
    let filled = Draft::track("Form Submitted", at)
        .with(form)
        .channel("shop");
    tale.pen.write(Source::Fair, known(filled));
    let business = Body::new()
        .text("name", "Trattoria da Nino")
        .text("city", "Pavia");
    let at = tale.at((fair.0 - 9, clock(15, 0)));
    let group = Draft::group(at, "ho-nino", business).channel("phone");
    tale.pen.write(Source::Agents, known(group));
    let visited = Draft::track("Appointment Kept", at)
        .with(
            Body::new()
                .text("agent", "Paola")
                .text("where", "dal cliente"),
        )
        .channel("shop");
    tale.pen.write(Source::Agents, known(visited));
    let offered = Draft::track("Quote Requested", at)
        .with(
            Body::new()
                .money("value", 64_800)
                .text("currency", "EUR")
                .text("agent", "Paola"),
        )
        .channel("email");
    tale.pen.write(Source::Agents, known(offered));
    for fortnight in 0..8 {
        let ago = 5 + fortnight * 14;
        let order = Basket::of(vec![
            (&WHOLESALE[0], 5),
            (&WHOLESALE[1], 1),
            (&WHOLESALE[3], 1),
        ])
        .order(&format!("H-NINO-{ago:03}"), 0)
        .text("agent", "Paola");
        let at = tale.at((ago, clock(10, 30)));
        let placed = Draft::track("Order Completed", at)
            .with(order)
            .channel("phone");
        tale.pen.write(Source::Agents, known(placed));
    }
    late_delivery(&mut tale);
}

fn late_delivery(tale: &mut Tale<'_, '_>) {
    let number = tale.who.phone();
    tale.calls(
        (31, clock(8, 50)),
        "consegna in ritardo di due giorni",
        "Consegnato con il furgone nostro, la mattina stessa",
    );
    tale.note(
        (31, clock(9, 5)),
        (Kind::Phone, &number),
        [
            "promise",
            "Da ora consegne il lunedì prima delle sette. Se saltiamo, chiamarlo noi.",
            "Paola, agente",
        ],
    );
}

/// A yes on paper at the bar, a no from the newsletter: after the join the no counts.
fn consent(pen: &mut Pen<'_>) {
    let who = cast::BEATRICE;
    let (email, number) = (who.email(), who.phone());
    let mut tale = Tale::of(pen, who);
    tale.takes_card(Source::BarNavigli, (180, clock(13, 10)), &number);
    let at = tale.at((180, clock(13, 12)));
    let said = Body::new()
        .text("purpose", "marketing")
        .text("channel", "email")
        .text("basis", "consent")
        .text("wording", "modulo della tessera, testo 2")
        .text("proof", "modulo firmato n. 318, cartella del Bar Navigli")
        .text("actor", "Marta, Bar Navigli");
    tale.pen.consent((Kind::Card, &who.card()), at, true, said);
    tale.subscribes((160, clock(20, 0)), &email, None);
    let at = tale.at((64, clock(7, 58)));
    let left = Draft::track("Unsubscribed", at).whose(Some(&email), None);
    tale.pen.write(Source::Letters, left);
    tale.registers((45, clock(21, 0)), who.last, Some(&number));
    tale.buys((45, clock(21, 6)), vec![(&CATALOGUE[7], 1)]);
    for week in 0..20 {
        tale.drinks(
            Source::BarNavigli,
            (week * 8 + 4, clock(13, 15)),
            &COUNTER[6],
        );
    }
}
