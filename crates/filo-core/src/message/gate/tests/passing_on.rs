//! A message that may go by several media.

use super::*;

#[test]
fn what_only_the_medium_refuses_passes_on() {
    let refused = |why: Why| Case {
        fallback: Some(Medium::Sms),
        addressing: addressing(false, &[why]),
        ..case()
    };
    let mut asked = refused(Why::NoAddress);
    let verdict = asked.verdict();
    assert_eq!(verdict.outcome, Outcome::PassOn(Medium::Sms));
    let (from, to) = (Medium::Email, Medium::Sms);
    let last = verdict.findings.last();
    assert_eq!(last, Some(&Finding::PassesOn { from, to }));
    assert_eq!(verdict.state(), State::Queued);
    // Without another medium it ends here.
    asked.fallback = None;
    assert_eq!(asked.words().0, "stop");
    // What would stop it anywhere stops it here.
    let mut asked = refused(Why::NoAddress);
    asked.is_held_back = true;
    assert_eq!(asked.words().0, "stop");
    let mut asked = refused(Why::NoAddress);
    asked.is_reason_true = false;
    assert_eq!(asked.words().0, "stop");
    let mut asked = refused(Why::NoAddress);
    asked.expires_in = 0;
    assert_eq!(asked.words().0, "stop");
}

#[test]
fn what_only_holds_up_keeps_the_medium() {
    let mut asked = Case {
        fallback: Some(Medium::Sms),
        ..case()
    };
    assert_eq!(asked.words().0, "go");
    asked.is_unapproved = true;
    assert_eq!(asked.words().0, "ask_person");
    asked.is_unapproved = false;
    asked.now = noon().plus_seconds(12 * 3_600);
    assert_eq!(asked.words().0, "wait", "quiet hours");
}

/// What each of some media would come to by itself, and the gate's way through them.
fn goes_by(may: &[bool]) -> (Option<Medium>, usize) {
    let media = &Medium::CARRIED[..may.len()];
    let mut asked = case();
    for (place, (medium, may)) in media.iter().zip(may).enumerate() {
        let why = if *may { Why::Granted } else { Why::NoAddress };
        asked.medium = *medium;
        asked.fallback = media.get(place + 1).copied();
        asked.addressing = addressing(*may, &[why]);
        match asked.verdict().outcome {
            Outcome::PassOn(next) => assert_eq!(Some(next), asked.fallback),
            Outcome::Go => return (Some(*medium), place),
            Outcome::Stop => return (None, place),
            other => panic!("{other:?}"),
        }
    }
    panic!("the last of them passes on")
}

proptest! {
    #[test]
    fn the_first_medium_that_may_takes_it_and_no_other(may in prop::collection::vec(any::<bool>(), 1..5)) {
        let first = may.iter().position(|may| *may);
        let (medium, asked) = goes_by(&may);
        prop_assert_eq!(medium, first.map(|place| Medium::CARRIED[place]));
        prop_assert_eq!(asked, first.unwrap_or(may.len() - 1));
    }
}
