//! The crates of the workspace and what they depend on, as cargo says.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    Normal,
    Test,
    Build,
}

#[derive(Debug)]
pub(super) struct Dependency {
    pub(super) name: String,
    pub(super) need: Need,
}

#[derive(Debug)]
pub(super) struct Member {
    pub(super) name: String,
    pub(super) dependencies: Vec<Dependency>,
}

/// What `cargo metadata` knows of our own crates.
#[derive(Debug)]
pub(super) struct Workspace {
    pub(super) members: Vec<Member>,
}

impl Workspace {
    pub(super) fn read(root: &Path) -> Result<Self> {
        let output = Command::new("cargo")
            .args([
                "metadata",
                "--format-version",
                "1",
                "--no-deps",
                "--offline",
            ])
            .current_dir(root)
            .output()
            .context("asking cargo for the crates")?;
        ensure!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let metadata = serde_json::from_slice(&output.stdout).context("reading cargo metadata")?;
        Ok(Self::from_metadata(&metadata))
    }

    pub(super) fn from_metadata(metadata: &Value) -> Self {
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let name = |value: &Value| value["name"].as_str().unwrap_or_default().to_owned();
        let members = list(&metadata["packages"])
            .iter()
            .map(|package| Member {
                name: name(package),
                dependencies: list(&package["dependencies"])
                    .iter()
                    .map(|dependency| Dependency {
                        name: name(dependency),
                        need: match dependency["kind"].as_str() {
                            Some("dev") => Need::Test,
                            Some("build") => Need::Build,
                            _ => Need::Normal,
                        },
                    })
                    .collect(),
            })
            .collect();
        Self { members }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.members.iter().any(|member| member.name == name)
    }
}
