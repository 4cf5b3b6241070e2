//! How the list is laid out: views as tabs, search, filters, the table, and what can be done with
//! the rows that are picked.

use filo_app::{CustomerRow, Facets, Sort};
use filo_core::event::Channel;
use filo_core::money::Currency;
use maud::{Markup, html};

use super::filter::{chips, hidden};
use super::{COUNTED_MOST, People, address, name, view};
use crate::console::person::bead;
use crate::i18n::Words;
use crate::narrowing::Narrowing;
use crate::ui::icon::Icon;
use crate::ui::monogram::monogram;
use crate::ui::page::empty;
use crate::ui::shown::line;
use crate::ui::toast::toast_with_undo;

pub(super) fn content(words: Words, people: &People, token: &str) -> Markup {
    html! {
        (undo(words, people, token))
        div.head {
            div {
                h1 { (words.say("place-people")) }
                p.soft #people-count role="status" {
                    @if people.lists || !people.narrowing.search.is_empty() { (count(words, people)) }
                    @else { (words.say("people-exactly")) }
                }
            }
            (search(words, people))
        }
        (doors(words, people))
        @if people.lists {
            (view::tabs(words, people))
            div.toolbar #people-tools {
                @if !is_nobody_yet(people) {
                    (chips(words, people))
                    (view::keep(words, people, token))
                    (view::as_segment(words, people))
                    (all_of_them(words, people))
                }
            }
        }
        div #people-results {
            @if people.looked.is_some() { (looked(words, people)) }
            @if !people.rows.is_empty() { (found(words, people)) }
            @else if people.next.is_some() { (pages(words, people)) }
            @else if people.lists || !people.narrowing.search.is_empty() { (nobody(words, people)) }
        }
    }
}

/// What can be done for the list as a whole.
fn doors(words: Words, people: &People) -> Markup {
    html! {
        @if people.lists && !is_nobody_yet(people) {
            p.actions {
                @if people.duplicates > 0 {
                    a.button.quiet.small href="/duplicates" {
                        (Icon::Group.draw())
                        (words.fill("duplicate-link", [
                            ("count", people.duplicates.into()),
                            ("number", words.number(people.duplicates).into()),
                        ]))
                    }
                }
                a.button.quiet.small href="/lists" { (Icon::Group.draw()) (words.say("place-lists")) }
                a.button.quiet.small href="/quality" { (Icon::Check.draw()) (words.say("quality-title")) }
                @if people.imports {
                    a.button.quiet.small href="/imports" { (Icon::Plus.draw()) (words.say("people-import")) }
                }
            }
        }
    }
}

/// The way back from what was just done with many, or to a view.
fn undo(words: Words, people: &People, token: &str) -> Markup {
    let passing = &people.passing;
    let label = words.say("undo");
    html! {
        @if let Some(undo) = people.listing.undo(words, token, "people") { (undo) }
        @if let (Some(act), Some(count)) = (&passing.act, people_of(passing))
            && act.len() == 32 && act.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            (toast_with_undo(&words.fill("bulk-noted", [("count", count.into())]),
                &format!("/people/acts/{act}/undo"), token, &[], &label))
        }
        @if let (Some(name), Some(query)) = (&passing.view_name, &passing.view_query) {
            (toast_with_undo(&words.fill("view-removed", [("name", line(name).into())]),
                "/people/views", token, &[("view", name), ("query", query)], &label))
        }
    }
}

fn people_of(passing: &super::Passing) -> Option<u32> {
    passing.people.as_deref()?.parse().ok()
}

fn count(words: Words, people: &People) -> String {
    let known = if people.is_counted_whole() {
        people.count
    } else {
        u64::from(COUNTED_MOST)
    };
    let variables = [
        ("count", known.into()),
        ("number", words.number(known).into()),
    ];
    match (
        people.is_filtered() || !people.narrowing.search.is_empty(),
        people.is_counted_whole(),
    ) {
        (false, _) => words.fill("people-count", variables),
        (true, true) => words.fill("people-found", variables),
        (true, false) => words.fill("people-found-more", variables),
    }
}

fn search(words: Words, people: &People) -> Markup {
    let label = words.say("people-search");
    html! {
        form.search #people-search role="search" action="/people" {
            (hidden(&people.narrowing.with(|it| it.search.clear())))
            input type="search" name="search" value=(people.narrowing.search) aria-label=(label)
                placeholder=(words.say("people-search-short")) maxlength="200" autocomplete="off" spellcheck="false"
                aria-controls="people-results";
            button.quiet type="submit" { (words.say("people-search-do")) }
        }
    }
}

/// What can be done with everybody whom the filters leave.
fn all_of_them(words: Words, people: &People) -> Markup {
    let narrowing = people.narrowing.with(|it| it.search.clear());
    html! {
        @if (people.exports || people.writes) && people.narrowing.search.is_empty() && people.looked.is_none() && !people.rows.is_empty() {
            details.filter.more data-menu {
                summary aria-label=(words.say("bulk-all")) { (Icon::More.draw()) }
                div.menu {
                    @if people.exports { a href={ "/people/bulk?act=export&all=1&" (narrowing.query()) } { (Icon::Download.draw()) (words.say("bulk-export")) } }
                    @if people.writes {
                        a href={ "/people/bulk?act=note&all=1&" (narrowing.query()) } { (Icon::Note.draw()) (words.say("bulk-note-all")) }
                        a href={ "/people/bulk?act=list&all=1&" (narrowing.query()) } { (Icon::Group.draw()) (words.say("customer-list-bulk-all")) }
                    }
                }
            }
        }
    }
}

/// There is nobody at all, and so nothing to narrow down.
fn is_nobody_yet(people: &People) -> bool {
    let is_narrowed = people.is_filtered() || !people.narrowing.search.is_empty();
    people.rows.is_empty() && people.next.is_none() && !is_narrowed && !people.is_later_page
}

fn nobody(words: Words, people: &People) -> Markup {
    if !is_nobody_yet(people) {
        let title = if people.narrowing.search.is_empty() {
            words.say("people-none-so").into_owned()
        } else {
            let search = line(&people.narrowing.search);
            words.fill("people-not-found", [("search", search.into())])
        };
        let hint = html! {
            @if !people.narrowing.search.is_empty() { p { (words.say("people-not-found-hint")) } }
            p { a.button.quiet href="/people" { (words.say("people-all")) } }
        };
        return empty(&title, &hint);
    }
    let hint = html! {
        p { (words.say("people-none-hint")) }
        p.actions {
            @if people.imports { a.button href="/imports" { (Icon::Plus.draw()) (words.say("people-import")) } }
            a.button.quiet href="/sources" { (words.say("people-none-do")) }
        }
    };
    empty(&words.say("people-none"), &hint)
}

fn found(words: Words, people: &People) -> Markup {
    let narrowing = &people.narrowing;
    html! {
        form #picked action="/people/bulk" { (hidden(&narrowing.filters())) }
        (table(words, people))
        div.bulk {
            span { (words.say("bulk-picked")) }
            button.small form="picked" type="submit" name="act" value="note" { (Icon::Note.draw()) (words.say("bulk-note")) }
            button.small form="picked" type="submit" name="act" value="list" { (Icon::Group.draw()) (words.say("customer-list-bulk")) }
            button.small form="picked" type="submit" name="act" value="export" { (Icon::Download.draw()) (words.say("bulk-export")) }
        }
        (pages(words, people))
    }
}

fn pages(words: Words, people: &People) -> Markup {
    let narrowing = &people.narrowing;
    let on = if people.looked.is_some() {
        "people-look-on"
    } else {
        "people-next"
    };
    html! {
        p.pages {
            @if people.is_later_page { a.button.quiet href=(address(narrowing, &[])) { (words.say("people-first-page")) } }
            @if let Some(next) = &people.next {
                a.button.quiet href=(address(narrowing, &[("before", next)])) { (words.say(on)) }
            }
        }
    }
}

/// How far a trait was looked for.
fn looked(words: Words, people: &People) -> Markup {
    let count = people.looked.and_then(|looked| u64::try_from(looked).ok());
    let count = count.unwrap_or_default();
    let key = if people.next.is_some() {
        "people-looked"
    } else {
        "people-looked-all"
    };
    let variables = [
        ("count", count.into()),
        ("number", words.number(count).into()),
    ];
    html! { p.soft role="status" { (words.fill(key, variables)) } }
}

fn table(words: Words, people: &People) -> Markup {
    let narrowing = &people.narrowing;
    let say = |key: &str| words.say(key);
    html! {
        table.table.people {
            thead {
                tr {
                    th.pick scope="col" { span.aloud { (say("bulk-pick")) } }
                    (head(words, narrowing, "people-head-person", Some(Sort::Name), ""))
                    (head(words, narrowing, "people-head-channels", None, ""))
                    (head(words, narrowing, "people-head-orders", None, "number"))
                    (head(words, narrowing, "people-head-spent", Some(Sort::Spent), "number"))
                    (head(words, narrowing, "people-head-since", Some(Sort::FirstSeen), "when"))
                    (head(words, narrowing, "people-head-last-seen", Some(Sort::LastSeen), "when"))
                }
            }
            tbody { @for row in &people.rows { (person(words, people, row)) } }
        }
    }
}

fn head(words: Words, narrowing: &Narrowing, key: &str, sort: Option<Sort>, class: &str) -> Markup {
    // What was found by words comes in the order of the best matches.
    let sort = sort.filter(|_| narrowing.search.is_empty());
    let here = sort == Some(narrowing.sort());
    let direction = match sort {
        Some(Sort::Name) => "ascending",
        Some(Sort::LastSeen | Sort::FirstSeen | Sort::Spent) | None => "descending",
    };
    html! {
        th.(class) scope="col" aria-sort=[(here && sort.is_some()).then_some(direction)] {
            @match sort {
                Some(sort) => {
                    a href=(address(&narrowing.with(|it| {
                        it.sort = if sort == Sort::default() { String::new() } else { sort.word().to_owned() };
                    }), &[])) { (words.say(key)) @if here { span aria-hidden="true" { @if direction == "ascending" { "↑" } @else { "↓" } } } }
                }
                None => (words.say(key)),
            }
        }
    }
}

fn person(words: Words, people: &People, row: &CustomerRow) -> Markup {
    let name = name(words, row);
    let spent = spent_words(words, row);
    let last = words.recently(row.last_seen, people.now);
    let reach: Vec<&String> = [&row.email, &row.phone]
        .into_iter()
        .flatten()
        .filter(|text| **text != name)
        .collect();
    html! {
        tr {
            td.pick { input type="checkbox" name="id" value=(row.id) form="picked" aria-label=(words.fill("bulk-pick-one", [("name", name.as_str().into())])); }
            td.who {
                div.person-cell {
                    (monogram(&name, ""))
                    div.names {
                        a href={ "/people/" (row.id) } { bdi { (name) } }
                        p.about.reach { @for (place, text) in reach.iter().enumerate() { @if place > 0 { " · " } bdi { (line(text)) } } }
                        p.about.brief { @if let Some(spent) = &spent { (spent) " · " } (last) }
                    }
                }
            }
            td.dots { (dots(words, row.facets)) }
            td.number { @if row.orders > 0 { (words.number(row.orders.unsigned_abs())) } }
            td.number { @if let Some(spent) = &spent { (spent) } }
            td.when { time datetime=(row.first_seen) { (words.date(row.first_seen)) } }
            td.when { time datetime=(row.last_seen) title=(words.date_time(row.last_seen)) { (last) } }
        }
    }
}

fn dots(words: Words, facets: Facets) -> Markup {
    let met = Channel::ALL
        .into_iter()
        .filter(|channel| facets.has(Facets::channel(*channel)));
    html! {
        @for channel in met {
            @let word = words.say(&format!("channel-{}", channel.word()));
            span class={ "dot " (bead(channel)) } role="img" aria-label=(word) title=(word) {}
        }
    }
}

pub(in crate::console) fn spent_words(words: Words, row: &CustomerRow) -> Option<String> {
    let currency = row.currency.as_deref().and_then(Currency::parse);
    let currency = currency.filter(|_| row.orders > 0)?;
    Some(words.amount(row.revenue_cents, currency))
}
