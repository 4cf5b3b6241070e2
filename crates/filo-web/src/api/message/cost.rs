//! What messages cost: the company's prices, and what a month came to.

use std::collections::BTreeMap;

use axum::extract::State;
use filo_app::App;
use filo_app::cost::PricesView;
use filo_core::cost::{Item, Micros, PriceList};
use filo_core::money::Currency;
use filo_core::time::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::super::answer::{Answer, Text, ok};
use super::super::paging::Page;
use super::super::power::Bearer;
use super::super::request::Body;
use super::cost_out::SpentOut;
use crate::problem::{Problem, ProblemOut};
use crate::right::{ManageSettings, SeeFigures};

/// What reads.
pub(super) fn reads() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_message_prices))
        .routes(routes!(list_message_prices))
        .routes(routes!(list_costs))
}

/// What writes.
pub(super) fn writes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(change_message_prices))
}

/// What the company pays for messages and for the work of its people.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MessagePrices)]
pub(crate) struct PricesOut {
    /// The currency of the prices, by the letters of ISO 4217.
    #[schema(example = "EUR")]
    currency: String,
    /// The price of each thing as a decimal number in text, with up to six decimals. What is not
    /// there has no price; `"0"` costs nothing.
    #[schema(example = json!({"email": "0.0004", "sms_part": "0.0385"}))]
    prices: BTreeMap<String, String>,
    /// From when on these prices hold; null while none were given.
    #[schema(value_type = Option<String>, format = DateTime)]
    since: Option<Text<Timestamp>>,
    /// Give it back with a change, so that nobody's change is lost.
    version: i64,
}

impl From<PricesView> for PricesOut {
    fn from(view: PricesView) -> Self {
        let prices = view.list.prices.iter();
        Self {
            currency: view.list.currency.to_string(),
            prices: prices
                .map(|(item, price)| (item.word().to_owned(), price.to_string()))
                .collect(),
            since: view.since.map(Text),
            version: view.version,
        }
    }
}

/// A change of the prices; all of them are replaced.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = MessagePricesChange)]
#[serde(deny_unknown_fields)]
pub(crate) struct PricesIn {
    /// The letters of ISO 4217.
    #[schema(example = "EUR")]
    currency: String,
    /// By what is paid: `email`, `sms_part`, `whatsapp_marketing`, `whatsapp_utility`,
    /// `whatsapp_authentication`, `whatsapp_words`, `telegram`, `push`, `in_app`, `call`, `visit`,
    /// `card`, `other_task`. Leave out what you do not know.
    #[schema(example = json!({"email": "0.0004", "sms_part": "0.0385"}))]
    prices: BTreeMap<String, String>,
    /// The version that was read.
    version: i64,
}

impl PricesIn {
    fn list(&self) -> Result<PriceList, Problem> {
        let currency = Currency::parse(&self.currency)
            .ok_or_else(|| Problem::invalid("currency", "three letters of ISO 4217, as EUR"))?;
        let mut prices = BTreeMap::new();
        for (word, price) in &self.prices {
            let unknown =
                || Problem::invalid("prices", format!("`{word}` is nothing that is paid"));
            let item = Item::from_word(word).ok_or_else(unknown)?;
            let unread = || {
                let hint = format!("{word}: a decimal number with up to six decimals, as 0.0385");
                Problem::invalid("prices", hint)
            };
            prices.insert(item, Micros::parse(price).ok_or_else(unread)?);
        }
        Ok(PriceList { currency, prices })
    }
}

/// The prices in force. What is expected is told at these; what left keeps the price at which it
/// left.
#[utoipa::path(
    get, path = "/settings/prices", tag = "messages",
    responses((status = 200, body = PricesOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_message_prices(
    State(app): State<App>,
    _key: Bearer<ManageSettings>,
) -> Answer {
    ok(&PricesOut::from(app.message_prices().await?))
}

/// The last lists of prices that were in force, the one that is first; at most twenty.
#[utoipa::path(
    get, path = "/settings/prices/history", tag = "messages",
    responses((status = 200, body = Page<PricesOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_message_prices(
    State(app): State<App>,
    _key: Bearer<ManageSettings>,
) -> Answer {
    let lists = app.price_lists().await?.into_iter();
    ok(&Page::whole(lists.map(PricesOut::from).collect()))
}

/// Puts other prices in force from now on, from the version that was read: 409 if somebody else
/// changed them meanwhile. What left before keeps its price.
#[utoipa::path(
    put, path = "/settings/prices", tag = "messages", request_body = PricesIn,
    responses((status = 200, body = PricesOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn change_message_prices(
    State(app): State<App>,
    key: Bearer<ManageSettings>,
    Body(asked): Body<PricesIn>,
) -> Answer {
    let list = asked.list()?;
    let changed = app.change_message_prices(&key.actor, list, asked.version);
    ok(&PricesOut::from(changed.await?))
}

/// What a month came to.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MonthSpent)]
pub(crate) struct MonthOut {
    /// The first day of the month, by the company's calendar.
    #[schema(format = Date)]
    month: String,
    /// What was spent in it.
    #[serde(flatten)]
    spent: SpentOut,
}

/// What messages and the tasks that were done cost in this month and the one before, over all
/// journeys and what was written by hand.
#[utoipa::path(
    get, path = "/costs", tag = "messages",
    responses((status = 200, body = Page<MonthOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_costs(State(app): State<App>, _key: Bearer<SeeFigures>) -> Answer {
    let months = app.spent_lately().await?.into_iter();
    let out = months.map(|(month, view)| MonthOut {
        month: month.to_string(),
        spent: SpentOut::from(&view),
    });
    ok(&Page::whole(out.collect()))
}
