//! A run of the store, cut at every point: what it had answered is there.

use std::path::PathBuf;
use std::time::Instant;

use filo_faults::{Layer, Operation};
use tokio::task::JoinSet;

use crate::inspection::{Expected, Findings, inspect};
use crate::scratch;
use crate::states::{self, State};
use crate::story::{Fact, Plot, Teller, Told};

/// States of the normal run; `FILO_POWERCUT_STATES` says how many more.
const STATES: usize = 2_000;
/// States inspected side by side.
const AT_ONCE: usize = 3;
/// <https://www.sqlite.org/fileformat2.html#the_write_ahead_log>
const WAL_HEADER_BYTES: usize = 32;
/// A failing run says so many of its findings.
const SHOWN: usize = 10;

#[expect(
    clippy::disallowed_methods,
    reason = "the variable makes a nightly run of a test longer"
)]
pub(crate) fn states_wanted() -> usize {
    let wanted = std::env::var("FILO_POWERCUT_STATES").ok();
    wanted.map_or(STATES, |text| text.parse().unwrap())
}

/// What was found over all states.
#[derive(Debug, Default)]
struct Tally {
    explored: usize,
    lost: usize,
    corrupt: usize,
    shown: Vec<String>,
}

impl Tally {
    fn add(&mut self, place: &str, findings: &Findings) {
        self.lost += usize::from(!findings.lost.is_empty());
        self.corrupt += usize::from(!findings.corrupt.is_empty());
        let all = findings.lost.iter().chain(&findings.corrupt);
        let room = SHOWN.saturating_sub(self.shown.len());
        self.shown
            .extend(all.take(room).map(|finding| format!("{place}: {finding}")));
    }
}

async fn explore(told: &Told, most: usize) -> Tally {
    let mut tally = Tally::default();
    let mut inspecting: JoinSet<(String, Findings)> = JoinSet::new();
    let answers: Vec<usize> = told.facts.iter().map(|(at, _)| *at).collect();
    let explored = states::each(&told.operations, &answers, most, async |state| {
        if inspecting.len() >= AT_ONCE
            && let Some(done) = inspecting.join_next().await
        {
            let (place, findings) = done.unwrap();
            tally.add(&place, &findings);
        }
        let facts = told
            .facts
            .iter()
            .take_while(|(at, _)| *at <= state.operations);
        let expected = Expected::after(facts.map(|(_, fact)| fact));
        inspecting.spawn(inspect_state(state, told.folder.clone(), expected));
    })
    .await;
    while let Some(done) = inspecting.join_next().await {
        let (place, findings) = done.unwrap();
        tally.add(&place, &findings);
    }
    tally.explored = explored;
    tally
}

async fn inspect_state(state: State, from: PathBuf, expected: Expected) -> (String, Findings) {
    let found = scratch();
    state.image.restore(&from, found.path()).unwrap();
    let findings = inspect(found.path(), &expected).await;
    let place = format!("after {} operations, {:?}", state.operations, state.cut);
    (place, findings)
}

async fn tell(layer: &str, synchronous_full: bool) -> Told {
    let layer = Layer::register(layer).unwrap();
    let folder = scratch();
    let mut teller = Teller::new(&layer, folder.path(), synchronous_full);
    let plot = Plot {
        appends: 44,
        restart: false,
    };
    teller.tell(plot).await;
    assert!(teller.failures.is_empty(), "{:?}", teller.failures);
    let told = teller.told();
    assert_whole_story(&told);
    told
}

/// The run has in it what is hard to survive: WALs moved into the files and begun again, rows
/// dropped, files made and removed.
fn assert_whole_story(told: &Told) {
    let count =
        |wanted: fn(&Operation) -> bool| told.operations.iter().filter(|one| wanted(one)).count();
    assert!(count(|one| matches!(one, Operation::Truncate { .. })) > 0);
    assert!(count(|one| matches!(one, Operation::Remove { .. })) > 0);
    assert!(count(|one| matches!(one, Operation::SyncFolder { .. })) > 0);
    let begun_again = count(
        |one| matches!(one, Operation::Write { offset: 0, bytes, .. } if bytes.len() == WAL_HEADER_BYTES),
    );
    assert!(begun_again > 10, "{begun_again}");
    let told_that = |wanted: fn(&Fact) -> bool| told.facts.iter().any(|(_, fact)| wanted(fact));
    assert!(told_that(|fact| matches!(fact, Fact::Saved(10))));
    assert!(told_that(|fact| matches!(fact, Fact::Dropped(10..))));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost_at_any_point_of_a_run() {
    let told = tell("power-cut", true).await;
    let start = Instant::now();
    let tally = explore(&told, states_wanted()).await;
    println!(
        "power cut: {} states of {} operations explored in {} s, {} lost, {} corrupt",
        tally.explored,
        told.operations.len(),
        start.elapsed().as_secs(),
        tally.lost,
        tally.corrupt,
    );
    assert_eq!((tally.lost, tally.corrupt), (0, 0), "{:#?}", tally.shown);
    assert!(tally.explored >= states_wanted().min(STATES));
}

/// The proof can fail: commits that do not wait for the disk are found out.
#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_does_not_wait_for_the_disk_is_found_out() {
    let told = tell("power-cut-normal", false).await;
    let tally = explore(&told, 400).await;
    println!(
        "sabotage synchronous=NORMAL: {} states explored, {} lost, {} corrupt",
        tally.explored, tally.lost, tally.corrupt,
    );
    assert!(tally.lost > 0);
    assert_eq!(
        tally.corrupt, 0,
        "it forgets, and is whole: {:#?}",
        tally.shown
    );
}

/// The proof can fail: an answer that is given before the commit is found out.
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_before_the_commit_is_found_out() {
    let mut told = tell("power-cut-hasty", true).await;
    let mut asked = 0;
    for (at, fact) in &mut told.facts {
        match fact {
            Fact::Appending(_) | Fact::Saving(..) | Fact::Dropping(_) => asked = *at,
            Fact::Appended(..) | Fact::Saved(_) | Fact::Dropped(_) => *at = asked,
        }
    }
    let tally = explore(&told, 400).await;
    println!(
        "sabotage answer before commit: {} states explored, {} lost, {} corrupt",
        tally.explored, tally.lost, tally.corrupt,
    );
    assert!(tally.lost > 0);
}
