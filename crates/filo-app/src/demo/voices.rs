//! What people say: to the switchboard, in messages on social networks, at the stand of the fair;
//! and what the company's people write down of it.

use filo_core::identity::Kind;

use super::body::Body;
use super::company::Source;
use super::draft::Draft;
use super::draw::Draw;
use super::names::plain;
use super::pen::Pen;
use super::person::Person;

/// The fair lasted three days, this long before the end.
pub(super) const FAIR_DAYS: [u16; 3] = [228, 229, 230];
const ABOUT_CALLS: [[&str; 2]; 6] = [
    [
        "consegna in ritardo",
        "Sollecitato il corriere, consegnato il giorno dopo",
    ],
    ["capsule che perdono", "Rispedita una scatola, senza spese"],
    ["fattura da rifare", "Mandata la fattura giusta"],
    [
        "consiglio sulla macchina",
        "Spiegate Alba e Brina, ci pensa",
    ],
    ["punti della tessera", "Chiarito come si raccolgono"],
    ["prenotazione di un corso", "Prenotato per il mese prossimo"],
];
const MESSAGES: [&str; 6] = [
    "Buongiorno, siete aperti domenica?",
    "Le capsule vanno anche nella mia macchina?",
    "Il mio pacco è fermo da tre giorni!",
    "Complimenti per la miscela Notte",
    "Fate il decaffeinato in grani?",
    "Vorrei regalare un corso: come si fa?",
];
const NOTES: [[&str; 2]; 6] = [
    [
        "preference",
        "Beve solo decaffeinato dopo le tre del pomeriggio",
    ],
    ["worry", "Teme che le capsule non siano riciclabili"],
    [
        "reason",
        "Ha cominciato da noi perché l'ha portata una collega",
    ],
    [
        "promise",
        "Gli abbiamo promesso di chiamarlo quando torna l'Etiopia",
    ],
    ["preference", "Vuole sempre la tazza calda"],
    [
        "other",
        "A maggio apre un bed and breakfast: sentirlo per la fornitura",
    ],
];
const STAFF: [&str; 4] = [
    "Marta, Bar Duomo",
    "Ivan, centralino",
    "Paola, agente",
    "Nadia, social",
];

/// What one person says on some days.
pub(super) fn write(pen: &mut Pen<'_>, person: &Person, days: &[u16]) {
    let Some(first) = days.first() else { return };
    let mut draw = Draw::of(pen.world.seed, "voices", person.number, *first);
    pen.turn_to("voice", person.number);
    for day in days.iter().copied().filter(|day| person.is_here(*day)) {
        if person.calls && draw.happens(6) {
            call(pen, person, day, &mut draw);
        }
        if person.writes && draw.happens(7) {
            message(pen, person, day, &mut draw);
        }
    }
    if person.was_at_the_fair {
        let at_fair = *draw.pick(&FAIR_DAYS);
        if days.contains(&at_fair) {
            visit_stand(pen, person, at_fair, &mut draw);
        }
    }
}

fn call(pen: &mut Pen<'_>, person: &Person, day: u16, draw: &mut Draw) {
    let minute = draw.between(9 * 60, 18 * 60);
    let [reason, outcome] = draw.pick(&ABOUT_CALLS);
    let said = Body::new()
        .text("direction", "in arrivo")
        .text("reason", reason)
        .text("outcome", outcome)
        .number("duration_s", draw.between(60, 900))
        .text("phone", &person.phone);
    let at = pen.world.calendar.at(day, minute, 0);
    pen.write(Source::Calls, Draft::track("Call Logged", at).with(said));
    if draw.happens(400) {
        let [about, text] = draw.pick(&NOTES);
        let note = Body::new()
            .text("text", text)
            .text("about", about)
            .text("where", "al telefono")
            .text("actor", draw.pick::<&str>(&STAFF));
        let at = pen.world.calendar.at(day, minute + 12, 0);
        pen.note((Kind::Phone, &person.phone), at, note);
    }
}

fn message(pen: &mut Pen<'_>, person: &Person, day: u16, draw: &mut Draw) {
    let handle = format!(
        "@{}_{}{}",
        plain(person.first),
        plain(person.last),
        person.number
    );
    let account = Body::new()
        .text("id", &handle)
        .text("type", "instagram")
        .text("collection", "users")
        .text("encoding", "none");
    let minute = draw.between(10 * 60, 22 * 60);
    let at = |later| pen.world.calendar.at(day, minute + later, 0);
    let context = |says_email: bool| {
        let context = Body::new().list("externalIds", vec![account.clone()]);
        if says_email {
            context.object("traits", Body::new().text("email", &person.email))
        } else {
            context
        }
    };
    let asked = Draft::track("Message Received", at(0))
        .with(Body::new().text("text", draw.pick::<&str>(&MESSAGES)))
        .channel("instagram")
        .context(context(false));
    // Most are asked for their order, and give the address they ordered with.
    let gives_email = draw.happens(600);
    let answered = Draft::track("Message Sent", at(25))
        .with(Body::new().text("text", "Grazie di averci scritto! Le rispondiamo subito."))
        .channel("instagram")
        .context(context(gives_email));
    pen.write(Source::Social, asked);
    pen.write(Source::Social, answered);
}

fn visit_stand(pen: &mut Pen<'_>, person: &Person, day: u16, draw: &mut Draw) {
    let at = pen
        .world
        .calendar
        .at(day, draw.between(10 * 60, 18 * 60), 0);
    let wants = ["assaggio", "corso", "macchina per l'ufficio", "fornitura"];
    let form = Body::new()
        .text("form", "Fiera del caffè, stand B12")
        .text("interest", draw.pick::<&str>(&wants))
        .text("email", &person.email)
        .text("phone", &person.phone);
    let said = person
        .traits()
        .text("email", &person.email)
        .text("phone", &person.phone);
    pen.write(Source::Fair, Draft::identify(at, said).channel("shop"));
    let filled_in = Draft::track("Form Submitted", at)
        .with(form)
        .channel("shop");
    pen.write(Source::Fair, filled_in);
}
