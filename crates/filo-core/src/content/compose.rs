//! From a piece and what is known of somebody to what they are told.
//!
//! **Invariant:** an offer is told with the terms of the promotion or not at all; a marketing mail
//! leaves with a way out or not at all; variations change words and nothing else.

use std::collections::BTreeMap;

use compact_str::CompactString;
use minijinja::value::Value;

use super::block::{blocks, is_address};
use super::fact::Facts;
use super::field::{Field, Fields, needed};
use super::kind::{Category, Variant};
use super::letter::{Letter, Offer};
use super::limit::limit_of;
use super::piece::{Adaptation, Piece, Variation};
use super::promotion::Promotion;
use super::reason::{Reason, why};
use super::said::day_words;
use super::scan::scan;
use super::shield::{clean, open};
use super::template::{Fault, Spot, What, run};
use super::tone::Tone;
use super::turn::{Seed, turn};
use crate::channel::Layout;
use crate::company::Language;
use crate::id::PromotionId;
use crate::message::{Class, Medium};

/// Links by name: `unsubscribe`, `preferences`, and whatever else a text may lead to.
pub type Links = BTreeMap<String, String>;

/// What is asked of a piece.
#[derive(Debug, Clone)]
pub struct Asking<'a> {
    /// By what it is to be said.
    pub medium: Medium,
    /// Their language, and that of the company.
    pub languages: [Language; 2],
    /// Their tone, and that of the company.
    pub tones: [Tone; 2],
    /// A certain version; by turns without.
    pub variant: Option<Variant>,
    /// What is known of them.
    pub facts: &'a Facts,
    /// Why it is said.
    pub reason: &'a Reason,
    /// Where its links lead.
    pub links: &'a Links,
    /// The offer that the piece refers to.
    pub promotion: Option<&'a Promotion>,
    /// Who they are and how often they got it, so that variations take turns.
    pub seed: Seed,
}

/// What somebody is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composed {
    /// By what.
    pub medium: Medium,
    /// In which language it came to be.
    pub language: Language,
    /// In which tone.
    pub tone: Tone,
    /// Which version.
    pub variant: Variant,
    /// The subject of a mail, the title of a notification.
    pub subject: String,
    /// What a list of mails shows beside the subject.
    pub preheader: String,
    /// What is said; of a mail empty, for it is in the letter.
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
    /// What stands in its places, in their order: what the text puts in, tag by tag.
    pub template_values: Vec<String>,
    /// As what WhatsApp takes it.
    pub category: Option<Category>,
    /// Why it came.
    pub why: String,
    /// The offer that it speaks of.
    pub promotion: Option<PromotionId>,
    /// The mail, of a mail.
    pub letter: Option<Letter>,
}

/// Makes what somebody is told.
///
/// # Errors
/// The first thing that keeps it from being said.
pub fn compose(piece: &Piece, asking: &Asking<'_>) -> Result<Composed, Fault> {
    let text = Spot::of(Field::Text);
    let variant = |written: &[Variant]| match asking.variant {
        Some(variant) => variant,
        None => {
            let person = Seed {
                times: 0,
                ..asking.seed
            };
            let place = turn(person, &piece.name, written.len());
            written.get(place).copied().unwrap_or_default()
        }
    };
    let chosen = piece
        .chosen(asking.medium, asking.languages, asking.tones, variant)
        .ok_or_else(|| text.fault(What::NoText))?;
    if piece.promotion.is_some() && asking.promotion.is_none() {
        return Err(text.fault(What::NoPromotion));
    }
    if let Some(promotion) = asking.promotion {
        if promotion.is_over(asking.facts.today) {
            return Err(text.fault(What::PromotionOver));
        }
        if !promotion.goes_by(asking.medium) {
            return Err(text.fault(What::PromotionElsewhere));
        }
    }
    Making::new(piece, chosen, asking)?.done()
}

/// A text that is being made.
struct Making<'a> {
    piece: &'a Piece,
    chosen: &'a Adaptation,
    asking: &'a Asking<'a>,
    values: BTreeMap<String, Value>,
}

impl<'a> Making<'a> {
    fn new(
        piece: &'a Piece,
        chosen: &'a Adaptation,
        asking: &'a Asking<'a>,
    ) -> Result<Self, Fault> {
        let language = chosen.language;
        let mut values = asking.facts.values(language);
        if let Some(promotion) = asking.promotion {
            values.insert("promotion".to_owned(), offer_values(promotion, language));
        }
        let links: BTreeMap<String, Value> = asking
            .links
            .iter()
            .map(|(name, to)| (name.clone(), Value::from(to.as_str())))
            .collect();
        values.insert("links".to_owned(), Value::from(links));
        let mut variations = BTreeMap::new();
        for variation in variations_of(piece, language, chosen.tone) {
            let place = turn(asking.seed, &variation.name, variation.texts.len());
            let text = variation.texts.get(place).map_or("", String::as_str);
            let said = run(Field::Variation, text, &Value::from(values.clone()))?;
            variations.insert(variation.name.to_string(), Value::from_safe_string(said));
        }
        values.insert("variations".to_owned(), Value::from(variations));
        Ok(Self {
            piece,
            chosen,
            asking,
            values,
        })
    }

    fn run(&self, field: Field) -> Result<String, Fault> {
        run(
            field,
            self.chosen.fields.get(field),
            &Value::from(self.values.clone()),
        )
    }

    /// What the text puts in, tag by tag, where there is a template that has places for it.
    fn template_values(&self) -> Result<Vec<String>, Fault> {
        if self.chosen.fields.template.trim().is_empty() {
            return Ok(Vec::new());
        }
        let text = self.chosen.fields.get(Field::Text);
        let values = Value::from(self.values.clone());
        let tags = scan(Field::Text, text)?;
        tags.iter()
            .map(|tag| {
                let said = run(Field::Text, &text[tag.at..tag.end], &values)?;
                // WhatsApp takes no line ends and no gaps in a place.
                Ok(clean(&open(&said)))
            })
            .collect()
    }

    /// A field of one line.
    fn line(&self, field: Field) -> Result<String, Fault> {
        let said = clean(&open(&self.run(field)?));
        self.fits(field, &said)?;
        Ok(said)
    }

    fn fits(&self, field: Field, said: &str) -> Result<(), Fault> {
        let (has, most) = (
            said.chars().count(),
            limit_of(self.asking.medium, field).most,
        );
        let spot = Spot::of(field);
        if has > most {
            return Err(spot.fault(What::TooLong { has, most }));
        }
        match needed(self.asking.medium).contains(&field) && said.trim().is_empty() {
            true => Err(spot.fault(What::Empty)),
            false => Ok(()),
        }
    }

    fn done(self) -> Result<Composed, Fault> {
        let Adaptation {
            medium,
            language,
            tone,
            variant,
            ref fields,
        } = *self.chosen;
        let own = self.piece.why.iter().find(|why| why.language == language);
        let own = own.map(|own| own.text.as_str());
        let why = why(self.asking.reason, own, &self.values, (language, tone))?;
        let link = self.line(Field::Link)?;
        if !link.is_empty() && !is_address(&link) {
            return Err(Spot::of(Field::Link).fault(What::Link(link)));
        }
        let image = self.line(Field::Image)?;
        // A page that came over https shows nothing else, and on a site a touch opens a page.
        let is_page = |to: &str| to.starts_with("https://") || to.starts_with("http://");
        if medium == Medium::InApp && !link.is_empty() && !is_page(&link) {
            return Err(Spot::of(Field::Link).fault(What::Link(link)));
        }
        if !image.is_empty() && !(image.starts_with("https://") && is_address(&image)) {
            return Err(Spot::of(Field::Image).fault(What::Link(image)));
        }
        let mut composed = Composed {
            medium,
            language,
            tone,
            variant,
            subject: match medium {
                Medium::Email => self.line(Field::Subject)?,
                _ => self.line(Field::Title)?,
            },
            preheader: self.line(Field::Preheader)?,
            text: String::new(),
            link,
            label: self.line(Field::Label)?,
            image,
            layout: Layout::from_word(&fields.layout),
            template: fields.template.trim().to_owned(),
            template_values: self.template_values()?,
            category: fields.category,
            why,
            promotion: self.piece.promotion,
            letter: None,
        };
        let said = self.run(Field::Text)?;
        match medium {
            Medium::Email => composed.letter = Some(self.letter(&said, &composed)?),
            _ => {
                composed.text = tidy(&open(&said));
                self.fits(Field::Text, &composed.text)?;
            }
        }
        Ok(composed)
    }

    fn letter(&self, said: &str, composed: &Composed) -> Result<Letter, Fault> {
        self.fits(Field::Text, said)?;
        let link = |name: &str| {
            let to = self.asking.links.get(name).cloned();
            to.filter(|to| is_address(to))
        };
        let unsubscribe = link("unsubscribe");
        if self.piece.class == Class::Marketing && unsubscribe.is_none() {
            return Err(Spot::of(Field::Text).fault(What::NoLink("unsubscribe")));
        }
        Ok(Letter {
            language: composed.language,
            address: composed.tone.address(),
            subject: composed.subject.clone(),
            preheader: composed.preheader.clone(),
            blocks: blocks(said)?,
            offer: self
                .asking
                .promotion
                .map(|promotion| offer(promotion, composed.language)),
            company: clean(&self.asking.facts.company),
            place: clean(&self.asking.facts.address),
            why: composed.why.clone(),
            unsubscribe,
            preferences: link("preferences"),
        })
    }
}

/// The variations that hold for a language and tone: those of the tone before those of any.
#[must_use]
pub fn variations_of(piece: &Piece, language: Language, tone: Tone) -> Vec<&Variation> {
    let mut found: Vec<&Variation> = Vec::new();
    for of in [Some(tone), None] {
        for variation in &piece.variations {
            let is_known = found.iter().any(|known| known.name == variation.name);
            if variation.language == language && variation.tone == of && !is_known {
                found.push(variation);
            }
        }
    }
    found
}

fn offer_values(promotion: &Promotion, language: Language) -> Value {
    let mut values = BTreeMap::new();
    let mut put = |key: &str, text: &str| {
        if !text.is_empty() {
            values.insert(key.to_owned(), Value::from(text));
        }
    };
    put("name", &promotion.name);
    put("terms", promotion.terms_in(language));
    put("code", &promotion.code);
    put("shops", &shops(promotion));
    if let Some(last) = promotion.ends_on {
        put("until", &day_words(last, language));
    }
    Value::from(values)
}

fn shops(promotion: &Promotion) -> String {
    let shops: Vec<&str> = promotion.shops.iter().map(CompactString::as_str).collect();
    shops.join(", ")
}

fn offer(promotion: &Promotion, language: Language) -> Offer {
    let until = promotion.ends_on.map(|last| {
        let day = day_words(last, language);
        match language {
            Language::Italian => format!("Valido fino a: {day}"),
            Language::English => format!("Until {day}"),
        }
    });
    let shops = Some(shops(promotion)).filter(|shops| !shops.is_empty());
    let window: Vec<String> = until.into_iter().chain(shops).collect();
    Offer {
        name: promotion.name.to_string(),
        terms: promotion.terms_in(language).to_owned(),
        code: promotion.code.to_string(),
        window: window.join(" · "),
    }
}

/// A text of several lines without space at the ends of them, and with no gap of more than one.
fn tidy(text: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim_end) {
        if !(line.is_empty() && lines.last().is_some_and(|last| last.is_empty())) {
            lines.push(line);
        }
    }
    lines.join("\n").trim().to_owned()
}

impl Fields {
    /// The texts of a medium that were written, for reading them over.
    pub(super) fn written(&self, medium: Medium) -> impl Iterator<Item = (Field, &str)> {
        let fields = super::field::fields_of(medium).iter();
        let texts = fields.map(|field| (*field, self.get(*field)));
        texts.filter(|(_, text)| !text.trim().is_empty())
    }
}
