//! The stories about who is who: one person under two names, two under one, a telephone of forty.

use filo_core::identity::{Kind, Verdict};

use super::body::Body;
use super::cast;
use super::company::{CATALOGUE, COUNTER, Source};
use super::draft::Draft;
use super::pen::Pen;
use super::person::{card, phone};
use super::tale::{Tale, clock};

/// Colleagues who gave the number of the reception.
const COLLEAGUES: u32 = 40;

/// Tells them.
pub(super) fn write(pen: &mut Pen<'_>) {
    married_name(pen);
    father_and_son(pen);
    homonyms(pen);
    family_tablet(pen);
    reception(pen);
    wrong_number(pen);
    twins(pen);
    careless_till(pen);
}

/// In the shop under her husband's name, at the bar and in the newsletter under her own: the
/// telephone number says that it is her.
fn married_name(pen: &mut Pen<'_>) {
    let who = cast::GIULIA;
    let mut tale = Tale::of(pen, who);
    let number = who.phone();
    tale.registers((300, clock(21, 10)), "Contini", Some(&number));
    tale.buys((300, clock(21, 20)), vec![(&CATALOGUE[1], 2)]);
    tale.buys(
        (190, clock(20, 5)),
        vec![(&CATALOGUE[1], 2), (&CATALOGUE[9], 1)],
    );
    tale.buys((60, clock(22, 41)), vec![(&CATALOGUE[1], 3)]);
    tale.subscribes(
        (220, clock(13, 2)),
        "giulia.ferrarini@lettera.example",
        Some(&number),
    );
    tale.takes_card(Source::BarDuomo, (150, clock(8, 2)), &number);
    for week in 0..20 {
        tale.drinks(Source::BarDuomo, (week * 7 + 1, clock(8, 4)), &COUNTER[1]);
    }
}

/// One name, one home, one fixed line, two people: the line joins nobody.
fn father_and_son(pen: &mut Pen<'_>) {
    for (who, card_ago) in [(cast::MARIO_FATHER, 320), (cast::MARIO_SON, 120)] {
        let mut tale = Tale::of(pen, who);
        tale.takes_card(Source::BarNavigli, (card_ago, clock(9, 0)), &who.phone());
        let at = tale.at((card_ago - 5, clock(18, 0)));
        let said = Body::new()
            .text("firstName", who.first)
            .text("lastName", who.last)
            .text("city", "Milano")
            .text("card", &who.card())
            // The range of Milan with a number that is too regular to be anybody's.
            .text("phone", "02 0000 1234");
        tale.pen
            .write(Source::Calls, Draft::identify(at, said).channel("phone"));
        for day in 0..25 {
            tale.drinks(
                Source::BarNavigli,
                (card_ago.min(118) - day * 4, clock(9, 10)),
                &COUNTER[0],
            );
        }
    }
}

/// One name, two towns: nothing but the name connects them.
fn homonyms(pen: &mut Pen<'_>) {
    for (who, city) in [
        (cast::ANNA_OF_MILAN, "Milano"),
        (cast::ANNA_OF_NAPLES, "Napoli"),
    ] {
        let number = who.phone();
        let mut tale = Tale::of(pen, who);
        tale.registers((200, clock(19, 0)), who.last, Some(&number));
        let at = tale.at((200, clock(19, 1)));
        let address = Draft::identify(at, Body::new().text("city", city))
            .user(Some(&who.user_id()))
            .channel("web");
        tale.pen.write(Source::Orders, address);
        tale.buys((200, clock(19, 8)), vec![(&CATALOGUE[0], 2)]);
        tale.buys((80, clock(21, 0)), vec![(&CATALOGUE[3], 1)]);
    }
}

/// Three people sign in on the tablet in the kitchen: what was looked at there is nobody's.
fn family_tablet(pen: &mut Pen<'_>) {
    let tablet = cast::PAOLA.device();
    for (who, ago) in [(cast::PAOLA, 140), (cast::STEFANO, 90), (cast::IRENE, 40)] {
        let number = who.phone();
        let mut tale = Tale::of(pen, who);
        tale.registers((ago + 1, clock(20, 0)), who.last, Some(&number));
        tale.signs_in((ago, clock(20, 30)), &tablet);
        tale.buys(
            (ago, clock(20, 40)),
            vec![(&CATALOGUE[usize::from(ago / 30)], 1)],
        );
        let at = tale.at((ago - 2, clock(21, 15)));
        let seen = Body::new()
            .text("name", CATALOGUE[16].name)
            .text("sku", CATALOGUE[16].sku);
        let looked = Draft::track("Product Viewed", at)
            .device(&tablet)
            .with(seen)
            .context(Body::new().object("library", Body::new().text("name", "filo.js")));
        tale.pen.write(Source::Web, looked);
    }
}

/// A shared office gives the number of its reception for everybody.
fn reception(pen: &mut Pen<'_>) {
    let front_desk = cast::RECEPTION.phone();
    let marta = cast::MARTA;
    let mut tale = Tale::of(pen, marta);
    tale.takes_card(Source::BarNavigli, (100, clock(8, 30)), &front_desk);
    for week in 0..12 {
        tale.drinks(
            Source::BarNavigli,
            (week * 8 + 2, clock(8, 35)),
            &COUNTER[1],
        );
    }
    tale.note(
        (50, clock(8, 40)),
        (Kind::Card, &marta.card()),
        [
            "other",
            "Il numero che ha dato è quello della reception del coworking: lo danno tutti. \
             Chiedere il suo.",
            "Marta, Bar Navigli",
        ],
    );
    for colleague in 1..=COLLEAGUES {
        let number = cast::RECEPTION.number() + colleague;
        pen.turn_to("story", number);
        let at = pen.world.calendar.at(
            280 + u16::try_from(colleague).unwrap_or_default(),
            clock(9, colleague),
            0,
        );
        let said = Body::new()
            .text("name", &format!("Collega {colleague} del coworking"))
            .text("card", &card(number))
            .text("phone", &front_desk);
        pen.write(
            Source::BarNavigli,
            Draft::identify(at, said).channel("shop"),
        );
    }
}

/// The till typed the wife's number for the husband's card: two people in one, to be separated.
fn wrong_number(pen: &mut Pen<'_>) {
    let (luca, sara) = (cast::LUCA, cast::SARA);
    let hers = sara.phone();
    let mut tale = Tale::of(pen, sara);
    tale.registers((240, clock(12, 0)), sara.last, Some(&hers));
    tale.buys((240, clock(12, 10)), vec![(&CATALOGUE[5], 2)]);
    tale.buys((100, clock(12, 30)), vec![(&CATALOGUE[5], 2)]);
    let mut tale = Tale::of(pen, luca);
    tale.takes_card(Source::BarDuomo, (95, clock(7, 45)), &hers);
    for day in 0..40 {
        tale.drinks(Source::BarDuomo, (day * 2 + 1, clock(7, 50)), &COUNTER[0]);
    }
    tale.note(
        (3, clock(7, 55)),
        (Kind::Card, &luca.card()),
        [
            "other",
            "Luca dice che il cellulare sulla tessera è di sua moglie Sara: qui ci sono due \
             persone in una. Da separare.",
            "Marta, Bar Duomo",
        ],
    );
}

/// Two sisters with one telephone number; somebody noticed, and separated them.
fn twins(pen: &mut Pen<'_>) {
    let (chiara, elena) = (cast::CHIARA, cast::ELENA);
    let number = chiara.phone();
    Tale::of(pen, chiara).takes_card(Source::BarStazione, (130, clock(7, 20)), &number);
    Tale::of(pen, elena).takes_card(Source::BarStazione, (129, clock(7, 25)), &number);
    for day in 0..30 {
        let ago = day * 4 + 2;
        Tale::of_more(pen, chiara, day).drinks(
            Source::BarStazione,
            (ago, clock(7, 22)),
            &COUNTER[0],
        );
        Tale::of_more(pen, elena, day).drinks(
            Source::BarStazione,
            (ago, clock(7, 23)),
            &COUNTER[3],
        );
    }
    let tale = Tale::of_more(pen, elena, 99);
    let at = tale.at((70, clock(11, 0)));
    let cards = [chiara.card(), elena.card()];
    let pair = [
        (Kind::Card, cards[0].as_str()),
        (Kind::Card, cards[1].as_str()),
    ];
    let said = ("Nadia, ufficio", "Sono sorelle: il numero è di Chiara");
    tale.pen.rule(Verdict::Apart, pair, at, said);
}

/// Who is asked for an address and does not want to give one.
fn careless_till(pen: &mut Pen<'_>) {
    let who = cast::ROSA;
    let mut tale = Tale::of(pen, who);
    let at = tale.at((110, clock(10, 0)));
    let said = Body::new()
        .text("firstName", who.first)
        .text("lastName", who.last)
        .text("card", &who.card())
        .text("email", "a@a.it");
    tale.pen.write(
        Source::BarStazione,
        Draft::identify(at, said).channel("shop"),
    );
    for week in 0..15 {
        tale.drinks(
            Source::BarStazione,
            (week * 7 + 3, clock(10, 5)),
            &COUNTER[5],
        );
    }
    // The same till, the same fingers, other people.
    for other in 1..=9 {
        let number = who.number() + 40 + other;
        pen.turn_to("story", number);
        let at = pen
            .world
            .calendar
            .at(240 + u16::try_from(other).unwrap_or_default(), 610, 0);
        let said = Body::new()
            .text("card", &card(number))
            .text("phone", &phone(number))
            .text("email", "a@a.it");
        pen.write(
            Source::BarStazione,
            Draft::identify(at, said).channel("shop"),
        );
    }
}
