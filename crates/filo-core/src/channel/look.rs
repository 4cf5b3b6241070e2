//! How messages on the site look, and how often one is shown.

use serde::{Deserialize, Serialize};

/// Showings of one message at most: who has not answered then will not.
const TIMES_MOST: u8 = 10;

/// Where a message stands on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// Over the whole width, at the upper edge.
    Banner,
    /// In a corner.
    #[default]
    Card,
    /// In the middle, over the page.
    Centre,
}

impl Layout {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Banner, Self::Card, Self::Centre];

    /// The word in documents, in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Banner => "banner",
            Self::Card => "card",
            Self::Centre => "centre",
        }
    }

    /// The layout of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|layout| layout.word() == word)
    }
}

/// How messages on the site look where their piece says nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Look {
    /// The company's colour, `#rrggbb`.
    pub colour: String,
    /// Where they stand.
    pub layout: Layout,
    /// How often one is shown at most.
    pub times: u8,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            colour: "#0b5c58".to_owned(),
            layout: Layout::default(),
            times: 3,
        }
    }
}

impl Look {
    /// What is wrong with it: the field, and the word of the reason.
    #[must_use]
    pub fn defect(&self) -> Option<(&'static str, &'static str)> {
        if rgb(&self.colour).is_none() {
            return Some(("colour", "no_colour"));
        }
        let is_in = (1..=TIMES_MOST).contains(&self.times);
        (!is_in).then_some(("times", "times_out_of_range"))
    }

    /// The ink that can be read on the colour: dark on a light one, white on a dark one.
    #[must_use]
    pub fn ink(&self) -> &'static str {
        const INKS: [&str; 2] = ["#ffffff", "#000000"];
        let ground = luminance(&self.colour);
        let contrast = |ink: &str| {
            let (one, other) = (ground.max(luminance(ink)), ground.min(luminance(ink)));
            (one + 0.05) / (other + 0.05)
        };
        // One of the two is always above 4.5 to 1: their product is 21.
        if contrast(INKS[0]) >= contrast(INKS[1]) {
            INKS[0]
        } else {
            INKS[1]
        }
    }
}

fn rgb(colour: &str) -> Option<[u8; 3]> {
    let digits = colour.strip_prefix('#').filter(|it| it.len() == 6)?;
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    is_hex.then_some(())?;
    Some([part(0)?, part(2)?, part(4)?])
}

/// Relative luminance (WCAG 2.2).
fn luminance(colour: &str) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    };
    let [red, green, blue] = rgb(colour).unwrap_or_default();
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(colour: &str) -> Look {
        Look {
            colour: colour.to_owned(),
            ..Look::default()
        }
    }

    #[test]
    fn colours_and_times_that_are_none_are_refused() {
        assert_eq!(Look::default().defect(), None);
        for colour in [
            "", "red", "#fff", "#12345g", "#+12345", "#1234567", "0b5c58",
        ] {
            assert_eq!(
                of(colour).defect(),
                Some(("colour", "no_colour")),
                "{colour}"
            );
        }
        for times in [0, TIMES_MOST + 1] {
            let look = Look {
                times,
                ..Look::default()
            };
            assert_eq!(look.defect(), Some(("times", "times_out_of_range")));
        }
        for layout in Layout::ALL {
            assert_eq!(Layout::from_word(layout.word()), Some(layout));
        }
    }

    proptest! {
        #[test]
        fn on_any_colour_words_can_be_read(red: u8, green: u8, blue: u8) {
            let look = of(&format!("#{red:02x}{green:02x}{blue:02x}"));
            let (ground, ink) = (luminance(&look.colour), luminance(look.ink()));
            let contrast = (ground.max(ink) + 0.05) / (ground.min(ink) + 0.05);
            prop_assert!(contrast >= 4.5, "{contrast}");
        }
    }
}
