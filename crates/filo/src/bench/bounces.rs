//! `filo bench bounces`: how rightly mail that came back is read, on mails with known answers.
//! In process; the answers are read after the mails.
//!
//! Sisimai's set of real bounces says of each a reason in its own words; what they mean here
//! stands in [`meant`]. Its `filtered` says of itself that it cannot tell a missing mailbox from
//! a filter, so the figures are given with those rows and without.
//!
//! **Invariant:** nothing is learned from the answers.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context;
use filo_core::id::WorkspaceKey;
use filo_core::mail::returned::{Class, Consequence, Notice, read, what_follows};
use filo_core::time::Timestamp;

use super::figure::{Sheet, real};
use super::process;

/// What is read.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Brought {
    /// Bounces: a folder of mails, a file each.
    #[arg(long, value_name = "FOLDER")]
    mails: Option<PathBuf>,
    /// Bounces: what each of them says (`file,n,dsn,replycode,reason,hardbounce,feedbacktype`, and
    /// `address` where it is known).
    #[arg(long, value_name = "CSV")]
    expected: Option<PathBuf>,
}

impl Brought {
    /// The size in words, as the figures carry it.
    pub(super) fn size(&self) -> String {
        match &self.mails {
            Some(folder) => folder.display().to_string(),
            None => "nothing".to_owned(),
        }
    }
}

/// What one row of the answers says.
#[derive(Debug)]
struct Answer {
    code: String,
    reason: String,
    hard: bool,
    address: Option<String>,
}

/// Counts of what was right.
#[derive(Debug, Default)]
pub(super) struct Score {
    rows: u64,
    hard_soft: u64,
    class: u64,
    certain: u64,
    certain_hard_soft: u64,
    certain_class: u64,
    addresses: u64,
    address: u64,
    policy_suppressed: u64,
}

/// Measures.
///
/// # Errors
/// If a file cannot be read.
pub(super) fn measure(brought: &Brought, sheet: &Sheet) -> anyhow::Result<()> {
    let (Some(folder), Some(expected)) = (&brought.mails, &brought.expected) else {
        anyhow::bail!("say --mails FOLDER and --expected CSV");
    };
    let begun_s = process::processor_s(std::process::id())?;
    let score = score(folder, expected)?;
    let seconds = process::processor_s(std::process::id())? - begun_s;
    let share = |part: u64, whole: u64| real(part) / real(whole.max(1));
    sheet.figure("notices", real(score.rows), "notices");
    sheet.figure(
        "hard_soft_right",
        share(score.hard_soft, score.rows),
        "share",
    );
    sheet.figure("class_right", share(score.class, score.rows), "share");
    sheet.figure(
        "address_right",
        share(score.address, score.addresses),
        "share",
    );
    sheet.figure("policy_suppressed", real(score.policy_suppressed), "people");
    sheet.figure(
        "hard_soft_right_certain",
        share(score.certain_hard_soft, score.certain),
        "share",
    );
    sheet.figure(
        "class_right_certain",
        share(score.certain_class, score.certain),
        "share",
    );
    sheet.figure("certain_notices", real(score.certain), "notices");
    sheet.figure("seconds", seconds, "s of CPU");
    sheet.remark(
        "certain: without the rows whose answer is `filtered`, which by its own definition does \
         not tell a missing mailbox from a filter; an address is right if the mail itself names \
         it as the one that failed",
    );
    Ok(())
}

/// Reads every mail of the answers and counts.
fn score(folder: &Path, expected: &Path) -> anyhow::Result<Score> {
    let mut score = Score::default();
    for (file, answers) in answers(expected)? {
        let path = folder.join(&file);
        let raw = std::fs::read(&path).with_context(|| path.display().to_string())?;
        let found = read(&raw, &WorkspaceKey([0; 32])).with_context(|| file.clone())?;
        for (index, answer) in answers.iter().enumerate() {
            score.count(answer, found.get(index), &raw);
        }
    }
    Ok(score)
}

impl Score {
    fn count(&mut self, answer: &Answer, notice: Option<&Notice>, raw: &[u8]) {
        let class = notice.map(|notice| notice.class);
        let hard = class == Some(Class::AddressDead);
        let hard_soft = hard == answer.hard;
        let right = class.is_some_and(|class| is_right(answer, class));
        self.rows += 1;
        self.hard_soft += u64::from(hard_soft);
        self.class += u64::from(right);
        if answer.reason != "filtered" {
            self.certain += 1;
            self.certain_hard_soft += u64::from(hard_soft);
            self.certain_class += u64::from(right);
        }
        let follows = class.map(|class| what_follows(class, &[], Timestamp(0)));
        let is_ours = meant(&answer.reason).contains(&Class::Policy);
        let suppressed = follows == Some(Consequence::PutAside);
        // `filtered` may be a missing mailbox after all: only certain answers are counted.
        if is_ours && answer.reason != "filtered" && suppressed {
            self.policy_suppressed += 1;
        }
        if matches!(answer.reason.as_str(), "vacation") {
            return;
        }
        self.addresses += 1;
        let address = notice.and_then(|notice| notice.address.as_ref());
        let address = address.map(|it| it.as_str().to_ascii_lowercase());
        self.address += u64::from(match (&answer.address, &address) {
            (Some(known), Some(found)) => known.eq_ignore_ascii_case(found),
            (Some(_), None) | (None, None) => false,
            (None, Some(found)) => is_named_as_failed(raw, found),
        });
    }
}

/// Whether a mail itself names an address as the one that failed: in a field of a report, or in
/// a line of its text, and not as the one to whom the notice is sent.
fn is_named_as_failed(raw: &[u8], address: &str) -> bool {
    let text = String::from_utf8_lossy(raw).to_ascii_lowercase();
    let fields = [
        "final-recipient:",
        "original-recipient:",
        "x-failed-recipients:",
        "original-rcpt-to:",
        "removal-recipient:",
        "x-actual-recipient:",
        "redacted-address:",
    ];
    let bare = address.replace('"', "");
    let holds = |line: &str| line.replace('"', "").contains(&bare);
    let named = |line: &&str| {
        fields
            .iter()
            .any(|field| line.trim_start().starts_with(field))
    };
    let told: Vec<&str> = text.lines().filter(named).collect();
    if !told.is_empty() && told.iter().any(|line| holds(line)) {
        return true;
    }
    let (head, body) = text
        .split_once("\n\n")
        .or_else(|| text.split_once("\r\n\r\n"))
        .unwrap_or((&text, ""));
    let to_sender = head.lines().filter(|line| line.starts_with("to:"));
    let is_sender = to_sender.into_iter().any(&holds);
    told.is_empty() && !is_sender && body.lines().any(holds)
}

fn answers(path: &Path) -> anyhow::Result<BTreeMap<String, Vec<Answer>>> {
    let mut reader = csv::Reader::from_path(path).with_context(|| path.display().to_string())?;
    let headers = reader.headers()?.clone();
    let column = |name: &str| headers.iter().position(|header| header == name);
    let mut found: BTreeMap<String, Vec<Answer>> = BTreeMap::new();
    for record in reader.records() {
        let record = record?;
        let field = |name: &str| {
            column(name)
                .and_then(|at| record.get(at))
                .unwrap_or_default()
        };
        let address = field("address");
        let answer = Answer {
            code: field("dsn").to_owned(),
            reason: field("reason").to_owned(),
            hard: field("hardbounce") == "1",
            address: (!address.is_empty()).then(|| address.to_owned()),
        };
        found
            .entry(field("file").to_owned())
            .or_default()
            .push(answer);
    }
    Ok(found)
}

fn is_right(answer: &Answer, class: Class) -> bool {
    // What is said of a message that is still tried is that it is delayed, whatever the reason.
    let is_delay = class == Class::Delayed && answer.code.starts_with('4');
    is_delay || meant(&answer.reason).contains(&class)
}

/// What Sisimai's reasons mean here; several where one reason holds several things, or where two
/// classes have the same consequence.
fn meant(reason: &str) -> &'static [Class] {
    match reason {
        "userunknown" | "hostunknown" | "hasmoved" | "notaccept" => &[Class::AddressDead],
        "mailboxfull" => &[Class::MailboxFull],
        "mesgtoobig" | "exceedlimit" => &[Class::TooLarge],
        "suspend" => &[Class::AccountDisabled],
        "expired" => &[Class::Temporary, Class::Delayed],
        "networkerror" | "systemerror" | "mailererror" => &[Class::Temporary],
        "blocked" | "badreputation" | "spamdetected" | "policyviolation" | "rejected"
        | "virusdetected" | "contenterror" | "speeding" | "securityerror" | "norelaying"
        | "authfailure" | "requireptr" | "notcompliantrfc" => {
            &[Class::Policy, Class::Configuration]
        }
        "toomanyconn" => &[Class::Policy, Class::Temporary],
        "filtered" => &[Class::Unknown, Class::Policy],
        "onhold" | "undefined" | "syntaxerror" => &[Class::Unknown, Class::Temporary],
        // A report of a failed signature is no complaint of a person.
        "feedback" => &[Class::Complaint, Class::Unsubscribed, Class::Configuration],
        "vacation" => &[Class::AutoReply],
        "delivered" => &[Class::Delivered],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_mails_are_read_rightly() {
        let folders = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
        let mut found = folders.map(|folder| folder.join("shared/data/bounces"));
        let Some(folder) = found.find(|path| path.exists()) else {
            return println!("skipped: the bounces are not beside this checkout");
        };
        let score = score(&folder.join("mails"), &folder.join("expected.csv")).unwrap();
        let share = |part: u64, whole: u64| real(part) / real(whole);
        assert_eq!(score.policy_suppressed, 0);
        assert!(share(score.address, score.addresses) >= 0.95, "{score:?}");
        let certain = share(score.certain_hard_soft, score.certain);
        assert!(certain >= 0.97, "{score:?}");
        assert!(
            share(score.certain_class, score.certain) >= 0.95,
            "{score:?}"
        );
        assert!(share(score.hard_soft, score.rows) >= 0.93, "{score:?}");
    }

    #[test]
    fn every_class_that_is_meant_is_known() {
        assert!(meant("userunknown").contains(&Class::AddressDead));
        assert!(meant("no reason").is_empty());
        assert!(is_named_as_failed(
            b"To: a@b.it\n\n<c@d.it>: unknown\n",
            "c@d.it"
        ));
        assert!(!is_named_as_failed(b"To: a@b.it\n\na@b.it\n", "a@b.it"));
    }
}
