//! Customers: lists, search, look-up by any identifier, and the whole of one.
//!
//! The look-up is the hot path of every system that asks "who is this?": it is written straight
//! into the answer's bytes.

use axum::extract::{RawQuery, State};
use filo_app::{App, CustomerRow, CustomerView, Eyes, Mark, MarkKey, Sort};
use filo_core::id::CustomerId;
use filo_core::identity::Kind;
use filo_core::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::{Answer, Text, ok};
use super::asked::CustomersAsked;
use super::customer_out::CustomerOut;
use super::paging::{Page, Paging};
use super::people;
use super::power::Bearer;
use super::request::{Asked, IdOf};
use crate::problem::{Problem, ProblemOut};
use crate::right::{FindPeople, ListPeople, SeePeople};

/// Longest query that is looked at; the longest identifier is far below.
const QUERY_BYTES_MOST: usize = 4096;

/// A customer in a list.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CustomerRow)]
pub(crate) struct CustomerRowOut {
    /// The customer's id.
    #[schema(value_type = String, example = "cus_0123456789abcdefghjkmnpqrs")]
    id: Text<CustomerId>,
    /// The full name.
    name: Option<String>,
    /// The e-mail address.
    email: Option<String>,
    /// The telephone number, E.164.
    phone: Option<String>,
    /// When the first event happened.
    #[schema(value_type = String, format = DateTime)]
    first_seen: Text<Timestamp>,
    /// The last sign of life.
    #[schema(value_type = String, format = DateTime)]
    last_seen: Text<Timestamp>,
    /// Orders that stand, in the main currency.
    order_count: i64,
    /// What stayed of them without shipping and tax, in minor units.
    revenue_cents: i64,
    /// The main currency.
    currency: Option<String>,
    /// How many identifiers they have.
    identifier_count: i64,
    /// The channels on which they were met.
    channels: Vec<&'static str>,
    /// What they said about marketing: `granted` or `denied`.
    marketing: Option<&'static str>,
    /// Month and day of the birthday.
    #[schema(example = "11-28")]
    birthday: Option<String>,
}

impl From<CustomerRow> for CustomerRowOut {
    fn from(row: CustomerRow) -> Self {
        Self {
            channels: people::channels(&row),
            marketing: people::marketing(&row),
            birthday: people::birthday(&row),
            id: Text(row.id),
            name: row.name,
            email: row.email,
            phone: row.phone,
            first_seen: Text(row.first_seen),
            last_seen: Text(row.last_seen),
            order_count: row.orders,
            revenue_cents: row.revenue_cents,
            currency: row.currency,
            identifier_count: row.node_count,
        }
    }
}

/// Customers, those seen last first or in another order, filtered, or found by words.
#[utoipa::path(
    get, path = "/customers", tag = "customers", params(CustomersAsked),
    responses((status = 200, body = Page<CustomerRowOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list(
    State(app): State<App>,
    key: Bearer<ListPeople>,
    Asked(asked): Asked<CustomersAsked>,
) -> Answer {
    if asked.before.is_some() {
        app.note_listing(&key.actor).await?;
    }
    let paging = Paging::new(None, asked.limit);
    let limit = paging.limit()?;
    let before = asked.before.clone();
    let narrowing = asked.narrowing();
    let (filter, wrong) = narrowing.filter_of(&app);
    if let Some(field) = wrong.first() {
        return Err(Problem::invalid(
            *field,
            "cannot be read; see the document of the API",
        ));
    }
    let known = Sort::ALL.iter().any(|sort| sort.word() == narrowing.sort);
    if !narrowing.sort.is_empty() && !known {
        return Err(Problem::invalid(
            "sort",
            "must be last_seen, first_seen, name or spent",
        ));
    }
    let question = narrowing.question(filter, before.as_deref());
    let fits = |mark: &Mark| matches!(mark.key, MarkKey::Text(_)) == (question.sort == Sort::Name);
    if before.is_some() && !question.behind.as_ref().is_some_and(fits) {
        let hint = "must be the `next` of an earlier page in the same order, unchanged";
        return Err(Problem::invalid("before", hint));
    }
    let eyes = app.eyes(&key.actor);
    let test = narrowing.trait_test();
    if let Some(test) = test.as_ref().filter(|_| narrowing.search.is_empty()) {
        let found = eyes.people_by_trait(&question, test, limit).await?;
        let next = found.behind.as_ref().map(|row| narrowing.mark(row));
        let rows = found.rows.into_iter().map(CustomerRowOut::from);
        return ok(&Page {
            next,
            data: rows.collect::<Vec<_>>(),
        });
    }
    let (rows, more) = if narrowing.search.is_empty() {
        let mut rows = eyes.people(&question, limit + 1).await?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        (rows, more)
    } else {
        let found = eyes.search(&narrowing.search, &question.filter, limit);
        let found = found.await?;
        match &test {
            Some(test) => (eyes.with_trait(found, test).await?, false),
            None => (found, false),
        }
    };
    let next = rows.last().filter(|_| more);
    let page = Page {
        next: next.map(|row| narrowing.mark(row)),
        data: rows
            .into_iter()
            .map(CustomerRowOut::from)
            .collect::<Vec<_>>(),
    };
    ok(&page)
}

/// One customer. Every id the customer ever had still works.
#[utoipa::path(
    get, path = "/customers/{id}", tag = "customers", params(("id" = String, Path)),
    responses((status = 200, body = CustomerOut<'static>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get(
    State(app): State<App>,
    key: Bearer<SeePeople>,
    IdOf(id): IdOf<CustomerId>,
) -> Answer {
    let eyes = app.eyes(&key.actor);
    show(eyes, eyes.customer(id).await?).await
}

/// The customer who carries an identifier: `?email=…`, `?phone=…`, `?user_id=…` or any other
/// kind, or `?kind=…&value=…`. Write `+` as `%2B`.
#[utoipa::path(
    get, path = "/customers/lookup", tag = "customers",
    params(
        ("user_id" = Option<String>, Query), ("email" = Option<String>, Query),
        ("phone" = Option<String>, Query), ("anonymous_id" = Option<String>, Query),
        ("kind" = Option<String>, Query, description = "any kind of identifier, with `value`"),
        ("value" = Option<String>, Query),
    ),
    responses((status = 200, body = CustomerOut<'static>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn look_up(
    State(app): State<App>,
    key: Bearer<FindPeople>,
    RawQuery(query): RawQuery,
) -> Answer {
    let (kind, value) = asked_identifier(query.as_deref().unwrap_or_default())?;
    let eyes = app.eyes(&key.actor);
    show(eyes, eyes.find(kind, &value).await?).await
}

async fn show(eyes: Eyes<'_>, customer: Option<CustomerView>) -> Answer {
    let customer = customer.ok_or_else(|| Problem::missing("customer"))?;
    let computed = eyes.computed_of(customer.id).await?;
    ok(&CustomerOut::new(&customer, &computed))
}

fn asked_identifier(query: &str) -> Result<(Kind, String), Problem> {
    if query.len() > QUERY_BYTES_MOST {
        return Err(Problem::invalid(
            "query",
            format!("at most {QUERY_BYTES_MOST} bytes"),
        ));
    }
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query)
        .map_err(|_unreadable| Problem::malformed("the query cannot be read"))?;
    let (kind, value) = match pairs.as_slice() {
        [(kind, value)] => (kind, value),
        [(one, kind), (other, value)] if one == "kind" && other == "value" => (kind, value),
        [(one, value), (other, kind)] if one == "value" && other == "kind" => (kind, value),
        _ => return Err(which_identifier()),
    };
    let kind = Kind::from_word(kind).ok_or_else(which_identifier)?;
    Ok((kind, plus_restored(kind, value)))
}

fn which_identifier() -> Problem {
    let kinds = Kind::ALL.map(Kind::word).join(", ");
    Problem::invalid(
        "query",
        format!("give one identifier, `?kind=value`; kinds: {kinds}"),
    )
}

/// A `+` that was not encoded has become a space; a telephone number never begins with one.
fn plus_restored(kind: Kind, value: &str) -> String {
    match value.strip_prefix(' ') {
        Some(number) if matches!(kind, Kind::Phone | Kind::Landline) => format!("+{number}"),
        _ => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_asked_by_kind_or_by_pair() {
        for (query, kind, value) in [
            ("email=anna%40example.it", Kind::Email, "anna@example.it"),
            ("phone=%2B393471234567", Kind::Phone, "+393471234567"),
            ("phone=+393471234567", Kind::Phone, "+393471234567"),
            ("kind=card&value=77", Kind::Card, "77"),
            ("value=77&kind=card", Kind::Card, "77"),
        ] {
            assert_eq!(
                asked_identifier(query).unwrap(),
                (kind, value.to_owned()),
                "{query}"
            );
        }
        for wrong in [
            "",
            "mail=x",
            "email=a&phone=b",
            "kind=email",
            "kind=nothing&value=x",
        ] {
            assert_eq!(
                asked_identifier(wrong).unwrap_err().status.as_u16(),
                422,
                "{wrong}"
            );
        }
    }
}
