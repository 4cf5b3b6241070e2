//! What a new system that is still being tried sends wrongly: it stands in quarantine, and can be
//! repaired there. And an archive that was brought in twice.

use filo_core::intake::{Call, Scalar};

use super::body::Body;
use super::calendar::LAST_DAY;
use super::company::{Basket, Source};
use super::draft::Draft;
use super::draw::Draw;
use super::pen::Pen;
use super::person::Person;
use crate::quarantine::Quarantined;

/// Faulty events of the new system.
const SLIPS: u32 = 30;
/// Orders of the archive.
const ARCHIVE_ORDERS: usize = 60;

/// The faulty events, as they wait for somebody.
pub(super) fn quarantined(pen: &mut Pen<'_>) -> Vec<Quarantined> {
    pen.turn_to("slip", 0);
    (0..SLIPS).filter_map(|number| slip(pen, number)).collect()
}

fn slip(pen: &mut Pen<'_>, number: u32) -> Option<Quarantined> {
    let mut draw = Draw::of(pen.world.seed, "slip", number, 0);
    let day = LAST_DAY - 1 - draw.day(0, 9);
    let calendar = &pen.world.calendar;
    let minute = draw.between(540, 1080);
    let received_at = calendar.at(day, minute, 20);
    let date = match number % 5 {
        // As Italians write it, which is no date for a machine.
        0..=2 => format!(
            "{:02}/{:02}/{} {:02}.{:02}",
            calendar.day_of_month(day),
            calendar.month(day),
            calendar.year(day),
            minute / 60,
            minute % 60
        ),
        _ => calendar.at(day, minute, 0).to_string(),
    };
    let event = (number % 5 != 3).then_some("Order Completed");
    let user_id = (number % 5 != 4).then(|| format!("cl-{:05}", draw.below(4000)));
    let message_id = format!("ng-{number:04}");
    let order = Basket::online(&mut draw, false).order(&format!("NG-{number:04}"), 0);
    let properties = order.clone().finish();
    let mut message = Body::new().text("type", "track");
    if let Some(event) = event {
        message = message.text("event", event);
    }
    if let Some(user_id) = &user_id {
        message = message.text("userId", user_id);
    }
    let body = message
        .text("messageId", &message_id)
        .text("timestamp", &date)
        .object("properties", order)
        .finish();
    let call = Call {
        kind: "track".into(),
        event: event.map_or(Scalar::Absent, Scalar::from),
        user_id: user_id.map_or(Scalar::Absent, Scalar::from),
        message_id: message_id.into(),
        timestamp: date.into(),
        properties: Some(&properties),
        size_bytes: body.len(),
        ..Call::default()
    };
    let defect = pen.spoiled(Source::NewSystem, &call, received_at)?;
    Some(Quarantined {
        source: Some(pen.world.source(Source::NewSystem)),
        received_at,
        code: defect.code.word(),
        field: defect.field.into_owned(),
        hint: defect.hint,
        body,
    })
}

/// Old orders, the same each time they are written.
pub(super) fn archive(pen: &mut Pen<'_>, people: &[Person]) {
    let registered = people.iter().filter_map(|person| {
        let user_id = person.online.as_ref()?.user_id.as_deref()?;
        let is_old = person.arrives == 0 && !person.online.as_ref()?.is_stranger;
        is_old.then_some((person, user_id))
    });
    for (person, user_id) in registered.take(ARCHIVE_ORDERS) {
        pen.turn_to("archive", person.number);
        let mut draw = Draw::of(pen.world.seed, "archive", person.number, 0);
        let id = format!("VG-{:05}", person.number);
        let at = pen.world.calendar.at(0, draw.between(540, 1200), 0);
        let order = Basket::online(&mut draw, false).order(&id, 0);
        let placed = Draft::track("Order Completed", at)
            .user(Some(user_id))
            .channel("web")
            .with(order);
        pen.write(Source::OldSystem, placed);
    }
}
