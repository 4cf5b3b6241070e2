//! What the system says of a process: memory and processor (Linux, proc(5)).

use std::fs;
use std::path::Path;

use anyhow::Context;

/// Clock ticks of `/proc/PID/stat` in a second: fixed on Linux for programs (`USER_HZ`).
const TICKS_PER_S: f64 = 100.0;

/// Memory, in megabytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Memory {
    /// Now.
    pub(super) now_mb: f64,
    /// At most, so far.
    pub(super) peak_mb: f64,
}

/// Resident memory of a process.
///
/// # Errors
/// If there is no such process, or no `/proc`.
pub(super) fn memory(pid: u32) -> anyhow::Result<Memory> {
    let text = fs::read_to_string(format!("/proc/{pid}/status")).context("reading /proc")?;
    let value = |name: &str| {
        let line = text.lines().find(|line| line.starts_with(name))?;
        line.split_whitespace().nth(1)?.parse::<f64>().ok()
    };
    Ok(Memory {
        now_mb: value("VmRSS:").context("no VmRSS")? / 1024.0,
        peak_mb: value("VmHWM:").context("no VmHWM")? / 1024.0,
    })
}

/// Seconds of processor that a process has used.
///
/// # Errors
/// If there is no such process, or no `/proc`.
pub(super) fn processor_s(pid: u32) -> anyhow::Result<f64> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).context("reading /proc")?;
    // The name, in brackets, may hold spaces: the fields are counted behind it.
    let (_, fields) = text.rsplit_once(')').context("an odd stat line")?;
    let ticks: f64 = fields
        .split_whitespace()
        .skip(11)
        .take(2)
        .map(|field| field.parse::<f64>().unwrap_or(0.0))
        .sum();
    Ok(ticks / TICKS_PER_S)
}

/// Bytes of the files below a folder.
///
/// # Errors
/// If it cannot be read.
pub(super) fn folder_bytes(folder: &Path) -> anyhow::Result<u64> {
    let mut sum = 0;
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            sum += folder_bytes(&entry.path())?;
        } else if kind.is_file() {
            sum += entry.metadata()?.len();
        }
    }
    Ok(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_process_has_memory_and_time() {
        let memory = memory(std::process::id()).unwrap();
        assert!(memory.now_mb > 0.5 && memory.peak_mb >= memory.now_mb);
        assert!(processor_s(std::process::id()).unwrap() >= 0.0);
    }
}
