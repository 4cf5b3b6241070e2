//! What messages cost: the prices, what this month and the one before came to, and the prices
//! that were in force earlier.
//!
//! **Invariant:** an empty field is a price that nobody gave, and never nothing.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use filo_app::cost::{PricesView, SpentView};
use filo_app::{App, Error};
use filo_core::cost::{Item, Micros, PriceList};
use filo_core::money::Currency;
use jiff::civil::Date;
use maud::{Markup, html};

use super::{Asked, whole};
use crate::console::posted::Posted;
use crate::console::segment::Pairs;
use crate::console::session::Session;
use crate::console::{Answer, done, shown};
use crate::cost::{item_name, price_words, table, total_words};
use crate::i18n::Words;
use crate::right::{ManageSettings, Power};
use crate::ui::form::{Field, button_form, form};

const HERE: &str = "/settings/prices";
/// Nine digits, a sign, six decimals.
const PRICE_LENGTH_MOST: usize = 16;

#[rustfmt::skip]
pub(in crate::console) fn routes() -> Router<App> {
    Router::new()
        .route("/settings/prices",                    get(show).post(save))
}

/// The form as it was filled in.
#[derive(Debug, Default)]
struct Form {
    currency: String,
    prices: BTreeMap<Item, String>,
    version: i64,
}

impl Form {
    fn of(words: Words, view: &PricesView) -> Self {
        let prices = view.list.prices.iter();
        Self {
            currency: view.list.currency.to_string(),
            prices: prices
                .map(|(item, price)| (*item, words.written(&price.to_string())))
                .collect(),
            version: view.version,
        }
    }

    fn given(pairs: &[(String, String)]) -> Self {
        let mut form = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "currency" => form.currency = value.trim().to_owned(),
                "version" => form.version = value.parse().unwrap_or(0),
                other => {
                    let item = other.strip_prefix("price-").and_then(Item::from_word);
                    let value = value.trim();
                    if let (Some(item), false) = (item, value.is_empty()) {
                        form.prices.insert(item, value.to_owned());
                    }
                }
            }
        }
        form
    }

    /// The list; or the name of the field that cannot be read, with the key of why.
    fn list(&self) -> Result<PriceList, Wrong> {
        let currency = Currency::parse(&self.currency);
        let currency = currency.ok_or_else(|| ("currency".to_owned(), "cost-wrong-currency"))?;
        let mut prices = BTreeMap::new();
        for (item, text) in &self.prices {
            let wrong = || (field_name(*item), "cost-wrong-price");
            prices.insert(*item, Micros::parse(text).ok_or_else(wrong)?);
        }
        let list = PriceList { currency, prices };
        let too_high = |item| (field_name(item), "cost-wrong-height");
        list.checked().map_err(|fault| too_high(fault.item))
    }
}

/// A field and what is wrong with it, by the key of its text.
type Wrong = (String, &'static str);

fn field_name(item: Item) -> String {
    format!("price-{}", item.word())
}

async fn show(
    State(app): State<App>,
    session: Session<ManageSettings>,
    Query(asked): Query<Asked>,
) -> Answer {
    let form = Form::of(session.words, &app.message_prices().await?);
    let around = Around::of(&app).await?;
    let done = asked.done.as_deref();
    shown(page(&session, (&form, None), &around, done))
}

async fn save(State(app): State<App>, posted: Posted<ManageSettings, Pairs>) -> Answer {
    let Posted { session, form } = posted;
    let mut form = Form::given(&form);
    let around = Around::of(&app).await?;
    let list = match form.list() {
        Ok(list) => list,
        Err(wrong) => {
            let page = page(&session, (&form, Some(&wrong)), &around, None);
            return crate::console::wrong(page);
        }
    };
    let changed = app.change_message_prices(&session.actor, list, form.version);
    match changed.await {
        Ok(_saved) => done("/settings/prices?done=prices"),
        Err(Error::Conflict(_)) => {
            // Saving again is a decision made with open eyes: theirs stand below.
            form.version = app.message_prices().await?.version;
            let wrong = ("version".to_owned(), "cost-conflict");
            crate::console::wrong(page(&session, (&form, Some(&wrong)), &around, None))
        }
        Err(other) => Err(other.into()),
    }
}

/// What stands beside the form.
struct Around {
    months: Vec<(Date, SpentView)>,
    lists: Vec<PricesView>,
}

impl Around {
    async fn of(app: &App) -> filo_app::Result<Self> {
        Ok(Self {
            months: app.spent_lately().await?,
            lists: app.price_lists().await?,
        })
    }
}

fn page<P: Power>(
    session: &Session<P>,
    (given, wrong): (&Form, Option<&Wrong>),
    around: &Around,
    done: Option<&str>,
) -> Markup {
    let words = session.words;
    let title = words.say("settings-prices");
    let wrong_at = |name: &str| {
        let found = wrong.filter(|(field, _)| field == name);
        found.map(|(_, key)| words.say(key))
    };
    let (wrong_currency, conflict) = (wrong_at("currency"), wrong_at("version"));
    let currency = Field {
        name: "currency",
        label: &words.say("cost-currency"),
        value: &given.currency,
        hint: Some(&words.say("cost-currency-hint")),
        wrong: wrong_currency.as_deref(),
        required: true,
        length_most: 3,
    };
    let price = |item: Item| {
        let name = field_name(item);
        let found = wrong_at(&name);
        let hint = words.look_up(&format!("cost-item-{}-hint", item.word().replace('_', "-")));
        let field = Field {
            name: &name,
            label: &item_name(words, item),
            value: given.prices.get(&item).map_or("", String::as_str),
            hint: hint.as_deref(),
            wrong: found.as_deref(),
            length_most: PRICE_LENGTH_MOST,
            ..Field::default()
        };
        field.input()
    };
    let content = html! {
        h1 { (title) }
        p.lead { (words.say("settings-prices-lead")) }
        @if let Some(conflict) = &conflict { p.notice.notice-warn role="alert" { (conflict) } }
        @else if wrong.is_some() { p.notice.notice-bad role="alert" { (words.say("cost-not-saved")) } }
        (form(HERE, &session.token, &html! {
            input type="hidden" name="version" value=(given.version);
            section.card {
                (currency.input())
                p.about { (words.say("cost-empty-hint")) }
                @for item in Item::ALL { (price(item)) }
            }
            div.actions { button type="submit" { (words.say("save")) } }
        }))
        (months(words, &around.months))
        (lists(words, &around.lists, &session.token))
    };
    whole(session, HERE, &title, done, &content)
}

fn months(words: Words, months: &[(Date, SpentView)]) -> Markup {
    html! {
        section.card {
            h2 { (words.say("cost-spent")) }
            @for (month, view) in months {
                h3 { (words.month_name(month.month())) " " (month.year()) }
                @if view.cost.is_empty() { p { (words.say("cost-month-nothing")) } }
                @else {
                    p { strong { (total_words(words, &view.cost)) } }
                    details.fold {
                        summary { (words.say("cost-on-what")) }
                        (table(words, &view.cost))
                    }
                }
                @if view.kept > 0 {
                    p.soft.small { (words.fill("cost-kept", [("number", words.number(view.kept).into())])) }
                }
            }
            p.about { (words.say("cost-spent-how")) }
        }
    }
}

/// The prices in force and those before, each of which can be put in force again.
fn lists(words: Words, lists: &[PricesView], token: &str) -> Markup {
    let version = lists.first().map_or(0, |it| it.version).to_string();
    html! {
        @if !lists.is_empty() {
            section.card {
                h2 { (words.say("cost-earlier")) }
                ul.list {
                    @for (place, view) in lists.iter().enumerate() {
                        li {
                            @if let Some(since) = view.since {
                                p.value { (words.fill("cost-since", [("when", words.date_time(since).into())])) }
                            }
                            @if view.list.prices.is_empty() { p.about { (words.say("cost-no-price")) } }
                            @else { p.about { (list_words(words, &view.list)) } }
                            @if place == 0 { span.badge { (words.say("cost-in-force")) } }
                            @else { (again(words, view, (&version, token))) }
                        }
                    }
                }
            }
        }
    }
}

fn list_words(words: Words, list: &PriceList) -> String {
    let prices = list.prices.iter().map(|(item, price)| {
        let price = price_words(words, *price, list.currency);
        format!("{}: {price}", item_name(words, *item))
    });
    prices.collect::<Vec<_>>().join(" · ")
}

fn again(words: Words, view: &PricesView, (version, token): (&str, &str)) -> Markup {
    let prices = view.list.prices.iter();
    let prices: Vec<(String, String)> = prices
        .map(|(item, price)| (field_name(*item), price.to_string()))
        .collect();
    let currency = view.list.currency.to_string();
    let mut hidden = vec![("version", version), ("currency", currency.as_str())];
    hidden.extend(
        prices
            .iter()
            .map(|(name, price)| (name.as_str(), price.as_str())),
    );
    button_form(
        HERE,
        token,
        &hidden,
        &words.say("cost-again"),
        "quiet small",
    )
}
