//! One figure: what it is and was, its course with what happened meanwhile, and where a difference
//! comes from.

use axum::extract::{Path, Query, State};
use filo_app::App;
use filo_app::alert::NamedCause;
use filo_app::analysis::MetricView;
use filo_core::access::Right;
use filo_core::analysis::metric::{Figure, Measure, Metric, Window};
use filo_core::money::Currency;
use jiff::civil::Date;
use maud::{Markup, html};

use super::asked::Asked;
use super::table::chance;
use super::{days_words, window_words};
use crate::console::analysis::{fact, figure};
use crate::console::annotation::{notes, told};
use crate::console::failure::Failure;
use crate::console::session::Session;
use crate::console::{Answer, shown};
use crate::i18n::Words;
use crate::right::SeeFigures;
use crate::sentence::figure::{Teller, hint, name};
use crate::ui::chart::{Chart, Point, Rate, Rates, line as course, rates};
use crate::ui::icon::Icon;
use crate::ui::page::Place;
use crate::ui::shown::line;

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<SeeFigures>,
    Path(metric): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let metric = Metric::from_word(&metric).ok_or(Failure::Missing)?;
    let question = asked.question();
    let view = app.compare_one(&session.actor, &question, metric).await?;
    let mut causes = Vec::new();
    for cause in &view.causes {
        let dimension = cause.dimension.word();
        causes.push(NamedCause {
            dimension: dimension.to_owned(),
            name: app.name_of_cause(dimension, &cause.of).await?,
            of: cause.of.clone(),
            added: cause.added,
            share: cause.share,
        });
    }
    let segments = app.segments().await?;
    let words = session.words;
    let teller = Teller {
        words,
        currency: view.currency,
    };
    let (query, action) = (
        asked.query(),
        format!("/analysis/compare/{}", metric.word()),
    );
    let lists = session.actor.may(Right::ListPeople);
    let title = name(words, metric);
    let content = html! {
        a.back href={ "/analysis/compare?" (query) } { (Icon::Back.draw()) (words.say("compare-title")) }
        div { h1 { (title) } p.lead { (hint(words, metric)) } }
        (asked.filter(words, &action, &segments))
        p { (days_words(words, &view.days)) }
        (summary(teller, &view, (&query, lists)))
        (drawn(teller, &view))
        (reasons(teller, metric, &causes))
        @if !view.annotations.is_empty() {
            section.card { h2 { (words.say("annotation-meanwhile")) } (told(words, &view.annotations)) }
        }
    };
    shown(session.page(Place::Analysis, &title, None, &content))
}

fn summary(teller: Teller, view: &MetricView, (query, lists): (&str, bool)) -> Markup {
    let (words, it) = (teller.words, &view.comparison);
    let people = |side: &str, count: u64| {
        let address = format!(
            "/analysis/compare/{}/people?{query}&side={side}",
            it.metric.word()
        );
        figure::door(words, lists, count, &address)
    };
    html! {
        section.card {
            dl.facts {
                (fact(&window_words(words, view.days.now), &html! { (teller.value(it.metric, it.now.value)) }))
                (fact(&window_words(words, view.days.before), &html! { (teller.value(it.metric, it.before.value)) }))
                (fact(&words.say("compare-head-difference"), &html! { (teller.difference(it)) }))
                (fact(&words.say("compare-head-people"), &html! {
                    (people("now", it.now.people)) " / " (people("before", it.before.people))
                }))
            }
            p { (chance(teller, it)) }
        }
    }
}

/// Its course: a line with what happened, or a table alone where a line would need numbers below
/// nought.
fn drawn(teller: Teller, view: &MetricView) -> Markup {
    let (words, metric) = (teller.words, view.comparison.metric);
    let days: Vec<(Date, Date)> = view
        .series
        .iter()
        .map(|(it, _)| (it.first, it.last))
        .collect();
    let notes = notes(words, &view.annotations, &days);
    let title = words.say("compare-course");
    let short = |it: &Window| format!("{}/{}", it.first.day(), it.first.month());
    html! {
        section.card {
            h2 { (title) }
            @match metric.measure() {
                Measure::Share => {
                    @let feet: Vec<String> = view.series.iter().map(|(it, _)| short(it)).collect();
                    @let shares = view.series.iter().map(|(_, figure)| figure.value).collect();
                    @let rate = [Rate { label: name(words, metric), shares }];
                    (rates(&Rates {
                        id: "course", title: &title, description: &name(words, metric), feet: &feet,
                        rates: &rate, notes: &notes, words,
                    }))
                    (table(teller, view))
                },
                Measure::Score => (table(teller, view)),
                Measure::Count | Measure::People | Measure::Money | Measure::MoneyEach => {
                    @let points: Vec<Point> = view.series.iter().map(|(window, figure)| Point {
                        label: window_words(words, *window),
                        short: short(window),
                        value: whole(metric, figure, view.currency),
                    }).collect();
                    @let heads = (words.say("compare-head-days"), name(words, metric));
                    (course(&Chart {
                        words, id: "course", title: &title, heads: (&heads.0, &heads.1), points: &points,
                        notes: &notes,
                    }))
                    @if matches!(metric.measure(), Measure::Money | Measure::MoneyEach) {
                        p.about { (words.fill("compare-course-money", [("currency", view.currency.code().into())])) }
                    }
                },
            }
        }
    }
}

fn table(teller: Teller, view: &MetricView) -> Markup {
    let (words, metric) = (teller.words, view.comparison.metric);
    html! {
        table.plain-table {
            thead { tr { th scope="col" { (words.say("compare-head-days")) } th.number scope="col" { (name(words, metric)) } } }
            tbody {
                @for (window, figure) in &view.series {
                    tr { td { (window_words(words, *window)) } td.number { (teller.value(metric, figure.value)) } }
                }
            }
        }
    }
}

/// A whole number for a chart: of amounts the larger unit. What went back beyond what came is
/// nothing.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "figures of a company are not negative here, and fit"
)]
fn whole(metric: Metric, figure: &Figure, currency: Currency) -> u64 {
    let value = figure.value.unwrap_or(0.0).max(0.0);
    let digits = i32::from(currency.minor_digits());
    match metric.measure() {
        Measure::Money | Measure::MoneyEach => (value / 10_f64.powi(digits)).round() as u64,
        Measure::Count | Measure::People | Measure::Share | Measure::Score => value.round() as u64,
    }
}

/// Where the difference comes from.
pub(in crate::console) fn reasons(teller: Teller, metric: Metric, all: &[NamedCause]) -> Markup {
    let words = teller.words;
    html! {
        section.card aria-labelledby="compare-causes" {
            h2 #compare-causes { (words.say("compare-causes")) }
            @if all.is_empty() { p.soft { (words.say("compare-causes-none")) } }
            @else {
                ul.points { @for cause in all { li { (cause_words(teller, metric, cause)) } } }
                p.about { (words.say("compare-causes-hint")) }
            }
        }
    }
}

/// “Canale sito: −34 ordini, il 78 % della differenza”.
pub(in crate::console) fn cause_words(
    teller: Teller,
    metric: Metric,
    cause: &NamedCause,
) -> String {
    let words = teller.words;
    let name = match cause.dimension.as_str() {
        "channel" => words.say(&format!("channel-{}", cause.name)).into_owned(),
        "event" => event_name(words, &cause.name),
        _ => line(&cause.name),
    };
    let share = format!("{:.0}", cause.share * 100.0);
    let said = [
        ("name", name.into()),
        ("added", teller.signed(metric, cause.added).into()),
        ("share", words.decimal(&share).into()),
    ];
    words.fill(&format!("compare-cause-{}", cause.dimension), said)
}

fn event_name(words: Words, name: &str) -> String {
    let known = words.look_up_name("event", name);
    known.map_or_else(|| line(name), std::borrow::Cow::into_owned)
}
