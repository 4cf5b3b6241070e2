//! Recipes that chance writes.

use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::chance::{hours, signal, window};
use crate::segment::Number;
use crate::segment::computed::{
    EventRecipe, Formula, Operator, OrderRecipe, OrderTake, Recipe, Take, Term,
};

/// The traits that formulas name: one of events, one of orders, one that was received, one that
/// nobody has.
pub(super) const NAMES: [&str; 4] = ["of_events", "of_orders", "points", "nobodys"];

pub(super) fn of_events() -> impl Strategy<Value = Recipe> {
    let take = select(Take::ALL.to_vec());
    let parts = (take, signal(), option::weighted(0.3, hours()), window());
    parts.prop_map(|(take, signal, hours, during)| {
        Recipe::Events(EventRecipe {
            take,
            signal,
            hours,
            during,
        })
    })
}

pub(super) fn of_orders() -> impl Strategy<Value = Recipe> {
    let parts = (select(OrderTake::ALL.to_vec()), window());
    parts.prop_map(|(take, during)| Recipe::Orders(OrderRecipe { take, during }))
}

pub(super) fn term() -> impl Strategy<Value = Term> {
    let numbers = ["0", "1", "2.5", "0.000001", "9000000000000"];
    let leaf = prop_oneof![
        1 => select(numbers.to_vec()).prop_map(|text| Term::Number(text.parse::<Number>().unwrap())),
        3 => select(NAMES.to_vec()).prop_map(|name| Term::Trait(name.into())),
        1 => Just(Term::Trait("2fa_enabled".into())),
        1 => Just(Term::Trait("min".into())),
    ];
    let operators = [
        Operator::Plus,
        Operator::Minus,
        Operator::Times,
        Operator::Over,
    ];
    leaf.prop_recursive(4, 24, 3, move |inner| {
        let parts = prop::collection::vec(inner.clone(), 1..4);
        let two = (inner.clone(), inner.clone());
        prop_oneof![
            4 => (select(operators.to_vec()), inner.clone(), inner.clone())
                .prop_map(|(operator, one, other)| Term::Pair(operator, one.into(), other.into())),
            1 => inner.clone().prop_map(|of| Term::Negative(of.into())),
            1 => inner.clone().prop_map(|of| Term::Absolute(of.into())),
            1 => (inner, 0u8..=6).prop_map(|(of, decimals)| Term::Round(of.into(), decimals)),
            1 => parts.clone().prop_map(Term::Least),
            1 => parts.prop_map(Term::Most),
            1 => two.prop_map(|(of, otherwise)| Term::IfMissing(of.into(), otherwise.into())),
        ]
    })
}

/// A formula, as its own text says it.
pub(super) fn formula() -> impl Strategy<Value = Formula> {
    term().prop_map(Formula::unchecked)
}
