//! What comes out of a piece: blocks, links, offers, turns, faults with their places.

use super::super::fact::is_name;
use super::*;

#[track_caller]
fn fails(medium: Medium, text: &str, expected: &str) {
    let fault = composed(medium, text).unwrap_err();
    assert_eq!(
        format!("{}:{} {}", fault.line, fault.column, fault.what.word()),
        expected,
        "{fault}"
    );
}

#[test]
fn faults_say_where() {
    fails(Medium::Sms, "Ciao {{ frist }}", "1:9 missing");
    fails(Medium::Sms, "Ciao\n\n  {{ traits.age }}", "3:6 missing");
    fails(Medium::Sms, "Ciao {{ first_name", "1:6 unclosed");
    fails(Medium::Sms, "{% set a = 1 %}", "1:1 not_allowed");
    fails(Medium::Sms, "{{ \"a\" * 1000 }}", "1:1 not_allowed");
    fails(Medium::Sms, "{{ name ~ name }}", "1:1 not_allowed");
    fails(Medium::Sms, "{{ name | safe }}", "1:1 not_allowed");
    fails(Medium::Sms, "{{ traits }}", "1:4 list");
    fails(Medium::Sms, "{% if name %}x", "1:14 syntax");
    fails(Medium::Sms, "  ", "1:1 empty");
    fails(Medium::Email, "a\n\n[vai](javascript:alert(1))", "3:1 link");
    fails(Medium::Email, "![](https://a.example/b.png)", "1:1 picture");
    fails(
        Medium::Email,
        "[tasto: Vai](https://a.example)",
        "1:1 block",
    );
    fails(Medium::Push, &"a".repeat(241), "1:1 too_long");
    let nothing = composed(Medium::Sms, "x").unwrap();
    assert_eq!(nothing.text, "x");
}

#[test]
fn fallbacks_conditions_and_loops_work() {
    let said = |text: &str| composed(Medium::Telegram, text).unwrap().text;
    assert_eq!(said("{{ traits.nick | default(\"amica\") }}"), "amica");
    assert_eq!(
        said("{% if traits.nick is defined %}x{% else %}y{% endif %}"),
        "y"
    );
    assert_eq!(
        said("{{ first_name | upper }} {{ orders.count }} {{ orders.spent }}"),
        "GIULIA 7 184,50 €"
    );
    assert_eq!(said("{% if orders.count > 5 %}tante{% endif %}"), "tante");
    assert_eq!(
        said("{% for x in [\"a\", \"b\"] %}- {{ x }}\n{% endfor %}"),
        "- a\n- b"
    );
    assert_eq!(said("{{ today }}"), "3 ottobre 2026");
}

#[test]
fn what_comes_from_data_is_never_markup() {
    let (mut facts, reason, links) = (facts(), Reason::Birthday, links());
    let evil = "**x** [y](https://evil.example) <b>&\n# h {{ name }}";
    facts
        .traits
        .insert("evil".to_owned(), Fact::Text(evil.to_owned()));
    let piece = piece(Medium::Email, "{{ traits.evil }}");
    let composed = compose(&piece, &asking(&facts, &reason, &links)).unwrap();
    let letter = composed.letter.unwrap();
    let said = "**x** [y](https://evil.example) <b>& # h {{ name }}".to_owned();
    assert_eq!(
        letter.blocks,
        [Block::Paragraph(vec![vec![Span::Plain(said)]])]
    );
    let markup = mjml(&letter);
    assert!(markup.contains("&lt;b&gt;&amp; # h"), "{markup}");
    assert!(!markup.contains("<b>") && !markup.contains("href=\"https://evil"));
}

#[test]
fn names_that_are_links_are_no_names() {
    let profile = crate::profile::Profile::default();
    let day = date(2026, 1, 1);
    assert_eq!(Facts::of(&profile, day, |_| day).first_name, None);
    for (name, is_one) in [
        ("Anna Maria", true),
        ("D’Ann. Rossi", true),
        ("vinci.com", false),
        ("http://a", false),
    ] {
        assert_eq!(is_name(name), is_one, "{name}");
    }
}

#[test]
fn a_mail_says_the_same_in_both_forms() {
    let text = "# Salve\n\nUna **prova** con [un link](https://a.example/x?a=1&b=2).\nSeconda riga.\n\n- uno\n- due\n\n![La bottega](https://a.example/b.png)\n\n[pulsante: Vai](https://a.example/x?a=1&b=2)\n\n---";
    let letter = composed(Medium::Email, text).unwrap().letter.unwrap();
    let expected = "\
Salve

Una prova con un link [1].
Seconda riga.

- uno
- due

(La bottega)

Vai [1]

---

[1] https://a.example/x?a=1&b=2

-- 
Ti scriviamo perché è il tuo compleanno.
Non ricevere più questi messaggi: https://filo.example/unsubscribe
Scegli che cosa ricevere: https://filo.example/preferences
Torrefazione Adria, Via Roma 12, 34121 Trieste
";
    assert_eq!(plain(&letter), expected);
    let markup = mjml(&letter);
    for part in [
        "<h1",
        "<strong>prova</strong>",
        "<li",
        "alt=\"La bottega\"",
        "?a=1&amp;b=2",
        "<mj-button",
        "<mj-divider",
    ] {
        assert!(markup.contains(part), "{part}");
    }
}

#[test]
fn marketing_needs_a_way_out() {
    let (facts, reason, mut links) = (facts(), Reason::Birthday, links());
    links.remove("unsubscribe");
    let mut piece = piece(Medium::Email, "x");
    let fault = compose(&piece, &asking(&facts, &reason, &links)).unwrap_err();
    assert_eq!(fault.what, What::NoLink("unsubscribe"));
    piece.class = Class::Transactional;
    compose(&piece, &asking(&facts, &reason, &links)).unwrap();
}

fn offer() -> Promotion {
    Promotion {
        name: "Festa".into(),
        terms: Terms {
            it: "due caffè al prezzo di uno, fino a esaurimento".to_owned(),
            en: "two coffees for one, while they last".to_owned(),
        },
        code: "DIECI".into(),
        media: Vec::new(),
        shops: vec!["via Roma".into()],
        starts_on: None,
        ends_on: Some(date(2026, 10, 31)),
    }
}

#[test]
fn an_offer_is_the_same_in_all_media() {
    let (facts, reason, links, offer) = (facts(), Reason::Birthday, links(), offer());
    for medium in Medium::ALL {
        let text = "{{ promotion.terms }} con {{ promotion.code }} fino al {{ promotion.until }}";
        let mut piece = piece(medium, text);
        piece.promotion = Some(crate::id::PromotionId(1));
        let asking = Asking {
            medium,
            promotion: Some(&offer),
            ..asking(&facts, &reason, &links)
        };
        let composed = compose(&piece, &asking).unwrap();
        let text = composed.letter.as_ref().map_or(composed.text, plain);
        let expected =
            "due caffè al prezzo di uno, fino a esaurimento con DIECI fino al 31 ottobre 2026";
        assert!(text.starts_with(expected), "{medium:?}: {text}");
    }
}

#[test]
fn an_offer_that_is_over_or_elsewhere_is_not_told() {
    let (mut facts, reason, links, mut offer) = (facts(), Reason::Birthday, links(), offer());
    let mut piece = piece(Medium::Email, "[promozione]");
    piece.promotion = Some(crate::id::PromotionId(1));
    let fault = compose(&piece, &asking(&facts, &reason, &links)).unwrap_err();
    assert_eq!(fault.what, What::NoPromotion);
    let told = |facts: &Facts, offer: &Promotion| {
        let asking = Asking {
            promotion: Some(offer),
            ..asking(facts, &reason, &links)
        };
        compose(&piece, &asking)
    };
    let letter = told(&facts, &offer).unwrap().letter.unwrap();
    assert!(plain(&letter).starts_with("Festa\ndue caffè al prezzo di uno, fino a esaurimento\nCodice: DIECI\nValido fino a: 31 ottobre 2026 · via Roma"));
    offer.media = vec![Medium::Sms];
    assert_eq!(
        told(&facts, &offer).unwrap_err().what,
        What::PromotionElsewhere
    );
    offer.media.clear();
    facts.today = date(2026, 11, 1);
    assert_eq!(told(&facts, &offer).unwrap_err().what, What::PromotionOver);
}

#[test]
fn the_tone_that_fits_is_taken_and_never_tu_for_lei_if_there_is_another() {
    let (facts, reason, links) = (facts(), Reason::Birthday, links());
    let mut piece = piece(Medium::Sms, "tu");
    let tone_of = |piece: &Piece, wanted: Tone| {
        let asking = Asking {
            medium: Medium::Sms,
            tones: [wanted, Tone::Friendly],
            ..asking(&facts, &reason, &links)
        };
        compose(piece, &asking).unwrap().tone
    };
    assert_eq!(tone_of(&piece, Tone::Formal), Tone::Friendly);
    let mut formal = piece.adaptations[0].clone();
    formal.tone = Tone::Formal;
    piece.write(formal);
    assert_eq!(tone_of(&piece, Tone::Formal), Tone::Formal);
    assert_eq!(tone_of(&piece, Tone::Technical), Tone::Friendly);
}

#[test]
fn the_line_why_says_what_happened() {
    let day = date(2026, 10, 8);
    let event = |name: &str| Reason::Event {
        name: name.to_owned(),
        day,
    };
    let line = |reason: &Reason, language, tone| {
        why(reason, None, &Default::default(), (language, tone)).unwrap()
    };
    for (reason, it, lei, en) in [
        (
            event("Checkout Started"),
            "Ti scriviamo perché l’8 ottobre 2026 hai lasciato qualcosa nel carrello.",
            "Le scriviamo perché l’8 ottobre 2026 ha lasciato qualcosa nel carrello.",
            "We are writing because on 8 October 2026 you left something in your basket.",
        ),
        (
            event("Quiz Finished"),
            "Ti scriviamo perché l’8 ottobre 2026 abbiamo registrato «Quiz Finished».",
            "Le scriviamo perché l’8 ottobre 2026 abbiamo registrato «Quiz Finished».",
            "We are writing because on 8 October 2026 we recorded “Quiz Finished”.",
        ),
        (
            Reason::Hand {
                by: "Sara".to_owned(),
            },
            "Ti scrive Sara di persona.",
            "Le scrive Sara di persona.",
            "Sara is writing to you in person.",
        ),
    ] {
        assert_eq!(line(&reason, IT, Tone::Friendly), it);
        assert_eq!(line(&reason, IT, Tone::Formal), lei);
        assert_eq!(line(&reason, Language::English, Tone::Formal), en);
    }
    let own = why(
        &event("x"),
        Some("Perché il {{ reason.day }} c’eri."),
        &Default::default(),
        (IT, Tone::Friendly),
    );
    assert_eq!(own.unwrap(), "Perché il 8 ottobre 2026 c’eri.");
    let fault = why(
        &Reason::Birthday,
        Some("{{ reason.day }}"),
        &Default::default(),
        (IT, Tone::Friendly),
    );
    assert_eq!(fault.unwrap_err().what.word(), "missing");
}

#[test]
fn a_document_is_read_as_it_was_written() {
    let piece = STARTERS[1].piece(IT);
    assert_eq!(Piece::from_json(&piece.to_json()).unwrap(), piece);
    let offer = offer();
    assert_eq!(Promotion::from_json(&offer.to_json()).unwrap(), offer);
    for text in [
        "{}",
        r#"{"version":2,"piece":{"name":"a","purpose":"b","class":"service"}}"#,
        r#"{"version":1,"piece":{"name":"a","purpose":"b","class":"service","colour":1}}"#,
    ] {
        assert!(Piece::from_json(text).is_err(), "{text}");
    }
}
