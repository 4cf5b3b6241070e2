//! The functions behind the view `events`, and `json_text` for everyone.
//!
//! **Invariant:** they are total: what they cannot read is NULL.

use std::collections::HashMap;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, StringArray};
use arrow::datatypes::{DataType, Int64Type, TimeUnit, TimestampMicrosecondType, UInt32Type};
use datafusion::error::{DataFusionError, Result};
use datafusion::logical_expr::{ColumnarValue, ScalarUDF, Volatility, create_udf};
use filo_core::id::{CustomerId, NodeId, SourceId, WorkspaceKey};
use filo_core::time::Timestamp;

use crate::message;

/// The id of the thread as text.
pub(super) fn thread() -> ScalarUDF {
    of_thread("filo_thread", |thread| thread.to_string())
}

/// Whose the thread is today.
pub(super) fn customer_id(owners: HashMap<NodeId, CustomerId>) -> ScalarUDF {
    of_thread("filo_customer_id", move |thread| {
        owners
            .get(&thread)
            .copied()
            .unwrap_or_else(|| thread.into())
            .to_string()
    })
}

fn of_thread(name: &str, text: impl Fn(NodeId) -> String + Send + Sync + 'static) -> ScalarUDF {
    define(name, vec![DataType::FixedSizeBinary(16)], move |columns| {
        let threads = columns[0].as_fixed_size_binary_opt().ok_or_else(wrong)?;
        // Threads stand together, so the text before is mostly the text now.
        let mut before: Option<(NodeId, String)> = None;
        let text_of = |row: usize| {
            let thread = NodeId::from_bytes(threads.value(row).try_into().ok()?);
            if before.as_ref().map(|(thread, _)| *thread) != Some(thread) {
                before = Some((thread, text(thread)));
            }
            before.as_ref().map(|(_, text)| text.clone())
        };
        Ok((0..threads.len()).map(text_of).collect())
    })
}

/// The message id, out of its parts.
pub(super) fn message_id() -> ScalarUDF {
    let instant = DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into()));
    let parts = vec![
        DataType::Utf8,
        DataType::Int64,
        DataType::FixedSizeBinary(16),
        instant,
    ];
    define("filo_message_id", parts, |columns| {
        let head = columns[0].as_string_opt::<i32>().ok_or_else(wrong)?;
        let lag = columns[1]
            .as_primitive_opt::<Int64Type>()
            .ok_or_else(wrong)?;
        let uuid = columns[2].as_fixed_size_binary_opt().ok_or_else(wrong)?;
        let at = columns[3]
            .as_primitive_opt::<TimestampMicrosecondType>()
            .ok_or_else(wrong)?;
        let text = |row: usize| {
            let mut text = String::with_capacity(64);
            let lag = lag.is_valid(row).then(|| lag.value(row));
            let uuid = uuid.is_valid(row).then(|| uuid.value(row));
            message::join(
                head.value(row),
                lag,
                uuid,
                Timestamp(at.value(row)),
                &mut text,
            );
            Some(text)
        };
        Ok((0..head.len()).map(text).collect())
    })
}

/// The event's id, out of source and message id.
pub(super) fn event_id(key: WorkspaceKey) -> ScalarUDF {
    define(
        "filo_event_id",
        vec![DataType::UInt32, DataType::Utf8],
        move |columns| {
            let source = columns[0]
                .as_primitive_opt::<UInt32Type>()
                .ok_or_else(wrong)?;
            let message = columns[1].as_string_opt::<i32>().ok_or_else(wrong)?;
            let id = |row: usize| {
                Some(
                    key.event_id(SourceId(source.value(row)), message.value(row))
                        .to_string(),
                )
            };
            Ok((0..source.len()).map(id).collect())
        },
    )
}

/// `json_text(properties, 'products.0.sku')`: what stands there, as text; NULL if nothing.
pub(super) fn json_text() -> ScalarUDF {
    define(
        "json_text",
        vec![DataType::Utf8, DataType::Utf8],
        |columns| {
            let document = columns[0].as_string_opt::<i32>().ok_or_else(wrong)?;
            let path = columns[1].as_string_opt::<i32>().ok_or_else(wrong)?;
            let text = |row: usize| {
                let known = document.is_valid(row) && path.is_valid(row);
                known
                    .then(|| text_at(document.value(row), path.value(row)))
                    .flatten()
            };
            Ok((0..document.len()).map(text).collect())
        },
    )
}

fn text_at(document: &str, path: &str) -> Option<String> {
    let mut value: serde_json::Value = serde_json::from_str(document).ok()?;
    for step in path.split('.') {
        value = match &mut value {
            serde_json::Value::Object(object) => object.remove(step)?,
            serde_json::Value::Array(list) => list.get_mut(step.parse::<usize>().ok()?)?.take(),
            _ => return None,
        };
    }
    match value {
        serde_json::Value::Null => None,
        serde_json::Value::String(text) => Some(text),
        other => Some(other.to_string()),
    }
}

fn define(
    name: &str,
    arguments: Vec<DataType>,
    body: impl Fn(&[ArrayRef]) -> Result<StringArray> + Send + Sync + 'static,
) -> ScalarUDF {
    let run = move |arguments: &[ColumnarValue]| {
        let columns = ColumnarValue::values_to_arrays(arguments)?;
        Ok(ColumnarValue::Array(Arc::new(body(&columns)?)))
    };
    create_udf(
        name,
        arguments,
        DataType::Utf8,
        Volatility::Immutable,
        Arc::new(run),
    )
}

fn wrong() -> DataFusionError {
    DataFusionError::Internal("a column of the lake has another type than its schema".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_text_walks_a_path() {
        let document = r#"{"a":{"b":[1,{"c":"x"}]},"n":1.50,"z":null}"#;
        assert_eq!(text_at(document, "a.b.1.c").as_deref(), Some("x"));
        assert_eq!(text_at(document, "a.b.0").as_deref(), Some("1"));
        assert_eq!(text_at(document, "n").as_deref(), Some("1.5"));
        for nothing in ["z", "y", "a.b.9", "n.x", "a.b.x", ""] {
            assert_eq!(text_at(document, nothing), None, "{nothing}");
        }
        assert_eq!(text_at("not json", "a"), None);
    }
}
