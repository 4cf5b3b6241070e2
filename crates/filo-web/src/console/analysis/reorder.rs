//! Repeat purchases: when the same product is bought again, and who is due.

use axum::extract::{Query, State};
use filo_app::App;
use filo_app::analysis::{ReorderAsked, ReorderWho};
use filo_app::segment::SegmentView;
use filo_core::access::Right;
use filo_core::analysis::{PRODUCTS_MOST, REPEATS_LEAST, Reorder, ReorderLine, Rhythm, Who};
use maud::{Markup, html};
use serde::Deserialize;

use super::board::{self, Board};
use super::question::{segment_field, with_segment};
use super::{figure, sheet, tenths, whole_percent};
use crate::console::failure::Failure;
use crate::console::session::{Session, encode};
use crate::console::{Answer, shown};
use crate::i18n::Words;
use crate::right::{SeeFigures, SeePeopleOfFigures};
use crate::ui::page::{Place, empty};
use crate::ui::shown::line;

/// Longer words are no name of a product.
const SEARCH_MOST: usize = 200;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Asked {
    search: String,
    segment: String,
    /// The key of a product; of any without it.
    product: String,
    who: String,
    /// The form of the answer: `csv` for a file.
    #[serde(rename = "as")]
    form: String,
}

impl Asked {
    fn search(&self) -> String {
        self.search.chars().take(SEARCH_MOST).collect()
    }

    fn reorder(&self) -> ReorderAsked {
        ReorderAsked {
            search: self.search(),
            segment: self.segment.parse().ok(),
        }
    }

    /// The part of an address that asks the same.
    fn query(&self) -> String {
        let query = format!("search={}", encode(&self.search()));
        with_segment(query, &self.segment)
    }
}

/// What the parts of the page are drawn with.
#[derive(Clone, Copy)]
struct Drawing<'a> {
    words: Words,
    reorder: &'a Reorder,
    query: &'a str,
    /// Whoever looks may see who is behind a number.
    lists: bool,
}

impl Drawing<'_> {
    fn door(self, count: u64, product: Option<&str>, who: Who) -> Markup {
        let mut address = format!("/analysis/reorder/people?{}&who={}", self.query, who.word());
        if let Some(product) = product {
            address.push_str("&product=");
            address.push_str(&encode(product));
        }
        figure::door(self.words, self.lists, count, &address)
    }
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<SeeFigures>,
    Query(asked): Query<Asked>,
) -> Answer {
    let reorder = app.reorder(&session.actor, &asked.reorder()).await?;
    let words = session.words;
    if asked.form == "csv" {
        return file(words, &reorder);
    }
    let segments = app.segments().await?;
    let query = asked.query();
    let it = Drawing {
        words,
        reorder: &reorder,
        query: &query,
        lists: session.actor.may(Right::ListPeople),
    };
    let content = html! {
        div { h1 { (words.say("reorder-title")) } p.lead { (words.say("reorder-lead")) } }
        (board::row(words, Board::Reorder))
        (filter(words, &asked, &segments))
        @if reorder.products == 0 {
            (empty(&words.say("reorder-none"), &html! { p { (words.say("reorder-none-hint")) } }))
        } @else {
            p { (words.say("reorder-due")) " " (it.door(reorder.due, None, Who::Due)) ". " (words.say("reorder-due-hint")) }
            @if reorder.found == 0 {
                (empty(&words.say("reorder-not-found"), &html! { p { (words.say("reorder-not-found-hint")) } }))
            } @else {
                (table(it))
                (sheet::link(words, &format!("/analysis/reorder?{query}")))
            }
        }
        details.card {
            summary { (words.say("analysis-how")) }
            p { (words.say("reorder-how")) }
            p { (words.fill("reorder-how-rhythm", [("least", REPEATS_LEAST.into())])) }
            p.about { (words.say("reorder-how-source")) }
        }
    };
    shown(session.page(Place::Analysis, &words.say("reorder-title"), None, &content))
}

fn filter(words: Words, asked: &Asked, segments: &[SegmentView]) -> Markup {
    html! {
        form.row action="/analysis/reorder" {
            div.field {
                label for="field-search" { (words.say("reorder-search")) }
                input #field-search type="search" name="search" value=(asked.search()) maxlength=(SEARCH_MOST);
            }
            (segment_field(words, segments, &asked.segment))
            button.quiet type="submit" { (words.say("analysis-show")) }
        }
    }
}

fn table(it: Drawing<'_>) -> Markup {
    let words = it.words;
    let labels = [
        "reorder-head-buyers",
        "reorder-head-returned",
        "reorder-head-repeats",
        "reorder-head-share",
        "reorder-head-days",
        "reorder-head-due",
    ];
    let labels = labels.map(|key| words.say(key));
    let said = [
        ("most", (PRODUCTS_MOST as u64).into()),
        ("found", words.number(it.reorder.found).into()),
    ];
    html! {
        section aria-labelledby="reorder-products" {
            h2 #reorder-products { (words.say("reorder-products")) }
            p.about { (words.say("reorder-products-hint")) }
            table.table {
                thead {
                    tr {
                        th scope="col" { (words.say("reorder-head-product")) }
                        @for label in &labels { th.number scope="col" { (label) } }
                    }
                }
                tbody {
                    @for product in &it.reorder.lines {
                        @let key = Some(product.key.as_str());
                        tr {
                            td { (name(product)) }
                            td.number data-label=(labels[0]) { (it.door(product.buyers, key, Who::Buyers)) }
                            td.number data-label=(labels[1]) { (it.door(product.returned, key, Who::Returned)) }
                            td.number data-label=(labels[2]) { (words.number(product.repeats)) }
                            td.number data-label=(labels[3]) { (share(words, product.rhythm)) }
                            td.number data-label=(labels[4]) { (days(words, product.rhythm)) }
                            td.number data-label=(labels[5]) { (it.door(product.due, key, Who::Due)) }
                        }
                    }
                }
            }
            @if it.reorder.found > PRODUCTS_MOST as u64 { p.about { (words.fill("reorder-more", said)) } }
        }
    }
}

fn name(product: &ReorderLine) -> Markup {
    html! {
        strong { bdi { (line(&product.name)) } }
        @if product.key != product.name { " " span.soft { bdi { (line(&product.key)) } } }
    }
}

/// After how many purchases another comes.
fn share(words: Words, rhythm: Option<Rhythm>) -> Markup {
    let Some(rhythm) = rhythm else {
        return html! { span.soft { (words.say("analysis-too-few-to-say")) } };
    };
    let [share, low, high] = rhythm.share.map(whole_percent);
    let said = [("low", low.into()), ("high", high.into())];
    html! { (share) " " span.soft { (words.fill("reorder-share-between", said)) } }
}

fn days(words: Words, rhythm: Option<Rhythm>) -> Markup {
    let Some(rhythm) = rhythm else {
        return html! { span.soft { (words.say("analysis-too-few-to-say")) } };
    };
    let [low, middle, high] = rhythm.days.map(|days| tenths(words, days));
    let said = [("low", low.into()), ("high", high.into())];
    html! {
        (words.fill("flow-days", [("time", middle.into())])) " "
        span.soft { (words.fill("reorder-days-between", said)) }
    }
}

/// The table as a file.
fn file(words: Words, reorder: &Reorder) -> Answer {
    let keys = [
        "reorder-head-key",
        "reorder-head-product",
        "reorder-head-buyers",
        "reorder-head-returned",
        "reorder-head-repeats",
        "reorder-head-share",
        "reorder-sheet-lower",
        "reorder-sheet-median",
        "reorder-sheet-upper",
        "reorder-head-due",
    ];
    let row = |it: &ReorderLine| {
        let share = it.rhythm.map(|it| it.share[0]);
        let mut cells = vec![
            it.key.to_string(),
            it.name.to_string(),
            it.buyers.to_string(),
            it.returned.to_string(),
            it.repeats.to_string(),
            sheet::decimal(words, share),
        ];
        let days = [0, 1, 2].map(|at| it.rhythm.and_then(|it| it.days.get(at).copied()));
        cells.extend(days.map(|days| sheet::decimal(words, days)));
        cells.push(it.due.to_string());
        cells
    };
    let rows: Vec<Vec<String>> = reorder.lines.iter().map(row).collect();
    sheet::file(words, "filo-reorder", &sheet::heads(words, keys), &rows)
}

/// Who is behind a number.
pub(in crate::console) async fn behind(
    State(app): State<App>,
    session: Session<SeePeopleOfFigures>,
    Query(asked): Query<Asked>,
) -> Answer {
    let who = ReorderWho {
        product: (!asked.product.is_empty()).then(|| asked.product.clone()),
        who: Who::from_word(&asked.who).ok_or(Failure::Missing)?,
    };
    let segment = asked.reorder().segment;
    let (name, found) = app.reorder_people(&session.actor, segment, &who).await?;
    let words = session.words;
    let title = words.say(&format!("reorder-behind-{}", who.who.word()));
    let head = figure::Head {
        board: Board::Reorder,
        query: &asked.query(),
        title: html! { (title) @if let Some(name) = &name { ": " bdi { (line(name)) } } },
    };
    shown(figure::page(&session, &head, &found))
}
