//! The newsletter: joining with a proof, one issue every second Thursday, clicks, leaving. Opens
//! are not used: machines open letters too.

use super::body::Body;
use super::calendar::LAST_DAY;
use super::company::Source;
use super::draft::Draft;
use super::draw::Draw;
use super::pen::Pen;
use super::person::{Person, Reader};

const THURSDAY: i8 = 4;
const SUBJECTS: [&str; 6] = [
    "Che cosa c'è in una miscela",
    "La moka, senza bruciarla",
    "Il raccolto dell'Etiopia è arrivato",
    "Corsi di caffetteria: le date",
    "Tre ricette fredde",
    "Dietro il banco del Bar Duomo",
];

/// What happens between one reader and the newsletter on some days.
pub(super) fn write(pen: &mut Pen<'_>, person: &Person, reader: &Reader, days: &[u16]) {
    let Some(first) = days.first() else { return };
    let mut draw = Draw::of(pen.world.seed, "letters", person.number, *first);
    pen.turn_to("letter", person.number);
    // Who is no customer any more has often left this too, some weeks later.
    let leaves = leaving(pen.world.seed, person);
    for day in days.iter().copied() {
        if day == reader.since {
            join(pen, person, reader, day);
        }
        if day <= reader.since || day > leaves {
            continue;
        }
        if day == leaves && leaves < LAST_DAY {
            let at = pen.world.calendar.at(day, 640, 0);
            let left = Draft::track("Unsubscribed", at).whose(Some(&reader.email), None);
            pen.write(Source::Letters, left);
        } else if let Some(issue) = issue(pen, day) {
            deliver(pen, reader, (day, issue), &mut draw);
        }
    }
}

fn leaving(seed: u64, person: &Person) -> u16 {
    let mut draw = Draw::of(seed, "letters end", person.number, 0);
    let goes = person.leaves < LAST_DAY && draw.happens(500) || draw.happens(40);
    if goes {
        person.leaves.saturating_add(draw.day(5, 60))
    } else {
        u16::MAX
    }
}

/// The number of the issue of a day, if there is one.
fn issue(pen: &Pen<'_>, day: u16) -> Option<u16> {
    let is_thursday = pen.world.calendar.weekday(day) == THURSDAY;
    let week = day / 7;
    (is_thursday && week.is_multiple_of(2)).then_some(week / 2)
}

fn join(pen: &mut Pen<'_>, person: &Person, reader: &Reader, day: u16) {
    let at = pen.world.calendar.at(day, 1210, person.number % 60);
    let said = person.traits().text("email", &reader.email);
    pen.write(Source::Letters, Draft::identify(at, said).channel("email"));
    let consent = Body::new()
        .text("purpose", "marketing")
        .text("channel", "email")
        .text("basis", "consent")
        .text("wording", "newsletter, testo 3 di gennaio")
        .text("proof", "conferma dal collegamento nell'e-mail");
    let granted = Draft::track("Consent Granted", at)
        .with(consent)
        .channel("email")
        .whose(Some(&reader.email), None);
    pen.write(Source::Letters, granted);
}

fn deliver(pen: &mut Pen<'_>, reader: &Reader, (day, issue): (u16, u16), draw: &mut Draw) {
    let subject = SUBJECTS[usize::from(issue) % SUBJECTS.len()];
    let letter = || {
        Body::new()
            .text("campaign_id", &format!("lettera-{issue:02}"))
            .text("subject", subject)
    };
    let at = pen.world.calendar.at(day, 600, draw.below(600));
    if draw.happens(6) {
        let bounced = Draft::track("Email Bounced", at)
            .with(letter().text("reason", "casella piena"))
            .whose(Some(&reader.email), None);
        pen.write(Source::Letters, bounced);
        return;
    }
    let delivered = Draft::track("Email Delivered", at)
        .with(letter())
        .whose(Some(&reader.email), None);
    pen.write(Source::Letters, delivered);
    if draw.happens(reader.clicks_per_mille) {
        let at = pen.world.calendar.at(day, draw.between(615, 1380), 0);
        let clicked = Draft::track("Email Link Clicked", at)
            .with(letter().text("link_url", "https://aurora.example/prodotti"))
            .whose(Some(&reader.email), None);
        pen.write(Source::Letters, clicked);
    }
}
