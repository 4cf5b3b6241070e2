//! The whole engine, cut at points of a run: what was accepted is on the timelines, once.
