//! Builds `web/` with esbuild and writes the list of embedded files.
//!
//! **Invariant:** a missing Node or an unreachable registry never breaks the build: it gives a
//! warning and an empty bundle, and the next build tries again. `FILO_WEB=required` (releases)
//! makes the failure fatal; `FILO_WEB_DIST=folder` takes ready files and needs no Node.

use std::env::var_os;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hasher};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// What is built: the source, and the name under which it is served.
const BUNDLES: [(&str, &str); 3] = [
    ("src/tracker.ts", "filo.js"),
    ("src/push.ts", "push.js"),
    ("src/messages.ts", "messages.js"),
];

fn main() -> ExitCode {
    let web = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web");
    let out = PathBuf::from(var_os("OUT_DIR").unwrap_or_default());
    let dist = out.join("dist");
    watch(&web);
    let given = var_os("FILO_WEB_DIST").map(PathBuf::from);
    let fatal = given.is_some() || var_os("FILO_WEB").is_some_and(|value| value == "required");
    let built = fs::create_dir_all(&dist)
        .map_err(|why| why.to_string())
        .and_then(|()| match &given {
            Some(folder) => copy(folder, &dist),
            None => build(&web, &dist),
        });
    if let Err(reason) = built {
        if fatal {
            println!("cargo::error=the web bundle could not be built: {reason}");
            return ExitCode::FAILURE;
        }
        println!("cargo::warning=no web bundle, filo.js will be empty: {reason}");
        // A file that never exists is always newer: the next build tries again.
        println!(
            "cargo::rerun-if-changed={}",
            out.join("try-again").display()
        );
        let _emptied = fs::remove_dir_all(&dist);
    }
    match embed(&dist, &out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            println!("cargo::error=the list of web files could not be written: {reason}");
            ExitCode::FAILURE
        }
    }
}

fn watch(web: &Path) {
    for name in ["src", "package.json", "package-lock.json"] {
        println!("cargo::rerun-if-changed={}", web.join(name).display());
    }
    println!("cargo::rerun-if-env-changed=FILO_WEB");
    println!("cargo::rerun-if-env-changed=FILO_WEB_DIST");
}

fn copy(from: &Path, dist: &Path) -> Result<(), String> {
    for (_, name) in BUNDLES {
        let source = from.join(name);
        fs::copy(&source, dist.join(name)).map_err(|why| format!("{}: {why}", source.display()))?;
    }
    Ok(())
}

fn build(web: &Path, dist: &Path) -> Result<(), String> {
    // An editor and a terminal build at the same time, in folders of their own, over the same
    // node_modules: one installs, the other waits.
    fs::create_dir_all(web.join("dist")).map_err(|why| format!("web/dist: {why}"))?;
    let lock =
        File::create(web.join("dist/.lock")).map_err(|why| format!("web/dist/.lock: {why}"))?;
    lock.lock()
        .map_err(|why| format!("locking web/dist/.lock: {why}"))?;
    if install_is_stale(web) {
        // Only what the bundle needs; without scripts, because installing is not running.
        run(Command::new("npm")
            .args([
                "ci",
                "--ignore-scripts",
                "--omit=dev",
                "--no-audit",
                "--no-fund",
            ])
            .args(["--loglevel=error", "--fetch-retries=1"])
            .current_dir(web))?;
    }
    for (source, name) in BUNDLES {
        run(Command::new("node")
            .args([
                "node_modules/esbuild/bin/esbuild",
                source,
                "--bundle",
                "--minify",
            ])
            // Browsers of 2020 and later: what older ones need would make every page heavier.
            .args(["--target=es2020", "--format=iife", "--charset=utf8"])
            .arg("--loader:.css=text")
            .args(["--legal-comments=none", "--log-level=warning"])
            .arg(format!("--outfile={}", dist.join(name).display()))
            .current_dir(web))?;
    }
    Ok(())
}

/// Installed from an older lock file, or not at all.
fn install_is_stale(web: &Path) -> bool {
    let changed = |name: &str| fs::metadata(web.join(name)).and_then(|file| file.modified());
    match (
        changed("node_modules/.package-lock.json"),
        changed("package-lock.json"),
    ) {
        (Ok(installed), Ok(wanted)) => installed < wanted,
        _ => true,
    }
}

fn run(command: &mut Command) -> Result<(), String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command
        .output()
        .map_err(|why| format!("{program}: {why}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let line = said
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or("no message");
    Err(format!("{program} ended with {}: {line}", output.status))
}

/// Writes `assets.rs`: name, bytes, the same compressed, and a tag that follows the content.
fn embed(dist: &Path, out: &Path) -> std::io::Result<()> {
    let mut list = String::from("pub(crate) static ASSETS: &[Asset] = &[\n");
    for (_, name) in BUNDLES {
        let path = dist.join(name);
        let Ok(bytes) = fs::read(&path) else { continue };
        let packed = dist.join(format!("{name}.gz"));
        let mut encoder =
            flate2::write::GzEncoder::new(File::create(&packed)?, flate2::Compression::best());
        encoder.write_all(&bytes)?;
        encoder.finish()?;
        let mut hasher = DefaultHasher::new();
        hasher.write(&bytes);
        let tag = format!("\"{:016x}\"", hasher.finish());
        let _never = writeln!(
            list,
            "    Asset {{ name: {name:?}, bytes: include_bytes!({path:?}), \
             gzip: include_bytes!({packed:?}), etag: {tag:?} }},"
        );
    }
    list.push_str("];\n");
    fs::write(out.join("assets.rs"), list)
}
