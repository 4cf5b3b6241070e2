//! A mail as it leaves: its blocks as MJML and as plain text.
//!
//! **Invariant:** every text is escaped as it goes into the markup; both forms say the same, with
//! the links of the plain one as notes at its end.

use std::fmt::Write;

use super::block::{Block, Span};
use super::tone::Address;
use crate::company::Language;

/// The offer, as a mail shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What it is called.
    pub name: String,
    /// What is promised.
    pub terms: String,
    /// What is said at the till.
    pub code: String,
    /// Until when, and where, in words; empty if there is no end.
    pub window: String,
}

/// A mail that was composed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// In which language.
    pub language: Language,
    /// Tu or Lei, in the foot.
    pub address: Address,
    /// The subject.
    pub subject: String,
    /// What a list of mails shows beside it.
    pub preheader: String,
    /// What it says.
    pub blocks: Vec<Block>,
    /// The offer that it speaks of.
    pub offer: Option<Offer>,
    /// Who sends it.
    pub company: String,
    /// Where they are.
    pub place: String,
    /// Why it came.
    pub why: String,
    /// Where one says that one wants no more of these.
    pub unsubscribe: Option<String>,
    /// Where one chooses what one wants.
    pub preferences: Option<String>,
}

/// Dark grounds only where the reader's program asks for them.
const DARK: &str = "\
@media (prefers-color-scheme: dark) {\
 body, .ground, .ground > table { background: #171513 !important; }\
 .paper, .paper > table { background: #201e1b !important; }\
 .ink div, .ink a, .ink p { color: #f0ece4 !important; }\
 .soft div, .soft a { color: #b3aa9c !important; }\
 .offer, .offer > table { background: #2b2824 !important; }\
 .press a, .press td { background: #6cccc2 !important; color: #07211f !important; }\
 }";
/// The letters of the reader's own machine: nothing is fetched.
const FONTS: &str =
    "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";

/// The mail as MJML.
#[must_use]
pub fn mjml(letter: &Letter) -> String {
    let mut out = String::with_capacity(4096);
    let title = escaped(&letter.subject);
    let lang = letter.language.tag();
    let _ = write!(
        out,
        "<mjml lang=\"{lang}\" dir=\"ltr\"><mj-head><mj-title>{title}</mj-title>"
    );
    if !letter.preheader.is_empty() {
        let _ = write!(
            out,
            "<mj-preview>{}</mj-preview>",
            escaped(&letter.preheader)
        );
    }
    let _ = write!(
        out,
        "<mj-attributes><mj-all font-family=\"{FONTS}\" /><mj-text font-size=\"16px\" \
         line-height=\"1.55\" color=\"#211e1a\" padding=\"8px 32px\" css-class=\"ink\" />\
         </mj-attributes><mj-style>{DARK}</mj-style><mj-raw><meta name=\"color-scheme\" \
         content=\"light dark\" /><meta name=\"supported-color-schemes\" content=\"light dark\" />\
         </mj-raw></mj-head><mj-body width=\"600px\" background-color=\"#f6f3ed\" css-class=\"ground\">\
         <mj-section padding=\"16px 0 0\"><mj-column></mj-column></mj-section>"
    );
    out.push_str("<mj-section background-color=\"#ffffff\" padding=\"24px 0\" css-class=\"paper\"><mj-column>");
    for block in &letter.blocks {
        draw(&mut out, block, letter);
    }
    out.push_str("</mj-column></mj-section>");
    foot(&mut out, letter);
    out.push_str("</mj-body></mjml>");
    out
}

fn draw(out: &mut String, block: &Block, letter: &Letter) {
    match block {
        Block::Heading(words) => {
            let words = markup(words);
            let _ = write!(
                out,
                "<mj-text font-size=\"24px\" line-height=\"1.3\" font-weight=\"600\">\
                 <h1 style=\"margin:0;font-size:24px;line-height:1.3;font-weight:600\">{words}</h1></mj-text>"
            );
        }
        Block::Paragraph(lines) => {
            let lines: Vec<String> = lines.iter().map(|line| markup(line)).collect();
            let _ = write!(
                out,
                "<mj-text><p style=\"margin:0\">{}</p></mj-text>",
                lines.join("<br />")
            );
        }
        Block::List(items) => {
            out.push_str("<mj-text><ul style=\"margin:0;padding-left:20px\">");
            for item in items {
                let _ = write!(out, "<li style=\"margin:0 0 4px\">{}</li>", markup(item));
            }
            out.push_str("</ul></mj-text>");
        }
        Block::Button { words, to } => {
            let _ = write!(
                out,
                "<mj-button href=\"{}\" background-color=\"#0b5c58\" color=\"#ffffff\" \
                 font-size=\"16px\" font-weight=\"600\" border-radius=\"8px\" \
                 inner-padding=\"12px 24px\" padding=\"12px 32px\" align=\"left\" \
                 css-class=\"press\">{}</mj-button>",
                escaped(to),
                escaped(words)
            );
        }
        Block::Picture { shows, at } => {
            let _ = write!(
                out,
                "<mj-image src=\"{}\" alt=\"{}\" padding=\"12px 32px\" border-radius=\"8px\" />",
                escaped(at),
                escaped(shows)
            );
        }
        Block::Line => out.push_str(
            "<mj-divider border-width=\"1px\" border-color=\"#c9c1b4\" padding=\"16px 32px\" />",
        ),
        Block::Promotion => {
            if let Some(offer) = &letter.offer {
                let lines = offer_lines(offer, letter.language).join("<br />");
                let _ = write!(
                    out,
                    "<mj-text container-background-color=\"#f6f3ed\" padding=\"16px 32px\" \
                     css-class=\"ink offer\">{lines}</mj-text>"
                );
            }
        }
    }
}

/// What is said of an offer, line by line, as markup.
fn offer_lines(offer: &Offer, language: Language) -> Vec<String> {
    let mut lines = vec![
        format!("<strong>{}</strong>", escaped(&offer.name)),
        escaped(&offer.terms),
    ];
    if !offer.code.is_empty() {
        let code = escaped(&offer.code);
        lines.push(format!("{} <strong>{code}</strong>", code_word(language)));
    }
    if !offer.window.is_empty() {
        lines.push(escaped(&offer.window));
    }
    lines
}

const fn code_word(language: Language) -> &'static str {
    match language {
        Language::Italian => "Codice:",
        Language::English => "Code:",
    }
}

fn foot(out: &mut String, letter: &Letter) {
    let mut lines = Vec::new();
    if !letter.why.is_empty() {
        lines.push(escaped(&letter.why));
    }
    let ways: Vec<String> = ways(letter)
        .into_iter()
        .map(|(words, to)| {
            format!(
                "<a href=\"{}\" style=\"color:#625b51\">{words}</a>",
                escaped(to)
            )
        })
        .collect();
    if !ways.is_empty() {
        lines.push(ways.join(" · "));
    }
    let sender = [&letter.company, &letter.place].map(|text| escaped(text));
    let sender: Vec<String> = sender.into_iter().filter(|text| !text.is_empty()).collect();
    if !sender.is_empty() {
        lines.push(sender.join(", "));
    }
    let _ = write!(
        out,
        "<mj-section padding=\"16px 0 32px\"><mj-column><mj-text font-size=\"13px\" \
         line-height=\"1.6\" color=\"#625b51\" css-class=\"soft\">{}</mj-text></mj-column></mj-section>",
        lines.join("<br />")
    );
}

/// The ways out, with their words.
fn ways(letter: &Letter) -> Vec<(&'static str, &str)> {
    let polite = letter.address == Address::Polite;
    let words = match (letter.language, polite) {
        (Language::Italian, true) => ["Non riceva più questi messaggi", "Scelga che cosa ricevere"],
        (Language::Italian, false) => [
            "Non ricevere più questi messaggi",
            "Scegli che cosa ricevere",
        ],
        (Language::English, _) => ["Unsubscribe", "Choose what you receive"],
    };
    let links = [&letter.unsubscribe, &letter.preferences];
    let pairs = words.into_iter().zip(links);
    pairs
        .filter_map(|(words, to)| Some((words, to.as_deref()?)))
        .collect()
}

/// The mail as plain text.
#[must_use]
pub fn plain(letter: &Letter) -> String {
    let mut notes: Vec<&str> = Vec::new();
    let mut parts: Vec<String> = Vec::new();
    for block in &letter.blocks {
        parts.push(match block {
            Block::Heading(words) => said(words, &mut notes),
            Block::Paragraph(lines) => {
                let lines: Vec<String> = lines.iter().map(|line| said(line, &mut notes)).collect();
                lines.join("\n")
            }
            Block::List(items) => {
                let items: Vec<String> = items
                    .iter()
                    .map(|item| format!("- {}", said(item, &mut notes)))
                    .collect();
                items.join("\n")
            }
            Block::Button { words, to } => format!("{words} [{}]", note(to, &mut notes)),
            Block::Picture { shows, .. } => format!("({shows})"),
            Block::Line => "---".to_owned(),
            Block::Promotion => match &letter.offer {
                Some(offer) => offer_text(offer, letter.language),
                None => continue,
            },
        });
    }
    let mut foot: Vec<String> = Vec::new();
    foot.extend((!letter.why.is_empty()).then(|| letter.why.clone()));
    for (words, to) in ways(letter) {
        foot.push(format!("{words}: {to}"));
    }
    let sender = [&letter.company, &letter.place];
    let sender: Vec<&str> = sender
        .into_iter()
        .map(String::as_str)
        .filter(|text| !text.is_empty())
        .collect();
    foot.extend((!sender.is_empty()).then(|| sender.join(", ")));
    if !notes.is_empty() {
        let notes = notes.iter().enumerate();
        let lines: Vec<String> = notes
            .map(|(place, to)| format!("[{}] {to}", place + 1))
            .collect();
        parts.push(lines.join("\n"));
    }
    format!("{}\n\n-- \n{}\n", parts.join("\n\n"), foot.join("\n"))
}

fn offer_text(offer: &Offer, language: Language) -> String {
    let mut lines = vec![offer.name.clone(), offer.terms.clone()];
    if !offer.code.is_empty() {
        lines.push(format!("{} {}", code_word(language), offer.code));
    }
    lines.extend((!offer.window.is_empty()).then(|| offer.window.clone()));
    lines.join("\n")
}

fn said<'a>(spans: &'a [Span], notes: &mut Vec<&'a str>) -> String {
    let mut text = String::new();
    for span in spans {
        match span {
            Span::Plain(words) | Span::Strong(words) => text.push_str(words),
            Span::Link { words, to } => {
                let number = note(to, notes);
                let _ = write!(text, "{words} [{number}]");
            }
        }
    }
    text
}

/// The number of a link; the same link has one.
fn note<'a>(to: &'a str, notes: &mut Vec<&'a str>) -> usize {
    if let Some(place) = notes.iter().position(|known| *known == to) {
        return place + 1;
    }
    notes.push(to);
    notes.len()
}

fn markup(spans: &[Span]) -> String {
    let mut out = String::new();
    for span in spans {
        match span {
            Span::Plain(words) => out.push_str(&escaped(words)),
            Span::Strong(words) => {
                let _ = write!(out, "<strong>{}</strong>", escaped(words));
            }
            Span::Link { words, to } => {
                let (to, words) = (escaped(to), escaped(words));
                let _ = write!(out, "<a href=\"{to}\" style=\"color:#0b5c58\">{words}</a>");
            }
        }
    }
    out
}

/// A text within markup. Braces too: mail programs and templates read them.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}
