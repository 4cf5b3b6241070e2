//! What segments are to be, as the API takes it: a tree of conditions, or the same as text.
//!
//! **Invariant:** exactly one of the two is given, and what is wrong is said of that one; in a
//! text with line and column.

use filo_app::segment::SegmentDraft;
use filo_core::segment::text::{self, TextFault};
use filo_core::segment::{Condition, Definition, DocumentFault};
use serde::Deserialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::problem::Problem;

const CONDITION: &str = "condition";
const TEXT: &str = "text";

/// A segment to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SegmentIn {
    /// What people call it.
    name: String,
    /// What it is for.
    #[serde(default)]
    description: String,
    /// Who is in it: the tree of conditions that the book describes.
    #[serde(default)]
    #[schema(value_type = Option<Object>, example = json!({"happened": {
        "signal": {"name": "Order Completed"},
        "test": {"figure": {"figure": "count", "is": {"at_least": 2}, "during": {"last": "90 days"}}}
    }}))]
    condition: Option<Box<RawValue>>,
    /// Who is in it, as text; in place of `condition`.
    #[serde(default)]
    #[schema(example = "\"Order Completed\" at least 2 times in last 90 days")]
    text: Option<String>,
}

/// A segment as it is to be, from the version that was read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SegmentChangeIn {
    /// The version that was read.
    pub(super) version: i64,
    /// What people call it.
    name: String,
    /// What it is for.
    #[serde(default)]
    description: String,
    /// Who is in it.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    condition: Option<Box<RawValue>>,
    /// Who is in it, as text; in place of `condition`.
    #[serde(default)]
    text: Option<String>,
}

/// Which of the two was given, to say what is wrong of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Given(&'static str);

impl Given {
    /// What the app finds wrong with a condition, said of what was given.
    pub(super) fn blame(self, error: filo_app::Error) -> Problem {
        let problem = Problem::from(error);
        match problem.field.as_deref() {
            Some(CONDITION) => problem.about(self.0),
            _ => problem,
        }
    }
}

impl SegmentIn {
    pub(super) fn draft(self) -> Result<(SegmentDraft, Given), Problem> {
        let (condition, given) = condition(self.condition.as_deref(), self.text.as_deref())?;
        let draft = SegmentDraft {
            name: self.name,
            description: self.description,
            condition,
        };
        Ok((draft, given))
    }
}

impl SegmentChangeIn {
    pub(super) fn draft(self) -> Result<(SegmentDraft, Given), Problem> {
        let new = SegmentIn {
            name: self.name,
            description: self.description,
            condition: self.condition,
            text: self.text,
        };
        new.draft()
    }
}

pub(super) fn condition(
    condition: Option<&RawValue>,
    text: Option<&str>,
) -> Result<(Condition, Given), Problem> {
    let (definition, given) = match (condition, text) {
        (Some(condition), None) => {
            let document = format!(r#"{{"version":1,"condition":{}}}"#, condition.get());
            let read = Definition::from_json(&document);
            let wrong = |fault: DocumentFault| Problem::invalid(CONDITION, fault.to_string());
            (read.map_err(wrong)?, CONDITION)
        }
        (None, Some(text)) => {
            let wrong = |fault: TextFault| Problem::invalid(TEXT, fault.to_string());
            (text::define(text).map_err(wrong)?, TEXT)
        }
        (Some(_), Some(_)) => {
            let hint = "give `condition` or `text`: one of the two";
            return Err(Problem::invalid(TEXT, hint));
        }
        (None, None) => {
            let hint = "give who is in it, as a tree or in `text`";
            return Err(Problem::invalid(CONDITION, hint));
        }
    };
    Ok((definition.into_condition(), Given(given)))
}
