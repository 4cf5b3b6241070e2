//! Around an order: a basket that was left, thanks for what was bought, time for the next one.

use super::{EN, IT, LEI, Starter, TU, mail, sms};
use crate::buyer::Stage;
use crate::message::Class;

pub(super) const CART: Starter = Starter {
    word: "cart",
    names: ["Carrello lasciato a metà", "A basket left behind"],
    hints: [
        "Qualche ora dopo un carrello senza ordine: una volta sola, senza fretta.",
        "A few hours after a basket without an order: once, and without pressing.",
    ],
    purpose: "marketing",
    class: Class::Marketing,
    stage: None,
    greetings: false,
    texts: &[
        mail(
            (IT, TU),
            "L’ordine è rimasto a metà",
            "Riparte da dove si era fermato",
            "Ciao{% if first_name is defined %} {{ first_name }}{% endif %},

nel carrello c’è ancora {{ event.product | default(\"quello che avevi scelto\") }}. Non devi rifare niente: l’ordine riparte da dove si era fermato.

[pulsante: Riprendi l’ordine]({{ links.cart }})

Un dubbio su misura, prezzo o consegna? Rispondi a questa mail: ti aiuta chi sta in negozio.

Se hai cambiato idea va bene così. Per questo carrello non ti scriviamo più.",
        ),
        mail(
            (IT, LEI),
            "Il Suo ordine è rimasto a metà",
            "Riparte da dove si era fermato",
            "Buongiorno{% if name is defined %} {{ name }}{% endif %},

nel carrello c’è ancora {{ event.product | default(\"quello che aveva scelto\") }}. L’ordine può ripartire da dove si era fermato.

[pulsante: Riprendere l’ordine]({{ links.cart }})

Per un dubbio su misura, prezzo o consegna basta rispondere a questa mail.

Se ha cambiato idea va bene così. Per questo carrello non scriviamo più.

Cordiali saluti
{{ company }}",
        ),
        mail(
            (EN, TU),
            "Your order stopped half way",
            "It picks up where you left it",
            "Hello{% if first_name is defined %} {{ first_name }}{% endif %},

{{ event.product | default(\"what you chose\") }} is still in your basket. There is nothing to do again: the order picks up where it stopped.

[button: Back to my order]({{ links.cart }})

Not sure about size, price or delivery? Reply to this mail and somebody from the shop will help.

If you changed your mind, that is fine. We will not write about this basket again.",
        ),
        mail(
            (EN, LEI),
            "Your order was not finished",
            "It can go on where it stopped",
            "Good morning{% if name is defined %} {{ name }}{% endif %},

{{ event.product | default(\"what you chose\") }} is still in your basket. The order can go on where it stopped.

[button: Go on with the order]({{ links.cart }})

If you have a question about size, price or delivery, please reply to this mail.

If you changed your mind, that is fine. We will not write about this basket again.

Kind regards
{{ company }}",
        ),
        sms(
            (IT, TU),
            "{{ company }}: il tuo ordine è rimasto a metà. Riparte da qui: {{ links.cart }} Per non ricevere più SMS: {{ links.unsubscribe }}",
        ),
        sms(
            (IT, LEI),
            "{{ company }}: il Suo ordine è rimasto a metà. Riparte da qui: {{ links.cart }} Per non ricevere più SMS: {{ links.unsubscribe }}",
        ),
        sms(
            (EN, TU),
            "{{ company }}: your order stopped half way. It goes on here: {{ links.cart }} No more texts: {{ links.unsubscribe }}",
        ),
        sms(
            (EN, LEI),
            "{{ company }}: your order was not finished. It goes on here: {{ links.cart }} No more texts: {{ links.unsubscribe }}",
        ),
    ],
};

pub(super) const THANKS: Starter = Starter {
    word: "thanks",
    names: ["Grazie dell’ordine", "Thank you for your order"],
    hints: [
        "Subito dopo un ordine: che cosa succede adesso, e a chi chiedere.",
        "Right after an order: what happens next, and whom to ask.",
    ],
    purpose: "contract",
    class: Class::Transactional,
    stage: None,
    greetings: false,
    texts: &[
        mail(
            (IT, TU),
            "Grazie, l’ordine è arrivato",
            "Che cosa succede adesso",
            "Ciao{% if first_name is defined %} {{ first_name }}{% endif %},

il tuo ordine{% if event.order_id is defined %} **{{ event.order_id }}**{% endif %} è arrivato. Grazie.

Adesso lo prepariamo. Quando parte, o quando è pronto da ritirare, ti scriviamo di nuovo.

Se devi cambiare qualcosa, rispondi a questa mail il prima possibile: finché il pacco è aperto si può fare.

{{ company }}",
        ),
        mail(
            (IT, LEI),
            "Abbiamo ricevuto il Suo ordine",
            "Che cosa succede adesso",
            "Buongiorno{% if name is defined %} {{ name }}{% endif %},

abbiamo ricevuto il Suo ordine{% if event.order_id is defined %} **{{ event.order_id }}**{% endif %} e La ringraziamo.

Adesso lo prepariamo. Quando parte, o quando è pronto da ritirare, Le scriviamo di nuovo.

Per cambiare qualcosa basta rispondere a questa mail: finché il pacco è aperto si può fare.

Cordiali saluti
{{ company }}",
        ),
        mail(
            (EN, TU),
            "Thank you, we have your order",
            "What happens next",
            "Hello{% if first_name is defined %} {{ first_name }}{% endif %},

your order{% if event.order_id is defined %} **{{ event.order_id }}**{% endif %} has reached us. Thank you.

We are packing it now. We will write again when it leaves, or when it is ready to be picked up.

Need to change something? Reply to this mail soon: as long as the box is open, we can.

{{ company }}",
        ),
        mail(
            (EN, LEI),
            "We have received your order",
            "What happens next",
            "Good morning{% if name is defined %} {{ name }}{% endif %},

we have received your order{% if event.order_id is defined %} **{{ event.order_id }}**{% endif %}. Thank you.

We are packing it now. We will write again when it leaves, or when it is ready to be picked up.

To change something, please reply to this mail. As long as the box is open, we can.

Kind regards
{{ company }}",
        ),
        sms(
            (IT, TU),
            "{{ company }}: grazie, il tuo ordine è arrivato. Ti scriviamo quando parte o quando è pronto.",
        ),
        sms(
            (IT, LEI),
            "{{ company }}: grazie, il Suo ordine è arrivato. Le scriviamo quando parte o quando è pronto.",
        ),
        sms(
            (EN, TU),
            "{{ company }}: thank you, we have your order. We will text you when it leaves or is ready.",
        ),
        sms(
            (EN, LEI),
            "{{ company }}: thank you, we have received your order. We will write when it leaves or is ready.",
        ),
    ],
};

pub(super) const REORDER: Starter = Starter {
    word: "reorder",
    names: ["È ora di riordinare", "Time to order again"],
    hints: [
        "Quando di solito il prodotto è finito: un promemoria, non una spinta.",
        "When the product has usually run out: a reminder, not a push.",
    ],
    purpose: "marketing",
    class: Class::Marketing,
    stage: Some(Stage::Active),
    greetings: true,
    texts: &[
        mail(
            (IT, TU),
            "Ne è rimasto ancora?",
            "L’ultima volta l’hai preso qualche tempo fa",
            "{{ variations.greeting }}{% if first_name is defined %} {{ first_name }}{% endif %},

{% if orders.last_day is defined %}l’ultimo ordine è del {{ orders.last_day }}{% else %}è passato un po’ dall’ultimo ordine{% endif %}. Se {{ event.product | default(\"quello che avevi preso\") }} sta per finire, questo è un buon momento.

[pulsante: Ordina come l’altra volta]({{ links.reorder }})

Ne hai ancora? Allora niente: tieni questa mail per quando serve.

{{ company }}",
        ),
        mail(
            (IT, LEI),
            "Un promemoria per il prossimo ordine",
            "Come l’altra volta, in due tocchi",
            "Buongiorno{% if name is defined %} {{ name }}{% endif %},

{% if orders.last_day is defined %}il Suo ultimo ordine è del {{ orders.last_day }}{% else %}è passato un po’ dal Suo ultimo ordine{% endif %}. Se {{ event.product | default(\"quello che aveva preso\") }} sta per finire, può ordinarlo di nuovo con due tocchi.

[pulsante: Ordinare come l’altra volta]({{ links.reorder }})

Se ne ha ancora, questa mail può aspettare.

Cordiali saluti
{{ company }}",
        ),
        mail(
            (EN, TU),
            "Is there any left?",
            "It has been a while since the last one",
            "{{ variations.greeting }}{% if first_name is defined %} {{ first_name }}{% endif %},

{% if orders.last_day is defined %}your last order was on {{ orders.last_day }}{% else %}it has been a while since your last order{% endif %}. If {{ event.product | default(\"what you bought\") }} is running low, now is a good time.

[button: Same as last time]({{ links.reorder }})

Still have some? Then keep this mail for later.

{{ company }}",
        ),
        mail(
            (EN, LEI),
            "A reminder for your next order",
            "The same as last time, in two taps",
            "Good morning{% if name is defined %} {{ name }}{% endif %},

{% if orders.last_day is defined %}your last order was on {{ orders.last_day }}{% else %}it has been a while since your last order{% endif %}. If {{ event.product | default(\"what you bought\") }} is running low, you can order it again in two taps.

[button: Order the same again]({{ links.reorder }})

If you still have some, this mail can wait.

Kind regards
{{ company }}",
        ),
        sms(
            (IT, TU),
            "{{ company }}: ne hai ancora? Per ordinare come l'altra volta: {{ links.reorder }} Per non ricevere più SMS: {{ links.unsubscribe }}",
        ),
        sms(
            (IT, LEI),
            "{{ company }}: per ordinare come l'altra volta: {{ links.reorder }} Per non ricevere più SMS: {{ links.unsubscribe }}",
        ),
        sms(
            (EN, TU),
            "{{ company }}: any left? The same as last time: {{ links.reorder }} No more texts: {{ links.unsubscribe }}",
        ),
        sms(
            (EN, LEI),
            "{{ company }}: to order the same again: {{ links.reorder }} No more texts: {{ links.unsubscribe }}",
        ),
    ],
};
