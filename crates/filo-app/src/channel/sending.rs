//! Handing texts over to whoever carries them.

use filo_connect::Answer;
use filo_connect::channel::http::{self, Endpoint};
use filo_connect::channel::telegram::{self, Telegram};
use filo_connect::channel::twilio::Twilio;
use filo_connect::channel::web_push::{self, Subscription};
use filo_connect::channel::whatsapp::{self, Template, Whatsapp};
use filo_connect::channel::{Handed, Outgoing, Why, hand_over, twilio};
use filo_core::access::Right;
use filo_core::audit::{Act, Token};
use filo_core::channel::{Account, Carrier};
use filo_core::company::Language;
use filo_core::id::{IncidentId, MessageId};
use filo_core::identity::{Identifier, Kind};
use filo_core::message::Medium;
use filo_store::incident::{self, Report};
use filo_store::user;

use super::notice::Notice;
use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::error::{Error, Result};

/// What an incident is called that says that a carrier does not take our messages.
const REFUSED: &str = "channel_refused";

/// How the answer of a carrier is read.
type Read = fn(&Answer) -> Handed;
/// Why a text cannot be written to its carrier, and in words.
pub(super) type Unwritten = (Why, &'static str);

/// A test, and how handing it over ended.
#[derive(Debug, Clone)]
pub struct ChannelTested {
    /// To whom it went.
    pub to: String,
    /// How it ended; nothing where messages stay here, because no account is connected.
    pub handed: Option<Handed>,
}

/// A text on its way.
pub(crate) struct Text<'a> {
    /// Which message; nothing for a test.
    pub(crate) message: Option<MessageId>,
    /// The address, in its normal form.
    pub(crate) to: &'a str,
    /// What it says.
    pub(crate) text: &'a str,
    /// The template that says the same, where only one may be said.
    pub(crate) template: Option<&'a Template>,
    /// What a notification has beside; nothing of any other medium, and of a test.
    pub(crate) notice: Option<&'a Notice>,
}

impl App {
    /// The account over which messages of a medium leave; none: they stay here.
    pub(crate) async fn channel_account(&self, medium: Medium) -> Result<Option<Account>> {
        let view = self.channel_as_it_stands(medium).await?;
        Ok(view.account.filter(|account| account.is_connected))
    }

    /// Hands a text over. Who dispatches takes a turn first, and tells how it ended.
    pub(crate) async fn hand_over_text(
        &self,
        medium: Medium,
        account: &Account,
        text: &Text<'_>,
    ) -> Result<Handed> {
        let secret = account.carrier.handing_secret();
        let Some(token) = self.channel_secret(medium, secret).await? else {
            return Ok(Handed::Refused {
                why: Why::Account,
                text: format!("the {} of the account is not in the vault", secret.word()),
            });
        };
        let (client, now) = (&self.shared().client, self.now());
        let handed = match self.written(medium, account, &token, text).await? {
            Ok((outgoing, read)) => hand_over(client, outgoing, read, now).await,
            Err((why, text)) => Handed::Refused {
                why,
                text: text.to_owned(),
            },
        };
        if let Handed::Refused {
            why: Why::Account,
            text,
        } = &handed
        {
            self.tell_of_refusal(medium, account, text).await?;
        }
        Ok(handed)
    }

    /// A text as its carrier wants it, and how the carrier's answer is read; else why it cannot be
    /// written.
    async fn written(
        &self,
        medium: Medium,
        account: &Account,
        token: &str,
        text: &Text<'_>,
    ) -> Result<std::result::Result<(Outgoing, Read), Unwritten>> {
        let hosts = &self.config().channel_hosts;
        let view = self.channel_as_it_stands(medium).await?;
        let (outgoing, read): (Outgoing, Read) = match account.carrier {
            Carrier::Twilio => {
                let twilio = Twilio {
                    host: &hosts.twilio,
                    account: &account.account,
                    token,
                    sender: &account.sender,
                    medium,
                    callback: view.is_public.then_some(view.hook.as_str()),
                };
                let outgoing = twilio.outgoing(text.to, text.text, text.message);
                (outgoing, twilio::read)
            }
            Carrier::WhatsappCloud => {
                let whatsapp = Whatsapp {
                    host: &hosts.graph,
                    number: &account.account,
                    token,
                };
                let outgoing = match text.template {
                    Some(template) => whatsapp.template(text.to, template, text.message),
                    None => whatsapp.text(text.to, text.text, text.message),
                };
                (outgoing, whatsapp::read)
            }
            Carrier::Telegram => {
                let Ok(chat) = text.to.parse() else {
                    return Ok(Err((Why::Address, "no chat")));
                };
                let host = &hosts.telegram;
                let outgoing = Telegram { host, token }.text(chat, text.text);
                (outgoing, telegram::read)
            }
            Carrier::Http => {
                let endpoint = Endpoint {
                    url: &account.account,
                    secret: &http::secret(token).unwrap_or_default(),
                    medium,
                    callback: &view.hook,
                };
                let id = match text.message {
                    Some(message) => message.to_string(),
                    None => format!("test_{:032x}", self.spare_id()),
                };
                let to = (id.as_str(), text.to);
                let outgoing = endpoint.outgoing(to, text.text, text.template, self.now());
                (outgoing, http::read)
            }
            Carrier::WebPush => match self.notification(account, token, text).await? {
                Ok(outgoing) => (outgoing, web_push::read),
                Err(unwritten) => return Ok(Err(unwritten)),
            },
            Carrier::Site => return Ok(Err((Why::Message, "it is shown to them when they come"))),
        };
        Ok(Ok((outgoing, read)))
    }

    /// Somebody of the company must see that a carrier takes nothing of ours.
    async fn tell_of_refusal(&self, medium: Medium, account: &Account, text: &str) -> Result<()> {
        let detail = serde_json::json!({
            "medium": medium.word(), "carrier": account.carrier.word(),
            // Their words may name whom it was for.
            "code": text.split(' ').next().unwrap_or_default(),
        });
        let report = Report {
            id: IncidentId(self.spare_id()),
            kind: REFUSED,
            subject: medium.word(),
            detail: &detail.to_string(),
            at: self.now(),
        };
        let mut tx = self.shared().db.begin().await?;
        incident::raise(&mut tx, &report).await?;
        Ok(tx.commit().await?)
    }

    /// Sends a test to an address of the medium.
    ///
    /// # Errors
    /// If the actor may not, or the address can be none.
    pub async fn test_channel(
        &self,
        actor: &Actor,
        medium: Medium,
        to: &str,
    ) -> Result<ChannelTested> {
        actor.must(Right::ManageSettings)?;
        if medium == Medium::InApp {
            let page = self.site_test(actor, to).await?;
            let text = "open this page within a quarter of an hour".to_owned();
            let handed = Some(Handed::Accepted {
                id: String::new(),
                text,
            });
            return Ok(ChannelTested { to: page, handed });
        }
        let account = self.channel_account(medium).await?;
        let to = self.address_by(medium, to)?;
        let Some(account) = account else {
            return Ok(ChannelTested {
                to: shown(medium, to),
                handed: None,
            });
        };
        let language = match actor.user {
            Some(id) => {
                let mut tx = self.shared().db.read().await?;
                let row = user::get(&mut tx, id).await?;
                row.and_then(|row| Language::from_tag(&row.language))
            }
            None => None,
        };
        let text = Text {
            message: None,
            template: None,
            notice: None,
            to: &to,
            text: match language.unwrap_or_default() {
                Language::Italian => "Prova di Filo: se la leggi, i messaggi partono e arrivano.",
                Language::English => "A test from Filo: if you can read this, messages arrive.",
            },
        };
        let handed = self.hand_over_text(medium, &account, &text).await?;
        let mut tx = self.shared().db.begin().await?;
        let entry = actor.did(Act::MessageWritten, self.now());
        record(&mut tx, &entry.with("medium", Token::word(medium.word()))).await?;
        tx.commit().await?;
        Ok(ChannelTested {
            to: shown(medium, to),
            handed: Some(handed),
        })
    }

    /// An address of a medium as it is typed, in its normal form.
    fn address_by(&self, medium: Medium, typed: &str) -> Result<String> {
        let wrong = || Error::invalid("to", "no_number");
        match medium {
            Medium::Sms | Medium::Whatsapp => {
                let found = Identifier::new(Kind::Phone, typed, &self.rules());
                let found = found.map_err(|_refusal| wrong())?;
                Ok(found.value.to_string())
            }
            Medium::Telegram => {
                let found = Identifier::new(Kind::Telegram, typed, &self.rules());
                let no_chat = |_refusal| Error::invalid("to", "no_chat");
                Ok(found.map_err(no_chat)?.value.to_string())
            }
            Medium::Push => match Subscription::parse(typed) {
                Some(_) => Ok(typed.trim().to_owned()),
                None => Err(Error::invalid("to", "no_browser")),
            },
            Medium::Email | Medium::InApp | Medium::Call | Medium::Counter => Err(wrong()),
        }
    }
}

/// To whom a test went, in words: of a browser its push service.
fn shown(medium: Medium, to: String) -> String {
    let browser = Subscription::parse(&to).filter(|_| medium == Medium::Push);
    let Some(browser) = browser else {
        return to;
    };
    let rest = browser.endpoint.split("://").nth(1).unwrap_or_default();
    rest.split('/').next().unwrap_or_default().to_owned()
}
