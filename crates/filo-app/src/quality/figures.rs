//! The figures of a day: of everybody, of each kind of value and of each source.
//!
//! **Invariant:** a figure of a day is replaced on that day and never after it.

use std::collections::BTreeMap;

use filo_core::id::{CustomerId, SourceId};
use filo_core::quality::{ASKED, Field, Tally, marks_of_bytes};
use filo_store::quality::{self, DayRow, KeyCount};

use super::looking::day_of;
use crate::App;
use crate::error::Result;

/// People read at a time: some hundred bytes each.
const PAGE: u32 = 2_000;

#[derive(Default)]
struct Part {
    people: i64,
    tally: Tally,
    /// The last person who was counted here.
    last: Option<CustomerId>,
}

impl Part {
    fn count(&mut self, customer: CustomerId) {
        if self.last != Some(customer) {
            self.people += 1;
            self.last = Some(customer);
        }
    }
}

#[derive(Default)]
struct Whole {
    people: i64,
    all: Tally,
    fields: BTreeMap<Field, Part>,
    sources: BTreeMap<SourceId, Part>,
}

impl App {
    /// Adds everybody up and writes the figures of today.
    pub(super) async fn measure_quality(&self) -> Result<()> {
        let now = self.now();
        let mut whole = Whole::default();
        let mut behind = CustomerId(0);
        loop {
            let page = {
                let mut tx = self.shared().db.read().await?;
                quality::people(&mut tx, behind, PAGE).await?
            };
            let Some(last) = page.last() else { break };
            behind = last.customer;
            for person in &page {
                whole.people += 1;
                for mark in marks_of_bytes(&person.marks).unwrap_or_default() {
                    let is_asked = mark.is_asked();
                    whole.all.add(&mark, now, is_asked);
                    if let Some(field) = mark.field() {
                        let part = whole.fields.entry(field).or_default();
                        part.count(person.customer);
                        part.tally.add(&mark, now, true);
                    }
                    if let Some(source) = mark.source {
                        let part = whole.sources.entry(source).or_default();
                        part.count(person.customer);
                        part.tally.add(&mark, now, is_asked);
                    }
                }
            }
            tokio::task::yield_now().await;
        }
        let counts = {
            let mut tx = self.shared().db.read().await?;
            quality::key_counts(&mut tx).await?
        };
        let day = day_of(now);
        let rows = whole.rows(day, &counts);
        let mut tx = self.shared().db.begin().await?;
        quality::put_day(&mut tx, day, &rows).await?;
        tx.commit().await?;
        Ok(())
    }
}

impl Whole {
    fn rows(mut self, day: i64, counts: &[KeyCount]) -> Vec<DayRow> {
        for count in counts {
            let (keys, own) = (count.keys.unsigned_abs(), count.own.unsigned_abs());
            self.all.compare(keys, own);
            if let Some(field) = Field::from_word(&count.field) {
                self.fields
                    .entry(field)
                    .or_default()
                    .tally
                    .compare(keys, own);
            }
            if let Some(source) = count.source {
                self.sources
                    .entry(source)
                    .or_default()
                    .tally
                    .compare(keys, own);
            }
        }
        let people = self.people.unsigned_abs();
        let asked = ASKED.len() as u64;
        self.all.ask(people * asked);
        let row = |scope: &str, subject: String, people, tally: &Tally| DayRow {
            day,
            scope: scope.to_owned(),
            subject,
            people,
            scores: tally.scores(),
        };
        let mut rows = vec![row("all", String::new(), self.people, &self.all)];
        for (field, part) in &mut self.fields {
            part.tally.ask(people);
            rows.push(row(
                "field",
                field.word().to_owned(),
                part.people,
                &part.tally,
            ));
        }
        for (source, part) in &mut self.sources {
            part.tally.ask(part.people.unsigned_abs() * asked);
            rows.push(row(
                "source",
                source.0.to_string(),
                part.people,
                &part.tally,
            ));
        }
        rows
    }
}
