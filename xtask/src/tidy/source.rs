//! The files of the project as text.
//!
//! **Invariant:** only what belongs to the project is read: nothing that is built, installed or
//! fetched, and no file that is not text.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// Folders that hold nothing of ours.
const FOREIGN: [&str; 6] = [".git", "target", "node_modules", "dist", "data", ".cargo"];
const KINDS: [&str; 12] = [
    "rs", "ts", "mjs", "css", "sql", "ftl", "md", "toml", "html", "sh", "json", "yml",
];
/// Written by tools.
const WRITTEN_BY_TOOLS: [&str; 1] = ["package-lock.json"];

/// One text file, its path relative to the project with `/` on every system.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) path: String,
    pub(super) text: String,
}

impl Source {
    #[cfg(test)]
    pub(super) fn of(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    pub(super) fn has_kind(&self, kinds: &[&str]) -> bool {
        Path::new(&self.path)
            .extension()
            .is_some_and(|extension| kinds.iter().any(|kind| extension == *kind))
    }

    /// Tests may do what the product may not.
    pub(super) fn is_test(&self) -> bool {
        self.path.contains("/tests/")
            || self.path.ends_with("/tests.rs")
            || self.path.ends_with("_tests.rs")
            || self.path.contains("/benches/")
            || self.path.contains("/examples/")
    }

    /// Whether the file lives in a folder, given as `crates/filo-store`.
    pub(super) fn is_in(&self, folder: &str) -> bool {
        self.path
            .strip_prefix(folder)
            .is_some_and(|rest| rest.starts_with('/'))
    }
}

pub(super) fn read_all(root: &Path) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    walk(root, "", &mut sources)?;
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(sources)
}

fn walk(folder: &Path, prefix: &str, sources: &mut Vec<Source>) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    for entry in entries {
        let entry = entry.with_context(|| format!("reading {}", folder.display()))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        if entry.file_type()?.is_dir() {
            if !FOREIGN.contains(&name.as_str()) {
                walk(&entry.path(), &format!("{path}/"), sources)?;
            }
            continue;
        }
        let source = Source {
            path,
            text: String::new(),
        };
        let ours = source.has_kind(&KINDS) || source.is_in(".ci");
        if ours && !WRITTEN_BY_TOOLS.contains(&name.as_str()) {
            let bytes = fs::read(entry.path()).with_context(|| source.path.clone())?;
            let text = String::from_utf8_lossy(&bytes).into_owned();
            sources.push(Source { text, ..source });
        }
    }
    Ok(())
}
