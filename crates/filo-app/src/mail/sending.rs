//! Handing letters over: one way for all of them.

use std::sync::Arc;

use anyhow::Context as _;
use filo_connect::SystemNetwork;
use filo_connect::mail::{
    Account, DkimKey, Envelope, Folder, Handed, Letter, Post, RefusedWhy, Relay,
};
use filo_core::access::Right;
use filo_core::company::Language;
use filo_core::id::MessageId;
use filo_core::mail::{MailAddress, MailSettings, Mailbox, Provider, TokenKey, Way};
use filo_core::message::Class;
use filo_core::time::Timestamp;
use filo_store::user;

use super::account::{DKIM_KEY, PASSWORD, ROW, stored};
use crate::actor::Actor;
use crate::app::App;
use crate::error::{Error, Result};

/// Who writes while nobody has said who: a name that leads nowhere (RFC 2606).
const NOBODY: &str = "filo@example.invalid";

/// Where letters go just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handing {
    /// Into the folder: nobody gets them.
    Folder,
    /// To a server.
    Server,
}

impl Handing {
    const fn of(settings: &MailSettings) -> Self {
        match settings.way {
            Way::Folder => Self::Folder,
            Way::Smtp(_) => Self::Server,
        }
    }
}

/// The account as it stands: what letters are handed over with.
#[derive(Debug, Clone)]
pub struct Carrier {
    post: std::result::Result<Post, String>,
    settings: MailSettings,
    /// Where letters go.
    pub handing: Handing,
    /// Who writes.
    pub from: Mailbox,
    /// Where answers go, if not to who writes.
    pub reply_to: Option<MailAddress>,
}

impl Carrier {
    /// How many messages a minute a provider gets.
    #[must_use]
    pub fn per_minute(&self, provider: Provider) -> u32 {
        self.settings.pace(provider)
    }

    /// Hands a letter over. Who dispatches asks [`App::turn`] first, and tells
    /// [`App::learn_pace`] what was said.
    pub async fn hand_over(&self, letter: &Letter, now: Timestamp) -> Handed {
        match &self.post {
            Ok(post) => post.hand_over(letter, now).await,
            Err(text) => Handed::Refused {
                why: RefusedWhy::Transient,
                code: None,
                enhanced: None,
                text: text.clone(),
            },
        }
    }
}

/// A test letter, and how handing it over ended.
#[derive(Debug, Clone)]
pub struct TestSent {
    /// To whom it went.
    pub to: String,
    /// How it ended.
    pub handed: Handed,
    /// Where letters go.
    pub handing: Handing,
}

impl App {
    /// The account as it stands now.
    ///
    /// # Errors
    /// If the settings cannot be read.
    pub async fn mail_carrier(&self) -> Result<Carrier> {
        let settings = {
            let mut tx = self.shared().db.read().await?;
            stored(&mut tx).await?.settings
        };
        let post = self.post().await.map_err(|error| {
            let error = format!("{error:#}");
            tracing::error!(error, "the post cannot be opened");
            "the settings of mail cannot be read".to_owned()
        });
        let (from, reply_to) = self.sender_of(&settings);
        Ok(Carrier {
            post,
            handing: Handing::of(&settings),
            from,
            reply_to,
            settings,
        })
    }

    /// Hands a letter over, and says where letters go.
    ///
    /// # Errors
    /// If the settings cannot be read.
    pub async fn hand_over_mail(&self, letter: &Letter) -> Result<(Handed, Handing)> {
        let carrier = self.mail_carrier().await?;
        let handed = carrier.hand_over(letter, self.now()).await;
        Ok((handed, carrier.handing))
    }

    /// Where letters go just now.
    ///
    /// # Errors
    /// If the settings cannot be read.
    pub async fn mail_handing(&self) -> Result<Handing> {
        let settings = self.mail_as_it_stands().await?.settings;
        Ok(Handing::of(&settings))
    }

    /// Sends a letter to whoever asks, to see whether it arrives.
    ///
    /// # Errors
    /// If the actor may not, or has no address: a key has none.
    pub async fn test_mail(&self, actor: &Actor) -> Result<TestSent> {
        actor.must(Right::ManageSettings)?;
        let no_address = || {
            Error::Conflict(
                "a test goes to the address of whoever asks for it: log in with an account"
                    .to_owned(),
            )
        };
        let id = actor.user.ok_or_else(no_address)?;
        let row = {
            let mut tx = self.shared().db.read().await?;
            user::get(&mut tx, id).await?.ok_or_else(no_address)?
        };
        let to = MailAddress::parse(&row.email)
            .map_err(|defect| Error::Conflict(format!("{}: {defect}", row.email)))?;
        let language = Language::from_tag(&row.language).unwrap_or_default();
        let (subject, text) = match language {
            Language::Italian => (
                "Prova di Filo",
                "Se leggi queste righe, la posta di Filo parte e arriva.\n\nNon serve rispondere.",
            ),
            Language::English => (
                "A test from Filo",
                "If you can read this, Filo’s mail leaves and arrives.\n\nNo need to answer.",
            ),
        };
        let letter = self
            .letter_of(to, &row.name, subject, text.to_owned())
            .await?;
        let (handed, handing) = self.hand_over_mail(&letter).await?;
        Ok(TestSent {
            to: row.email,
            handed,
            handing,
        })
    }

    /// A letter of Filo itself.
    pub(super) async fn letter_of(
        &self,
        to: MailAddress,
        name: &str,
        subject: &str,
        text: String,
    ) -> Result<Letter> {
        let settings = self.mail_as_it_stands().await?.settings;
        let (from, reply_to) = self.sender_of(&settings);
        Ok(Letter {
            id: MessageId(self.spare_id()),
            from,
            to: Mailbox {
                name: name.to_owned(),
                address: to,
            },
            reply_to,
            subject: subject.to_owned(),
            text,
            html: None,
            class: Class::Transactional,
            unsubscribe: None,
            feedback_id: None,
            by_hand: false,
            headers: Vec::new(),
        })
    }

    fn sender_of(&self, settings: &MailSettings) -> (Mailbox, Option<MailAddress>) {
        let nobody = || MailAddress::parse(NOBODY);
        let address = MailAddress::parse(&settings.from_address).or_else(|_none| nobody());
        let name = match settings.from_name.as_str() {
            "" => self.company().company.name.to_string(),
            name => name.to_owned(),
        };
        let address = address.expect("the address of nobody is one");
        let reply_to = MailAddress::parse(&settings.reply_to).ok();
        (Mailbox { name, address }, reply_to)
    }

    /// The post of the settings as they stand; connections live as long as the settings do.
    async fn post(&self) -> anyhow::Result<Post> {
        let mut tx = self.shared().db.read().await?;
        let view = stored(&mut tx).await?;
        if let Some((version, post)) = &*self.mailing().post.lock()
            && *version == view.version
        {
            return Ok(post.clone());
        }
        let settings = view.settings;
        let dkim = match settings
            .dkim
            .as_ref()
            .filter(|it| !it.public_key.is_empty())
        {
            Some(dkim) => {
                let private = self.vault().reveal(&mut tx, DKIM_KEY, ROW).await?;
                let private = private.context("the key of signatures is not in the vault")?;
                Some(DkimKey::read(&dkim.selector, &dkim.domain, &private)?)
            }
            None => None,
        };
        let password = self.vault().reveal(&mut tx, PASSWORD, ROW).await?;
        drop(tx);
        let envelope = Envelope {
            tokens: TokenKey::of(&self.key()),
            bounce_domain: (!settings.bounce_domain.is_empty())
                .then(|| settings.bounce_domain.clone()),
            dkim,
        };
        let hello = settings.from_domain();
        let post = match settings.way {
            Way::Folder => Post::into_folder(self.mail_folder(), envelope),
            Way::Smtp(server) => {
                let account = password.filter(|_| !server.user.is_empty());
                let account = account.map(|password| Account {
                    user: server.user.clone(),
                    password: String::from_utf8_lossy(&password).into_owned(),
                });
                let relay = Relay {
                    hello: hello.unwrap_or_else(|| "localhost".to_owned()),
                    account,
                    server,
                };
                let roots = &self.config().outbound.roots_pem;
                Post::to_relay(relay, envelope, roots, Arc::new(SystemNetwork))?
            }
        };
        *self.mailing().post.lock() = Some((view.version, post.clone()));
        Ok(post)
    }

    pub(super) fn mail_folder(&self) -> Folder {
        Folder::new(self.config().mails.clone())
    }
}
