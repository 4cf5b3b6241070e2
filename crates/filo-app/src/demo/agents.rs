//! The sales force: visits, offers and orders of bars and restaurants.

use filo_core::identity::Kind;

use super::body::Body;
use super::company::{Basket, Source};
use super::draft::Draft;
use super::draw::Draw;
use super::pen::Pen;
use super::person::Person;

const TRADES: [&str; 6] = [
    "Bar",
    "Trattoria",
    "Pasticceria",
    "Hotel",
    "Gelateria",
    "Osteria",
];
const AGENTS: [&str; 3] = ["Paola", "Renzo", "Giada"];

/// What one business and its agent do on some days; `size` says how much it buys.
pub(super) fn write(pen: &mut Pen<'_>, person: &Person, size: u32, days: &[u16]) {
    let Some(first) = days.first() else { return };
    let mut draw = Draw::of(pen.world.seed, "agents", person.number, *first);
    pen.turn_to("agent", person.number);
    let agent = AGENTS[person.number as usize % AGENTS.len()];
    let every = 9 + person.number % 9;
    for day in days.iter().copied().filter(|day| person.is_here(*day)) {
        if day == person.arrives {
            meet(pen, person, day);
        }
        if pen.world.calendar.weekday(day) > 5 {
            continue;
        }
        if draw.happens(45) {
            visit(pen, person, agent, day, &mut draw);
        }
        let is_their_turn = (u32::from(day) + person.number).is_multiple_of(every);
        if is_their_turn && day > person.arrives {
            let at = pen.world.calendar.at(day, draw.between(540, 960), 0);
            let id = format!("H{:05}-{day:03}", person.number);
            let order = Basket::wholesale(&mut draw, size).order(&id, 0);
            let placed = Draft::track("Order Completed", at)
                .with(order.text("agent", agent))
                .channel("phone");
            pen.write(Source::Agents, known(placed, person));
        }
    }
}

fn known(draft: Draft, person: &Person) -> Draft {
    draft.whose(Some(&person.email), Some(&person.phone))
}

fn meet(pen: &mut Pen<'_>, person: &Person, day: u16) {
    let at = pen.world.calendar.at(day, 600, 0);
    let trade = TRADES[person.number as usize % TRADES.len()];
    let company = format!("{trade} da {}", person.first);
    let said = person
        .whole_traits()
        .text("company", &company)
        .text("title", "titolare");
    pen.write(
        Source::Agents,
        known(Draft::identify(at, said), person).channel("phone"),
    );
    let business = Body::new()
        .text("name", &company)
        .text("city", person.city.name);
    let group = Draft::group(at, &format!("ho-{:05}", person.number), business);
    pen.write(Source::Agents, known(group, person).channel("phone"));
}

fn visit(pen: &mut Pen<'_>, person: &Person, agent: &str, day: u16, draw: &mut Draw) {
    let minute = draw.between(9 * 60, 17 * 60);
    let at = pen.world.calendar.at(day, minute, 0);
    let visited = Draft::track("Appointment Kept", at)
        .with(
            Body::new()
                .text("agent", agent)
                .text("where", "dal cliente"),
        )
        .channel("shop");
    pen.write(Source::Agents, known(visited, person));
    if draw.happens(450) {
        let at = pen.world.calendar.at(day, minute + 90, 0);
        let offer = Basket::wholesale(draw, 8);
        let offered = Draft::track("Quote Requested", at)
            .with(
                Body::new()
                    .money("value", offer.cents())
                    .text("currency", "EUR")
                    .text("agent", agent),
            )
            .channel("email");
        pen.write(Source::Agents, known(offered, person));
    }
    if draw.happens(200) {
        let at = pen.world.calendar.at(day, minute + 100, 0);
        let note = Body::new()
            .text("text", "Vuole consegne prima delle sette, prima di aprire")
            .text("about", "preference")
            .text("where", "nel suo locale")
            .text("actor", agent);
        pen.note((Kind::Phone, &person.phone), at, note);
    }
}
