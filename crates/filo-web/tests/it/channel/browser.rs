//! A browser in a test: it opens what was sealed for it by a way of its own (RFC 8291, with HKDF
//! written out by hand), and presses the site's button.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use filo_testkit::{Answer, Filo, Received, Receiver};
use p256::elliptic_curve::sec1::ToSec1Point;
use ring::{aead, hmac};
use serde_json::{Value, json};

use super::{filo_at, put};

/// The receiver's private key and secret of RFC 8291, appendix A.
const PRIVATE: &str = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94";
const AUTH: &str = "BTBZMqHH6r4Tts7J_aSIgg";

fn bytes(text: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text).unwrap()
}

fn mac(key: &[u8], text: &[u8]) -> Vec<u8> {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key);
    hmac::sign(&key, text).as_ref().to_vec()
}

pub(super) struct Browser {
    secret: p256::SecretKey,
    auth: Vec<u8>,
    endpoint: String,
}

impl Browser {
    /// The browser of the RFC, at an address of the push service.
    pub(super) fn at(receiver: &Receiver, path: &str) -> Self {
        Self {
            secret: p256::SecretKey::from_slice(&bytes(PRIVATE)).unwrap(),
            auth: bytes(AUTH),
            endpoint: format!("{}/{path}", receiver.base()),
        }
    }

    /// One that has the address of another, and not its keys.
    pub(super) fn stranger(&self) -> Self {
        Self {
            secret: p256::SecretKey::from_slice(&[5; 32]).unwrap(),
            auth: vec![5; 16],
            endpoint: self.endpoint.clone(),
        }
    }

    fn point(&self) -> Vec<u8> {
        let point = self.secret.public_key().to_sec1_point(false);
        point.as_bytes().to_vec()
    }

    pub(super) fn subscription(&self) -> Value {
        json!({"endpoint": self.endpoint, "expirationTime": null, "keys": {
            "p256dh": URL_SAFE_NO_PAD.encode(self.point()),
            "auth": URL_SAFE_NO_PAD.encode(&self.auth)}})
    }

    /// What stands in a notification; nothing if it is not for this browser.
    pub(super) fn open(&self, sealed: &[u8]) -> Option<Vec<u8>> {
        let (head, text) = sealed.split_at(86);
        let (salt, sender) = (&head[..16], &head[21..]);
        assert_eq!(
            &head[16..21],
            [0, 0, 16, 0, 65],
            "one record, a whole point"
        );
        let agreed = self
            .secret
            .diffie_hellman(&p256::PublicKey::from_sec1_bytes(sender).ok()?);
        let first = mac(&self.auth, agreed.raw_secret_bytes());
        let about = [b"WebPush: info\0".as_slice(), &self.point(), sender, &[1]].concat();
        let second = mac(salt, &mac(&first, &about));
        let key = mac(&second, b"Content-Encoding: aes128gcm\0\x01");
        let nonce = mac(&second, b"Content-Encoding: nonce\0\x01");
        let key = aead::UnboundKey::new(&aead::AES_128_GCM, &key[..16]).ok()?;
        let nonce = aead::Nonce::try_assume_unique_for_key(&nonce[..12]).ok()?;
        let mut text = text.to_vec();
        let opened =
            aead::LessSafeKey::new(key).open_in_place(nonce, aead::Aad::empty(), &mut text);
        let opened = opened.ok()?;
        let end = opened.iter().rposition(|byte| *byte != 0)?;
        assert_eq!(opened[end], 2, "the last record");
        Some(opened[..end].to_vec())
    }

    pub(super) fn read(&self, received: &Received) -> Value {
        let opened = self.open(&received.bytes).expect("sealed for this browser");
        serde_json::from_slice(&opened).unwrap()
    }

    /// Its person presses the site's button.
    pub(super) async fn press(&self, filo: &Filo, anonymous: &str) -> Answer {
        self.press_for(filo, anonymous, &json!({})).await
    }

    pub(super) async fn press_for(&self, filo: &Filo, anonymous: &str, more: &Value) -> Answer {
        let mut body = json!({"writeKey": filo.public_key, "anonymousId": anonymous,
            "subscription": self.subscription(),
            "context": {"locale": "it-IT", "page": {"url": "https://bar.example/menu"}}});
        for (key, value) in more.as_object().unwrap() {
            body[key] = value.clone();
        }
        say(filo, "/v1/push", &body).await
    }

    /// The button is pressed and the first notification answered.
    pub(super) async fn says_yes(&self, filo: &Filo, receiver: &Receiver, anonymous: &str) {
        self.press(filo, anonymous).await.is(202);
        let all = receiver.received();
        let asked = self.read(all.last().unwrap());
        answer(filo, asked["yes"].as_str().unwrap(), "yes").await;
    }

    pub(super) async fn ends(&self, filo: &Filo) -> Answer {
        let body = json!({"writeKey": filo.public_key, "subscription": self.subscription()});
        say(filo, "/v1/push/end", &body).await
    }
}

async fn say(filo: &Filo, path: &str, body: &Value) -> Answer {
    let request = filo.post(path).header("content-type", "text/plain");
    request.body(body.to_string()).send().await
}

/// What a service worker posts over a link that came with a notification.
pub(super) async fn answer(filo: &Filo, link: &str, word: &str) {
    let path = link.strip_prefix(super::PUBLIC).expect("a link of ours");
    let request = filo.post(path).header("content-type", "text/plain");
    request.body(word.to_owned()).send().await.is(204);
}

/// A Filo that sends notifications to a push service of this machine.
pub(super) async fn filo_of(receiver: &Receiver) -> Filo {
    let filo = filo_at(receiver).await;
    let account = json!({"carrier": "web_push", "sender": "push@bar.example", "version": 0});
    put(&filo, "/api/v1/channels/push", account).await.ok();
    filo
}

#[test]
fn the_browser_of_a_test_reads_the_example_of_the_rfc() {
    let browser = Browser {
        secret: p256::SecretKey::from_slice(&bytes(PRIVATE)).unwrap(),
        auth: bytes(AUTH),
        endpoint: String::new(),
    };
    let sealed = bytes(
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
    );
    let opened = browser.open(&sealed).unwrap();
    assert_eq!(opened, b"When I grow up, I want to be a watermelon");
    assert_eq!(browser.stranger().open(&sealed), None);
}
