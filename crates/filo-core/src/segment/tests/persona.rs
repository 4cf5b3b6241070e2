//! A model with a definition that can be said in one sentence: of those who have bought or were
//! met three times, persona 1 are those who were met in the shop at least half of the times, and
//! persona 2 the others.

use super::chance::History;
use crate::event::Channel;
use crate::id::{PersonaId, PersonaRunId};
use crate::money::Currency;
use crate::persona::{CODES, FEATURES_VERSION, Group, Model, NUMBERS};
use crate::semantic;

const IN_THE_SHOP: PersonaId = PersonaId(1);
const ELSEWHERE: PersonaId = PersonaId(2);
/// Where the share of meetings in the shop stands among the numbers.
const SHOP: usize = 4;

pub(super) fn model() -> Model {
    let group = |id, shop| {
        let mut numbers = vec![0.0; NUMBERS];
        numbers[SHOP] = shop;
        Group {
            id,
            numbers,
            codes: vec![0; CODES],
        }
    };
    Model {
        run: PersonaRunId(1),
        features: FEATURES_VERSION,
        currency: Currency::EUR,
        columns: vec![(0.0, 1.0); NUMBERS],
        mismatch: 0.5,
        groups: vec![group(IN_THE_SHOP, 1.0), group(ELSEWHERE, 0.0)],
    }
}

pub(super) fn is_of(id: PersonaId, history: &History) -> bool {
    let events = &history.events;
    let in_the_shop = events.iter().filter(|it| it.channel == Channel::Shop);
    let has_bought = events.iter().any(|it| it.name == semantic::ORDER_COMPLETED);
    if !has_bought && events.len() < 3 {
        return false;
    }
    let persona = match 2 * in_the_shop.count() >= events.len() {
        true => IN_THE_SHOP,
        false => ELSEWHERE,
    };
    persona == id
}
