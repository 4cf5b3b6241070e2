//! What a journey changed: the card with which its page opens, and the parts that experiments
//! share with it.

use filo_app::impact::{HELD_BACK, ImpactView, Measured, TREATED};
use filo_app::journey::JourneyPage;
use filo_core::id::JourneyId;
use filo_core::impact::{Figure, Figures};
use filo_core::money::Cents;
use maud::{Markup, html};

use super::cost;
use crate::i18n::Words;
use crate::sentence::impact::{
    Compared, count_words, effect_sentence, headline, least, money_ends, money_sentence,
    of_journey, percent, points_ends,
};
use crate::sentence::journey::span_words;
use crate::ui::chart::{Range, interval};
use crate::ui::shown::line;

/// The card.
pub(super) fn card(words: Words, page: &JourneyPage, view: &ImpactView) -> Markup {
    let id = page.view.row.id;
    let measured = &view.measured;
    let query = version_query(view.version);
    let names = ["held-back", "treated"].map(|group| words.say(&format!("impact-group-{group}")));
    let columns = Columns {
        words,
        measured,
        names: names.iter().map(|name| name.as_ref().to_owned()).collect(),
        address: Address::of_journey(id, &query),
    };
    let has_holdout = view.holdout_percent > 0;
    html! {
        section.card.impact aria-labelledby="impact-title" {
            h2 #impact-title { (words.say("impact-title")) }
            p.lead { (headline(words, view)) }
            @if measured.impact.is_mismatched { p.notice.notice-bad { (words.say("impact-mismatch")) } }
            @if has_holdout { (findings(words, measured, |_group| of_journey(words))) }
            (columns.table(has_holdout))
            (beneath(words, measured, has_holdout.then_some(view.holdout_percent)))
            (cost::spent(words, view))
            (versions(words, page, view))
        }
    }
}

/// What was found, each with the ends between which it lies.
pub(super) fn findings(
    words: Words,
    measured: &Measured,
    compared: impl Fn(usize) -> Compared,
) -> Markup {
    let impact = &measured.impact;
    html! {
        @for effect in &impact.effects {
            @let told = effect_sentence(words, measured, effect, &compared(effect.group));
            @let ends = points_ends(words, effect.points);
            div.finding {
                p { (told) " " (least(words, measured, effect)) }
                (interval(&told, &Range {
                    value: effect.points.value,
                    ends: (effect.points.low, effect.points.high),
                    written: (&ends.0, &ends.1),
                }))
            }
        }
        @for effect in &impact.money {
            @let told = money_sentence(words, effect);
            @let ends = money_ends(words, effect.each, effect.currency);
            @let amount = |cents: Cents| cents.0 as f64;
            div.finding {
                p {
                    @if impact.groups.len() > 2 { (compared(effect.group).who) ": " }
                    (told)
                }
                (interval(&told, &Range {
                    value: amount(effect.each.value),
                    ends: (amount(effect.each.low), amount(effect.each.high)),
                    written: (&ends.0, &ends.1),
                }))
            }
        }
    }
}

/// Where the people behind a figure are shown.
pub(super) struct Address {
    path: String,
    query: String,
}

impl Address {
    fn of_journey(id: JourneyId, query: &str) -> Self {
        Self {
            path: format!("/journeys/{id}/impact"),
            query: query.to_owned(),
        }
    }

    pub(super) fn of_step(id: JourneyId, step: &str) -> Self {
        Self {
            path: format!("/journeys/{id}/impact"),
            query: format!("&step={step}"),
        }
    }

    fn of(&self, group: usize, figure: Figure) -> String {
        let figure = figure.word();
        format!("{}?group={group}&figure={figure}{}", self.path, self.query)
    }
}

/// The part of an address that names a version.
pub(super) fn version_query(version: Option<i64>) -> String {
    version.map_or_else(String::new, |version| format!("&version={version}"))
}

/// The figures of each group beside each other.
pub(super) struct Columns<'a> {
    pub(super) words: Words,
    pub(super) measured: &'a Measured,
    pub(super) names: Vec<String>,
    pub(super) address: Address,
}

impl Columns<'_> {
    /// The table; without those held back where there are none.
    pub(super) fn table(&self, is_whole: bool) -> Markup {
        let words = self.words;
        let groups: Vec<(usize, &Figures)> = self
            .measured
            .impact
            .groups
            .iter()
            .enumerate()
            .filter(|(group, figures)| is_whole || *group != HELD_BACK || figures.entered > 0)
            .collect();
        let goal = self.measured.goal.as_deref().map(line).unwrap_or_default();
        html! {
            div.wide {
                table.plain-table {
                    thead { tr {
                        th scope="col" { span.hidden-label { (words.say("impact-figure")) } }
                        @for (group, _) in &groups { th.number scope="col" { (self.names.get(*group).map_or("", String::as_str)) } }
                    } }
                    tbody {
                        @for figure in Figure::ALL {
                            @if figure != Figure::Reached || self.measured.goal.is_some() {
                                tr {
                                    th scope="row" {
                                        @if figure == Figure::Reached { (words.fill("impact-figure-reached", [("goal", goal.as_str().into())])) }
                                        @else { (words.say(&format!("impact-figure-{}", figure.word()))) }
                                    }
                                    @for (group, figures) in &groups { (self.cell(*group, figures, figure)) }
                                }
                            }
                        }
                        (self.money(&groups))
                    }
                }
            }
        }
    }

    fn cell(&self, group: usize, figures: &Figures, figure: Figure) -> Markup {
        let (words, count) = (self.words, figures.get(figure));
        let is_share = matches!(figure, Figure::Reached | Figure::Bought);
        html! {
            td.number {
                @if count == 0 { "0" }
                @else { a href=(self.address.of(group, figure)) { (count_words(words, count)) } }
                @if is_share { span.soft { " · " (percent(words, count, figures.counted)) } }
            }
        }
    }

    fn money(&self, groups: &[(usize, &Figures)]) -> Markup {
        let words = self.words;
        let spent = groups
            .iter()
            .flat_map(|(_, figures)| figures.revenue.keys());
        let currencies: std::collections::BTreeSet<_> = spent.copied().collect();
        html! {
            @for currency in currencies {
                tr {
                    th scope="row" { (words.say("impact-figure-revenue")) }
                    @for (_, figures) in groups {
                        @let sum = figures.revenue.get(&currency).copied().unwrap_or_default();
                        @let count = u32::try_from(figures.counted).unwrap_or(u32::MAX);
                        td.number {
                            (words.amount(sum.0, currency))
                            span.soft { " · " (words.fill("impact-each", [("sum", words.amount(sum.each(count).0, currency).into())])) }
                        }
                    }
                }
            }
        }
    }
}

/// How it was measured, of whom, and when.
pub(super) fn beneath(words: Words, measured: &Measured, holdout_percent: Option<u8>) -> Markup {
    let window = span_words(words, measured.window);
    let at = words.date_time(measured.at);
    html! {
        p.soft.small {
            (words.fill("impact-how", [("window", window.into()), ("at", at.into())]))
            @if let Some(percent) = holdout_percent {
                " " (words.fill("impact-share", [("percent", percent.to_string().into())]))
            }
            @if measured.left_out > 0 {
                " " (words.fill("impact-left-out", [("count", count_words(words, measured.left_out).into())]))
            }
            @if measured.is_cut { " " (words.say("impact-cut")) }
        }
    }
}

/// The choice of a version, where there are several.
fn versions(words: Words, page: &JourneyPage, view: &ImpactView) -> Markup {
    let id = page.view.row.id;
    html! {
        @if page.versions.len() > 1 {
            form.row action={ "/journeys/" (id) } {
                div.field {
                    label for="field-version" { (words.say("impact-version")) }
                    select #field-version name="version" {
                        option value="" selected[view.version.is_none()] { (words.say("impact-version-all")) }
                        @for (row, _) in &page.versions {
                            option value=(row.version) selected[view.version == Some(row.version)] {
                                (words.fill("journey-version", [("version", row.version.into())]))
                            }
                        }
                    }
                }
                button.quiet type="submit" { (words.say("journey-show")) }
            }
        }
    }
}

/// What a group of a journey is called.
pub(super) fn group_name(words: Words, group: usize) -> String {
    let key = match group {
        TREATED => "impact-group-treated",
        _ => "impact-group-held-back",
    };
    words.say(key).into_owned()
}
