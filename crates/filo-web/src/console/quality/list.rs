//! The people with whom something is wrong, in one way or for one gain: as said, as proposed, and
//! what can be done with those that are picked.

use axum::extract::{Query, State};
use filo_app::{App, FindingPlace, FindingView};
use filo_core::access::Right;
use filo_core::quality::{Gain, Reason};
use maud::{Markup, html};
use serde::Deserialize;

use super::{Passing, field_word, frame, gain_words, reason_word};
use crate::console::failure::Failure;
use crate::console::people::name;
use crate::console::session::Session;
use crate::console::{Answer, shown};
use crate::findings::{mark, pick, place, which};
use crate::i18n::Words;
use crate::right::ListPeople;
use crate::ui::icon::Icon;
use crate::ui::page::{empty, page};
use crate::ui::shown::line;

/// Rows of a page.
const ROWS: usize = 50;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Asked {
    reason: String,
    gain: String,
    behind: Option<String>,
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<ListPeople>,
    Query(asked): Query<Asked>,
    Query(passing): Query<Passing>,
) -> Answer {
    let which = which(&asked.reason, &asked.gain, false).ok_or(Failure::Missing)?;
    if which == filo_app::WhichFindings::default() {
        return Err(Failure::Missing);
    }
    let behind = match asked.behind.as_deref() {
        Some(mark) => place(mark).ok_or(Failure::Missing)?,
        None => FindingPlace::default(),
    };
    if asked.behind.is_some() {
        app.note_listing(&session.actor).await?;
    }
    let mut rows = app
        .findings(&session.actor, &which, &behind, ROWS + 1)
        .await?;
    let more = rows.len() > ROWS;
    rows.truncate(ROWS);
    let quality = app.quality(&session.actor).await?;
    let gain = Gain::from_word(&asked.gain);
    let count = match (Reason::from_word(&asked.reason), gain) {
        (Some(reason), _) => {
            let group = quality.groups.iter().find(|group| group.reason == reason);
            group.map_or(0, |group| group.people)
        }
        (None, gain) => {
            let known = quality.gains.iter().find(|(known, _)| Some(*known) == gain);
            known.map_or(0, |(_, count)| *count)
        }
    };
    let list = List {
        next: rows.last().filter(|_| more).map(mark),
        rows,
        count,
        decides: session.actor.may(Right::DecideIdentity)
            && session.actor.may(Right::SeePersonalData),
        asked,
    };
    let words = session.words;
    let back = [("reason", &*list.asked.reason), ("gain", &*list.asked.gain)];
    let undo = passing.undo(words, &session.token, &back);
    let done = passing.done.as_deref().filter(|_| undo.is_none());
    let title = list.title(words);
    let content = html! {
        @if let Some(undo) = undo { (undo) }
        (list.content(words, &session.token))
    };
    shown(page(&frame(&session, &title, done), &content))
}

struct List {
    asked: Asked,
    rows: Vec<FindingView>,
    next: Option<String>,
    /// How many people the list is about.
    count: u64,
    /// Whoever looks may mend.
    decides: bool,
}

impl List {
    fn title(&self, words: Words) -> String {
        match (
            Reason::from_word(&self.asked.reason),
            Gain::from_word(&self.asked.gain),
        ) {
            (Some(reason), _) => reason_word(words, reason),
            (None, Some(gain)) => gain_words(words, gain, self.count),
            (None, None) => words.say("quality-title").into_owned(),
        }
    }

    fn query(&self) -> String {
        format!("reason={}&gain={}", self.asked.reason, self.asked.gain)
    }

    fn content(&self, words: Words, token: &str) -> Markup {
        let proposed = self.rows.iter().any(|row| row.proposal.is_some());
        html! {
            a.back href="/quality" { (Icon::Back.draw()) (words.say("quality-title")) }
            div.head {
                div {
                    h1 { (self.title(words)) }
                    p.soft #findings-count role="status" {
                        (words.fill("quality-people", [("count", self.count.into()), ("number", words.number(self.count).into())]))
                    }
                }
                @if self.decides && proposed {
                    a.button href={ "/quality/mending?all=1&" (self.query()) } { (words.say("quality-mend-all")) }
                }
            }
            @if self.rows.is_empty() {
                (empty(&words.say("quality-list-none"), &html! {
                    p { a.button.quiet href="/quality" { (words.say("quality-title")) } }
                }))
            } @else {
                div #people-results {
                    (self.table(words, token))
                    p.pages {
                        @if self.asked.behind.is_some() { a.button.quiet href={ "/quality/findings?" (self.query()) } { (words.say("people-first-page")) } }
                        @if let Some(next) = &self.next {
                            a.button.quiet href={ "/quality/findings?" (self.query()) "&behind=" (next) } { (words.say("people-next")) }
                        }
                    }
                }
            }
        }
    }

    fn table(&self, words: Words, token: &str) -> Markup {
        html! {
            @if self.decides {
                form #picked action="/quality/mending" {
                    input type="hidden" name="reason" value=(self.asked.reason);
                    input type="hidden" name="gain" value=(self.asked.gain);
                }
            }
            table.table.findings {
                thead {
                    tr {
                        @if self.decides { th.pick scope="col" { span.aloud { (words.say("bulk-pick")) } } }
                        th scope="col" { (words.say("people-head-person")) }
                        th scope="col" { (words.say("quality-head-raw")) }
                        th scope="col" { (words.say("quality-head-proposal")) }
                        @if self.decides { th scope="col" { span.aloud { (words.say("quality-head-act")) } } }
                    }
                }
                tbody { @for row in &self.rows { (self.row(words, row, token)) } }
            }
            @if self.decides {
                div.bulk {
                    span { (words.say("bulk-picked")) }
                    button.small form="picked" type="submit" name="act" value="mend" { (words.say("quality-mend")) }
                    button.small form="picked" type="submit" name="act" value="leave" { (words.say("quality-leave")) }
                }
            }
        }
    }

    fn row(&self, words: Words, row: &FindingView, token: &str) -> Markup {
        let person = row.person.as_ref().map_or_else(
            || words.say("person-unknown").into_owned(),
            |person| name(words, person),
        );
        html! {
            tr {
                @if self.decides {
                    td.pick { input type="checkbox" name="pick" value=(pick(row)) form="picked" aria-label=(words.fill("bulk-pick-one", [("name", person.as_str().into())])); }
                }
                td {
                    a href={ "/people/" (row.customer) } { bdi { (person) } }
                    @if self.asked.reason.is_empty() { p.about { (reason_word(words, row.reason)) } }
                }
                td data-label=(words.say("quality-head-raw")) {
                    div { span.about { (field_word(words, row.field)) " " } (said(words, &row.raw)) }
                }
                td data-label=(words.say("quality-head-proposal")) {
                    @match &row.proposal {
                        Some(proposal) => strong { bdi { (line(proposal)) } },
                        None => span.soft { (words.say("quality-no-proposal")) },
                    }
                }
                @if self.decides { td.acts { (buttons(words, row, token, &[("reason", &self.asked.reason), ("gain", &self.asked.gain)])) } }
            }
        }
    }
}

/// The value as it was said; a word where it is missing.
pub(super) fn said(words: Words, raw: &str) -> Markup {
    html! {
        @if raw.is_empty() { span.soft { (words.say("quality-missing")) } }
        @else { bdi { (line(raw)) } }
    }
}

/// Mending one, and leaving it as it is.
pub(super) fn buttons(
    words: Words,
    row: &FindingView,
    token: &str,
    back: &[(&str, &str)],
) -> Markup {
    let pick = pick(row);
    let mut hidden = vec![("pick", &*pick)];
    hidden.extend_from_slice(back);
    let button = |action, key, class| {
        crate::ui::form::button_form(action, token, &hidden, &words.say(key), class)
    };
    html! {
        div.actions {
            @if row.proposal.is_some() { (button("/quality/mending", "quality-mend", "small")) }
            (button("/quality/leaving", "quality-leave", "quiet small"))
        }
    }
}
