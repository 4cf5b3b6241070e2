//! What a journey by the calendar must keep to.

use super::Schedule;
use crate::journey::check::Checking;

impl Checking<'_> {
    pub(in crate::journey) fn schedule(&mut self, schedule: &Schedule) {
        self.segment(schedule.segment, "/trigger/schedule/segment");
        if let Err(fault) = schedule.timetable() {
            let at = format!("/trigger/schedule/{}", fault.field);
            self.must(false, &at, fault.cause);
        }
    }
}
