//! Steps of ways, and what is found of the channels on them.

use super::*;
use crate::buyer::Purchase;
use crate::id::CustomerId;

/// A way of somebody over channels, so many days before its end.
fn way(customer: u128, touches: &[(Channel, f64)], is_ordered: bool) -> (CustomerId, Way) {
    let ended = match is_ordered {
        true => Ended::Order(Purchase {
            placed_at: at(0),
            revenue: None,
        }),
        false => Ended::Open,
    };
    let way = Way {
        touches: touches.iter().map(|it| it.0).collect(),
        ages: touches.iter().map(|it| it.1).collect(),
        ended,
    };
    (CustomerId(customer), way)
}

/// The four cases of the log that pm4py was asked about (`golden/dfg_pm4py_toy.json`), of which B
/// B C is B C here: A B C, A C B C, B B C and A.
#[test]
fn steps_are_those_of_pm4py_with_repeated_touches_once() {
    const A: Channel = Channel::Web;
    const B: Channel = Channel::Email;
    const C: Channel = Channel::Shop;
    let ways = [
        way(1, &[(A, 9.0), (B, 5.0), (C, 4.0)], true),
        way(2, &[(A, 3.0), (C, 2.5), (B, 1.5), (C, 1.0)], true),
        way(3, &[(B, 8.0), (B, 6.0), (C, 3.0)], true),
        way(3, &[(A, 0.0)], false),
    ];
    let flow = Flow::of(&ways, 0);
    let on = Place::On;
    let of = |from, to| {
        let mut steps = flow.steps.iter();
        let step = steps.find(|it| (it.from, it.to) == (from, to));
        step.map(|it| (it.times, it.people, it.median_days))
    };
    assert_eq!(of(on(A), on(B)), Some((1, 1, Some(4.0))));
    assert_eq!(of(on(A), on(C)), Some((1, 1, Some(0.5))));
    assert_eq!(of(on(B), on(B)), None, "it is one touch");
    // 1, 0.5 and 3 days: from the last visit of two.
    assert_eq!(of(on(B), on(C)), Some((3, 3, Some(1.0))));
    assert_eq!(of(on(C), on(B)), Some((1, 1, Some(1.0))));
    assert_eq!(of(Place::Start, on(A)), Some((3, 3, None)));
    assert_eq!(of(Place::Start, on(B)), Some((1, 1, None)));
    assert_eq!(of(on(C), Place::Order), Some((3, 3, Some(3.0))));
    assert_eq!(of(on(A), Place::Open), Some((1, 1, None)));
    assert_eq!((flow.ways, flow.rare, flow.steps.len()), (4, 0, 8));
    // Of four ways one is a quarter.
    let half = Flow::of(&ways, 50);
    assert_eq!((half.steps.len(), half.rare), (3, 5));
    assert_eq!(Flow::of(&[], 1), Flow::default());
}

fn found(touchpoints: &[Touchpoint], channel: Channel) -> (Vec<Finding>, &Touchpoint) {
    let it = touchpoints.iter().find(|it| it.channel == channel).unwrap();
    (it.findings(), it)
}

/// All go to the site. By e-mail nine of ten buy, without half; at the counter it takes ten days
/// longer; the app makes no difference; the telephone hardly anybody took.
#[test]
fn what_goes_with_an_order_is_told_and_what_is_too_little_is_not() {
    let mut ways = Vec::new();
    let mut random = filo_stats::random::Random::seeded(7);
    for number in 0..8_000_u32 {
        let by = |bit: u32| number & bit != 0;
        let (mail, counter, app) = (by(1), by(2), by(4));
        let days = 2.0 + random.unit() + if counter { 10.0 } else { 0.0 };
        let mut touches = vec![(Channel::Web, days)];
        touches.extend(mail.then_some((Channel::Email, days / 2.0)));
        touches.extend(counter.then_some((Channel::Shop, days / 3.0)));
        touches.extend(app.then_some((Channel::App, days / 4.0)));
        touches.extend((number < 20).then_some((Channel::Phone, 0.5)));
        let ordered = match mail {
            true => number / 8 % 10 != 0,
            false => number / 8 % 2 != 0,
        };
        ways.push(way(u128::from(number / 2), &touches, ordered));
    }
    let all = touchpoints(&ways);
    let (mail, it) = found(&all, Channel::Email);
    assert_eq!(mail, [Finding::MoreOrders]);
    assert!((it.moment.unwrap().difference - 0.4).abs() < 1e-9);
    assert_eq!((it.touched.ways, it.touched.people), (4_000, 4_000));
    let (counter, it) = found(&all, Channel::Shop);
    assert_eq!(counter, [Finding::Slower, Finding::Redundant]);
    let pace = it.pace.unwrap();
    assert!((pace.difference - 10.0).abs() < 0.1, "{pace:?}");
    assert!(pace.interval.low <= pace.difference && pace.difference <= pace.interval.high);
    assert_eq!(found(&all, Channel::App).0, [Finding::Redundant]);
    // All touch it, so there is nothing to compare; and it is where those without e-mail, counter
    // and app are lost.
    let (site, it) = found(&all, Channel::Web);
    assert!(site.is_empty() && it.moment.is_none() && it.pace.is_none());
    assert_eq!((it.touched.ways, it.touched.people), (8_000, 4_000));
    assert_eq!(it.lost.ways, 500 - 2);
    let drop_off = it.drop_off.unwrap();
    assert!(drop_off.low < drop_off.share && drop_off.share < drop_off.high);
    let (phone, it) = found(&all, Channel::Phone);
    assert!(phone.is_empty() && it.moment.is_none() && it.pace.is_none());
    // The greatest effect first, what says nothing last.
    assert_eq!(all[0].channel, Channel::Email);
    let of = |it: &Touchpoint| it.moment.is_some();
    assert_eq!(
        all.iter().map(of).collect::<Vec<_>>(),
        [true, true, true, false, false]
    );
    assert_eq!(all[3].channel, Channel::Web);
}

proptest! {
    #[test]
    fn as_many_steps_leave_the_start_as_there_are_ways_and_what_comes_to_a_channel_leaves_it(
        events in events(),
    ) {
        let trail = trail(&events);
        let ways = trail.ways(&asked(Which::All, 0, 100 * DAY), Currency::EUR);
        let ways: Vec<_> = ways.into_iter().map(|way| (CustomerId(1), way)).collect();
        let flow = Flow::of(&ways, 0);
        let sum = |of: &dyn Fn(&Step) -> bool| {
            flow.steps.iter().filter(|it| of(it)).map(|it| it.times).sum::<u64>()
        };
        prop_assert_eq!(sum(&|it| it.from == Place::Start), ways.len() as u64);
        let ends = |it: &Step| matches!(it.to, Place::Order | Place::Open);
        prop_assert_eq!(sum(&ends), ways.len() as u64);
        for channel in Channel::ALL {
            let here = Place::On(channel);
            prop_assert_eq!(sum(&|it| it.from == here), sum(&|it| it.to == here));
        }
        prop_assert!(flow.steps.iter().all(|it| it.median_days.is_none_or(|days| days >= 0.0)));
    }
}
