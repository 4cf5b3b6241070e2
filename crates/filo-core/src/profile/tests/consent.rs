use super::build::{fold, track};
use crate::consent::{Basis, Status, concerns};
use crate::event::{Channel, Event, Trust};
use crate::id::NodeId;
use crate::profile::Profile;

fn granted(second: i64, properties: &str) -> Event {
    track("Consent Granted", second, properties)
}

fn withdrawn(second: i64, properties: &str) -> Event {
    track("Consent Withdrawn", second, properties)
}

fn banner(second: i64, categories: &str) -> Event {
    track("Segment Consent Preference Updated", second, "{}").amid(&format!(
        r#"{{"consent":{{"categoryPreferences":{categories}}}}}"#
    ))
}

fn status(profile: &Profile, purpose: &str, channel: Option<Channel>) -> Option<Status> {
    profile
        .consents
        .standing(purpose, channel)
        .map(|standing| standing.status)
}

fn by_mail(events: &[Event]) -> Option<Status> {
    let profile = fold(events);
    let mut backwards = events.to_vec();
    backwards.reverse();
    assert_eq!(fold(&backwards).hash(), profile.hash());
    status(&profile, "marketing", Some(Channel::Email))
}

const MARKETING: &str = r#"{"purpose":"marketing","channel":"email","basis":"consent"}"#;

#[test]
fn within_one_identifier_the_last_statement_counts() {
    use Status::{Denied, Granted, Pending};
    use Trust::{Claimed, Staff};
    let yes = |second| granted(second, MARKETING);
    let no = |second| withdrawn(second, MARKETING);
    for (events, expected) in [
        (vec![], None),
        (vec![yes(1)], Some(Granted)),
        (vec![yes(1), no(2)], Some(Denied)),
        (vec![no(1), yes(2)], Some(Granted)),
        (vec![yes(1).by(Staff)], Some(Granted)),
        // A claimed yes waits, and replaces nothing that is proven.
        (vec![yes(1).by(Claimed)], Some(Pending)),
        (vec![yes(1), yes(2).by(Claimed)], Some(Granted)),
        (vec![no(1), yes(2).by(Claimed)], Some(Denied)),
        (vec![yes(1).by(Claimed), yes(2)], Some(Granted)),
        // A claimed no counts.
        (vec![yes(1), no(2).by(Claimed)], Some(Denied)),
        (vec![no(1).by(Claimed), yes(2)], Some(Granted)),
        // Asking again after a claimed no waits; it never brings a proven yes back.
        (vec![no(1).by(Claimed), yes(2).by(Claimed)], Some(Pending)),
        (
            vec![yes(1), no(2).by(Claimed), yes(3).by(Claimed)],
            Some(Pending),
        ),
        (
            vec![no(1), no(2).by(Claimed), yes(3).by(Claimed)],
            Some(Denied),
        ),
    ] {
        assert_eq!(by_mail(&events), expected, "{events:#?}");
    }
}

#[test]
fn a_yes_on_any_channel_is_a_yes_wherever_it_is() {
    for word in ["any", "all", "*"] {
        let yes = granted(
            1,
            &format!(r#"{{"purpose":"marketing","channel":"{word}"}}"#),
        );
        assert_eq!(by_mail(&[yes]), Some(Status::Granted), "{word}");
    }
}

#[test]
fn of_several_identifiers_the_most_restrictive_counts() {
    let (mail, cookie) = (NodeId(1), NodeId(2));
    let yes = granted(1, MARKETING).of(mail);
    let no = withdrawn(2, MARKETING).of(cookie);
    assert_eq!(by_mail(&[yes.clone(), no.clone()]), Some(Status::Denied));

    // A later yes that came with both identifiers settles both.
    let both = granted(3, MARKETING).of(mail);
    let mut mail_profile = fold(&[yes, both.clone()]);
    let mut cookie_profile = fold(&[no]);
    cookie_profile.fold_consent(cookie, &both);
    mail_profile.merge(&cookie_profile);
    assert_eq!(
        status(&mail_profile, "marketing", Some(Channel::Email)),
        Some(Status::Granted)
    );
    let statement =
        mail_profile
            .consents
            .standing_of_node(cookie, "Marketing ", Some(Channel::Email));
    assert_eq!(statement.unwrap().provenance.event, both.id);
}

#[test]
fn one_statement_seen_through_two_identifiers_is_one_statement() {
    let event = granted(1, MARKETING);
    let mut once = fold(std::slice::from_ref(&event));
    once.fold_consent(NodeId(2), &event);
    let mut twice = once.clone();
    twice.fold_consent(NodeId(2), &event);
    twice.fold_consent(event.thread, &event);
    assert_eq!(twice, once);
}

#[test]
fn refusals_reach_far_and_grants_do_not() {
    let email = Some(Channel::Email);
    let sms = Some(Channel::Sms);
    let everywhere = fold(&[granted(1, r#"{"purpose":["Marketing","profiling"]}"#)]);
    assert_eq!(status(&everywhere, "marketing", sms), Some(Status::Granted));
    assert_eq!(
        status(&everywhere, "profiling", None),
        Some(Status::Granted)
    );
    assert_eq!(status(&everywhere, "third_parties", None), None);

    let unsubscribed = fold(&[
        granted(1, r#"{"purpose":"marketing"}"#),
        track("Unsubscribed", 2, r#"{"list_id":"7"}"#).by(Trust::Claimed),
    ]);
    assert_eq!(
        status(&unsubscribed, "marketing", email),
        Some(Status::Denied)
    );
    assert_eq!(
        status(&unsubscribed, "newsletter", email),
        Some(Status::Denied)
    );
    assert_eq!(
        status(&unsubscribed, "marketing", sms),
        Some(Status::Granted)
    );

    for refusal in [
        "{}",
        r#"{"purpose":null}"#,
        r#"{"purpose":"*","channel":"pigeon"}"#,
    ] {
        let profile = fold(&[granted(1, MARKETING), withdrawn(2, refusal)]);
        assert_eq!(
            status(&profile, "marketing", email),
            Some(Status::Denied),
            "{refusal}"
        );
    }
    for grant in [
        "{}",
        r#"{"purpose":"*"}"#,
        r#"{"purpose":"marketing","channel":"pigeon"}"#,
    ] {
        let profile = fold(&[granted(1, grant)]);
        assert_eq!(profile.consents.iter().count(), 0, "{grant}");
    }
}

#[test]
fn soft_spam_is_for_mail_only() {
    let soft = |channel: &str| {
        let profile = fold(&[granted(
            1,
            &format!(r#"{{"purpose":"marketing","basis":"soft_spam"{channel}}}"#),
        )]);
        [Channel::Email, Channel::Sms].map(|channel| status(&profile, "marketing", Some(channel)))
    };
    assert_eq!(soft(""), [Some(Status::Granted), None]);
    assert_eq!(
        soft(r#","channel":["sms","email"]"#),
        [Some(Status::Granted), None]
    );
    assert_eq!(soft(r#","channel":"sms""#), [None, None]);
}

#[test]
fn banners() {
    let web = Some(Channel::Web);
    let email = Some(Channel::Email);
    let profile = fold(&[banner(1, r#"{"Marketing":true,"analytics":false}"#)]);
    assert_eq!(status(&profile, "marketing", web), Some(Status::Granted));
    assert_eq!(
        status(&profile, "marketing", email),
        None,
        "cookies are not mail"
    );
    assert_eq!(status(&profile, "analytics", email), Some(Status::Denied));

    let claimed = fold(&[banner(1, r#"{"marketing":true}"#).by(Trust::Claimed)]);
    assert_eq!(status(&claimed, "marketing", web), Some(Status::Pending));

    let refused = fold(&[granted(1, MARKETING), banner(2, "{}").by(Trust::Claimed)]);
    for channel in Channel::ALL {
        assert_eq!(
            status(&refused, "marketing", Some(channel)),
            Some(Status::Denied)
        );
    }
    let odd = fold(&[banner(1, r#"{"marketing":"true","*":true}"#)]);
    assert_eq!(
        status(&odd, "marketing", web),
        Some(Status::Denied),
        "a text is no yes"
    );
    assert_eq!(status(&odd, "other", web), None);

    let silent = track("Segment Consent Preference Updated", 1, "{}").amid("{}");
    assert!(concerns(&silent));
    assert_eq!(fold(&[silent]).consents.iter().count(), 0);
    let elsewhere = track("Product Viewed", 1, "{}")
        .amid(r#"{"consent":{"categoryPreferences":{"marketing":true}}}"#);
    assert_eq!(fold(&[elsewhere]).consents.iter().count(), 0);
}

#[test]
fn a_flood_of_claims_never_hides_a_refusal() {
    let flood = |first: i64| {
        let purposes = |second: i64| {
            let names: Vec<String> = (0..30)
                .map(|name| format!("\"p{second}_{name}\""))
                .collect();
            format!(r#"{{"purpose":[{}]}}"#, names.join(","))
        };
        (first..first + 20)
            .map(move |second| withdrawn(second, &purposes(second)).by(Trust::Claimed))
            .collect::<Vec<_>>()
    };
    let mut events = vec![granted(1, MARKETING), withdrawn(2, r#"{"purpose":"zeta"}"#)];
    events.extend(flood(10));
    let profile = fold(&events);
    assert!(profile.consents.iter().count() <= 400);
    assert_eq!(
        status(&profile, "zeta", None),
        Some(Status::Denied),
        "proven ones are kept"
    );
    assert_eq!(
        status(&profile, "p29_29", None),
        Some(Status::Denied),
        "left out counts as no"
    );
    assert_eq!(by_mail(&events), Some(Status::Denied));
    events.push(granted(100, MARKETING));
    assert_eq!(
        by_mail(&events),
        Some(Status::Granted),
        "a later proven yes stands"
    );
}

#[test]
fn proof_is_kept() {
    let event = granted(
        5,
        r#"{"purpose":"marketing","channel":"sms","basis":"consent","wording":"v3:ab12"}"#,
    )
    .by(Trust::Staff);
    let profile = fold(std::slice::from_ref(&event));
    let (purpose, channel, standing) = profile.consents.matrix().remove(0);
    assert_eq!((purpose, channel), ("marketing", Some(Channel::Sms)));
    let statement = standing.statement.unwrap();
    assert_eq!(statement.basis, Basis::Consent);
    assert_eq!(statement.wording, "v3:ab12");
    assert_eq!(
        (statement.provenance.at, statement.provenance.event),
        (event.at, event.id)
    );
}

#[test]
fn every_word_is_read_back() {
    for basis in Basis::ALL {
        assert_eq!(Basis::from_word(basis.word()), basis);
    }
    assert_eq!(Basis::from_word("because"), Basis::Unstated);
    assert!(Status::Denied > Status::Pending && Status::Pending > Status::Granted);
}
