//! Rendering: what a piece gives for somebody, ready to be handed over.
//!
//! **Invariant:** nothing is fetched while a mail is drawn, and its markup has its styles inline;
//! what stands in its head is only what a dark screen asks for and what mail programs need.

use std::collections::HashMap;

use filo_core::channel::Layout;
use filo_core::company::Language;
use filo_core::content::{
    Asking, Category, Fault, Field, Piece, Tone, Variant, What, compose, mjml, plain,
};
use filo_core::id::PromotionId;
use filo_core::message::Medium;
use mrml::prelude::render::RenderOptions;

/// What somebody is told, ready to be handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendering {
    /// By what.
    pub medium: Medium,
    /// In which language it came to be; another one than asked for if only that was written.
    pub language: Language,
    /// In which tone, likewise.
    pub tone: Tone,
    /// Which version.
    pub variant: Variant,
    /// The subject of a mail, the title of a notification.
    pub subject: String,
    /// What a list of mails shows beside the subject.
    pub preheader: String,
    /// The mail with its markup; of a mail only.
    pub html: Option<String>,
    /// The text; of a mail the whole plain part.
    pub text: String,
    /// Where a touch leads.
    pub link: String,
    /// What stands on the button.
    pub label: String,
    /// The address of a picture beside the text.
    pub image: String,
    /// Where it stands on the page; as the site has it, where nothing is said.
    pub layout: Option<Layout>,
    /// The template at WhatsApp.
    pub template: String,
    /// What stands in its places, in their order.
    pub template_values: Vec<String>,
    /// As what WhatsApp takes it.
    pub category: Option<Category>,
    /// Why it came.
    pub why: String,
    /// The offer that it speaks of.
    pub promotion: Option<PromotionId>,
}

impl Rendering {
    /// Bytes of the larger of both forms.
    #[must_use]
    pub fn size_bytes(&self) -> usize {
        self.html
            .as_ref()
            .map_or(0, String::len)
            .max(self.text.len())
    }
}

/// Makes what somebody is told.
///
/// # Errors
/// The first thing that keeps it from being said, with its place.
pub fn render(piece: &Piece, asking: &Asking<'_>) -> Result<Rendering, Fault> {
    let composed = compose(piece, asking)?;
    let (html, text) = match &composed.letter {
        Some(letter) => (Some(html_of(&mjml(letter))?), plain(letter)),
        None => (None, composed.text),
    };
    Ok(Rendering {
        medium: composed.medium,
        language: composed.language,
        tone: composed.tone,
        variant: composed.variant,
        subject: composed.subject,
        preheader: composed.preheader,
        html,
        text,
        link: composed.link,
        label: composed.label,
        image: composed.image,
        layout: composed.layout,
        template: composed.template,
        template_values: composed.template_values,
        category: composed.category,
        why: composed.why,
        promotion: composed.promotion,
    })
}

fn html_of(mjml: &str) -> Result<String, Fault> {
    let unreadable = |why: String| Fault {
        field: Field::Text,
        line: 1,
        column: 1,
        what: What::Syntax(why),
    };
    let parsed = mrml::parse(mjml).map_err(|error| unreadable(error.to_string()))?;
    let options = RenderOptions {
        disable_comments: false,
        social_icon_origin: None,
        fonts: HashMap::new(),
    };
    let html = parsed.element.render(&options);
    html.map_err(|error| unreadable(error.to_string()))
}

#[cfg(test)]
mod tests {
    use filo_core::content::{Facts, Links, Reason, STARTERS, Seed};

    use super::*;

    fn links() -> Links {
        let names = [
            "unsubscribe",
            "preferences",
            "confirm",
            "shop",
            "cart",
            "reorder",
            "reply",
        ];
        let link = |name: &str| {
            (
                name.to_owned(),
                format!("https://filo.example/{name}?a=1&b=2"),
            )
        };
        names.into_iter().map(link).collect()
    }

    /// What a starter gives, and that it is a whole mail that fetches nothing.
    #[test]
    fn every_starter_is_drawn() {
        let day = jiff::civil::date(2026, 10, 3);
        let (reason, links) = (Reason::Birthday, links());
        for starter in STARTERS {
            let piece = starter.piece(Language::Italian);
            for adaptation in &piece.adaptations {
                let facts = Facts::sample(adaptation.language, day);
                let asking = Asking {
                    medium: adaptation.medium,
                    languages: [adaptation.language; 2],
                    tones: [adaptation.tone; 2],
                    variant: None,
                    facts: &facts,
                    reason: &reason,
                    links: &links,
                    promotion: None,
                    seed: Seed::default(),
                };
                let rendering = render(&piece, &asking).unwrap();
                assert!(!rendering.text.is_empty() && rendering.size_bytes() < 30_000);
                let Some(html) = rendering.html else {
                    continue;
                };
                let lang = format!("lang=\"{}\"", adaptation.language.tag());
                for part in [
                    lang.as_str(),
                    "<title>",
                    "color-scheme",
                    "prefers-color-scheme: dark",
                    "600px",
                    "?a=1&amp;b=2",
                ] {
                    assert!(html.contains(part), "{}: {part}", starter.word);
                }
                for foreign in [
                    "fonts.googleapis",
                    "<script",
                    "@import",
                    "<link",
                    "&amp;amp;",
                    "{{",
                ] {
                    assert!(!html.contains(foreign), "{}: {foreign}", starter.word);
                }
            }
        }
    }
}
