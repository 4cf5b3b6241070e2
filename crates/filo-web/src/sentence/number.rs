//! Numbers and how they compare.

use filo_core::segment::{Comparison, Number};

use super::Teller;

impl Teller<'_> {
    /// “almeno 2”, each number shown in its own way.
    pub(super) fn compared(self, is: Comparison, shown: impl Fn(Number) -> String) -> String {
        let (key, number) = match is {
            Comparison::Equals(number) => ("said-exactly", number),
            Comparison::Differs(number) => ("said-other", number),
            Comparison::Below(number) => ("said-below", number),
            Comparison::AtMost(number) => ("said-at-most", number),
            Comparison::Above(number) => ("said-above", number),
            Comparison::AtLeast(number) => ("said-at-least", number),
            Comparison::Between(least, most) => {
                let ends = [("least", shown(least).into()), ("most", shown(most).into())];
                return self.words.fill("said-between", ends);
            }
        };
        self.words.fill(key, [("number", shown(number).into())])
    }

    /// How a number compares, in the digits of the language.
    pub(super) fn compared_plainly(self, is: Comparison) -> String {
        self.compared(is, |number| self.plain(number))
    }

    /// What is counted, with a word that follows the last number.
    pub(super) fn counted(self, key: &str, is: Comparison) -> String {
        let count: f64 = is.numbers().last().map_or(0.0, size);
        let compared = self.compared_plainly(is);
        let fill = [("compared", compared.into()), ("count", count.into())];
        self.words.fill(key, fill)
    }

    pub(super) fn plain(self, number: Number) -> String {
        self.words.decimal(&number.to_string())
    }

    /// An amount in the company's currency; with more decimals than it has, as a number before it.
    pub(super) fn money(self, number: Number) -> String {
        let currency = self.names.currency;
        let text = number.to_string();
        let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
        let digits = usize::from(currency.minor_digits());
        let minor = (part.len() <= digits).then(|| format!("{whole}{part:0<digits$}"));
        match minor.and_then(|minor| minor.parse().ok()) {
            Some(minor) => self.words.amount(minor, currency),
            None => format!("{} {}", self.plain(number), currency.code()),
        }
    }
}

/// Only to choose between one and more.
fn size(number: Number) -> f64 {
    number.to_string().parse().unwrap_or_default()
}
