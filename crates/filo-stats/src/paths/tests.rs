//! Against pm4py 2.7.23 (`golden/dfg_pm4py_toy.json`) and what independent programs say of
//! ChannelAttribution's data set `PathData`.

use super::*;
use crate::path_tests::{NAMES, channel, path, path_data};

fn near(found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance, "{found}, {expected}");
}

/// The log of four cases: A B C, A C B C, B B C and A.
fn toy() -> Paths {
    let rows = [&[0, 1, 2][..], &[0, 2, 1, 2], &[1, 1, 2], &[0]];
    Paths::new(3, rows.map(|touches| path(touches, 0, 1)).to_vec()).unwrap()
}

#[test]
fn the_graph_is_that_of_pm4py() {
    let graph = Graph::of(&toy());
    let follows: Vec<_> = graph
        .follows()
        .map(|it| (it.from, it.to, it.count))
        .collect();
    assert_eq!(
        follows,
        [(0, 1, 1), (0, 2, 1), (1, 1, 1), (1, 2, 3), (2, 1, 1)]
    );
    let starts: Vec<usize> = graph.nodes().iter().map(|it| it.starts).collect();
    let ends: Vec<usize> = graph.nodes().iter().map(Node::ends).collect();
    assert_eq!((&starts[..], &ends[..]), (&[3, 1, 0][..], &[1, 0, 3][..]));
}

#[test]
fn the_graph_of_the_data_set_is_that_of_another_program() {
    let Some(paths) = path_data() else { return };
    let graph = Graph::of(&paths);
    let alpha = channel("alpha");
    let node = graph.nodes()[usize::from(alpha)];
    assert_eq!(graph.count(alpha, alpha), 102_922);
    assert_eq!(node.visits, 159_556);
    near(graph.probability(alpha, alpha).unwrap(), 0.645_053, 5e-7);
    near(node.to_conversion().unwrap(), 0.052_941, 5e-7);
    near(node.drop_off().unwrap(), 0.187_677, 5e-7);
}

#[test]
fn the_shares_of_a_channel_make_one() {
    let mut all = vec![toy()];
    all.extend(path_data());
    for paths in all {
        let graph = Graph::of(&paths);
        let channels = || 0..u16::try_from(paths.channels()).unwrap();
        for from in channels() {
            let node = graph.nodes()[usize::from(from)];
            let on: f64 = channels()
                .filter_map(|to| graph.probability(from, to))
                .sum();
            let off = node.to_conversion().unwrap() + node.drop_off().unwrap();
            near(on + off, 1.0, 1e-12);
        }
        let ends: usize = graph.nodes().iter().map(Node::ends).sum();
        assert_eq!(ends, paths.journeys());
    }
}

#[test]
fn the_way_most_go_comes_first() {
    let rows = vec![
        path(&[1], 1, 1),
        path(&[0, 1], 2, 3),
        path(&[0], 0, 2),
        path(&[1], 1, 1),
        path(&[0, 0], 0, 0),
        path(&[0, 2], 1, 1),
    ];
    let found = variants(&Paths::new(3, rows).unwrap());
    let order: Vec<_> = found
        .iter()
        .map(|it| (&it.touches[..], it.journeys))
        .collect();
    assert_eq!(
        order,
        [(&[0, 1][..], 5), (&[1], 4), (&[0], 2), (&[0, 2], 2)]
    );
    assert_eq!(found[1].conversions, 2);
    near(found[1].value, 4.0, 1e-12);
}

/// The published ones have four digits; the ones by strata are those of an independent program
/// with a stratum for each number of other touches.
#[test]
fn moments_of_the_data_set_are_those_of_another_program() {
    let Some(paths) = path_data() else { return };
    let found = moments(&paths);
    assert_eq!(found.len(), NAMES.len());
    let of = |name: &str| found[usize::from(channel(name))].unwrap();
    for (name, difference, q, within) in [
        ("eta", 0.0106, 0.003, 5e-4),
        ("beta", 0.0145, 0.0003, 5e-5),
        ("lambda", 0.0139, 0.012, 5e-4),
        ("epsilon", 0.0157, 0.035, 5e-4),
    ] {
        near(of(name).difference, difference, 5.1e-5);
        near(of(name).q, q, within);
        assert!(of(name).interval.excludes_zero() && of(name).is_enough());
    }
    for (name, low, high) in [
        ("eta", 0.0046, 0.0166),
        ("beta", 0.0077, 0.0213),
        ("alpha", -0.0088, 0.0022),
    ] {
        near(of(name).interval.low, low, 5.1e-5);
        near(of(name).interval.high, high, 5.1e-5);
    }
    near(of("alpha").difference, -0.0033, 5.1e-5);
    assert!(of("alpha").q > 0.05 && !of("mi").is_enough());
    for (name, difference, reach) in [
        ("eta", 0.017_189_879_536_258_6, 0.007_576_371_475_057_8),
        ("beta", 0.015_506_386_545_514_1, 0.007_543_190_444_544_1),
        ("alpha", -0.002_134_325_749_030_9, 0.007_087_199_300_184),
    ] {
        let found = of(name).stratified.unwrap();
        near(found.difference, difference, 1e-12);
        near(found.error * 1.96, reach, 1e-12);
    }
}

/// Where the strata do not differ in size or effect the difference is the plain one, and where
/// they turn it about it is the one within them: both by hand.
#[test]
fn strata_take_out_what_else_was_touched() {
    // Among short journeys 8 of 10 with and 6 of 10 without, among long ones 3 of 40 and 1 of 40.
    let rows = vec![
        path(&[0, 1], 8, 2),
        path(&[1], 6, 4),
        path(&[0, 1, 2], 3, 37),
        path(&[1, 2], 1, 39),
    ];
    let paths = Paths::new(3, rows).unwrap();
    let found = moments(&paths)[0].unwrap();
    near(found.difference, 11.0 / 50.0 - 7.0 / 50.0, 1e-12);
    near(found.stratified.unwrap().difference, 0.08, 1e-12);
    assert_eq!(moments(&paths)[1], None, "all touch it");
    // Whoever touches it comes oftener with long journeys, which convert less.
    let rows = vec![
        path(&[0, 1], 8, 2),
        path(&[1], 60, 40),
        path(&[0, 1, 2], 30, 370),
        path(&[1, 2], 1, 39),
    ];
    let found = moments(&Paths::new(3, rows).unwrap())[0].unwrap();
    assert!(found.difference < 0.0 && found.stratified.unwrap().difference > 0.0);
}

/// The fifteen of Benjamini and Hochberg's paper (section 3.2), of which at 5 % they believe four.
#[test]
fn discoveries_are_those_of_the_paper() {
    let ps = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
        0.5719, 0.6528, 0.7590, 1.0000,
    ];
    let found = benjamini_hochberg(&ps).unwrap();
    assert_eq!(found.iter().filter(|q| **q <= 0.05).count(), 4);
    near(found[0], 0.0015, 1e-15);
    near(found[3], 0.035_625, 1e-15);
    // 15/6 · 0.0278 is more than 15/7 · 0.0298, which holds for it too.
    near(found[5], 15.0 / 7.0 * 0.0298, 1e-15);
    let turned: Vec<f64> = ps.iter().rev().copied().collect();
    let turned = benjamini_hochberg(&turned).unwrap();
    assert!(turned.iter().rev().eq(&found));
    assert_eq!(benjamini_hochberg(&[0.5, f64::NAN]), None);
    assert_eq!(benjamini_hochberg(&[]), Some(vec![]));
}

#[test]
fn what_is_no_path_is_refused() {
    let new = |row: Path| Paths::new(2, vec![row]);
    assert!(new(path(&[0, 1], 0, 0)).is_some());
    assert_eq!(Paths::new(2, vec![]), None);
    assert_eq!(Paths::new(CHANNELS_MOST + 1, vec![path(&[0], 1, 0)]), None);
    assert_eq!(new(path(&[], 1, 0)), None);
    assert_eq!(new(path(&[2], 1, 0)), None);
    for value in [-1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(
            new(Path {
                value,
                ..path(&[0], 1, 0)
            }),
            None
        );
    }
    let value = 1.0;
    assert_eq!(
        new(Path {
            value,
            ..path(&[0], 0, 1)
        }),
        None,
        "of nothing"
    );
    for ages in [vec![], vec![-1.0], vec![f64::NAN], vec![1.0, 2.0]] {
        let ages = Some(ages);
        assert_eq!(
            new(Path {
                ages,
                ..path(&[0], 1, 0)
            }),
            None
        );
    }
    assert_eq!(new(path(&[0], 0, 0)).unwrap().rate(), None);
    assert_eq!(new(path(&[0], 1, 3)).unwrap().rate(), Some(0.25));
}
