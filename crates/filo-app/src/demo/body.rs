//! JSON objects as the demo's shops, tills and sites send them.
//!
//! **Invariant:** what comes out is empty or one well-formed object; amounts are written out of
//! whole cents, digit by digit.

use std::fmt::Write as _;

/// An object in the making.
#[derive(Debug, Clone, Default)]
pub(super) struct Body(String);

impl Body {
    /// An object of nothing.
    pub(super) const fn new() -> Self {
        Self(String::new())
    }

    fn key(&mut self, key: &str) {
        self.0.push(if self.0.is_empty() { '{' } else { ',' });
        // Writing to a string cannot fail.
        let _ = write!(self.0, "\"{key}\":");
    }

    /// With a text.
    pub(super) fn text(mut self, key: &str, text: &str) -> Self {
        self.key(key);
        // A text always serialises.
        self.0
            .push_str(&serde_json::to_string(text).unwrap_or_default());
        self
    }

    /// With a whole number.
    pub(super) fn number(mut self, key: &str, number: u32) -> Self {
        self.key(key);
        let _ = write!(self.0, "{number}");
        self
    }

    /// With an amount in cents, as shops write it: `12.50`.
    pub(super) fn money(mut self, key: &str, cents: u32) -> Self {
        self.key(key);
        let _ = write!(self.0, "{}.{:02}", cents / 100, cents % 100);
        self
    }

    /// With an object.
    pub(super) fn object(mut self, key: &str, object: Self) -> Self {
        self.key(key);
        self.0.push_str(&object.finish());
        self
    }

    /// With a list of objects.
    pub(super) fn list(mut self, key: &str, objects: Vec<Self>) -> Self {
        self.key(key);
        self.0.push('[');
        for (place, object) in objects.into_iter().enumerate() {
            if place > 0 {
                self.0.push(',');
            }
            self.0.push_str(&object.finish());
        }
        self.0.push(']');
        self
    }

    /// Whether there is nothing in it.
    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The JSON.
    pub(super) fn finish(mut self) -> String {
        if self.0.is_empty() {
            return "{}".to_owned();
        }
        self.0.push('}');
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_what_json_reads() {
        let body = Body::new()
            .text("name", "Caffè «D'Amico» \"oro\"")
            .money("price", 1205)
            .number("quantity", 2)
            .object("empty", Body::new())
            .list("products", vec![Body::new().money("price", 7), Body::new()]);
        let read: serde_json::Value = serde_json::from_str(&body.finish()).unwrap();
        let expected = serde_json::json!({
            "name": "Caffè «D'Amico» \"oro\"", "price": 12.05, "quantity": 2, "empty": {},
            "products": [{"price": 0.07}, {}],
        });
        assert_eq!(read, expected);
    }
}
