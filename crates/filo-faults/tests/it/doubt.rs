//! A sync fails, the process is killed, the next one finds everything as if it had been
//! written, goes on, and then the power is cut: what the second process answered must be there,
//! although what the first one left is not.

use std::path::Path;

use filo_faults::{Cut, Disk, Layer, Operation, Plan, Trouble};

use crate::inspection::{Expected, inspect};
use crate::scratch;
use crate::story::{Fact, Teller, Told};

/// Rows of the second process.
const ROWS_AFTER: u64 = 4;

/// Two processes, one after the other, on one disk.
struct TwoLives {
    operations: Vec<Operation>,
    facts: Vec<(usize, Fact)>,
    /// Where the second begins.
    killed_at: usize,
}

/// The first process until its n-th sync fails; `None` if there are fewer. The number is that
/// of its last row.
async fn first_life(layer: &Layer, folder: &Path, nth: u64) -> Option<(TwoLives, u64)> {
    layer.plan(Some(Plan {
        trouble: Trouble::SyncFails,
        nth,
        lasting: false,
    }));
    let mut teller = Teller::new(layer, folder, true);
    let mut number = 0;
    while layer.struck() == 0 && number < 8 {
        number += 1;
        if teller.append(number).await.is_ok() && layer.struck() == 0 && number.is_multiple_of(2) {
            drop(teller.save(false).await);
        }
    }
    let struck = layer.struck() > 0;
    layer.plan(None);
    let killed_at = layer.len();
    // What closing does to the files comes after the kill, and is forgotten.
    teller.close().await;
    let Told {
        mut operations,
        mut facts,
        ..
    } = teller.told();
    operations.truncate(killed_at);
    facts.retain(|(at, _)| *at <= killed_at);
    let life = TwoLives {
        operations,
        facts,
        killed_at,
    };
    struck.then_some((life, number))
}

/// The second process, in another folder so that nothing of the first is still open there.
async fn second_life(name: &str, life: &mut TwoLives, from: &Path, to: &Path, number: u64) {
    let operations = std::mem::take(&mut life.operations);
    let operations: Vec<Operation> = operations
        .into_iter()
        .map(|operation| operation.moved(from, to))
        .collect();
    let image = played(&operations).image(Cut::Kill);
    image.restore(to, to).unwrap();
    let layer = Layer::register_after(name, operations).unwrap();
    let mut teller = Teller::new(&layer, to, true);
    for number in number + 1..=number + ROWS_AFTER {
        teller.append(number).await.unwrap();
        teller.save(false).await.unwrap();
    }
    let cut_at = layer.len();
    teller.close().await;
    let told = teller.told();
    life.operations = told.operations;
    life.operations.truncate(cut_at);
    life.facts.extend(told.facts);
}

fn played(operations: &[Operation]) -> Disk<'_> {
    let mut disk = Disk::default();
    for operation in operations {
        disk.play(operation);
    }
    disk
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_answered_after_a_failed_sync_and_a_kill_does_not_rest_on_what_is_in_doubt() {
    let layer = Layer::register("doubt").unwrap();
    let (mut states, mut wrong) = (0, Vec::new());
    for nth in 1.. {
        let (before, after) = (scratch(), scratch());
        let Some((mut lives, number)) = first_life(&layer, before.path(), nth).await else {
            break;
        };
        let name = format!("doubt-{nth}");
        second_life(&name, &mut lives, before.path(), after.path(), number).await;
        let mut points: Vec<usize> = lives.facts.iter().map(|(at, _)| *at).collect();
        points.retain(|at| *at >= lives.killed_at);
        points.dedup();
        for point in points {
            let image = played(&lives.operations[..point]).image(Cut::PowerDropsAll);
            let found = scratch();
            image.restore(after.path(), found.path()).unwrap();
            let facts = lives.facts.iter().take_while(|(at, _)| *at <= point);
            let expected = Expected::after(facts.map(|(_, fact)| fact));
            let findings = inspect(found.path(), &expected).await;
            states += 1;
            for finding in findings.lost.into_iter().chain(findings.corrupt) {
                wrong.push(format!("sync {nth}, {point} operations: {finding}"));
            }
        }
    }
    println!(
        "failed sync, kill, power cut: {states} states, {} wrong",
        wrong.len()
    );
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(states > 50);
}
