//! The whole engine, cut at points of a run: what was accepted is on the timelines, once.

use filo_faults::Layer;
use tokio::task::JoinSet;

use crate::power_cut::states_wanted;
use crate::workspace::{copy, found, inspect, open, send};
use crate::{scratch, states};

/// Opening a workspace takes longer than opening its store: so many times fewer states.
const FEWER: usize = 25;
const AT_ONCE: usize = 3;
const EVENTS: u32 = 48;

#[tokio::test(flavor = "multi_thread")]
async fn what_was_accepted_is_there_once_at_any_point_of_a_run() {
    let layer = Layer::register("engine").unwrap();
    let (folder, lake) = (scratch(), scratch());
    let app = open(folder.path(), Some(layer.name())).await.unwrap();
    // How many events had been asked for and accepted after so many operations.
    let mut told: Vec<(usize, u32, u32)> = vec![(0, 0, 0)];
    for number in 0..EVENTS {
        told.push((layer.len(), number + 1, number));
        send(&app, number..=number).await.unwrap();
        told.push((layer.len(), number + 1, number + 1));
        if number % 6 == 5 {
            app.settle().await.unwrap();
        }
        if number == EVENTS / 2 {
            app.flush_lake().await.unwrap();
            // Files of the lake are in place before the tables name them, so a later copy
            // serves every cut: those that no table names yet are left-overs of a crash.
            copy(&folder.path().join("lake"), lake.path());
        }
    }
    assert_eq!(found(&app).await.unwrap().len(), EVENTS as usize);
    app.shut_down().await.unwrap();
    let operations = layer.take();

    let answers: Vec<usize> = told.iter().map(|(at, ..)| *at).collect();
    let mut wrong: Vec<String> = Vec::new();
    let mut inspecting: JoinSet<Vec<String>> = JoinSet::new();
    let most = (states_wanted() / FEWER).max(1);
    let explored = states::each(&operations, &answers, most, async |state| {
        if inspecting.len() >= AT_ONCE
            && let Some(done) = inspecting.join_next().await
        {
            wrong.extend(done.unwrap());
        }
        let known = answers.partition_point(|at| *at <= state.operations);
        let (_, asked, accepted) = told[known - 1];
        let image = scratch();
        state.image.restore(folder.path(), image.path()).unwrap();
        copy(lake.path(), &image.path().join("lake"));
        let place = format!("after {} operations, {:?}", state.operations, state.cut);
        inspecting.spawn(async move {
            let accepted: Vec<u32> = (0..accepted).collect();
            let wrong = inspect(image.path(), asked, &accepted).await;
            wrong
                .into_iter()
                .map(|finding| format!("{place}: {finding}"))
                .collect()
        });
    })
    .await;
    while let Some(done) = inspecting.join_next().await {
        wrong.extend(done.unwrap());
    }
    println!(
        "power cut, whole engine: {explored} states of {} operations explored, {} wrong",
        operations.len(),
        wrong.len(),
    );
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(explored >= most.min(50));
}
