//! Letters to colleagues: invitations and links for a new password.
//!
//! **Invariant:** the link is shown to whoever made it in any case; whether it could also be
//! sent is told beside it, and changes nothing.

use filo_connect::mail::Handed;
use filo_core::company::Language;
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

impl App {
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
