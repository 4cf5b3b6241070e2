//! One request: what is asked, by when, whether it is really theirs, and answering it.

use axum::extract::{Path, Query, State};
use filo_app::{App, DataRequestView, Error};
use filo_core::id::DataRequestId;
use filo_core::privacy::data_request::{DataRequest, Proof, Stage, Wish};
use maud::{Markup, html};
use serde::Deserialize;

use super::{ADDRESS, badge, contact, stage};
use crate::console::posted::Posted;
use crate::console::privacy::erasure::Nothing;
use crate::console::session::Session;
use crate::console::settings::whole;
use crate::console::{Answer, done, id, shown, wrong};
use crate::i18n::Words;
use crate::right::{HandlePrivacy, Power};
use crate::ui::form::{Field, button_form, copyable, form};
use crate::ui::shown as display;

/// Letters of a reason or an answer, and of what is asked.
const NOTE_CHARS_MOST: usize = 1_000;
const MESSAGE_CHARS_MOST: usize = 2_000;

#[derive(Debug, Default, Deserialize)]
pub(in crate::console) struct Asked {
    done: Option<String>,
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<HandlePrivacy>,
    Path(request): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let view = app.data_request(&session.actor, id(&request)?).await?;
    shown(page(&session, &view, asked.done.as_deref(), None))
}

/// What was wrong with which form, as the key of its text.
type Wrong = (&'static str, &'static str);

fn page<P: Power>(
    session: &Session<P>,
    view: &DataRequestView,
    done: Option<&str>,
    wrong: Option<Wrong>,
) -> Markup {
    let (words, row) = (session.words, &view.request);
    let title = words.say(&format!("wish-{}", row.wish.word()));
    let acting = Acting {
        words,
        view,
        token: &session.token,
        wrong,
    };
    let content = html! {
        a.back href=(ADDRESS) { "← " (words.say("settings-requests")) }
        div.head { h1 { (title) } (badge(words, row, view.days_left)) }
        p.lead { (words.say(&format!("wish-{}-hint", row.wish.word()))) }
        (facts(words, view))
        @match row.stage {
            Stage::Received => (acting.check()),
            Stage::Checked => (acting.answer()),
            Stage::Done | Stage::Refused => (acting.reopen()),
        }
        @if row.stage.is_open() { (acting.extend()) (acting.refuse()) }
    };
    whole(session, ADDRESS, &title, done, &content)
}

fn facts(words: Words, view: &DataRequestView) -> Markup {
    let row = &view.request;
    html! {
        section.card {
            dl.facts {
                dt { (words.say("request-who")) }
                dd {
                    bdi { (contact(words, row)) }
                    @if let Some(customer) = view.customer {
                        " — " a href={ "/people/" (customer) } { (words.say("request-their-page")) }
                    } @else if row.node.is_some() {
                        " — " (words.say("request-unknown"))
                    }
                }
                dt { (words.say("request-way")) } dd { (words.say(&format!("request-way-{}", row.way.word()))) }
                dt { (words.say("request-received")) } dd { (words.date_time(row.received_at)) }
                dt { (words.say("request-due")) } dd { (words.long_date(row.due_at)) }
                dt { (words.say("request-stage")) } dd { (stage(words, row)) }
                @if let (Some(at), Some(proof)) = (row.checked_at, row.proof) {
                    dt { (words.say("request-proof")) }
                    dd { (words.say(&format!("request-proof-{}", proof.word()))) " — " (words.date_time(at)) }
                }
                @if let Some(at) = row.extended_at {
                    dt { (words.say("request-extended")) }
                    dd { (words.date_time(at)) " " (display::lines(&row.extension_reason, NOTE_CHARS_MOST)) }
                }
                @if let Some(at) = row.closed_at {
                    dt { (words.say("request-answer")) }
                    dd { (words.date_time(at)) " " (display::lines(&row.closing_note, NOTE_CHARS_MOST)) }
                }
            }
            @if !row.message.is_empty() {
                h2 { (words.say("request-message")) }
                p { (display::lines(&row.message, MESSAGE_CHARS_MOST)) }
            }
            @if let Some(erasure) = row.erasure {
                p { a href={ "/settings/erasures/" (erasure) } { (words.say("erasure-receipt")) } }
            }
        }
    }
}

/// What can be done with a request.
struct Acting<'a> {
    words: Words,
    view: &'a DataRequestView,
    token: &'a str,
    wrong: Option<Wrong>,
}

impl Acting<'_> {
    fn row(&self) -> &DataRequest {
        &self.view.request
    }

    fn at(&self, what: &str) -> String {
        format!("{ADDRESS}/{}/{what}", self.row().id)
    }

    fn fault(&self, of: &str) -> Option<String> {
        let wrong = self.wrong.filter(|(form, _)| *form == of);
        wrong.map(|(_, key)| self.words.say(key).into_owned())
    }

    fn check(&self) -> Markup {
        let words = self.words;
        let labels = Proof::BY_PEOPLE.map(|it| words.say(&format!("request-proof-{}", it.word())));
        let options: Vec<(&str, &str)> = Proof::BY_PEOPLE
            .iter()
            .zip(&labels)
            .map(|(proof, label)| (proof.word(), &**label))
            .collect();
        let field = Field {
            name: "proof",
            label: &words.say("request-proof"),
            ..Field::default()
        };
        html! {
            section.card {
                h2 { (words.say("request-check-title")) }
                p { (words.say("request-check-lead")) }
                @if let Some(link) = &self.view.link {
                    h3 { (words.say("request-link")) }
                    p { (words.say("request-link-hint")) }
                    (copyable(words, "request-link", link))
                }
                h3 { (words.say("request-check-by-hand")) }
                (form(&self.at("check"), self.token, &html! {
                    (field.select(&options))
                    button type="submit" { (words.say("request-check-do")) }
                }))
            }
        }
    }

    fn answer(&self) -> Markup {
        let (words, wish) = (self.words, self.row().wish);
        let wrong = self.fault("note");
        let note = Field {
            name: "note",
            label: &words.say("request-note"),
            hint: Some(&words.say("request-note-hint")),
            wrong: wrong.as_deref(),
            length_most: NOTE_CHARS_MOST,
            ..Field::default()
        };
        let Some(customer) = self.view.customer else {
            return html! {
                section.card {
                    h2 { (words.say("request-answer-title")) }
                    p { (words.say("request-answer-nothing")) }
                    (form(&self.at("answer"), self.token, &html! {
                        (note.area(3))
                        button.primary type="submit" { (words.say("request-answer-nothing-do")) }
                    }))
                }
            };
        };
        let erases = wish == Wish::Erasure;
        html! {
            section.card {
                h2 { (words.say("request-answer-title")) }
                p { (words.say(&format!("request-answer-{}", wish.word()))) }
                @match wish {
                    Wish::Access | Wish::Portability => { (self.copies(&format!("/people/{customer}/dossier"))) }
                    Wish::Rectification | Wish::Objection => {
                        p { a href={ "/people/" (customer) } { (words.say("request-their-page")) } }
                    }
                    Wish::Erasure => { p { a href={ "/people/" (customer) "/privacy" } { (words.say("request-see-erasure")) } } }
                }
                (form(&self.at("answer"), self.token, &html! {
                    @if erases { (self.sure()) } @else { (note.area(3)) }
                    button.(if erases { "danger" } else { "primary" }) type="submit" {
                        (words.say(&format!("request-do-{}", wish.word())))
                    }
                }))
            }
        }
    }

    fn copies(&self, action: &str) -> Markup {
        crate::console::privacy::copies(self.words, action, self.token)
    }

    /// What cannot be undone is said twice.
    fn sure(&self) -> Markup {
        let (words, wrong) = (self.words, self.fault("sure"));
        html! {
            p.notice.notice-warn { (words.say("erasure-for-good")) }
            div.field {
                label.check {
                    input type="checkbox" name="sure" value="yes" required
                        aria-invalid=[wrong.as_ref().map(|_| "true")];
                    " " (words.say("erasure-sure"))
                }
                @if let Some(wrong) = wrong { p.wrong role="alert" { (wrong) } }
            }
        }
    }

    fn extend(&self) -> Markup {
        if self.row().extended_at.is_some() || self.view.days_left < 0 {
            return html! {};
        }
        let keys = ("extension", "request-extend", "request-extend-hint");
        self.reasoned(keys, "quiet")
    }

    fn refuse(&self) -> Markup {
        let keys = ("refusal", "request-refuse", "request-refuse-hint");
        self.reasoned(keys, "danger")
    }

    fn reasoned(&self, (what, key, hint): (&str, &str, &str), class: &str) -> Markup {
        let (words, wrong) = (self.words, self.fault(what));
        let reason = Field {
            name: "reason",
            label: &words.say("request-reason"),
            hint: Some(&words.say(hint)),
            wrong: wrong.as_deref(),
            required: true,
            length_most: NOTE_CHARS_MOST,
            ..Field::default()
        };
        html! {
            details.card open[wrong.is_some()] {
                summary { (words.say(key)) }
                (form(&self.at(what), self.token, &html! {
                    (reason.area(3))
                    button.(class) type="submit" { (words.say(&format!("{key}-do"))) }
                }))
            }
        }
    }

    fn reopen(&self) -> Markup {
        let words = self.words;
        html! {
            @if self.row().node.is_some() {
                section.card {
                    p { (words.say("request-reopen-hint")) }
                    (button_form(&self.at("reopening"), self.token, &[], &words.say("request-reopen"), "quiet small"))
                }
            }
        }
    }
}

#[derive(Debug, Deserialize)]
pub(in crate::console) struct Checking {
    proof: String,
}

pub(in crate::console) async fn check(
    State(app): State<App>,
    Path(request): Path<String>,
    posted: Posted<HandlePrivacy, Checking>,
) -> Answer {
    let request: DataRequestId = id(&request)?;
    let proof = Proof::from_word(&posted.form.proof).unwrap_or(Proof::Known);
    app.check_data_request(&posted.session.actor, request, proof)
        .await?;
    done(&format!("{ADDRESS}/{request}?done=request-checked"))
}

#[derive(Debug, Deserialize)]
pub(in crate::console) struct Reasoned {
    #[serde(default)]
    reason: String,
}

pub(in crate::console) async fn extend(
    State(app): State<App>,
    Path(request): Path<String>,
    posted: Posted<HandlePrivacy, Reasoned>,
) -> Answer {
    let request: DataRequestId = id(&request)?;
    let Posted { session, form } = posted;
    let extended = app.extend_data_request(&session.actor, request, &form.reason);
    match extended.await {
        Ok(_) => done(&format!("{ADDRESS}/{request}?done=request-extended")),
        Err(error) => refused(&app, &session, request, ("extension", error)).await,
    }
}

pub(in crate::console) async fn refuse(
    State(app): State<App>,
    Path(request): Path<String>,
    posted: Posted<HandlePrivacy, Reasoned>,
) -> Answer {
    let request: DataRequestId = id(&request)?;
    let Posted { session, form } = posted;
    let refusing = app.refuse_data_request(&session.actor, request, &form.reason);
    match refusing.await {
        Ok(_) => done(&format!("{ADDRESS}/{request}?done=request-refused")),
        Err(error) => refused(&app, &session, request, ("refusal", error)).await,
    }
}

/// The page again, with what was wrong beside its form.
async fn refused<P: Power>(
    app: &App,
    session: &Session<P>,
    request: DataRequestId,
    (form, error): (&'static str, Error),
) -> Answer {
    let Error::Invalid { .. } = error else {
        return Err(error.into());
    };
    let view = app.data_request(&session.actor, request).await?;
    let fault = Some((form, "request-reason-wrong"));
    wrong(page(session, &view, None, fault))
}

#[derive(Debug, Deserialize)]
pub(in crate::console) struct Answering {
    #[serde(default)]
    note: String,
    #[serde(default)]
    sure: String,
}

pub(in crate::console) async fn answer(
    State(app): State<App>,
    Path(request): Path<String>,
    posted: Posted<HandlePrivacy, Answering>,
) -> Answer {
    let request: DataRequestId = id(&request)?;
    let Posted { session, form } = posted;
    let view = app.data_request(&session.actor, request).await?;
    let erases = view.request.wish == Wish::Erasure && view.customer.is_some();
    if erases && form.sure != "yes" {
        return wrong(page(
            &session,
            &view,
            None,
            Some(("sure", "erasure-not-sure")),
        ));
    }
    let answered = app.answer_data_request(&session.actor, request, &form.note);
    match answered.await {
        Ok(_) => done(&format!("{ADDRESS}/{request}?done=request-done")),
        Err(Error::Invalid { .. }) => {
            let fault = Some(("note", "request-note-wrong"));
            wrong(page(&session, &view, None, fault))
        }
        Err(other) => Err(other.into()),
    }
}

pub(in crate::console) async fn reopen(
    State(app): State<App>,
    Path(request): Path<String>,
    posted: Posted<HandlePrivacy, Nothing>,
) -> Answer {
    let request: DataRequestId = id(&request)?;
    app.reopen_data_request(&posted.session.actor, request)
        .await?;
    done(&format!("{ADDRESS}/{request}?done=request-reopened"))
}
