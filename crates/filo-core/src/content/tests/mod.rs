//! What content promises, over every starter and over templates that nobody would write.

mod chance;
mod composing;
mod counting;
mod speaking;
mod starting;

use super::*;
use crate::company::Language;
use crate::message::{Class, Medium};
use jiff::civil::date;

const IT: Language = Language::Italian;

fn links() -> Links {
    let names = [
        "unsubscribe",
        "preferences",
        "confirm",
        "shop",
        "cart",
        "reorder",
        "reply",
    ];
    let link = |name: &str| (name.to_owned(), format!("https://filo.example/{name}"));
    names.into_iter().map(link).collect()
}

fn facts() -> Facts {
    Facts::sample(IT, date(2026, 10, 3))
}

fn asking<'a>(facts: &'a Facts, reason: &'a Reason, links: &'a Links) -> Asking<'a> {
    Asking {
        medium: Medium::Email,
        languages: [IT, IT],
        tones: [Tone::Friendly, Tone::Friendly],
        variant: None,
        facts,
        reason,
        links,
        promotion: None,
        seed: Seed::default(),
    }
}

/// A piece that says one text by one medium.
fn piece(medium: Medium, text: &str) -> Piece {
    let mut piece = Piece::new("Prova", "marketing", Class::Marketing);
    let subject = match medium {
        Medium::Email => "Oggetto",
        _ => "",
    };
    let title = match medium {
        Medium::Push => "Titolo",
        _ => "",
    };
    piece.write(Adaptation {
        medium,
        language: IT,
        tone: Tone::Friendly,
        variant: Variant::A,
        fields: Fields {
            subject: subject.to_owned(),
            title: title.to_owned(),
            text: text.to_owned(),
            ..Fields::default()
        },
    });
    piece
}

fn composed(medium: Medium, text: &str) -> Result<Composed, Fault> {
    let (facts, reason, links) = (facts(), Reason::Birthday, links());
    let asking = Asking {
        medium,
        ..asking(&facts, &reason, &links)
    };
    compose(&piece(medium, text), &asking)
}
