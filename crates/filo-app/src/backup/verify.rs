//! Reading a backup back and comparing it with its manifest.

use std::path::Path;

use super::file::hash_of;
use super::manifest::Manifest;

/// What reading back found.
#[derive(Debug, Clone)]
pub struct VerifyReport {
    /// Everything that is not as the manifest says, a line each; empty is good.
    pub problems: Vec<String>,
    /// Files that were read.
    pub files: usize,
    /// Bytes that were read.
    pub bytes: u64,
}

/// Reads every byte of a backup.
///
/// # Errors
/// If it has no readable manifest.
pub fn verify(folder: &Path) -> anyhow::Result<VerifyReport> {
    let manifest = Manifest::read(folder)?;
    let mut report = VerifyReport {
        problems: Vec::new(),
        files: manifest.files.len(),
        bytes: 0,
    };
    for file in &manifest.files {
        match hash_of(&folder.join(&file.path)) {
            Err(error) => report.problems.push(format!("{error:#}")),
            Ok((bytes, hash)) => {
                report.bytes += bytes;
                if bytes != file.bytes {
                    let told = format!("{}: {bytes} bytes instead of {}", file.path, file.bytes);
                    report.problems.push(told);
                } else if hash.to_hex().as_str() != file.blake3 {
                    let told = format!("{}: its bytes are not those that were written", file.path);
                    report.problems.push(told);
                }
            }
        }
    }
    Ok(report)
}
