//! A birthday, and somebody who has not been here for long.

use super::{EN, IT, LEI, Starter, TU, mail, sms};
use crate::buyer::Stage;
use crate::message::Class;

pub(super) const BIRTHDAY: Starter = Starter {
    word: "birthday",
    names: ["Compleanno", "Birthday"],
    hints: [
        "Il giorno del compleanno: un augurio e basta. Un regalo, se c’è, è una promozione.",
        "On the day: a wish and nothing else. A present, if there is one, is a promotion.",
    ],
    purpose: "marketing",
    class: Class::Marketing,
    stage: None,
    greetings: false,
    texts: &[
        mail(
            (IT, TU),
            "Auguri{% if first_name is defined %}, {{ first_name }}{% endif %}!",
            "Da tutti noi",
            "# Buon compleanno

Oggi niente da comprare e niente da fare: volevamo solo farti gli auguri.

Se ti capita di passare, fatti riconoscere. Un caffè lo beviamo volentieri insieme.

Da tutti noi
{{ company }}",
        ),
        mail(
            (IT, LEI),
            "I nostri auguri{% if name is defined %}, {{ name }}{% endif %}",
            "Da tutti noi",
            "# Buon compleanno

Oggi Le scriviamo solo per farLe gli auguri, da parte di tutti noi.

Se Le capita di passare in negozio, ci farà piacere salutarLa di persona.

Cordiali saluti
{{ company }}",
        ),
        mail(
            (EN, TU),
            "Happy birthday{% if first_name is defined %}, {{ first_name }}{% endif %}!",
            "From all of us",
            "# Happy birthday

Nothing to buy and nothing to do today. We just wanted to wish you well.

If you happen to come by, say so. We would gladly have a coffee with you.

From all of us
{{ company }}",
        ),
        mail(
            (EN, LEI),
            "Our best wishes{% if name is defined %}, {{ name }}{% endif %}",
            "From all of us",
            "# Happy birthday

Today we write only to wish you well, from all of us.

If you happen to come by the shop, we would be glad to say so in person.

Kind regards
{{ company }}",
        ),
        sms(
            (IT, TU),
            "Auguri{% if first_name is defined %} {{ first_name }}{% endif %}! Da tutti noi di {{ company }}. Per non ricevere più SMS: {{ links.unsubscribe }}",
        ),
        sms(
            (IT, LEI),
            "I nostri auguri di buon compleanno. {{ company }}. Per non ricevere più SMS: {{ links.unsubscribe }}",
        ),
        sms(
            (EN, TU),
            "Happy birthday{% if first_name is defined %} {{ first_name }}{% endif %}! From all of us at {{ company }}. No more texts: {{ links.unsubscribe }}",
        ),
        sms(
            (EN, LEI),
            "Our best wishes for your birthday. {{ company }}. No more texts: {{ links.unsubscribe }}",
        ),
    ],
};

pub(super) const WIN_BACK: Starter = Starter {
    word: "win-back",
    names: ["Dopo tanto tempo", "After a long time"],
    hints: [
        "A chi non compra da molto: una domanda onesta e una porta aperta.",
        "To who has not bought for long: an honest question and an open door.",
    ],
    purpose: "marketing",
    class: Class::Marketing,
    stage: Some(Stage::Lost),
    greetings: false,
    texts: &[
        mail(
            (IT, TU),
            "È andato storto qualcosa?",
            "Una domanda, e poi ti lasciamo in pace",
            "Ciao{% if first_name is defined %} {{ first_name }}{% endif %},

{% if orders.last_day is defined %}l’ultima volta da noi è stata il {{ orders.last_day }}{% else %}è un bel po’ che non ci vediamo{% endif %}. Può essere che non ti serva più niente, e va bene. Ma se qualcosa è andato storto vorremmo saperlo.

Basta rispondere a questa mail. La legge una persona, e ti risponde.

Se invece ti fa piacere vedere che cosa è cambiato da allora:

[pulsante: Guarda com’è adesso]({{ links.shop }})

Preferisci che non scriviamo più? [Si dice qui]({{ links.preferences }}), e non ce la prendiamo.

{{ company }}",
        ),
        mail(
            (IT, LEI),
            "Una domanda da parte nostra",
            "Se qualcosa è andato storto vorremmo saperlo",
            "Buongiorno{% if name is defined %} {{ name }}{% endif %},

{% if orders.last_day is defined %}il Suo ultimo acquisto da noi è del {{ orders.last_day }}{% else %}è un po’ che non ci vediamo{% endif %}. Se qualcosa è andato storto, vorremmo saperlo: basta rispondere a questa mail. La legge una persona.

Se desidera vedere che cosa è cambiato da allora:

[pulsante: Com’è adesso]({{ links.shop }})

Se preferisce che non scriviamo più, [lo può dire qui]({{ links.preferences }}).

Cordiali saluti
{{ company }}",
        ),
        mail(
            (EN, TU),
            "Did something go wrong?",
            "One question, then we leave you in peace",
            "Hello{% if first_name is defined %} {{ first_name }}{% endif %},

{% if orders.last_day is defined %}the last time you bought from us was on {{ orders.last_day }}{% else %}it has been a good while{% endif %}. It may be that you need nothing, and that is fine. But if something went wrong, we would like to know.

Just reply to this mail. A person reads it, and answers.

Or see what is different now:

[button: Have a look]({{ links.shop }})

Would you rather hear no more from us? [Say so here]({{ links.preferences }}). No hard feelings.

{{ company }}",
        ),
        mail(
            (EN, LEI),
            "A question from us",
            "If something went wrong, we would like to know",
            "Good morning{% if name is defined %} {{ name }}{% endif %},

{% if orders.last_day is defined %}the last time you bought from us was on {{ orders.last_day }}{% else %}it has been a good while{% endif %}. If something went wrong, we would like to know. Please reply to this mail: a person reads it.

If you would like to see what is different now:

[button: Have a look]({{ links.shop }})

If you would rather hear no more from us, [please say so here]({{ links.preferences }}).

Kind regards
{{ company }}",
        ),
        sms(
            (IT, TU),
            "{{ company }}: è un po' che non ci vediamo. Se qualcosa è andato storto diccelo: {{ links.reply }} Per non ricevere più SMS: {{ links.unsubscribe }}",
        ),
        sms(
            (IT, LEI),
            "{{ company }}: se da noi qualcosa è andato storto, vorremmo saperlo: {{ links.reply }} Per non ricevere più SMS: {{ links.unsubscribe }}",
        ),
        sms(
            (EN, TU),
            "{{ company }}: it has been a while. If something went wrong, tell us: {{ links.reply }} No more texts: {{ links.unsubscribe }}",
        ),
        sms(
            (EN, LEI),
            "{{ company }}: if something went wrong with us, we would like to know: {{ links.reply }} No more texts: {{ links.unsubscribe }}",
        ),
    ],
};
