//! The n-th write or sync under the whole engine fails: what was accepted is there, what was
//! refused may be, and whoever asks is told.

use filo_faults::{Layer, Plan, Trouble};

use crate::scratch;
use crate::workspace::{copy, inspect, open, send};

const EVENTS: u32 = 12;
/// Every so many calls one goes wrong: opening a workspace takes a while.
const STRIDE: usize = 12;

#[tokio::test(flavor = "multi_thread")]
async fn what_was_accepted_survives_any_failure() {
    let layer = Layer::register("engine-trouble").unwrap();
    let empty = scratch();
    let app = open(empty.path(), None).await.unwrap();
    app.shut_down().await.unwrap();
    let (mut runs, mut refused) = (0, 0);
    for trouble in Trouble::ALL {
        let stride = match trouble {
            Trouble::WriteFails | Trouble::WriteStopsShort | Trouble::NoRoom => STRIDE,
            Trouble::SyncFails | Trouble::TruncateFails => 2,
        };
        for nth in (1..).step_by(stride) {
            let folder = scratch();
            copy(empty.path(), folder.path());
            layer.plan(Some(Plan {
                trouble,
                nth,
                lasting: false,
            }));
            let mut accepted = Vec::new();
            if let Ok(app) = open(folder.path(), Some(layer.name())).await {
                for number in 0..EVENTS {
                    if send(&app, number..=number).await.is_ok() {
                        accepted.push(number);
                    }
                    if number % 4 == 3 {
                        // A checkpoint that fails is told by the engine's fault.
                        drop(app.settle().await);
                    }
                }
                refused += EVENTS as usize - accepted.len();
                drop(app.shut_down().await);
                app.abandon().await;
            }
            let struck = layer.struck();
            layer.plan(None);
            drop(layer.take());
            let wrong = inspect(folder.path(), EVENTS, &accepted).await;
            assert!(wrong.is_empty(), "{trouble:?} {nth}: {wrong:#?}");
            if struck == 0 {
                break;
            }
            runs += 1;
        }
    }
    println!("trouble under the engine: {runs} runs, {refused} events refused, 0 lost");
    assert!(runs > 20 && refused > 0);
}
