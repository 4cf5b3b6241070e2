//! Seeds of second factors as versions before the vault sealed them: with a key file of their own.
//!
//! **Invariant:** a seed is moved into the vault in one transaction, or stays as it was; a key
//! file that others can read is refused.

use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use anyhow::{Context as _, bail};
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use filo_core::time::Timestamp;
use filo_store::Db;
use filo_store::user::{self, UserRow};

use super::second_factor::SEED;
use crate::clock::Chance;
use crate::vault::Vault;

const FILE: &str = "seal.key";
const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 24;

/// Moves seeds that an older version sealed into the vault. Where their key file is missing they
/// stay, and their people come in with a recovery code or set the second factor up anew.
pub(crate) async fn move_into_vault(
    db: &Db,
    vault: &Vault,
    folder: &Path,
    drawn: (&Chance, Timestamp),
) -> anyhow::Result<()> {
    let mut tx = db.begin().await?;
    let everybody = user::list(&mut tx, u32::MAX).await?;
    let mut old: Vec<(&UserRow, &Vec<u8>)> = Vec::new();
    for row in &everybody {
        if let Some(sealed) = row.factor_seed.as_ref().filter(|seed| !seed.is_empty()) {
            old.push((row, sealed));
        }
    }
    if old.is_empty() {
        return Ok(());
    }
    let Some(key) = read(&folder.join(FILE))? else {
        tracing::warn!(
            "{FILE} is missing: second factors that an older version sealed with it cannot be \
             checked; recovery codes still work"
        );
        return Ok(());
    };
    let (chance, now) = drawn;
    for (row, sealed) in old {
        let seed = open(&key, sealed, &belongs_to(row))?;
        let at = (SEED, row.id.to_bytes());
        vault
            .keep(&mut tx, at, &seed, (chance.secret(), now))
            .await?;
        user::seed_moved(&mut tx, row.id).await?;
    }
    tx.commit().await?;
    Ok(())
}

fn belongs_to(row: &UserRow) -> String {
    format!("app_user.factor_seed {}", row.id)
}

fn read(path: &Path) -> anyhow::Result<Option<[u8; KEY_BYTES]>> {
    let context = || format!("reading {}", path.display());
    let mode = match fs::metadata(path) {
        Ok(file) => file.permissions().mode(),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(context),
    };
    if mode & 0o077 != 0 {
        bail!(
            "{} can be read by others (mode {:o}): make it private with chmod 600",
            path.display(),
            mode & 0o777
        );
    }
    let bytes = fs::read(path).with_context(context)?;
    let length = bytes.len();
    let key = bytes.try_into().ok().with_context(|| {
        format!(
            "{} has {length} bytes instead of {KEY_BYTES}",
            path.display()
        )
    })?;
    Ok(Some(key))
}

fn open(key: &[u8; 32], sealed: &[u8], aad: &str) -> anyhow::Result<Vec<u8>> {
    let (nonce, rest) = sealed
        .split_at_checked(NONCE_BYTES)
        .context("what was sealed is cut short")?;
    let payload = Payload {
        msg: rest,
        aad: aad.as_bytes(),
    };
    let nonce = XNonce::try_from(nonce).context("a nonce of 24 bytes")?;
    XChaCha20Poly1305::new(key.into())
        .decrypt(&nonce, payload)
        .map_err(|_opaque| anyhow::anyhow!("what was sealed does not open with this key file"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seal(key: &[u8; 32], plain: &[u8], aad: &str) -> Vec<u8> {
        let payload = Payload {
            msg: plain,
            aad: aad.as_bytes(),
        };
        let nonce = [2; NONCE_BYTES];
        let sealed = XChaCha20Poly1305::new(key.into())
            .encrypt(&XNonce::from(nonce), payload)
            .unwrap();
        [nonce.as_slice(), &sealed].concat()
    }

    #[test]
    fn what_was_sealed_opens_only_for_what_it_belongs_to() {
        let sealed = seal(&[1; 32], b"seed", "anna");
        assert_eq!(open(&[1; 32], &sealed, "anna").unwrap(), b"seed");
        assert!(open(&[1; 32], &sealed, "bruno").is_err());
        assert!(open(&[9; 32], &sealed, "anna").is_err());
        assert!(open(&[1; 32], &sealed[..10], "anna").is_err());
    }

    #[test]
    fn a_key_file_that_others_can_read_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        assert_eq!(read(&path).unwrap(), None);
        fs::write(&path, [5; 32]).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        assert_eq!(read(&path).unwrap(), Some([5; 32]));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        let refused = read(&path).unwrap_err().to_string();
        assert!(refused.contains("chmod 600"), "{refused}");
    }
}
