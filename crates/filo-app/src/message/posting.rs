//! Handing over what is a letter: to the post, when it is its provider's turn.

use filo_core::mail::{MailAddress, Mailbox};
use filo_core::message::lane::Lane;
use filo_core::message::origin::Origin;
use filo_store::message::MessageRow;

use super::handing::{Handed, Learnt, Ready};
use super::pacing::Sign;
use crate::app::App;
use crate::error::Result;
use crate::mail::{self, Carrier, Handing, Letter, RefusedWhy, Unsubscribe};

impl App {
    /// Hands a letter to the post.
    pub(super) async fn hand_letter(
        &self,
        row: &MessageRow,
        ready: &Ready,
        carrier: &Carrier,
    ) -> Result<(Handed, Option<Learnt>)> {
        let Ok(to) = MailAddress::parse(&ready.to) else {
            let said = format!("{}: no address", ready.kind.word());
            return Ok((Handed::Refused(said), None));
        };
        // Nobody keeps a pace with a folder.
        let provider = match carrier.handing {
            Handing::Folder => None,
            Handing::Server => Some(self.mail_provider(&to).await),
        };
        if let Some(provider) = provider
            && let Some(wait_us) = self
                .turn(Lane::Mail(provider), carrier.per_minute(provider))
                .await?
        {
            return Ok((Handed::NotYet { wait_us }, None));
        }
        let mut letter = ready.letter(row, carrier, to);
        if let (Some(html), Some(dressing)) = (&mut letter.html, &ready.dressing) {
            *html = self.dressed(html, dressing);
        }
        let ended = carrier.hand_over(&letter, self.now()).await;
        let learnt = provider.and_then(|it| Some((Lane::Mail(it), sign(&ended)?)));
        let is_kept = carrier.handing == Handing::Folder;
        Ok((Handed::by_mail(ended, is_kept), learnt))
    }
}

/// What an answer says about the pace of its provider.
const fn sign(ended: &mail::Handed) -> Option<Sign> {
    match ended {
        mail::Handed::Accepted { .. } => Some(Sign::Well),
        mail::Handed::Refused {
            why: RefusedWhy::RateLimited,
            ..
        } => Some(Sign::TooMuch { wait_s: None }),
        // Without a code nobody was asked: it lies with the way there.
        mail::Handed::Refused {
            why: RefusedWhy::Transient,
            code: Some(_),
            ..
        } => Some(Sign::Later),
        mail::Handed::Refused { .. } | mail::Handed::Unknown { .. } => None,
    }
}

impl Ready {
    /// The same as a letter.
    fn letter(&self, row: &MessageRow, carrier: &Carrier, to: MailAddress) -> Letter {
        Letter {
            id: row.id,
            from: carrier.from.clone(),
            to: Mailbox {
                name: self.name.clone().unwrap_or_default(),
                address: to,
            },
            reply_to: carrier.reply_to.clone(),
            subject: self.subject.clone(),
            text: self.text.clone(),
            html: Some(self.html.clone()).filter(|html| !html.is_empty()),
            class: row.class,
            unsubscribe: self.unsubscribe.clone().map(|url| Unsubscribe {
                list: row.purpose.clone(),
                list_name: self.purpose.clone(),
                url,
                mailto: None,
            }),
            feedback_id: None,
            by_hand: matches!(row.origin, Origin::Hand { .. }),
            headers: Vec::new(),
        }
    }
}

impl Handed {
    fn by_mail(ended: mail::Handed, is_kept: bool) -> Self {
        match ended {
            mail::Handed::Accepted { code, text } => Self::Taken {
                said: format!("{code} {text}"),
                carrier_id: String::new(),
                is_kept,
            },
            mail::Handed::Unknown { text } => Self::Unknown(text),
            mail::Handed::Refused {
                why, code, text, ..
            } => {
                let code = code.map(|code| format!("{code} ")).unwrap_or_default();
                let said = format!("{code}{text}");
                match why {
                    RefusedWhy::Permanent => Self::Refused(said),
                    // What is in the way lies with us: it goes once that is mended.
                    RefusedWhy::Transient | RefusedWhy::RateLimited | RefusedWhy::Policy => {
                        Self::PutOff(said)
                    }
                }
            }
        }
    }
}
