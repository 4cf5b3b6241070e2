//! Colour, type, space, signs.

use maud::{Markup, html};

use super::Section;
use crate::i18n::Words;
use crate::ui::contrast::{LINE_LEAST, LINES, TEXT_LEAST, TEXTS, contrast, tokens};
use crate::ui::icon::Icon;

/// Classes of the stylesheet and the sizes they show.
const TYPES: [(&str, &str); 6] = [
    ("type-page", "Source Serif 4 · 30"),
    ("type-figure", "Source Serif 4 · 26"),
    ("type-title", "Hanken Grotesk · 20"),
    ("type-lead", "Hanken Grotesk · 18"),
    ("type-body", "Hanken Grotesk · 15"),
    ("type-small", "Hanken Grotesk · 14"),
];
/// Steps of space and their widths in pixels.
const SPACES: [(u8, u8); 7] = [(1, 4), (2, 8), (3, 12), (4, 16), (5, 24), (6, 36), (7, 56)];

pub(super) fn sections(words: Words) -> Vec<Section> {
    vec![
        ("colours", colours()),
        ("contrast", contrasts(words)),
        ("type", types(words)),
        ("space", spaces()),
        ("icons", icons()),
    ]
}

fn colours() -> Markup {
    html! {
        ul.swatches {
            @for token in tokens() {
                li {
                    // Both lights side by side, whichever this page has.
                    svg width="100%" height="40" aria-hidden="true" {
                        rect width="50%" height="40" fill=(token.light) {}
                        rect x="50%" width="50%" height="40" fill=(token.dark) {}
                    }
                    code { (token.name) }
                    span.about { (token.light) " · " (token.dark) }
                }
            }
        }
    }
}

fn contrasts(words: Words) -> Markup {
    let texts = TEXTS.iter().map(|pair| (pair, TEXT_LEAST));
    let lines = LINES.iter().map(|pair| (pair, LINE_LEAST));
    html! {
        p.soft { (words.say("contrast-lead")) }
        div.scroll tabindex="0" {
            table.plain-table {
                thead { tr {
                    th scope="col" { (words.say("contrast-pair")) }
                    th.number scope="col" { (words.say("theme-light")) }
                    th.number scope="col" { (words.say("theme-dark")) }
                    th.number scope="col" { (words.say("contrast-least")) }
                } }
                tbody {
                    @for ((mark, ground), least) in texts.chain(lines) {
                        @let (light, dark) = contrast(mark, ground).unwrap_or_default();
                        tr {
                            td { code { (mark) } " / " code { (ground) } }
                            td.number { (ratio(words, light)) }
                            td.number { (ratio(words, dark)) }
                            td.number { (ratio(words, least)) }
                        }
                    }
                }
            }
        }
    }
}

/// 4,5:1 or 4.5:1, from hundredths.
fn ratio(words: Words, hundredths: u32) -> String {
    let (whole, part) = (hundredths / 100, hundredths % 100);
    let part = format!("{part:02}");
    format!("{whole}{}{part}:1", words.decimal_sign())
}

fn types(words: Words) -> Markup {
    html! {
        @for (class, name) in TYPES {
            div.type-line { span.(class) { (words.say("type-sample")) } span.about { (name) } }
        }
    }
}

fn spaces() -> Markup {
    html! {
        ul.spaces {
            @for (step, pixels) in SPACES {
                li {
                    svg width=(pixels) height="16" aria-hidden="true" { rect.bar width=(pixels) height="16" {} }
                    code { "space-" (step) } span.about { (pixels) " px" }
                }
            }
        }
    }
}

fn icons() -> Markup {
    html! {
        ul.icons {
            @for icon in Icon::all() { li { (icon.draw()) span.about { (format!("{icon:?}").to_lowercase()) } } }
        }
    }
}
