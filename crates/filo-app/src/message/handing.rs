//! What is handed over, and to whom: the border to what carries messages.

use std::collections::BTreeMap;

use compact_str::CompactString;
use filo_core::company::Language;
use filo_core::consent::purpose::Purposes;
use filo_core::content::{Category, Fault, Reason};
use filo_core::id::PieceId;
use filo_core::identity::Kind;
use filo_core::message::lane::Lane;
use filo_core::message::saying::Saying;
use filo_core::message::{Class, Medium};
use filo_core::profile::view::summary;
use filo_store::message::MessageRow;
use filo_store::message::copy::CopyRow;
use filo_store::warm_up::Key;

use super::footer::{self, Footer};
use super::pacing::Sign;
use super::standing::Standing;
use super::weighing::Weighed;
use crate::app::App;
use crate::channel::{Notice, Template};
use crate::consent::Link;
use crate::content::{Rendering, Wanted};
use crate::cost::Charge;
use crate::customer::{CustomerView, IdentifierView};
use crate::error::{Error, Result};
use crate::mail::Carrier;
use crate::tracking::Dressing;

/// A message as it leaves.
#[derive(Debug, Clone)]
pub(super) struct Ready {
    /// What kind of address it goes to.
    pub(super) kind: Kind,
    /// The address.
    pub(super) to: CompactString,
    /// Their name, where it is known.
    pub(super) name: Option<String>,
    pub(super) subject: String,
    /// What it is for, as its person calls it.
    pub(super) purpose: String,
    pub(super) text: String,
    /// What a notification, or a message on the site, has beside its text.
    pub(super) notice: Option<Notice>,
    /// Empty where it is text alone.
    pub(super) html: String,
    /// The template of WhatsApp that says the same.
    pub(super) template: Option<Template>,
    /// As what WhatsApp takes that.
    pub(super) category: Option<Category>,
    /// What it is charged with once it has left.
    pub(super) charge: Option<Charge>,
    /// The address that a mailbox program posts to for its own button.
    pub(super) unsubscribe: Option<String>,
    /// What only whoever gets it may see: a link that proves who they are.
    pub(super) secret: Option<String>,
    /// What is led over in a mail as it leaves; what is kept of it stays as it was written.
    pub(super) dressing: Option<Dressing>,
    /// The place that it takes of a day of warming up.
    pub(super) place: Option<Key>,
}

impl Ready {
    /// Nothing yet, to somebody.
    fn to(address: &IdentifierView, name: Option<String>) -> Self {
        Self {
            kind: address.kind,
            to: address.value.clone(),
            name,
            subject: String::new(),
            purpose: String::new(),
            text: String::new(),
            notice: None,
            html: String::new(),
            template: None,
            category: None,
            charge: None,
            unsubscribe: None,
            secret: None,
            dressing: None,
            place: None,
        }
    }

    /// What a piece gives.
    fn say(&mut self, rendering: Rendering) {
        self.subject = rendering.subject;
        self.text = match rendering.medium {
            Medium::Telegram => with_link(rendering.text, &rendering.label, &rendering.link),
            _ => rendering.text,
        };
        self.html = rendering.html.unwrap_or_default();
        self.category = rendering.category;
        let name = Some(rendering.template).filter(|name| !name.is_empty());
        self.template = name.map(|name| Template {
            name,
            language: rendering.language.tag().to_owned(),
            values: rendering.template_values,
        });
    }

    /// What it has beside its text, if it is a notification or is shown on the site.
    fn notify(&mut self, row: &MessageRow, language: Language, why: String) {
        let has_more = matches!(row.medium, Medium::Push | Medium::InApp);
        self.notice = has_more.then(|| Notice {
            title: self.subject.clone(),
            link: String::new(),
            label: String::new(),
            image: String::new(),
            layout: None,
            why,
            way_out: self.unsubscribe.clone(),
            language,
            class: row.class,
            expires_at: row.expires_at,
        });
    }

    /// The same of a piece.
    fn notify_by(&mut self, row: &MessageRow, rendering: &Rendering) {
        self.notify(row, rendering.language, rendering.why.clone());
        if let Some(notice) = &mut self.notice {
            notice.title.clone_from(&rendering.subject);
            notice.link.clone_from(&rendering.link);
            notice.label.clone_from(&rendering.label);
            notice.image.clone_from(&rendering.image);
            notice.layout = rendering.layout;
        }
    }

    pub(super) fn copy(&self) -> CopyRow {
        let kept = |text: &str| match &self.secret {
            Some(secret) => text.replace(secret.as_str(), "[…]"),
            None => text.to_owned(),
        };
        let link = self.notice.as_ref().map_or("", |notice| &notice.link);
        CopyRow {
            subject: self.subject.clone(),
            body: with_link(kept(&self.text), "", link),
            html: kept(&self.html),
        }
    }
}

/// How handing over ended. Each with what whoever carries it said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Handed {
    /// They have it.
    Taken {
        /// What they said.
        said: String,
        /// Under which id it can be told how far it came; empty for mail.
        carrier_id: String,
        /// Nobody is connected who carries it: it stays here, and is not paid.
        is_kept: bool,
    },
    /// They do not want it now.
    PutOff(String),
    /// They do not want it.
    Refused(String),
    /// They may have it or not.
    Unknown(String),
    /// It is not its turn: they were not asked.
    NotYet {
        /// When it is, from now.
        wait_us: i64,
    },
}

/// What an answer says about the pace of a lane.
pub(super) type Learnt = (Lane, Sign);

/// What a message came to.
#[derive(Debug)]
pub(super) enum Made {
    /// It can leave.
    Ready(Box<Ready>),
    /// There is nowhere for it to go.
    Nowhere,
    /// What it is to say cannot be said to this person.
    Unsayable(Unsaid),
}

/// Why a message cannot be said.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Unsaid {
    /// There is nowhere for it to go.
    #[error("there is nowhere for it to go")]
    Nowhere,
    /// What its piece needs is not known, or cannot be written.
    #[error("{0}")]
    Fault(Fault),
    /// Something else.
    #[error("{0}")]
    Other(String),
}

/// A text with why it came, and the way out, under it.
fn signed(text: &str, row: &MessageRow, language: Language, footer: &Footer<'_>) -> String {
    let why = footer::why(&row.origin, row.class, language, footer);
    let mut text = format!("{text}\n\n-- \n{why}");
    if let Some(way_out) = footer::way_out(row.class, language, footer) {
        text.push('\n');
        text.push_str(&way_out);
    }
    text
}

/// A text with what it leads to under it.
fn with_link(text: String, label: &str, link: &str) -> String {
    match (label, link) {
        (_, "") => text,
        ("", link) => format!("{text}\n{link}"),
        (label, link) => format!("{text}\n{label}: {link}"),
    }
}

/// What asks for a confirmation.
fn confirming(language: Language, company: &str, purpose: &str, url: &str) -> (String, String) {
    match language {
        Language::Italian => (
            format!("Confermi «{purpose}»?"),
            format!(
                "Ciao,\n\nci risulta che vuoi ricevere «{purpose}» da {company}. Per confermare, \
                 apri questa pagina e premi il pulsante:\n\n{url}\n\nIl link vale sette giorni."
            ),
        ),
        Language::English => (
            format!("Do you confirm “{purpose}”?"),
            format!(
                "Hello,\n\nwe understand that you want “{purpose}” from {company}. To confirm, \
                 open this page and press the button:\n\n{url}\n\nThe link is good for seven days."
            ),
        ),
    }
}

/// What a purpose is called.
pub(crate) fn purpose_name(purposes: &Purposes, word: &str, language: Language) -> String {
    let name = purposes.get(word).map(|purpose| match language {
        Language::Italian => purpose.name_it.to_string(),
        Language::English => purpose.name_en.to_string(),
    });
    name.unwrap_or_else(|| word.to_owned())
}

impl App {
    /// The message as it is to leave.
    pub(super) async fn make_ready(
        &self,
        row: &MessageRow,
        weighed: &Weighed,
        standing: &Standing,
    ) -> Result<Made> {
        let (Some(customer), Some(node)) = (&weighed.customer, weighed.address()) else {
            return Ok(Made::Nowhere);
        };
        let known = customer.identifiers.iter().find(|it| it.node == node);
        let Some(address) = known else {
            return Ok(Made::Nowhere);
        };
        let language = self.language_of(customer);
        let purpose = purpose_name(&standing.purposes, &row.purpose, language);
        let preferences = standing.url(self, &Link::Preferences { node });
        let out = Link::Unsubscribe {
            node,
            purpose: Some(row.purpose.clone()),
        };
        let unsubscribe = standing.url(self, &out);
        let company = self.company();
        let footer = Footer {
            company: match (company.company.name.as_str(), language) {
                ("", Language::Italian) => "questa azienda",
                ("", Language::English) => "this company",
                (name, _) => name,
            },
            purpose: &purpose,
            preferences: &preferences,
            unsubscribe: &unsubscribe,
            can_be_answered: !row.medium.waits_for_visit(),
        };
        let way_out = (row.class == Class::Marketing).then(|| unsubscribe.clone());
        let mut ready = Ready::to(address, summary(&customer.profile).display_name);
        ready.purpose.clone_from(&purpose);
        ready.unsubscribe = way_out;
        match &row.saying {
            Saying::Words(words) if row.medium == Medium::Email => {
                ready.subject.clone_from(&words.subject);
                ready.text = signed(&words.text, row, language, &footer);
            }
            Saying::Words(words) => {
                ready.text.clone_from(&words.text);
                let why = footer::why(&row.origin, row.class, language, &footer);
                ready.notify(row, language, why);
                let around = (language, &footer);
                return self.fitted(row, Box::new(ready), around).await;
            }
            Saying::Confirmation {
                confirmation,
                purpose,
            } => {
                let url = standing.url(self, &Link::Confirm { id: *confirmation });
                let purpose = purpose_name(&standing.purposes, purpose, language);
                let (subject, text) = confirming(language, footer.company, &purpose, &url);
                ready.subject = subject;
                ready.text = signed(&text, row, language, &footer);
                ready.secret = Some(url);
            }
            Saying::Piece { piece, reason } => {
                let said = (*piece, reason.as_ref());
                return self
                    .with_piece((row, customer), said, (weighed, standing), (ready, &footer))
                    .await;
            }
        }
        Ok(Made::Ready(Box::new(ready)))
    }

    /// The message that a piece makes of its person.
    async fn with_piece(
        &self,
        (row, customer): (&MessageRow, &CustomerView),
        (piece, reason): (PieceId, Option<&Reason>),
        (weighed, standing): (&Weighed, &Standing),
        (mut ready, footer): (Ready, &Footer<'_>),
    ) -> Result<Made> {
        let script = match standing.script(self, piece).await {
            Ok(script) => script,
            Err(Error::Missing(what)) => {
                return Ok(Made::Unsayable(Unsaid::Other(format!("no such {what}"))));
            }
            Err(other) => return Err(other),
        };
        let (reason, event) = match reason {
            Some(reason) => (reason.clone(), BTreeMap::new()),
            None => {
                let way = (weighed.run.as_ref(), footer.purpose);
                self.beginning_of(way, customer).await?
            }
        };
        let ways = (footer.preferences, footer.unsubscribe);
        let wanted = Wanted {
            customer: customer.id,
            medium: row.medium,
            tone: None,
            language: None,
            variant: None,
            event,
            reason,
            links: standing.links(self, customer.id.into(), ways),
            times: weighed.times,
        };
        match self.render_for(&script, customer, &wanted).await? {
            Ok(rendering) => {
                ready.notify_by(row, &rendering);
                ready.say(rendering);
            }
            Err(fault) => return Ok(Made::Unsayable(Unsaid::Fault(fault))),
        }
        let mut ready = Box::new(ready);
        if row.medium == Medium::Email {
            let mail = (row, customer, &*script, ready.html.as_str());
            let (tracking, purposes) = (&standing.tracking, &standing.purposes);
            ready.dressing = self.dressing(mail, tracking, purposes).await?;
            return Ok(Made::Ready(ready));
        }
        let language = self.language_of(customer);
        self.fitted(row, ready, (language, footer)).await
    }

    /// Hands a message to whoever carries it.
    pub(super) async fn hand_message(
        &self,
        row: &MessageRow,
        ready: &Ready,
        carrier: &Carrier,
    ) -> Result<(Handed, Option<Learnt>)> {
        match row.medium {
            Medium::Email => self.hand_letter(row, ready, carrier).await,
            Medium::Sms | Medium::Whatsapp | Medium::Telegram | Medium::Push => {
                self.hand_text(row, ready).await
            }
            Medium::InApp | Medium::Call | Medium::Counter => {
                let medium = row.medium.word();
                Ok((Handed::Refused(format!("nothing carries {medium}")), None))
            }
        }
    }
}
