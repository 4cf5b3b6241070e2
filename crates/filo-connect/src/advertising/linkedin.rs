//! Matched Audiences over `LinkedIn`'s Marketing API: users of a DMP segment, many at once
//! (`/rest/dmpSegments/{id}/users`), each with what became of them.

use filo_core::audience::Record;
use http::Method;
use serde_json::{Value, json};

use super::{Batch, Change, Outgoing, Told, Why, by_status, is_good};
use crate::client::Answer;

/// The version of the API, as it names them: by month.
const VERSION: &str = "202601";

/// A DMP segment.
#[derive(Clone, Copy)]
pub struct Linkedin<'a> {
    /// The host of the API.
    pub host: &'a str,
    /// The id of the segment.
    pub audience: &'a str,
    /// What proves who asks.
    pub token: &'a str,
}

impl Linkedin<'_> {
    /// People who are in, or are not any more.
    #[must_use]
    pub fn change(&self, batch: Batch<'_>) -> Outgoing {
        let action = match batch.change {
            Change::Put => "ADD",
            Change::TakeOut => "REMOVE",
        };
        let user = |record: &Record| {
            json!({
                "action": action,
                "userIds": [{ "idType": "SHA256_EMAIL", "idValue": record.address }],
            })
        };
        let users: Vec<Value> = batch.records.iter().map(user).collect();
        let url = format!("{}/rest/dmpSegments/{}/users", self.host, self.audience);
        self.outgoing(Method::POST, url)
            .with("x-restli-method", "BATCH_CREATE")
            .json(&json!({ "elements": users }))
    }

    /// Whether the segment is there.
    #[must_use]
    pub fn look(&self) -> Outgoing {
        let url = format!("{}/rest/dmpSegments/{}", self.host, self.audience);
        self.outgoing(Method::GET, url)
    }

    fn outgoing(&self, method: Method, url: String) -> Outgoing {
        Outgoing::new(method, url, self.token)
            .with("linkedin-version", VERSION)
            .with("x-restli-protocol-version", "2.0.0")
    }
}

/// What it said to a batch, of each person.
#[must_use]
pub fn read(answer: &Answer, batch: Batch<'_>) -> Told {
    if !is_good(answer) {
        return by_status(answer);
    }
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let Some(elements) = body["elements"].as_array() else {
        return Told::failed(Why::Transient, "the answer says nothing of anybody");
    };
    let (mut refused, mut again) = (Vec::new(), Vec::new());
    for place in 0..batch.records.len() {
        let element = elements.get(place).unwrap_or(&Value::Null);
        match (element["status"].as_u64(), batch.change) {
            (Some(200..=299), _) => {}
            // Who is not there is out.
            (Some(404), Change::TakeOut) => {}
            (Some(429 | 500..) | None, _) | (Some(_), Change::TakeOut) => again.push(place),
            (Some(status), Change::Put) => {
                let why = element["error"]["message"].as_str().unwrap_or("invalid");
                refused.push((place, format!("{status} {why}")));
            }
        }
    }
    Told::Taken {
        refused,
        again,
        text: String::new(),
    }
}

/// Whether the segment is there.
#[must_use]
pub fn read_look(answer: &Answer) -> Told {
    if !is_good(answer) {
        return by_status(answer);
    }
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    Told::taken(body["name"].as_str().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use filo_core::audience::AddressKind;
    use http::HeaderMap;

    use super::*;

    fn answer(status: u16, body: &Value) -> Answer {
        Answer {
            status,
            headers: HeaderMap::new(),
            body: Bytes::from(body.to_string()),
        }
    }

    #[test]
    fn each_person_is_told_and_answered_by_themselves() {
        let segment = Linkedin {
            host: "https://api.example",
            audience: "321",
            token: "AQX",
        };
        let of = |text: &str| Record::bare(AddressKind::Email, text.to_owned());
        let records = ["e1", "e2", "e3", "e4"].map(of);
        let batch = |change| Batch {
            change,
            records: &records,
        };
        let put = segment.change(batch(Change::Put));
        assert_eq!(put.url, "https://api.example/rest/dmpSegments/321/users");
        for (name, value) in [
            ("authorization", "Bearer AQX"),
            ("linkedin-version", VERSION),
            ("x-restli-method", "BATCH_CREATE"),
            ("x-restli-protocol-version", "2.0.0"),
        ] {
            assert_eq!(put.headers[name], value);
        }
        let body: Value = serde_json::from_slice(&put.body).unwrap();
        let first =
            json!({"action": "ADD", "userIds": [{"idType": "SHA256_EMAIL", "idValue": "e1"}]});
        assert_eq!(body["elements"][0], first);

        let said = json!({"elements": [{"status": 201}, {"status": 400, "error": {"message": "bad"}},
                                       {"status": 404}, {"status": 429}]});
        let expected = Told::Taken {
            refused: vec![(1, "400 bad".to_owned()), (2, "404 invalid".to_owned())],
            again: vec![3],
            text: String::new(),
        };
        assert_eq!(read(&answer(200, &said), batch(Change::Put)), expected);
        let expected = Told::Taken {
            refused: Vec::new(),
            again: vec![1, 3],
            text: String::new(),
        };
        assert_eq!(read(&answer(200, &said), batch(Change::TakeOut)), expected);
        for (status, why) in [
            (401, Why::Account),
            (404, Why::Audience),
            (429, Why::TooFast { wait_s: None }),
            (500, Why::Transient),
            (400, Why::Batch),
        ] {
            let told = read(&answer(status, &json!({})), batch(Change::Put));
            assert!(
                matches!(told, Told::Failed { why: found, .. } if found == why),
                "{status}"
            );
        }
    }
}
