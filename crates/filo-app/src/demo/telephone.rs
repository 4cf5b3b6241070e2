//! The app on people's telephones: opened with the morning coffee, signed in to once.

use super::body::Body;
use super::company::Source;
use super::draft::Draft;
use super::draw::Draw;
use super::pen::Pen;
use super::person::Person;

/// Times the app is opened in a thousand days.
const OPENED_PER_MILLE: u32 = 330;

/// What one person does in the app on some days.
pub(super) fn write(pen: &mut Pen<'_>, person: &Person, device: &str, days: &[u16]) {
    let Some(first) = days.first() else { return };
    let mut draw = Draw::of(pen.world.seed, "app", person.number, *first);
    let signs_in_on =
        Draw::of(pen.world.seed, "app start", person.number, 0).day(person.arrives, person.leaves);
    pen.turn_to("app", person.number);
    for day in days.iter().copied().filter(|day| person.is_here(*day)) {
        let minute = draw.between(6 * 60 + 30, 21 * 60);
        let at = pen.world.calendar.at(day, minute, draw.below(60));
        if day == signs_in_on {
            install(pen, person, device, day, minute);
        } else if day > signs_in_on && draw.happens(OPENED_PER_MILLE) {
            let opened = Draft::track("Application Opened", at)
                .with(Body::new().text("version", "3.2"))
                .device(device)
                .context(context(device));
            pen.write(Source::App, opened);
            if draw.happens(450) {
                let at = pen.world.calendar.at(day, minute + 1, draw.below(60));
                let looked = Draft::track("Product Viewed", at)
                    .with(
                        Body::new()
                            .text("name", "La mia tessera")
                            .text("category", "Tessera"),
                    )
                    .device(device)
                    .context(context(device));
                pen.write(Source::App, looked);
            }
        }
    }
}

fn context(device: &str) -> Body {
    let id = format!("and-{}", device.get(..18).unwrap_or(device));
    Body::new()
        .object("library", Body::new().text("name", "analytics-kotlin"))
        .object(
            "device",
            Body::new().text("id", &id).text("type", "android"),
        )
        .text("locale", "it-IT")
}

fn install(pen: &mut Pen<'_>, person: &Person, device: &str, day: u16, minute: u32) {
    let at = |second| pen.world.calendar.at(day, minute, second);
    let installed = Draft::track("Application Installed", at(0))
        .device(device)
        .context(context(device));
    let user_id = person.online.as_ref().and_then(|it| it.user_id.as_deref());
    let mut said = person.traits().text("email", &person.email);
    if let Some(regular) = &person.regular {
        said = said.text("card", &regular.card);
    }
    let signed_in = Draft::identify(at(50), said)
        .user(user_id)
        .device(device)
        .context(context(device));
    pen.write(Source::App, installed);
    pen.write(Source::App, signed_in);
}
