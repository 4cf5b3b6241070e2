//! The parts that pages are made of.

pub(crate) mod chart;
pub(crate) mod contrast;
pub(crate) mod device;
pub(crate) mod form;
pub(crate) mod icon;
pub(crate) mod monogram;
mod nav;
pub(crate) mod page;
mod palette;
pub(crate) mod settings_nav;
pub(crate) mod shown;
pub(crate) mod tab;
pub(crate) mod toast;
