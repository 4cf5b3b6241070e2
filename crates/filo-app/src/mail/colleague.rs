//! Letters to colleagues: invitations, links for a new password, and what they asked to get.
//!
//! **Invariant:** the link is shown to whoever made it in any case; whether it could also be
//! sent is told beside it, and changes nothing.

use filo_connect::mail::{Handed, RefusedWhy, Unsubscribe};
use filo_core::company::Language;
use filo_core::id::MessageId;
use filo_core::mail::MailAddress;

use super::sending::Handing;
use crate::app::App;

/// What became of a letter to a colleague.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// The server has it.
    Sent,
    /// It lies in the folder, where nobody gets it.
    Kept,
    /// It could not be sent, for this reason.
    Failed(String),
}

impl Told {
    /// The word in the API and in the catalogues.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Kept => "kept",
            Self::Failed(_) => "failed",
        }
    }
}

/// Something that a colleague asked to get.
pub(crate) struct Note<'a> {
    /// The same each time that it is tried.
    pub(crate) id: MessageId,
    /// Their name and address.
    pub(crate) to: (&'a str, &'a str),
    /// What it is about.
    pub(crate) subject: &'a str,
    /// What it says.
    pub(crate) text: String,
    /// The same, drawn.
    pub(crate) html: String,
    /// The id of what they asked for, and the address that ends it.
    pub(crate) list: (&'a str, &'a str),
}

/// What became of it.
pub(crate) enum Noted {
    /// It came to its end.
    Ended(Told),
    /// The server put it off.
    Later,
}

/// How addresses begin that mail programs may post to; on one's own machine nobody reads along.
const POSTED_TO: [&str; 3] = ["https://", "http://127.0.0.1", "http://localhost"];

impl App {
    /// Sends what a colleague asked to get.
    pub(crate) async fn send_note(&self, note: Note<'_>) -> Noted {
        let failed = |why: String| Noted::Ended(Told::Failed(why));
        let (name, address) = note.to;
        let address = match MailAddress::parse(address) {
            Ok(address) => address,
            Err(defect) => return failed(defect.to_string()),
        };
        let letter = self.letter_of(address, name, note.subject, note.text);
        let mut letter = match letter.await {
            Ok(letter) => letter,
            Err(error) => {
                let error = format!("{error:#}");
                tracing::error!(error, "a letter to a colleague could not be written");
                return Noted::Later;
            }
        };
        letter.id = note.id;
        letter.html = Some(note.html);
        let (list, end) = note.list;
        letter.unsubscribe = POSTED_TO
            .iter()
            .any(|start| end.starts_with(start))
            .then(|| Unsubscribe {
                list: list.to_owned(),
                list_name: note.subject.to_owned(),
                url: end.to_owned(),
                mailto: None,
            });
        match self.hand_over_mail(&letter).await {
            Ok((Handed::Accepted { .. }, Handing::Folder)) => Noted::Ended(Told::Kept),
            Ok((Handed::Accepted { .. }, Handing::Server)) => Noted::Ended(Told::Sent),
            Ok((
                Handed::Refused {
                    why: RefusedWhy::Transient | RefusedWhy::RateLimited,
                    ..
                },
                _,
            )) => Noted::Later,
            Ok((Handed::Refused { text, .. } | Handed::Unknown { text }, _)) => failed(text),
            Err(error) => {
                let error = format!("{error:#}");
                tracing::error!(error, "a letter to a colleague could not be handed over");
                Noted::Later
            }
        }
    }

    /// Writes to somebody who is invited.
    pub(crate) async fn mail_invitation(&self, to: &str, by: &str, link: &str) -> Told {
        let company = self.company();
        let name = match company.company.name.as_str() {
            "" => "Filo",
            name => name,
        };
        let (subject, text) = match company.company.language {
            Language::Italian => (
                format!("{name}: il tuo accesso a Filo"),
                format!(
                    "Ciao,\n\n{by} ti invita a lavorare su Filo per {name}.\n\nPer scegliere la \
                     tua password apri questo indirizzo entro 48 ore; funziona una volta \
                     sola:\n\n{link}\n\nSe non te lo aspettavi, lascia perdere: senza di te non \
                     succede nulla."
                ),
            ),
            Language::English => (
                format!("{name}: your access to Filo"),
                format!(
                    "Hello,\n\n{by} invites you to work in Filo for {name}.\n\nTo choose your \
                     password open this address within 48 hours; it works once:\n\n{link}\n\nIf \
                     you did not expect this, ignore it: nothing happens without you."
                ),
            ),
        };
        self.write_to_colleague(to, &subject, text).await
    }

    /// Writes to somebody who gets a link for a new password.
    pub(crate) async fn mail_password_link(
        &self,
        to: &str,
        language: Language,
        link: &str,
    ) -> Told {
        let (subject, text) = match language {
            Language::Italian => (
                "Filo: scegli una nuova password",
                format!(
                    "Ciao,\n\nper scegliere una nuova password apri questo indirizzo entro \
                     un’ora; funziona una volta sola:\n\n{link}\n\nSe non l’hai chiesto, dillo \
                     a chi amministra Filo da voi."
                ),
            ),
            Language::English => (
                "Filo: choose a new password",
                format!(
                    "Hello,\n\nto choose a new password open this address within an hour; it \
                     works once:\n\n{link}\n\nIf you did not ask for it, tell whoever looks \
                     after Filo in your company."
                ),
            ),
        };
        self.write_to_colleague(to, subject, text).await
    }

    async fn write_to_colleague(&self, to: &str, subject: &str, text: String) -> Told {
        let address = match MailAddress::parse(to) {
            Ok(address) => address,
            Err(defect) => return Told::Failed(defect.to_string()),
        };
        let handed = match self.letter_of(address, "", subject, text).await {
            Ok(letter) => self.hand_over_mail(&letter).await,
            Err(error) => Err(error),
        };
        match handed {
            Ok((Handed::Accepted { .. }, Handing::Folder)) => Told::Kept,
            Ok((Handed::Accepted { .. }, Handing::Server)) => Told::Sent,
            Ok((Handed::Refused { text, .. } | Handed::Unknown { text }, _)) => Told::Failed(text),
            Err(error) => {
                let error = format!("{error:#}");
                tracing::error!(error, "a letter to a colleague could not be written");
                Told::Failed("the settings of mail cannot be read".to_owned())
            }
        }
    }
}
