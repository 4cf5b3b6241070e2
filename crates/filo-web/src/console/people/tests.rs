//! The list as it is rendered: amounts in the language, hostile text, empty states, filters.

use filo_app::Facets;
use filo_core::event::Channel;
use filo_core::id::CustomerId;

use super::*;
use crate::i18n::Language;

fn now() -> Timestamp {
    Timestamp::parse("2026-11-23T10:00:00Z").unwrap()
}

fn row(name: Option<&str>) -> CustomerRow {
    CustomerRow {
        id: CustomerId(7),
        name: name.map(str::to_owned),
        email: Some("anna@example.it".to_owned()),
        phone: None,
        first_seen: now(),
        last_seen: now(),
        events: 9,
        orders: 3,
        revenue_cents: 123_456,
        currency: Some("EUR".to_owned()),
        node_count: 2,
        facets: Facets::channel(Channel::Shop),
        birthday: 0,
        first_source: None,
    }
}

fn sample(query: &str, rows: Vec<CustomerRow>) -> People {
    let narrowing = Narrowing::read(query);
    People {
        wrong: narrowing.filter(None, now()).1,
        narrowing,
        rows,
        count: 12_431,
        next: None,
        is_later_page: false,
        sources: Vec::new(),
        views: Vec::new(),
        customer_lists: Vec::new(),
        listing: crate::console::customer_list::Passing::default(),
        lists: true,
        exports: true,
        sees_traits: true,
        looked: None,
        imports: true,
        writes: true,
        segments: true,
        duplicates: 0,
        passing: Passing::default(),
        now: now(),
    }
}

fn rendered(language: Language, people: &People) -> String {
    list::content(Words::of(language), people, "t0ken").into_string()
}

#[test]
fn rows_show_people_with_amounts_and_channels_in_the_language() {
    let mut people = sample(
        "",
        vec![row(Some("Anna <b>Bianchi</b>\u{202e}")), row(None)],
    );
    people.next = Some("abc".to_owned());
    let page = rendered(Language::Italian, &people);
    for part in [
        "Anna &lt;b&gt;Bianchi&lt;/b&gt;",
        "€\u{a0}1.234,56",
        "12.431",
        "before=abc",
        "Oggi",
        r#"class="dot on-shop""#,
        "aria-label=\"Negozio\"",
    ] {
        assert!(page.contains(part), "{part} is missing: {page}");
    }
    assert!(!page.contains('\u{202e}') && !page.contains(" style="));
}

#[test]
fn empty_lists_say_what_to_do() {
    for language in Language::ALL {
        let none = rendered(language, &sample("", vec![]));
        assert!(none.contains("/sources"), "{none}");
        let unfound = rendered(language, &sample("search=%3Cimg%20src%3Dx%3E", vec![]));
        assert!(unfound.contains("&lt;img src=x&gt;") && !unfound.contains("<img"));
        let filtered = rendered(language, &sample("channel=shop", vec![]));
        assert!(filtered.contains(r#"href="/people""#), "{filtered}");
    }
}

#[test]
fn filters_show_what_they_are_and_how_to_take_them_off() {
    let people = sample("channel=shop&spent_from=50&sort=spent", vec![row(None)]);
    let page = rendered(Language::Italian, &people);
    assert!(
        page.contains("almeno 50") || page.contains("da 50"),
        "{page}"
    );
    // Another choice keeps the rest; taking one off leaves the others.
    assert!(
        page.contains("/people?sort=spent&amp;channel=web&amp;spent_from=50"),
        "{page}"
    );
    assert!(
        page.contains("/people?sort=spent&amp;spent_from=50"),
        "{page}"
    );
    assert!(page.contains(r#"aria-sort="descending""#), "{page}");
    assert!(
        page.contains("/people/views"),
        "a narrowed list can be kept: {page}"
    );
}

#[test]
fn what_cannot_be_read_is_said() {
    let page = rendered(
        Language::Italian,
        &sample("spent_from=molto", vec![row(None)]),
    );
    assert!(page.contains("Il filtro «Speso» non si legge"), "{page}");
}

#[test]
fn what_was_removed_can_be_brought_back() {
    let mut people = sample("", vec![row(None)]);
    people.passing = Passing {
        view_name: Some("Torino <i>".to_owned()),
        view_query: Some("channel=shop".to_owned()),
        act: Some("0123456789abcdef0123456789abcdef".to_owned()),
        people: Some("3".to_owned()),
        ..Passing::default()
    };
    let page = rendered(Language::Italian, &people);
    assert!(
        page.contains("Vista «Torino &lt;i&gt;» eliminata."),
        "{page}"
    );
    assert!(
        page.contains("/people/acts/0123456789abcdef0123456789abcdef/undo"),
        "{page}"
    );
    people.passing.act = Some("../../evil".to_owned());
    assert!(!rendered(Language::Italian, &people).contains("evil"));
}
