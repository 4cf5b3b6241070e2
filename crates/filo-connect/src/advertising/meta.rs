//! Custom Audiences over Meta's Graph API: rows of hashes under a schema, put with POST and taken
//! out with DELETE (*Customer File Custom Audiences*).

use filo_core::audience::{AddressKind, Record};
use http::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Batch, Change, Outgoing, Told, Why, by_status, is_good};
use crate::client::Answer;

/// The version of the Graph API.
const VERSION: &str = "v23.0";
/// What a row holds, in this order.
const SCHEMA: [&str; 8] = [
    "EMAIL",
    "PHONE",
    "FN",
    "LN",
    "CT",
    "ZIP",
    "COUNTRY",
    "EXTERN_ID",
];

/// A custom audience.
#[derive(Clone, Copy)]
pub struct Meta<'a> {
    /// The host of the API.
    pub host: &'a str,
    /// The id of the audience.
    pub audience: &'a str,
    /// The token of a system user.
    pub token: &'a str,
}

impl Meta<'_> {
    /// People who are in, or are not any more. A session is one request: its number is drawn.
    #[must_use]
    pub fn change(&self, batch: Batch<'_>, session: u32) -> Outgoing {
        let method = match batch.change {
            Change::Put => Method::POST,
            Change::TakeOut => Method::DELETE,
        };
        let used = used(batch.records);
        let schema: Vec<&str> = used.iter().map(|place| SCHEMA[*place]).collect();
        let rows = batch.records.iter();
        let rows: Vec<Vec<&str>> = rows
            .map(|record| {
                let cells = cells(record);
                used.iter().map(|place| cells[*place]).collect()
            })
            .collect();
        let body = json!({
            "session": {
                "session_id": session, "batch_seq": 1, "last_batch_flag": true,
                "estimated_num_total": batch.records.len(),
            },
            "payload": { "schema": schema, "data": rows },
        });
        let url = format!("{}/{VERSION}/{}/users", self.host, self.audience);
        Outgoing::new(method, url, self.token).json(&body)
    }

    /// Whether the audience is there.
    #[must_use]
    pub fn look(&self) -> Outgoing {
        let (host, audience) = (self.host, self.audience);
        let url = format!("{host}/{VERSION}/{audience}?fields=id,name,operation_status");
        Outgoing::new(Method::GET, url, self.token)
    }
}

fn cells(record: &Record) -> [&str; 8] {
    let of = |kind: AddressKind| match record.kind == kind {
        true => record.address.as_str(),
        false => "",
    };
    [
        of(AddressKind::Email),
        of(AddressKind::Phone),
        &record.first_name,
        &record.last_name,
        &record.city,
        &record.postal_code,
        &record.country,
        &record.own_id,
    ]
}

/// The places of the schema that any row fills.
fn used(records: &[Record]) -> Vec<usize> {
    let fills = |place: &usize| records.iter().any(|it| !cells(it)[*place].is_empty());
    (0..SCHEMA.len()).filter(fills).collect()
}

#[derive(Deserialize)]
struct Taken {
    #[serde(default)]
    num_received: u64,
    #[serde(default)]
    num_invalid_entries: u64,
    /// Values that cannot be read, each with why; an empty list where there is none.
    #[serde(default)]
    invalid_entry_samples: Value,
}

#[derive(Deserialize)]
struct Refusal {
    error: Fault,
}

#[derive(Deserialize)]
struct Fault {
    code: i64,
    #[serde(default)]
    message: String,
    #[serde(default)]
    error_subcode: i64,
    #[serde(default)]
    is_transient: bool,
}

/// What it said to a batch.
#[must_use]
pub fn read(answer: &Answer, batch: Batch<'_>) -> Told {
    if !is_good(answer) {
        return fault(answer);
    }
    let Ok(taken) = serde_json::from_slice::<Taken>(&answer.body) else {
        return Told::failed(
            Why::Transient,
            "the answer says nothing of what was received",
        );
    };
    let samples = taken
        .invalid_entry_samples
        .as_object()
        .into_iter()
        .flatten();
    let refused: Vec<(usize, String)> = samples
        .filter_map(|(value, why)| {
            let mut records = batch.records.iter();
            let place = records.position(|it| cells(it).contains(&value.as_str()))?;
            let why = why.as_str().unwrap_or("invalid").to_owned();
            Some((place, why))
        })
        .collect();
    Told::Taken {
        refused,
        again: Vec::new(),
        text: format!(
            "received {}, invalid {}",
            taken.num_received, taken.num_invalid_entries
        ),
    }
}

/// Whether the audience is there.
#[must_use]
pub fn read_look(answer: &Answer) -> Told {
    if !is_good(answer) {
        return fault(answer);
    }
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    Told::taken(body["name"].as_str().unwrap_or_default())
}

fn fault(answer: &Answer) -> Told {
    let Ok(Refusal { error }) = serde_json::from_slice(&answer.body) else {
        return by_status(answer);
    };
    let why = match error.code {
        // The token, rights, terms that nobody accepted.
        3 | 10 | 102 | 190 | 200..=299 | 2655 => Why::Account,
        4 | 17 | 32 | 613 | 80_000..=80_014 => Why::TooFast { wait_s: None },
        // Nothing there under this id, or nothing that may be changed so.
        100 if error.error_subcode == 33 => Why::Audience,
        803 | 2650 | 2656 => Why::Audience,
        1 | 2 => Why::Transient,
        _ if error.is_transient || answer.status >= 500 => Why::Transient,
        _ => Why::Batch,
    };
    let text = format!("{} {}", error.code, error.message);
    Told::failed(why, text.trim_end())
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::HeaderMap;

    use super::*;

    fn answer(status: u16, body: &Value) -> Answer {
        Answer {
            status,
            headers: HeaderMap::new(),
            body: Bytes::from(body.to_string()),
        }
    }

    fn records() -> Vec<Record> {
        vec![
            Record::bare(AddressKind::Email, "e1".to_owned()),
            Record {
                first_name: "f2".to_owned(),
                ..Record::bare(AddressKind::Phone, "p2".to_owned())
            },
        ]
    }

    #[test]
    fn rows_stand_under_the_schema_that_they_fill() {
        let meta = Meta {
            host: "https://graph.example",
            audience: "120",
            token: "EAAB",
        };
        let records = records();
        let batch = Batch {
            change: Change::Put,
            records: &records,
        };
        let put = meta.change(batch, 77);
        assert_eq!(
            (put.method.as_str(), put.url.as_str()),
            ("POST", "https://graph.example/v23.0/120/users")
        );
        assert_eq!(put.headers["authorization"], "Bearer EAAB");
        let body: Value = serde_json::from_slice(&put.body).unwrap();
        let expected = json!({
            "session": {"session_id": 77, "batch_seq": 1, "last_batch_flag": true,
                        "estimated_num_total": 2},
            "payload": {"schema": ["EMAIL", "PHONE", "FN"],
                        "data": [["e1", "", ""], ["", "p2", "f2"]]},
        });
        assert_eq!(body, expected);
        let out = Batch {
            change: Change::TakeOut,
            ..batch
        };
        assert_eq!(meta.change(out, 1).method, Method::DELETE);
    }

    #[test]
    fn answers_are_read() {
        let records = records();
        let batch = Batch {
            change: Change::Put,
            records: &records,
        };
        let good = json!({"audience_id": "120", "session_id": "77", "num_received": 2,
            "num_invalid_entries": 1, "invalid_entry_samples": {"p2": "no number"}});
        let Told::Taken { refused, .. } = read(&answer(200, &good), batch) else {
            unreachable!("it was taken")
        };
        assert_eq!(refused, [(1, "no number".to_owned())]);
        let all = json!({"num_received": 2, "num_invalid_entries": 0, "invalid_entry_samples": []});
        assert!(
            matches!(read(&answer(200, &all), batch), Told::Taken { refused, .. } if refused.is_empty())
        );
        for (status, code, subcode, why) in [
            (400, 190, 463, Why::Account),
            (403, 200, 0, Why::Account),
            (400, 80_003, 0, Why::TooFast { wait_s: None }),
            (400, 100, 33, Why::Audience),
            (500, 2, 0, Why::Transient),
            (400, 100, 0, Why::Batch),
        ] {
            let body = json!({"error": {"message": "no", "type": "OAuthException", "code": code,
                                        "error_subcode": subcode}});
            let told = read(&answer(status, &body), batch);
            assert_eq!(told, Told::failed(why, &format!("{code} no")), "{code}");
        }
        assert!(matches!(
            read(&answer(503, &Value::Null), batch),
            Told::Failed {
                why: Why::Transient,
                ..
            }
        ));
    }
}
