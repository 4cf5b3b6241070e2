//! Punycode (RFC 3492), the way from letters to the DNS, so that `caffè.it` and
//! `xn--caff-8oa.it` are one domain. No table of Unicode: the caller has lower-cased and composed.
//!
//! **Invariant:** the output is ASCII and depends on the label alone.

use compact_str::CompactString;

// RFC 3492, section 5.
const BASE: u32 = 36;
const T_MIN: u32 = 1;
const T_MAX: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;
const INITIAL_BIAS: u32 = 72;
const INITIAL_N: u32 = 128;

/// Writes the code of a label (RFC 3492, 6.3), without the prefix `xn--`.
pub(super) fn encode(label: &str, out: &mut CompactString) {
    let letters: Vec<u32> = label.chars().map(u32::from).collect();
    out.extend(label.chars().filter(char::is_ascii));
    let basic = count(letters.iter().filter(|letter| **letter < INITIAL_N).count());
    if basic > 0 {
        out.push('-');
    }
    let (mut n, mut delta, mut bias, mut written) = (INITIAL_N, 0u32, INITIAL_BIAS, basic);
    let total = count(letters.len());
    while written < total {
        let Some(next) = letters.iter().copied().filter(|letter| *letter >= n).min() else {
            return;
        };
        // Labels are bounded by the address's length, far below where this could saturate.
        delta = delta.saturating_add((next - n).saturating_mul(written + 1));
        n = next;
        for letter in &letters {
            if *letter < n {
                delta = delta.saturating_add(1);
            } else if *letter == n {
                write_number(delta, bias, out);
                bias = adapt(delta, written + 1, written == basic);
                delta = 0;
                written += 1;
            }
        }
        delta = delta.saturating_add(1);
        n += 1;
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn write_number(number: u32, bias: u32, out: &mut CompactString) {
    let mut rest = number;
    let mut k = BASE;
    loop {
        let threshold = k.saturating_sub(bias).clamp(T_MIN, T_MAX);
        if rest < threshold {
            out.push(digit(rest));
            return;
        }
        out.push(digit(threshold + (rest - threshold) % (BASE - threshold)));
        rest = (rest - threshold) / (BASE - threshold);
        k += BASE;
    }
}

fn digit(value: u32) -> char {
    char::from_digit(value, BASE).map_or('a', |_| {
        // RFC 3492: 0–25 are the letters, 26–35 the digits; `from_digit` has it the other way.
        char::from_u32(if value < 26 { 97 + value } else { 22 + value }).unwrap_or('a')
    })
}

fn adapt(delta: u32, points: u32, first: bool) -> u32 {
    let mut delta = if first { delta / DAMP } else { delta / 2 };
    delta += delta / points;
    let mut k = 0;
    while delta > ((BASE - T_MIN) * T_MAX) / 2 {
        delta /= BASE - T_MIN;
        k += BASE;
    }
    k + ((BASE - T_MIN + 1) * delta) / (delta + SKEW)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 3492, 7.1, and names that exist.
    #[test]
    fn labels_of_the_rfc() {
        for (label, code) in [
            ("bücher", "bcher-kva"),
            ("münchen", "mnchen-3ya"),
            ("caffè", "caff-8oa"),
            ("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"),
            (
                "почемужеонинеговорятпорусски",
                "b1abfaaepdrnnbgefbadotcwatmq2g4l",
            ),
            (
                "porquénopuedensimplementehablarenespañol",
                "porqunopuedensimplementehablarenespaol-fmd56a",
            ),
            ("3年b組金八先生", "3b-ww4c5e180e575a65lsy2b"),
        ] {
            let mut out = CompactString::default();
            encode(label, &mut out);
            assert_eq!(out, code, "{label}");
        }
    }
}
