//! The page of a sample person in both languages: nothing hostile gets through, nothing asks for
//! a word that is not there, and empty parts stay away.

use filo_app::IdentifierView;
use filo_core::buyer::{Figures, OwnLimits, Scores, Stage};
use filo_core::event::{Channel, EventKind, Trust};
use filo_core::id::{NodeId, SourceId};
use filo_core::identity::{
    Clustering, Evidence, Identifier, Kind, Link, NodeFacts, Obstacle, Outcome, Reason, Rules,
    Ruling, Verdict,
};
use filo_core::money::{Cents, Currency};
use filo_core::profile::Profile;

use super::*;
use crate::i18n::Language;

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn event(number: u128, kind: EventKind, name: &str, properties: &str, time: &str) -> Event {
    Event {
        id: EventId(number),
        thread: NodeId(1),
        at: at(time),
        received_at: at(time),
        original_at: None,
        clock_suspect: false,
        kind,
        trust: if name.starts_with("Note") {
            Trust::Staff
        } else {
            Trust::Verified
        },
        channel: if name == "Store Visit Recorded" {
            Channel::Shop
        } else {
            Channel::Web
        },
        source: SourceId(1),
        message_id: "m".into(),
        name: name.into(),
        identifiers: smallvec::smallvec![Identifier {
            kind: Kind::UserId,
            value: "u1".into()
        }],
        properties: properties.into(),
        context: "".into(),
    }
}

fn events(name: &str) -> Vec<Event> {
    let traits = serde_json::json!({
        "name": name, "email": "anna@example.it", "birthday": "1980-05-17",
        "address": {"street": "Via Roma 1", "city": "Torino", "postal_code": "10121"},
    });
    let order = r#"{"order_id":"A-17","total":1234.5,"revenue":1000,"currency":"EUR","products":[{"sku":"x","quantity":2}]}"#;
    vec![
        event(
            9,
            EventKind::Page,
            "",
            r#"{"path":"/vini"}"#,
            "2026-11-23T08:12:00Z",
        ),
        event(
            8,
            EventKind::Track,
            "Note Added",
            r#"{"text":"Preferisce <i>ritirare</i> in negozio","about":"preference","actor":"Giulia"}"#,
            "2026-11-22T17:00:00Z",
        ),
        event(
            7,
            EventKind::Track,
            "Order Completed",
            order,
            "2026-11-22T10:00:00Z",
        ),
        event(
            6,
            EventKind::Track,
            "Consent Granted",
            r#"{"purpose":"marketing","channel":"email","basis":"consent","wording":"v3","proof":"modulo 12"}"#,
            "2026-11-20T10:00:00Z",
        ),
        event(
            5,
            EventKind::Identify,
            "",
            &traits.to_string(),
            "2026-11-20T09:00:00Z",
        ),
        event(
            4,
            EventKind::Track,
            "Store Visit Recorded",
            "{}",
            "2026-10-01T09:00:00Z",
        ),
    ]
}

fn identifier(node: u128, kind: Kind, value: &str, trust: Trust) -> IdentifierView {
    let facts = NodeFacts {
        id: NodeId(node),
        kind,
        first_seen: at("2026-10-01T09:00:00Z"),
        last_seen: at("2026-11-23T08:12:00Z"),
        trust,
    };
    IdentifierView {
        node: NodeId(node),
        kind,
        value: value.into(),
        facts,
    }
}

fn evidence(trust: Trust) -> Option<Evidence> {
    let at = at("2026-11-20T09:00:00Z");
    Some(Evidence {
        trust,
        at,
        event: EventId(5),
        source: SourceId(1),
        rule_version: 1,
    })
}

fn ruling(verdict: Verdict) -> Option<Ruling> {
    let at = at("2026-11-21T09:00:00Z");
    let (actor, note) = ("Giulia".into(), "padre e <figlio>".into());
    Some(Ruling {
        verdict,
        at,
        event: EventId(20),
        actor,
        note,
    })
}

fn identifiers() -> Vec<IdentifierView> {
    vec![
        identifier(1, Kind::UserId, "u1", Trust::Verified),
        identifier(2, Kind::Email, "anna@example.it", Trust::Verified),
        identifier(
            3,
            Kind::AnonymousId,
            "\"><script>alert(1)</script>",
            Trust::Claimed,
        ),
    ]
}

fn explanation(identifiers: &[IdentifierView]) -> Explanation {
    let others = vec![identifier(4, Kind::Phone, "+393471234567", Trust::Verified)];
    let (user, email, visitor) = (
        identifiers[0].facts,
        identifiers[1].facts,
        identifiers[2].facts,
    );
    let refused = Outcome::Refused {
        obstacle: Obstacle::Limit(Kind::UserId),
    };
    let reason = |b, evidence, ruling, outcome| Reason {
        a: user,
        b,
        evidence,
        ruling,
        outcome,
    };
    let together = ruling(Verdict::Together);
    let reasons = vec![
        reason(
            email,
            evidence(Trust::Verified),
            None,
            Outcome::Joined { order: 1 },
        ),
        reason(
            visitor,
            evidence(Trust::Claimed),
            together,
            Outcome::Joined { order: 2 },
        ),
        reason(others[0].facts, evidence(Trust::Verified), None, refused),
    ];
    Explanation {
        customer: CustomerId(1),
        identifiers: identifiers.to_vec(),
        others,
        reasons,
        clustering: Clustering::default(),
    }
}

/// Where a good customer stands.
fn buying() -> Buying {
    Buying {
        figures: Some(Figures {
            recency_days: 12,
            orders: 7,
            revenue: Cents(34_000),
        }),
        scores: Some(Scores {
            recency: 5,
            frequency: 4,
            monetary: 3,
        }),
        stage: Some(Stage::Active),
        stage_changes_at: Some(at("2026-12-21T10:00:00Z")),
        last_at: Some(at("2026-11-11T10:00:00Z")),
        currency: Currency::EUR,
        limits: Some(OwnLimits {
            late_days: 40,
            gone_days: 90,
        }),
    }
}

/// A person with everything, called `name`.
fn sample(name: &str) -> Person {
    let events = events(name);
    let rules = Rules::default();
    let mut profile = Profile::default();
    for event in &events {
        profile.fold(event, &rules);
    }
    let identifiers = identifiers();
    let apart = Link {
        a: NodeId(1),
        b: NodeId(4),
        evidence: evidence(Trust::Verified),
        ruling: ruling(Verdict::Apart),
    };
    let explanation = explanation(&identifiers);
    let id = CustomerId(1);
    Person {
        customer: CustomerView {
            id,
            identifiers,
            profile,
            links: vec![apart],
        },
        explanation,
        addressing: Vec::new(),
        buying: buying(),
        scanned: events.clone(),
        is_whole: true,
        events,
        older: Some("older".to_owned()),
        is_later_page: false,
        filter: ThreadFilter::default(),
        sources: HashMap::from([(SourceId(1), "Cassa <Duomo>".to_owned())]),
        now: at("2026-11-23T10:00:00Z"),
        quality: None,
        decides: false,
        segments: Vec::new(),
        lists: list::Lists::none(),
        runs: (Vec::new(), JourneyNames::none()),
        persona: None,
        messages: Vec::new(),
        may_write: true,
        piece_names: std::collections::BTreeMap::new(),
        opens_segments: true,
        computed: Vec::new(),
        may_handle_privacy: true,
    }
}

/// The whole page as it is sent.
fn rendered(language: Language, person: &Person, refused: &Refused<'_>) -> String {
    let words = Words::of(language);
    let name = page::name(words, person);
    let frame = Frame {
        words,
        title: &name,
        place: Some(Place::People),
        address: Some("/people"),
        visitor: Some(crate::ui::page::Visitor {
            name: "Giulia",
            token: "t0ken",
            rights: filo_core::access::Role::Owner.rights(),
        }),
        done: Some("note-added"),
    };
    framed(&frame, &page::content(words, person, "t0ken", refused)).into_string()
}

#[test]
fn the_page_says_who_and_why_in_both_languages() {
    let person = sample("Anna Bianchi");
    let italian = rendered(Language::Italian, &person, &Refused::default());
    for part in [
        "Anna Bianchi",
        "Cliente da novembre 2026: un ordine per €\u{a0}1.000,00",
        "Cassa &lt;Duomo&gt;",
        "venerdì 20/11/2026",
        "17/05/1980",
        "Via Roma 1, 10121 Torino",
        "Visti insieme in un evento di un sistema dell’azienda",
        "Uniti da Giulia il 21/11/2026, 10:00.",
        "Ci sarebbero troppi valori per «ID utente».",
        "Nota salvata.",
        "2 pezzi",
    ] {
        assert!(italian.contains(part), "{part} is missing:\n{italian}");
    }
    let english = rendered(Language::English, &person, &Refused::default());
    for part in [
        "Customer since November 2026: one order for €1,000.00",
        "Friday 20 Nov 2026",
        "Separate",
        "Note saved.",
    ] {
        assert!(english.contains(part), "{part} is missing:\n{english}");
    }
}

#[test]
fn hostile_names_and_values_are_text() {
    let hostile = "</title><script>alert(1)</script>\u{202e}\u{0}<img src=x onerror=alert(1)>";
    let person = sample(hostile);
    for language in Language::ALL {
        let page = rendered(language, &person, &Refused::default());
        assert!(!page.contains("<script>alert"), "{page}");
        assert!(!page.contains("<img"), "{page}");
        assert!(!page.contains('\u{202e}') && !page.contains('\0'));
        assert!(page.contains("&lt;i&gt;ritirare&lt;/i&gt;"), "{page}");
        assert!(page.contains("padre e &lt;figlio&gt;"), "{page}");
        assert!(
            !page.contains(" style=") && !page.contains(" onclick="),
            "inline code"
        );
    }
}

#[test]
fn a_person_of_one_identifier_has_a_short_page() {
    let mut person = sample("Anna");
    person.customer.profile = Profile::default();
    person.customer.identifiers.truncate(1);
    person.customer.links.clear();
    person.explanation.reasons.clear();
    person.events.clear();
    person.scanned.clear();
    person.older = None;
    for language in Language::ALL {
        let words = Words::of(language);
        let page = rendered(language, &person, &Refused::default());
        for key in [
            "why-single",
            "thread-empty",
            "consents-none",
            "person-sentence-none",
        ] {
            assert!(page.contains(&*words.say(key)), "{key}:\n{page}");
        }
        assert!(!page.contains(&*words.say("orders-title")) || language == Language::English);
    }
}

#[test]
fn a_refused_form_comes_back_with_what_was_written() {
    let person = sample("Anna");
    let form = NoteForm {
        text: "troppo <lunga>".to_owned(),
        about: "worry".to_owned(),
    };
    let refused = Refused {
        note: Some((&form, "è troppo lunga".to_owned())),
        consent: None,
    };
    let page = rendered(Language::Italian, &person, &refused);
    assert!(page.contains("troppo &lt;lunga&gt;</textarea>"), "{page}");
    assert!(
        page.contains("è troppo lunga") && page.contains("aria-invalid=\"true\""),
        "{page}"
    );
    assert!(
        page.contains(r#"<option value="worry" selected>"#),
        "{page}"
    );
}

/// Writes the page beside its styles, to be looked at in a browser. Off unless asked for.
#[test]
fn pages_can_be_written_to_a_folder() {
    let Some(folder) = std::env::var_os("FILO_PAGES") else {
        return;
    };
    let folder = std::path::Path::new(&folder);
    for language in Language::ALL {
        let page = rendered(language, &sample("Anna Bianchi"), &Refused::default());
        std::fs::write(folder.join(format!("person-{}.html", language.tag())), page).unwrap();
    }
}
