//! Over a real port: what clients send, byte for byte.

use filo_core::identity::Kind;
use filo_testkit::{Filo, data};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

async fn exchange(filo_at: std::net::SocketAddr, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(filo_at).await.unwrap();
    stream.write_all(request).await.unwrap();
    let mut answer = Vec::new();
    // The request asks to close, so the end is the end.
    stream.read_to_end(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

/// Chunked and packed, as analytics-kotlin sends. (3.11, line 3)
#[tokio::test]
async fn a_chunked_body_is_taken() {
    let filo = Filo::start().await;
    let served = filo.serve().await;
    let body = format!(
        r#"{{"writeKey":"{}","batch":[{{"type":"track","event":"X","userId":"u-1","messageId":"1"}}]}}"#,
        filo.public_key
    );
    let (one, two) = body.as_bytes().split_at(20);
    let mut request = b"POST /v1/b HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n\
        Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
        .to_vec();
    for part in [one, two] {
        request.extend(format!("{:x}\r\n", part.len()).as_bytes());
        request.extend(part);
        request.extend(b"\r\n");
    }
    request.extend(b"0\r\n\r\n");
    let answer = exchange(served.address, &request).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    filo.settle().await;
    assert_eq!(filo.thread(filo.user("u-1").await.id).await.len(), 1);
    served.stop().await;
}

/// The requests that unmodified clients sent, sent again with a key of ours.
#[tokio::test]
async fn recorded_requests_of_clients_are_taken_once() {
    let Some(folder) = data("sdk_requests") else {
        return;
    };
    let filo = Filo::start().await;
    let served = filo.serve().await;
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .flat_map(|client| std::fs::read_dir(client.unwrap().path()).unwrap())
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "http"))
        .collect();
    files.sort();
    assert!(files.len() >= 15, "{}", files.len());
    for round in 0..2 {
        for file in &files {
            let recorded = std::fs::read(file).unwrap();
            let request = with_key(&recorded, &filo.secret_key);
            let answer = exchange(served.address, &request).await;
            assert!(
                answer.starts_with("HTTP/1.1 200"),
                "{}: {answer}",
                file.display()
            );
            assert!(
                !answer.contains("quarantined"),
                "{}: {answer}",
                file.display()
            );
        }
        filo.settle().await;
        let hash = filo.app.state_hash().await.unwrap();
        if round == 1 {
            assert!(filo.app.status().duplicates > 0);
        }
        filo.settle().await;
        assert_eq!(filo.app.state_hash().await.unwrap(), hash);
    }
    let customer = filo.user("u-1").await;
    assert_eq!(
        filo.find(Kind::Email, "mario.rossi@example.it")
            .await
            .unwrap()
            .id,
        customer.id
    );
    served.stop().await;
}

/// Puts our key where the recorded one was, and asks to close. The recordings keep the body
/// byte for byte, and end the lines of the head in either way.
fn with_key(recorded: &[u8], key: &str) -> Vec<u8> {
    use base64::Engine;
    let basic = base64::engine::general_purpose::STANDARD.encode(format!("{key}:"));
    let mut request = String::new();
    let mut rest = recorded;
    loop {
        let end = rest.iter().position(|byte| *byte == b'\n').unwrap();
        let line = std::str::from_utf8(&rest[..end]).unwrap().trim_end();
        rest = &rest[end + 1..];
        if line.is_empty() {
            break;
        }
        let name = line
            .split(':')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        if !matches!(name.as_str(), "authorization" | "connection") {
            request.push_str(line);
            request.push_str("\r\n");
        }
    }
    request.push_str(&format!(
        "Authorization: Basic {basic}\r\nConnection: close\r\n\r\n"
    ));
    let mut bytes = request.into_bytes();
    bytes.extend(rest);
    bytes
}
