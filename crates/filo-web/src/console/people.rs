//! The list of people, and searching them.

use axum::extract::{Query, State};
use filo_app::{App, CustomerRow};
use filo_core::access::Right;
use filo_core::id::CustomerId;
use filo_core::money::Currency;
use filo_core::time::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;

use super::session::Session;
use super::{Answer, shown};
use crate::api::paging::Cursor;
use crate::i18n::Words;
use crate::right::SeePeople;
use crate::ui::page::{Frame, Place, empty, page};
use crate::ui::shown as display;

/// Rows of a page.
const ROWS: usize = 50;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    search: String,
    before: Option<String>,
    done: Option<String>,
}

/// A row of the list.
pub(super) struct PersonRow {
    pub(super) id: CustomerId,
    name: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    pub(super) last_seen: Timestamp,
    orders: i64,
    revenue_cents: i64,
    currency: Option<Currency>,
}

struct People {
    search: String,
    /// None for who may only ask for one person.
    count: Option<u64>,
    rows: Vec<PersonRow>,
    next: Option<String>,
}

pub(super) async fn list(
    State(app): State<App>,
    session: Session<SeePeople>,
    Query(asked): Query<Asked>,
) -> Answer {
    if asked.before.is_some() {
        app.note_listing(&session.actor).await?;
    }
    let eyes = app.eyes(&session.actor);
    let lists = session.actor.may(Right::ListPeople);
    let count = if lists {
        Some(app.customer_count().await?)
    } else {
        None
    };
    let search = asked.search.trim();
    let before = asked.before.as_deref().and_then(Cursor::read);
    let before = before.map(|cursor| (cursor.at, CustomerId(cursor.id)));
    let rows = match (search.is_empty(), lists) {
        (true, true) => eyes.customers(before, ROWS + 1).await,
        (true, false) => Ok(Vec::new()),
        (false, _) => eyes.search(search, ROWS).await,
    };
    let mut rows = rows?;
    let more = rows.len() > ROWS;
    rows.truncate(ROWS);
    let next = rows.last().filter(|_| more);
    let next = next.map(|row| {
        Cursor {
            at: row.last_seen,
            id: row.id.0,
        }
        .write()
    });
    let rows = rows.into_iter().map(PersonRow::of);
    let people = People {
        search: search.to_owned(),
        count,
        rows: rows.collect(),
        next,
    };
    let words = session.words;
    let frame = Frame {
        words,
        title: &words.say("place-people"),
        place: Some(Place::People),
        address: session.address.as_deref(),
        visitor: Some((&session.actor.name, &session.token)),
        done: asked.done.as_deref(),
    };
    shown(page(&frame, &content(words, &people, app.now())))
}

fn content(words: Words, people: &People, now: Timestamp) -> Markup {
    let search = words.say("people-search");
    let search = if people.count.is_some() {
        search
    } else {
        words.say("people-search-exact")
    };
    let counted = |count: u64| {
        let number = words.number(count);
        words.fill(
            "people-count",
            [("count", count.into()), ("number", number.into())],
        )
    };
    html! {
        div.head {
            div {
                h1 { (words.say("place-people")) }
                @if let Some(count) = people.count { p.soft { (counted(count)) } }
            }
            form.search role="search" action="/people" {
                input type="search" name="search" value=(people.search) aria-label=(search)
                    placeholder=(search) maxlength="200";
                button.quiet type="submit" { (words.say("people-search-do")) }
            }
        }
        @if people.rows.is_empty() {
            (nobody(words, people))
        } @else {
            (table(words, &people.rows, now))
            @if let Some(next) = &people.next {
                p.pages { a.button.quiet href={ "/people?before=" (next) } { (words.say("older")) } }
            }
        }
    }
}

fn nobody(words: Words, people: &People) -> Markup {
    if people.search.is_empty() && people.count.is_none() {
        let hint = html! { p { (words.say("people-ask-hint")) } };
        return empty(&words.say("people-ask"), &hint);
    }
    if people.search.is_empty() {
        let hint = html! {
            p { (words.say("people-none-hint")) }
            p { a.button href="/sources" { (words.say("place-sources")) } }
        };
        return empty(&words.say("people-none"), &hint);
    }
    let title = words.fill(
        "people-not-found",
        [("search", display::line(&people.search).into())],
    );
    let hint = html! {
        p { (words.say("people-not-found-hint")) }
        p { a.button.quiet href="/people" { (words.say("people-all")) } }
    };
    empty(&title, &hint)
}

fn table(words: Words, rows: &[PersonRow], now: Timestamp) -> Markup {
    let heads = ["person", "email", "phone", "orders", "spent", "last-seen"]
        .map(|head| words.say(&format!("people-head-{head}")));
    let [person, email, phone, orders, spent, last_seen] = &heads;
    html! {
        table.table {
            thead {
                tr {
                    th scope="col" { (person) }
                    th scope="col" { (email) }
                    th scope="col" { (phone) }
                    th.number scope="col" { (orders) }
                    th.number scope="col" { (spent) }
                    th scope="col" { (last_seen) }
                }
            }
            tbody {
                @for row in rows {
                    tr {
                        td { a href={ "/people/" (row.id) } { bdi { (row.called(words)) } } }
                        td data-label=(email) { @if let Some(text) = &row.email { bdi { (display::line(text)) } } }
                        td data-label=(phone) { @if let Some(text) = &row.phone { (display::line(text)) } }
                        td.number data-label=(orders) { @if row.orders > 0 { (words.number(row.orders.unsigned_abs())) } }
                        td.number data-label=(spent) { @if let Some(amount) = row.spent(words) { (amount) } }
                        td data-label=(last_seen) {
                            time datetime=(row.last_seen) title=(words.date_time(row.last_seen)) {
                                (words.day(row.last_seen, now))
                            }
                        }
                    }
                }
            }
        }
    }
}

impl PersonRow {
    pub(super) fn of(row: CustomerRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            email: row.email,
            phone: row.phone,
            last_seen: row.last_seen,
            orders: row.orders,
            revenue_cents: row.revenue_cents,
            currency: row.currency.as_deref().and_then(Currency::parse),
        }
    }

    /// What to call them; those without a name are told apart by the end of their id.
    pub(super) fn called(&self, words: Words) -> String {
        let known = [&self.name, &self.email, &self.phone]
            .into_iter()
            .flatten()
            .next();
        if let Some(name) = known {
            return display::line(name);
        }
        let id = self.id.to_string();
        let tail = id.get(id.len() - 4..).unwrap_or_default();
        format!("{} …{tail}", words.say("person-unknown"))
    }

    /// What they have spent, if they have bought.
    pub(super) fn spent(&self, words: Words) -> Option<String> {
        let currency = self.currency.filter(|_| self.orders > 0)?;
        Some(words.amount(self.revenue_cents, currency))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    fn now() -> Timestamp {
        Timestamp::parse("2026-11-23T10:00:00Z").unwrap()
    }

    fn row(name: Option<&str>) -> PersonRow {
        PersonRow {
            id: CustomerId(7),
            name: name.map(str::to_owned),
            email: Some("anna@example.it".to_owned()),
            phone: None,
            last_seen: now(),
            orders: 3,
            revenue_cents: 123_456,
            currency: Some(Currency::EUR),
        }
    }

    #[test]
    fn rows_show_people_with_amounts_in_the_language() {
        let people = People {
            search: String::new(),
            count: Some(12_431),
            rows: vec![row(Some("Anna <b>Bianchi</b>\u{202e}")), row(None)],
            next: Some("abc".to_owned()),
        };
        let page = content(Words::of(Language::Italian), &people, now()).into_string();
        assert!(page.contains("Anna &lt;b&gt;Bianchi&lt;/b&gt;"), "{page}");
        assert!(
            page.contains("€\u{a0}1.234,56") && page.contains("12.431"),
            "{page}"
        );
        assert!(
            page.contains("before=abc") && page.contains("Oggi"),
            "{page}"
        );
        assert!(!page.contains('\u{202e}'));
    }

    #[test]
    fn empty_lists_say_what_to_do() {
        for language in Language::ALL {
            let words = Words::of(language);
            let none = People {
                search: String::new(),
                count: Some(0),
                rows: vec![],
                next: None,
            };
            let page = content(words, &none, now()).into_string();
            assert!(page.contains("/sources"), "{page}");
            let search = "<img src=x>".to_owned();
            let unfound = People {
                search,
                count: Some(9),
                rows: vec![],
                next: None,
            };
            let page = content(words, &unfound, now()).into_string();
            assert!(
                page.contains("&lt;img src=x&gt;") && !page.contains("<img"),
                "{page}"
            );
        }
    }
}
