//! How alike two short texts are, byte by byte: the texts are folded to plain letters before.
//!
//! **Invariant:** both measures are symmetric; equal texts are alike in full.

/// Bytes that are looked at: longer texts are compared by their beginning.
const BYTES_MOST: usize = 64;
/// Letters of a common beginning that count (Winkler).
const PREFIX_MOST: usize = 4;
/// What each of them adds (Winkler).
const PREFIX_SCALE: f64 = 0.1;

fn beginning(text: &str) -> &[u8] {
    let bytes = text.as_bytes();
    &bytes[..bytes.len().min(BYTES_MOST)]
}

/// Jaro's similarity: "Advances in Record-Linkage Methodology as Applied to Matching the 1985
/// Census of Tampa, Florida", Journal of the American Statistical Association 84 (1989), 414–420.
#[must_use]
pub fn jaro(a: &str, b: &str) -> f64 {
    let (a, b) = (beginning(a), beginning(b));
    if a == b {
        return 1.0;
    }
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let reach = (a.len().max(b.len()) / 2).saturating_sub(1);
    // A bit for each place whose letter was found in the other text.
    let (mut in_a, mut in_b) = (0_u64, 0_u64);
    for (at, letter) in a.iter().enumerate() {
        let low = at.saturating_sub(reach);
        let high = (at + reach + 1).min(b.len());
        let found = (low..high).find(|place| in_b & (1 << place) == 0 && b[*place] == *letter);
        if let Some(place) = found {
            in_a |= 1 << at;
            in_b |= 1 << place;
        }
    }
    let common = in_a.count_ones();
    if common == 0 {
        return 0.0;
    }
    let mut crossed = 0_u32;
    let mut rest = in_b;
    for (at, letter) in a.iter().enumerate() {
        if in_a & (1 << at) != 0 {
            let place = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            crossed += u32::from(b[place] != *letter);
        }
    }
    let common = f64::from(common);
    let share = |length: usize| common / length_of(length);
    (share(a.len()) + share(b.len()) + (common - f64::from(crossed / 2)) / common) / 3.0
}

/// Jaro's similarity, higher where the beginnings agree: Winkler, "String Comparator Metrics and
/// Enhanced Decision Rules in the Fellegi–Sunter Model of Record Linkage", Proceedings of the
/// Section on Survey Research Methods, American Statistical Association (1990), 354–359.
#[must_use]
pub fn jaro_winkler(a: &str, b: &str) -> f64 {
    let jaro = jaro(a, b);
    let same = a.bytes().zip(b.bytes()).take(PREFIX_MOST);
    let same = same.take_while(|(one, other)| one == other).count();
    jaro + length_of(same) * PREFIX_SCALE * (1.0 - jaro)
}

/// The likeness of [`jaro_winkler`] if it is at least this much. Most texts that are compared
/// have too few letters in common, which is seen without looking where they stand.
#[must_use]
pub fn likeness(a: &str, b: &str, least: f64) -> Option<f64> {
    if a != b && !may_reach(beginning(a), beginning(b), least) {
        return None;
    }
    Some(jaro_winkler(a, b)).filter(|found| *found >= least)
}

/// Letters that only one text has cannot be common: what is left bounds the likeness.
fn may_reach(a: &[u8], b: &[u8], least: f64) -> bool {
    let letters = |text: &[u8]| text.iter().fold(0_u32, |set, byte| set | 1 << (byte & 31));
    let (ours, theirs) = (letters(a), letters(b));
    let left = |text: &[u8], only: u32| text.len().saturating_sub(only.count_ones() as usize);
    let common = left(a, ours & !theirs).min(left(b, theirs & !ours));
    if common == 0 {
        return false;
    }
    let share = |text: &[u8]| length_of(common) / length_of(text.len());
    let jaro = (share(a) + share(b) + 1.0) / 3.0;
    let same = a.iter().zip(b).take(PREFIX_MOST);
    let same = same.take_while(|(one, other)| one == other).count();
    jaro + length_of(same) * PREFIX_SCALE * (1.0 - jaro) >= least - 1e-9
}

/// Whether one text becomes the other by at most so many steps, each of which adds, drops or
/// changes a letter or swaps two neighbours: Damerau, "A technique for computer detection and
/// correction of spelling errors", Communications of the ACM 7 (1964), 171–176 (no place is
/// changed twice).
#[must_use]
pub fn is_within(a: &str, b: &str, steps_most: u8) -> bool {
    steps(a, b, steps_most).is_some()
}

/// The number of those steps, if it is at most so many.
#[must_use]
pub fn steps(a: &str, b: &str, steps_most: u8) -> Option<u8> {
    if a == b {
        return Some(0);
    }
    if a.len() > BYTES_MOST
        || b.len() > BYTES_MOST
        || a.len().abs_diff(b.len()) > usize::from(steps_most)
    {
        return None;
    }
    let (a, b) = without_common(a.as_bytes(), b.as_bytes());
    match (a.len().max(b.len()), steps_most) {
        (_, 0) => return None,
        (1, _) => return Some(1),
        (2, _) if a.len() == b.len() && a[0] == b[1] && a[1] == b[0] => return Some(1),
        (_, 1) => return None,
        _ => {}
    }
    let mut before = [0_u8; BYTES_MOST + 1];
    let mut last = [0_u8; BYTES_MOST + 1];
    for (cell, steps) in last.iter_mut().zip(0_u8..) {
        *cell = steps;
    }
    for (row, steps) in (1..=a.len()).zip(1_u8..) {
        let mut now = [0_u8; BYTES_MOST + 1];
        now[0] = steps;
        let mut least = steps;
        for at in 1..=b.len() {
            let change = last[at - 1] + u8::from(a[row - 1] != b[at - 1]);
            let mut cell = change.min(last[at] + 1).min(now[at - 1] + 1);
            let swapped = row > 1 && at > 1 && a[row - 1] == b[at - 2] && a[row - 2] == b[at - 1];
            if swapped {
                cell = cell.min(before[at - 2] + 1);
            }
            now[at] = cell;
            least = least.min(cell);
        }
        if least > steps_most {
            return None;
        }
        before = last;
        last = now;
    }
    Some(last[b.len()]).filter(|steps| *steps <= steps_most)
}

/// What is left when the common beginning and the common end are gone.
fn without_common<'t>(mut a: &'t [u8], mut b: &'t [u8]) -> (&'t [u8], &'t [u8]) {
    while let (Some((one, ours)), Some((other, theirs))) = (a.split_first(), b.split_first()) {
        if one != other {
            break;
        }
        (a, b) = (ours, theirs);
    }
    while let (Some((one, ours)), Some((other, theirs))) = (a.split_last(), b.split_last()) {
        if one != other {
            break;
        }
        (a, b) = (ours, theirs);
    }
    (a, b)
}

#[expect(clippy::cast_precision_loss, reason = "lengths of short texts")]
fn length_of(length: usize) -> f64 {
    length as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Winkler, "Overview of Record Linkage and Current Research Directions", U.S. Census Bureau,
    /// Research Report Statistics 2006-2, table 6: names compared by Jaro and by Winkler.
    #[test]
    fn likeness_is_that_of_winkler_s_table() {
        for (a, b, by_jaro, by_winkler) in [
            ("SHACKLEFORD", "SHACKELFORD", 0.970, 0.982),
            ("DUNNINGHAM", "CUNNIGHAM", 0.896, 0.896),
            ("NICHLESON", "NICHULSON", 0.926, 0.956),
            ("JONES", "JOHNSON", 0.790, 0.832),
            ("MASSEY", "MASSIE", 0.889, 0.933),
            ("ABROMS", "ABRAMS", 0.889, 0.922),
            ("MARTHA", "MARHTA", 0.944, 0.961),
            ("DWAYNE", "DUANE", 0.822, 0.840),
            ("DIXON", "DICKSONX", 0.767, 0.813),
        ] {
            for (a, b) in [(a, b), (b, a)] {
                assert!((jaro(a, b) - by_jaro).abs() < 6e-4, "{a} {b}");
                assert!((jaro_winkler(a, b) - by_winkler).abs() < 6e-4, "{a} {b}");
            }
        }
    }

    #[test]
    fn the_bound_never_hides_a_likeness() {
        let words = [
            "rossi", "rosi", "russo", "bianchi", "bianco", "deluca", "luca", "x", "anna",
        ];
        for a in words {
            for b in words {
                let whole = jaro_winkler(a, b);
                for least in [0.5, 0.85, 0.92] {
                    let expected = Some(whole).filter(|found| *found >= least);
                    assert_eq!(likeness(a, b, least), expected, "{a} {b} {least}");
                }
            }
        }
    }

    #[test]
    fn what_shares_nothing_is_not_alike() {
        assert!(jaro_winkler("abc", "xyz") < f64::EPSILON);
        assert!(jaro_winkler("", "xyz") < f64::EPSILON);
        assert!((jaro_winkler("", "") - 1.0).abs() < f64::EPSILON);
    }

    #[test]
    fn steps_are_counted_with_swaps_and_bounded() {
        for (a, b, expected) in [
            ("mario", "mario", Some(0)),
            ("mario", "maroi", Some(1)),
            ("mario", "maria", Some(1)),
            ("mario", "mari", Some(1)),
            ("mario", "xmario", Some(1)),
            ("kitten", "sitting", None),
            ("ca", "abc", None),
            ("rossi", "rosis", Some(1)),
            ("verdi", "bianchi", None),
        ] {
            assert_eq!(steps(a, b, 2), expected, "{a} {b}");
            assert_eq!(steps(b, a, 2), expected, "{b} {a}");
        }
        assert_eq!(steps("kitten", "sitting", 3), Some(3));
        let long = "a".repeat(80);
        assert!(is_within(&long, &long, 0) && !is_within(&long, "a", 9));
    }
}
