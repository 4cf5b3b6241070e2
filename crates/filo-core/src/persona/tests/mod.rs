//! People whose kind is known, and people without kinds; what is found of them.

mod carried;
mod compared;
mod found;
mod invented;
