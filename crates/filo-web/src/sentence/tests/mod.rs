//! What conditions sound like, in both languages, and that none is left without words.

mod chance;
mod examples;

use std::collections::BTreeMap;

use filo_app::persona::PersonaLabel;
use filo_app::segment::SegmentNames;
use filo_core::consent::purpose::Purposes;
use filo_core::id::{ListId, PersonaId, SegmentId};
use filo_core::money::Currency;

fn names() -> SegmentNames {
    SegmentNames {
        segments: BTreeMap::from([(SegmentId(7), "Amici del caffè".to_owned())]),
        lists: BTreeMap::from([(ListId(7), "Degustazione".to_owned())]),
        computed: BTreeMap::from([("coffees".to_owned(), "Caffè bevuti".to_owned())]),
        personas: BTreeMap::from([
            (
                PersonaId(7),
                PersonaLabel::Name("Amanti del banco".to_owned()),
            ),
            (PersonaId(8), PersonaLabel::Number(2)),
        ]),
        purposes: Purposes::default(),
        currency: Currency::EUR,
    }
}
