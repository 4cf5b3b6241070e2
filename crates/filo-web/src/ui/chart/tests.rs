//! Charts as text: what they draw, and what they say to who cannot see them.

use super::scale::of;
use super::*;
use crate::i18n::Language;

fn points(values: &[u64]) -> Vec<Point> {
    let point = |(index, value): (usize, &u64)| Point {
        label: format!("day {index}"),
        short: index.to_string(),
        value: *value,
    };
    values.iter().enumerate().map(point).collect()
}

fn chart(points: &[Point]) -> Chart<'_> {
    Chart {
        words: Words::of(Language::Italian),
        id: "c",
        title: "Eventi <al giorno>",
        heads: ("Giorno", "Eventi"),
        points,
        notes: &[],
    }
}

#[test]
fn axes_end_at_round_numbers() {
    for (highest, expected) in [
        (0, vec![0, 1]),
        (1, vec![0, 1]),
        (3, vec![0, 1, 2, 3]),
        (7, vec![0, 2, 4, 6, 8]),
        (12_431, vec![0, 5_000, 10_000, 15_000]),
        (100, vec![0, 50, 100]),
    ] {
        assert_eq!(
            of(highest).ticks().collect::<Vec<_>>(),
            expected,
            "{highest}"
        );
    }
    assert!(of(u64::MAX).ticks().count() <= 5);
}

#[test]
fn bars_are_drawn_as_they_were_looked_at() {
    let drawn = bars(&chart(&points(&[0, 1_500, 3_000]))).into_string();
    let expected = concat!(
        r#"<figure class="chart-figure"><svg class="chart" width="100%" height="180" role="img" aria-labelledby="c-title c-desc">"#,
        r#"<title id="c-title">Eventi &lt;al giorno&gt;</title><desc id="c-desc">In tutto 4.500. Il massimo è 3.000: day 2.</desc>"#,
        r#"<line class="axis" x1="0" x2="100%" y1="158" y2="158"></line>"#,
        r#"<line class="grid" x1="0" x2="100%" y1="111.3" y2="111.3"></line><text x="0" y="107.3">1.000</text>"#,
        r#"<line class="grid" x1="0" x2="100%" y1="64.7" y2="64.7"></line><text x="0" y="60.7">2.000</text>"#,
        r#"<line class="grid" x1="0" x2="100%" y1="18" y2="18"></line><text x="0" y="14">3.000</text>"#,
        r#"<rect class="bar" x="38.00%" width="24.00%" y="88" height="70" rx="2"><title>day 1: 1.500</title></rect>"#,
        r#"<rect class="bar" x="71.33%" width="24.00%" y="18" height="140" rx="2"><title>day 2: 3.000</title></rect>"#,
        r#"<text x="16.67%" y="174" text-anchor="middle">0</text><text x="50.00%" y="174" text-anchor="middle">1</text>"#,
        r#"<text x="83.33%" y="174" text-anchor="middle">2</text></svg>"#,
    );
    assert!(drawn.starts_with(expected), "{drawn}");
    assert!(
        drawn.contains("<td>day 1</td><td class=\"number\">1.500</td>"),
        "{drawn}"
    );
}

#[test]
fn a_line_goes_through_its_points() {
    let drawn = line(&chart(&points(&[0, 2, 1]))).into_string();
    assert!(
        drawn.contains(r#"d="M16.67 158L50.00 18L83.33 88""#),
        "{drawn}"
    );
    assert!(
        drawn.contains(
            r#"<circle class="dot-mark" cx="50.00%" cy="18" r="2.5"><title>day 1: 2</title>"#
        ),
        "{drawn}"
    );
}

#[test]
fn charts_of_nothing_are_whole() {
    for drawn in [
        bars(&chart(&[])),
        line(&chart(&[])),
        spark(&[]),
        spark(&[0, 0]),
    ] {
        let drawn = drawn.into_string();
        assert!(!drawn.contains("NaN") && !drawn.contains("inf"), "{drawn}");
    }
}

#[test]
fn a_spark_shows_that_there_was_something() {
    let drawn = spark(&[0, 1, 1_000]).into_string();
    assert!(
        drawn.contains(r#"<rect class="spark-bar none" x="0" width="3" y="27.0" height="1.0""#),
        "{drawn}"
    );
    assert!(
        drawn.contains(r#"x="4" width="3" y="26.0" height="2.0""#),
        "{drawn}"
    );
    assert!(
        drawn.contains(r#"x="8" width="3" y="0.0" height="28.0""#),
        "{drawn}"
    );
}

#[test]
fn shares_name_the_largest_and_gather_the_rest() {
    let part = |index: u64| Part {
        label: format!("<{index}>"),
        value: index,
    };
    let parts: Vec<Part> = (0..9).map(part).collect();
    let drawn = share(Words::of(Language::Italian), "Sorgenti", &parts).into_string();
    assert_eq!(drawn.matches("<rect").count(), 7, "{drawn}");
    assert!(
        drawn.contains("&lt;8&gt;") && !drawn.contains("&lt;2&gt;"),
        "{drawn}"
    );
    assert!(drawn.contains("Il resto"), "{drawn}");
}

fn arc(from: usize, to: usize, weight: u64) -> Arc {
    Arc {
        from,
        to,
        weight,
        label: format!("{from}-{to}"),
        small: Some("3 g".to_owned()),
    }
}

fn drawn(stops: usize, arcs: &[Arc]) -> String {
    let kinds = [StopKind::Start, StopKind::Way, StopKind::Open];
    let stop = |at: usize| Stop {
        label: format!("Posto <{at}>"),
        kind: kinds[if at + 1 == stops { 2 } else { at.min(1) }],
    };
    let stops: Vec<Stop> = (0..stops).map(stop).collect();
    flow(&Flow {
        id: "f",
        title: "Passaggi",
        description: "Da a",
        stops: &stops,
        arcs,
    })
    .into_string()
}

#[test]
fn steps_are_arcs_as_wide_as_they_are_frequent() {
    let drawn = drawn(3, &[arc(0, 1, 8), arc(1, 2, 4), arc(0, 2, 0)]);
    for part in [
        r#"role="img" viewBox="0 0 "#,
        r#"aria-labelledby="f-title f-desc"><title id="f-title">Passaggi</title><desc id="f-desc">Da a</desc>"#,
        r#"<rect class="stop start""#,
        r#"Posto &lt;1&gt;"#,
        r#"stroke-width="9" marker-end="url(#f-tip)""#,
        // What leads to no order is dashed, in the arc as in the frame.
        r#"<path class="arc open""#,
        r#"<rect class="stop open""#,
        r#"stroke-width="5""#,
        r#"stroke-width="1""#,
    ] {
        assert!(drawn.contains(part), "{part}: {drawn}");
    }
}

#[test]
fn no_two_numbers_lie_over_one_another() {
    let pairs = (0..8).flat_map(|from| (0..8).map(move |to| (from, to)));
    let arcs: Vec<Arc> = pairs
        .filter(|(from, to)| from != to)
        .map(|(from, to)| arc(from, to, 1))
        .collect();
    let drawn = drawn(8, &arcs);
    let places: Vec<(f64, f64)> = drawn
        .split(r#"<text class="on" x=""#)
        .skip(1)
        .map(|rest| {
            let (x, rest) = rest.split_once(r#"" y=""#).unwrap();
            let (y, _) = rest.split_once('"').unwrap();
            (x.parse().unwrap(), y.parse().unwrap())
        })
        .collect();
    assert_eq!(places.len(), arcs.len());
    for (at, (x, y)) in places.iter().enumerate() {
        assert!(*x > 20.0 && *y > 5.0);
        for (other_x, other_y) in &places[at + 1..] {
            let is_apart = (x - other_x).abs() >= 55.0 || (y - other_y).abs() >= 26.0;
            assert!(is_apart, "{x} {y} and {other_x} {other_y}");
        }
    }
}

#[test]
fn shares_are_lines_that_break_where_nothing_is_known() {
    let feet = ["gen", "feb", "mar"].map(str::to_owned);
    let rate = |label: &str, shares: [Option<f64>; 3]| Rate {
        label: label.to_owned(),
        shares: shares.to_vec(),
    };
    let lines = [
        rate("90 giorni", [Some(0.1), None, Some(0.2)]),
        rate("ritmo", [Some(0.05), Some(0.0), Some(0.05)]),
    ];
    let drawn = rates(&Rates {
        id: "r",
        title: "Persi",
        description: "Quanti",
        feet: &feet,
        rates: &lines,
        notes: &[],
        words: Words::of(Language::Italian),
    });
    let drawn = drawn.into_string();
    for part in [
        r#"aria-labelledby="r-title r-desc""#,
        r#"<text x="0" y="14">20 %</text>"#,
        r#"<path class="line" d="M16.67 88M83.33 18""#,
        r#"<path class="line second" d="M16.67 123L50.00 158L83.33 123""#,
        "<title>90 giorni, gen: 10 %</title>",
        "<span>ritmo</span>",
    ] {
        assert!(drawn.contains(part), "{part}: {drawn}");
    }
    assert!(!drawn.contains("90 giorni, feb"), "{drawn}");
}
