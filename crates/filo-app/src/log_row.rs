//! What stands in one row of the log: the frames of a group commit, compressed together.
//!
//! Layout before compression: `(length u32, frame)*`. Compressing the group rather than each
//! request makes single events as small as batches.

use anyhow::{Context, bail};
use filo_core::event::{Event, Frame, Head};

/// Level 1 writes about 400 MB/s per core here and leaves 93 bytes of a 600-byte event.
const ZSTD_LEVEL: i32 = 1;
/// A row decompresses to no more than this; a group commit is bounded far below.
const ROW_BYTES_MOST: usize = 256 << 20;

/// Packs rows, one after the other: what the compressor works in is made once.
pub(crate) struct Packer {
    compressor: zstd::bulk::Compressor<'static>,
    plain: Vec<u8>,
}

impl Packer {
    /// A packer.
    ///
    /// # Errors
    /// If there is no memory.
    pub(crate) fn new() -> anyhow::Result<Self> {
        let compressor = zstd::bulk::Compressor::new(ZSTD_LEVEL).context("making a compressor")?;
        Ok(Self {
            compressor,
            plain: Vec::new(),
        })
    }

    /// Packs frames into a row's payload.
    ///
    /// # Errors
    /// If the compressor fails, which it does only without memory.
    pub(crate) fn pack(&mut self, frames: &[Vec<u8>]) -> anyhow::Result<Vec<u8>> {
        self.plain.clear();
        for frame in frames {
            let length = u32::try_from(frame.len()).context("a frame is bounded to megabytes")?;
            self.plain.extend_from_slice(&length.to_be_bytes());
            self.plain.extend_from_slice(frame);
        }
        self.compressor
            .compress(&self.plain)
            .context("compressing a log row")
    }
}

/// Where an event stands in an unpacked row.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spot {
    frame_start: u32,
    index: u32,
}

/// A row's payload, decompressed.
#[derive(Debug)]
pub(crate) struct Unpacked(Vec<u8>);

impl Unpacked {
    /// Decompresses a row's payload.
    ///
    /// # Errors
    /// If it is damaged or too large.
    pub(crate) fn new(payload: &[u8]) -> anyhow::Result<Self> {
        let bound = zstd::zstd_safe::get_frame_content_size(payload)
            .ok()
            .flatten()
            .and_then(|size| usize::try_from(size).ok())
            .context("a log row without its size")?;
        if bound > ROW_BYTES_MOST {
            bail!("a log row of {bound} bytes");
        }
        zstd::bulk::decompress(payload, bound)
            .context("decompressing a log row")
            .map(Self)
    }

    /// Every frame and where it begins.
    fn frames(&self) -> impl Iterator<Item = anyhow::Result<(usize, Frame<'_>)>> {
        let mut start = 0;
        std::iter::from_fn(move || {
            if start == self.0.len() {
                return None;
            }
            let (at, frame) = (start, self.frame(start));
            start = match &frame {
                Ok((_, end)) => *end,
                Err(_) => self.0.len(),
            };
            Some(frame.map(|(frame, _)| (at, frame)))
        })
    }

    /// The frame whose length stands at `start`, and where it ends.
    fn frame(&self, start: usize) -> anyhow::Result<(Frame<'_>, usize)> {
        let (length, after) = self
            .0
            .get(start..)
            .and_then(|rest| rest.split_first_chunk::<4>())
            .context("a log row is cut short")?;
        let length = u32::from_be_bytes(*length) as usize;
        let frame = after.get(..length).context("a log row is cut short")?;
        let frame = Frame::parse(frame).context("a frame of a log row")?;
        Ok((frame, start + 4 + length))
    }

    /// Its events by their fixed parts, with where each stands, in order.
    ///
    /// # Errors
    /// If the row is damaged.
    pub(crate) fn spots(&self) -> anyhow::Result<Vec<(Head, Spot)>> {
        let mut spots = Vec::new();
        for frame in self.frames() {
            let (start, frame) = frame?;
            let frame_start = u32::try_from(start).context("a row is bounded to megabytes")?;
            spots.extend((0..frame.len()).filter_map(|index| {
                let spot = Spot {
                    frame_start,
                    index: u32::try_from(index).ok()?,
                };
                Some((frame.head(index)?, spot))
            }));
        }
        Ok(spots)
    }

    /// The event at a spot of this row.
    ///
    /// # Errors
    /// If it cannot be read.
    pub(crate) fn read(&self, spot: Spot) -> anyhow::Result<Event> {
        let (frame, _) = self.frame(spot.frame_start as usize)?;
        frame
            .event(spot.index as usize)
            .context("an event of a log row")
    }

    /// The fixed parts of all its events, in order.
    ///
    /// # Errors
    /// If the row is damaged.
    pub(crate) fn heads(&self) -> anyhow::Result<Vec<Head>> {
        let mut heads = Vec::new();
        for frame in self.frames() {
            let (_, frame) = frame?;
            heads.extend((0..frame.len()).filter_map(|index| frame.head(index)));
        }
        Ok(heads)
    }

    /// All its events, in order.
    ///
    /// # Errors
    /// If the row is damaged.
    pub(crate) fn events(&self) -> anyhow::Result<Vec<Event>> {
        let mut events = Vec::new();
        for frame in self.frames() {
            events.append(&mut frame?.1.events().context("an event of a log row")?);
        }
        Ok(events)
    }

    /// Some of its events, by position in the row.
    ///
    /// # Errors
    /// If the row is damaged or shorter than a position.
    pub(crate) fn pick(&self, positions: &[u32]) -> anyhow::Result<Vec<Event>> {
        let mut picked = Vec::with_capacity(positions.len());
        let mut start = 0;
        for frame in self.frames() {
            let (_, frame) = frame?;
            for position in positions {
                let position = *position as usize;
                if (start..start + frame.len()).contains(&position) {
                    picked.push(frame.event(position - start)?);
                }
            }
            start += frame.len();
        }
        if picked.len() != positions.len() {
            bail!("a log row holds {start} events, fewer than asked for");
        }
        Ok(picked)
    }
}
