//! Walking over the members of a JSON object without parsing it: the hot path picks the few
//! fields it needs out of `properties` and `context` and skips the rest.
//!
//! **Invariant:** over valid JSON the walk gives exactly the members of the outermost object (or
//! the elements of the outermost array); over anything else it ends early. It never panics and
//! never recurses, so depth costs nothing.

use std::borrow::Cow;

use memchr::memchr2;

/// The members of an object: key (without quotes, escapes left as they are) and raw value.
pub(crate) struct Members<'a>(Walk<'a>);

/// The elements of an array, raw.
pub(crate) struct Elements<'a>(Walk<'a>);

struct Walk<'a> {
    json: &'a str,
    at: usize,
}

/// The members of the object that `json` is; none if it is something else.
pub(crate) fn members(json: &str) -> Members<'_> {
    Members(Walk::into_container(json, b'{'))
}

/// The elements of the array that `json` is; none if it is something else.
pub(crate) fn elements(json: &str) -> Elements<'_> {
    Elements(Walk::into_container(json, b'['))
}

/// The raw value of a member of an object; the last one if the key is repeated, as parsers do.
pub(crate) fn member<'a>(json: &'a str, key: &str) -> Option<&'a str> {
    members(json)
        .filter(|(found, _)| *found == key)
        .last()
        .map(|(_, value)| value)
}

/// The text of a raw value: what a string says, a number as written, `true` and `false`; nothing
/// for null, objects and arrays.
pub(crate) fn text(raw: &str) -> Option<Cow<'_, str>> {
    match raw.as_bytes().first()? {
        b'"' => unescaped(raw.get(1..raw.len().checked_sub(1)?)?),
        b'{' | b'[' | b'n' => None,
        _ => Some(Cow::Borrowed(raw)),
    }
}

/// What stands between two quotes, with its escapes resolved.
pub(crate) fn unescaped(inner: &str) -> Option<Cow<'_, str>> {
    if !inner.contains('\\') {
        return Some(Cow::Borrowed(inner));
    }
    serde_json::from_str::<String>(&format!("\"{inner}\""))
        .ok()
        .map(Cow::Owned)
}

impl<'a> Walk<'a> {
    fn into_container(json: &'a str, open: u8) -> Self {
        let mut walk = Self { json, at: 0 };
        walk.skip_blank();
        walk.at = if walk.peek() == Some(open) {
            walk.at + 1
        } else {
            json.len()
        };
        walk
    }

    fn peek(&self) -> Option<u8> {
        self.json.as_bytes().get(self.at).copied()
    }

    fn skip_blank(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    fn skip_blank_and(&mut self, separator: u8) {
        self.skip_blank();
        if self.peek() == Some(separator) {
            self.at += 1;
            self.skip_blank();
        }
    }

    fn value(&mut self) -> Option<&'a str> {
        let start = self.at;
        self.at = value_end(self.json.as_bytes(), start)?;
        self.json.get(start..self.at)
    }

    fn stop(&mut self) {
        self.at = self.json.len();
    }
}

impl<'a> Iterator for Members<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let walk = &mut self.0;
        walk.skip_blank_and(b',');
        if walk.peek() != Some(b'"') {
            walk.stop();
            return None;
        }
        let found = walk.value().and_then(|key| {
            walk.skip_blank_and(b':');
            Some((key.get(1..key.len() - 1)?, walk.value()?))
        });
        if found.is_none() {
            walk.stop();
        }
        found
    }
}

impl<'a> Iterator for Elements<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<Self::Item> {
        let walk = &mut self.0;
        walk.skip_blank_and(b',');
        let found = walk.value();
        if found.is_none() {
            walk.stop();
        }
        found
    }
}

/// Where the value that begins at `start` ends; nothing if none begins there or it is cut short.
fn value_end(bytes: &[u8], start: usize) -> Option<usize> {
    match bytes.get(start)? {
        b'"' => string_end(bytes, start),
        b'{' | b'[' => container_end(bytes, start),
        b',' | b':' | b'}' | b']' => None,
        _ => {
            let ends =
                |byte: &u8| matches!(byte, b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t');
            Some(
                bytes[start..]
                    .iter()
                    .position(ends)
                    .map_or(bytes.len(), |length| start + length),
            )
        }
    }
}

fn string_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        at += memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes[at] == b'"' {
            return Some(at + 1);
        }
        at += 2;
    }
}

fn container_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut depth = 0usize;
    let mut at = start;
    loop {
        match bytes.get(at)? {
            b'"' => {
                at = string_end(bytes, at)?;
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            return Some(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Just, ProptestConfig, Strategy, prop_assert_eq, prop_oneof, proptest};
    use serde_json::Value;

    use super::{elements, member, members, text};

    #[test]
    fn picks_members_of_the_outermost_object_only() {
        let json = r#" { "a" : {"page":1} ,"page":{"path":"/x,}","deep":[{"page":2}]}, "n":-1.5e3,
            "esc":"a\"b\\","t":true,"nil":null , "page": "last" } "#;
        assert_eq!(member(json, "page"), Some("\"last\""));
        assert_eq!(member(json, "n"), Some("-1.5e3"));
        assert_eq!(
            member(json, "esc").and_then(text).as_deref(),
            Some("a\"b\\")
        );
        assert_eq!(member(json, "nil").and_then(text), None);
        assert_eq!(member(json, "path"), None);
        assert_eq!(members(json).count(), 7);
    }

    #[test]
    fn broken_json_ends_early() {
        for json in [
            "",
            "{",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":\"",
            "{\"a\":{",
            "[1",
            "null",
            "{,}",
            "{\"a\\",
        ] {
            assert_eq!(members(json).count(), 0, "{json}");
        }
        assert_eq!(elements("[\"a\",{}").collect::<Vec<_>>(), ["\"a\"", "{}"]);
    }

    #[test]
    fn depth_costs_no_stack() {
        let json = format!(
            "{{\"a\":{}{},\"b\":1}}",
            "[".repeat(200_000),
            "]".repeat(200_000)
        );
        assert_eq!(member(&json, "b"), Some("1"));
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            proptest::bool::ANY.prop_map(Value::from),
            proptest::num::i64::ANY.prop_map(Value::from),
            "[a-z\"\\\\{}\\[\\],: àè\n]{0,12}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 5, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                proptest::collection::btree_map("[a-z]{1,4}", inner, 0..5)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn the_walk_agrees_with_a_parser(value in any_json(), pretty in proptest::bool::ANY) {
            let json = if pretty {
                serde_json::to_string_pretty(&value).unwrap()
            } else {
                value.to_string()
            };
            let walked: Vec<(String, Value)> = members(&json)
                .map(|(key, raw)| (key.to_owned(), serde_json::from_str(raw).unwrap()))
                .collect();
            let parsed: Vec<(String, Value)> = value.as_object().map_or_else(Vec::new, |object| {
                object.iter().map(|(key, value)| (key.clone(), value.clone())).collect()
            });
            prop_assert_eq!(walked, parsed);
            let walked: Vec<Value> =
                elements(&json).map(|raw| serde_json::from_str(raw).unwrap()).collect();
            prop_assert_eq!(walked, value.as_array().cloned().unwrap_or_default());
        }

        #[test]
        fn any_text_ends(text in "[\\[\\]{}\",:\\\\a1 ]{0,60}") {
            let _ = members(&text).count() + elements(&text).count();
        }
    }
}
