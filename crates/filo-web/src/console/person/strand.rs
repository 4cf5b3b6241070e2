//! Twelve months as beads on the thread: one bead per month and channel, larger where more
//! happened. It is drawn from the newest events alone, and says from when on.

use std::collections::BTreeMap;

use filo_core::event::{Channel, Event};
use filo_core::time::Timestamp;
use jiff::ToSpan as _;
use jiff::civil::Date;
use maud::{Markup, html};

use super::told::{bead, channel_word};
use crate::i18n::Words;

const MONTHS: i32 = 12;
const WIDTH: i32 = 720;
const HEIGHT: i32 = 92;
/// Where the thread runs.
const LINE: i32 = 46;
/// The largest bead fits its month, the smallest can be seen.
const RADIUS_MOST: f64 = 11.0;
const RADIUS_LEAST: f64 = 3.5;

/// How often they were met, by month from the oldest on.
type Counts = BTreeMap<(i32, Channel), u32>;

pub(super) fn strand(words: Words, events: &[Event], is_whole: bool, now: Timestamp) -> Markup {
    let Some(today) = words.day_of(now) else {
        return html! {};
    };
    let counts = count(words, events, today);
    if counts.is_empty() {
        return html! {};
    }
    let most = counts.values().copied().max().unwrap_or(1);
    let oldest = events.last().map(|event| event.at);
    let partial = !is_whole
        && oldest
            .and_then(|at| words.day_of(at))
            .is_some_and(|day| months_ago(day, today) < MONTHS - 1);
    let mut channels: Vec<Channel> = counts.keys().map(|(_, channel)| *channel).collect();
    channels.sort_unstable();
    channels.dedup();
    html! {
        figure.strand {
            svg.chart viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-labelledby="strand-title" {
                title #strand-title { (words.say("strand-title")) }
                path.red d={ "M0 " (LINE) "H" (WIDTH) } {}
                @for month in 0..MONTHS { (month_of(words, &counts, month, (most, today))) }
            }
            figcaption {
                ul.legend {
                    @for channel in channels { li { span class={ "dot " (bead(channel)) } {} (channel_word(words, channel)) } }
                }
                @if let Some(oldest) = oldest.filter(|_| partial) {
                    p.soft.small { (words.fill("strand-since", [("date", words.date(oldest).into())])) }
                }
            }
        }
    }
}

fn count(words: Words, events: &[Event], today: Date) -> Counts {
    let mut counts = Counts::new();
    for event in events {
        let Some(day) = words.day_of(event.at) else {
            continue;
        };
        let ago = months_ago(day, today);
        if (0..MONTHS).contains(&ago) {
            *counts.entry((MONTHS - 1 - ago, event.channel)).or_default() += 1;
        }
    }
    counts
}

fn months_ago(day: Date, today: Date) -> i32 {
    let months = |date: Date| i32::from(date.year()) * 12 + i32::from(date.month());
    months(today) - months(day)
}

/// The beads of a month, side by side, and its name.
fn month_of(words: Words, counts: &Counts, month: i32, (most, today): (u32, Date)) -> Markup {
    let wide = WIDTH / MONTHS;
    let middle = f64::from(wide * month + wide / 2);
    let first = today
        .first_of_month()
        .checked_sub((MONTHS - 1 - month).months());
    let name = first.map_or_else(|_| String::new(), |first| words.month_name(first.month()));
    let short: String = name.chars().take(3).collect();
    let beads: Vec<(Channel, u32, f64)> = counts
        .range((month, Channel::Web)..=(month, Channel::Server))
        .map(|((_, channel), count)| (*channel, *count, radius(*count, most)))
        .collect();
    let whole: f64 = beads.iter().map(|(_, _, radius)| radius * 2.0).sum();
    // What does not fit side by side is drawn closer together.
    let scale = (f64::from(wide - 4) / whole).min(1.0);
    let mut left = middle - whole * scale / 2.0;
    html! {
        @for (channel, count, radius) in beads {
            @let x = left + radius * scale;
            ({ left += radius * 2.0 * scale; "" })
            circle class={ "bead " (bead(channel)) } cx=(format!("{x:.1}")) cy=(LINE) r=(format!("{radius:.1}")) {
                title { (words.fill("strand-bead", [("month", name.as_str().into()), ("channel", channel_word(words, channel).into()), ("count", count.into())])) }
            }
        }
        text x=(format!("{middle:.0}")) y=(HEIGHT - 8) text-anchor="middle" { (short) }
    }
}

fn radius(count: u32, most: u32) -> f64 {
    let share = f64::from(count) / f64::from(most.max(1));
    RADIUS_LEAST + (RADIUS_MOST - RADIUS_LEAST) * share.sqrt()
}
