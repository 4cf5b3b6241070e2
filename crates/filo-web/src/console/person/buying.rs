//! Where somebody stands among those who buy: scores, group and stage, each with why.

use filo_app::Buying;
use filo_core::buyer::{Figures, Scores, Stage};
use maud::{Markup, html};

use super::Person;
use crate::console::buyer::{days_words, word_key};
use crate::i18n::Words;

pub(super) fn card(words: Words, person: &Person) -> Markup {
    let buying = &person.buying;
    html! {
        @if let Some(figures) = &buying.figures {
            details.card.section open data-fold {
                summary { h2 { (words.say("buyer-of-person")) } }
                (standing(words, buying, figures))
                @if person.opens_segments {
                    p.about { a href="/buyers" { (words.say("buyer-how")) } }
                }
            }
        }
    }
}

/// Scores, group and stage of somebody who has bought, each with why.
pub(in crate::console) fn standing(words: Words, buying: &Buying, figures: &Figures) -> Markup {
    html! {
        @match buying.scores {
            Some(scores) => (scored(words, scores)),
            None => p.soft { (words.say("buyer-scores-none")) },
        }
        p.about { (why(words, buying, figures)) }
        @match buying.stage {
            Some(stage) => (staged(words, buying, stage)),
            None => p.soft { (words.say("buyer-stage-none")) },
        }
    }
}

fn scored(words: Words, scores: Scores) -> Markup {
    let name = words.say(&word_key("buyer-group", scores.group().word()));
    let said = [
        ("recency", u64::from(scores.recency).into()),
        ("frequency", u64::from(scores.frequency).into()),
        ("monetary", u64::from(scores.monetary).into()),
    ];
    html! {
        p {
            strong { (words.fill("buyer-scores", said)) }
            br;
            (words.fill("buyer-in-group", [("name", name.into())]))
        }
    }
}

/// “7 ordini per 340 €, l’ultimo 12 giorni fa.”
fn why(words: Words, buying: &Buying, figures: &Figures) -> String {
    let counted = |key: &str, count: i64| {
        let count = count.unsigned_abs();
        let said = [
            ("count", count.into()),
            ("number", words.number(count).into()),
        ];
        words.fill(key, said)
    };
    let orders = figures.orders.unsigned_abs();
    let said = [
        ("count", orders.into()),
        ("number", words.number(orders).into()),
        (
            "amount",
            words.amount(figures.revenue.0, buying.currency).into(),
        ),
        ("ago", counted("buyer-ago", figures.recency_days).into()),
    ];
    words.fill("buyer-why", said)
}

fn staged(words: Words, buying: &Buying, stage: Stage) -> Markup {
    let Some(limits) = buying.limits else {
        return html! {};
    };
    let key = word_key("buyer-is", stage.word());
    let said = [
        ("late", days_words(words, limits.late_days).into()),
        ("gone", days_words(words, limits.gone_days).into()),
    ];
    let next = match stage {
        Stage::AtRisk => "buyer-changes-lost",
        // Where one is lost as soon as one is late.
        _ if limits.late_days == limits.gone_days => "buyer-changes-lost",
        _ => "buyer-changes-late",
    };
    html! {
        p {
            (words.fill(&key, said))
            @if let Some(at) = buying.stage_changes_at {
                " " (words.fill(next, [("when", words.date(at).into())]))
            }
        }
    }
}
