//! The three bars: cards given out at the till, and what is drunk with them.

use super::body::Body;
use super::company::{BARS, Basket};
use super::draft::Draft;
use super::draw::Draw;
use super::pen::Pen;
use super::person::{Person, Regular};

/// People are never so punctual.
const MINUTES_ABOUT: u32 = 18;

/// The visits of one person on some days.
pub(super) fn write(pen: &mut Pen<'_>, person: &Person, regular: &Regular, days: &[u16]) {
    let Some(first) = days.first() else { return };
    let mut draw = Draw::of(pen.world.seed, "bar visit", person.number, *first);
    pen.turn_to("bar", person.number);
    for day in days.iter().copied().filter(|day| person.is_here(*day)) {
        let is_first = day == person.arrives;
        if is_first {
            give_card(pen, person, regular, day);
        }
        let is_open = pen.world.calendar.bars_are_open(day);
        if is_open && (is_first || draw.happens(regular.visits_per_100_days * 10)) {
            visit(pen, person, regular, day, &mut draw);
        }
    }
}

/// The till takes down what people dictate.
fn give_card(pen: &mut Pen<'_>, person: &Person, regular: &Regular, day: u16) {
    let at = pen.world.calendar.at(day, regular.minute, 0);
    let mut said = person.traits().text("card", &regular.card);
    if let Some(phone) = &regular.phone {
        said = said.text("phone", phone);
    }
    if let Some(email) = &regular.email {
        said = said.text("email", email);
    }
    pen.write(BARS[regular.bar], Draft::identify(at, said).channel("shop"));
    let issued = Draft::track("Card Issued", at)
        .with(Body::new().text("loyalty_card", &regular.card))
        .channel("shop");
    pen.write(BARS[regular.bar], issued);
}

fn visit(pen: &mut Pen<'_>, person: &Person, regular: &Regular, day: u16, draw: &mut Draw) {
    // Now and then one is in another part of town.
    let bar = if draw.happens(40) {
        usize::from(draw.day(0, 2))
    } else {
        regular.bar
    };
    let minute = regular.minute - MINUTES_ABOUT / 2 + draw.below(MINUTES_ABOUT);
    let at = pen.world.calendar.at(day, minute, draw.below(60));
    let id = format!("B{}-{:05}-{day:03}", bar + 1, person.number);
    let sale = Basket::at_the_counter(draw)
        .order(&id, 0)
        .text("loyalty_card", &regular.card);
    let sold = Draft::track("Order Completed", at)
        .with(sale)
        .channel("shop");
    // A till that did not hear that its sale was taken sends it once more.
    if draw.happens(8) {
        pen.write_twice(BARS[bar], sold);
    } else {
        pen.write(BARS[bar], sold);
    }
}
