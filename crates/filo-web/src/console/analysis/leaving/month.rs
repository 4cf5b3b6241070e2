//! How many were lost, month by month.

use filo_app::annotation::AnnotationView;
use filo_core::analysis::leaving::{Churn, Leaving, Month, Rule};
use jiff::civil::Date;
use maud::{Markup, html};

use super::Drawing;
use crate::console::analysis::whole_percent;
use crate::console::annotation::notes;
use crate::i18n::Words;
use crate::ui::chart::{Note, Rate, Rates, rates};

pub(super) fn section(it: Drawing<'_>) -> Markup {
    let words = it.words;
    let months = &it.leaving.months;
    let rules: Vec<Rule> = match it.view.limits {
        Some(_) => Rule::ALL.to_vec(),
        None => vec![Rule::Window],
    };
    let feet: Vec<String> = months.iter().map(|it| short(words, it)).collect();
    let lines: Vec<Rate> = rules.iter().map(|rule| rate(it, *rule)).collect();
    let title = words.say("leaving-months");
    html! {
        section aria-labelledby="leaving-months" {
            h2 #leaving-months { (title) }
            p.about { (words.fill("leaving-months-hint", [("days", it.window_days.into())])) }
            (rates(&Rates {
                id: "leaving-chart",
                title: &title,
                description: &described(it),
                feet: &feet,
                rates: &lines,
                notes: it.notes,
                words,
            }))
            (table(it, &rules))
        }
    }
}

/// What happened in which month.
pub(super) fn notes_of(words: Words, all: &[AnnotationView], leaving: &Leaving) -> Vec<Note> {
    let days = leaving.months.iter().map(|month| {
        let first = Date::new(month.year, month.number, 1).unwrap_or_default();
        (first, first.last_of_month())
    });
    notes(words, all, &days.collect::<Vec<_>>())
}

/// “gen”.
fn short(words: Words, month: &Month) -> String {
    words.month_name(month.number).chars().take(3).collect()
}

fn long(words: Words, month: &Month) -> String {
    format!("{} {}", words.month_name(month.number), month.year)
}

fn label(it: Drawing<'_>, rule: Rule) -> String {
    let words = it.words;
    match rule {
        Rule::Window => words.fill("leaving-rule-window", [("days", it.window_days.into())]),
        Rule::Rhythm => words.say("leaving-rule-rhythm").into_owned(),
    }
}

fn rate(it: Drawing<'_>, rule: Rule) -> Rate {
    let share = |month: &Month| Some(month.churn(rule)?.share()?.share);
    Rate {
        label: label(it, rule),
        shares: it.leaving.months.iter().map(share).collect(),
    }
}

/// The last month in a sentence.
fn described(it: Drawing<'_>) -> String {
    let words = it.words;
    let Some(last) = it.leaving.months.last() else {
        return words.say("leaving-months-none").into_owned();
    };
    let said = [
        ("month", long(words, last).into()),
        ("lost", words.number(last.window.lost).into()),
        ("start", words.number(last.window.start).into()),
    ];
    words.fill("leaving-months-last", said)
}

fn table(it: Drawing<'_>, rules: &[Rule]) -> Markup {
    let words = it.words;
    let heads = [
        "leaving-head-start",
        "leaving-head-lost",
        "leaving-head-churn",
    ];
    let heads = heads.map(|key| words.say(key));
    html! {
        table.table {
            thead {
                tr {
                    th scope="col" rowspan="2" { (words.say("leaving-head-month")) }
                    @for rule in rules { th.number scope="colgroup" colspan="3" { (label(it, *rule)) } }
                }
                tr {
                    @for _ in rules { @for head in &heads { th.number scope="col" { (head) } } }
                }
            }
            tbody {
                @for month in it.leaving.months.iter().rev() {
                    tr {
                        td { (long(words, month)) }
                        @for rule in rules {
                            @let churn = month.churn(*rule).unwrap_or_default();
                            @let of = format!("who=month&month={}&rule={}", month.word(), rule.word());
                            @let data = |head: &str| format!("{head}, {}", label(it, *rule));
                            td.number data-label=(data(&heads[0])) { (it.door(&format!("{of}&part=start"), churn.start)) }
                            td.number data-label=(data(&heads[1])) { (it.door(&format!("{of}&part=lost"), churn.lost)) }
                            td.number data-label=(data(&heads[2])) { (share(words, churn)) }
                        }
                    }
                }
            }
        }
    }
}

fn share(words: Words, churn: Churn) -> Markup {
    let Some(found) = churn.share() else {
        return html! { "–" };
    };
    let said = [
        ("low", whole_percent(found.low).into()),
        ("high", whole_percent(found.high).into()),
    ];
    html! { (whole_percent(found.share)) " " span.soft { (words.fill("worth-between", said)) } }
}
