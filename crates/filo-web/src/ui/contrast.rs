//! How well the colours of the console can be told apart: read from the stylesheet itself and
//! worked out by the formula of WCAG 2.2 (relative luminance, contrast ratio).
//!
//! **Invariant:** every pair of text and ground that the console uses reaches 4.5:1 and every line
//! that carries meaning 3:1, in light and in dark; a test holds the stylesheet to it.

const TOKENS: &str = include_str!("style/tokens.css");

/// What text must reach, in hundredths.
pub(crate) const TEXT_LEAST: u32 = 450;
/// What lines and marks must reach.
pub(crate) const LINE_LEAST: u32 = 300;

/// Text on ground, as the pages use them.
pub(crate) const TEXTS: [(&str, &str); 29] = [
    ("ink", "ground"),
    ("ink", "card"),
    ("ink", "raised"),
    ("ink", "sunken"),
    ("ink", "accent-soft"),
    ("ink", "warn-soft"),
    ("ink", "bad-soft"),
    ("ink-soft", "ground"),
    ("ink-soft", "card"),
    ("ink-soft", "raised"),
    ("ink-soft", "sunken"),
    ("accent", "ground"),
    ("accent", "card"),
    ("accent", "raised"),
    ("accent", "sunken"),
    ("accent", "accent-soft"),
    ("accent-strong", "ground"),
    ("accent-strong", "card"),
    ("accent-ink", "accent"),
    ("accent-ink", "accent-strong"),
    ("thread", "thread-soft"),
    ("thread", "card"),
    ("good", "good-soft"),
    ("good", "card"),
    ("warn", "warn-soft"),
    ("bad", "card"),
    ("bad", "raised"),
    ("bad", "bad-soft"),
    ("ground", "ink"),
];

/// Lines and marks that carry meaning, on ground.
pub(crate) const LINES: [(&str, &str); 12] = [
    ("edge", "raised"),
    ("edge", "card"),
    ("edge", "ground"),
    ("focus", "ground"),
    ("focus", "card"),
    ("thread", "ground"),
    ("channel-web", "card"),
    ("channel-app", "card"),
    ("channel-shop", "card"),
    ("channel-email", "card"),
    ("channel-phone", "card"),
    ("channel-social", "card"),
];

/// A colour: red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Colour([u8; 3]);

/// A token in light and in dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) name: &'static str,
    pub(crate) light: &'static str,
    pub(crate) dark: &'static str,
}

/// The colours of the stylesheet, in its order.
pub(crate) fn tokens() -> Vec<Token> {
    TOKENS.lines().filter_map(token).collect()
}

fn token(line: &'static str) -> Option<Token> {
    let (name, value) = line
        .trim()
        .strip_prefix("--")?
        .split_once(": light-dark(")?;
    let (light, dark) = value.strip_suffix(");")?.split_once(", ")?;
    let whole = Token { name, light, dark };
    Colour::parse(light).and(Colour::parse(dark)).map(|_| whole)
}

/// The contrast of two tokens in hundredths, in light and in dark; none if one is no colour.
pub(crate) fn contrast(text: &str, ground: &str) -> Option<(u32, u32)> {
    let tokens = tokens();
    let of = |name: &str| tokens.iter().find(|token| token.name == name);
    let (text, ground) = (of(text)?, of(ground)?);
    let ratio = |one, other| Some(ratio(Colour::parse(one)?, Colour::parse(other)?));
    Some((
        ratio(text.light, ground.light)?,
        ratio(text.dark, ground.dark)?,
    ))
}

impl Colour {
    fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|it| it.len() == 6)?;
        let channel = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        Some(Self([channel(0)?, channel(2)?, channel(4)?]))
    }

    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|channel| {
            let part = f64::from(channel) / 255.0;
            if part <= 0.040_45 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a contrast lies between 1 and 21"
)]
fn ratio(one: Colour, other: Colour) -> u32 {
    let (one, other) = (one.luminance(), other.luminance());
    let ratio = (one.max(other) + 0.05) / (one.min(other) + 0.05);
    (ratio * 100.0).floor() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_published_formula() {
        let of = |one, other| ratio(Colour::parse(one).unwrap(), Colour::parse(other).unwrap());
        assert_eq!(of("#000000", "#ffffff"), 2_100);
        assert_eq!(of("#777777", "#ffffff"), 447);
        assert_eq!(of("#767676", "#ffffff"), 454);
        assert_eq!(of("#1566c8", "#1566c8"), 100);
    }

    #[test]
    fn what_is_read_can_be_read() {
        let mut faint = Vec::new();
        let text = TEXTS.iter().map(|pair| (pair, TEXT_LEAST));
        let lines = LINES.iter().map(|pair| (pair, LINE_LEAST));
        for ((mark, ground), least) in text.chain(lines) {
            let (light, dark) = contrast(mark, ground).expect(mark);
            if light.min(dark) < least {
                faint.push(format!("{mark} on {ground}: {light} {dark}"));
            }
        }
        assert!(faint.is_empty(), "{faint:#?}");
        assert!(tokens().len() > 25);
    }

    #[test]
    fn what_is_no_colour_is_left_out() {
        assert_eq!(
            token("--shadow: 0 1px 2px light-dark(rgb(1 2 3), #000000);"),
            None
        );
        assert_eq!(token("--size: 1rem;"), None);
        assert_eq!(contrast("ink", "nothing"), None);
    }
}
