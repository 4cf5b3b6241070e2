//! What is applied and not in the lake yet, for whoever reads everything that ever happened.
//!
//! **Invariant:** who takes it before the lake misses nothing that moves there meanwhile; such an
//! event is then found in both.

use std::sync::Arc;

use anyhow::Context;
use filo_core::event::Event;
use filo_store::{log, position};
use tokio::runtime::Handle;

use crate::app::App;
use crate::engine::{Place, Shared};
use crate::log_row::Unpacked;

/// Rows and bytes of the log that are read at once.
const LOG_ROWS: usize = 256;
const LOG_BYTES: usize = 4 << 20;

/// Events that are applied and not in the lake.
pub(crate) struct Tail {
    from: i64,
    upto: i64,
    /// Where they stand; on a node that does not apply, wherever they are.
    places: Option<Vec<Place>>,
    /// Rows of the log stay while this lives.
    _hold: Arc<()>,
}

impl Tail {
    pub(crate) async fn of(app: &App) -> anyhow::Result<Self> {
        let shared = app.shared();
        let hold = Arc::clone(&shared.log_hold);
        if app.is_leader() {
            let places = shared.live.read().tail.all_places();
            let ends = places.first().zip(places.last());
            let (from, upto) = ends.map_or((0, 0), |(first, last)| (first.seq - 1, last.seq));
            return Ok(Self {
                from,
                upto,
                places: Some(places),
                _hold: hold,
            });
        }
        let reached = {
            let mut tx = shared.db.read().await?;
            position::load(&mut tx).await?
        };
        shared.reload_lake().await?;
        Ok(Self {
            from: reached.flushed,
            upto: reached.applied,
            places: None,
            _hold: hold,
        })
    }

    /// Shows each, in the order in which they came. Blocks: `handle` is that of the runtime.
    pub(crate) fn each(
        &self,
        shared: &Shared,
        handle: &Handle,
        mut show: impl FnMut(&Event),
    ) -> anyhow::Result<()> {
        let mut rest = self.places.as_deref().unwrap_or_default();
        let mut last = self.from;
        while last < self.upto {
            let rows = handle.block_on(log::after(&shared.db, last, LOG_ROWS, LOG_BYTES))?;
            if rows.is_empty() {
                break;
            }
            for row in rows.iter().take_while(|row| row.seq <= self.upto) {
                let end = rest.partition_point(|place| place.seq <= row.seq);
                let (places, others) = rest.split_at(end);
                rest = others;
                let is_wanted = self.places.is_none() || !places.is_empty();
                if is_wanted {
                    let places = self.places.is_some().then_some(places);
                    read(&row.payload, places, &mut show)
                        .with_context(|| format!("reading row {} of the log", row.seq))?;
                }
            }
            last = rows.last().map_or(self.upto, |row| row.seq);
        }
        Ok(())
    }
}

/// Shows events of a row: those at some places of it, or every one.
fn read(
    payload: &[u8],
    places: Option<&[Place]>,
    show: &mut impl FnMut(&Event),
) -> anyhow::Result<()> {
    let row = Unpacked::new(payload)?;
    let Some(places) = places else {
        row.events()?.iter().for_each(show);
        return Ok(());
    };
    let spots = row.spots()?;
    for place in places {
        let spot = spots.get(place.position as usize);
        let (_, spot) = spot.context("it holds too few events")?;
        show(&row.read(*spot)?);
    }
    Ok(())
}
