//! The beginning: to confirm an address, and to say who we are.

use super::{EN, IT, LEI, Starter, TU, mail, sms};
use crate::buyer::Stage;
use crate::message::Class;

pub(super) const CONFIRM: Starter = Starter {
    word: "confirm",
    names: ["Conferma l’indirizzo", "Confirm your address"],
    hints: [
        "Dopo un sì arrivato da un modulo: chi ha scritto l’indirizzo conferma che è suo.",
        "After a yes from a form: whoever typed the address confirms that it is theirs.",
    ],
    purpose: "contract",
    class: Class::Transactional,
    stage: None,
    greetings: false,
    texts: &[
        mail(
            (IT, TU),
            "Sei tu? Conferma il tuo indirizzo",
            "Un tocco e siamo a posto",
            "Ciao{% if first_name is defined %} {{ first_name }}{% endif %},

questo indirizzo è stato lasciato a {{ company }}. Se sei stato tu o sei stata tu, basta un tocco.

[pulsante: Confermo, sono io]({{ links.confirm }})

Se invece non ne sai niente, non fare niente: senza conferma non ti scriviamo.",
        ),
        mail(
            (IT, LEI),
            "Conferma dell’indirizzo",
            "Basta un tocco",
            "Buongiorno{% if name is defined %} {{ name }}{% endif %},

questo indirizzo è stato lasciato a {{ company }}. Se lo ha scritto Lei, basta un tocco per confermarlo.

[pulsante: Confermo il mio indirizzo]({{ links.confirm }})

Se non ne sa niente, non serve fare altro: senza conferma non scriviamo.

Cordiali saluti
{{ company }}",
        ),
        mail(
            (EN, TU),
            "Is this you? Confirm your address",
            "One tap and we are done",
            "Hello{% if first_name is defined %} {{ first_name }}{% endif %},

this address was left with {{ company }}. If it was you, one tap is all we need.

[button: Yes, this is me]({{ links.confirm }})

If you know nothing about it, do nothing. We do not write to an address that was not confirmed.",
        ),
        mail(
            (EN, LEI),
            "Please confirm your address",
            "One tap is enough",
            "Good morning{% if name is defined %} {{ name }}{% endif %},

this address was left with {{ company }}. If it is yours, please confirm it.

[button: Confirm my address]({{ links.confirm }})

If you know nothing about it, there is nothing to do. We do not write to an address that was not confirmed.

Kind regards
{{ company }}",
        ),
        sms(
            (IT, TU),
            "{{ company }}: sei tu? Conferma qui il tuo numero: {{ links.confirm }}",
        ),
        sms(
            (IT, LEI),
            "{{ company }}: per confermare il Suo numero: {{ links.confirm }}",
        ),
        sms(
            (EN, TU),
            "{{ company }}: is this you? Confirm your number: {{ links.confirm }}",
        ),
        sms(
            (EN, LEI),
            "{{ company }}: please confirm your number: {{ links.confirm }}",
        ),
    ],
};

pub(super) const WELCOME: Starter = Starter {
    word: "welcome",
    names: ["Benvenuto", "Welcome"],
    hints: [
        "Dopo l’iscrizione: chi siamo, quanto spesso scriviamo, come parlarci.",
        "After signing up: who we are, how often we write, how to talk to us.",
    ],
    purpose: "marketing",
    class: Class::Marketing,
    stage: Some(Stage::NeverBought),
    greetings: true,
    texts: &[
        mail(
            (IT, TU),
            "Piacere di conoscerti",
            "Quanto spesso ti scriviamo, e come parlare con noi",
            "{{ variations.greeting }}{% if first_name is defined %} {{ first_name }}{% endif %},

grazie di averci lasciato il tuo indirizzo. Ti scriviamo poche volte al mese, quando c’è qualcosa da dire: un arrivo, un orario che cambia, un invito in negozio.

Per cominciare, due cose:

- **Vuoi parlarci?** Rispondi a questa mail: la legge una persona.
- **Vuoi meno messaggi?** [Scegli tu quali]({{ links.preferences }}).

[pulsante: Guarda che cosa facciamo]({{ links.shop }})

A presto
{{ company }}",
        ),
        mail(
            (IT, LEI),
            "Piacere di conoscerLa",
            "Quanto spesso scriviamo, e come parlare con noi",
            "Buongiorno{% if name is defined %} {{ name }}{% endif %},

grazie di averci lasciato il Suo indirizzo. Scriviamo poche volte al mese, quando c’è qualcosa da dire: un arrivo, un orario che cambia, un invito in negozio.

Per parlare con noi basta rispondere a questa mail: la legge una persona. Se preferisce solo alcuni messaggi, [può dire quali]({{ links.preferences }}).

[pulsante: Che cosa facciamo]({{ links.shop }})

Cordiali saluti
{{ company }}",
        ),
        mail(
            (EN, TU),
            "Nice to meet you",
            "How often we write, and how to reach us",
            "{{ variations.greeting }}{% if first_name is defined %} {{ first_name }}{% endif %},

thank you for leaving us your address. We write a few times a month, when there is something to say: a new arrival, a change of hours, a date at the shop.

Two things to start with:

- **Want to talk?** Reply to this mail. A person reads it.
- **Want fewer mails?** [Pick the ones you like]({{ links.preferences }}).

[button: See what we do]({{ links.shop }})

See you soon
{{ company }}",
        ),
        mail(
            (EN, LEI),
            "Thank you for your address",
            "How often we write, and how to reach us",
            "Good morning{% if name is defined %} {{ name }}{% endif %},

thank you for leaving us your address. We write a few times a month, when there is something to say: a new arrival, a change of hours, a date at the shop.

To talk to us, please reply to this mail. A person reads it. If you would like fewer mails, [you can say which]({{ links.preferences }}).

[button: What we do]({{ links.shop }})

Kind regards
{{ company }}",
        ),
        sms(
            (IT, TU),
            "{{ company }}: piacere di conoscerti! Ti scriviamo poco e solo se serve. Che cosa ricevere lo decidi tu: {{ links.preferences }}",
        ),
        sms(
            (IT, LEI),
            "{{ company }}: piacere di conoscerLa. Scriviamo poco e solo se serve. Per scegliere che cosa ricevere: {{ links.preferences }}",
        ),
        sms(
            (EN, TU),
            "{{ company }}: nice to meet you! We write little, and only when it is of use. You choose what you get: {{ links.preferences }}",
        ),
        sms(
            (EN, LEI),
            "{{ company }}: thank you for your number. We write little. To choose what you receive: {{ links.preferences }}",
        ),
    ],
};
