//! The vault: secrets that Filo must be able to read again, sealed with the operator's key.
//!
//! A secret has a [`Place`] (table and column) and a row (the id there). Inside the transaction
//! that writes the row, call [`Vault::keep`]; later [`Vault::reveal`]; when the row goes,
//! [`Vault::forget`]. The sealed bytes stand in a table of their own, so that a change of the
//! key ([`App::rotate_secret_key`]) reaches them all.
//!
//! Sealing is XChaCha20-Poly1305 under a key derived (BLAKE3) from the master key for each
//! place; place and row are authenticated, so a sealed secret cannot be moved to another row.
//!
//! **Invariant:** a secret is on disk only sealed, and the master key only in its own file.
//! **Invariant:** before anything is sealed with a new key, that key is on disk.

mod key_file;

use std::fmt;
use std::path::PathBuf;

use anyhow::{Context, anyhow, bail};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use filo_core::time::Timestamp;
use filo_store::sealed_secret::{self, SealedRow};
use filo_store::{Db, Tx, setting};
use parking_lot::RwLock;

use crate::app::App;
use crate::clock::Chance;
use crate::error::{Error, Result};
use key_file::MasterKey;

/// The form of sealed bytes: form, key's id, nonce, what is sealed.
const FORM: u8 = 1;
const NONCE_BYTES: usize = 24;
const HEAD_BYTES: usize = 1 + key_file::ID_BYTES + NONCE_BYTES;
/// The setting that names the key in use, so that nodes with different keys notice.
const KEY_IN_USE: &str = "vault_key";
/// Keys in the file: the one in use and the one before, with which nothing is sealed any more.
const KEYS_KEPT: usize = 2;

/// Where the master key is.
#[derive(Clone, PartialEq, Eq)]
pub enum SecretKey {
    /// In a file, which the first start makes.
    File(PathBuf),
    /// Given by the operator: 64 hexadecimal digits, and after a space the one before.
    Given(String),
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(out, "File({})", path.display()),
            Self::Given(_) => out.write_str("Given(•••)"),
        }
    }
}

/// What a secret belongs to. Its name derives the key: it is never changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
}

impl Place {
    fn name(self) -> String {
        format!("{}.{}", self.table, self.column)
    }
}

/// Seals and opens.
#[derive(Debug)]
pub struct Vault {
    /// The key in use first.
    keys: RwLock<Vec<MasterKey>>,
    file: Option<PathBuf>,
}

impl Vault {
    /// Reads the key, or makes one at the first start, and makes sure that it is the one with
    /// which everything here is sealed.
    pub(crate) async fn open(
        db: &Db,
        source: &SecretKey,
        chance: &Chance,
        now: Timestamp,
    ) -> anyhow::Result<Self> {
        let mut tx = db.begin().await?;
        let sealed = sealed_secret::all(&mut tx).await?;
        let known = setting::get(&mut tx, KEY_IN_USE).await?;
        let many_nodes = db.is_postgres();
        let (keys, file) = match source {
            SecretKey::Given(text) => (key_file::parse(text)?, None),
            SecretKey::File(path) => {
                let keys = match key_file::read(path)? {
                    Some(keys) => keys,
                    None if !sealed.is_empty() || (many_nodes && known.is_some()) => bail!(
                        "the key file {} is missing, and secrets here are sealed with it: copy \
                         it from your backup or from another node",
                        path.display()
                    ),
                    None => key_file::create(path, chance.secret())?,
                };
                (keys, Some(path.clone()))
            }
        };
        let vault = Self {
            keys: RwLock::new(keys),
            file,
        };
        let in_use = format!("\"{}\"", vault.key_in_use()?);
        let same = known.as_ref().is_none_or(|known| {
            known.value == in_use || vault.holds(known.value.trim_matches('"'))
        });
        let opens = |row: &SealedRow| vault.unseal(row).is_ok();
        if !sealed.iter().all(opens) || (!same && many_nodes) {
            bail!(
                "the secrets here are sealed with another key than this node has ({in_use}): \
                 give every node the same secret.key"
            );
        }
        if known.as_ref().is_none_or(|known| known.value != in_use) {
            let version = known.map_or(0, |known| known.version);
            setting::put(&mut tx, KEY_IN_USE, &in_use, version, now).await?;
            vault.seal_anew(&mut tx, sealed, chance, now).await?;
        }
        tx.commit().await?;
        Ok(vault)
    }

    /// Seals a secret and keeps it at its place and row, in the place of what was there.
    ///
    /// # Errors
    /// If the table cannot be written.
    pub async fn keep(
        &self,
        tx: &mut Tx<'_>,
        at: (Place, [u8; 16]),
        secret: &[u8],
        drawn: ([u8; 32], Timestamp),
    ) -> Result<()> {
        let (place, row) = at;
        let (nonce, now) = drawn;
        let sealed = self.seal(&place.name(), row, nonce, secret)?;
        let kept = SealedRow {
            place: place.name(),
            row,
            sealed,
        };
        Ok(sealed_secret::put(tx, &[kept], now).await?)
    }

    /// The secret of a place and row, if there is one.
    ///
    /// # Errors
    /// If it cannot be opened with the keys of this node.
    pub async fn reveal(
        &self,
        tx: &mut Tx<'_>,
        place: Place,
        row: [u8; 16],
    ) -> Result<Option<Vec<u8>>> {
        let Some(kept) = sealed_secret::get(tx, &place.name(), row).await? else {
            return Ok(None);
        };
        if let Ok(secret) = self.unseal(&kept) {
            return Ok(Some(secret));
        }
        // Another node may have changed the key in a file that this one shares.
        self.read_again()?;
        Ok(Some(self.unseal(&kept)?))
    }

    /// Forgets a secret.
    ///
    /// # Errors
    /// If the table cannot be written.
    pub async fn forget(&self, tx: &mut Tx<'_>, place: Place, row: [u8; 16]) -> Result<()> {
        Ok(sealed_secret::remove(tx, &place.name(), row).await?)
    }

    fn seal(
        &self,
        place: &str,
        row: [u8; 16],
        drawn: [u8; 32],
        secret: &[u8],
    ) -> anyhow::Result<Vec<u8>> {
        let keys = self.keys.read();
        let key = keys.first().context("the vault has no key")?;
        let nonce: [u8; NONCE_BYTES] = drawn[..NONCE_BYTES].try_into()?;
        let bound = bound_to(place, row);
        let payload = Payload {
            msg: secret,
            aad: bound.as_bytes(),
        };
        let sealed = cipher(key, place)
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_too_long| anyhow!("the secret cannot be sealed"))?;
        let mut bytes = Vec::with_capacity(HEAD_BYTES + sealed.len());
        bytes.push(FORM);
        bytes.extend_from_slice(&key.id());
        bytes.extend_from_slice(&nonce);
        bytes.extend_from_slice(&sealed);
        Ok(bytes)
    }

    fn unseal(&self, kept: &SealedRow) -> anyhow::Result<Vec<u8>> {
        let place = &kept.place;
        let (head, sealed) = kept
            .sealed
            .split_at_checked(HEAD_BYTES)
            .with_context(|| format!("the secret at {place} is cut off"))?;
        if head[0] != FORM {
            bail!("the secret at {place} was sealed by a newer Filo");
        }
        let (id, nonce) = head[1..].split_at(key_file::ID_BYTES);
        let nonce: [u8; NONCE_BYTES] = nonce.try_into()?;
        let bound = bound_to(place, kept.row);
        let keys = self.keys.read();
        let key = keys.iter().find(|key| key.id() == id);
        let key = key.with_context(|| {
            format!("the secret at {place} is sealed with a key that this node does not have")
        })?;
        let payload = Payload {
            msg: sealed,
            aad: bound.as_bytes(),
        };
        cipher(key, place)
            .decrypt(&XNonce::from(nonce), payload)
            .map_err(|_forged| anyhow!("the secret at {place} was changed by somebody"))
    }

    fn holds(&self, id: &str) -> bool {
        self.keys.read().iter().any(|key| key.shown() == id)
    }

    fn key_in_use(&self) -> anyhow::Result<String> {
        let keys = self.keys.read();
        Ok(keys.first().context("the vault has no key")?.shown())
    }

    fn read_again(&self) -> anyhow::Result<()> {
        if let Some(file) = &self.file
            && let Some(keys) = key_file::read(file)?
        {
            *self.keys.write() = keys;
        }
        Ok(())
    }

    /// Seals everything with the key in use.
    async fn seal_anew(
        &self,
        tx: &mut Tx<'_>,
        sealed: Vec<SealedRow>,
        chance: &Chance,
        now: Timestamp,
    ) -> anyhow::Result<()> {
        let mut fresh = Vec::with_capacity(sealed.len());
        for row in sealed {
            let secret = self.unseal(&row)?;
            let sealed = self.seal(&row.place, row.row, chance.secret(), &secret)?;
            fresh.push(SealedRow { sealed, ..row });
        }
        sealed_secret::put(tx, &fresh, now).await?;
        Ok(())
    }
}

impl App {
    /// The vault.
    #[must_use]
    pub fn vault(&self) -> &Vault {
        &self.shared().vault
    }

    /// Makes a new master key and seals every secret with it; says how many there are. With a
    /// key that the operator gives, there must be two: the new one first.
    ///
    /// Crash-safe: the file holds both keys until everything is sealed with the new one, and
    /// the next start finishes what was begun.
    ///
    /// # Errors
    /// If the file or the table cannot be written.
    pub async fn rotate_secret_key(&self) -> Result<usize> {
        let vault = self.vault();
        match &vault.file {
            Some(file) => {
                let mut keys = vec![MasterKey::new(self.chance().secret())];
                keys.extend(vault.keys.read().iter().cloned());
                key_file::replace(file, &keys)?;
                *vault.keys.write() = keys;
            }
            None if vault.keys.read().len() < KEYS_KEPT => {
                return Err(Error::Conflict(
                    "the key is given from outside: give the new one, a space and the old one, \
                     and start Filo again; what is sealed is then sealed anew"
                        .to_owned(),
                ));
            }
            None => {}
        }
        let mut tx = self.shared().db.begin().await?;
        let sealed = sealed_secret::all(&mut tx).await?;
        let count = sealed.len();
        vault
            .seal_anew(&mut tx, sealed, self.chance(), self.now())
            .await?;
        let version = setting::get(&mut tx, KEY_IN_USE)
            .await?
            .map_or(0, |known| known.version);
        let in_use = format!("\"{}\"", vault.key_in_use()?);
        setting::put(&mut tx, KEY_IN_USE, &in_use, version, self.now()).await?;
        tx.commit().await?;
        if let Some(file) = &vault.file {
            // The one before stays: a transaction that began earlier may have sealed with it.
            let mut keys = vault.keys.read().clone();
            keys.truncate(KEYS_KEPT);
            key_file::replace(file, &keys)?;
            *vault.keys.write() = keys;
        }
        Ok(count)
    }
}

fn cipher(key: &MasterKey, place: &str) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&key.derived(place).into())
}

/// What is authenticated beside the secret: whose it is.
fn bound_to(place: &str, row: [u8; 16]) -> String {
    let (table, column) = place.split_once('.').unwrap_or((place, ""));
    format!("{table},{column},{:032x}", u128::from_be_bytes(row))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: &str = "webhook.secret";

    fn vault(bytes: u8) -> Vault {
        Vault {
            keys: RwLock::new(vec![MasterKey::new([bytes; 32])]),
            file: None,
        }
    }

    fn kept(vault: &Vault, row: u8) -> SealedRow {
        SealedRow {
            place: PLACE.to_owned(),
            row: [row; 16],
            sealed: vault.seal(PLACE, [row; 16], [9; 32], b"whsec").unwrap(),
        }
    }

    #[test]
    fn what_is_sealed_opens_in_its_place_with_its_key_only() {
        let own = vault(1);
        let row = kept(&own, 5);
        assert_eq!(own.unseal(&row).unwrap(), b"whsec");
        assert!(vault(2).unseal(&row).is_err(), "another key");
        let moved = SealedRow {
            row: [6; 16],
            ..row.clone()
        };
        assert!(own.unseal(&moved).is_err(), "another row");
        let elsewhere = SealedRow {
            place: "webhook.other".to_owned(),
            ..row.clone()
        };
        assert!(own.unseal(&elsewhere).is_err(), "another column");
        for position in 0..row.sealed.len() {
            let mut forged = row.clone();
            forged.sealed[position] ^= 1;
            assert!(own.unseal(&forged).is_err(), "byte {position}");
            forged.sealed.truncate(position);
            assert!(own.unseal(&forged).is_err(), "cut at {position}");
        }
    }

    #[test]
    fn an_older_key_of_the_ring_still_opens() {
        let row = kept(&vault(1), 5);
        let ring = vault(2);
        ring.keys.write().push(MasterKey::new([1; 32]));
        assert_eq!(ring.unseal(&row).unwrap(), b"whsec");
        assert!(!format!("{ring:?}").contains("0101"));
    }
}
