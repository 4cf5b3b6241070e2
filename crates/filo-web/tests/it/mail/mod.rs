//! Mail: what leaves over a real conversation, what comes back, and what people set.

mod account;
mod dns;
mod post;
mod return_box;
mod return_box_way;
mod returns;
mod warming;
pub(crate) mod wire;

use filo_app::mail::{Letter, Unsubscribe};
use filo_core::id::MessageId;
use filo_core::mail::{MailAddress, Mailbox};
use filo_core::message::Class;

fn address(text: &str) -> MailAddress {
    MailAddress::parse(text).unwrap()
}

/// A letter for advertising, with text and HTML.
fn letter(number: u128) -> Letter {
    Letter {
        id: MessageId(number),
        from: Mailbox {
            name: "Caffè Rossi".to_owned(),
            address: address("ciao@rossi.it"),
        },
        to: Mailbox {
            name: "Anna".to_owned(),
            address: address("anna@example.com"),
        },
        reply_to: Some(address("banco@rossi.it")),
        subject: "È tornata la colomba".to_owned(),
        text: "Ciao Anna,\n.è tornata la colomba.\nFrom domani in negozio.".to_owned(),
        html: Some("<p>Ciao <b>Anna</b>, è tornata la colomba.</p>".to_owned()),
        class: Class::Marketing,
        unsubscribe: Some(Unsubscribe {
            list: "novita".to_owned(),
            list_name: "Novita".to_owned(),
            url: "https://filo.example/u/abc".to_owned(),
            mailto: Some(address("unsub@rossi.it")),
        }),
        feedback_id: Some("colomba:campagna:novita:rossi".to_owned()),
        by_hand: false,
        headers: Vec::new(),
    }
}
