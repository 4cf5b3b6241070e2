//! How the page of a list is laid out: who is on it, and putting somebody on it.

use filo_app::CustomerRow;
use filo_app::customer_list::MemberRow;
use maud::{Markup, html};

use super::by_whom;
use super::form::{Given, fields};
use super::one::One;
use crate::console::people;
use crate::console::session::encode;
use crate::i18n::Words;
use crate::ui::form::{button_form, form};
use crate::ui::icon::Icon;
use crate::ui::monogram::monogram;
use crate::ui::shown::{line, lines};

/// Letters of a description, as the app has it.
const DESCRIPTION_LETTERS_MOST: usize = 500;

pub(super) fn content(
    words: Words,
    one: &One,
    token: &str,
    (undo, wrong): (Option<Markup>, Option<&str>),
) -> Markup {
    html! {
        @if let Some(undo) = undo { (undo) }
        a.back href="/lists" { (Icon::Back.draw()) (words.say("place-lists")) }
        @if let Some(wrong) = wrong { p.notice.notice-bad role="alert" { (wrong) } }
        (head(words, one, token))
        @if one.view.is_away() { (away(words, one, token)) }
        div.segment {
            div { (members(words, one, token)) }
            aside {
                @if one.writes && !one.view.is_away() { (adding(words, one, token)) }
                (facts(words, one))
                @if one.manages && !one.view.is_away() { (changing(words, one, token)) }
            }
        }
    }
}

fn head(words: Words, one: &One, token: &str) -> Markup {
    let id = one.view.row.id;
    let count = one.view.members.unsigned_abs();
    let fill = [
        ("count", count.into()),
        ("number", words.number(count).into()),
    ];
    let description = lines(&one.view.row.description, DESCRIPTION_LETTERS_MOST);
    html! {
        div.head {
            div {
                h1 { (one.name()) }
                p.lead { (words.fill("segment-people", fill)) }
                @if !description.trim().is_empty() { p.soft { (description) } }
            }
            div.actions {
                @if count > 0 {
                    a.button.quiet href={ "/people?list=" (id) } { (Icon::People.draw()) (words.say("customer-list-as-people")) }
                }
                @if one.manages && !one.view.is_away() {
                    (button_form(&format!("/lists/{id}/archiving"), token, &[], &words.say("customer-list-archive"), "quiet"))
                }
            }
        }
    }
}

fn away(words: Words, one: &One, token: &str) -> Markup {
    let row = &one.view.row;
    let when = row.archived_at.map(|at| words.date_time(at));
    let fill = [
        ("when", when.unwrap_or_default().into()),
        ("who", line(&row.changed_by).into()),
    ];
    html! {
        div.notice {
            p { (words.fill("customer-list-away-since", fill)) }
            @if one.manages {
                (button_form(&format!("/lists/{}/restoring", row.id), token, &[], &words.say("customer-list-restore"), "small"))
            }
        }
    }
}

/// Finding somebody, and putting them on it.
fn adding(words: Words, one: &One, token: &str) -> Markup {
    let (id, asked) = (one.view.row.id, &one.asked.add);
    let label = words.say("customer-list-add-search");
    html! {
        section.card aria-labelledby="list-add" {
            h2 #list-add { (words.say("customer-list-add")) }
            form.search role="search" action={ "/lists/" (id) } {
                input type="search" name="add" value=(asked) maxlength="200" autocomplete="off"
                    spellcheck="false" aria-label=(label) placeholder=(words.say("people-search-short"));
                button.quiet type="submit" { (words.say("people-search-do")) }
            }
            @if !asked.trim().is_empty() && one.found.is_empty() {
                p.soft role="status" { (words.fill("people-not-found", [("search", line(asked).into())])) }
            }
            @if !one.found.is_empty() {
                ul.list {
                    @for (row, is_on) in &one.found {
                        li {
                            div.line {
                                (who(words, row, None))
                                @if *is_on { span.badge { (words.say("customer-list-is-on")) } }
                                @else { (put_on(words, one, row, token)) }
                            }
                        }
                    }
                }
            }
            p.about { (words.say("customer-list-add-hint")) }
        }
    }
}

fn put_on(words: Words, one: &One, row: &CustomerRow, token: &str) -> Markup {
    let (action, customer) = (
        format!("/lists/{}/members", one.view.row.id),
        row.id.to_string(),
    );
    let name = people::name(words, row);
    let aloud = words.fill("customer-list-put-on-one", [("name", name.into())]);
    html! {
        form.inline method="post" action=(action) {
            input type="hidden" name="token" value=(token);
            input type="hidden" name="id" value=(customer);
            button.small type="submit" aria-label=(aloud) { (words.say("customer-list-put-on-do")) }
        }
    }
}

/// Who it is; in brief, what a narrow screen shows instead of how to reach them.
fn who(words: Words, row: &CustomerRow, brief: Option<&str>) -> Markup {
    let name = people::name(words, row);
    let reach = [&row.email, &row.phone].into_iter().flatten();
    let reach: Vec<String> = reach
        .filter(|text| **text != name)
        .map(|text| line(text))
        .collect();
    html! {
        div.person-cell {
            (monogram(&name, ""))
            div.names {
                a href={ "/people/" (row.id) } { bdi { (name) } }
                p.about.reach { @for (place, text) in reach.iter().enumerate() { @if place > 0 { " · " } bdi { (text) } } }
                @if let Some(brief) = brief { p.about.brief { (brief) } }
            }
        }
    }
}

fn members(words: Words, one: &One, token: &str) -> Markup {
    let is_searched = !one.asked.search.trim().is_empty();
    html! {
        section.listed aria-labelledby="list-members" {
            h2 #list-members { (words.say("segment-members")) }
            @if one.view.members > 10 || is_searched { (search(words, one)) }
            @if one.members.is_empty() {
                @if is_searched {
                    p.soft role="status" { (words.fill("people-not-found", [("search", line(&one.asked.search).into())])) }
                } @else { p.soft { (words.say("customer-list-empty")) } }
            } @else { (table(words, one, token)) }
            (pages(words, one))
        }
    }
}

fn search(words: Words, one: &One) -> Markup {
    let label = words.say("customer-list-look");
    html! {
        form.search role="search" action={ "/lists/" (one.view.row.id) } {
            input type="search" name="search" value=(one.asked.search) maxlength="200"
                autocomplete="off" spellcheck="false" aria-label=(label) placeholder=(label);
            button.quiet type="submit" { (words.say("people-search-do")) }
        }
    }
}

fn table(words: Words, one: &One, token: &str) -> Markup {
    let heads = ["customer-list-head-since", "customer-list-head-by"].map(|key| words.say(key));
    let picks = one.writes && !one.view.is_away();
    html! {
        @if picks {
            form #picked method="post" action={ "/lists/" (one.view.row.id) "/members/removal" } {
                input type="hidden" name="token" value=(token);
            }
        }
        table.table.people {
            thead {
                tr {
                    @if picks { th.pick scope="col" { span.aloud { (words.say("bulk-pick")) } } }
                    th scope="col" { (words.say("people-head-person")) }
                    @for head in &heads { th.when scope="col" { (head) } }
                }
            }
            tbody {
                @for member in &one.members {
                    @if let Some(row) = one.people.get(&member.customer) {
                        (line_of(words, one, (member, row), picks))
                    }
                }
            }
        }
        @if picks {
            div.bulk {
                span { (words.say("bulk-picked")) }
                button.small form="picked" type="submit" { (words.say("customer-list-take-off")) }
            }
        }
    }
}

fn line_of(
    words: Words,
    one: &One,
    (member, row): (&MemberRow, &CustomerRow),
    picks: bool,
) -> Markup {
    let name = people::name(words, row);
    let by = by_whom(words, &member.joined_by, &one.journeys);
    let since = words.recently(member.joined_at, one.now);
    html! {
        tr {
            @if picks {
                td.pick {
                    input type="checkbox" name="id" value=(row.id) form="picked"
                        aria-label=(words.fill("bulk-pick-one", [("name", name.as_str().into())]));
                }
            }
            td.who { (who(words, row, Some(&format!("{since} · {by}")))) }
            td.when { time datetime=(member.joined_at) title=(words.date_time(member.joined_at)) { (since) } }
            td.when { (by) }
        }
    }
}

fn pages(words: Words, one: &One) -> Markup {
    let id = one.view.row.id;
    html! {
        p.pages {
            @if one.is_later_page || !one.asked.search.trim().is_empty() {
                a.button.quiet href={ "/lists/" (id) } { (words.say("customer-list-everybody")) }
            }
            @if let Some(next) = &one.next {
                a.button.quiet href={ "/lists/" (id) "?before=" (encode(next)) } { (words.say("people-next")) }
            }
        }
    }
}

fn facts(words: Words, one: &One) -> Markup {
    let row = &one.view.row;
    html! {
        section.card {
            h2 { (words.say("segment-facts")) }
            dl.facts {
                dt { (words.say("customer-list-made")) }
                dd { (words.date(row.created_at)) " · " (line(&row.created_by)) }
                @if row.version > 1 {
                    dt { (words.say("customer-list-changed")) }
                    dd { (words.date(row.changed_at)) " · " (line(&row.changed_by)) }
                }
            }
        }
    }
}

/// What it is called.
fn changing(words: Words, one: &One, token: &str) -> Markup {
    let row = &one.view.row;
    let own = Given {
        name: row.name.clone(),
        description: row.description.clone(),
        version: row.version,
    };
    let (given, wrong) = match &one.given {
        Some((given, wrong)) => (given, Some(*wrong)),
        None => (&own, None),
    };
    html! {
        details.card open[wrong.is_some()] {
            summary { (words.say("customer-list-edit")) }
            (form(&format!("/lists/{}", row.id), token, &html! {
                input type="hidden" name="version" value=(given.version);
                (fields(words, given, wrong))
                button type="submit" { (words.say("customer-list-save")) }
            }))
        }
    }
}
