//! From which sites a public key may send: a list for each key, checked against what browsers say.
//!
//! **Invariant:** a key without a list costs one look at an empty text; the list in memory is the
//! one in the tables.

use filo_core::access::Right;
use filo_core::audit::{Act, Token};
use filo_core::id::KeyId;
use filo_store::{key, lease};

use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::error::{Error, Result};

/// Sites of one key.
pub const ORIGINS_MOST: usize = 20;
/// A host has at most 253 signs.
const ORIGIN_BYTES_MOST: usize = 280;

/// Where a public key is used from, seen from its list of sites.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OriginVerdict {
    /// The key has no list, or the site is on it.
    Allowed,
    /// The site is not on the key's list, or the sender does not say one.
    Elsewhere,
}

impl App {
    /// Whether the key of this text may be used from a site; an unknown key is judged elsewhere.
    #[must_use]
    pub fn origin_verdict(
        &self,
        text: &str,
        origin: impl FnOnce() -> Option<String>,
    ) -> OriginVerdict {
        let fits = |list: &str| {
            list.is_empty() || origin().is_some_and(|it| list.split(' ').any(|one| one == it))
        };
        if self.keyring().origins_of(text, fits).unwrap_or(true) {
            OriginVerdict::Allowed
        } else {
            OriginVerdict::Elsewhere
        }
    }

    /// Says from which sites a public key may send; an empty list says from anywhere.
    ///
    /// # Errors
    /// If the actor may not, a site is written wrong, or there is no such public key in force.
    pub async fn set_origins(
        &self,
        actor: &Actor,
        id: KeyId,
        origins: &[String],
    ) -> Result<Vec<String>> {
        actor.must(Right::ManageSources)?;
        let mut list: Vec<String> = Vec::new();
        for origin in origins {
            let origin = normal(origin).ok_or_else(|| {
                Error::invalid(
                    "origins",
                    format!("{origin}: write it as https://shop.example"),
                )
            })?;
            if !list.contains(&origin) {
                list.push(origin);
            }
        }
        if list.len() > ORIGINS_MOST {
            return Err(Error::invalid("origins", format!("at most {ORIGINS_MOST}")));
        }
        let changing = self.keyring().change().await;
        let mut tx = self.shared().db.begin().await?;
        let text = list.join(" ");
        if !key::set_origins(&mut tx, id, &text).await? {
            return Err(Error::Missing("public key"));
        }
        let count = u64::try_from(list.len()).unwrap_or(u64::MAX);
        let entry = actor.did(Act::KeyChanged, self.now()).about(id);
        record(&mut tx, &entry.with("origins", Token::number(count))).await?;
        lease::notify_changed(&mut tx).await?;
        tx.commit().await?;
        self.keyring().set_origins(id, &text);
        drop(changing);
        Ok(list)
    }
}

/// An origin as browsers write it: scheme and host in small letters, a port only where it is not
/// the scheme's own.
fn normal(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches('/').to_ascii_lowercase();
    if text.len() > ORIGIN_BYTES_MOST {
        return None;
    }
    let (scheme, rest) = text.split_once("://")?;
    let own_port = match scheme {
        "https" => ":443",
        "http" => ":80",
        _ => return None,
    };
    let rest = rest.strip_suffix(own_port).unwrap_or(rest);
    let (host, port) = match rest.rsplit_once(':') {
        Some((host, port)) if !rest.ends_with(']') => (host, Some(port)),
        _ => (rest, None),
    };
    let is_host = !host.is_empty()
        && host
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-.[]:".contains(&byte));
    let is_port = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0));
    (is_host && is_port).then(|| format!("{scheme}://{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sites_are_written_as_browsers_do() {
        for (typed, kept) in [
            ("https://Shop.Example/", "https://shop.example"),
            (" https://shop.example:443 ", "https://shop.example"),
            ("http://localhost:3000", "http://localhost:3000"),
            ("http://[::1]:3000", "http://[::1]:3000"),
            ("https://xn--caff-8oa.it", "https://xn--caff-8oa.it"),
        ] {
            assert_eq!(normal(typed).as_deref(), Some(kept), "{typed}");
        }
        for wrong in [
            "shop.example",
            "https://",
            "https://shop.example/path",
            "https://a b",
            "ftp://shop.example",
            "https://shop.example:0",
            "https://*.example",
            "null",
            "",
        ] {
            assert_eq!(normal(wrong), None, "{wrong}");
        }
    }
}
