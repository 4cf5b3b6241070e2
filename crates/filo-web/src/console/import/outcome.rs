//! What became of the rows, or would: numbers, warnings, rows that were not taken, examples.

use filo_app::import::{OrderReport, Subject};
use filo_app::import_run::{Change, Counts, Example, ImportView, Report, RowOutcome};
use maud::{Markup, html};

use crate::i18n::Words;
use crate::ui::shown as display;

/// The numbers.
pub(super) fn counts(words: Words, (title, subject): (&str, Subject), counts: &Counts) -> Markup {
    html! {
        section.card aria-labelledby="counts-title" {
            h2 #counts-title { (words.say(title)) }
            dl.facts {
                dt { (words.say("import-count-rows")) }
                dd { (words.number(counts.rows)) }
                @for outcome in RowOutcome::ALL {
                    @if counts.of(outcome) > 0 {
                        dt { (count_words(words, subject, outcome)) }
                        dd { (words.number(counts.of(outcome))) }
                    }
                }
                @if counts.listed > 0 {
                    dt { (words.say("import-count-listed")) }
                    dd { (words.number(counts.listed)) }
                }
                @if let Some(orders) = &counts.orders { (sums(words, orders)) }
            }
        }
    }
}

/// What the rows of an outcome are called: those of people by whom they are, others by what they
/// bring.
fn count_words(words: Words, subject: Subject, outcome: RowOutcome) -> String {
    let own = format!("import-count-{}-{}", subject.word(), outcome.word());
    let known = words.look_up(&own);
    let usual = || words.say(&format!("import-count-{}", outcome.word()));
    known.unwrap_or_else(usual).into_owned()
}

/// What the lines of orders come to.
fn sums(words: Words, orders: &OrderReport) -> Markup {
    let numbers = [
        ("import-sum-orders", orders.orders),
        ("import-sum-refunds", orders.refunds),
        ("import-sum-cancelled", orders.cancelled_orders),
        ("import-sum-customers", orders.customers),
        ("import-sum-products", orders.products),
    ];
    html! {
        @for (key, number) in numbers {
            @if number > 0 { dt { (words.say(key)) } dd { (words.number(number)) } }
        }
        @for (key, sums) in [("import-sum-revenue", &orders.revenue), ("import-sum-refunded", &orders.refunded)] {
            @for (currency, sum) in sums {
                dt { (words.say(key)) }
                dd { (display::line(sum)) " " (display::line(currency)) }
            }
        }
    }
}

/// What a person should know.
pub(super) fn warnings(words: Words, counts: &Counts) -> Markup {
    html! {
        @for (warning, count) in &counts.warnings {
            @let key = format!("import-warning-{}", warning.replace('_', "-"));
            @if let Some(text) = words.look_up(&key) {
                p.notice.notice-warn { (text) " (" (words.number(*count)) ")" }
            }
        }
    }
}

/// Rows that were not taken, by reason, with the first of them and the file of all.
pub(super) fn rejected(words: Words, view: &ImportView, counts: &Counts) -> Markup {
    let is_kept = view.goes_at.is_some();
    html! {
        @if counts.rejected > 0 {
            section.card aria-labelledby="rejected-title" {
                h2 #rejected-title { (words.fill("import-rejected", [("count", counts.rejected.into())])) }
                ul.list {
                    @for (reason, count) in &counts.reasons {
                        li { div.line { span { (reason_words(words, reason)) } span.badge { (words.number(*count)) } } }
                    }
                }
                @if !view.report.rejected.is_empty() {
                    details {
                        summary { (words.say("import-rejected-first")) }
                        ul.list {
                            @for row in &view.report.rejected {
                                li {
                                    (words.fill("import-line", [("line", row.row.into())])) ": "
                                    (reason_words(words, &row.reason))
                                    @if let Some(column) = &row.column { " · " bdi { (display::line(column)) } }
                                    @if !row.value.is_empty() { " · " code { (display::line(&row.value)) } }
                                }
                            }
                        }
                    }
                }
                @if is_kept {
                    p { a.button.quiet href={ "/imports/" (view.row.id) "/rejected" } { (words.say("import-rejected-file")) } }
                    p.hint { (words.say("import-rejected-hint")) }
                }
            }
        }
    }
}

/// Why a row was not taken, in words.
pub(super) fn reason_words(words: Words, reason: &str) -> String {
    let known = words.look_up(&format!("import-reason-{}", reason.replace('_', "-")));
    known.map_or_else(|| reason.replace('_', " "), std::borrow::Cow::into_owned)
}

/// People, before and after.
pub(super) fn examples(words: Words, report: &Report) -> Markup {
    html! {
        @if !report.examples.is_empty() {
            section.card aria-labelledby="examples-title" {
                h2 #examples-title { (words.say("import-examples")) }
                ul.list { @for example in &report.examples { (one(words, example)) } }
            }
        }
    }
}

fn one(words: Words, example: &Example) -> Markup {
    html! {
        li {
            div.line {
                strong { bdi { (display::line(&example.who)) } }
                span.badge { (words.say(&format!("import-outcome-{}", example.outcome.word()))) }
            }
            @if !example.changes.is_empty() {
                dl.facts { @for change in &example.changes { (changed(words, change)) } }
            }
        }
    }
}

fn changed(words: Words, change: &Change) -> Markup {
    let consent = change.field.strip_prefix("consent:");
    let name = match consent {
        Some(channel) => {
            let channel = words.say(&format!("channel-{channel}"));
            words.fill("import-change-consent", [("channel", channel.into())])
        }
        None => field_words(words, &change.field),
    };
    let value = |text: &str| match consent {
        // Which list stands in the plan.
        None if change.field == "on_list" => words.say("import-list-joined").into_owned(),
        Some(_) => words
            .look_up(&format!("import-consent-{text}"))
            .map_or_else(|| text.to_owned(), std::borrow::Cow::into_owned),
        None => display::line(text),
    };
    html! {
        dt { (name) }
        dd {
            @if let Some(before) = &change.before { s { bdi { (value(before)) } } " → " }
            bdi { (value(&change.after)) }
        }
    }
}

/// The name of a field.
pub(in crate::console) fn field_words(words: Words, key: &str) -> String {
    let known = ["trait", "target", "change"]
        .iter()
        .find_map(|kind| words.look_up(&format!("import-{kind}-{}", key.replace('_', "-"))));
    known.map_or_else(
        || display::line(&key.replace('_', " ")),
        std::borrow::Cow::into_owned,
    )
}
