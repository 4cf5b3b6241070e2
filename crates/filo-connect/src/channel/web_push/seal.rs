//! What stands in a notification, sealed for one browser (RFC 8291, content coding of RFC 8188).
//!
//! **Invariant:** the key of the sender and the salt are drawn anew for each notification.

use p256::elliptic_curve::sec1::ToSec1Point;
use ring::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::hkdf::{HKDF_SHA256, Salt};

use super::{POINT_BYTES, Subscription};

/// One record of this size; services take no more than four kilobytes.
const RECORD_BYTES: u32 = 4_096;
/// What fits into one record: without its head (86), its end mark (1) and its tag (16).
pub const PLAIN_BYTES_MOST: usize = 3_993;
const SALT_BYTES: usize = 16;
/// That this is the last record.
const LAST: u8 = 2;

/// Seals a text for a browser with a key of the sender and a salt that were drawn; nothing if it
/// is too long, or the browser's key is none.
#[must_use]
pub fn seal(to: &Subscription, plain: &[u8], [sender, salt]: [[u8; 32]; 2]) -> Option<Vec<u8>> {
    if plain.len() > PLAIN_BYTES_MOST {
        return None;
    }
    let salt = &salt[..SALT_BYTES];
    let sender = secret_key(sender);
    let point = sender.public_key().to_sec1_point(false);
    let point: [u8; POINT_BYTES] = point.as_bytes().try_into().ok()?;
    let browser = p256::PublicKey::from_sec1_bytes(&to.point).ok()?;
    let agreed = sender.diffie_hellman(&browser);

    let about = [b"WebPush: info\0".as_slice(), &to.point, &point].concat();
    let shared = derived(&to.auth, agreed.raw_secret_bytes(), &about)?;
    let key = derived(salt, &shared, b"Content-Encoding: aes128gcm\0")?;
    let nonce = derived(salt, &shared, b"Content-Encoding: nonce\0")?;

    let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key[..16]).ok()?);
    let nonce = Nonce::try_assume_unique_for_key(&nonce[..12]).ok()?;
    let mut sealed = [plain, &[LAST]].concat();
    key.seal_in_place_append_tag(nonce, Aad::empty(), &mut sealed)
        .ok()?;
    let length = u8::try_from(POINT_BYTES).ok()?;
    Some(
        [
            salt,
            &RECORD_BYTES.to_be_bytes(),
            &[length],
            &point,
            &sealed,
        ]
        .concat(),
    )
}

/// A key of what was drawn. One in four billion draws is none, and is drawn on from.
pub(super) fn secret_key(mut drawn: [u8; 32]) -> p256::SecretKey {
    loop {
        if let Ok(key) = p256::SecretKey::from_slice(&drawn) {
            return key;
        }
        drawn = *blake3::hash(&drawn).as_bytes();
    }
}

/// HKDF with SHA-256 (RFC 5869): the first 32 bytes, of which shorter keys are the beginning.
fn derived(salt: &[u8], from: &[u8], about: &[u8]) -> Option<[u8; 32]> {
    let mut out = [0; 32];
    let drawn = Salt::new(HKDF_SHA256, salt).extract(from);
    drawn
        .expand(&[about], HKDF_SHA256)
        .ok()?
        .fill(&mut out)
        .ok()?;
    Some(out)
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    use super::*;

    fn bytes(text: &str) -> Vec<u8> {
        URL_SAFE_NO_PAD.decode(text).unwrap()
    }

    #[test]
    fn the_example_of_rfc_8291_comes_out() {
        let to = Subscription {
            endpoint: "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV".to_owned(),
            point: bytes(
                "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            ),
            auth: bytes("BTBZMqHH6r4Tts7J_aSIgg"),
        };
        let sender: [u8; 32] = bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")
            .try_into()
            .unwrap();
        let mut salt = [0; 32];
        salt[..SALT_BYTES].copy_from_slice(&bytes("DGv6ra1nlYgDCS1FRnbzlw"));
        let plain = b"When I grow up, I want to be a watermelon";
        let sealed = seal(&to, plain, [sender, salt]).unwrap();
        assert_eq!(
            URL_SAFE_NO_PAD.encode(sealed),
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
        );
    }

    #[test]
    fn what_does_not_fit_into_a_record_is_not_sealed() {
        let to = Subscription {
            endpoint: String::new(),
            point: secret_key([3; 32])
                .public_key()
                .to_sec1_point(false)
                .as_bytes()
                .to_vec(),
            auth: vec![1; 16],
        };
        let drawn = [[1; 32], [2; 32]];
        let whole = seal(&to, &[b'x'; PLAIN_BYTES_MOST], drawn).unwrap();
        assert_eq!(whole.len(), 4_096);
        assert_eq!(seal(&to, &[b'x'; PLAIN_BYTES_MOST + 1], drawn), None);
        // The draws that are no key of the curve are drawn on from.
        assert_ne!(secret_key([0xff; 32]), secret_key([0; 32]));
    }
}
