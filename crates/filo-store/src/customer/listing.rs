//! Pages of people: filtered, in one of four orders.
//!
//! **Invariant:** a page begins behind the last row of the one before, never at a number, and
//! every order ends with the id. A page reads a few thousand rows at most beside one index.

use filo_core::id::CustomerId;
use filo_core::time::Timestamp;
use sqlx::{AssertSqlSafe, SqlSafeStr as _};

use super::{CustomerRow, Filter, read};
use crate::customer_list::member;
use crate::error::Result;
use crate::tx::Tx;
use crate::value::{Record, Value, values};

/// Rows of an order that are looked at one by one before the whole index is read: at so many
/// both take about the same time.
const WALK_ROWS: u32 = 4000;

/// In which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// The one seen last first.
    #[default]
    LastSeen,
    /// The newest first.
    FirstSeen,
    /// From A to Z.
    Name,
    /// Who spent most first.
    Spent,
}

impl Sort {
    pub const ALL: [Self; 4] = [Self::LastSeen, Self::FirstSeen, Self::Name, Self::Spent];

    /// The word in addresses and in the API.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::LastSeen => "last_seen",
            Self::FirstSeen => "first_seen",
            Self::Name => "name",
            Self::Spent => "spent",
        }
    }

    const fn column(self) -> &'static str {
        match self {
            Self::LastSeen => "last_seen",
            Self::FirstSeen => "first_seen",
            Self::Name => "name_key",
            Self::Spent => "revenue_cents",
        }
    }

    /// The same value, which no index is sorted by.
    const fn unindexed(self) -> &'static str {
        match self {
            Self::LastSeen => "last_seen + 0",
            Self::FirstSeen => "first_seen + 0",
            Self::Name => "name_key || ''",
            Self::Spent => "revenue_cents + 0",
        }
    }

    /// Where a page ended that ends with this row.
    #[must_use]
    pub fn mark(self, row: &CustomerRow) -> Mark {
        let key = match self {
            Self::LastSeen => MarkKey::Number(row.last_seen.0),
            Self::FirstSeen => MarkKey::Number(row.first_seen.0),
            Self::Name => MarkKey::Text(row.name_key()),
            Self::Spent => MarkKey::Number(row.revenue_cents),
        };
        Mark { key, id: row.id }
    }

    /// Before the first row.
    fn begin(self) -> Mark {
        match self {
            Self::Name => Mark {
                key: MarkKey::Text(String::new()),
                id: CustomerId(0),
            },
            Self::LastSeen | Self::FirstSeen | Self::Spent => Mark {
                key: MarkKey::Number(Timestamp::MAX.0),
                id: CustomerId(u128::MAX),
            },
        }
    }
}

/// What rows are sorted by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MarkKey {
    Number(i64),
    Text(String),
}

/// Where a page of the list ended: the next one begins behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub key: MarkKey,
    pub id: CustomerId,
}

/// Which people, in which order, behind which.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Question {
    pub filter: Filter,
    pub sort: Sort,
    pub behind: Option<Mark>,
}

const COLUMNS: &str = "id, name, email, phone, first_seen, last_seen, events, orders, \
     revenue_cents, currency, node_count, facets, birthday, first_source";

/// A page. A mark of another order is no mark, and the list begins anew.
pub async fn page(tx: &mut Tx<'_>, question: &Question, limit: u32) -> Result<Vec<CustomerRow>> {
    let sort = question.sort;
    let fits = |mark: &&Mark| matches!(mark.key, MarkKey::Text(_)) == (sort == Sort::Name);
    let begin = sort.begin();
    let behind = question.behind.as_ref().filter(fits).unwrap_or(&begin);
    if question.filter.is_narrow() {
        return rows(tx, &Walk::Few, question, (behind, limit)).await;
    }
    // The index by last sight holds all that filters look at; the others show the first rows.
    if question.filter.is_empty() || sort == Sort::LastSeen {
        return rows(tx, &Walk::Whole, question, (behind, limit)).await;
    }
    let near = rows(tx, &Walk::Near, question, (behind, limit)).await?;
    if near.len() == usize::try_from(limit).unwrap_or(usize::MAX) {
        return Ok(near);
    }
    rows(tx, &Walk::Covering, question, (behind, limit)).await
}

/// How the rows are found.
enum Walk {
    /// Along the index of the order.
    Whole,
    /// The same, its next few thousand rows.
    Near,
    /// Through the index of birthdays or of a list, sorting what is left.
    Few,
    /// Through the index that holds all that filters look at, sorting what is left.
    Covering,
}

async fn rows(
    tx: &mut Tx<'_>,
    walk: &Walk,
    question: &Question,
    (behind, limit): (&Mark, u32),
) -> Result<Vec<CustomerRow>> {
    let sort = question.sort;
    let (sign, direction) = match sort {
        Sort::Name => (">", "ASC"),
        Sort::LastSeen | Sort::FirstSeen | Sort::Spent => ("<", "DESC"),
    };
    let mut values: Vec<Value<'_>> = vec![
        match &behind.key {
            MarkKey::Number(number) => Value::from(*number),
            MarkKey::Text(text) => Value::from(text.as_str()),
        },
        behind.id.into(),
        limit.into(),
    ];
    let column = match walk {
        Walk::Covering | Walk::Few => sort.unindexed(),
        Walk::Whole | Walk::Near => sort.column(),
    };
    let from = match walk {
        Walk::Near => format!(
            "(SELECT {COLUMNS}, name_key FROM customer WHERE ({column}, id) {sign} ($1, $2) \
             ORDER BY {column} {direction}, id {direction} LIMIT {WALK_ROWS}) AS customer"
        ),
        Walk::Whole | Walk::Covering | Walk::Few => "customer".to_owned(),
    };
    let mut sql = match walk {
        // Only the ids are sorted; the rows are read for those of the page.
        Walk::Covering | Walk::Few => format!(
            "SELECT {COLUMNS} FROM customer WHERE id IN (SELECT id FROM {from} \
             WHERE ({column}, id) {sign} ($1, $2)"
        ),
        Walk::Whole | Walk::Near => {
            format!("SELECT {COLUMNS} FROM {from} WHERE ({column}, id) {sign} ($1, $2)")
        }
    };
    question.filter.spell(&mut sql, &mut values);
    sql.push_str(&format!(
        " ORDER BY {column} {direction}, id {direction} LIMIT $3"
    ));
    if matches!(walk, Walk::Covering | Walk::Few) {
        sql.push_str(&format!(") ORDER BY {column} {direction}, id {direction}"));
    }
    // The text is made of constants and of parameter marks only.
    let found = tx
        .fetch_text(AssertSqlSafe(sql).into_sql_str(), &values)
        .await?;
    found.iter().map(read).collect()
}

/// Leaves those of some people of whom a filter is true.
pub async fn narrow(
    tx: &mut Tx<'_>,
    mut rows: Vec<CustomerRow>,
    filter: &Filter,
) -> Result<Vec<CustomerRow>> {
    rows.retain(|row| filter.allows(row));
    if let Some(list) = filter.list {
        let ids: Vec<CustomerId> = rows.iter().map(|row| row.id).collect();
        let members = member::among(tx, list, &ids).await?;
        rows.retain(|row| members.iter().any(|member| member.customer == row.id));
    }
    Ok(rows)
}

/// People of a filter by their id, behind one: an order in which nobody moves while it is read.
pub async fn by_id(
    tx: &mut Tx<'_>,
    filter: &Filter,
    behind: CustomerId,
    limit: u32,
) -> Result<Vec<CustomerRow>> {
    let mut values: Vec<Value<'_>> = vec![behind.into(), limit.into()];
    let mut sql = format!("SELECT {COLUMNS} FROM customer WHERE id > $1");
    filter.spell(&mut sql, &mut values);
    sql.push_str(" ORDER BY id LIMIT $2");
    // The text is made of constants and of parameter marks only.
    let found = tx
        .fetch_text(AssertSqlSafe(sql).into_sql_str(), &values)
        .await?;
    found.iter().map(read).collect()
}

const IDS: &str = "
    SELECT id
      FROM customer
     WHERE id > $1
     ORDER BY id
     LIMIT $2";

/// The ids of everybody, in their order, behind one: hashes, so the first of them are as good as
/// drawn.
pub async fn ids(tx: &mut Tx<'_>, behind: CustomerId, limit: u32) -> Result<Vec<CustomerId>> {
    let rows = tx.fetch(IDS, values![behind, limit]).await?;
    let read = |record: &Record| Ok(CustomerId::from_bytes(record.id(0)?));
    rows.iter().map(read).collect()
}

/// How many people a filter is true of, counted to a limit.
pub async fn count_upto(tx: &mut Tx<'_>, filter: &Filter, most: u32) -> Result<i64> {
    let mut values: Vec<Value<'_>> = vec![most.into()];
    let mut sql = "SELECT COUNT(*) FROM (SELECT 1 FROM customer WHERE 1 = 1".to_owned();
    filter.spell(&mut sql, &mut values);
    sql.push_str(" LIMIT $1) AS found");
    // The text is made of constants and of parameter marks only.
    let found = tx
        .fetch_text(AssertSqlSafe(sql).into_sql_str(), &values)
        .await?;
    found.first().map_or(Ok(0), |row| row.int(0))
}
