//! Handing over what is no letter: a text, over the account of its medium; and the way out under
//! it, in few letters.

use filo_connect::channel::{self, Why};
use filo_core::channel::Carrier;
use filo_core::company::Language;
use filo_core::message::lane::Lane;
use filo_core::message::{Class, Medium};
use filo_store::message::MessageRow;

use super::footer::Footer;
use super::handing::{Handed, Learnt, Made, Ready, Unsaid};
use super::pacing::Sign;
use crate::app::App;
use crate::channel::Text;
use crate::error::Result;

/// After "too much" without a time, and after a host that is left alone.
const AFTER_TOO_FAST_US: i64 = 60_000_000;
/// WhatsApp takes words of one's own for a day after what somebody wrote.
const WINDOW_SECONDS: i64 = 86_400;
/// Events of somebody among which what they wrote is looked for.
const LOOKED_AT_MOST: usize = 500;
const NO_TEMPLATE: &str = "they have not written within a day: WhatsApp takes only a piece with \
     a template";
/// By what the way out is known in a text.
const STOP: &str = "STOP";

impl App {
    /// Hands a text over; where no account is connected it stays here.
    pub(super) async fn hand_text(
        &self,
        row: &MessageRow,
        ready: &Ready,
    ) -> Result<(Handed, Option<Learnt>)> {
        let Some(account) = self.channel_account(row.medium).await? else {
            let kept = Handed::Taken {
                said: format!(
                    "kept here: no account is connected for {}",
                    row.medium.word()
                ),
                carrier_id: String::new(),
                is_kept: true,
            };
            return Ok((kept, None));
        };
        let lane = Lane::Account(row.medium);
        if let Some(wait_us) = self.turn(lane, account.pace()).await? {
            return Ok((Handed::NotYet { wait_us }, None));
        }
        let text = Text {
            message: Some(row.id),
            to: &ready.to,
            text: &ready.text,
            template: ready.template.as_ref(),
            notice: ready.notice.as_ref(),
        };
        let ended = self.hand_over_text(row.medium, &account, &text).await?;
        let learnt = sign(&ended).map(|sign| (lane, sign));
        let handed = match ended {
            channel::Handed::Accepted { id, text } => Handed::Taken {
                said: text,
                carrier_id: id,
                is_kept: false,
            },
            channel::Handed::Unknown { text } => Handed::Unknown(text),
            channel::Handed::NotNow { until } => Handed::NotYet {
                wait_us: until.micros_since(self.now()).max(1),
            },
            channel::Handed::Refused { why, text } => match why {
                Why::TooFast { wait_s } => Handed::NotYet {
                    wait_us: wait_s.map_or(AFTER_TOO_FAST_US, |wait_s| wait_s.max(1) * 1_000_000),
                },
                // What is in the way lies with us: it goes once that is mended.
                Why::Account | Why::Transient => Handed::PutOff(text),
                Why::Address | Why::SaidNo | Why::Message => {
                    let node = self.key().node_id(ready.kind, &ready.to);
                    let note = row.id.to_string();
                    self.follow_refusal(row.medium, node, why, &note).await?;
                    let is_gone = row.medium == Medium::Push && why == Why::Address;
                    match is_gone && self.has_browser(row.customer).await? {
                        // They have another one, and nobody got it.
                        true => Handed::PutOff(text),
                        false => Handed::Refused(text),
                    }
                }
            },
        };
        Ok((handed, learnt))
    }

    /// Whether somebody wrote by this way within the last day.
    async fn has_written(&self, row: &MessageRow) -> Result<bool> {
        let since = self.now().plus_seconds(-WINDOW_SECONDS);
        let Some(customer) = self.customer(row.customer).await? else {
            return Ok(false);
        };
        let events = self.timeline(customer.id, None, LOOKED_AT_MOST).await?;
        let channel = row.medium.channel();
        Ok(events.iter().any(|event| {
            event.at > since
                && event.name == "Message Received"
                && event.channel == channel
                && event.properties.contains("\"whatsapp\"")
        }))
    }

    /// Fits a text to how it leaves: WhatsApp itself takes words of one's own only within a day of
    /// what they wrote last, and templates otherwise; under words that nobody is owed stands the
    /// way out.
    pub(super) async fn fitted(
        &self,
        row: &MessageRow,
        mut ready: Box<Ready>,
        (language, footer): (Language, &Footer<'_>),
    ) -> Result<Made> {
        if matches!(row.medium, Medium::Push | Medium::InApp) {
            // It has its way out beside it, and its browser has another.
            return Ok(Made::Ready(ready));
        }
        let account = self.channel_account(row.medium).await?;
        let carrier = account.as_ref().map(|account| account.carrier);
        if carrier == Some(Carrier::WhatsappCloud) {
            if self.has_written(row).await? {
                ready.template = None;
            } else {
                return Ok(match ready.template {
                    Some(_) => Made::Ready(ready),
                    None => Made::Unsayable(Unsaid::Other(NO_TEMPLATE.to_owned())),
                });
            }
        }
        if row.class == Class::Marketing {
            let can_answer = account.is_none_or(|account| account.can_be_answered());
            let text = std::mem::take(&mut ready.text);
            ready.text = under(text, (language, can_answer), footer.unsubscribe);
        }
        Ok(Made::Ready(ready))
    }

    /// A text as it leaves, as far as it can be known before: with the way out under it, if it
    /// gets one.
    pub(crate) async fn with_way_out(
        &self,
        (medium, class): (Medium, Class),
        text: String,
        language: Language,
    ) -> Result<String> {
        let is_text = matches!(medium, Medium::Sms | Medium::Whatsapp | Medium::Telegram);
        if !is_text || class != Class::Marketing {
            return Ok(text);
        }
        let account = self.channel_account(medium).await?;
        let can_answer = account.is_none_or(|account| account.can_be_answered());
        let link = format!("https://example.com/public/unsubscribe/{:x<90}", "");
        Ok(under(text, (language, can_answer), &link))
    }
}

/// What an answer says about the pace of its account.
const fn sign(ended: &channel::Handed) -> Option<Sign> {
    match ended {
        channel::Handed::Accepted { .. } => Some(Sign::Well),
        channel::Handed::Refused {
            why: Why::TooFast { wait_s },
            ..
        } => Some(Sign::TooMuch { wait_s: *wait_s }),
        channel::Handed::Refused { .. }
        | channel::Handed::Unknown { .. }
        | channel::Handed::NotNow { .. } => None,
    }
}

/// A text with how to get no more under it, where it does not say so itself.
fn under(text: String, (language, can_answer): (Language, bool), unsubscribe: &str) -> String {
    if names_way_out(&text, unsubscribe) {
        return text;
    }
    let way_out = way_out(language, can_answer, unsubscribe);
    format!("{text}\n{way_out}")
}

/// How to get no more, in few letters.
fn way_out(language: Language, can_answer: bool, unsubscribe: &str) -> String {
    match (language, can_answer) {
        (Language::Italian, true) => "Per non riceverne più rispondi STOP".to_owned(),
        (Language::English, true) => "To get no more answer STOP".to_owned(),
        (Language::Italian, false) => format!("Non ne vuoi più? {unsubscribe}"),
        (Language::English, false) => format!("No more? {unsubscribe}"),
    }
}

/// Whether a text says already how to get no more.
fn names_way_out(text: &str, unsubscribe: &str) -> bool {
    let is_letter = |letter: char| letter.is_alphanumeric();
    text.contains(unsubscribe)
        || text
            .split(|letter: char| !is_letter(letter))
            .any(|word| word == STOP)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_out_that_is_there_is_not_said_twice() {
        let link = "https://filo.example/public/unsubscribe/x";
        assert!(names_way_out("Ciao. Rispondi STOP.", link));
        assert!(names_way_out(&format!("Ciao {link}"), link));
        assert!(!names_way_out(
            "NONSTOP: aperto anche la notte, senza stop",
            link
        ));
    }
}
