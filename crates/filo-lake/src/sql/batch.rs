//! Customers and identifiers as columns, for who may see them whole and for who may not.
//!
//! **Invariant:** ids are written as everywhere else (`cus_…`, `idn_…`); what is covered is not in
//! the columns at all.

use std::sync::Arc;

use arrow::array::{ArrayRef, Int64Array, RecordBatch, StringArray, TimestampMicrosecondArray};
use arrow::error::ArrowError;
use filo_core::time::Timestamp;

use super::asked::Sight;
use super::record::{CustomerRecord, IdentifierRecord};

pub(super) fn customers(
    records: &[CustomerRecord],
    sight: Sight<'_>,
) -> Result<RecordBatch, ArrowError> {
    let text = |of: fn(&CustomerRecord) -> Option<&str>| -> ArrayRef {
        Arc::new(records.iter().map(of).collect::<StringArray>())
    };
    // That something is known stays; what it is goes.
    let personal = |of: fn(&CustomerRecord) -> Option<&str>| -> ArrayRef {
        match sight {
            Sight::Whole => text(of),
            Sight::Covered(sign) => {
                let covered = records.iter().map(|record| of(record).map(|_known| sign));
                Arc::new(covered.collect::<StringArray>())
            }
        }
    };
    let traits = match sight {
        Sight::Whole => text(|record| Some(&record.traits)),
        Sight::Covered(_) => text(|_record| Some("{}")),
    };
    let number = |of: fn(&CustomerRecord) -> i64| -> ArrayRef {
        Arc::new(Int64Array::from_iter_values(records.iter().map(of)))
    };
    RecordBatch::try_from_iter([
        ("customer_id", ids(records.iter().map(|record| record.id))),
        ("name", personal(|record| record.name.as_deref())),
        ("email", personal(|record| record.email.as_deref())),
        ("phone", personal(|record| record.phone.as_deref())),
        (
            "first_seen_at",
            instants(records.iter().map(|record| record.first_seen_at)),
        ),
        (
            "last_seen_at",
            instants(records.iter().map(|record| record.last_seen_at)),
        ),
        ("event_count", number(|record| record.event_count)),
        ("order_count", number(|record| record.order_count)),
        ("revenue_cents", number(|record| record.revenue_cents)),
        ("currency", text(|record| record.currency.as_deref())),
        ("traits", traits),
    ])
}

pub(super) fn identifiers(
    records: &[IdentifierRecord],
    sight: Sight<'_>,
) -> Result<RecordBatch, ArrowError> {
    let text = |of: fn(&IdentifierRecord) -> &str| -> ArrayRef {
        Arc::new(StringArray::from_iter_values(records.iter().map(of)))
    };
    let value: ArrayRef = match sight {
        Sight::Whole => text(|record| &record.identifier.value),
        Sight::Covered(sign) => {
            let covered = records.iter().map(|_record| sign);
            Arc::new(StringArray::from_iter_values(covered))
        }
    };
    RecordBatch::try_from_iter([
        ("identifier_id", ids(records.iter().map(|record| record.id))),
        (
            "customer_id",
            ids(records.iter().map(|record| record.customer_id)),
        ),
        ("kind", text(|record| record.identifier.kind.word())),
        ("value", value),
        (
            "first_seen_at",
            instants(records.iter().map(|record| record.first_seen_at)),
        ),
        (
            "last_seen_at",
            instants(records.iter().map(|record| record.last_seen_at)),
        ),
    ])
}

fn ids(ids: impl Iterator<Item = impl ToString>) -> ArrayRef {
    Arc::new(StringArray::from_iter_values(ids.map(|id| id.to_string())))
}

fn instants(instants: impl Iterator<Item = Option<Timestamp>>) -> ArrayRef {
    let column: TimestampMicrosecondArray = instants.map(|at| at.map(|at| at.0)).collect();
    Arc::new(column.with_timezone("UTC"))
}
