//! The lifecycle: how many are where, with the limits in words and days.

use filo_core::buyer::{Lack, Limits, Stage, Tally};
use maud::{Markup, html};

use super::{Drawing, percent, word_key};
use crate::ui::chart::{Part, share};

pub(super) fn lifecycle(it: Drawing<'_>) -> Markup {
    let words = it.words;
    html! {
        section.card aria-labelledby="buyer-lifecycle" {
            h2 #buyer-lifecycle { (words.say("buyer-lifecycle")) }
            @match &it.measure.yardstick.limits {
                Some(limits) => {
                    p.about {
                        (limits_words(it, limits))
                        @if limits.pace.is_some() { " " (words.say("buyer-limits-own")) }
                    }
                    (share(words, &words.say("buyer-lifecycle"), &parts(it)))
                    (table(it, limits))
                }
                None => {
                    p { (words.say("buyer-lifecycle-none")) }
                    ul { @for lack in &it.measure.lacks { li { (lacking(it, *lack)) } } }
                }
            }
        }
    }
}

fn limits_words(it: Drawing<'_>, limits: &Limits) -> String {
    let count = limits.gap_count.unsigned_abs();
    let never = limits.never_thousandths.unsigned_abs().div_ceil(10);
    let said = [
        ("usual", it.days(limits.usual_days).into()),
        ("late", it.days(limits.late_days).into()),
        ("gone", it.days(limits.gone_days).into()),
        ("count", count.into()),
        ("number", it.words.number(count).into()),
        ("never", never.into()),
    ];
    it.words.fill("buyer-limits", said)
}

fn lacking(it: Drawing<'_>, lack: Lack) -> String {
    let number = |count: i64| it.words.number(count.unsigned_abs());
    let said = [
        ("count", lack.have.unsigned_abs().into()),
        ("have", number(lack.have).into()),
        ("least", number(lack.least).into()),
    ];
    it.words.fill(&word_key("buyer-lack", lack.of.word()), said)
}

fn tally(it: Drawing<'_>, stage: Stage) -> Tally {
    let found = it.measure.stages.iter().find(|(known, _)| *known == stage);
    match (found, stage) {
        (Some((_, tally)), _) => *tally,
        (None, Stage::NeverBought) => Tally {
            people: it.measure.customers - it.measure.buyers,
            ..Tally::default()
        },
        (None, _) => Tally::default(),
    }
}

fn name(it: Drawing<'_>, stage: Stage) -> String {
    let key = word_key("buyer-stage", stage.word());
    it.words.say(&key).into_owned()
}

/// Of those who have bought.
fn parts(it: Drawing<'_>) -> Vec<Part> {
    let bought = Stage::ALL.into_iter();
    let bought = bought.filter(|stage| *stage != Stage::NeverBought);
    bought
        .map(|stage| Part {
            label: name(it, stage),
            value: tally(it, stage).people,
        })
        .collect()
}

fn table(it: Drawing<'_>, limits: &Limits) -> Markup {
    let words = it.words;
    let labels = [
        "buyer-head-people",
        "buyer-head-share",
        "buyer-head-revenue",
    ];
    let labels = labels.map(|key| words.say(key));
    let [people_label, share_label, revenue_label] = &labels;
    html! {
        table.table.buyers {
            thead {
                tr {
                    th scope="col" { (words.say("buyer-head-stage")) }
                    @for label in &labels { th.number scope="col" { (label) } }
                }
            }
            tbody {
                @for stage in Stage::ALL {
                    @let tally = tally(it, stage);
                    @let text = format!("lifecycle {}", stage.word());
                    @let name = name(it, stage);
                    tr {
                        td {
                            div.names {
                                strong { (name) }
                                p.about { (means(it, stage, limits)) }
                                (it.maker(&text, &name))
                            }
                        }
                        td.number data-label=(people_label) { (it.door(tally.people, &text, &name)) }
                        td.number data-label=(share_label) {
                            @if stage == Stage::NeverBought { "–" }
                            @else { (percent(words, tally.people, it.measure.buyers)) }
                        }
                        td.number data-label=(revenue_label) {
                            @if stage == Stage::NeverBought { "–" } @else { (it.amount(tally.revenue.0)) }
                        }
                    }
                }
            }
        }
    }
}

fn means(it: Drawing<'_>, stage: Stage, limits: &Limits) -> String {
    let key = format!("{}-means", word_key("buyer-stage", stage.word()));
    let said = [
        ("late", it.days(limits.late_days).into()),
        ("gone", it.days(limits.gone_days).into()),
    ];
    it.words.fill(&key, said)
}
