//! What messages cost: what is paid for, at which price, and what a number of it comes to.
//!
//! **Invariant:** no price is no price, never nothing: what nobody gave a price for is counted
//! apart, and a sum beside it is the least that it can be.
//! **Invariant:** no amount passes through a floating-point number; sums saturate.

mod fare;
mod goal;
mod item;
mod price;
mod sum;
#[cfg(test)]
mod tests;

pub use fare::Fare;
pub use goal::{FEW_GOALS, PerGoal, PerMore};
pub use item::Item;
pub use price::{DECIMALS_MOST, Micros, PRICE_MOST, PriceFault, PriceList};
pub use sum::{Cost, Line, Usage};
