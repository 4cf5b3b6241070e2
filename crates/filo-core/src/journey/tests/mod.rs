mod adaptive;
mod chance;
mod documents;
mod holdouts;
mod waits;
mod walks;

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use super::{Facts, Heard, Journey, Plan, Run, Stand};
use crate::consent::purpose::Purposes;
use crate::id::{CustomerId, JourneyId, NodeId, RunId};
use crate::money::Currency;
use crate::profile::Profile;
use crate::segment::{Person, Scene, Traces};
use crate::time::Timestamp;

fn journey(rest: &str) -> Journey {
    let text = format!(r#"{{"version":1,"journey":{{"trigger":{{"hand":{{}}}},{rest}}}}}"#);
    Journey::from_json(&text).unwrap()
}

fn plan(rest: &str) -> Plan {
    Plan::new(JourneyId(1), 1, journey(rest))
}

fn scene(zone: &str) -> Scene {
    Scene {
        segments: BTreeMap::new(),
        computed: BTreeMap::new(),
        purposes: Purposes::default(),
        currency: Currency::EUR,
        zone: TimeZone::get(zone).unwrap(),
        personas: None,
        yardstick: crate::buyer::Yardstick::default(),
    }
}

fn begun(plan: &Plan, now: Timestamp) -> Run {
    Run {
        id: RunId(7),
        journey: plan.id,
        version: plan.version,
        thread: NodeId(5),
        customer: CustomerId(5),
        subject: CustomerId(5),
        key: Default::default(),
        why: Default::default(),
        entered_at: now,
        step: plan.first().unwrap().step.id.clone(),
        stand: Stand::Arrives,
        since: now,
        wakes_at: None,
        goal_at: None,
        ended: None,
        lines: 0,
        is_held_back: false,
        holdout_percent: 0,
    }
}

/// One look at a run of somebody of whom nothing is known.
fn look(plan: &Plan, run: Run, heard: &[Heard], now: Timestamp) -> super::Advance {
    looked(plan, run, (heard, None, &[]), now)
}

type Known<'a> = (
    &'a [Heard],
    Option<(&'a super::StepId, &'a str)>,
    &'a [crate::id::EventId],
);

fn looked(plan: &Plan, run: Run, known: Known<'_>, now: Timestamp) -> super::Advance {
    let (profile, traces) = (Profile::default(), Traces::default());
    let person = Person {
        customer: run.customer,
        kinds: &[],
        profile: &profile,
        traces: &traces,
    };
    let scene = scene("Europe/Rome");
    let facts = Facts {
        person: &person,
        scene: &scene,
        heard: known.0,
        outcome: known.1,
        echoes: known.2,
    };
    super::advance(plan, run, &facts, now)
}

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}
