//! The parts that pages are made of.

pub(crate) mod form;
pub(crate) mod icon;
pub(crate) mod monogram;
mod nav;
pub(crate) mod page;
mod palette;
pub(crate) mod shown;
pub(crate) mod tab;
pub(crate) mod toast;
