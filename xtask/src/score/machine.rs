//! Where and on what the figures were measured.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread::available_parallelism;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Machine {
    pub(super) processor: String,
    pub(super) memory: String,
    pub(super) system: String,
    /// Commit with its day; `+` if files differed from it.
    pub(super) commit: String,
}

impl Machine {
    pub(super) fn read(root: &Path) -> Self {
        let cores = available_parallelism().map_or(1, usize::from);
        let file = |path: &str| fs::read_to_string(path).unwrap_or_default();
        let model = field(&file("/proc/cpuinfo"), "model name").unwrap_or("unknown".to_owned());
        let kib = field(&file("/proc/meminfo"), "MemTotal")
            .and_then(|text| text.split(' ').next()?.parse::<u64>().ok());
        let changed = git(root, &["status", "--porcelain"]).is_none_or(|text| !text.is_empty());
        let commit = git(root, &["log", "-1", "--format=%h of %cs"]).unwrap_or_default();
        Self {
            processor: format!("{model}, {cores} cores"),
            memory: kib.map_or("unknown".to_owned(), |kib| format!("{} MB", kib / 1000)),
            system: format!(
                "{} {}",
                std::env::consts::OS,
                file("/proc/sys/kernel/osrelease").trim()
            ),
            commit: format!("{commit}{}", if changed { "+" } else { "" }),
        }
    }
}

fn field(text: &str, name: &str) -> Option<String> {
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

fn git(root: &Path, arguments: &[&str]) -> Option<String> {
    let output = Command::new("git")
        .args(arguments)
        .current_dir(root)
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
