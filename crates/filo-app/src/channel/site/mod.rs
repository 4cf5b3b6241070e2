//! Messages on the site: whose browser asks, what it is shown, and what its person did.
//!
//! **Invariant (I16):** a public key reads nothing of anybody. A browser is shown what is meant for
//! whoever it belongs to by an id that only it knows; a name that it says counts only with the
//! proof of the site's own server, and makes no message appear without one.
//! **Invariant:** whoever is not known, is somebody else, or has nothing waiting gets the same
//! answer.

mod counting;
mod looking;
mod proving;
mod reporting;

use filo_core::channel::{Layout, Look};
use filo_core::company::Language;
use filo_core::id::CustomerId;
use filo_core::message::Medium;
use serde_json::{Value, json};

use crate::app::App;
use crate::consent::Link;
use crate::error::Result;
use crate::message::Showing;

pub(crate) use counting::Visits;

/// A page that asks what it has to show.
#[derive(Debug, Clone, Copy, Default)]
pub struct Visit<'a> {
    /// The visitor, as their browser alone knows them.
    pub anonymous_id: &'a str,
    /// Who is signed in, as the page says; empty if nobody is.
    pub user_id: &'a str,
    /// The proof of the site's server that they are; empty if there is none.
    pub proof: &'a str,
    /// The token of a test; empty if it is none.
    pub test: &'a str,
}

/// What a page shows, as it is told to it.
#[derive(Debug, Clone, PartialEq)]
pub struct SiteMessage(pub Value);

impl App {
    /// What a page has to show now, if anything.
    ///
    /// # Errors
    /// If the tables cannot be read or written.
    pub async fn message_for(&self, visit: Visit<'_>) -> Result<Option<SiteMessage>> {
        let Some(account) = self.channel_account(Medium::InApp).await? else {
            return Ok(None);
        };
        let look = account.look.unwrap_or_default();
        if !visit.test.is_empty() {
            return self.test_shown(visit.test, &look).await;
        }
        // Who stands at the gate is counted where the log is applied, and nowhere else.
        if !self.is_leader() {
            return Ok(None);
        }
        let Some((view, browser)) = self.whose_browser(visit).await? else {
            return Ok(None);
        };
        let threads = view.threads().into_iter();
        let ids: Vec<CustomerId> = threads.map(CustomerId::from).collect();
        let Some(showing) = self.showing(&ids, browser, look.times).await? else {
            return Ok(None);
        };
        let report = Link::SiteReport {
            message: showing.message,
        };
        let report = self.public_link(&report).await?;
        Ok(Some(told(&showing, &look, &report)))
    }

    /// What a test shows, while its token counts.
    async fn test_shown(&self, token: &str, look: &Look) -> Result<Option<SiteMessage>> {
        let now = self.now();
        Ok(match self.read_link(token).await? {
            Some(Link::SiteTest { until }) if now < until => {
                let language = self.company().company.language;
                Some(SiteMessage(sample(language, None, look)))
            }
            _ => None,
        })
    }
}

/// A message as a page is told it: nothing in it says who they are.
fn told(showing: &Showing, look: &Look, report: &str) -> SiteMessage {
    let notice = &showing.notice;
    let mut told = dressed(
        (notice.title.as_str(), showing.text.as_str()),
        (notice.language, notice.layout),
        look,
    );
    told["id"] = showing.message.to_string().into();
    told["report"] = report.into();
    for (key, text) in [
        ("link", &notice.link),
        ("label", &notice.label),
        ("image", &notice.image),
        ("why", &notice.why),
    ] {
        if !text.is_empty() {
            told[key] = text.as_str().into();
        }
    }
    if let Some(way_out) = &notice.way_out {
        told["out"] = way_out.as_str().into();
    }
    SiteMessage(told)
}

/// What every message has.
fn dressed(
    (title, text): (&str, &str),
    (language, layout): (Language, Option<Layout>),
    look: &Look,
) -> Value {
    let (close, out, open) = match language {
        Language::Italian => ("Chiudi", "Non ne voglio più", "Scopri"),
        Language::English => ("Close", "No more of these", "Find out more"),
    };
    json!({
        "title": title, "text": text, "lang": language.tag(),
        "layout": layout.unwrap_or(look.layout).word(),
        "colour": look.colour, "ink": look.ink(),
        "closeLabel": close, "outLabel": out, "label": open,
    })
}

/// A message that is made up, to see how it looks.
fn sample(language: Language, layout: Option<Layout>, look: &Look) -> Value {
    let (title, text, label, why) = match language {
        Language::Italian => (
            "Prova di Filo",
            "Se la leggi, i messaggi compaiono sul tuo sito. La vede solo questa pagina.",
            "Va bene",
            "È una prova: non è di nessun cliente.",
        ),
        Language::English => (
            "A test from Filo",
            "If you can read this, messages appear on your site. Only this page shows it.",
            "All right",
            "It is a test: it is no customer’s.",
        ),
    };
    let mut told = dressed((title, text), (language, layout), look);
    told["label"] = label.into();
    told["why"] = why.into();
    told
}

#[cfg(test)]
mod tests {
    use filo_core::id::MessageId;
    use filo_core::message::Class;
    use filo_core::time::Timestamp;

    use super::*;
    use crate::channel::Notice;

    fn notice(way_out: Option<&str>) -> Notice {
        Notice {
            title: "Torta".to_owned(),
            link: "https://bar.example/torta".to_owned(),
            label: String::new(),
            image: String::new(),
            layout: Some(Layout::Banner),
            why: "Perché l’hai chiesto.".to_owned(),
            way_out: way_out.map(str::to_owned),
            language: Language::Italian,
            class: Class::Marketing,
            expires_at: Timestamp(0),
        }
    }

    #[test]
    fn a_page_is_told_what_it_shows_and_nothing_of_whoever_it_is_for() {
        let showing = Showing {
            message: MessageId(7),
            text: "Oggi la torta è tua".to_owned(),
            notice: notice(Some("https://filo.example/public/unsubscribe/x")),
        };
        let SiteMessage(told) = told(&showing, &Look::default(), "https://filo.example/r");
        let keys: Vec<&str> = told
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        let mut known = [
            "title",
            "text",
            "lang",
            "layout",
            "colour",
            "ink",
            "closeLabel",
            "outLabel",
            "label",
            "id",
            "report",
            "link",
            "why",
            "out",
        ];
        let mut keys = keys;
        keys.sort_unstable();
        known.sort_unstable();
        assert_eq!(keys, known);
        assert_eq!(told["layout"], "banner");
        assert_eq!(told["label"], "Scopri", "what leads somewhere has a label");
    }
}
