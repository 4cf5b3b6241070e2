//! Which crate may lean on which.

use super::Finding;
use super::workspace::{Dependency, Member, Need, Workspace};

/// What each crate may lean on. `filo` puts the parts together, so it sees them all; the web sees
/// the use cases and the nouns, not the tables.
const ARROWS: [(&str, &[&str]); 12] = [
    ("filo-stats", &[]),
    ("filo-core", &["filo-stats"]),
    ("filo-store", &["filo-core"]),
    ("filo-lake", &["filo-core"]),
    ("filo-connect", &["filo-core"]),
    (
        "filo-app",
        &[
            "filo-store",
            "filo-lake",
            "filo-connect",
            "filo-core",
            "filo-stats",
        ],
    ),
    ("filo-assets", &[]),
    ("filo-web", &["filo-app", "filo-core", "filo-assets"]),
    (
        "filo",
        &[
            "filo-web",
            "filo-app",
            "filo-store",
            "filo-lake",
            "filo-connect",
            "filo-core",
            "filo-stats",
        ],
    ),
    (
        "filo-testkit",
        &[
            "filo-web",
            "filo-app",
            "filo-store",
            "filo-lake",
            "filo-connect",
            "filo-core",
        ],
    ),
    ("filo-faults", &["filo-app", "filo-store", "filo-core"]),
    ("xtask", &[]),
];

/// Crates that tests lean on, and nothing else.
const DEVELOPMENT: [&str; 2] = ["filo-testkit", "filo-faults"];

/// Foreign crates that have one place.
const ONE_PLACE: [(&str, &[&str], &str); 5] = [
    ("sqlx", &["filo-store"], "SQL lives only in filo-store"),
    (
        "parquet",
        &["filo-lake"],
        "the lake is the only one that knows its files",
    ),
    (
        "datafusion",
        &["filo-lake"],
        "two thirds of a cold build stay behind one feature",
    ),
    (
        "axum",
        &["filo-web"],
        "only the web speaks HTTP to the outside",
    ),
    (
        "reqwest",
        &["filo-connect"],
        "one guarded client opens connections",
    ),
];

/// The core cannot fail for outside reasons because it cannot reach them.
const NOT_IN_CORE: [&str; 6] = ["tokio", "hyper", "rand", "tracing", "maud", "anyhow"];

const WHY: &str = "each crate keeps out what the one below must not know (ARCHITECTURE.md)";

pub(super) fn check(workspace: &Workspace) -> Vec<Finding> {
    workspace
        .members
        .iter()
        .flat_map(|member| check_member(member, workspace))
        .collect()
}

fn check_member(member: &Member, workspace: &Workspace) -> Vec<Finding> {
    let place = format!("crate {}", member.name);
    let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == member.name) else {
        return vec![Finding {
            place,
            what: "is not in the table of xtask/src/tidy/arrows.rs".to_owned(),
            why: WHY,
        }];
    };
    let mut findings = Vec::new();
    for dependency in &member.dependencies {
        let ours = workspace.has(&dependency.name);
        let (wrong, why) = if ours {
            (!may_lean(dependency, allowed), WHY)
        } else {
            out_of_place(&member.name, dependency)
        };
        if wrong {
            let what = format!("leans on {}, which no arrow allows", dependency.name);
            findings.push(Finding {
                place: place.clone(),
                what,
                why,
            });
        }
    }
    findings
}

fn may_lean(dependency: &Dependency, allowed: &[&str]) -> bool {
    let name = dependency.name.as_str();
    match dependency.need {
        Need::Normal => allowed.contains(&name),
        Need::Test => allowed.contains(&name) || DEVELOPMENT.contains(&name),
        Need::Build => false,
    }
}

fn out_of_place(member: &str, dependency: &Dependency) -> (bool, &'static str) {
    if dependency.need != Need::Normal {
        return (false, "");
    }
    let name = dependency.name.as_str();
    if member == "filo-core" && NOT_IN_CORE.contains(&name) {
        return (
            true,
            "the core has no I/O, clock, chance or async, so it cannot fail for them",
        );
    }
    ONE_PLACE
        .iter()
        .find(|(foreign, _, _)| *foreign == name)
        .map_or((false, ""), |(_, places, why)| {
            (!places.contains(&member), *why)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace(crates: &serde_json::Value) -> Workspace {
        Workspace::from_metadata(&serde_json::json!({ "packages": crates }))
    }

    fn broken(crates: &serde_json::Value) -> Vec<String> {
        check(&workspace(crates))
            .into_iter()
            .map(|finding| finding.what)
            .collect()
    }

    #[test]
    fn arrows_that_point_down_are_allowed() {
        assert!(
            broken(&serde_json::json!([
                {"name": "filo-core", "dependencies": [{"name": "filo-stats", "kind": null}]},
                {"name": "filo-stats", "dependencies": []},
                {"name": "filo-web", "dependencies": [
                    {"name": "filo-core", "kind": null}, {"name": "axum", "kind": null},
                    {"name": "filo-testkit", "kind": "dev"}]},
                {"name": "filo-testkit", "dependencies": [{"name": "filo-web", "kind": null}]},
            ]))
            .is_empty()
        );
    }

    #[test]
    fn every_other_arrow_is_found() {
        for (from, to, kind) in [
            ("filo-core", "filo-store", None),
            ("filo-web", "filo-store", None),
            ("filo-app", "filo-testkit", None),
            ("filo-store", "filo-lake", Some("dev")),
            ("filo-app", "filo-assets", Some("build")),
            ("filo-core", "tokio", None),
            ("filo-web", "sqlx", None),
        ] {
            let found = broken(&serde_json::json!([
                {"name": from, "dependencies": [{"name": to, "kind": kind}]},
                {"name": "filo-store", "dependencies": []},
                {"name": "filo-testkit", "dependencies": []},
                {"name": "filo-lake", "dependencies": []},
                {"name": "filo-assets", "dependencies": []},
            ]));
            assert_eq!(found.len(), 1, "{from} → {to}: {found:?}");
            assert!(found[0].contains(to));
        }
    }

    #[test]
    fn a_crate_that_nobody_placed_is_found() {
        assert_eq!(
            broken(&serde_json::json!([{"name": "filo-x", "dependencies": []}])).len(),
            1
        );
    }
}
