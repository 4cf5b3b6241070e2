//! What is kept of somebody about journeys, as texts for a copy of it.

use filo_core::id::CustomerId;
use serde_json::json;

use crate::app::App;
use crate::error::Result;

impl App {
    /// Their ways through journeys, with what happened on each.
    pub(crate) async fn told_of_runs(&self, customer: CustomerId) -> Result<Vec<String>> {
        let views = self.runs_of(customer).await?;
        let told = views.into_iter().map(|view| {
            let run = &view.run;
            let lines = view.lines.iter().map(|line| {
                let at = line.at.to_string();
                json!({"at": at, "step": line.step, "what": line.what, "detail": line.detail})
            });
            let told = json!({
                "journey": view.name, "run": run.id.to_string(), "about": run.key,
                "why": run.why, "entered_at": run.entered_at.to_string(),
                "ended_at": run.ended.map(|(at, _)| at.to_string()),
                "ending": run.ended.map(|(_, ending)| ending.word()),
                "lines": lines.collect::<Vec<_>>(),
            });
            told.to_string()
        });
        Ok(told.collect())
    }

    /// What people of the company were asked to do for them.
    pub(crate) async fn told_of_tasks(&self, customer: CustomerId) -> Result<Vec<String>> {
        let views = self.tasks_of(customer).await?;
        let told = views.into_iter().map(|view| {
            let row = view.row;
            let said = view.facts.said.map(|said| said.text);
            let told = json!({
                "journey": view.journey, "kind": row.kind, "title": row.title, "hint": row.hint,
                "said": said, "status": row.status, "outcome": row.outcome, "note": row.note,
                "created_at": row.created_at.to_string(), "done_by": row.done_by,
            });
            told.to_string()
        });
        Ok(told.collect())
    }
}
