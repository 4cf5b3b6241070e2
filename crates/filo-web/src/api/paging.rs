//! Pages of lists: a cursor stands at an instant and an id, never at a number, so that a page
//! neither repeats nor skips what is there when something arrives in between.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use filo_core::time::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::problem::Problem;

/// Rows of a page unless asked otherwise.
const LIMIT_USUAL: usize = 50;
/// Rows of a page at most: a page must stay a matter of milliseconds.
pub(crate) const LIMIT_MOST: usize = 200;

/// Where the next page starts: below this instant and id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cursor {
    pub(crate) at: Timestamp,
    pub(crate) id: u128,
}

impl Cursor {
    pub(crate) fn write(self) -> String {
        let mut bytes = [0u8; 24];
        bytes[..8].copy_from_slice(&self.at.0.to_be_bytes());
        bytes[8..].copy_from_slice(&self.id.to_be_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    pub(crate) fn read(text: &str) -> Option<Self> {
        let bytes: [u8; 24] = URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?;
        let (at, id) = bytes.split_first_chunk::<8>()?;
        Some(Self {
            at: Timestamp(i64::from_be_bytes(*at)),
            id: u128::from_be_bytes(id.try_into().ok()?),
        })
    }
}

/// Which page of a list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Paging {
    /// `next` of the page before.
    before: Option<String>,
    /// Rows at most: 1 to 200, usually 50.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<usize>,
}

impl Paging {
    pub(crate) fn new(before: Option<String>, limit: Option<usize>) -> Self {
        Self { before, limit }
    }

    pub(crate) fn limit(&self) -> Result<usize, Problem> {
        match self.limit {
            None => Ok(LIMIT_USUAL),
            Some(limit @ 1..=LIMIT_MOST) => Ok(limit),
            Some(_) => Err(Problem::invalid(
                "limit",
                format!("must be 1 to {LIMIT_MOST}"),
            )),
        }
    }

    pub(crate) fn before(&self) -> Result<Option<Cursor>, Problem> {
        let Some(text) = &self.before else {
            return Ok(None);
        };
        let hint = "must be the `next` of an earlier page, unchanged";
        Cursor::read(text)
            .map(Some)
            .ok_or_else(|| Problem::invalid("before", hint))
    }
}

/// One page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Page<T> {
    /// The rows.
    pub(crate) data: Vec<T>,
    /// Give it as `before` for the next page; null on the last one.
    pub(crate) next: Option<String>,
}

impl<T> Page<T> {
    /// A page of rows that were asked for with one more than `limit`, which shows whether there
    /// is a next page without counting.
    pub(crate) fn of<R>(
        mut rows: Vec<R>,
        limit: usize,
        cursor: impl Fn(&R) -> Cursor,
        show: impl FnMut(R) -> T,
    ) -> Self {
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(|row| cursor(row).write());
        Self {
            data: rows.into_iter().map(show).collect(),
            next,
        }
    }

    /// All there is.
    pub(crate) fn whole(data: Vec<T>) -> Self {
        Self { data, next: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_written_and_read_back() {
        for cursor in [
            Cursor {
                at: Timestamp(0),
                id: 0,
            },
            Cursor {
                at: Timestamp(-5),
                id: u128::MAX,
            },
            Cursor {
                at: Timestamp(1_795_328_618_533_000),
                id: 42,
            },
        ] {
            assert_eq!(Cursor::read(&cursor.write()), Some(cursor));
        }
        for wrong in ["", "x", "AAAA", "%00", &"A".repeat(33)] {
            assert_eq!(Cursor::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_last_page_has_no_next() {
        let cursor = |id: &u8| Cursor {
            at: Timestamp(1),
            id: u128::from(*id),
        };
        let page = Page::of(vec![3u8, 2, 1], 2, cursor, |id| id);
        assert_eq!(page.data, [3, 2]);
        assert_eq!(
            page.next.and_then(|next| Cursor::read(&next)).unwrap().id,
            2
        );
        assert_eq!(Page::of(vec![3u8, 2], 2, cursor, |id| id).next, None);
    }

    #[test]
    fn limits_out_of_range_are_refused() {
        for limit in [0, 201, usize::MAX] {
            let paging = Paging {
                before: None,
                limit: Some(limit),
            };
            assert_eq!(paging.limit().unwrap_err().field.as_deref(), Some("limit"));
        }
        assert_eq!(Paging::default().limit().unwrap(), 50);
    }
}
