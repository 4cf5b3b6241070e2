//! Reports in fields: delivery status (RFC 3464) and complaints (RFC 5965).

use super::address::addresses_in;
use super::code::EnhancedCode;
use super::judge::{By, Evidence, Step};
use super::mail::Mail;
use super::{Class, Notice};
use crate::mail::MailAddress;

/// A block of fields, unfolded.
type Fields = Vec<(String, String)>;

/// A notice for each recipient that the reports speak of.
pub(super) fn notices(mail: &Mail) -> Vec<Notice> {
    let mut blocks: Vec<Fields> = mail.reports.iter().flat_map(|text| blocks(text)).collect();
    if blocks.is_empty() {
        // A report whose parts went astray stands in the text.
        blocks = blocks_of(&mail.human);
    }
    let is_recipient = |fields: &Fields| {
        ["final-recipient", "original-recipient"]
            .iter()
            .any(|name| field(fields, name).is_some())
    };
    let found: Vec<&Fields> = blocks
        .iter()
        .filter(|fields| is_recipient(fields))
        .collect();
    let alone = found.len() == 1;
    found
        .into_iter()
        .map(|fields| notice(mail, fields, alone))
        .collect()
}

fn blocks_of(text: &str) -> Vec<Fields> {
    if text.to_ascii_lowercase().contains("final-recipient:") {
        blocks(text)
    } else {
        Vec::new()
    }
}

fn notice(mail: &Mail, fields: &Fields, alone: bool) -> Notice {
    let address = recipient(mail, fields);
    let action = field(fields, "action")
        .unwrap_or_default()
        .to_ascii_lowercase();
    let diagnostic = field(fields, "diagnostic-code").unwrap_or_default();
    // `smtp; 550 …`: what stands before is the kind of code.
    let said = diagnostic
        .split_once(';')
        .map_or(diagnostic, |(_, said)| said);
    let status = field(fields, "status").unwrap_or_default();
    let explained = explanation(mail, address.as_ref(), alone);
    // `Status: 5.1.10 (host does not accept mail)` says something too.
    let comment = status.split_once('(').map_or("", |(_, comment)| comment);
    let evidence = Evidence {
        status: EnhancedCode::first_in(status),
        text: format!("{} {}", said.trim(), comment.trim_end_matches(')')),
        step: step(said, comment, &explained),
        by_program: diagnostic.to_ascii_lowercase().starts_with("x-unix"),
    };
    let ended = |class| Notice {
        code: evidence.code(),
        ..Notice::of(class, By::Report, address.clone(), &evidence.text)
    };
    if action.starts_with("delivered")
        || action.starts_with("relayed")
        || action.starts_with("expanded")
    {
        return ended(Class::Delivered);
    }
    if action.starts_with("delayed") {
        return ended(Class::Delayed);
    }
    let notice = Notice::judged(address.clone(), &evidence);
    let says_little = matches!(notice.class, Class::Unknown | Class::Temporary)
        && matches!(notice.by, By::Nothing | By::Reply(_) | By::Code(_));
    if !says_little || explained.is_empty() {
        return notice;
    }
    // What people are to read often says what the fields do not.
    let wider = Evidence {
        text: format!("{} {explained}", evidence.text),
        ..evidence
    };
    let told = Notice::judged(address, &wider);
    if told.class == Class::Unknown {
        notice
    } else {
        told
    }
}

/// The address: the one that was written to, not the one that it was forwarded to.
fn recipient(mail: &Mail, fields: &Fields) -> Option<MailAddress> {
    let of = |name: &str| {
        let text = field(fields, name)?;
        let text = text.split_once(';').map_or(text, |(_, text)| text);
        addresses_in(text, 1).pop()
    };
    let last = of("final-recipient");
    let first =
        of("original-recipient").or_else(|| of("x-actual-recipient").filter(|_| last.is_none()));
    let written_to = mail.written_to();
    let was_written_to = |address: &MailAddress| {
        written_to
            .iter()
            .any(|to| super::address::is_same(to, address))
    };
    match (first, last) {
        (Some(first), Some(last)) if !was_written_to(&first) && was_written_to(&last) => Some(last),
        (Some(first), _) => Some(first),
        (None, last) => last.or_else(|| written_to.into_iter().next()),
    }
}

/// What is said of an address in the text for people.
fn explanation(mail: &Mail, address: Option<&MailAddress>, alone: bool) -> String {
    if alone {
        return mail.human.clone();
    }
    let Some(address) = address else {
        return String::new();
    };
    let sections = super::sections::sections(mail);
    let found = sections
        .into_iter()
        .find(|(own, _)| super::address::is_same(own, address));
    found.map(|(_, text)| text).unwrap_or_default()
}

/// The step that is told nearest to what was said.
fn step(said: &str, comment: &str, explained: &str) -> Step {
    let told = [said, comment, explained].map(Step::told_in);
    let told = told.into_iter().find(|step| *step != Step::Untold);
    told.unwrap_or_default()
}

/// A complaint for each address that it names.
pub(super) fn complaints(mail: &Mail, feedback: &str) -> Vec<Notice> {
    let fields: Fields = blocks(feedback).into_iter().flatten().collect();
    let kind = field(&fields, "feedback-type").unwrap_or("abuse");
    let kind = kind.to_ascii_lowercase();
    let class = if kind.starts_with("auth-failure") {
        Class::Configuration
    } else if kind.starts_with("not-spam") {
        Class::Delivered
    } else {
        Class::Complaint
    };
    let named = fields.iter().filter(|(name, _)| {
        matches!(
            name.as_str(),
            "original-rcpt-to" | "removal-recipient" | "redacted-address"
        )
    });
    let mut addresses: Vec<MailAddress> = Vec::new();
    for address in named.flat_map(|(_, text)| addresses_in(text, 20)) {
        if !addresses
            .iter()
            .any(|known| super::address::is_same(known, &address))
        {
            addresses.push(address);
        }
    }
    if addresses.is_empty() {
        addresses = mail.written_to();
    }
    let said = format!("feedback-type: {kind}");
    if addresses.is_empty() {
        return vec![Notice::of(class, By::Report, None, &said)];
    }
    let of = |address| Notice::of(class, By::Report, Some(address), &said);
    addresses.into_iter().map(of).collect()
}

/// A complaint without a report, as Outlook sends it, or a letter to the address that ends a
/// subscription.
pub(super) fn complaint_in_words(mail: &Mail) -> Option<Notice> {
    let subject = mail
        .header("Subject")
        .unwrap_or_default()
        .trim()
        .to_lowercase();
    if subject.starts_with("complaint about message from") {
        let address = mail.written_to().into_iter().next();
        return Some(Notice::of(Class::Complaint, By::Header, address, &subject));
    }
    let wants_no_more = matches!(
        subject.as_str(),
        "unsubscribe" | "unsub" | "cancellami" | "disiscrivimi" | "cancella iscrizione"
    );
    if !wants_no_more {
        return None;
    }
    let from = mail.header("From").unwrap_or_default();
    let address = addresses_in(from, 1).pop();
    Some(Notice::of(
        Class::Unsubscribed,
        By::Header,
        address,
        &subject,
    ))
}

/// Blocks of fields, divided by empty lines.
fn blocks(text: &str) -> Vec<Fields> {
    let mut blocks: Vec<Fields> = vec![Vec::new()];
    for line in text.lines() {
        if line.trim().is_empty() {
            blocks.push(Vec::new());
            continue;
        }
        let Some(block) = blocks.last_mut() else {
            continue;
        };
        if line.starts_with([' ', '\t'])
            && let Some((_, value)) = block.last_mut()
        {
            value.push(' ');
            value.push_str(line.trim());
        } else if let Some((name, value)) = line.split_once(':')
            && !name.contains(' ')
        {
            block.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    blocks.retain(|block| !block.is_empty());
    blocks
}

fn field<'f>(fields: &'f Fields, name: &str) -> Option<&'f str> {
    let found = fields.iter().find(|(own, _)| own == name);
    found.map(|(_, value)| value.as_str())
}
