//! What rules would change: numbers, and people one can look at.

use filo_app::{Example, Grouped, Trial, TrialState};
use maud::{Markup, html};

use crate::console::person::reason::kind_word;
use crate::i18n::Words;
use crate::ui::form::button_form;
use crate::ui::shown as display;

pub(super) fn result(words: Words, trial: &Trial, version: u32, token: &str) -> Markup {
    html! {
        section.card.trial aria-live="polite" {
            h2 { (words.say("trial-title")) }
            @match trial.state {
                TrialState::Running(thousandths) => (running(words, trial, thousandths)),
                TrialState::Failed => p.wrong { (words.say("trial-failed")) },
                TrialState::Done => {
                    (numbers(words, trial))
                    @if trial.against == version {
                        (button_form(&format!("/settings/identity/trials/{}/adoption", trial.id), token,
                            &[("version", &version.to_string())], &words.say("trial-adopt"), "primary"))
                    } @else {
                        p.wrong { (words.say("trial-outdated")) }
                    }
                    (examples(words, trial))
                }
            }
        }
    }
}

fn running(words: Words, trial: &Trial, thousandths: u32) -> Markup {
    html! {
        p { (words.fill("trial-running", [
            ("percent", (thousandths / 10).into()),
            ("identifiers", words.number(trial.identifiers).into()),
        ])) }
        meter min="0" max="1000" value=(thousandths) aria-label=(words.say("trial-title")) {}
        p.about { (words.say("trial-running-hint")) }
    }
}

fn numbers(words: Words, trial: &Trial) -> Markup {
    let micros = trial.ended_at.map_or(0, |end| end.0 - trial.begun_at.0);
    let seconds = u64::try_from(micros).unwrap_or(0).div_ceil(1_000_000);
    html! {
        dl.trial-numbers {
            div { dt { (words.say("trial-before")) } dd { (words.number(trial.before)) } }
            div { dt { (words.say("trial-after")) } dd { (words.number(trial.after)) } }
            div { dt { (words.say("trial-dividing")) } dd { (words.number(trial.dividing)) } }
            div { dt { (words.say("trial-joining")) } dd { (words.number(trial.joining)) } }
        }
        p.about {
            @if trial.one_of > 1 {
                (words.fill("trial-sample", [("share", words.number(trial.one_of).into())])) " "
            }
            (words.fill("trial-looked", [
                ("identifiers", words.number(trial.identifiers).into()),
                ("seconds", words.number(seconds).into()),
            ]))
        }
    }
}

fn examples(words: Words, trial: &Trial) -> Markup {
    html! {
        @if trial.examples.is_empty() {
            p.soft { (words.say("trial-same")) }
        } @else {
            h3 { (words.say("trial-examples")) }
            ul.trial-examples {
                @for example in &trial.examples { li { (example_of(words, example)) } }
            }
        }
    }
}

fn example_of(words: Words, example: &Example) -> Markup {
    html! {
        div.trial-side {
            h4 { (words.say("trial-now")) }
            @for customer in &example.before { (group(words, customer, true)) }
            (more(words, example.before_more))
        }
        div.trial-side {
            h4 { (words.say("trial-then")) }
            @for customer in &example.after { (group(words, customer, false)) }
            (more(words, example.after_more))
        }
    }
}

fn more(words: Words, count: usize) -> Markup {
    html! {
        @if count > 0 { p.about { (words.fill("trial-more", [("count", count.into())])) } }
    }
}

/// Only who is there now has a page.
fn group(words: Words, customer: &Grouped, is_there: bool) -> Markup {
    let nameless = words.say("trial-nameless");
    let name = customer.name.as_deref().unwrap_or(&nameless);
    html! {
        div.trial-person {
            @if is_there {
                a href=(format!("/people/{}", customer.id)) { (display::line(name)) }
            } @else {
                strong { (display::line(name)) }
            }
            ul {
                @for identifier in &customer.identifiers {
                    li { span.about { (kind_word(words, identifier.kind)) } " " (display::line(&identifier.value)) }
                }
            }
            (more(words, customer.identifiers_more))
        }
    }
}
