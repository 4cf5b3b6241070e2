//! The parts that pages are made of.

pub(crate) mod form;
pub(crate) mod page;
pub(crate) mod shown;
