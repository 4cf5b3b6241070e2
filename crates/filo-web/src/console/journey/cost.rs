//! What a journey costs: what was spent beside what it changed, and what a broadcast comes to
//! before it begins.

use filo_app::cost::BroadcastCost;
use filo_app::impact::ImpactView;
use filo_core::cost::{Micros, PerMore};
use filo_core::money::Currency;
use maud::{Markup, html};

use crate::cost::{amount_words, priced_words, table, total_words};
use crate::i18n::Words;
use crate::sentence::impact::what;

/// What was spent, and what that is for a goal.
pub(super) fn spent(words: Words, view: &ImpactView) -> Markup {
    let spent = &view.spent;
    html! {
        section aria-labelledby="cost-title" {
            h3 #cost-title { (words.say("cost-spent")) }
            @if spent.cost.is_empty() { p { (words.say("cost-spent-nothing")) } }
            @else {
                p { (words.fill("cost-spent-so-far", [("amount", total_words(words, &spent.cost).into())])) }
                @for sentence in for_goals(words, view) { p { (sentence) } }
                details.fold {
                    summary { (words.say("cost-on-what")) }
                    (table(words, &spent.cost))
                }
                p.soft.small { (words.say("cost-spent-how")) }
            }
            @if spent.kept > 0 {
                p.soft.small { (words.fill("cost-kept", [("number", words.number(spent.kept).into())])) }
            }
        }
    }
}

/// What a goal cost, and what one more did; with what cannot be said.
fn for_goals(words: Words, view: &ImpactView) -> Vec<String> {
    let is_partial = view.spent.cost.is_partial();
    let amount = |micros: Micros, currency: Currency| {
        let amount = amount_words(words, micros, currency);
        match is_partial {
            true => words.fill("cost-at-least", [("amount", amount.into())]),
            false => amount,
        }
    };
    let what = what(words, &view.measured, view.counted());
    let mut said = Vec::new();
    if view.spent_amount().is_none() {
        return said;
    }
    match view.per_goal() {
        None => said.push(words.fill("cost-no-goal", [("what", what.clone().into())])),
        Some((currency, per)) => {
            let fill = [
                ("what", what.clone().into()),
                ("amount", amount(per.each, currency).into()),
                ("number", words.number(per.goals).into()),
            ];
            said.push(words.fill("cost-per-goal", fill));
            if per.is_few() {
                said.push(words.say("cost-few-goals").into_owned());
            }
        }
    }
    match view.per_more() {
        None if view.holdout_percent == 0 => {
            said.push(words.say("cost-no-holdout").into_owned());
        }
        None => {}
        Some((currency, PerMore::Between { each, least, most })) => {
            let fill = [
                ("what", what.into()),
                ("amount", amount(each, currency).into()),
                ("least", amount(least, currency).into()),
                ("most", amount(most, currency).into()),
            ];
            said.push(words.fill("cost-per-more", fill));
        }
        Some((currency, PerMore::AtLeast(least))) => {
            let fill = [
                ("what", what.into()),
                ("amount", amount_words(words, least, currency).into()),
            ];
            said.push(words.fill("cost-per-more-unclear", fill));
        }
        Some((_, PerMore::NoneMore)) => {
            said.push(words.fill("cost-per-more-none", [("what", what.into())]));
        }
    }
    said
}

/// What a broadcast comes to at most, before it begins.
pub(super) fn before(words: Words, broadcast: &BroadcastCost, rehearsals: &str) -> Markup {
    let people = words.number(broadcast.people);
    let key = match broadcast.cost.is_partial() {
        true => "cost-broadcast-partial",
        false => "cost-broadcast",
    };
    html! {
        section.card {
            h2 { (words.say("cost-expected")) }
            @if broadcast.people == 0 { p { (words.say("cost-broadcast-nobody")) } }
            @else if broadcast.cost.is_empty() { p { (words.say("cost-nothing")) } }
            @else {
                @match priced_words(words, &broadcast.cost) {
                    None => { p { (words.say("cost-without-price")) } }
                    Some(amount) => {
                        p { (words.fill(key, [
                            ("count", broadcast.people.into()),
                            ("number", people.into()),
                            ("amount", amount.into()),
                        ])) }
                    }
                }
                (table(words, &broadcast.cost))
                p.about {
                    (words.say("cost-broadcast-how")) " "
                    a href=(rehearsals) { (words.say("cost-broadcast-rehearse")) }
                }
            }
        }
    }
}
