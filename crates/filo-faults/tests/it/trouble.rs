//! The n-th write, sync or truncation fails, for every n until none is left: nothing that was
//! answered is lost, nothing is answered that failed, and nothing panics.

use std::path::Path;

use filo_faults::{Layer, Plan, Trouble};
use filo_store::{Db, Error, Location};

use crate::inspection::{Expected, inspect};
use crate::power_cut::states_wanted;
use crate::scratch;
use crate::states::{self, State};
use crate::story::{Plot, Teller, Told};

/// Of the states of the normal run, so many are looked at after each call that went wrong.
const SHARE: usize = 500;
/// More where a sync failed: what is in doubt then shows only later.
const SYNC_SHARE: usize = 100;

/// An empty store with its tables, as files.
async fn fresh_store() -> tempfile::TempDir {
    let folder = scratch();
    let location = Location::Sqlite {
        folder: folder.path().to_path_buf(),
    };
    let db = Db::open(&location, &crate::options()).await.unwrap();
    db.close().await.unwrap();
    folder
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

#[derive(Debug, Default)]
struct Tally {
    runs: usize,
    refusals: usize,
    states: usize,
    wrong: Vec<String>,
}

impl Tally {
    /// Looks at what a run that met trouble may have left.
    async fn look(&mut self, told: &Told, place: &str, most: usize) {
        let answers: Vec<usize> = told.facts.iter().map(|(at, _)| *at).collect();
        states::each(&told.operations, &answers, most, async |state| {
            let State {
                operations,
                cut,
                image,
            } = state;
            let found = scratch();
            image.restore(&told.folder, found.path()).unwrap();
            let facts = told.facts.iter().take_while(|(at, _)| *at <= operations);
            let expected = Expected::after(facts.map(|(_, fact)| fact));
            let findings = inspect(found.path(), &expected).await;
            self.states += 1;
            for finding in findings.lost.into_iter().chain(findings.corrupt) {
                self.wrong.push(format!(
                    "{place}, after {operations} operations, {cut:?}: {finding}"
                ));
            }
        })
        .await;
    }
}

/// Tells the story once for each call that can go wrong.
async fn tell_with(trouble: Trouble, plot: Plot, cuts: usize) -> Tally {
    let layer = Layer::register(&format!("trouble-{trouble:?}-{}", plot.restart)).unwrap();
    let store = fresh_store().await;
    let mut tally = Tally::default();
    for nth in 1.. {
        let folder = scratch();
        copy(store.path(), folder.path());
        layer.plan(Some(Plan {
            trouble,
            nth,
            lasting: false,
        }));
        let mut teller = Teller::new(&layer, folder.path(), true);
        teller.tell(plot).await;
        let struck = layer.struck();
        layer.plan(None);
        tally.refusals += usize::from(!teller.failures.is_empty());
        let told = teller.told();
        if struck == 0 {
            break;
        }
        tally.runs += 1;
        tally.look(&told, &format!("{trouble:?} {nth}"), cuts).await;
    }
    tally
}

async fn check(trouble: Trouble, restart: bool) {
    let share = match trouble {
        Trouble::SyncFails => SYNC_SHARE,
        Trouble::WriteFails
        | Trouble::WriteStopsShort
        | Trouble::NoRoom
        | Trouble::TruncateFails => SHARE,
    };
    let plot = Plot {
        appends: 12,
        restart,
    };
    let tally = tell_with(trouble, plot, states_wanted().div_ceil(share)).await;
    println!(
        "trouble: {trouble:?} at {} calls, {} runs refused something, {} states, {} wrong",
        tally.runs,
        tally.refusals,
        tally.states,
        tally.wrong.len(),
    );
    assert!(
        tally.wrong.is_empty(),
        "{:#?}",
        &tally.wrong[..tally.wrong.len().min(10)]
    );
    assert!(tally.runs > 0 && (tally.refusals > 0 || trouble == Trouble::TruncateFails));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_fails() {
    check(Trouble::WriteFails, false).await;
    check(Trouble::WriteFails, true).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_stops_short() {
    check(Trouble::WriteStopsShort, true).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_finds_no_room() {
    check(Trouble::NoRoom, false).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sync_fails() {
    check(Trouble::SyncFails, false).await;
    check(Trouble::SyncFails, true).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_truncation_fails() {
    check(Trouble::TruncateFails, true).await;
}

/// The tables are made in a store that does not exist yet.
#[tokio::test(flavor = "multi_thread")]
async fn the_first_start_fails_and_the_second_does_not() {
    let layer = Layer::register("trouble-first-start").unwrap();
    for trouble in Trouble::ALL {
        for nth in 1.. {
            let folder = scratch();
            layer.plan(Some(Plan {
                trouble,
                nth,
                lasting: false,
            }));
            let mut teller = Teller::new(&layer, folder.path(), true);
            let first = teller.append(1).await;
            let struck = layer.struck();
            layer.plan(None);
            if first.is_err() {
                teller.close().await;
                teller.append(2).await.unwrap();
            }
            teller.close().await;
            let told = teller.told();
            let facts = told.facts.iter().map(|(_, fact)| fact);
            let findings = inspect(folder.path(), &Expected::after(facts)).await;
            let place = format!("{trouble:?} {nth}");
            assert!(findings.lost.is_empty(), "{place}: {:?}", findings.lost);
            assert!(
                findings.corrupt.is_empty(),
                "{place}: {:?}",
                findings.corrupt
            );
            if struck == 0 {
                break;
            }
        }
    }
}

/// A disk without room refuses as full, and keeps what it has; the log works again at once when
/// there is room, the state after the store was opened anew.
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_waited_out() {
    wait_out("trouble-full", true).await;
}

/// The same without opening the store anew.
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_waited_out_by_an_open_store() {
    wait_out("trouble-full-open", false).await;
}

async fn wait_out(layer: &str, open_anew: bool) {
    let layer = Layer::register(layer).unwrap();
    let store = fresh_store().await;
    for nth in [1, 2, 5, 9, 14, 20, 33] {
        let folder = scratch();
        copy(store.path(), folder.path());
        let mut teller = Teller::new(&layer, folder.path(), true);
        layer.plan(Some(Plan {
            trouble: Trouble::NoRoom,
            nth,
            lasting: true,
        }));
        let mut number = 0;
        while teller.failures.is_empty() {
            number += 1;
            if teller.append(number).await.is_ok() {
                drop(teller.save(false).await);
            }
        }
        for _ in 0..3 {
            number += 1;
            // A row may still fit into room that the file has; one that does not is refused.
            drop(teller.append(number).await);
        }
        let failures = &teller.failures;
        assert!(failures.iter().all(Error::is_full), "{failures:?}");
        layer.plan(None);
        for round in 0..3 {
            number += 1;
            teller.append(number).await.unwrap();
            if open_anew && round == 0 {
                teller.close().await;
            }
            let saved = teller.save(false).await;
            assert!(
                saved.is_ok(),
                "full from {nth}: {:?}",
                teller.failures.last()
            );
        }
        teller.close().await;
        let mut tally = Tally::default();
        let most = states_wanted().div_ceil(SYNC_SHARE);
        tally
            .look(&teller.told(), &format!("full from {nth}"), most)
            .await;
        assert!(tally.wrong.is_empty(), "{:#?}", tally.wrong);
    }
}
