//! What must hold for every template and every person: properties.

use proptest::prelude::*;

use super::*;

/// Pieces of templates, whole and broken.
fn parts() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "{{ first_name }}",
        "{{ traits.city }}",
        "{{",
        "}}",
        "{%",
        "%}",
        "{#",
        "#}",
        "{% for a in [1,2,3] %}",
        "{% for b in [[1,2],[3]] %}",
        "{{ a }}",
        "{% endfor %}",
        "{% if name %}",
        "{% else %}",
        "{% endif %}",
        "{{ name | default(\"x\") }}",
        "{{ [name, name] | join(\", \") }}",
        "{{ orders.count }}",
        "{{ loop.index }}",
        "[pulsante: a](https://a.example)",
        "[a](b)",
        "![",
        "](",
        "**",
        "# ",
        "- ",
        "---",
        "\n",
        "\n\n",
        " ",
        "\"",
        "'",
        "\\",
        "|",
        "~",
        "*",
        "+",
        "(",
        ")",
        "{{ \"a\" * 99999999 }}",
        "{% set x = 1 %}",
        "\u{E041}",
        "è",
        "🙂",
        "{% for x in y recursive %}{{ loop(x) }}{% endfor %}",
        "{{ range(999999999) }}",
        "[promozione]",
    ]);
    prop::collection::vec(
        prop_oneof![known.prop_map(str::to_owned), "\\PC{0,8}"],
        0..40,
    )
    .prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever is written, it ends, stays small, and does not panic.
    #[test]
    fn composing_is_bounded(text in parts(), deep in 0usize..60) {
        let nested = format!("{}{}{}", "{% for x in [1,2,3,4,5,6,7,8,9] %}".repeat(deep), text, "{% endfor %}".repeat(deep));
        for text in [text, nested] {
            for medium in [Medium::Email, Medium::Telegram] {
                if let Ok(composed) = composed(medium, &text) {
                    prop_assert!(composed.text.len() <= 200_000);
                    if let Some(letter) = composed.letter {
                        prop_assert!(mjml(&letter).len() < 4_000_000);
                        prop_assert!(plain(&letter).len() < 400_000);
                    }
                }
                let piece = piece(medium, &text);
                let wrong = check(&piece).len();
                let found: usize = piece
                    .adaptations
                    .iter()
                    .map(|it| voice::review(&voice::Voice::default(), &piece, it, None).len())
                    .sum();
                prop_assert!(wrong + found < 100_000);
            }
        }
    }

    /// The same person hears each variation once before one comes again, and many hear them equally.
    #[test]
    fn variations_take_turns(person: u128, count in 2usize..9, from in 0u32..1000) {
        let heard: Vec<usize> = (0..u32::try_from(count).unwrap())
            .map(|times| turn(Seed { person, times: from + times }, "greeting", count))
            .collect();
        let mut each = heard.clone();
        each.sort_unstable();
        prop_assert_eq!(each, (0..count).collect::<Vec<_>>(), "{:?}", heard);
    }

    /// Variations change words: facts, links and offers around them stay what they are.
    #[test]
    fn variation_never_changes_facts(person: u128, times in 0u32..50) {
        let (facts, reason, links) = (facts(), Reason::Birthday, links());
        let mut piece = piece(Medium::Telegram, "{{ variations.greeting }}|{{ orders.spent }} {{ traits.city }} {{ links.shop }}");
        piece.variations.push(Variation {
            name: "greeting".into(),
            language: IT,
            tone: None,
            texts: ["Ciao", "Eccoci", "Salve"].map(str::to_owned).to_vec(),
        });
        let asking = Asking {
            medium: Medium::Telegram,
            seed: Seed { person, times },
            ..asking(&facts, &reason, &links)
        };
        let said = compose(&piece, &asking).unwrap().text;
        let (_, rest) = said.split_once('|').unwrap();
        prop_assert_eq!(rest, "184,50 € Trieste https://filo.example/shop");
    }
}

#[test]
fn over_many_people_variations_come_equally_often() {
    let mut heard = [0u32; 3];
    for person in 0..30_000u128 {
        heard[turn(Seed { person, times: 0 }, "greeting", 3)] += 1;
    }
    assert!(
        heard.iter().all(|count| count.abs_diff(10_000) < 400),
        "{heard:?}"
    );
}

#[test]
fn what_varies_holds_no_figures_links_or_terms() {
    let wrong = |text: &str| {
        let mut piece = piece(Medium::Sms, "{{ variations.greeting }}");
        piece.variations.push(Variation {
            name: "greeting".into(),
            language: IT,
            tone: None,
            texts: vec![text.to_owned(), "Ciao".to_owned()],
        });
        check(&piece).first().map(|wrong| wrong.fault.what.word())
    };
    assert_eq!(wrong("Ciao {{ first_name | default(\"\") }}"), None);
    for text in [
        "Ciao, 20% in meno",
        "Vai su https://a.example",
        "{{ promotion.terms }}",
        "{{ orders.spent }}",
        "Gratis per te",
        "{{ links.shop }}",
    ] {
        assert!(
            matches!(wrong(text), Some("varies" | "no_promotion")),
            "{text}: {:?}",
            wrong(text)
        );
    }
}
