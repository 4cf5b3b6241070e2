//! What becomes of kinds when people are looked at again.

use super::invented::{compared, planted, sought};
use crate::id::PersonaId;
use crate::persona::{Aspect, Strength, Verdict, carry, drifted};

#[test]
fn kinds_that_are_found_again_keep_their_ids() {
    let people = planted([240, 150, 90]);
    let rows = compared(people.iter().map(|(_, one)| one));
    let first = sought(&rows, 3, 1);
    let Verdict::Groups(before) = &first.verdict else {
        panic!("{:?}", first.verdict);
    };
    let mut again = sought(&rows, 4, 101);
    let carried = carry(&mut again, &rows, &before.model).unwrap();
    assert_eq!((carried.moved, carried.lost.len()), (0, 0));
    assert_eq!(carried.again.len(), 3);
    let Verdict::Groups(after) = &again.verdict else {
        panic!("{:?}", again.verdict);
    };
    for (place, group) in after.model.groups.iter().enumerate() {
        assert_eq!(group.id, after.personas[place].id);
        assert_eq!(before.model.place_of(group.id), Some(place));
    }
    assert!(again.typical.iter().all(|it| it.persona.0 < 100));
}

#[test]
fn a_kind_that_is_gone_is_lost_and_a_new_one_is_new() {
    let first = planted([240, 150, 0]);
    let rows = compared(first.iter().map(|(_, one)| one));
    let found = sought(&rows, 3, 1);
    let Verdict::Groups(before) = &found.verdict else {
        panic!("{:?}", found.verdict);
    };
    assert_eq!(before.personas.len(), 2);
    let later = planted([240, 0, 150]);
    let rows = compared(later.iter().map(|(_, one)| one));
    let mut again = sought(&rows, 3, 101);
    let carried = carry(&mut again, &rows, &before.model).unwrap();
    assert_eq!(carried.again.len() + carried.lost.len(), 2);
    // Those at the counter are the ones that they were.
    assert!(carried.again.iter().any(|it| it.id == PersonaId(1)));
    assert!(carried.moved <= 150);
}

#[test]
fn who_has_not_changed_has_not_drifted_and_who_has_did() {
    let people = planted([240, 150, 90]);
    let rows = compared(people.iter().map(|(_, one)| one));
    let found = sought(&rows, 3, 1);
    let Verdict::Groups(grouping) = &found.verdict else {
        panic!("{:?}", found.verdict);
    };
    let before = (grouping, &found.tally);
    let still = drifted(before, rows.iter().map(|(_, it)| it)).unwrap();
    assert_eq!(still.strength(), Strength::Little);
    assert_eq!(still.personas.index, Some(0.0));
    let others = planted([60, 150, 300]);
    let others = compared(others.iter().map(|(_, one)| one));
    let moved = drifted(before, others.iter().map(|(_, it)| it)).unwrap();
    assert_eq!(moved.strength(), Strength::Much, "{moved:?}");
    let (aspect, _) = moved.most().unwrap();
    assert_ne!(aspect, Aspect::Returned, "nobody returned anything");
    assert_eq!(drifted(before, []), None);
}
