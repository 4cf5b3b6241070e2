//! After somebody was in the shop.

use super::{EN, IT, LEI, Starter, TU, mail, sms};
use crate::message::Class;

pub(super) const VISIT: Starter = Starter {
    word: "visit",
    names: ["Dopo una visita", "After a visit"],
    hints: [
        "Il giorno dopo: com’è andata, detto a una persona e non a un modulo.",
        "The day after: how it went, told to a person and not to a form.",
    ],
    purpose: "contract",
    class: Class::Service,
    stage: None,
    greetings: false,
    texts: &[
        mail(
            (IT, TU),
            "Com’è andata in negozio?",
            "Due righe ci bastano",
            "Ciao{% if first_name is defined %} {{ first_name }}{% endif %},

grazie di essere passato o passata{% if event.shop is defined %} in {{ event.shop }}{% endif %}. Com’è andata?

Rispondi a questa mail con due righe, belle o brutte che siano. Le legge chi era in negozio, e se c’è da rimediare lo facciamo.

Hai già usato quello che hai preso e qualcosa non torna? Riportalo: troviamo una soluzione insieme.

{{ company }}",
        ),
        mail(
            (IT, LEI),
            "La Sua visita in negozio",
            "Due righe ci bastano",
            "Buongiorno{% if name is defined %} {{ name }}{% endif %},

grazie della Sua visita{% if event.shop is defined %} in {{ event.shop }}{% endif %}. Ci interessa sapere com’è andata.

Può rispondere a questa mail con due righe. Le legge chi era in negozio, e se c’è da rimediare lo facciamo.

Se con il Suo acquisto qualcosa non torna, lo riporti pure: troviamo una soluzione insieme.

Cordiali saluti
{{ company }}",
        ),
        mail(
            (EN, TU),
            "How was your visit?",
            "Two lines will do",
            "Hello{% if first_name is defined %} {{ first_name }}{% endif %},

thank you for coming{% if event.shop is defined %} to {{ event.shop }}{% endif %}. How was it?

Reply to this mail with two lines, good or bad. The people who were in the shop read them, and what went wrong we put right.

Is something not as it should be? Bring it back and we will find a way.

{{ company }}",
        ),
        mail(
            (EN, LEI),
            "Your visit to our shop",
            "Two lines will do",
            "Good morning{% if name is defined %} {{ name }}{% endif %},

thank you for your visit{% if event.shop is defined %} to {{ event.shop }}{% endif %}. We would like to know how it was.

You can reply to this mail with two lines. The people who were in the shop read them, and what went wrong we put right.

If something is not as it should be, please bring it back. We will find a way.

Kind regards
{{ company }}",
        ),
        sms(
            (IT, TU),
            "{{ company }}: grazie della visita. Com'è andata? Dillo qui in due righe, le legge chi era in negozio: {{ links.reply }}",
        ),
        sms(
            (IT, LEI),
            "{{ company }}: grazie della Sua visita. Se vuole dirci com'è andata, bastano due righe: {{ links.reply }}",
        ),
        sms(
            (EN, TU),
            "{{ company }}: thank you for coming. How was it? Two lines will do, the shop reads them: {{ links.reply }}",
        ),
        sms(
            (EN, LEI),
            "{{ company }}: thank you for your visit. If you would like to tell us how it was: {{ links.reply }}",
        ),
    ],
};
