//! Writing a JSON object member by member, from texts and from JSON that is already there.

/// A JSON object under construction.
#[derive(Debug, Default)]
pub(super) struct ObjectText(String);

impl ObjectText {
    /// Adds a member whose value is JSON.
    pub(super) fn raw(&mut self, key: &str, json: &str) -> &mut Self {
        self.0.push(if self.0.is_empty() { '{' } else { ',' });
        self.0.push_str(&quoted(key));
        self.0.push(':');
        self.0.push_str(json);
        self
    }

    /// Adds a member whose value is a text.
    pub(super) fn text(&mut self, key: &str, text: &str) -> &mut Self {
        self.raw(key, &quoted(text))
    }

    /// Adds a member if its JSON is there.
    pub(super) fn raw_if(&mut self, key: &str, json: Option<&str>) -> &mut Self {
        match json {
            Some(json) => self.raw(key, json),
            None => self,
        }
    }

    /// Whether nothing was added.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The object.
    pub(super) fn finish(&mut self) -> String {
        let mut text = std::mem::take(&mut self.0);
        text.push_str(if text.is_empty() { "{}" } else { "}" });
        text
    }
}

/// A text as JSON.
pub(super) fn quoted(text: &str) -> String {
    // A text always serialises.
    serde_json::to_string(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_objects() {
        assert_eq!(ObjectText::default().finish(), "{}");
        let mut object = ObjectText::default();
        object
            .text("a\"", "x\ny")
            .raw("b", "[1]")
            .raw_if("c", None)
            .raw_if("d", Some("null"));
        assert!(!object.is_empty());
        assert_eq!(object.finish(), r#"{"a\"":"x\ny","b":[1],"d":null}"#);
    }
}
