//! Narrowing the thread: by channel, by kind, by words.
//!
//! **Invariant:** a bounded number of events is looked through at a time; the page says how many.

use filo_core::event::{Channel, Event, EventKind};
use filo_core::id::CustomerId;
use maud::{Markup, html};
use serde::Deserialize;

use super::told::{channel_word, event_title};
use crate::console::session::encode;
use crate::i18n::Words;
use crate::ui::icon::Icon;

/// What an event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum About {
    Orders,
    Visits,
    Notes,
    Consents,
    Decisions,
}

impl About {
    const ALL: [Self; 5] = [
        Self::Orders,
        Self::Visits,
        Self::Notes,
        Self::Consents,
        Self::Decisions,
    ];

    const fn word(self) -> &'static str {
        match self {
            Self::Orders => "orders",
            Self::Visits => "visits",
            Self::Notes => "notes",
            Self::Consents => "consents",
            Self::Decisions => "decisions",
        }
    }

    fn holds(self, event: &Event) -> bool {
        let name = event.name.as_str();
        match self {
            Self::Orders => event.kind == EventKind::Track && name.starts_with("Order "),
            Self::Visits => {
                matches!(event.kind, EventKind::Page | EventKind::Screen)
                    || name == "Store Visit Recorded"
            }
            Self::Notes => event.kind == EventKind::Track && name.starts_with("Note "),
            Self::Consents => {
                event.kind == EventKind::Track
                    && (name.contains("Consent") || name == "Unsubscribed")
            }
            Self::Decisions => event.kind == EventKind::Decision,
        }
    }
}

/// What an address asks of the thread.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct ThreadFilter {
    about: String,
    channel: String,
    #[serde(rename = "q")]
    text: String,
}

impl ThreadFilter {
    pub(super) fn is_empty(&self) -> bool {
        self.about().is_none() && self.channel().is_none() && self.text.trim().is_empty()
    }

    fn about(&self) -> Option<About> {
        About::ALL
            .into_iter()
            .find(|about| about.word() == self.about)
    }

    fn channel(&self) -> Option<Channel> {
        Channel::from_word(&self.channel)
    }

    /// Whether the thread shows an event.
    pub(super) fn holds(&self, words: Words, event: &Event) -> bool {
        let wanted = self.text.trim().to_lowercase();
        let says = |text: &str| text.to_lowercase().contains(&wanted);
        self.about().is_none_or(|about| about.holds(event))
            && self
                .channel()
                .is_none_or(|channel| event.channel == channel)
            && (wanted.is_empty()
                || says(&event.name)
                || says(&event_title(words, &event.name))
                || says(&event.properties))
    }

    /// The address of the thread so narrowed, from a cursor on.
    pub(super) fn address(&self, customer: CustomerId, before: Option<&str>) -> String {
        let mut parts = Vec::new();
        for (name, value) in [
            ("about", &self.about),
            ("channel", &self.channel),
            ("q", &self.text),
        ] {
            if !value.is_empty() {
                parts.push(format!("{name}={}", encode(value)));
            }
        }
        parts.extend(before.map(|before| format!("before={before}")));
        format!("/people/{customer}?{}#thread-title", parts.join("&"))
    }

    /// Chips for kinds, a choice of the channels that there are, and words.
    pub(super) fn controls(
        &self,
        words: Words,
        customer: CustomerId,
        channels: &[Channel],
    ) -> Markup {
        let kind = |word: &str| {
            let mut there = self.clone();
            word.clone_into(&mut there.about);
            there.address(customer, None)
        };
        let label = words.say("thread-search");
        html! {
            div.thread-tools {
                div.filters role="group" aria-label=(words.say("thread-filter")) {
                    a.chip href=(kind("")) aria-current=[self.about().is_none().then_some("true")] { (words.say("thread-all")) }
                    @for about in About::ALL {
                        a.chip href=(kind(about.word())) aria-current=[(self.about() == Some(about)).then_some("true")] {
                            (words.say(&format!("thread-about-{}", about.word())))
                        }
                    }
                }
                form.thread-search action={ "/people/" (customer) "#thread-title" } data-auto {
                    @if !self.about.is_empty() { input type="hidden" name="about" value=(self.about); }
                    @if channels.len() > 1 {
                        select name="channel" aria-label=(words.say("filter-channel")) {
                            option value="" { (words.say("thread-every-channel")) }
                            @for channel in channels {
                                option value=(channel.word()) selected[self.channel() == Some(*channel)] { (channel_word(words, *channel)) }
                            }
                        }
                    }
                    input type="search" name="q" value=(self.text) aria-label=(label) placeholder=(label) maxlength="100";
                    button.quiet type="submit" aria-label=(words.say("people-search-do")) { (Icon::Search.draw()) }
                }
            }
        }
    }
}
