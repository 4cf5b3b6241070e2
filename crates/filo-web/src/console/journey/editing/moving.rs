//! Finding, adding, moving and removing steps within the tree.

use filo_core::journey::{Journey, Step, StepId};

/// A step, wherever it stands.
pub(super) fn find<'a>(steps: &'a mut [Step], id: &StepId) -> Option<&'a mut Step> {
    for step in steps {
        if step.id == *id {
            return Some(step);
        }
        for list in step.action.lists_mut() {
            if let Some(found) = find(list, id) {
                return Some(found);
            }
        }
    }
    None
}

/// Adds a step behind one, at the beginning of one of its ways, or at the very beginning.
pub(super) fn add(journey: &mut Journey, step: &StepId, way: Option<usize>, new: Step) {
    if step.0.is_empty() {
        journey.steps.insert(0, new);
    } else if let Some(way) = way {
        let found = find(&mut journey.steps, step);
        let list = found.and_then(|step| step.action.lists_mut().into_iter().nth(way));
        if let Some(list) = list {
            list.insert(0, new);
        }
    } else {
        drop(behind(&mut journey.steps, step, new));
    }
}

/// Puts it behind; gives it back where the step is not.
fn behind(steps: &mut Vec<Step>, id: &StepId, mut new: Step) -> Option<Step> {
    if let Some(place) = steps.iter().position(|step| step.id == *id) {
        steps.insert(place + 1, new);
        return None;
    }
    for step in steps {
        for list in step.action.lists_mut() {
            new = behind(list, id, new)?;
        }
    }
    Some(new)
}

/// Moves a step one place within its list; whether it is there.
pub(super) fn shift(steps: &mut [Step], id: &StepId, is_down: bool) -> bool {
    if let Some(place) = steps.iter().position(|step| step.id == *id) {
        let other = match is_down {
            true => place + 1,
            false => place.wrapping_sub(1),
        };
        if other < steps.len() {
            steps.swap(place, other);
        }
        return true;
    }
    let mut lists = steps.iter_mut().flat_map(|step| step.action.lists_mut());
    lists.any(|list| shift(list, id, is_down))
}

/// Removes a step with its ways; whether it was there.
pub(super) fn remove(steps: &mut Vec<Step>, id: &StepId) -> bool {
    if let Some(place) = steps.iter().position(|step| step.id == *id) {
        steps.remove(place);
        return true;
    }
    let mut lists = steps.iter_mut().flat_map(|step| step.action.lists_mut());
    lists.any(|list| remove(list, id))
}
