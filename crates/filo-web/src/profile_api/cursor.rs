//! What is asked for, and where the next page is.

use serde::Serialize;

use super::LIMIT_MOST;
use super::answer::ErrorOut;

/// Rows of a page unless asked otherwise, as the reference has it.
const LIMIT_USUAL: usize = 10;
/// Names that one request may ask for.
const INCLUDE_MOST: usize = 200;

/// The parameters of a request.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) limit: usize,
    pub(super) next: Option<String>,
    include: Vec<String>,
}

impl Asked {
    /// Reads the query; parameters this API does not have are ignored, as clients send some.
    pub(super) fn read(query: &str) -> Result<Self, ErrorOut> {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query)
            .map_err(|_unreadable| ErrorOut::invalid("the query cannot be read"))?;
        let mut asked = Self {
            limit: LIMIT_USUAL,
            next: None,
            include: Vec::new(),
        };
        for (name, value) in pairs {
            match name.as_str() {
                "limit" => {
                    asked.limit = match value.parse() {
                        Ok(limit @ 1..=LIMIT_MOST) => limit,
                        _ => return Err(ErrorOut::invalid("`limit` must be 1 to 200")),
                    }
                }
                "next" => asked.next = Some(value).filter(|next| !next.is_empty() && next != "0"),
                "include" => {
                    let names = value
                        .split(',')
                        .map(str::trim)
                        .filter(|name| !name.is_empty());
                    asked
                        .include
                        .extend(names.take(INCLUDE_MOST).map(str::to_owned));
                }
                _ => {}
            }
        }
        Ok(asked)
    }

    /// Whether a row of this name is asked for.
    pub(super) fn includes(&self, name: &str) -> bool {
        self.include.is_empty() || self.include.iter().any(|wanted| wanted == name)
    }

    /// Where a page of a short list starts.
    pub(super) fn offset(&self) -> Result<usize, ErrorOut> {
        match &self.next {
            None => Ok(0),
            Some(next) => next.parse().map_err(|_not_one| ErrorOut::bad_cursor()),
        }
    }
}

/// Where the next page is.
#[derive(Debug, Serialize)]
pub(super) struct CursorOut<'a> {
    url: &'a str,
    has_more: bool,
    next: String,
    limit: usize,
}

impl<'a> CursorOut<'a> {
    pub(super) fn new(url: &'a str, next: Option<String>, limit: usize) -> Self {
        Self {
            url,
            has_more: next.is_some(),
            next: next.unwrap_or_default(),
            limit,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_and_names_are_read() {
        let asked = Asked::read("limit=200&include=first_name,%20plan&verbose=true").unwrap();
        assert_eq!(asked.limit, 200);
        assert!(asked.includes("plan") && asked.includes("first_name") && !asked.includes("x"));
        let usual = Asked::read("").unwrap();
        assert_eq!((usual.limit, usual.offset().unwrap_or(9)), (10, 0));
        assert!(usual.includes("anything"));
        for wrong in ["limit=0", "limit=201", "limit=x"] {
            assert!(Asked::read(wrong).is_err(), "{wrong}");
        }
        assert!(Asked::read("next=abc").unwrap().offset().is_err());
    }
}
