//! What waits for its person to come, in a rehearsal.

use super::*;

fn page(seconds: i64) -> Event {
    Event {
        kind: EventKind::Page,
        channel: Channel::Web,
        ..event("Home", at(seconds), "{}")
    }
}

#[test]
fn what_is_shown_on_the_site_leaves_when_they_come_or_not_at_all() {
    let says = format!(
        r#"{{"id":"s","do":{{"send":{{"piece":"{PIECE}","medium":"in_app","valid_days":7}}}}}}"#
    );
    let stage = stage(&by_lead(&format!(r#""steps":[{says}]"#)));
    let said = r#"{"purpose":"marketing","channel":"web","basis":"consent"}"#;
    let yes = event("Consent Granted", at(-40 * DAY), said);
    let life = |more: &[Event]| {
        let mut all = vec![yes.clone(), page(HOUR), event("Lead", at(HOUR), "{}")];
        all.extend_from_slice(more);
        play(&stage, all)
    };
    // The page that brought it about does not show it; the next one does, also at night.
    let came = life(&[page(11 * HOUR), page(12 * HOUR)]);
    assert_eq!(fates(&came), [Fate::Left(at(11 * HOUR))]);
    assert_eq!(came.messages[0].held_up_by(), Some("absent"));
    let stayed_away = life(&[page(8 * DAY)]);
    assert_eq!(fates(&stayed_away), [Fate::Stopped(at(7 * DAY + HOUR))]);
    let why: Vec<_> = stayed_away.messages[0].why().collect();
    assert_eq!(why, ["too_late"]);
}
