//! All of a kind at once: the same fault from the same sender, mended in the same way. First the
//! newest three are shown as they would be, then a person says yes.

use axum::extract::{Query, State};
use filo_app::{App, Kin, QuarantineGroup};
use filo_core::event::EventKind;
use filo_core::id::SourceId;
use maud::{Markup, html};
use serde::Deserialize;

use super::{framed, hint, reason, source_name};
use crate::console::posted::Posted;
use crate::console::session::{Session, encode};
use crate::console::{Answer, done, shown, wrong};
use crate::i18n::Words;
use crate::mend::Mend;
use crate::repair::{ManyRepaired, Trial, discard_all, repair_all, try_out};
use crate::right::{Power, RepairQuarantine, SeeQuarantine};
use crate::ui::form::{Field, button_form};
use crate::ui::icon::Icon;
use crate::ui::page::empty;
use crate::ui::shown as display;

/// Letters of a text that a preview shows.
const TEXT_LETTERS_MOST: usize = 2_000;

/// Which kind, and how to mend it.
#[derive(Debug, Clone, Default, Deserialize)]
pub(in crate::console) struct Asked {
    code: String,
    #[serde(default)]
    field: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    mend: String,
    #[serde(default)]
    value: String,
}

impl Asked {
    fn kin(&self) -> Kin {
        Kin {
            code: self.code.clone(),
            field: (!self.field.is_empty()).then(|| self.field.clone()),
            source: self.source.parse().ok().map(SourceId),
        }
    }

    fn hidden(&self) -> [(&str, &str); 5] {
        [
            ("code", &self.code),
            ("field", &self.field),
            ("source", &self.source),
            ("mend", &self.mend),
            ("value", &self.value),
        ]
    }
}

/// Where a group is mended.
pub(in crate::console) fn address(group: &QuarantineGroup) -> String {
    let source = group.source.map_or_else(String::new, |it| it.0.to_string());
    format!(
        "/quarantine/kin?code={}&field={}&source={source}",
        encode(&group.code),
        encode(group.field.as_deref().unwrap_or_default())
    )
}

/// What the page shows.
struct Whole {
    asked: Asked,
    source: Option<String>,
    /// How many are open, as the groups say.
    count: u64,
    trials: Vec<Trial>,
    /// What was wrong with the mend, as a key.
    problem: Option<&'static str>,
    told: Option<ManyRepaired>,
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<SeeQuarantine>,
    Query(asked): Query<Asked>,
) -> Answer {
    let mut whole = load(&app, asked).await?;
    if !whole.asked.mend.is_empty() && whole.count > 0 {
        match Mend::of(&whole.asked.mend, &whole.asked.value) {
            Ok(mend) => whole.trials = try_out(&app, &whole.asked.kin(), &mend).await?,
            Err(problem) => {
                whole.problem = Some(problem);
                return wrong(whole.page(&session));
            }
        }
    }
    shown(whole.page(&session))
}

async fn load(app: &App, asked: Asked) -> filo_app::Result<Whole> {
    let kin = asked.kin();
    let groups = app.quarantine_groups().await?;
    let group = groups
        .iter()
        .find(|it| (&it.code, &it.field, it.source) == (&kin.code, &kin.field, kin.source));
    Ok(Whole {
        source: source_name(&app.sources().await?, kin.source),
        count: group.map_or(0, |it| it.count.unsigned_abs()),
        asked,
        trials: Vec::new(),
        problem: None,
        told: None,
    })
}

pub(in crate::console) async fn repair(
    State(app): State<App>,
    posted: Posted<RepairQuarantine, Asked>,
) -> Answer {
    let Posted { session, form } = posted;
    let mend = match Mend::of(&form.mend, &form.value) {
        Ok(mend) => mend,
        Err(problem) => {
            let mut whole = load(&app, form).await?;
            whole.problem = Some(problem);
            return wrong(whole.page(&session));
        }
    };
    let told = repair_all(&app, &session.actor, &form.kin(), &mend).await?;
    if told.left == 0 && !told.more {
        return done("/quarantine?done=repaired-all");
    }
    let mut whole = load(&app, form).await?;
    whole.told = Some(told);
    shown(whole.page(&session))
}

pub(in crate::console) async fn discard(
    State(app): State<App>,
    posted: Posted<RepairQuarantine, Asked>,
) -> Answer {
    let Posted { session, form } = posted;
    let discarded = discard_all(&app, &session.actor, &form.kin()).await?;
    done(&format!("/quarantine?discarded={}", discarded.at.0))
}

impl Whole {
    fn page<P: Power>(&self, session: &Session<P>) -> Markup {
        framed(session, &self.content(session.words, &session.token), None)
    }

    fn content(&self, words: Words, token: &str) -> Markup {
        let known = self.source.is_some();
        html! {
            div {
                a.back href="/quarantine" { (Icon::Back.draw()) (words.say("place-quarantine")) }
                h1 { (reason(words, &self.asked.code)) }
                p.lead { (hint(words, &self.asked.code)) }
                p.soft {
                    (words.fill("kin-count", [("count", self.count.into())]))
                    @if let Some(source) = &self.source { " · " bdi { (display::line(source)) } }
                    @if !self.asked.field.is_empty() { " · " code { (display::line(&self.asked.field)) } }
                }
            }
            @if let Some(told) = self.told { (result(words, told)) }
            @if self.count == 0 {
                (empty(&words.say("kin-none"), &html! { a.button href="/quarantine" { (words.say("place-quarantine")) } }))
            } @else {
                @if known { (self.mends(words)) (self.preview(words, token)) }
                @else { p.notice { (words.say("quarantine-no-source")) } }
                section.card {
                    h2 { (words.say("kin-discard-title")) }
                    p.soft { (words.say("kin-discard-hint")) }
                    (button_form("/quarantine/kin/discard", token, &self.asked.hidden(), &words.say("kin-discard"), "danger"))
                }
            }
        }
    }

    fn mends(&self, words: Words) -> Markup {
        html! {
            section.card {
                h2 { (words.say("kin-mend-title")) }
                div.mends {
                    @for word in Mend::offered(&self.asked.code) { (self.mend(words, word)) }
                }
            }
        }
    }

    /// One way to mend, as a form that only asks: trying changes nothing.
    fn mend(&self, words: Words, word: &str) -> Markup {
        let chosen = self.asked.mend == word;
        let key = word.replace('_', "-");
        let label = words.say(&format!("mend-{key}-value"));
        let problem = self.problem.filter(|_| chosen).map(|key| words.say(key));
        let field = Field {
            name: "value",
            label: &label,
            value: if chosen { &self.asked.value } else { "" },
            wrong: problem.as_deref(),
            required: true,
            length_most: 200,
            ..Field::default()
        };
        html! {
            form.mend.on[chosen] method="get" action="/quarantine/kin" {
                @for (name, value) in self.asked.hidden().into_iter().take(3) { input type="hidden" name=(name) value=(value); }
                input type="hidden" name="mend" value=(word);
                h3 { (words.say(&format!("mend-{key}"))) }
                p.about { (words.say(&format!("mend-{key}-hint"))) }
                @match word {
                    "event_name" | "who_from" => (field.input()),
                    "type" => (types(words, &field)),
                    _ => {}
                }
                button.quiet.small type="submit" { (words.say("kin-try")) }
            }
        }
    }

    fn preview(&self, words: Words, token: &str) -> Markup {
        let right = self
            .trials
            .iter()
            .filter(|trial| trial.defects.is_empty())
            .count();
        html! {
            @if !self.trials.is_empty() {
                section.card {
                    h2 { (words.say("kin-preview-title")) }
                    @for trial in &self.trials { (trial_shown(words, trial)) }
                    @if right > 0 {
                        (button_form("/quarantine/kin/repair", token, &self.asked.hidden(),
                            &words.fill("kin-repair", [("count", self.count.into())]), ""))
                    } @else {
                        p.wrong { (words.say("kin-no-use")) }
                    }
                }
            }
        }
    }
}

fn types(words: Words, field: &Field<'_>) -> Markup {
    let kinds = EventKind::ALL
        .into_iter()
        .filter(|kind| *kind != EventKind::Decision);
    let options: Vec<(&str, String)> = kinds
        .map(|kind| {
            (
                kind.word(),
                words.say(&format!("type-{}", kind.word())).into_owned(),
            )
        })
        .collect();
    let options: Vec<(&str, &str)> = options
        .iter()
        .map(|(word, label)| (*word, label.as_str()))
        .collect();
    field.select(&options)
}

fn trial_shown(words: Words, trial: &Trial) -> Markup {
    html! {
        div.before-after {
            div { p.label { (words.say("kin-before")) } pre.box tabindex="0" { code { (display::lines(&trial.before, TEXT_LETTERS_MOST)) } } }
            div { p.label { (words.say("kin-after")) } pre.box tabindex="0" { code { (display::lines(&trial.after, TEXT_LETTERS_MOST)) } } }
        }
        @match trial.defects.first() {
            None => p { span.badge.badge-good { (words.say("kin-right")) } },
            Some(defect) => p { span.badge.badge-warn { (words.say("kin-still-wrong")) } " " (reason(words, defect.code.word())) },
        }
    }
}

fn result(words: Words, told: ManyRepaired) -> Markup {
    html! {
        div.notice.notice-good role="status" {
            p { (words.fill("kin-repaired", [("count", told.repaired.into())])) }
            @if told.left > 0 { p { (words.fill("kin-left", [("count", told.left.into())])) } }
            @if told.more { p { (words.say("kin-more")) } }
        }
    }
}
