//! The live feed of the API: a stream over a real connection.

use std::net::SocketAddr;

use filo_core::access::Role;
use filo_testkit::Filo;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::access::somebody;

/// The messages of a stream: their ids and what they hold.
fn messages(text: &str) -> Vec<(String, Value)> {
    let blocks = text.split("\n\n").filter(|block| block.contains("data:"));
    let field = |block: &str, name: &str| {
        let mut lines = block.lines();
        let found = lines.find_map(|line| line.strip_prefix(name));
        found.unwrap().trim().to_owned()
    };
    blocks
        .map(|block| {
            let data = field(block, "data:");
            (field(block, "id:"), serde_json::from_str(&data).unwrap())
        })
        .collect()
}

/// A stream that was opened: its head has come.
async fn open(address: SocketAddr, headers: &[(&str, &str)]) -> (TcpStream, String) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let mut request = "GET /api/v1/feed HTTP/1.1\r\nHost: x\r\n".to_owned();
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    request.push_str("\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let head = until(&mut stream, String::new(), "\r\n\r\n").await;
    (stream, head)
}

/// Reads on until this has come.
async fn until(stream: &mut TcpStream, mut text: String, wanted: &str) -> String {
    let mut buffer = [0; 4096];
    while !text.contains(wanted) {
        let count = stream.read(&mut buffer).await.unwrap();
        assert!(count > 0, "the stream ended: {text}");
        text.push_str(&String::from_utf8_lossy(&buffer[..count]));
    }
    text
}

async fn order(filo: &Filo, number: u32) {
    let call = json!({
        "type": "track", "userId": "u1", "event": "Order\nCompleted",
        "messageId": format!("m{number}"), "properties": { "note": "two\nlines" },
    });
    filo.send([call]).await;
}

#[tokio::test]
async fn who_has_the_right_reads_events_as_they_come_and_goes_on_behind_the_last() {
    let filo = Filo::start().await;
    order(&filo, 1).await;
    let served = filo.serve().await;
    let bearer = format!("Bearer {}", filo.api_key);
    let (mut stream, head) = open(served.address, &[("authorization", &bearer)]).await;
    order(&filo, 2).await;
    let text = until(&mut stream, head, "\n\n").await;
    assert!(text.contains("text/event-stream"), "{text}");
    let (_, body) = text.split_once("\r\n\r\n").unwrap();
    let found = messages(&plain(body));
    assert_eq!(found.len(), 1, "{body}");
    assert_eq!(found[0].1["event"]["message_id"], "m2");
    assert!(found[0].1["customer"].as_str().unwrap().starts_with("cus_"));
    drop(stream);
    // Who comes back says behind which event to go on.
    order(&filo, 3).await;
    let headers = [
        ("authorization", bearer.as_str()),
        ("last-event-id", found[0].0.as_str()),
    ];
    let (mut stream, head) = open(served.address, &headers).await;
    let text = until(&mut stream, head, "\n\n").await;
    let (_, body) = text.split_once("\r\n\r\n").unwrap();
    assert_eq!(messages(&plain(body))[0].1["event"]["message_id"], "m3");
}

/// A body in chunks (RFC 9112, section 7.1) without their lengths.
fn plain(chunked: &str) -> String {
    let mut rest = chunked;
    let mut text = String::new();
    while let Some((length, after)) = rest.split_once("\r\n") {
        let Ok(length) = usize::from_str_radix(length, 16) else {
            break;
        };
        let Some(chunk) = after.get(..length) else {
            break;
        };
        text.push_str(chunk);
        rest = after.get(length + 2..).unwrap_or_default();
    }
    text
}

#[tokio::test]
async fn the_feed_asks_for_its_right_and_for_a_place_that_is_one() {
    let filo = Filo::start().await;
    filo.get("/api/v1/feed").send().await.is(401);
    let analyst = somebody(&filo, "ada", Role::Analyst).await;
    let may = Role::Analyst
        .rights()
        .have(filo_core::access::Right::SeeQuarantine);
    if !may {
        filo.get("/api/v1/feed")
            .bearer(&analyst.text)
            .send()
            .await
            .is(403);
    }
    for query in ["after=x", "source=x", "what=1"] {
        let request = filo
            .get(&format!("/api/v1/feed?{query}"))
            .bearer(&filo.api_key);
        request.send().await.is(422);
    }
}
