//! E-mail addresses: what cannot be one, and what was meant by a mistyped one.
//!
//! A domain counts as mistyped when it is none of those that many people have and one step away
//! (a letter too many, too few, wrong, or two swapped) from exactly such a one.

use super::finding::{Field, Finding, Reason};
use crate::identity::{Identifier, Kind, Refusal, Rules};

/// Domains under which many people have their mailbox, Italian ones first. Where two are one
/// step apart both must be here.
#[rustfmt::skip]
const DOMAINS: &[&str] = &[
    "gmail.com", "libero.it", "hotmail.it", "hotmail.com", "alice.it", "yahoo.it", "virgilio.it",
    "tiscali.it", "icloud.com", "outlook.it", "outlook.com", "live.it", "tin.it", "yahoo.com",
    "live.com", "msn.com", "me.com", "mac.com", "fastwebnet.it", "email.it", "inwind.it", "iol.it",
    "tim.it", "vodafone.it", "poste.it", "pec.it", "legalmail.it", "arubapec.it", "aruba.it",
    "teletu.it", "katamail.com", "blu.it", "googlemail.com", "ymail.com", "rocketmail.com",
    "mail.com", "email.com", "aol.com", "aol.it", "gmx.com", "gmx.net", "gmx.de", "gmx.it",
    "gmx.at", "gmx.ch", "web.de", "t-online.de", "freenet.de", "hotmail.de", "hotmail.fr",
    "hotmail.es", "hotmail.co.uk", "outlook.de", "outlook.fr", "outlook.es", "live.de", "live.fr",
    "live.nl", "live.co.uk", "yahoo.de", "yahoo.fr", "yahoo.es", "yahoo.co.uk", "yahoo.co.in",
    "yahoo.co.jp", "yahoo.com.br", "orange.fr", "wanadoo.fr", "free.fr", "sfr.fr", "laposte.net",
    "bluewin.ch", "btinternet.com", "sky.com", "proton.me", "protonmail.com", "pm.me", "zoho.com",
    "fastmail.com", "hey.com", "yandex.ru", "yandex.com", "mail.ru", "bk.ru", "inbox.ru", "qq.com",
    "163.com", "126.com", "comcast.net", "verizon.net", "att.net", "unibo.it", "unimi.it",
];

/// What a domain without a step in between is taken for.
#[rustfmt::skip]
const WRITTEN_FOR: &[(&str, &str)] = &[
    ("gmail", "gmail.com"), ("gmail.it", "gmail.com"), ("gmail.com.it", "gmail.com"),
    ("gmail.net", "gmail.com"), ("icloud", "icloud.com"), ("icloud.it", "icloud.com"),
    ("hotmail", "hotmail.com"), ("libero", "libero.it"), ("libero.com", "libero.it"),
    ("alice", "alice.it"), ("alice.com", "alice.it"), ("virgilio", "virgilio.it"),
    ("virgilio.com", "virgilio.it"), ("tiscali", "tiscali.it"), ("outlook", "outlook.com"),
    ("yahoo", "yahoo.com"), ("gmailcom", "gmail.com"), ("liberoit", "libero.it"),
    ("hotmailit", "hotmail.it"), ("hotmailcom", "hotmail.com"),
];

/// Endings that do not exist.
#[rustfmt::skip]
const ENDINGS: &[(&str, &str)] = &[
    ("con", "com"), ("cmo", "com"), ("ocm", "com"), ("vom", "com"), ("xom", "com"), ("cim", "com"),
    ("comm", "com"), ("coom", "com"), ("ccom", "com"), ("iit", "it"), ("itt", "it"), ("ti", "it"),
    ("itl", "it"), ("nett", "net"), ("ent", "net"), ("ogr", "org"), ("orgg", "org"),
];

/// Mailboxes that live for some minutes.
#[rustfmt::skip]
const DISPOSABLE: &[&str] = &[
    "10minutemail.com", "dispostable.com", "fakeinbox.com", "getairmail.com", "getnada.com",
    "guerrillamail.com", "guerrillamail.net", "guerrillamailblock.com", "mailcatch.com",
    "maildrop.cc", "mailinator.com", "mailnesia.com", "mintemail.com", "mohmal.com", "moakt.com",
    "sharklasers.com", "spam4.me", "spamgourmet.com", "temp-mail.org", "tempmail.com",
    "tempmailo.com", "throwawaymail.com", "trashmail.com", "trashmail.de", "yopmail.com",
    "yopmail.fr", "yopmail.net",
];

/// A shorter domain is too near to others that exist.
const DOMAIN_LEAST: usize = 8;

/// What is wrong with an address.
#[must_use]
pub fn check(raw: &str, rules: &Rules) -> Option<Finding> {
    let finding = |reason, proposal| Some(Finding::new(Field::Email, reason, raw, proposal));
    match Identifier::new(Kind::Email, raw, rules) {
        Err(Refusal::Role) => return finding(Reason::EmailRole, None),
        Err(Refusal::Blocked | Refusal::Empty) => return finding(Reason::EmailPlaceholder, None),
        Err(Refusal::Malformed | Refusal::TooLong) => {
            return finding(Reason::EmailMalformed, repaired(raw, rules));
        }
        Ok(_) => {}
    }
    let (mailbox, domain) = parts(raw)?;
    if DISPOSABLE.contains(&domain.as_str()) {
        return finding(Reason::EmailDisposable, None);
    }
    let (meant, reason) = meant(&domain)?;
    finding(reason, sound(format!("{mailbox}@{meant}"), rules))
}

/// The mailbox as written, and the domain in small letters.
fn parts(raw: &str) -> Option<(&str, String)> {
    let raw = raw.trim();
    let start = raw.get(..7).filter(|it| it.eq_ignore_ascii_case("mailto:"));
    let (mailbox, domain) = raw[start.map_or(0, str::len)..].rsplit_once('@')?;
    let domain = domain.trim_end_matches('.').to_lowercase();
    Some((mailbox, domain))
}

/// The domain that was meant, if it is not the one that was written.
fn meant(domain: &str) -> Option<(String, Reason)> {
    if DOMAINS.contains(&domain) {
        return None;
    }
    if let Some((_, meant)) = WRITTEN_FOR.iter().find(|(written, _)| *written == domain) {
        return Some(((*meant).to_owned(), Reason::EmailDomainTypo));
    }
    let near = DOMAINS
        .iter()
        .filter(|known| known.len() >= DOMAIN_LEAST && known.len().abs_diff(domain.len()) <= 2)
        .map(|known| (strsim::osa_distance(domain, known), *known))
        .filter(|(steps, known)| *steps == 1 || (*steps == 2 && known.len() > 10))
        // Of several, the nearest; of those, the one that more people have.
        .min_by_key(|(steps, _)| *steps);
    let ending = || {
        let (rest, last) = domain.rsplit_once('.')?;
        let (_, right) = ENDINGS.iter().find(|(wrong, _)| *wrong == last)?;
        Some((format!("{rest}.{right}"), Reason::EmailEndingTypo))
    };
    match near {
        Some((_, known)) => Some((known.to_owned(), Reason::EmailDomainTypo)),
        None => ending(),
    }
}

/// What was meant by something that is no address.
fn repaired(raw: &str, rules: &Rules) -> Option<String> {
    let mut text: String = raw
        .to_lowercase()
        .replace("(at)", "@")
        .replace("[at]", "@")
        .replace(" at ", "@")
        .replace(',', ".")
        .chars()
        .filter(|letter| !letter.is_whitespace() && !"<>;\"()".contains(*letter))
        .collect();
    while text.contains("@@") || text.contains("..") {
        text = text.replace("@@", "@").replace("..", ".");
    }
    let mut text = text
        .trim_matches(|letter| ".:@".contains(letter))
        .to_owned();
    if let Some(rest) = text.strip_prefix("www.") {
        text = rest.to_owned();
    }
    text = text.replace("@.", "@");
    if !text.contains('@') {
        let known = DOMAINS.iter().filter(|known| known.len() >= DOMAIN_LEAST);
        let (mailbox, domain) = known
            .filter_map(|known| Some((text.strip_suffix(known)?, *known)))
            .max_by_key(|(_, domain)| domain.len())?;
        let mailbox = mailbox.trim_end_matches('.');
        if mailbox.len() < 3 {
            return None;
        }
        text = format!("{mailbox}@{domain}");
    }
    let (mailbox, domain) = parts(&text)?;
    let domain = meant(&domain).map_or(domain, |(meant, _)| meant);
    sound(format!("{mailbox}@{domain}"), rules)
}

/// A proposal with which nothing is wrong.
fn sound(address: String, rules: &Rules) -> Option<String> {
    let (_, domain) = parts(&address)?;
    let is_sound = Identifier::new(Kind::Email, &address, rules).is_ok()
        && meant(&domain).is_none()
        && !DISPOSABLE.contains(&domain.as_str());
    is_sound.then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(raw: &str) -> Option<(Reason, Option<String>)> {
        check(raw, &Rules::default()).map(|finding| (finding.reason, finding.proposal))
    }

    #[test]
    fn mistyped_domains_are_told_with_what_was_meant() {
        for (raw, meant) in [
            ("anna@gmial.com", "anna@gmail.com"),
            ("anna@gamil.com", "anna@gmail.com"),
            ("anna@gmail.con", "anna@gmail.com"),
            ("anna@gmail.it", "anna@gmail.com"),
            ("Anna.Rossi+x@gmaill.com", "Anna.Rossi+x@gmail.com"),
            ("anna@hotmal.it", "anna@hotmail.it"),
            ("anna@libero.iit", "anna@libero.it"),
            ("anna@lbero.it", "anna@libero.it"),
            ("anna@virgillio.it", "anna@virgilio.it"),
            ("anna@outlok.com", "anna@outlook.com"),
            ("anna@icluod.com", "anna@icloud.com"),
        ] {
            let expected = Some((Reason::EmailDomainTypo, Some(meant.to_owned())));
            assert_eq!(found(raw), expected, "{raw}");
        }
        let ending = Some((Reason::EmailEndingTypo, Some("a.b@osteria.com".to_owned())));
        assert_eq!(found("a.b@osteria.con"), ending);
    }

    #[test]
    fn what_is_no_address_is_repaired_where_it_can_be() {
        for (raw, meant) in [
            ("anna rossi@libero.it", Some("annarossi@libero.it")),
            ("anna@@gmail.com", Some("anna@gmail.com")),
            ("anna@gmail,com", Some("anna@gmail.com")),
            ("anna(at)gmial.com", Some("anna@gmail.com")),
            ("annarossigmail.com", Some("annarossi@gmail.com")),
            ("anna@libero", Some("anna@libero.it")),
            ("anna@libero..it", Some("anna@libero.it")),
            ("non ce l'ha", None),
            ("@gmail.com", None),
        ] {
            let expected = Some((Reason::EmailMalformed, meant.map(str::to_owned)));
            assert_eq!(found(raw), expected, "{raw}");
        }
    }

    #[test]
    fn roles_placeholders_and_minutes_are_told_apart() {
        let reason = |raw: &str| found(raw).map(|(reason, _)| reason);
        assert_eq!(reason("info@osteria.it"), Some(Reason::EmailRole));
        assert_eq!(reason("test@test.it"), Some(Reason::EmailPlaceholder));
        assert_eq!(reason("x@yopmail.com"), Some(Reason::EmailDisposable));
    }

    #[test]
    fn no_domain_that_many_have_is_mistyped_for_another() {
        for domain in DOMAINS {
            assert_eq!(found(&format!("anna.rossi@{domain}")), None, "{domain}");
        }
        for domain in [
            "osteriadamario.it",
            "comune.roma.it",
            "studenti.unipi.it",
            "rossi.eu",
        ] {
            assert_eq!(found(&format!("anna@{domain}")), None, "{domain}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_proposal_has_nothing_wrong(raw in "[a-z. ,@]{0,12}@?(gmial|hotmal|libero|alice)[.,](com|it|iit|con)") {
            if let Some((_, Some(proposal))) = found(&raw) {
                proptest::prop_assert_eq!(found(&proposal), None);
            }
        }
    }
}
