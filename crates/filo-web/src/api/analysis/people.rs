//! How the people behind a figure are told in the API.

use filo_app::analysis::{FigurePeople, FigurePerson};
use filo_core::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::answer::Text;

/// Whom a figure counts.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FigurePeople)]
pub(crate) struct FigurePeopleOut {
    /// How many they are, each once.
    count: u64,
    /// The first 500 of them, the latest first.
    data: Vec<FigurePersonOut>,
}

/// One of them.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FigurePerson)]
pub(crate) struct FigurePersonOut {
    customer: String,
    /// When they last did what the figure counts; null where that has no instant.
    #[schema(value_type = Option<String>, format = DateTime)]
    at: Option<Text<Timestamp>>,
    /// What it is about, where that is not the same for all: products, by name.
    about: Vec<String>,
}

impl FigurePeopleOut {
    pub(super) fn new(found: &FigurePeople) -> Self {
        let person = |it: &FigurePerson| FigurePersonOut {
            customer: it.customer.to_string(),
            at: it.at.map(Text),
            about: it.about.clone(),
        };
        Self {
            count: found.count,
            data: found.people.iter().map(person).collect(),
        }
    }
}
