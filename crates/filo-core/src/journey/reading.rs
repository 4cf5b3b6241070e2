//! Reading a document so that what is wrong is told with its place.

use serde::de::DeserializeOwned;
use serde_path_to_error::{Path, Segment};

use super::document::JourneyFault;

pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T, JourneyFault> {
    let mut json = serde_json::Deserializer::from_str(text);
    let read = serde_path_to_error::deserialize(&mut json);
    let read = read.map_err(|error| JourneyFault {
        at: pointer(error.path()),
        cause: plain(&error.inner().to_string()),
    })?;
    json.end().map_err(|error| JourneyFault {
        at: String::new(),
        cause: plain(&error.to_string()),
    })?;
    Ok(read)
}

/// The place as a JSON pointer.
fn pointer(path: &Path) -> String {
    let mut text = String::new();
    for segment in path.iter() {
        match segment {
            Segment::Seq { index } => text.push_str(&format!("/{index}")),
            Segment::Map { key } => text.push_str(&format!("/{key}")),
            Segment::Enum { variant } => text.push_str(&format!("/{variant}")),
            Segment::Unknown => {}
        }
    }
    text
}

/// Without line and column, which the place says better.
fn plain(message: &str) -> String {
    match message.rfind(" at line ") {
        Some(end) => message[..end].to_owned(),
        None => message.to_owned(),
    }
}
