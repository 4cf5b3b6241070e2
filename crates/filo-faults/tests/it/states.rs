//! All the states that a run can be found in: at each of its points, after each kind of cut.

use std::collections::HashSet;

use filo_faults::{Cut, Disk, Image, Operation};

/// A store as it may be found.
#[derive(Debug)]
pub(crate) struct State {
    /// So many operations came before the cut.
    pub(crate) operations: usize,
    pub(crate) cut: Cut,
    pub(crate) image: Image,
}

/// Kinds of cut that are tried everywhere before choices by seed.
const PLAIN_ROUNDS: u64 = 4;
/// With choices by seed, one kind more.
const KINDS: usize = 5;

fn cut(round: u64, operations: usize) -> Cut {
    let seed = round << 32 | operations as u64;
    match round {
        0 => Cut::Kill,
        1 => Cut::PowerDropsAll,
        2 => Cut::KillInsideWrite(seed),
        3 => Cut::PowerTearsLast(seed),
        _ => Cut::PowerKeepsSome(seed),
    }
}

/// Visits up to so many different states, of all kinds and from all over the run. Those that
/// differ only in when they were reached count once, unless more had been answered meanwhile.
pub(crate) async fn each(
    operations: &[Operation],
    answers: &[usize],
    most: usize,
    mut visit: impl AsyncFnMut(State),
) -> usize {
    let step = (operations.len() * KINDS / most.max(1)).clamp(1, operations.len().max(1));
    let mut seen = HashSet::new();
    let mut rounds_without = 0;
    for round in 0.. {
        let before = seen.len();
        let mut disk = Disk::default();
        for count in 1..=operations.len() {
            disk.play(&operations[count - 1]);
            // Each round looks at other points, the first one at the end.
            let offset = usize::try_from(round).unwrap_or(0) * (step / KINDS + 1);
            if !(count + offset).is_multiple_of(step) {
                continue;
            }
            if seen.len() == most {
                return most;
            }
            let cut = cut(round, count);
            let image = disk.image(cut);
            let answered = answers.partition_point(|at| *at <= count);
            if seen.insert(digest(&image, answered)) {
                visit(State {
                    operations: count,
                    cut,
                    image,
                })
                .await;
            }
        }
        rounds_without = if seen.len() == before {
            rounds_without + 1
        } else {
            0
        };
        if round > PLAIN_ROUNDS && rounds_without > 10 {
            return seen.len();
        }
    }
    seen.len()
}

fn digest(image: &Image, answered: usize) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&answered.to_be_bytes());
    for (name, bytes) in &image.files {
        hasher.update(name.as_os_str().as_encoded_bytes());
        hasher.update(&bytes.len().to_be_bytes());
        hasher.update(bytes);
    }
    hasher.finalize()
}
