//! Channels: the accounts over which messages leave that are not mail, and a test.
//!
//! **Invariant:** no answer holds a secret.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use filo_app::channel::{ChannelChange, ChannelTested, ChannelView, Handed};
use filo_app::{App, Error};
use filo_core::channel::{Account, Carrier, Layout, Look, Secret};
use filo_core::id::CustomerId;
use filo_core::message::Medium;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answer::{Answer, done, ok};
use super::paging::Page;
use super::power::Bearer;
use super::request::{Body, IdOf};
use crate::problem::{Problem, ProblemOut};
use crate::right::{ExportPeople, ManageSettings};

/// What reads.
pub(super) fn reads() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_channels))
        .routes(routes!(get_channel))
        .routes(routes!(get_telegram_link))
}

/// What writes.
pub(super) fn writes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(put_channel, remove_channel))
        .routes(routes!(connect_channel))
        .routes(routes!(disconnect_channel))
        .routes(routes!(test_channel))
}

/// By what messages leave, and over which account.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Channel)]
pub(crate) struct ChannelOut {
    /// `sms`, `whatsapp`, `telegram`, `push` or `in_app`.
    medium: &'static str,
    /// Who can carry it.
    carriers: Vec<&'static str>,
    /// The account; null: messages stay here and nobody gets them.
    account: Option<AccountOut>,
    /// Where the carrier tells how far messages came and what people answered: copy it there.
    callback: String,
    /// The carrier can reach that address: it begins with https.
    callback_is_public: bool,
    /// Of notifications: the key to which browsers tie their subscriptions; null of others.
    public_key: Option<String>,
    /// Of notifications: how many browsers take them; null of others.
    browsers: Option<i64>,
    /// Give it back with a change, so that nobody's change is lost.
    version: i64,
}

/// An account with a carrier.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ChannelAccount)]
pub(crate) struct AccountOut {
    /// `twilio`, `whatsapp_cloud`, `telegram`, `http`, `web_push` or `site`.
    carrier: &'static str,
    /// Its id there.
    account: String,
    /// In whose name messages leave.
    sender: String,
    /// Messages a minute.
    per_minute: u32,
    /// Messages leave over it; false: they stay here and the account is kept.
    connected: bool,
    /// The secrets that are kept. They are never shown.
    secrets: Vec<&'static str>,
    /// Of messages on the site: how they look; null of others.
    look: Option<LookOut>,
}

/// How messages on the site look.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SiteLook)]
pub(crate) struct LookOut {
    /// The company’s colour.
    #[schema(example = "#0b5c58")]
    colour: String,
    /// Where they stand, if their piece does not say: `banner`, `card` or `centre`.
    layout: String,
    /// How often one is shown at most, 1 to 10.
    times: u8,
}

/// An account to connect, in the place of the one there is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChannelAccountChange)]
pub(crate) struct AccountIn {
    /// `twilio`, `whatsapp_cloud`, `telegram`, `http`, `web_push` or `site`.
    #[schema(example = "twilio")]
    carrier: String,
    /// Its id there: at Twilio `AC…`, at Meta the id of the number, of your own the
    /// address to which messages are posted; a bot has none, nor have browsers.
    #[serde(default)]
    account: String,
    /// In whose name messages leave: at Twilio a number `+39…`, a messaging service `MG…`, or for
    /// text messages a name of at most 11 letters; at Meta the number; a bot says it itself; for
    /// browsers a mail address at which push services can ask.
    #[serde(default)]
    sender: String,
    /// Messages a minute; null: the usual pace.
    #[serde(default)]
    per_minute: Option<u32>,
    /// New secrets by name: `token` (of your own address the `whsec_…` with which it is signed); for
    /// WhatsApp's Cloud API also `app_secret` and
    /// `verify_token`; for the site `identity`, with which its server proves who is signed in
    /// (32 characters at least), or none. One that is left out stays.
    #[serde(default)]
    secrets: BTreeMap<String, String>,
    /// Of messages on the site: how they look; null: as usual.
    #[serde(default)]
    look: Option<LookOut>,
    /// The version that was read.
    version: i64,
}

/// To whom a test goes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChannelTestAsked)]
pub(crate) struct TestIn {
    /// A mobile number; for Telegram the number of a chat; for notifications a browser's
    /// subscription, as the text that its `toJSON` gives; for the site the address of a page.
    #[schema(example = "+393331234567")]
    to: String,
}

/// How a test ended.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ChannelTest)]
pub(crate) struct TestOut {
    /// To whom it went.
    to: String,
    /// `accepted`, `refused`, `unknown` (it may have been taken), `not_now` (the carrier is left
    /// alone for a while) or `kept` (no account is connected).
    result: &'static str,
    /// Of a refusal: `address`, `said_no`, `message`, `account` (it lies with us), `too_fast` or
    /// `transient`.
    why: Option<&'static str>,
    /// What the carrier said, or what happened.
    text: String,
}

/// All channels beside mail.
#[utoipa::path(
    get, path = "/channels", tag = "channels",
    responses((status = 200, body = Page<ChannelOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_channels(State(app): State<App>, key: Bearer<ManageSettings>) -> Answer {
    let views = app.channels(&key.actor).await?.into_iter();
    ok(&Page::whole(views.map(ChannelOut::new).collect()))
}

/// One channel.
#[utoipa::path(
    get, path = "/channels/{medium}", tag = "channels", params(("medium" = String, Path)),
    responses((status = 200, body = ChannelOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_channel(
    State(app): State<App>,
    key: Bearer<ManageSettings>,
    Path(medium): Path<String>,
) -> Answer {
    let view = app.channel(&key.actor, medium_of(&medium)?).await?;
    ok(&ChannelOut::new(view))
}

/// A link to the company's bot.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TelegramLink)]
pub(crate) struct LinkOut {
    /// Whoever follows it begins a chat that is known to be theirs. It counts for thirty days.
    url: String,
}

/// A link by which this person begins a chat with the company's bot. Give it to nobody else: the
/// chat in which it is followed is theirs from then on.
#[utoipa::path(
    get, path = "/customers/{id}/telegram-link", tag = "channels",
    params(("id" = String, Path)),
    responses((status = 200, body = LinkOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_telegram_link(
    State(app): State<App>,
    key: Bearer<ExportPeople>,
    IdOf(id): IdOf<CustomerId>,
) -> Answer {
    let url = app.telegram_link(&key.actor, id).await?;
    ok(&LinkOut { url })
}

/// Connects an account, in the place of the one there is: 409 if somebody else changed it
/// meanwhile.
#[utoipa::path(
    put, path = "/channels/{medium}", tag = "channels", params(("medium" = String, Path)),
    request_body = AccountIn,
    responses((status = 200, body = ChannelOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn put_channel(
    State(app): State<App>,
    key: Bearer<ManageSettings>,
    Path(medium): Path<String>,
    Body(asked): Body<AccountIn>,
) -> Answer {
    let medium = medium_of(&medium)?;
    let change = asked.read()?;
    ok(&ChannelOut::new(
        app.change_channel(&key.actor, medium, change).await?,
    ))
}

/// Removes the account with its secrets, for good.
#[utoipa::path(
    delete, path = "/channels/{medium}", tag = "channels", params(("medium" = String, Path)),
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn remove_channel(
    State(app): State<App>,
    key: Bearer<ManageSettings>,
    Path(medium): Path<String>,
) -> Answer {
    let medium = medium_of(&medium)?;
    app.remove_channel(&key.actor, medium).await?;
    done()
}

/// Connects the account again that was disconnected.
#[utoipa::path(
    post, path = "/channels/{medium}/connection", tag = "channels",
    params(("medium" = String, Path)),
    responses((status = 200, body = ChannelOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn connect_channel(
    State(app): State<App>,
    key: Bearer<ManageSettings>,
    Path(medium): Path<String>,
) -> Answer {
    let view = app.switch_channel(&key.actor, medium_of(&medium)?, true);
    ok(&ChannelOut::new(view.await?))
}

/// Disconnects the account: messages stay here, and it is kept with its secrets.
#[utoipa::path(
    post, path = "/channels/{medium}/disconnection", tag = "channels",
    params(("medium" = String, Path)),
    responses((status = 200, body = ChannelOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn disconnect_channel(
    State(app): State<App>,
    key: Bearer<ManageSettings>,
    Path(medium): Path<String>,
) -> Answer {
    let view = app.switch_channel(&key.actor, medium_of(&medium)?, false);
    ok(&ChannelOut::new(view.await?))
}

/// Sends a test.
#[utoipa::path(
    post, path = "/channels/{medium}/test", tag = "channels", params(("medium" = String, Path)),
    request_body = TestIn,
    responses((status = 200, body = TestOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn test_channel(
    State(app): State<App>,
    key: Bearer<ManageSettings>,
    Path(medium): Path<String>,
    Body(asked): Body<TestIn>,
) -> Answer {
    let medium = medium_of(&medium)?;
    let tested = app.test_channel(&key.actor, medium, &asked.to).await?;
    ok(&TestOut::new(tested))
}

/// The medium of a path; one that there is not names nothing.
fn medium_of(word: &str) -> Result<Medium, Error> {
    Medium::from_word(word).ok_or(Error::Missing("channel"))
}

impl AccountIn {
    fn read(self) -> Result<ChannelChange, Problem> {
        let carrier = Carrier::from_word(&self.carrier).ok_or_else(|| {
            let words = Carrier::ALL.map(Carrier::word).join(", ");
            Problem::invalid("carrier", format!("one of {words}"))
        })?;
        let mut secrets = BTreeMap::new();
        for (word, text) in self.secrets {
            let known = carrier.secrets().iter().find(|it| it.word() == word);
            let known = known.ok_or_else(|| {
                let words: Vec<&str> = carrier.secrets().iter().map(|it| it.word()).collect();
                let words = words.join(", ");
                Problem::invalid(
                    "secrets",
                    format!("there is no `{word}`; there are {words}"),
                )
            })?;
            secrets.insert(*known, text);
        }
        let look = self.look.map(LookOut::read).transpose()?;
        Ok(ChannelChange {
            account: Account {
                carrier,
                account: self.account,
                sender: self.sender,
                per_minute: self.per_minute,
                is_connected: true,
                look: (carrier == Carrier::Site).then(|| look.unwrap_or_default()),
            },
            secrets,
            version: self.version,
        })
    }
}

impl LookOut {
    fn of(look: Look) -> Self {
        Self {
            colour: look.colour,
            layout: look.layout.word().to_owned(),
            times: look.times,
        }
    }

    fn read(self) -> Result<Look, Problem> {
        let layout = Layout::from_word(&self.layout).ok_or_else(|| {
            let words = Layout::ALL.map(Layout::word).join(", ");
            Problem::invalid("layout", format!("one of {words}"))
        })?;
        Ok(Look {
            colour: self.colour,
            layout,
            times: self.times,
        })
    }
}

impl ChannelOut {
    fn new(view: ChannelView) -> Self {
        let is_given = |it: &&Secret| !matches!(**it, Secret::Hook | Secret::Vapid);
        let given = view.has.iter().filter(is_given);
        let secrets: Vec<&str> = given.map(|it| it.word()).collect();
        Self {
            medium: view.medium.word(),
            carriers: Carrier::of(view.medium).map(Carrier::word).collect(),
            account: view.account.map(|account| AccountOut {
                carrier: account.carrier.word(),
                per_minute: account.pace(),
                connected: account.is_connected,
                account: account.account,
                sender: account.sender,
                secrets,
                look: account.look.map(LookOut::of),
            }),
            callback: view.hook,
            callback_is_public: view.is_public,
            browsers: view.browsers.as_ref().map(|it| it.count),
            public_key: view.browsers.map(|it| it.public_key),
            version: view.version,
        }
    }
}

impl TestOut {
    fn new(tested: ChannelTested) -> Self {
        let (result, why, text) = match tested.handed {
            None => ("kept", None, String::new()),
            Some(Handed::Accepted { text, .. }) => ("accepted", None, text),
            Some(Handed::Refused { why, text }) => ("refused", Some(why.word()), text),
            Some(Handed::Unknown { text }) => ("unknown", None, text),
            Some(Handed::NotNow { until }) => ("not_now", None, until.to_string()),
        };
        Self {
            to: tested.to,
            result,
            why,
            text,
        }
    }
}
