//! The page of the editor: which text, its fields with their counters, what is to be said of it.

use filo_core::channel::Layout;
use filo_core::company::Language;
use filo_core::content::voice::Finding;
use filo_core::content::{
    Category, Coding, Field as Part, Tone, VARIABLES, Variant, Wrong, count, fields_of, limit_of,
    variations_of,
};
use filo_core::message::Medium;
use maud::{Markup, html};

use super::editor::Editor;
use super::fault::{fault_words, field_words, finding_list, wrong_list};
use super::{At, chip, language_words, medium_words, tone_words};
use crate::clicks;
use crate::i18n::{self, Words};
use crate::ui::form::{Field, button_form};
use crate::ui::icon::Icon;
use crate::ui::shown::line;

impl Editor {
    pub(super) fn draw(&self, words: Words, token: &str) -> Markup {
        let id = self.view.row.id;
        let action = format!("/pieces/{id}");
        html! {
            a.back href="/pieces" { (Icon::Back.draw()) (words.say("place-content")) }
            (self.head(words, token))
            @if let Some(notice) = &self.notice { p.notice.notice-bad role="alert" { (notice) } }
            (self.which(words))
            form.builder.piece method="post" action=(action) data-piece={ "/pieces/" (id) "/frame" } {
                input type="hidden" name="token" value=(token);
                input type="hidden" name="version" value=(self.given.version);
                input type="hidden" name="medium" value=(self.given.at.medium.word());
                input type="hidden" name="in" value=(self.given.at.language.tag());
                input type="hidden" name="tone" value=(self.given.at.tone.word());
                input type="hidden" name="variant" value=(self.given.at.variant.word());
                @if let Some(person) = self.given.at.person { input type="hidden" name="person" value=(person); }
                // What the Enter key presses: nothing is saved by accident.
                @if self.manages { button.aloud type="submit" name="act" value="check" tabindex="-1" formnovalidate { (words.say("content-try")) } }
                div.segment {
                    div {
                        section.card aria-labelledby="piece-text" {
                            h2 #piece-text { (self.given.at.words(words)) }
                            (self.fields(words))
                            (variables(words))
                        }
                        @if self.manages { (self.buttons(words)) }
                        section.card aria-labelledby="piece-findings-title" {
                            h2 #piece-findings-title { (words.say("content-findings")) }
                            div #piece-findings role="status" { (self.said(words)) }
                        }
                    }
                    aside { (self.aside(words)) }
                }
            }
            @if self.given.at.medium == Medium::Email {
                (clicks::of_piece(words, &self.clicks.0, &self.clicks.1))
            }
        }
    }

    fn head(&self, words: Words, token: &str) -> Markup {
        let row = &self.view.row;
        let piece = &self.view.piece;
        let address = |rest: &str| format!("/pieces/{}/{rest}", row.id);
        html! {
            div.head {
                div {
                    h1 {
                        (line(&row.name))
                        @if row.archived_at.is_some() { " " span.badge { (words.say("content-away")) } }
                    }
                    p.lead {
                        (words.say(&format!("content-class-{}", piece.class.word())))
                        " · " (super::stage_words(words, piece.stage))
                        @if !piece.pillar.is_empty() { " · " (line(&piece.pillar)) }
                        @if let (Some(name), Some(id)) = (&self.promotion, piece.promotion) {
                            " · " a href={ "/promotions/" (id) } { (line(name)) }
                        }
                    }
                }
                div.actions {
                    @if self.manages { a.button.quiet href=(address("edit")) { (words.say("content-details")) } }
                    a.button.quiet href=(address("history")) { (words.say("content-history")) }
                    @if row.archived_at.is_some() {
                        (button_form(&address("restoring"), token, &[], &words.say("segment-restore"), "small"))
                    } @else if self.manages {
                        (button_form(&address("copying"), token, &[], &words.say("content-copy"), "quiet"))
                        (button_form(&address("archiving"), token, &[], &words.say("segment-archive"), "quiet"))
                    }
                }
            }
        }
    }

    /// Which text: the media as tabs, languages, tones and versions as choices.
    fn which(&self, words: Words) -> Markup {
        let at = self.given.at;
        let to = |at: At| format!("/pieces/{}{}", self.view.row.id, at.query());
        let piece = &self.view.piece;
        let has = |at: At| {
            piece
                .at(at.medium, at.language, at.tone, at.variant)
                .is_some()
        };
        let count = |medium| {
            piece
                .adaptations
                .iter()
                .filter(|it| it.medium == medium)
                .count()
        };
        html! {
            nav.tabs aria-label=(words.say("content-by")) {
                @for medium in Medium::ALL {
                    a href=(to(At { medium, ..at })) aria-current=[(medium == at.medium).then_some("page")] {
                        (medium_words(words, medium))
                        @if count(medium) > 0 { span.count { (count(medium)) } }
                    }
                }
            }
            div.filters.piece-which {
                @for language in Language::ALL {
                    @let there = At { language, ..at };
                    (chip(&to(there), &language_words(words, language), language == at.language, has(there), words))
                }
                span.gap {}
                @for tone in Tone::ALL {
                    @let there = At { tone, ..at };
                    (chip(&to(there), &tone_words(words, tone), tone == at.tone, has(there), words))
                }
                span.gap {}
                @for variant in Variant::ALL {
                    @let there = At { variant, ..at };
                    @let label = words.fill("content-variant", [("letter", variant.word().to_uppercase().into())]);
                    (chip(&to(there), &label, variant == at.variant, has(there), words))
                }
            }
        }
    }

    fn fields(&self, words: Words) -> Markup {
        let (medium, fields) = (self.given.at.medium, &self.given.fields);
        html! {
            @for part in fields_of(medium) {
                @let wrong = self.wrong_at(*part).map(|wrong| fault_words(words, &wrong.fault));
                @let hint = words.say(&format!("content-hint-{}-{}", kind(medium), part.word()));
                @let field = Field {
                    name: part.word(),
                    label: &field_words(words, *part),
                    value: fields.get(*part),
                    hint: Some(&hint),
                    wrong: wrong.as_deref(),
                    length_most: 0,
                    required: false,
                };
                @match part {
                    Part::Text => (field.area(if medium == Medium::Email { 16 } else { 6 })),
                    Part::Layout => (layouts(words, &field)),
                    _ => (field.input()),
                }
                @if *part != Part::Layout {
                    p.counter #(format!("count-{}", part.word())) { (self.counted(words, *part)) }
                }
            }
            @if medium == Medium::Whatsapp { (self.category(words)) }
        }
    }

    fn category(&self, words: Words) -> Markup {
        let labels = Category::ALL.map(|it| words.say(&format!("content-category-{}", it.word())));
        let none = words.say("content-category-none");
        let mut options = vec![("", &*none)];
        for (category, label) in Category::ALL.into_iter().zip(&labels) {
            options.push((category.word(), &**label));
        }
        Field {
            name: "category",
            label: &words.say("content-category"),
            value: self.given.fields.category.map_or("", Category::word),
            hint: Some(&words.say("content-category-hint")),
            ..Field::default()
        }
        .select(&options)
    }

    fn wrong_at(&self, part: Part) -> Option<&Wrong> {
        let mut here = self.wrong_here().into_iter();
        here.find(|wrong| wrong.fault.field == part && !self.given.fields.is_empty())
    }

    fn wrong_here(&self) -> Vec<&Wrong> {
        let at = self.given.at;
        let spot = Some((at.medium, at.language, at.tone, at.variant));
        self.reviewed
            .wrong
            .iter()
            .filter(|wrong| wrong.text == spot)
            .collect()
    }

    /// How long a field came out: as it would be said, where it can be.
    fn counted(&self, words: Words, part: Part) -> String {
        let medium = self.given.at.medium;
        if part == Part::Template {
            return String::new();
        }
        let said = match (&self.rendered, part) {
            (Ok(rendering), Part::Text) => &rendering.text,
            (Ok(rendering), Part::Subject | Part::Title) => &rendering.subject,
            (Ok(rendering), Part::Preheader) => &rendering.preheader,
            _ => self.given.fields.get(part),
        };
        let counted = count(medium, part, said);
        if let Some(parts) = counted.segments {
            let coding = match parts.coding {
                Coding::Gsm7 => "gsm",
                Coding::Ucs2 => "ucs",
            };
            let fill = [
                ("letters", parts.letters.into()),
                ("parts", parts.parts.into()),
                ("left", parts.left.into()),
            ];
            return words.fill(&format!("content-count-{coding}"), fill);
        }
        let good = limit_of(medium, part).good;
        let fill = [("letters", counted.letters.into()), ("good", good.into())];
        words.fill("content-count", fill)
    }

    fn buttons(&self, words: Words) -> Markup {
        let at = self.given.at;
        let stored = self
            .view
            .piece
            .at(at.medium, at.language, at.tone, at.variant);
        html! {
            div.actions {
                button type="submit" name="act" value="save" { (words.say("segment-save")) }
                button.quiet type="submit" name="act" value="check" formnovalidate { (words.say("content-try")) }
                @if stored.is_some() {
                    button.quiet type="submit" name="act" value="remove" formnovalidate { (words.say("content-remove-text")) }
                }
            }
        }
    }

    /// What is wrong, and what the voice says, of this text.
    fn said(&self, words: Words) -> Markup {
        let at = self.given.at;
        let spot = (at.medium, at.language, at.tone, at.variant);
        let here = |it: &&Finding| it.text == spot;
        let findings: Vec<&Finding> = self.reviewed.findings.iter().filter(here).collect();
        let wrong: Vec<Wrong> = self.wrong_here().into_iter().cloned().collect();
        html! {
            @if self.given.fields.is_empty() { p.soft { (words.say("content-nothing-written")) } }
            @else {
                (wrong_list(words, &wrong))
                (finding_list(words, &findings))
            }
        }
    }
}

/// Where it stands on the page.
fn layouts(words: Words, field: &Field<'_>) -> Markup {
    let labels = Layout::ALL.map(|it| words.say(&format!("site-layout-{}", it.word())));
    let usual = words.say("content-layout-usual");
    let mut options = vec![("", &*usual)];
    for (layout, label) in Layout::ALL.into_iter().zip(&labels) {
        options.push((layout.word(), &**label));
    }
    field.select(&options)
}

/// How a medium is hinted at: a mail, a conversation, something read out.
const fn kind(medium: Medium) -> &'static str {
    match medium {
        Medium::Email => "mail",
        Medium::Sms => "sms",
        Medium::Whatsapp | Medium::Telegram => "chat",
        Medium::Push => "push",
        Medium::InApp => "site",
        Medium::Call | Medium::Counter => "spoken",
    }
}

/// What a text may name: the one list.
fn variables(words: Words) -> Markup {
    let sample = usize::from(words.language == i18n::Language::English);
    html! {
        details.variables {
            summary { (words.say("content-variables")) }
            p.about { (words.say("content-variables-hint")) }
            dl.facts {
                @for variable in VARIABLES {
                    @let key = variable.path.replace(['.', '_'], "-").replace("-…", "");
                    dt { code { "{{ " (variable.path) " }}" } }
                    dd {
                        (words.say(&format!("content-variable-{key}")))
                        span.about { " " (variable.sample[sample]) }
                        @if variable.may_miss { span.about { " · " (words.say("content-may-miss")) } }
                    }
                }
            }
        }
    }
}

impl Editor {
    /// The variations that this text may name.
    pub(super) fn variation_names(&self) -> Vec<String> {
        let at = self.given.at;
        let found = variations_of(&self.piece, at.language, at.tone);
        found
            .into_iter()
            .map(|variation| variation.name.to_string())
            .collect()
    }
}
