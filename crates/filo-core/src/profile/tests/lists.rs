use super::build::{fold, track};
use crate::event::{Event, Trust};
use crate::id::{ListId, SourceId};
use crate::profile::Profile;
use crate::time::Timestamp;

const TASTING: ListId = ListId(7);

fn said(name: &str, second: i64, list: ListId) -> Event {
    let properties = format!(r#"{{"list":"{list}","actor":"Ada"}}"#);
    track(name, second, &properties).by(Trust::Staff)
}

fn on(events: &[Event]) -> Vec<ListId> {
    let profile = fold(events);
    let mut backwards = events.to_vec();
    backwards.reverse();
    assert_eq!(fold(&backwards).hash(), profile.hash());
    assert_eq!(Profile::decode(&profile.encode()), Ok(profile.clone()));
    profile.lists.standing().map(|it| it.list).collect()
}

#[test]
fn the_latest_statement_of_each_list_counts() {
    let joined = said("List Joined", 1, TASTING);
    assert_eq!(on(std::slice::from_ref(&joined)), [TASTING]);
    let other = said("List Joined", 2, ListId(9));
    let left = said("List Left", 3, TASTING);
    assert_eq!(on(&[joined.clone(), other, left.clone()]), [ListId(9)]);
    let again = said("List Joined", 4, TASTING);
    let events = [joined, left, again];
    assert_eq!(on(&events), [TASTING]);
    let profile = fold(&events);
    let listed = profile.lists.standing().next().unwrap();
    assert_eq!(listed.actor, "Ada");
    assert_eq!(listed.provenance.event, events[2].id);
    assert!(profile.lists.is_on(TASTING) && !profile.lists.is_on(ListId(9)));
}

#[test]
fn who_is_put_back_is_on_it_since_they_first_were() {
    let properties = format!(r#"{{"list":"{TASTING}","since":"1970-01-01T00:00:01Z"}}"#);
    let back = track("List Joined", 9, &properties).by(Trust::Staff);
    let profile = fold(&[
        said("List Joined", 1, TASTING),
        said("List Left", 5, TASTING),
        back,
    ]);
    let listed = profile.lists.last(TASTING).unwrap();
    assert_eq!(listed.since, Timestamp::from_seconds(1));
    // Nobody is on a list since a day that is to come.
    let early = track("List Joined", 0, &properties).by(Trust::Staff);
    let since = fold(&[early]).lists.last(TASTING).unwrap().since;
    assert_eq!(since, Timestamp::from_seconds(0));
}

#[test]
fn no_key_that_sends_events_puts_anybody_on_a_list() {
    for trust in [Trust::Claimed, Trust::Verified] {
        let claimed = said("List Joined", 1, TASTING).by(trust);
        assert_eq!(on(&[claimed]), []);
        let left = said("List Left", 2, TASTING).by(trust);
        assert_eq!(on(&[said("List Joined", 1, TASTING), left]), [TASTING]);
    }
    let mut by_journey = said("List Joined", 1, TASTING).by(Trust::Verified);
    by_journey.source = SourceId::JOURNEYS;
    assert_eq!(on(&[by_journey.identified()]), [TASTING]);
}

#[test]
fn what_names_no_list_is_none() {
    for properties in ["", "{}", r#"{"list":"Verona"}"#, r#"{"list":["lst_x"]}"#] {
        assert_eq!(
            on(&[track("List Joined", 1, properties).by(Trust::Staff)]),
            []
        );
    }
}

#[test]
fn who_is_on_no_list_is_written_as_before_there_were_lists() {
    let profile = fold(&[track("Product Viewed", 1, "{}")]);
    assert_eq!(profile.encode().first(), Some(&1));
    assert_eq!(
        fold(&[said("List Joined", 1, TASTING)]).encode().first(),
        Some(&2)
    );
}
