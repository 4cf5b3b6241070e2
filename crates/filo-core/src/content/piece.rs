//! A piece: what it is for, for whom, and its texts.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::field::Fields;
use super::kind::Variant;
use super::tone::Tone;
use crate::buyer::Stage;
use crate::company::Language;
use crate::id::PromotionId;
use crate::message::{Class, Medium};

/// Letters of a name.
pub const NAME_CHARS_MOST: usize = 80;

/// One thing that a company says, in every form in which it says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Piece {
    /// What people of the company call it.
    pub name: CompactString,
    /// The word of the purpose that it serves, as customers are asked about it.
    pub purpose: CompactString,
    /// What stands in its way.
    pub class: Class,
    /// The subject that it belongs to, in the company's words.
    #[serde(default, skip_serializing_if = "CompactString::is_empty")]
    pub pillar: CompactString,
    /// For whom it is meant; for anybody without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    /// The offer it speaks of.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "super::document::promotion"
    )]
    pub promotion: Option<PromotionId>,
    /// Words that are said in turns.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub variations: Vec<Variation>,
    /// Why it came, where a person wrote it better than Filo does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub why: Vec<Explaining>,
    /// The texts.
    #[serde(default)]
    pub adaptations: Vec<Adaptation>,
}

/// A text for one medium, language, tone and variant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Adaptation {
    /// By what it is said.
    pub medium: Medium,
    /// In which language.
    pub language: Language,
    /// How.
    #[serde(default)]
    pub tone: Tone,
    /// Which of several versions.
    #[serde(default)]
    pub variant: Variant,
    /// What was written.
    pub fields: Fields,
}

/// Where a text stands in a piece; never twice the same.
pub(super) type Spot = (Medium, Language, Tone, Variant);

impl Adaptation {
    pub(super) const fn spot(&self) -> Spot {
        (self.medium, self.language, self.tone, self.variant)
    }
}

/// Words that are said in turns: a text names them as `{{ variations.greeting }}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variation {
    /// What templates call it.
    pub name: CompactString,
    /// In which language.
    pub language: Language,
    /// For which tone; for every other one without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tone: Option<Tone>,
    /// The ways to say it.
    pub texts: Vec<String>,
}

/// Why a piece came, in somebody's own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Explaining {
    /// In which language.
    pub language: Language,
    /// A template with the variables of the reason.
    pub text: String,
}

impl Piece {
    /// A piece that says nothing yet.
    #[must_use]
    pub fn new(name: &str, purpose: &str, class: Class) -> Self {
        Self {
            name: name.into(),
            purpose: purpose.into(),
            class,
            pillar: CompactString::default(),
            stage: None,
            promotion: None,
            variations: Vec::new(),
            why: Vec::new(),
            adaptations: Vec::new(),
        }
    }

    /// What was written for a spot.
    #[must_use]
    pub fn at(
        &self,
        medium: Medium,
        language: Language,
        tone: Tone,
        variant: Variant,
    ) -> Option<&Fields> {
        let spot = (medium, language, tone, variant);
        let found = self.adaptations.iter().find(|it| it.spot() == spot);
        found.map(|it| &it.fields)
    }

    /// Writes what is said at a spot; nothing written takes the text away.
    pub fn write(&mut self, adaptation: Adaptation) {
        let spot = adaptation.spot();
        self.adaptations.retain(|it| it.spot() != spot);
        if !adaptation.fields.is_empty() {
            self.adaptations.push(adaptation);
        }
        self.adaptations.sort_by_key(Adaptation::spot);
    }

    /// The media it speaks by, in order.
    #[must_use]
    pub fn media(&self) -> Vec<Medium> {
        let speaks = |medium: &Medium| self.adaptations.iter().any(|it| it.medium == *medium);
        Medium::ALL.into_iter().filter(speaks).collect()
    }

    /// The text that is used for somebody: the tone that fits them, else the company's, else
    /// another; the same with the language, and the variant by its turn among those written.
    pub(super) fn chosen(
        &self,
        medium: Medium,
        languages: [Language; 2],
        tones: [Tone; 2],
        variant: impl Fn(&[Variant]) -> Variant,
    ) -> Option<&Adaptation> {
        let of_medium = || self.adaptations.iter().filter(|it| it.medium == medium);
        let language = languages
            .into_iter()
            .chain(Language::ALL)
            .find(|language| of_medium().any(|it| it.language == *language))?;
        let of_language = || of_medium().filter(move |it| it.language == language);
        // Who is addressed as Lei is so before anything else is looked at.
        let kin = |tone: &Tone| tone.address() == tones[0].address();
        let near = Tone::ALL.into_iter().filter(kin);
        let tone = std::iter::once(tones[0])
            .chain(Some(tones[1]).filter(kin))
            .chain(near)
            .chain([tones[1]])
            .chain(Tone::ALL)
            .find(|tone| of_language().any(|it| it.tone == *tone))?;
        let mut variants: Vec<Variant> = of_language()
            .filter(|it| it.tone == tone)
            .map(|it| it.variant)
            .collect();
        variants.sort_unstable();
        let variant = variant(&variants);
        of_language().find(|it| it.tone == tone && it.variant == variant)
    }
}
