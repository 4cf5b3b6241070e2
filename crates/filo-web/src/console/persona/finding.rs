//! What a search came to, in words: that there is nothing that would be found again, or what would
//! change; how far people have moved; how it was done.

use filo_app::persona::{PEOPLE_MOST, RunState, RunView};
use filo_core::persona::{Carried, Document, Drifted, PEOPLE_LEAST, Strength, Verdict};
use maud::{Markup, html};

use super::page::Told;
use crate::i18n::Words;
use crate::sentence::persona::percent;
use crate::ui::form::button_form;
use crate::ui::shown::line;

/// Who asked for a search, and when.
pub(super) fn asked(words: Words, run: &RunView) -> String {
    let fill = [
        ("when", words.date_time(run.begun_at).into()),
        ("who", line(&run.begun_by).into()),
    ];
    words.fill("persona-asked", fill)
}

/// The last search, where it is not what is in force.
pub(super) fn news(words: Words, run: &RunView) -> Markup {
    html! {
        @match &run.state {
            RunState::Running(progress) => {
                div.notice role="status" {
                    label for="persona-progress" { (words.say(step_key(&progress.step))) }
                    progress #persona-progress max="100" value=[progress.percent()] {}
                }
            }
            RunState::Failed => { div.notice.notice-bad { (words.say("persona-failed")) } }
            RunState::Done => {
                @if let Some(document) = &run.document {
                    div.notice {
                        p { (verdict(words, document)) }
                        a href={ "/persona-searches/" (run.id) } { (words.say("persona-look")) }
                    }
                }
            }
        }
    }
}

fn step_key(step: &str) -> &'static str {
    match step {
        "grouping" => "persona-step-grouping",
        _ => "persona-step-reading",
    }
}

/// “Ci sono 4 tipi.”, or why there are none.
fn verdict(words: Words, document: &Document) -> String {
    match &document.verdict {
        Verdict::TooFew => {
            let fill = [
                ("people", words.number(document.people).into()),
                ("least", words.number(PEOPLE_LEAST as u64).into()),
            ];
            words.fill("persona-too-few", fill)
        }
        Verdict::Nothing => {
            let people = words.number(document.people);
            words.fill("persona-nothing", [("people", people.into())])
        }
        Verdict::Groups(grouping) => {
            let count = grouping.personas.len();
            words.fill("persona-found", [("count", count.into())])
        }
    }
}

/// What one search came to, and what can be done with it.
pub(super) fn outcome(words: Words, told: &Told, token: &str) -> Markup {
    let run = &told.run;
    html! {
        @match (&run.state, &run.document) {
            (RunState::Done, Some(document)) => {
                div.notice {
                    p { (verdict(words, document)) }
                    @if let Some(carried) = &document.carried { p { (moved(words, carried, document)) } }
                    @if let Some(drifted) = &document.drifted { p { (drift(words, drifted)) } }
                    @if run.is_in_force { p { (words.say("persona-is-in-force")) } }
                    @else if run.is_open {
                        p.soft { (words.say("persona-adopt-hint")) }
                        @if told.manages {
                            (button_form(&format!("/persona-searches/{}/adoption", run.id), token, &[], &words.say("persona-adopt"), "primary"))
                        }
                    } @else if !run.personas.is_empty() { p.soft { (words.say("persona-outdated")) } }
                }
            }
            _ => (news(words, run)),
        }
    }
}

/// How many people would be another kind than they are.
fn moved(words: Words, carried: &Carried, document: &Document) -> String {
    let fill = [
        ("again", carried.again.len().into()),
        ("lost", carried.lost.len().into()),
        ("moved", words.number(carried.moved).into()),
        ("people", words.number(document.people).into()),
    ];
    words.fill("persona-moved", fill)
}

/// How far people have moved since what is in force was made.
fn drift(words: Words, drifted: &Drifted) -> String {
    let key = match drifted.strength() {
        Strength::Little => "persona-drift-little",
        Strength::Noticeable => "persona-drift-noticeable",
        Strength::Much => "persona-drift-much",
    };
    let index = |index: Option<f64>| match index {
        Some(index) => words.decimal(&format!("{index:.2}")),
        None => "∞".to_owned(),
    };
    let most = drifted.most();
    let aspect = most.map(|(aspect, _)| aspect.word()).unwrap_or_default();
    let aspect = words.say(&format!("persona-aspect-{aspect}"));
    let fill = [
        ("index", index(drifted.personas.index).into()),
        ("aspect", aspect.into_owned().into()),
        (
            "most",
            index(most.and_then(|(_, moved)| moved.index)).into(),
        ),
    ];
    words.fill(key, fill)
}

/// Since when it is in force, with the way back.
pub(super) fn in_force(
    words: Words,
    told: &Told,
    (has_before, drifted): (bool, Option<&Drifted>),
    token: &str,
) -> Markup {
    let run = &told.run;
    let (at, by) = run.adopted.clone().unwrap_or((run.begun_at, String::new()));
    let fill = [
        ("when", words.date_time(at).into()),
        ("who", line(&by).into()),
    ];
    let key = match has_before {
        true => "persona-withdraw",
        false => "persona-withdraw-all",
    };
    html! {
        @if let Some(drifted) = drifted {
            @let class = match drifted.strength() { Strength::Much => "notice notice-warn", _ => "soft" };
            p class=(class) { (drift(words, drifted)) }
        }
        div.line {
            p.soft { (words.fill("persona-since", fill)) " " (words.say("persona-refresh-hint")) }
            @if told.manages {
                (button_form(&format!("/persona-searches/{}/withdrawal", run.id), token, &[], &words.say(key), "quiet small"))
            }
        }
    }
}

/// How it was done: who was compared, which numbers of groups were tried, the seed.
pub(super) fn how(words: Words, run: &RunView) -> Markup {
    let Some(document) = &run.document else {
        return html! {};
    };
    let fill = [
        ("people", words.number(document.people).into()),
        ("customers", words.number(document.customers).into()),
        ("most", words.number(PEOPLE_MOST as u64).into()),
    ];
    let key = match document.people >= PEOPLE_MOST as u64 {
        true => "persona-how-sample",
        false => "persona-how-everybody",
    };
    html! {
        details.card {
            summary { (words.say("persona-how")) }
            p { (words.fill(key, fill)) " " (words.say("persona-how-compared")) }
            p { (words.say("persona-how-never")) }
            @if !document.tried.is_empty() {
                div.scroll tabindex="0" role="region" aria-label=(words.say("persona-how")) { table.table {
                    thead { tr {
                        th scope="col" { (words.say("persona-tried-groups")) }
                        th scope="col" { (words.say("persona-tried-stability")) }
                        th scope="col" { (words.say("persona-tried-share")) }
                        th scope="col" { (words.say("persona-tried-enough")) }
                        th scope="col" { (words.say("persona-tried-more")) }
                    } }
                    tbody { @for tried in &document.tried { tr {
                        td { (tried.groups) }
                        td { (words.decimal(&format!("{:.2}", tried.stability))) }
                        td { (percent(words, tried.share)) " %" }
                        td { (words.say(if tried.is_enough { "persona-yes" } else { "persona-no" })) }
                        td { (words.say(if tried.is_more { "persona-yes" } else { "persona-no" })) }
                    } } }
                } }
                p.about { (words.say("persona-how-chosen")) }
            }
            p.about { (words.fill("persona-seed", [("seed", run.seed.to_string().into())])) }
        }
    }
}
