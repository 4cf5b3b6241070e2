//! Mail: where messages go, who writes, the signature, the records of the DNS, a test, what lies
//! in the folder and what came back.
//!
//! **Invariant:** no page shows a password or a private key; what somebody else wrote is drawn
//! only in a frame without scripts, without a session and without the network.

mod dns;
mod form;
mod kept;
mod return_box;
mod returned;
mod view;
mod warming;

use axum::extract::{Query, State};
use axum::response::IntoResponse;
use filo_app::mail::{MailView, TestSent};
use filo_app::{App, Error};
use http::StatusCode;
use maud::{Markup, html};
use serde::Deserialize;

pub(in crate::console) use dns::show as records;
pub(in crate::console) use kept::{drawn, list as folder, show as message};
pub(in crate::console) use return_box::{
    fetch as fetch_returns, save as save_return_box, show as return_box, test as test_return_box,
};
pub(in crate::console) use returned::{list as returns, show as one_return};
pub(in crate::console) use warming::{save as save_warm_up, show as warm_up};

use self::form::Form;
use super::{Asked, whole};
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, shown, wrong};
use crate::right::{ManageSettings, Power};

const HERE: &str = "/settings/mail";

/// A field and the word of what is wrong with it.
type Wrong = (&'static str, String);

/// What the page shows.
struct Page {
    view: MailView,
    form: Form,
    wrong: Option<Wrong>,
    /// What was typed for a key of signatures.
    dkim: DkimForm,
    tested: Option<TestSent>,
}

impl Page {
    async fn load<P: Power>(app: &App, session: &Session<P>) -> Result<Self, Error> {
        let view = app.mail(&session.actor).await?;
        let domain = view.settings.from_domain().unwrap_or_default();
        let known = view.settings.dkim.as_ref();
        let dkim = DkimForm {
            selector: known.map_or_else(|| "filo1".to_owned(), |it| next_selector(&it.selector)),
            domain: known.map_or(domain, |it| it.domain.clone()),
            version: view.version,
        };
        Ok(Self {
            form: Form::of(&view),
            view,
            wrong: None,
            dkim,
            tested: None,
        })
    }
}

/// A new key stands beside the old one in the DNS until nobody needs that any more.
fn next_selector(selector: &str) -> String {
    let name = selector.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let number: u32 = selector[name.len()..].parse().unwrap_or(0);
    format!("{name}{}", number.saturating_add(1))
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<ManageSettings>,
    Query(asked): Query<Asked>,
) -> Answer {
    let page = Page::load(&app, &session).await?;
    shown(framed(&session, &page, asked.done.as_deref()))
}

pub(in crate::console) async fn save(
    State(app): State<App>,
    posted: Posted<ManageSettings, Form>,
) -> Answer {
    let Posted { session, form } = posted;
    session.fresh(&app, HERE)?;
    let mut page = Page::load(&app, &session).await?;
    let changed = match form.change(page.view.settings.dkim.clone()) {
        Ok(change) => app.change_mail(&session.actor, change).await,
        Err((field, reason)) => Err(Error::invalid(field, reason)),
    };
    match changed {
        Ok(_saved) => done("/settings/mail?done=mail-saved"),
        Err(Error::Invalid { field, reason }) => {
            page.form = form;
            page.wrong = Some((field, reason));
            wrong(framed(&session, &page, None))
        }
        Err(Error::Conflict(_)) => {
            // What the other one wrote is in force; what this one typed stays in the form.
            let version = page.view.version;
            page.form = Form { version, ..form };
            let words = session.words;
            let note = html! {
                section.notice.notice-warn role="alert" {
                    h2 { (words.say("mail-conflict")) }
                    p { (words.say("mail-conflict-hint")) }
                }
            };
            let content = html! { (note) (view::content(&session, &page)) };
            let title = words.say("settings-mail");
            let page = whole(&session, HERE, &title, None, &content);
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

/// A key of signatures to make.
#[derive(Debug, Default, Deserialize)]
pub(in crate::console) struct DkimForm {
    selector: String,
    domain: String,
    version: i64,
}

pub(in crate::console) async fn make_key(
    State(app): State<App>,
    posted: Posted<ManageSettings, DkimForm>,
) -> Answer {
    let Posted { session, form } = posted;
    session.fresh(&app, HERE)?;
    let DkimForm {
        selector,
        domain,
        version,
    } = &form;
    let actor = &session.actor;
    match app.make_dkim_key(actor, selector, domain, *version).await {
        Ok(_made) => done("/settings/mail/dns?done=mail-key-made"),
        Err(Error::Invalid { field, reason }) => {
            let mut page = Page::load(&app, &session).await?;
            page.dkim = form;
            page.wrong = Some((field, reason));
            wrong(framed(&session, &page, None))
        }
        Err(other) => Err(other.into()),
    }
}

#[derive(Debug, Deserialize)]
pub(in crate::console) struct Nothing {}

/// Sends a test. The answer is the page itself, because it alone tells how it ended.
pub(in crate::console) async fn test(
    State(app): State<App>,
    posted: Posted<ManageSettings, Nothing>,
) -> Answer {
    let session = posted.session;
    let tested = app.test_mail(&session.actor).await?;
    let mut page = Page::load(&app, &session).await?;
    page.tested = Some(tested);
    shown(framed(&session, &page, None))
}

fn framed<P: Power>(session: &Session<P>, page: &Page, done: Option<&str>) -> Markup {
    let title = session.words.say("settings-mail");
    whole(session, HERE, &title, done, &view::content(session, page))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_key_gets_a_name_of_its_own() {
        for (before, after) in [
            ("filo1", "filo2"),
            ("filo9", "filo10"),
            ("s", "s1"),
            ("", "1"),
        ] {
            assert_eq!(next_selector(before), after);
        }
    }
}
