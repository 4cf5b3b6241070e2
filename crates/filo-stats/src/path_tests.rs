//! For tests: paths, and the 10,000 rows of ChannelAttribution's data set `PathData` (12 channels).

use crate::cdnow_tests::read;
use crate::paths::{Path, Paths};

/// The channels of the data set in the order of their names.
pub(crate) const NAMES: [&str; 12] = [
    "alpha", "beta", "delta", "epsilon", "eta", "gamma", "iota", "kappa", "lambda", "mi", "theta",
    "zeta",
];

/// The number of a channel of the data set.
pub(crate) fn channel(name: &str) -> u16 {
    let at = NAMES.iter().position(|it| *it == name).unwrap();
    u16::try_from(at).unwrap()
}

/// The data set; `None` where it is not beside this checkout, which is then printed.
pub(crate) fn path_data() -> Option<Paths> {
    let text = read("data/attribution/PathData.csv")?;
    let rows = text.lines().skip(1).map(|line| {
        let fields: Vec<&str> = line.split(';').collect();
        Path {
            touches: fields[0].split(" > ").map(channel).collect(),
            conversions: fields[1].parse().unwrap(),
            value: fields[2].parse().unwrap(),
            nulls: fields[3].parse().unwrap(),
            ages: None,
        }
    });
    Some(Paths::new(NAMES.len(), rows.collect()).unwrap())
}

/// A path that ended so often with a conversion, each worth 2, and so often without.
pub(crate) fn path(touches: &[u16], conversions: usize, nulls: usize) -> Path {
    Path {
        touches: touches.to_vec(),
        conversions,
        value: 2.0 * f64::from(u32::try_from(conversions).unwrap()),
        nulls,
        ages: None,
    }
}
