//! Notices that only people were meant to read: a text that names addresses and says of each
//! what happened.

use super::address::{addresses_in, is_same, leading};
use super::judge::{Evidence, Step};
use super::mail::Mail;
use super::phrases;
use super::{By, Class, Notice};
use crate::mail::MailAddress;

/// Lines that are looked at.
const LINES_MOST: usize = 400;

/// A notice for each address that a text says something of.
pub(super) fn notices(mail: &Mail) -> Vec<Notice> {
    let subject = mail.header("Subject").unwrap_or_default();
    let whole = format!("{} {subject}", mail.human).to_lowercase();
    let is_delayed = phrases::first_of(phrases::DELAYED, &whole);
    let of = |(address, text): (Option<MailAddress>, String)| {
        if let Some(words) = is_delayed {
            return Notice::of(Class::Delayed, By::Words(words), address, &text);
        }
        let evidence = Evidence {
            step: Step::told_in(&text),
            text,
            ..Evidence::default()
        };
        let is_group = address.as_ref().is_some_and(is_group);
        let notice = Notice::judged(address, &evidence);
        match notice.class {
            Class::Unknown if is_group => Notice {
                class: Class::Policy,
                by: By::Header,
                ..notice
            },
            _ => notice,
        }
    };
    let sections = sections(mail);
    if sections.len() > 1 {
        let each = sections
            .into_iter()
            .map(|(address, text)| (Some(address), text));
        return each.map(of).collect();
    }
    // One address: all of the text is about it.
    let address = sections.into_iter().next().map(|(address, _)| address);
    let address = address.or_else(|| failed_by_header(mail));
    let address = address.or_else(|| mail.written_to().into_iter().next());
    vec![of((address, format!("{} {subject}", mail.human)))]
}

/// Exim and Gmail name who failed in a header.
fn failed_by_header(mail: &Mail) -> Option<MailAddress> {
    let text = mail.header("X-Failed-Recipients")?;
    addresses_in(text, 1).pop()
}

/// What a text says, by address: a line that begins with an address opens its section; in the
/// transcript of a conversation it closes it (`550 <a@b.it>... User unknown`).
pub(super) fn sections(mail: &Mail) -> Vec<(MailAddress, String)> {
    let own = mail.own_addresses();
    let is_other = |address: &MailAddress| !own.iter().any(|it| is_same(it, address));
    let is_transcript = mail.human.contains("<<< ") || mail.human.contains("Transcript of session");
    let mut found: Vec<(MailAddress, String)> = Vec::new();
    let mut before = String::new();
    for line in mail.human.lines().take(LINES_MOST) {
        let opening = opening(line).filter(|(address, _)| is_other(address) && !is_role(address));
        match opening {
            Some((address, rest)) => {
                let text = if is_transcript {
                    format!("{} {rest}", std::mem::take(&mut before))
                } else {
                    rest.to_owned()
                };
                add(&mut found, address, &text);
            }
            None if is_transcript => {
                before.push(' ');
                before.push_str(line);
            }
            None => {
                if let Some((_, text)) = found.last_mut() {
                    text.push(' ');
                    text.push_str(line.trim());
                }
            }
        }
    }
    if found.is_empty() {
        let all = addresses_in(&mail.human, 40);
        let named = all.iter().filter(|it| is_other(it) && !is_role(it));
        // The one that was written to says more than the first that stands there.
        let written_to = mail.written_to();
        let mut named: Vec<MailAddress> = named.cloned().collect();
        if named.is_empty() {
            // Somebody may have written to one of those all the same.
            let is_daemon = |it: &&MailAddress| it.mailbox().eq_ignore_ascii_case("postmaster");
            named = all
                .iter()
                .filter(|it| is_other(it))
                .filter(is_daemon)
                .cloned()
                .collect();
        }
        let known = |address: &MailAddress| written_to.iter().any(|to| is_same(to, address));
        if let Some(at) = named.iter().position(known) {
            named.swap(0, at);
        }
        found.extend(
            named
                .into_iter()
                .take(1)
                .map(|address| (address, String::new())),
        );
    }
    found
}

/// Addresses that one may turn to; nobody wrote to them.
fn is_role(address: &MailAddress) -> bool {
    let mailbox = address.mailbox().to_ascii_lowercase();
    matches!(
        mailbox.as_str(),
        "postmaster" | "mailer-daemon" | "abuse" | "support" | "helpdesk" | "noreply" | "no-reply"
    )
}

/// An address at the beginning of a line, perhaps behind a code.
fn opening(line: &str) -> Option<(MailAddress, &str)> {
    let line = line.trim_start();
    let behind_code = line
        .split_once(' ')
        .filter(|(code, _)| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_digit()))
        .map(|(_, rest)| rest);
    leading(behind_code.unwrap_or(line))
}

/// Groups of Google say only in the reader's language that one may not write to them.
fn is_group(address: &MailAddress) -> bool {
    address.domain() == "googlegroups.com"
}

fn add(found: &mut Vec<(MailAddress, String)>, address: MailAddress, text: &str) {
    match found.iter_mut().find(|(known, _)| is_same(known, &address)) {
        Some((_, known)) => {
            known.push(' ');
            known.push_str(text);
        }
        None => found.push((address, text.to_owned())),
    }
}
