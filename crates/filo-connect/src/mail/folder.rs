//! A folder in the place of a server: each message is a file (`*.eml`), for trials and for
//! looking at what would be sent.
//!
//! **Invariant:** under its final name stands only a whole message; of many the newest are kept.

use std::io;
use std::path::{Path, PathBuf};

use filo_core::id::MessageId;
use filo_core::time::Timestamp;
use tokio::fs;

use super::handed::Handed;

/// Messages that are kept.
pub const KEPT_MOST: usize = 500;
const END: &str = ".eml";
/// Larger files in the folder are not ours.
const BYTES_MOST: u64 = 4 << 20;

/// The folder.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

/// A message in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its name without the end: the time and the id.
    pub name: String,
    /// When it was put there.
    pub at: Timestamp,
}

impl Folder {
    /// The folder at a path; it is made when something is put there.
    #[must_use]
    pub fn new(path: PathBuf) -> Self {
        Self(path)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Puts a message there.
    pub(super) async fn put(&self, id: MessageId, message: &[u8], now: Timestamp) -> Handed {
        match self.write(id, message, now).await {
            Ok(name) => Handed::Accepted {
                code: 250,
                text: format!("kept in the folder as {name}{END}"),
            },
            Err(error) => Handed::broken(format!("the folder cannot be written: {error}")),
        }
    }

    async fn write(&self, id: MessageId, message: &[u8], now: Timestamp) -> io::Result<String> {
        fs::create_dir_all(&self.0).await?;
        let name = format!("{:020}-{id}", now.0.max(0));
        let (begun, whole) = (
            self.0.join(format!("{name}.part")),
            self.0.join(format!("{name}{END}")),
        );
        {
            let mut file = fs::File::create(&begun).await?;
            tokio::io::AsyncWriteExt::write_all(&mut file, message).await?;
            file.sync_all().await?;
        }
        fs::rename(&begun, &whole).await?;
        let names = self.names().await?;
        for old in names.iter().skip(KEPT_MOST) {
            fs::remove_file(self.0.join(format!("{old}{END}"))).await?;
        }
        Ok(name)
    }

    /// The newest messages.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub async fn newest(&self, most: usize) -> io::Result<Vec<Kept>> {
        let names = self.names().await?;
        let kept = names.into_iter().take(most).filter_map(|name| {
            let at = name.split('-').next()?.parse().ok()?;
            Some(Kept {
                name,
                at: Timestamp(at),
            })
        });
        Ok(kept.collect())
    }

    /// One message; none if there is none of that name.
    ///
    /// # Errors
    /// If it cannot be read.
    pub async fn read(&self, name: &str) -> io::Result<Option<Vec<u8>>> {
        if !is_name(name) {
            return Ok(None);
        }
        let path = self.0.join(format!("{name}{END}"));
        match fs::metadata(&path).await {
            Ok(found) if found.is_file() && found.len() <= BYTES_MOST => {
                fs::read(&path).await.map(Some)
            }
            Ok(_) => Ok(None),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Takes a message away.
    ///
    /// # Errors
    /// If it cannot be.
    pub async fn remove(&self, name: &str) -> io::Result<()> {
        if !is_name(name) {
            return Ok(());
        }
        match fs::remove_file(self.0.join(format!("{name}{END}"))).await {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// The names of all messages, the newest first.
    async fn names(&self) -> io::Result<Vec<String>> {
        let mut entries = match fs::read_dir(&self.0).await {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut names = Vec::new();
        while let Some(entry) = entries.next_entry().await? {
            let name = entry.file_name();
            let name = name.to_str().and_then(|name| name.strip_suffix(END));
            names.extend(name.filter(|name| is_name(name)).map(str::to_owned));
        }
        names.sort_unstable_by(|one, other| other.cmp(one));
        Ok(names)
    }
}

/// A name that the folder gives: nothing in it leads elsewhere.
fn is_name(name: &str) -> bool {
    let Some((at, id)) = name.split_once('-') else {
        return false;
    };
    at.len() == 20
        && at.bytes().all(|byte| byte.is_ascii_digit())
        && id.parse::<MessageId>().is_ok()
}
