//! What a list of people is narrowed by.
//!
//! **Invariant:** [`Filter::allows`] and the text that the database reads say the same of every
//! row, but for lists, which stand in no row; a test compares them.

use filo_core::event::Channel;
use filo_core::id::{ListId, SourceId};
use filo_core::time::Timestamp;

use super::{CustomerRow, source_number};
use crate::value::Value;

/// Yes-or-no facts of a customer as bits, so that one column of the index holds them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facets(pub i64);

impl Facets {
    /// There is an e-mail address.
    pub const EMAIL: Self = Self(1 << 16);
    /// There is a telephone number.
    pub const PHONE: Self = Self(1 << 17);
    /// Marketing is allowed on some channel.
    pub const MARKETING_GRANTED: Self = Self(1 << 18);
    /// Marketing was asked for and is refused wherever it was.
    pub const MARKETING_DENIED: Self = Self(1 << 19);
    /// Set in every row that was written since facets are kept.
    const FILLED: Self = Self(1 << 30);

    /// The bit of a channel on which they were met.
    #[must_use]
    pub const fn channel(channel: Channel) -> Self {
        Self(1 << channel as u8)
    }

    /// These and those.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether all of those are among these.
    #[must_use]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    pub(super) const fn stored(bits: i64) -> Self {
        Self(bits & !Self::FILLED.0)
    }

    pub(super) const fn filled(self) -> i64 {
        self.with(Self::FILLED).0
    }
}

/// What they said about marketing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marketing {
    Granted,
    Denied,
    /// Nothing was recorded.
    Unknown,
}

/// From one value to another, both included; an open end has no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    pub least: Option<i64>,
    pub most: Option<i64>,
}

impl Span {
    fn holds(self, value: i64) -> bool {
        self.least.is_none_or(|least| value >= least) && self.most.is_none_or(|most| value <= most)
    }

    /// Instants from one to before another.
    #[must_use]
    pub fn between(from: Option<Timestamp>, before: Option<Timestamp>) -> Self {
        Self {
            least: from.map(|from| from.0),
            most: before.map(|before| before.0.saturating_sub(1)),
        }
    }
}

/// What must be true of a customer. Empty, it is true of everybody.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// They were met there.
    pub channel: Option<Channel>,
    /// It told of the first meeting.
    pub first_source: Option<SourceId>,
    /// Microseconds.
    pub first_seen: Span,
    /// Microseconds.
    pub last_seen: Span,
    /// How many orders stand.
    pub orders: Span,
    /// What they spent, in minor units of their main currency.
    pub spent_cents: Span,
    pub marketing: Option<Marketing>,
    /// Month and day, from and to; the end may lie in the next year.
    pub birthday: Option<(i64, i64)>,
    pub has_email: bool,
    pub has_phone: bool,
    /// They are on this list.
    pub list: Option<ListId>,
}

impl Filter {
    /// Whether it is true of everybody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether it is true of a row. Of lists rows say nothing: see [`narrow`](super::narrow).
    #[must_use]
    pub fn allows(&self, row: &CustomerRow) -> bool {
        let (mask, wanted) = self.bits();
        let source = self.first_source;
        let birthday = self.birthday.is_none_or(|(from, to)| {
            let (after, before) = (row.birthday >= from, row.birthday <= to);
            row.birthday > 0
                && if from <= to {
                    after && before
                } else {
                    after || before
                }
        });
        row.facets.0 & mask == wanted
            && source.is_none_or(|source| row.first_source == Some(source))
            && self.first_seen.holds(row.first_seen.0)
            && self.last_seen.holds(row.last_seen.0)
            && self.orders.holds(row.orders)
            && self.spent_cents.holds(row.revenue_cents)
            && birthday
    }

    /// Whether it asks for birthdays of a week at most, or for a list: those are so few people that
    /// they are looked for first.
    pub(super) fn is_narrow(&self) -> bool {
        let born = |(from, to): (i64, i64)| (0..7).contains(&(to - from));
        self.birthday.is_some_and(born) || self.list.is_some()
    }

    /// Which bits are looked at, and how they must be.
    fn bits(&self) -> (i64, i64) {
        let marketing = Facets::MARKETING_GRANTED.with(Facets::MARKETING_DENIED).0;
        let mut mask = 0;
        let mut wanted = 0;
        let mut ask = |looked_at: i64, value: i64| {
            mask |= looked_at;
            wanted |= value;
        };
        if let Some(channel) = self.channel {
            let bit = Facets::channel(channel).0;
            ask(bit, bit);
        }
        if self.has_email {
            ask(Facets::EMAIL.0, Facets::EMAIL.0);
        }
        if self.has_phone {
            ask(Facets::PHONE.0, Facets::PHONE.0);
        }
        match self.marketing {
            Some(Marketing::Granted) => ask(marketing, Facets::MARKETING_GRANTED.0),
            Some(Marketing::Denied) => ask(marketing, Facets::MARKETING_DENIED.0),
            Some(Marketing::Unknown) => ask(marketing, 0),
            None => {}
        }
        (mask, wanted)
    }

    /// Adds its conditions, and the values that they name.
    pub(super) fn spell(&self, sql: &mut String, values: &mut Vec<Value<'_>>) {
        let (mask, wanted) = self.bits();
        if mask != 0 {
            values.extend([Value::from(mask), Value::from(wanted)]);
            let last = values.len();
            sql.push_str(&format!(" AND (facets & ${}) = ${last}", last - 1));
        }
        if let Some(source) = self.first_source {
            values.push(source_number(Some(source)).into());
            sql.push_str(&format!(" AND first_source = ${}", values.len()));
        }
        for (column, span) in [
            ("first_seen", self.first_seen),
            ("last_seen", self.last_seen),
            ("orders", self.orders),
            ("revenue_cents", self.spent_cents),
        ] {
            for (sign, bound) in [(">=", span.least), ("<=", span.most)] {
                if let Some(bound) = bound {
                    values.push(bound.into());
                    sql.push_str(&format!(" AND {column} {sign} ${}", values.len()));
                }
            }
        }
        if let Some(list) = self.list {
            values.push(list.into());
            sql.push_str(&format!(
                " AND id IN (SELECT customer FROM customer_list_member WHERE list = ${})",
                values.len()
            ));
        }
        if let Some((from, to)) = self.birthday {
            values.extend([Value::from(from), Value::from(to)]);
            let last = values.len();
            let joint = if from <= to { "AND" } else { "OR" };
            sql.push_str(&format!(
                " AND birthday > 0 AND (birthday >= ${} {joint} birthday <= ${last})",
                last - 1
            ));
        }
    }
}
