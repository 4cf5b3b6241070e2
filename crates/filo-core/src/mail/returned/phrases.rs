//! What servers say, by what it means: in English as most of them do, and in the languages of
//! the providers whose customers Italian companies write to.
//!
//! A phrase is looked for in text of lower case with single blanks; `*` stands for up to sixty
//! letters.

/// Phrases of one meaning.
pub(super) type Phrases = &'static [&'static str];

const GAP_BYTES_MOST: usize = 60;

/// The first phrase of a list that a text holds.
pub(super) fn first_of(list: Phrases, text: &str) -> Option<&'static str> {
    list.iter().copied().find(|phrase| holds(text, phrase))
}

fn holds(text: &str, phrase: &str) -> bool {
    let mut parts = phrase.split('*');
    let Some(first) = parts.next() else {
        return false;
    };
    let rest: Vec<&str> = parts.collect();
    text.match_indices(first)
        .any(|(at, _)| follow(&text[at + first.len()..], &rest))
}

/// Whether the parts follow one another closely.
fn follow(text: &str, parts: &[&str]) -> bool {
    let mut text = text;
    for part in parts {
        match text.find(part) {
            Some(at) if at <= GAP_BYTES_MOST => text = &text[at + part.len()..],
            _ => return false,
        }
    }
    true
}

/// Our name, our signature, our DNS, the form of our messages.
#[rustfmt::skip]
pub(super) const CONFIGURATION: Phrases = &[
    "dmarc", "sender policy framework", "spf record", "spf check", "spf fail", "failed spf",
    "spf validation", "pass spf", "openspf", "spf.pobox", "dkim fail", "dkim check", "pass dkim",
    "dkim signature", "unauthenticated", "senders to authenticate", "domainkeys",
    "ptr record", "ptr resource record", "no ptr", "missing ptr", "dns ptr", "reverse dns",
    "reverse-dns", "rdns", "reverse lookup", "reverse mapping", "reverse hostname",
    "cannot find your hostname", "cannot resolve your address", "could not find your hostname",
    "fix reverse", "without a valid sender domain", "fcrdns", "helo command rejected",
    "invalid helo", "ehlo/helo", "must issue a starttls", "starttls required",
    "encryption required", "is not rfc 5322 compliant", "rfc 5322 compliant",
    "rfc 2822 compliant", "rfc 822 compliant",
];

/// We are not wanted: content, reputation, too much at once.
#[rustfmt::skip]
pub(super) const POLICY: Phrases = &[
    "spam", "spamhaus", "spamcop", "blacklist", "black list", "blocklist", "block list",
    "blocked using", "been blocked", "is blocked by", "ip address * blocked", "blocked ip",
    "message blocked", "mail blocked", "dnsbl", " rbl", "/rbl", ".rbl", "barracudacentral", "reputation",
    "policy reason", "policy violation", "denied by policy", "due to policy",
    "security polic", "local policy", "violates * policy", "against * policy", "for policy",
    "content rejected", "content * rejected", "content denied", "content refused", "unsolicited",
    "bulk mail", "junk mail", "virus", "malware", "trojan", "phish", "banned sending",
    "banned ip", "is banned", "user complaints", "unexpected volume", "rate limit",
    "ratelimit", "rate-limit", "limit exceeded for", "throttl", "too many recipients",
    "too many connections", "too many messages", "too many emails", "connection frequency",
    "sent to too many", "has exceeded * sending", "suspicious", "potential * security",
    "content presents a potential", "dangerous", "forbidden attachment", "attachment * not allowed",
    "relay access denied", "relaying denied", "relay not permitted", "not permitted to relay",
    "configured to relay", "relaying not allowed", "authentication required", "authrequired",
    "smtp authentication", "must authenticate", "sender verify failed", "sender rejected",
    "sender address rejected", "domain of sender", "sender domain", "invalid sender",
    "bad sender", "return path", "envelope sender", "mail from domain",
    "not authorized to send", "not allowed to post", "not a member", "open relay", "no access from", "provide a valid from", "permission to post", "do not have permission",
    "mail appears to be", "message rejected", "rejected by * filter", "administrative prohibition",
    "administratively prohibited", "client host rejected", "host rejected", "refused to talk to me",
    "not accepting mail from", "not accept mail from", "address in from: header", "in from: header",
    "multiple * headers", "duplicate header", "header error", "headers too large",
    "classified as", "listed at", "listed by", "listed on", "is listed", "nemesis",
    "respinto * polic", "bloccato", "purported responsible",
];

/// The same, unless the words speak of an address.
#[rustfmt::skip]
pub(super) const POLICY_PERHAPS: Phrases = &[
    "access denied", "blocked", "not accepting connections", "service refused",
    "service not available, closing", "rejected due to", "message not accepted",
    "message not allowed", "not allowed", "not permitted", "denied", "prohibited",
    "email rejected", "mail rejected", "550 rejected", "554 rejected", "refused due to", "closed group",
    "recipient preferences", "connections not accepted",
];

/// Too large for this mailbox.
#[rustfmt::skip]
pub(super) const TOO_LARGE: Phrases = &[
    "size exceeds", "length exceeds", "too large", "too big", "maximum message size",
    "message size limit", "exceeds * message size", "exceeds * size limit", "size limit exceeded",
    "exceeds the maximum size", "larger than the", "troppo grande",
];

/// The mailbox is full.
#[rustfmt::skip]
pub(super) const MAILBOX_FULL: Phrases = &[
    "mailbox full", "mailbox is full", "mailbox is currently full", "mailbox * full",
    "mail box full", "box is full", "folder is full", "inbox is full", "account is full",
    "over quota", "overquota", "over the quota", "over its quota", "quota exceeded",
    "quota exceed", "exceeded * quota", "exceeds * quota", "exceeding * quota", "quotaexceeded",
    "shutoffquota", "disk quota", "quota violation", "quota full", "out of storage",
    "exceeded * storage", "exceeds * storage", "storage allocation", "enough storage space",
    "mailbox size limit", "mailbox * exceeded", "mailbox exceeds", "insufficient * quota", "full mailbox",
    "not enough space in * mailbox", "casella piena", "casella * piena", "quota superata",
    "boite * pleine", "postfach * voll",
];

/// There is an account, and it is switched off.
#[rustfmt::skip]
pub(super) const ACCOUNT_DISABLED: Phrases = &[
    "account * disabled", "account * suspended", "account * inactive", "account * deactivated",
    "account * discontinued", "account * blocked", "account * locked", "account is not active",
    "mailbox * disabled", "mailbox * inactive", "mailbox * suspended", "mailbox * locked",
    "user * suspended", "user * inactive", "user is disabled", "disabled mailbox",
    "disabled user", "inactive mailbox", "inactive user", "inactive account", "inactive recipient",
    "recipient suspend", "suspended account", "account expired", "account has expired",
    "compte * bloque", "casella disattivata", "casella * disabilitata", "utente disabilitato",
];

/// The domain does not exist, or takes no mail.
#[rustfmt::skip]
pub(super) const HOST_UNKNOWN: Phrases = &[
    "account or domain may not exist", "host unknown", "unknown host", "host not found", "host * not found", "host name lookup failure",
    "domain not found", "domain name not found", "unknown domain", "no such domain",
    "domain is not reachable", "domain does not exist", "domain * does not exist",
    "domain doesn't exist", "domain must resolve", "invalid domain", "bad domain",
    "illegal host", "nxdomain", "name or service not known", "name service error",
    "couldn't find any host", "unable to find any host", "unrouteable mail domain",
    "unroutable domain", "unresolvable", "no mail exchanger", "no mx", "mx record",
    "host/domain does not accept mail", "domain does not accept", "does not accept mail",
    "doesn't accept mail", "doesn't receive email", "does not receive mail", "null mx",
    "nullmx", "not find any mail exchanger", "no route to the domain",
    "dominio inesistente", "dominio sconosciuto",
];

/// The mailbox does not exist.
#[rustfmt::skip]
pub(super) const USER_UNKNOWN: Phrases = &[
    "user unknown", "unknown user", "user is unknown", "user not known", "no such user",
    "no such recipient", "no such mailbox", "no such address", "no such account", "no such person",
    "no such local user", "no user", "unknown recipient", "recipient unknown", "recipient * unknown",
    "unknown address", "address unknown", "unknown or illegal", "unknown local part", "unknown local-part",
    "unknown mailbox", "unknown account", "unknown virtual", "user not found", "user * not found",
    "user name * not found", "recipient not found", "recipnotfound", "recipientnotfound",
    "recipient name is not recognized", "address not found", "mailbox not found", "account not found",
    "not listed in", "mailbox unavailable", "mailbox not available", "mailbox is unavailable",
    "mailbox does not exist", "does not exist", "doesn't exist", "not exist", "nonexistent",
    "non-existent", "doesn't have a", "does not have a", "don't have an account",
    "invalid recipient", "invalid mailbox", "invalid address", "invalid user", "invalid local",
    "address invalid", "recipient invalid", "bad recipient", "bad destination", "bad address",
    "recipient address rejected", "recipient rejected", "address rejected",
    "not a known user", "not a valid", "not a user", "not our user", "not our customer",
    "not known at", "is not known", "no mailbox", "no account by", "no longer on server", "no longer valid",
    "no longer available", "no longer active", "no longer employed", "account closed", "has moved",
    "user has left", "unrouteable address", "unroutable address", "undeliverable address",
    "inactive email address", "cannot be found", "couldn't be found", "could not be found", "wasn't found",
    "isn't a valid", "not registered", "not one of our", "rcpt to not accepted", "address error",
    "utente sconosciuto", "destinatario sconosciuto", "destinatario inesistente", "indirizzo inesistente",
    "casella inesistente", "utente inesistente", "non esiste", "destinataire invalide",
    "destinataire inconnu", "utilisateur inconnu", "unbekannter empf", "empfänger unbekannt",
];

/// It is tried on.
#[rustfmt::skip]
pub(super) const DELAYED: Phrases = &[
    "warning message only", "warning: message * delayed", "has been delayed", "is delayed for",
    "not yet been delivered", "will be retried", "will continue to try", "still trying",
];

/// Machines and lines.
#[rustfmt::skip]
pub(super) const TEMPORARY: Phrases = &[
    "did not accept our requests", "attempts", "timed out", "timeout", "time out", "expired", "connection refused", "connection reset",
    "lost connection", "connection dropped", "could not connect", "unable to connect",
    "couldn't connect", "cannot connect", "unable to contact", "no connection", "network",
    "no route", "unreachable", "routing loop", "mail loop", "loops back", "too many hops",
    "hop count", "try again", "try later", "temporar", "deferred", "greylist", "graylist",
    "grey-list", "queue too long", "in the queue", "retry timeout", "retry time", "giving up",
    "given up", "not been able to", "undelivered after", "could not be delivered for",
    "system error", "system config", "internal error", "internal system", "system not capable",
    "insufficient system", "disk full", "server busy", "too busy", "service unavailable",
    "currently unavailable", "command died", "pipe to", "local delivery", "local configuration",
    "couldn't create", "can't create", "i/o error", "exit status", "smtp connection", "dns",
    "unrecognized", "riprova", "temporaneamente",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_with_a_gap_stays_close() {
        assert!(holds(
            "the account you wrote to is disabled.",
            "account * disabled"
        ));
        let far = format!("account {} disabled", "x".repeat(80));
        assert!(!holds(&far, "account * disabled"));
        assert_eq!(
            first_of(MAILBOX_FULL, "sorry, over quota"),
            Some("over quota")
        );
        assert_eq!(first_of(MAILBOX_FULL, "hello"), None);
    }
}
