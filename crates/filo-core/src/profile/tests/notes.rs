use super::build::{fold, track};
use crate::event::{Event, Trust};
use crate::profile::About;
use crate::time::Timestamp;

fn note(second: i64, properties: &str) -> Event {
    track("Note Added", second, properties).by(Trust::Staff)
}

fn texts(events: &[Event]) -> Vec<String> {
    let profile = fold(events);
    let mut backwards = events.to_vec();
    backwards.reverse();
    assert_eq!(fold(&backwards).hash(), profile.hash());
    profile
        .notes
        .newest_first()
        .iter()
        .map(|note| note.text.to_string())
        .collect()
}

#[test]
fn notes_are_kept_whole_newest_first() {
    let written = note(
        2,
        r#"{"text":" Ci ha scelti per la \"cortesia\" ","about":"reason","where":"al banco",
            "occurred_at":"2026-01-02T10:00:00Z","actor":"Ada"}"#,
    );
    let events = [note(1, r#"{"text":"prima"}"#), written];
    assert_eq!(
        texts(&events),
        ["Ci ha scelti per la \"cortesia\"", "prima"]
    );
    let profile = fold(&events);
    let newest = profile.notes.newest_first()[0];
    assert_eq!(newest.about, About::Reason);
    assert_eq!(
        (newest.place.as_str(), newest.actor.as_str()),
        ("al banco", "Ada")
    );
    assert_eq!(newest.occurred_at, Timestamp::parse("2026-01-02T10:00:00Z"));
    let long = note(1, &format!(r#"{{"text":"{}"}}"#, "è".repeat(5000)));
    assert_eq!(texts(&[long])[0].chars().count(), 4000);
}

#[test]
fn a_removed_note_loses_its_words_whichever_came_first() {
    let first = note(1, r#"{"text":"segreto"}"#);
    let removal =
        track("Note Removed", 2, &format!(r#"{{"note":"{}"}}"#, first.id)).by(Trust::Staff);
    let events = [first, note(3, r#"{"text":"resta"}"#), removal];
    assert_eq!(texts(&events), ["resta"]);
    let bytes = fold(&events).encode();
    assert!(!bytes.windows(7).any(|window| window == b"segreto"));
}

#[test]
fn a_public_key_writes_and_removes_no_notes() {
    let kept = note(1, r#"{"text":"resta"}"#);
    let removal =
        track("Note Removed", 2, &format!(r#"{{"note":"{}"}}"#, kept.id)).by(Trust::Claimed);
    let claimed = track("Note Added", 3, r#"{"text":"falso"}"#).by(Trust::Claimed);
    assert_eq!(texts(&[kept, removal, claimed]), ["resta"]);
}

#[test]
fn notes_without_words_are_none() {
    for properties in [
        "",
        "{}",
        r#"{"text":"  "}"#,
        r#"{"text":null}"#,
        r#"{"text":["x"]}"#,
    ] {
        assert!(texts(&[note(1, properties)]).is_empty(), "{properties}");
    }
    assert!(texts(&[track("Note Removed", 1, r#"{"note":"evt_x"}"#)]).is_empty());
    for about in About::ALL {
        assert_eq!(About::from_word(about.word()), about);
    }
    assert_eq!(About::from_word("weather"), About::Other);
}
