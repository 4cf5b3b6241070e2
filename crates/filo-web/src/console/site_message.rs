//! A message on the site as whoever comes there sees it, in a frame that runs nothing.

use filo_core::channel::{Layout, Look};
use maud::{DOCTYPE, Markup, PreEscaped, html};

const DARK: &str = "(prefers-color-scheme: dark)";
/// The page under it, which is of no site.
const PAGE: &str = "body{margin:0;background:#fff}.lines{padding:32px;display:grid;gap:14px}\
     .lines i{display:block;height:14px;border-radius:7px;background:#e6e1d8}\
     .lines i:first-child{height:34px;width:60%}.lines i:last-child{width:45%}";
const PAGE_DARK: &str = "body{background:#171513}.lines i{background:#33302b}";
/// Lines that are hinted at.
const LINES: usize = 9;

/// What is drawn.
pub(super) struct Drawn<'a> {
    pub(super) language: &'a str,
    pub(super) title: &'a str,
    pub(super) text: &'a str,
    pub(super) link: &'a str,
    pub(super) label: &'a str,
    pub(super) image: &'a str,
    pub(super) why: &'a str,
    pub(super) out: &'a str,
    pub(super) layout: Layout,
}

/// The page with the message on it. Nothing of it can be followed.
pub(super) fn page(drawn: &Drawn<'_>, look: &Look, dark: bool) -> String {
    // The reader's own screen decides on the site; here the choice of the page does.
    let holds = if dark { "all" } else { "not all" };
    let style = filo_assets::MESSAGES_CSS.replace(DARK, holds);
    let brand = format!(
        ":root{{--brand:{};--brand-ink:{}}}",
        look.colour,
        look.ink()
    );
    let page = html! {
        (DOCTYPE)
        html lang=(drawn.language) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width";
                style {
                    (PreEscaped(PAGE)) @if dark { (PreEscaped(PAGE_DARK)) }
                    (PreEscaped(style)) (PreEscaped(brand))
                }
            }
            body {
                div.lines aria-hidden="true" { @for _ in 0..LINES { i {} } }
                (message(drawn))
            }
        }
    };
    page.into_string()
}

/// As `messages.js` builds it.
fn message(drawn: &Drawn<'_>) -> Markup {
    let class = match drawn.title {
        "" => format!("message {} untitled", drawn.layout.word()),
        _ => format!("message {}", drawn.layout.word()),
    };
    html! {
        @if drawn.layout == Layout::Centre { div.veil {} }
        div class=(class) {
            span.close aria-hidden="true" { "×" }
            @if !drawn.image.is_empty() { img src=(drawn.image) alt=""; }
            @if !drawn.title.is_empty() { h2 { (drawn.title) } }
            p { (drawn.text) }
            @if !drawn.link.is_empty() {
                span.go { @if drawn.label.is_empty() { (drawn.link) } @else { (drawn.label) } }
            }
            @if !drawn.why.is_empty() || !drawn.out.is_empty() {
                p.why { (drawn.why) " " u { (drawn.out) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_words_and_the_choice_of_the_page_decides_about_light() {
        let drawn = Drawn {
            language: "it",
            title: "<b>Torta</b>",
            text: "Ciao",
            link: "https://bar.example/?a=1&b=2",
            label: "",
            image: "",
            why: "Perché l’hai chiesto.",
            out: "Non ne voglio più",
            layout: Layout::Centre,
        };
        let look = Look::default();
        let (light, dark) = (page(&drawn, &look, false), page(&drawn, &look, true));
        assert!(light.contains("&lt;b&gt;Torta") && !light.contains("<b>"));
        assert!(light.contains("--brand:#0b5c58"));
        assert!(light.contains("@media not all") && dark.contains("@media all"));
        assert!(!dark.contains("<a ") && !dark.contains("<script"));
    }
}
