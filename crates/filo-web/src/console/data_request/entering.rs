//! Taking down what came by telephone, by letter or in the shop.

use axum::extract::{Query, State};
use filo_app::{App, Error, NewDataRequest, Whose};
use filo_core::id::CustomerId;
use filo_core::privacy::data_request::{Proof, Way, Wish};
use maud::{Markup, html};
use serde::Deserialize;

use super::ADDRESS;
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::settings::whole;
use crate::console::{Answer, done, shown, wrong};
use crate::right::{HandlePrivacy, Power};
use crate::ui::form::{Field, form};

/// Letters of an address and of what is asked.
const ADDRESS_CHARS_MOST: usize = 320;
const MESSAGE_CHARS_MOST: usize = 2_000;
/// How it comes when a person takes it down.
const BY_PEOPLE: [Way; 3] = [Way::Shop, Way::Phone, Way::Mail];

#[derive(Debug, Default, Deserialize)]
pub(in crate::console) struct Asked {
    customer: Option<String>,
}

/// The form as it was filled in.
#[derive(Debug, Default, Deserialize)]
pub(in crate::console) struct Form {
    /// Of somebody who is known, instead of an address.
    #[serde(default)]
    customer: String,
    #[serde(default)]
    address: String,
    wish: String,
    way: String,
    #[serde(default)]
    received_on: String,
    #[serde(default)]
    message: String,
    #[serde(default)]
    proof: String,
}

pub(in crate::console) async fn new_form(
    State(app): State<App>,
    session: Session<HandlePrivacy>,
    Query(asked): Query<Asked>,
) -> Answer {
    let customer = asked.customer.and_then(|id| id.parse::<CustomerId>().ok());
    let today = session.words.day_of(app.now());
    let form = Form {
        customer: customer.map(|id| id.to_string()).unwrap_or_default(),
        received_on: today.map(|day| day.to_string()).unwrap_or_default(),
        ..Form::default()
    };
    shown(page(&session, &form, None))
}

pub(in crate::console) async fn enter(
    State(app): State<App>,
    posted: Posted<HandlePrivacy, Form>,
) -> Answer {
    let Posted { session, form } = posted;
    let (Some(wish), Some(way)) = (Wish::from_word(&form.wish), Way::from_word(&form.way)) else {
        return wrong(page(&session, &form, Some("wish")));
    };
    let day = session.words.bounds_of_day(&form.received_on);
    let Some((begin, _)) = day else {
        return wrong(page(&session, &form, Some("received_at")));
    };
    let now = app.now();
    let is_today = session.words.day_of(now) == session.words.day_of(begin);
    let whose = match form.customer.parse() {
        Ok(id) => Whose::Customer(id),
        Err(_not_one) => Whose::Address(form.address.clone()),
    };
    let new = NewDataRequest {
        wish,
        way,
        whose,
        message: form.message.clone(),
        received_at: Some(if is_today { now } else { begin }),
        proof: Proof::from_word(&form.proof),
    };
    match app.enter_data_request(&session.actor, new).await {
        Ok(view) => done(&format!("{ADDRESS}/{}?done=request-made", view.request.id)),
        Err(Error::Invalid { field, .. }) => wrong(page(&session, &form, Some(field))),
        Err(other) => Err(other.into()),
    }
}

fn page<P: Power>(session: &Session<P>, given: &Form, wrong: Option<&str>) -> Markup {
    let words = session.words;
    let fault = |field: &str| {
        let key = format!("request-{}-wrong", field.replace('_', "-"));
        (wrong == Some(field)).then(|| words.say(&key).into_owned())
    };
    let faults = ["address", "wish", "received_at", "message"].map(fault);
    let [address_fault, wish_fault, day_fault, message_fault] = &faults;
    let address = Field {
        name: "address",
        label: &words.say("request-address"),
        value: &given.address,
        hint: Some(&words.say("request-address-hint")),
        wrong: address_fault.as_deref(),
        required: true,
        length_most: ADDRESS_CHARS_MOST,
    };
    let day = Field {
        name: "received_on",
        label: &words.say("request-received-on"),
        value: &given.received_on,
        hint: Some(&words.say("request-received-on-hint")),
        wrong: day_fault.as_deref(),
        required: true,
        ..Field::default()
    };
    let message = Field {
        name: "message",
        label: &words.say("request-message"),
        value: &given.message,
        hint: Some(&words.say("request-message-hint")),
        wrong: message_fault.as_deref(),
        length_most: MESSAGE_CHARS_MOST,
        ..Field::default()
    };
    let wishes = Wish::ALL.map(|wish| (wish.word(), words.say(&format!("wish-{}", wish.word()))));
    let ways = BY_PEOPLE.map(|way| {
        (
            way.word(),
            words.say(&format!("request-way-{}", way.word())),
        )
    });
    let title = words.say("request-new");
    let content = html! {
        a.back href=(ADDRESS) { "← " (words.say("settings-requests")) }
        h1 { (title) }
        p.lead { (words.say("request-new-lead")) }
        section.card {
            (form(ADDRESS, &session.token, &html! {
                @if given.customer.is_empty() {
                    (address.input())
                } @else {
                    input type="hidden" name="customer" value=(given.customer);
                    p { a href={ "/people/" (given.customer) } { (words.say("request-of-known")) } }
                }
                (choice(("wish", &words.say("request-wish")), &given.wish, &wishes, wish_fault.as_deref()))
                (choice(("way", &words.say("request-way")), &given.way, &ways, None))
                (day.date())
                (message.area(4))
                (proofs(words, &given.proof))
                button type="submit" { (words.say("request-enter")) }
            }))
        }
    };
    whole(session, ADDRESS, &title, None, &content)
}

fn choice<const N: usize>(
    (name, label): (&str, &str),
    value: &str,
    options: &[(&str, std::borrow::Cow<'_, str>); N],
    wrong: Option<&str>,
) -> Markup {
    let field = Field {
        name,
        label,
        value,
        wrong,
        ..Field::default()
    };
    let options: Vec<(&str, &str)> = options
        .iter()
        .map(|(word, label)| (*word, &**label))
        .collect();
    field.select(&options)
}

/// Whether it is sure already that it is they who ask.
fn proofs(words: crate::i18n::Words, value: &str) -> Markup {
    let labels = Proof::BY_PEOPLE.map(|it| words.say(&format!("request-proof-{}", it.word())));
    let not_yet = words.say("request-proof-none");
    let mut options = vec![("", &*not_yet)];
    let known = Proof::BY_PEOPLE.iter().zip(&labels);
    options.extend(known.map(|(proof, label)| (proof.word(), &**label)));
    let field = Field {
        name: "proof",
        label: &words.say("request-proof"),
        value,
        hint: Some(&words.say("request-proof-hint")),
        ..Field::default()
    };
    field.select(&options)
}
