//! The Monday page as a letter: the figures in it as text and drawn, with a link to the page and
//! one that ends it.
//!
//! **Invariant:** it names no customer, and fetches nothing from anywhere.

use std::fmt::Write as _;

use filo_app::monday::{MondayFigures, MondayLetter, MondayView};
use filo_app::{App, Language};
use filo_core::analysis::metric::Comparison;
use maud::{DOCTYPE, Markup, html};

use super::page::{answers_words, waiting_words};
use crate::console::alert::{headline, sentence};
use crate::console::analysis::compare::days_words;
use crate::i18n::{self, Words, zone};
use crate::sentence::figure::{Teller, name};
use crate::sentence::impact;
use crate::ui::shown::line;

const PAPER: &str = "margin:0;padding:16px;background:#ffffff;color:#1c1917;\
    font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.45";
const TABLE: &str = "border-collapse:collapse;width:100%;max-width:640px";
const CELL: &str =
    "padding:6px 8px;border-bottom:1px solid #78716c;text-align:left;vertical-align:top";
const NUMBER: &str = "padding:6px 8px;border-bottom:1px solid #78716c;text-align:right;vertical-align:top;white-space:nowrap";
const HEAD: &str = "font-size:18px;margin:24px 0 8px";

/// The letter in a language, with where one reads the page and where one ends it.
#[must_use]
pub fn write(
    app: &App,
    view: &MondayView,
    language: Language,
    (read, end): (&str, &str),
) -> MondayLetter {
    let language = i18n::Language::from_tag(language.tag()).unwrap_or(i18n::Language::Italian);
    let company = app.company();
    let words = Words {
        zone: zone(&company.company.zone),
        is_invented: app.is_demo(),
        ..Words::of(language)
    };
    let whose = match company.company.name.as_str() {
        "" => "Filo".to_owned(),
        name => line(name),
    };
    let subject = words.fill(
        "monday-subject",
        [
            ("name", whose.into()),
            ("when", words.civil_date(view.days.now.last).into()),
        ],
    );
    let it = Letter {
        teller: Teller {
            words,
            currency: view.currency,
        },
        view,
        read,
        end,
    };
    MondayLetter {
        text: it.text(),
        html: it.drawn(&subject).into_string(),
        subject,
    }
}

struct Letter<'a> {
    teller: Teller,
    view: &'a MondayView,
    read: &'a str,
    end: &'a str,
}

impl Letter<'_> {
    /// Its parts: a heading, and what stands below it.
    fn parts(figures: &MondayFigures) -> [(&'static str, &[Comparison]); 2] {
        [
            ("monday-business", figures.business.as_slice()),
            ("monday-experience", figures.experience.as_slice()),
        ]
    }

    fn text(&self) -> String {
        let (words, view) = (self.teller.words, self.view);
        let mut text = String::new();
        let mut paragraph = |said: &str| {
            text.push_str(said);
            text.push('\n');
        };
        if words.is_invented {
            paragraph(&words.say("demo-invented"));
        }
        paragraph(&days_words(words, &view.days));
        let lines = waiting_words(words, view);
        if !lines.is_empty() {
            paragraph(&format!("\n{}", words.say("monday-waiting").to_uppercase()));
            lines
                .iter()
                .for_each(|(said, _)| paragraph(&format!("- {said}")));
        }
        if let Some(figures) = &view.figures {
            for (key, rows) in Self::parts(figures) {
                paragraph(&format!("\n{}", words.say(key).to_uppercase()));
                rows.iter().for_each(|it| paragraph(&self.row(it)));
            }
            let (now, before) = &figures.answers;
            paragraph(&answers_words(words, now.as_ref(), before.as_ref()));
            paragraph(&format!("\n{}", words.say("alert-title").to_uppercase()));
            for it in &figures.alerts {
                paragraph(&format!(
                    "- {}: {}",
                    headline(words, it),
                    sentence(words, it)
                ));
            }
            if figures.alerts.is_empty() {
                paragraph(&words.say("alert-none"));
            }
            paragraph(&format!(
                "\n{}",
                words.say("monday-journeys").to_uppercase()
            ));
            for (_, name, found) in &figures.journeys {
                paragraph(&format!(
                    "- {}: {}",
                    line(name),
                    impact::headline(words, found)
                ));
            }
            if figures.journeys.is_empty() {
                paragraph(&words.say("monday-journeys-none"));
            }
        }
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "\n{}\n{}\n\n{}\n{}\n",
            words.say("monday-read"),
            self.read,
            words.say("monday-end"),
            self.end
        );
        text
    }

    /// “Ordini: 120 (la settimana prima 100), +20 (+20 %). Più di quanto spieghi il caso …”.
    fn row(&self, it: &Comparison) -> String {
        let teller = self.teller;
        let said = [
            ("name", name(teller.words, it.metric).into()),
            ("now", teller.value(it.metric, it.now.value).into()),
            ("before", teller.value(it.metric, it.before.value).into()),
            ("difference", teller.difference(it).into()),
            ("chance", teller.verdict(it).into()),
        ];
        teller.words.fill("monday-row", said)
    }

    fn drawn(&self, subject: &str) -> Markup {
        let (words, view) = (self.teller.words, self.view);
        let lines = waiting_words(words, view);
        html! {
            (DOCTYPE)
            html lang=(words.language.tag()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (subject) }
                }
                body style=(PAPER) {
                    @if words.is_invented { p { (words.say("demo-invented")) } }
                    h1 style="font-size:24px;margin:0 0 8px" { (words.say("monday-title")) }
                    p { (days_words(words, &view.days)) }
                    @if !lines.is_empty() {
                        h2 style=(HEAD) { (words.say("monday-waiting")) }
                        ul { @for (said, _) in &lines { li { (said) } } }
                    }
                    @if let Some(figures) = &view.figures { (self.figures(figures)) }
                    p style="margin:24px 0" { a href=(self.read) style="color:#0f5e57" { (words.say("monday-read")) } }
                    p style="color:#57534e;font-size:14px" {
                        (words.say("monday-why")) " "
                        a href=(self.end) style="color:#57534e" { (words.say("monday-end")) }
                    }
                }
            }
        }
    }

    fn figures(&self, figures: &MondayFigures) -> Markup {
        let words = self.teller.words;
        let (now, before) = &figures.answers;
        html! {
            @for (key, rows) in Self::parts(figures) {
                h2 style=(HEAD) { (words.say(key)) }
                (self.table(rows))
            }
            p { (answers_words(words, now.as_ref(), before.as_ref())) }
            h2 style=(HEAD) { (words.say("alert-title")) }
            @if figures.alerts.is_empty() { p { (words.say("alert-none")) } }
            @for it in &figures.alerts {
                p { strong { (headline(words, it)) } br; (sentence(words, it)) }
            }
            h2 style=(HEAD) { (words.say("monday-journeys")) }
            @if figures.journeys.is_empty() { p { (words.say("monday-journeys-none")) } }
            @for (_, name, found) in &figures.journeys {
                p { strong { (line(name)) } br; (impact::headline(words, found)) }
            }
        }
    }

    fn table(&self, rows: &[Comparison]) -> Markup {
        let teller = self.teller;
        let words = teller.words;
        html! {
            table style=(TABLE) {
                tr {
                    th scope="col" style=(CELL) { (words.say("compare-head-figure")) }
                    th scope="col" style=(NUMBER) { (words.say("monday-head-week")) }
                    th scope="col" style=(NUMBER) { (words.say("monday-head-before")) }
                }
                @for it in rows {
                    tr {
                        th scope="row" style=(CELL) {
                            (name(words, it.metric))
                            div style="font-weight:normal;font-size:14px;color:#57534e" {
                                (teller.difference(it)) " · " (teller.verdict(it))
                            }
                        }
                        td style=(NUMBER) { strong { (teller.value(it.metric, it.now.value)) } }
                        td style=(NUMBER) { (teller.value(it.metric, it.before.value)) }
                    }
                }
            }
        }
    }
}
