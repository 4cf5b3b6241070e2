//! The rules of STYLE.md that no compiler checks, one per file.
//!
//! **Invariant:** a finding says the rule, the reason and the place; an exception to a rule is
//! listed beside it with its reason, and is itself a finding once nothing needs it.

mod arrows;
mod book;
mod catalogue;
mod documents;
mod heads;
mod leftovers;
mod length;
mod lints;
mod names;
mod printing;
mod rust_text;
mod source;
mod sql;
mod workspace;

use std::fmt;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;

use source::Source;
use workspace::Workspace;

/// A rule broken at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Finding {
    /// File, with the line where there is one.
    place: String,
    /// What is not as it should be.
    what: String,
    /// Why the rule is there.
    why: &'static str,
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "{}: {}\n    because {}",
            self.place, self.what, self.why
        )
    }
}

/// Every rule, with the name under which the result is printed.
type Check = (&'static str, fn(&[Source], &Workspace) -> Vec<Finding>);

const CHECKS: [Check; 11] = [
    ("arrows between crates", |_, workspace| {
        arrows::check(workspace)
    }),
    ("length of files", |sources, _| length::check(sources)),
    ("heads of files", |sources, _| heads::check(sources)),
    ("lints of crates", |sources, _| lints::check(sources)),
    ("names of modules", |sources, _| names::check(sources)),
    ("place of SQL", |sources, _| sql::check(sources)),
    ("place of printing", |sources, _| printing::check(sources)),
    ("parity of the catalogues", |sources, _| {
        catalogue::check(sources)
    }),
    ("documents", documents::check),
    ("the book's two languages", |sources, _| {
        book::check(sources)
    }),
    ("leftovers", |sources, _| leftovers::check(sources)),
];

pub(crate) fn run(root: &Path) -> Result<ExitCode> {
    let sources = source::read_all(root)?;
    let workspace = Workspace::read(root)?;
    let mut broken = 0;
    for (name, check) in CHECKS {
        let findings = check(&sources, &workspace);
        let result = if findings.is_empty() { "ok" } else { "BROKEN" };
        println!("tidy: {name}: {result}");
        for finding in &findings {
            println!("  {finding}");
        }
        broken += findings.len();
    }
    if broken == 0 {
        return Ok(ExitCode::SUCCESS);
    }
    println!("tidy: {broken} to mend in {} files", sources.len());
    Ok(ExitCode::FAILURE)
}
