//! Events as tests write them, and what must hold of every profile.

mod build;
mod consent;
mod hostile;
mod lists;
mod notes;
mod order_free;
mod orders;
mod real_orders;
mod touches;
mod trait_test;
mod traits;
mod view;
mod welcome;
