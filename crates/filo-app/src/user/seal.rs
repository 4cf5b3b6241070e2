//! Sealing what must not lie readable on the disk: today the seeds of second factors.
//!
//! One key in a file beside the data, made when it is first needed. What is sealed is bound to
//! what it belongs to, so one person's seed is nobody else's.
//!
//! **Invariant:** a key file that others can read is refused.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};

use crate::app::App;
use crate::error::Result;

const FILE: &str = "seal.key";
const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 24;

impl App {
    /// Seals for one thing.
    pub(super) fn seal(&self, plain: &[u8], belongs_to: &str) -> Result<Vec<u8>> {
        let key = key(&self.seal_file()?, || self.chance().secret())?;
        let chance = self.chance().secret();
        Ok(seal(&key, &chance[..NONCE_BYTES], plain, belongs_to)?)
    }

    /// Opens what was sealed for the same thing.
    pub(super) fn open_sealed(&self, sealed: &[u8], belongs_to: &str) -> Result<Vec<u8>> {
        let key = key(&self.seal_file()?, || self.chance().secret())?;
        Ok(open(&key, sealed, belongs_to)?)
    }

    fn seal_file(&self) -> Result<PathBuf> {
        let folder = self.config().lake.parent();
        let folder = folder.context("the lake has no folder above it for the key file")?;
        Ok(folder.join(FILE))
    }
}

fn key(path: &Path, fresh: impl FnOnce() -> [u8; KEY_BYTES]) -> anyhow::Result<[u8; KEY_BYTES]> {
    let created = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path);
    match created {
        Ok(mut file) => {
            let key = fresh();
            file.write_all(&key)
                .and_then(|()| file.sync_all())
                .with_context(|| format!("writing {}", path.display()))?;
            Ok(key)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => read(path),
        Err(error) => Err(error).with_context(|| format!("making {}", path.display())),
    }
}

fn read(path: &Path) -> anyhow::Result<[u8; KEY_BYTES]> {
    let context = || format!("reading {}", path.display());
    let mode = fs::metadata(path)
        .with_context(context)?
        .permissions()
        .mode();
    if mode & 0o077 != 0 {
        bail!(
            "{} can be read by others (mode {:o}): make it private with chmod 600",
            path.display(),
            mode & 0o777
        );
    }
    let bytes = fs::read(path).with_context(context)?;
    let length = bytes.len();
    bytes.try_into().ok().with_context(|| {
        format!(
            "{} has {length} bytes instead of {KEY_BYTES}",
            path.display()
        )
    })
}

fn seal(key: &[u8; 32], nonce: &[u8], plain: &[u8], aad: &str) -> anyhow::Result<Vec<u8>> {
    let payload = Payload {
        msg: plain,
        aad: aad.as_bytes(),
    };
    let nonce = XNonce::try_from(nonce).context("a nonce of 24 bytes")?;
    let sealed = XChaCha20Poly1305::new(key.into()).encrypt(&nonce, payload);
    let sealed = sealed.map_err(|_opaque| anyhow::anyhow!("sealing failed"))?;
    Ok([nonce.as_slice(), &sealed].concat())
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

    #[test]
    fn what_is_sealed_opens_only_for_what_it_belongs_to() {
        let sealed = seal(&[1; 32], &[2; 24], b"seed", "anna").unwrap();
        assert_eq!(open(&[1; 32], &sealed, "anna").unwrap(), b"seed");
        assert!(!sealed.windows(4).any(|part| part == b"seed"));
        assert!(open(&[1; 32], &sealed, "bruno").is_err());
        assert!(open(&[9; 32], &sealed, "anna").is_err());
        assert!(open(&[1; 32], &sealed[..10], "anna").is_err());
    }

    #[test]
    fn a_key_file_that_others_can_read_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        let made = key(&path, || [5; 32]).unwrap();
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!((made, mode & 0o777), ([5; 32], 0o600));
        assert_eq!(key(&path, || [6; 32]).unwrap(), [5; 32]);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        let refused = key(&path, || [6; 32]).unwrap_err().to_string();
        assert!(refused.contains("chmod 600"), "{refused}");
    }
}
