//! Reading once more what waited in quarantine and has been repaired by a person.

use std::borrow::Cow;
use std::collections::BTreeMap;

use filo_app::App;
use filo_core::event::{Event, Trust};
use filo_core::id::SourceId;
use filo_core::intake::{Defect, Sender};
use filo_core::time::Timestamp;
use serde_json::value::RawValue;

use super::taking::{Taken, Workspace, take, with_wire};
use super::{cloud_events, ga4};

/// Makes events of a repaired body, whatever format it came in; each message gives an event or
/// says what is still wrong with it.
#[must_use]
pub fn reparse(
    app: &App,
    source: SourceId,
    trust: Trust,
    body: &str,
    received_at: Timestamp,
) -> Vec<Result<Event, Defect>> {
    let rules = app.rules();
    let spare_id = || app.spare_id();
    let workspace = Workspace {
        rules: &rules,
        key: app.key(),
        spare_id: &spare_id,
    };
    reread(body, &Sender::new(source, trust, received_at), &workspace)
}

fn reread(
    body: &str,
    sender: &Sender<'_>,
    workspace: &Workspace<'_>,
) -> Vec<Result<Event, Defect>> {
    let segment = match format(body) {
        Format::Segment => Ok((Cow::Borrowed(body), Vec::new())),
        Format::Ga4 => ga4::to_segment(body).map(|batch| (Cow::Owned(batch), Vec::new())),
        Format::CloudEvents => cloud_events::to_segment(body)
            .map(|translated| (Cow::Owned(translated.batch()), translated.refused)),
    };
    let (text, refused) = match segment {
        Ok(translated) => translated,
        Err(defect) => return vec![Err(defect)],
    };
    match with_wire(&text, |wire| take(&text, wire, None, sender, workspace)) {
        Ok(Taken {
            events,
            refused: more,
            ..
        }) => {
            let defects = more.into_iter().chain(refused).map(|one| Err(one.defect));
            events.into_iter().map(Ok).chain(defects).collect()
        }
        Err(broken) => vec![Err(broken.0)],
    }
}

enum Format {
    Segment,
    Ga4,
    CloudEvents,
}

fn format(body: &str) -> Format {
    if body.trim_start().starts_with('[') {
        return Format::CloudEvents;
    }
    let root: BTreeMap<Cow<'_, str>, &RawValue> = serde_json::from_str(body).unwrap_or_default();
    if root.contains_key("specversion") {
        Format::CloudEvents
    } else if root.contains_key("events") && !root.contains_key("batch") {
        Format::Ga4
    } else {
        Format::Segment
    }
}
