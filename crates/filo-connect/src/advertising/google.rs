//! Customer Match over Google's Data Manager API: `audienceMembers:ingest` and
//! `audienceMembers:remove`, with tokens that a refresh token gives.
//!
//! Since April 2026 Google takes no new uploads by the jobs of its Ads API. What is taken here is
//! worked on there later; whoever looks for the outcome finds it in Google Ads.

use bytes::Bytes;
use filo_core::audience::{AddressKind, Record};
use http::{HeaderMap, Method};
use serde_json::{Value, json};
use url::form_urlencoded;

use super::{Batch, Change, Outgoing, Told, Why, by_status, is_good};
use crate::client::Answer;

/// Fields of a request that are about one person.
const MEMBERS: [&str; 2] = ["audience_members", "audienceMembers"];

/// The program that was registered at Google, with what lets it in.
#[derive(Clone, Copy)]
pub struct Client<'a> {
    /// The host that gives tokens.
    pub host: &'a str,
    /// Its id.
    pub id: &'a str,
    /// Its secret.
    pub secret: &'a str,
    /// What gives new tokens.
    pub refresh_token: &'a str,
}

impl Client<'_> {
    /// Asks for a token.
    #[must_use]
    pub fn ask(&self) -> Outgoing {
        let body = form_urlencoded::Serializer::new(String::new())
            .append_pair("grant_type", "refresh_token")
            .append_pair("client_id", self.id)
            .append_pair("client_secret", self.secret)
            .append_pair("refresh_token", self.refresh_token)
            .finish();
        Outgoing {
            method: Method::POST,
            url: format!("{}/token", self.host),
            headers: HeaderMap::new(),
            body: Bytes::from(body),
        }
        .with("content-type", "application/x-www-form-urlencoded")
    }
}

/// The token of an answer.
///
/// # Errors
/// Why there is none.
pub fn token(answer: &Answer) -> Result<String, Told> {
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    if let Some(token) = body["access_token"].as_str().filter(|_| is_good(answer)) {
        return Ok(token.to_owned());
    }
    Err(match body["error"].as_str() {
        Some(error) if answer.status < 500 && answer.status != 429 => {
            let more = body["error_description"].as_str().unwrap_or_default();
            Told::failed(Why::Account, format!("{error} {more}").trim_end())
        }
        _ => by_status(answer),
    })
}

/// A list of Customer Match.
#[derive(Clone, Copy)]
pub struct Google<'a> {
    /// The host of the API.
    pub host: &'a str,
    /// The id of the list.
    pub audience: &'a str,
    /// The id of the advertising account that has it.
    pub account: &'a str,
    /// The id of the account over it through which one comes in; empty: the same.
    pub login_account: &'a str,
    /// What proves who asks.
    pub token: &'a str,
}

impl Google<'_> {
    /// People who are in, or are not any more.
    #[must_use]
    pub fn change(&self, batch: Batch<'_>) -> Outgoing {
        let verb = match batch.change {
            Change::Put => "ingest",
            Change::TakeOut => "remove",
        };
        let mut body = self.body(batch.records);
        if batch.change == Change::Put {
            allow(&mut body);
        }
        self.outgoing(verb, &body)
    }

    /// Whether somebody could be put there, without anybody being.
    #[must_use]
    pub fn look(&self, example: &Record) -> Outgoing {
        let mut body = self.body(std::slice::from_ref(example));
        allow(&mut body);
        body["validateOnly"] = true.into();
        self.outgoing("ingest", &body)
    }

    fn outgoing(&self, verb: &str, body: &Value) -> Outgoing {
        let url = format!("{}/v1/audienceMembers:{verb}", self.host);
        Outgoing::new(Method::POST, url, self.token).json(body)
    }

    fn body(&self, records: &[Record]) -> Value {
        let account = |id: &str| json!({ "accountType": "GOOGLE_ADS", "accountId": digits(id) });
        let mut destination = json!({
            "operatingAccount": account(self.account), "productDestinationId": self.audience,
        });
        if !self.login_account.is_empty() {
            destination["loginAccount"] = account(self.login_account);
        }
        let members: Vec<Value> = records.iter().map(member).collect();
        json!({ "destinations": [destination], "audienceMembers": members, "encoding": "HEX" })
    }
}

/// What Google must be told of consent and of its terms before it takes anybody.
fn allow(body: &mut Value) {
    body["consent"] = json!({
        "adUserData": "CONSENT_GRANTED", "adPersonalization": "CONSENT_GRANTED",
    });
    body["termsOfService"] = json!({ "customerMatchTermsOfServiceStatus": "ACCEPTED" });
}

/// An account without the dashes with which it is shown.
fn digits(id: &str) -> String {
    id.chars().filter(char::is_ascii_digit).collect()
}

fn member(record: &Record) -> Value {
    let field = match record.kind {
        AddressKind::Email => "emailAddress",
        AddressKind::Phone => "phoneNumber",
    };
    let mut identifiers = vec![json!({ field: record.address })];
    // By name Google knows somebody only with where they live.
    if record.is_placed() {
        identifiers.push(json!({ "address": {
            "givenName": record.first_name, "familyName": record.last_name,
            "regionCode": record.country, "postalCode": record.postal_code,
        }}));
    }
    json!({ "userData": { "userIdentifiers": identifiers } })
}

/// What it said to a batch.
#[must_use]
pub fn read(answer: &Answer) -> Told {
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    if is_good(answer) {
        return Told::taken(body["requestId"].as_str().unwrap_or_default());
    }
    let error = &body["error"];
    let Some(status) = error["status"].as_str() else {
        return by_status(answer);
    };
    let details = || error["details"].as_array().into_iter().flatten();
    let violations: Vec<&Value> = details()
        .flat_map(|detail| detail["fieldViolations"].as_array().into_iter().flatten())
        .collect();
    let refused: Vec<(usize, String)> = violations.iter().filter_map(|it| of_member(it)).collect();
    if !refused.is_empty() {
        return Told::Spoiled { refused };
    }
    let names_destination = violations.iter().any(|it| {
        let field = it["field"].as_str().unwrap_or_default();
        field.starts_with("destinations")
    });
    let why = match status {
        "UNAUTHENTICATED" | "PERMISSION_DENIED" => Why::Account,
        "NOT_FOUND" => Why::Audience,
        "INVALID_ARGUMENT" if names_destination => Why::Audience,
        "RESOURCE_EXHAUSTED" => Why::TooFast {
            wait_s: details().find_map(|it| seconds(it["retryDelay"].as_str()?)),
        },
        "UNAVAILABLE" | "INTERNAL" | "DEADLINE_EXCEEDED" | "ABORTED" | "UNKNOWN" => Why::Transient,
        _ => Why::Batch,
    };
    let message = error["message"].as_str().unwrap_or_default();
    let first = violations.first().and_then(|it| it["description"].as_str());
    let text = format!("{status} {message} {}", first.unwrap_or_default());
    Told::failed(why, text.trim_end())
}

/// The person that a violation is about, with what is wrong.
fn of_member(violation: &Value) -> Option<(usize, String)> {
    let field = violation["field"].as_str()?;
    let rest = MEMBERS.iter().find_map(|name| {
        let at = field.find(&format!("{name}["))?;
        field.get(at + name.len() + 1..)
    })?;
    let place = rest.split(']').next()?.parse().ok()?;
    let why = violation["description"].as_str().unwrap_or("invalid");
    Some((place, why.to_owned()))
}

/// `30s`, rounded up.
fn seconds(text: &str) -> Option<i64> {
    let (whole, rest) = text
        .strip_suffix('s')?
        .split_once('.')
        .unwrap_or((text.strip_suffix('s')?, ""));
    let more = i64::from(rest.bytes().any(|digit| digit != b'0'));
    whole.parse::<i64>().ok().map(|whole| whole + more)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, body: &Value) -> Answer {
        Answer {
            status,
            headers: HeaderMap::new(),
            body: Bytes::from(body.to_string()),
        }
    }

    fn list() -> Google<'static> {
        Google {
            host: "https://dm.example",
            audience: "99",
            account: "123-456-7890",
            login_account: "",
            token: "ya29",
        }
    }

    #[test]
    fn people_are_put_with_consent_and_taken_out_without() {
        let records = [
            Record::bare(AddressKind::Email, "e1".to_owned()),
            Record {
                first_name: "f".to_owned(),
                last_name: "l".to_owned(),
                postal_code: "37121".to_owned(),
                country: "IT".to_owned(),
                ..Record::bare(AddressKind::Phone, "p2".to_owned())
            },
        ];
        let batch = |change| Batch {
            change,
            records: &records,
        };
        let put = list().change(batch(Change::Put));
        assert_eq!(put.url, "https://dm.example/v1/audienceMembers:ingest");
        let body: Value = serde_json::from_slice(&put.body).unwrap();
        let expected = json!({
            "destinations": [{"operatingAccount": {"accountType": "GOOGLE_ADS", "accountId": "1234567890"},
                              "productDestinationId": "99"}],
            "audienceMembers": [
                {"userData": {"userIdentifiers": [{"emailAddress": "e1"}]}},
                {"userData": {"userIdentifiers": [{"phoneNumber": "p2"}, {"address": {
                    "givenName": "f", "familyName": "l", "regionCode": "IT", "postalCode": "37121"}}]}}],
            "encoding": "HEX",
            "consent": {"adUserData": "CONSENT_GRANTED", "adPersonalization": "CONSENT_GRANTED"},
            "termsOfService": {"customerMatchTermsOfServiceStatus": "ACCEPTED"},
        });
        assert_eq!(body, expected);
        let out = list().change(batch(Change::TakeOut));
        assert_eq!(out.url, "https://dm.example/v1/audienceMembers:remove");
        let body: Value = serde_json::from_slice(&out.body).unwrap();
        assert!(body["consent"].is_null() && body["termsOfService"].is_null());
        let look = list().look(&records[0]);
        let body: Value = serde_json::from_slice(&look.body).unwrap();
        assert_eq!(body["validateOnly"], true);
    }

    #[test]
    fn answers_are_read() {
        assert_eq!(
            read(&answer(200, &json!({"requestId": "r1"}))),
            Told::taken("r1")
        );
        let violation = json!({"error": {"code": 400, "status": "INVALID_ARGUMENT", "message": "no",
            "details": [{"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [
                {"field": "audience_members.audience_members[1].user_data", "description": "not hex"}]}]}});
        assert_eq!(
            read(&answer(400, &violation)),
            Told::Spoiled {
                refused: vec![(1, "not hex".to_owned())]
            }
        );
        for (code, status, why) in [
            (401, "UNAUTHENTICATED", Why::Account),
            (403, "PERMISSION_DENIED", Why::Account),
            (404, "NOT_FOUND", Why::Audience),
            (503, "UNAVAILABLE", Why::Transient),
            (400, "FAILED_PRECONDITION", Why::Batch),
        ] {
            let body = json!({"error": {"code": code, "status": status, "message": "no"}});
            assert_eq!(
                read(&answer(code, &body)),
                Told::failed(why, &format!("{status} no"))
            );
        }
        let slow = json!({"error": {"code": 429, "status": "RESOURCE_EXHAUSTED", "message": "no",
            "details": [{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "29.5s"}]}});
        let Told::Failed { why, .. } = read(&answer(429, &slow)) else {
            unreachable!("it failed")
        };
        assert_eq!(why, Why::TooFast { wait_s: Some(30) });
    }

    #[test]
    fn a_token_comes_or_it_is_said_why_not() {
        let client = Client {
            host: "https://oauth.example",
            id: "id",
            secret: "s&s",
            refresh_token: "1//r",
        };
        let asked = client.ask();
        assert_eq!(asked.url, "https://oauth.example/token");
        let expected =
            "grant_type=refresh_token&client_id=id&client_secret=s%26s&refresh_token=1%2F%2Fr";
        assert_eq!(asked.body, expected);
        let given = json!({"access_token": "ya29", "expires_in": 3599, "token_type": "Bearer"});
        assert_eq!(token(&answer(200, &given)), Ok("ya29".to_owned()));
        let gone = json!({"error": "invalid_grant", "error_description": "expired"});
        assert_eq!(
            token(&answer(400, &gone)),
            Err(Told::failed(Why::Account, "invalid_grant expired"))
        );
        assert!(matches!(
            token(&answer(503, &Value::Null)),
            Err(Told::Failed {
                why: Why::Transient,
                ..
            })
        ));
    }
}
