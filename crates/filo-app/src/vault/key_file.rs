//! The file of the master key: a key of 64 hexadecimal digits per line, the one in use first.
//!
//! **Invariant:** only its owner may read it; a file that others can read is refused. It is
//! replaced whole, so that a crash leaves the one or the other.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

use anyhow::{Context, bail};

/// Bytes of a key's id.
pub(super) const ID_BYTES: usize = 8;
const HEAD: &str = "# The key of Filo's secrets. Back it up apart from the data, and give every \
     node the same.\n";

/// One master key.
#[derive(Clone)]
pub(super) struct MasterKey([u8; 32]);

impl fmt::Debug for MasterKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("MasterKey(•••)")
    }
}

impl MasterKey {
    pub(super) fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The key for one place.
    pub(super) fn derived(&self, place: &str) -> [u8; 32] {
        blake3::derive_key(&format!("Filo 2026 vault, secrets at {place}"), &self.0)
    }

    /// What names it without telling it.
    pub(super) fn id(&self) -> [u8; ID_BYTES] {
        let mut id = [0; ID_BYTES];
        let whole = blake3::derive_key("Filo 2026 vault, id of a master key", &self.0);
        id.copy_from_slice(&whole[..ID_BYTES]);
        id
    }

    /// The id as text.
    pub(super) fn shown(&self) -> String {
        format!("{:016x}", u64::from_be_bytes(self.id()))
    }
}

/// Reads keys: one a line, or with spaces between.
pub(super) fn parse(text: &str) -> anyhow::Result<Vec<MasterKey>> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let words = lines.flat_map(str::split_whitespace);
    let keys = words.map(|word| {
        let hash = blake3::Hash::from_hex(word);
        hash.map(|hash| MasterKey(*hash.as_bytes()))
    });
    let keys: Result<Vec<MasterKey>, _> = keys.collect();
    match keys {
        Ok(keys) if !keys.is_empty() => Ok(keys),
        _ => bail!("the secret key must be 64 hexadecimal digits, as `openssl rand -hex 32` makes"),
    }
}

/// The keys of a file; none if it is not there.
pub(super) fn read(path: &Path) -> anyhow::Result<Option<Vec<MasterKey>>> {
    let told = || format!("the key file {}", path.display());
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(told),
    };
    refuse_if_open(path)?;
    parse(&text).map(Some).with_context(told)
}

#[cfg(unix)]
fn refuse_if_open(path: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(path)?.permissions().mode();
    if mode & 0o007 != 0 {
        bail!(
            "everybody on this machine can read the key file {0}: run `chmod 600 {0}` and start \
             again; if others may have read it, run `filo secret rotate` afterwards",
            path.display()
        );
    }
    Ok(())
}

#[cfg(not(unix))]
fn refuse_if_open(_path: &Path) -> anyhow::Result<()> {
    Ok(())
}

/// Makes the file with a first key; if another process was quicker, its key counts.
pub(super) fn create(path: &Path, bytes: [u8; 32]) -> anyhow::Result<Vec<MasterKey>> {
    let keys = vec![MasterKey(bytes)];
    let fresh = path.with_extension(format!("{}.new", keys[0].shown()));
    write(&fresh, &keys)?;
    let linked = fs::hard_link(&fresh, path);
    fs::remove_file(&fresh).with_context(|| format!("removing {}", fresh.display()))?;
    match linked {
        Ok(()) => {
            sync_folder(path)?;
            Ok(keys)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            read(path)?.with_context(|| format!("{} has gone", path.display()))
        }
        Err(error) => Err(error).with_context(|| format!("making {}", path.display())),
    }
}

/// Puts these keys in the place of those in the file.
pub(super) fn replace(path: &Path, keys: &[MasterKey]) -> anyhow::Result<()> {
    let fresh = path.with_extension("new");
    write(&fresh, keys)?;
    fs::rename(&fresh, path).with_context(|| format!("replacing {}", path.display()))?;
    sync_folder(path)
}

fn write(path: &Path, keys: &[MasterKey]) -> anyhow::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut text = HEAD.to_owned();
    for key in keys {
        text.push_str(blake3::Hash::from_bytes(key.0).to_hex().as_str());
        text.push('\n');
    }
    let written = options.open(path).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    written.with_context(|| format!("writing {}", path.display()))
}

fn sync_folder(path: &Path) -> anyhow::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .with_context(|| format!("syncing {}", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_written_and_read_back_and_a_file_for_everybody_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret.key");
        assert!(read(&path).unwrap().is_none());
        let made = create(&path, [7; 32]).unwrap();
        let quicker = create(&path, [8; 32]).unwrap();
        assert_eq!(made[0].0, quicker[0].0, "the first one stands");
        replace(&path, &[MasterKey([9; 32]), MasterKey([7; 32])]).unwrap();
        let keys = read(&path).unwrap().unwrap();
        assert_eq!(keys.iter().map(|key| key.0[0]).collect::<Vec<_>>(), [9, 7]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(
                fs::metadata(&path).unwrap().permissions().mode() & 0o777,
                0o600
            );
            fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
            let refused = read(&path).unwrap_err().to_string();
            assert!(refused.contains("chmod 600"), "{refused}");
        }
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for wrong in ["", "# only words", "abc", &"g".repeat(64), &"0".repeat(63)] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
        let two = format!("{} {}", "0".repeat(64), "F".repeat(64));
        assert_eq!(parse(&two).unwrap().len(), 2);
    }
}
