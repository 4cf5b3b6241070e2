//! The preview beside the editor: for whom, on which screen, in which light.

use filo_core::content::LETTER_BYTES_WARN;
use maud::{Markup, html};

use super::editor::Editor;
use super::fault::fault_words;
use crate::console::people;
use crate::i18n::Words;
use crate::ui::icon::Icon;
use crate::ui::monogram::monogram;

impl Editor {
    pub(super) fn aside(&self, words: Words) -> Markup {
        let id = self.view.row.id;
        let frame = format!("/pieces/{id}/frame{}", self.given.at.query());
        let title = words.say("content-preview");
        html! {
            section.card.piece-preview aria-labelledby="piece-preview" {
                h2 #piece-preview { (title) }
                (self.person(words))
                div.screens {
                    (choice("screen", words, &[("phone", "content-screen-phone"), ("desktop", "content-screen-desktop")], "phone"))
                    (choice("light", words, &[("light", "theme-light"), ("dark", "theme-dark")], if self.given.dark { "dark" } else { "light" }))
                }
                @if let Err(fault) = &self.rendered {
                    @if !self.given.fields.is_empty() { p.notice.notice-warn { (fault_words(words, fault)) } }
                }
                iframe name="piece-frame" title=(title) sandbox="" src=(frame) {}
                @if self.manages {
                    button.quiet type="submit" formaction={ "/pieces/" (id) "/frame" } formtarget="piece-frame" formnovalidate data-frame {
                        (words.say("content-preview-again"))
                    }
                }
                (self.facts(words))
            }
        }
    }

    /// Somebody invented, or a real person.
    fn person(&self, words: Words) -> Markup {
        html! {
            @match &self.with {
                Some(row) => {
                    @let name = people::name(words, row);
                    p.person-cell { (monogram(&name, "")) bdi { (name) } }
                    @if self.manages {
                        button.link type="submit" name="person" value="" formnovalidate { (words.say("content-with-nobody")) }
                    }
                }
                None => p.about { (words.say("content-with-invented")) }
            }
            @if self.sees_people && self.manages {
                div.search {
                    input type="search" name="who" value=(self.given.who) maxlength="80"
                        aria-label=(words.say("content-with")) placeholder=(words.say("content-with"));
                    button.quiet type="submit" name="act" value="check" formnovalidate aria-label=(words.say("people-search-do")) { (Icon::Search.draw()) }
                }
                @if !self.given.who.is_empty() {
                    @if self.found.is_empty() { p.soft { (words.say("content-with-not-found")) } }
                    @for row in &self.found {
                        @let name = people::name(words, row);
                        button.quiet.found type="submit" name="person" value=(row.id) formnovalidate {
                            (monogram(&name, "")) bdi { (name) }
                        }
                    }
                }
            }
        }
    }

    /// What is not to be seen in the frame: subject, weight, the plain part, the variations.
    fn facts(&self, words: Words) -> Markup {
        let variations = self.variation_names();
        html! {
            @if let Ok(rendering) = &self.rendered {
                @if rendering.html.is_some() {
                    dl.facts {
                        dt { (words.say("content-field-subject")) }
                        dd { (rendering.subject) }
                        @if !rendering.preheader.is_empty() {
                            dt { (words.say("content-field-preheader")) }
                            dd { (rendering.preheader) }
                        }
                        dt { (words.say("content-weight")) }
                        dd {
                            (words.fill("content-kilobytes", [("count", rendering.size_bytes().div_ceil(1000).into())]))
                            @if rendering.size_bytes() > LETTER_BYTES_WARN { " " span.badge.badge-warn { (words.say("content-too-heavy")) } }
                        }
                    }
                    details {
                        summary { (words.say("content-plain")) }
                        pre.box { (rendering.text) }
                    }
                }
            }
            @if !variations.is_empty() {
                p.about { (words.fill("content-variations-here", [("names", variations.join(", ").into())])) }
            }
        }
    }
}

fn choice(name: &str, words: Words, options: &[(&str, &str)], chosen: &str) -> Markup {
    html! {
        div.checks role="radiogroup" aria-label=(words.say(&format!("content-{name}"))) {
            @for (value, key) in options {
                label.check { input type="radio" name=(name) value=(value) checked[*value == chosen]; (words.say(key)) }
            }
        }
    }
}
