//! The records of the domain, looked up at a name server of the test's own.

use std::net::SocketAddr;

use filo_core::access::Role;
use filo_core::mail::Provider;
use filo_testkit::Filo;
use http::Method;
use serde_json::json;
use tokio::net::UdpSocket;
use tokio::task::JoinHandle;

use super::address;
use crate::access::{look, somebody};

/// A name server that knows a few texts and one machine.
struct Names {
    address: SocketAddr,
    listening: JoinHandle<()>,
}

impl Drop for Names {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

impl Names {
    async fn start(texts: &'static [(&'static str, &'static str)]) -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let address = socket.local_addr().unwrap();
        #[expect(clippy::disallowed_methods, reason = "it ends with the server")]
        let listening = tokio::spawn(async move {
            let mut question = [0; 600];
            while let Ok((count, from)) = socket.recv_from(&mut question).await {
                let answer = answer(&question[..count], texts);
                drop(socket.send_to(&answer, from).await);
            }
        });
        Self { address, listening }
    }
}

fn answer(question: &[u8], texts: &[(&str, &str)]) -> Vec<u8> {
    let mut labels = Vec::new();
    let mut at = 12;
    while question[at] != 0 {
        let length = usize::from(question[at]);
        labels.push(String::from_utf8_lossy(&question[at + 1..=at + length]).into_owned());
        at += length + 1;
    }
    let name = labels.join(".");
    let kind = question[at + 2];
    let found: Vec<Vec<u8>> = texts
        .iter()
        .filter(|(own, _)| *own == name)
        .map(|(_, text)| match kind {
            // A text in pieces of 255 bytes; a machine as `google.com`.
            16 => text
                .as_bytes()
                .chunks(255)
                .flat_map(|piece| {
                    let length = u8::try_from(piece.len()).unwrap();
                    std::iter::once(length).chain(piece.iter().copied())
                })
                .collect(),
            _ => b"\x00\x0a\x05aspmx\x01l\x06google\x03com\x00".to_vec(),
        })
        .collect();
    let mut out = question[..at + 5].to_vec();
    out[2..4].copy_from_slice(&[0x81, 0x80]);
    out[7] = u8::try_from(found.len()).unwrap();
    out[10..12].copy_from_slice(&[0, 0]);
    for data in found {
        out.extend([0xc0, 12, 0, kind, 0, 1, 0, 0, 0, 60]);
        out.extend(u16::try_from(data.len()).unwrap().to_be_bytes());
        out.extend(data);
    }
    out
}

#[tokio::test]
async fn records_are_looked_up_and_judged() {
    let names = Names::start(&[
        ("bottega.it", "v=spf1 include:_spf.aruba.it ~all"),
        ("bottega.it", "google-site-verification=x"),
        ("_dmarc.bottega.it", "v=DMARC1"),
        ("ditta.example", "mx"),
    ])
    .await;
    let filo = Filo::start_with(|config| config.name_server = Some(names.address)).await;
    let body = json!({"server": {"host": "smtps.aruba.it", "port": 465, "security": "tls"},
                      "from_address": "ciao@bottega.it", "version": 0});
    let saved = filo
        .request(Method::PUT, "/api/v1/mail")
        .bearer(&filo.api_key);
    saved.json(&body).send().await.ok();
    let records = filo.api_get("/api/v1/mail/records?look=true").await;
    let standing = |index: usize| records["data"][index]["standing"].as_str().unwrap();
    assert_eq!(
        (standing(0), standing(1)),
        ("right", "different"),
        "{records}"
    );
    let owner = somebody(&filo, "olga", Role::Owner).await;
    let page = look(&filo, "/settings/mail/dns?look=yes", &owner.text)
        .await
        .ok();
    assert!(page.text().contains("badge-good") && page.text().contains("badge-warn"));
    // Whoever receives for a company's own domain is looked up too.
    let provider = filo.app.mail_provider(&address("anna@ditta.example")).await;
    assert_eq!(provider, Provider::Google);
    drop(names);
    let again = filo
        .app
        .mail_provider(&address("bruno@ditta.example"))
        .await;
    assert_eq!(again, Provider::Google, "remembered for a day");
}
