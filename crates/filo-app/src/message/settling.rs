//! How handing a message over ended, written down; and what an earlier run left behind.

use compact_str::CompactString;
use filo_core::event::{Event, EventKind, Trust};
use filo_core::id::MessageId;
use filo_core::identity::Identifier;
use filo_core::message::gate::{Finding, Verdict};
use filo_core::message::saying::SUBJECT_CHARS_MOST;
use filo_core::message::state::State;
use filo_core::message::{Class, Medium};
use filo_core::time::Timestamp;
use filo_store::Tx;
use filo_store::message::claim::{self, Turn};
use filo_store::message::verdict::{self, VerdictRow};
use filo_store::message::{self, MessageRow};
use filo_store::warm_up::{self, Count};
use serde_json::{Value, json};
use smallvec::SmallVec;

use super::handing::{Handed, Learnt, Ready};
use super::pacing::Sign;
use super::weighing::due_again;
use crate::app::App;
use crate::content;
use crate::cost::{Charge, count_charges};
use crate::decision::STAFF_SOURCE;
use crate::error::{Error, Result};
use crate::mail::Carrier;
use crate::tracking::{Dressing, day_of};

/// How long a message rests after being put off, by the number of tries: a minute, five, half an
/// hour, two hours, and then every six.
const PUT_OFF_SECONDS: [i64; 5] = [60, 300, 1_800, 7_200, 21_600];
/// Tries in all; with the above that is two days.
const TRIES_MOST: u32 = 12;
/// Letters of an answer that are kept.
const ANSWER_CHARS_MOST: usize = 500;

/// A message that was handed over, and how that ended.
#[derive(Debug)]
pub(super) struct Ended {
    row: MessageRow,
    ready: Ready,
    handed: Handed,
    learnt: Option<Learnt>,
}

impl App {
    /// Hands a claimed message over.
    pub(super) async fn carry(&self, row: MessageRow, ready: Ready, carrier: &Carrier) -> Ended {
        let (handed, learnt) = match self.hand_message(&row, &ready, carrier).await {
            Ok(ended) => ended,
            Err(error) => (Handed::PutOff(error.to_string()), None),
        };
        Ended {
            row,
            ready,
            handed,
            learnt,
        }
    }

    /// Writes down how handing over ended: first what happened, then where the messages stand.
    /// Where that fails it can be done again: an event is the same however often it is written.
    pub(super) async fn settle_ended(&self, ended: &[Ended]) -> Result<()> {
        if ended.is_empty() {
            return Ok(());
        }
        let now = self.now();
        self.write_sent(ended, now).await?;
        let mut tx = self.shared().db.begin().await?;
        let mut turns = Vec::with_capacity(ended.len());
        for it in ended {
            turns.extend(it.settle(&mut tx, now).await?);
        }
        let turned = claim::turn_all(&mut tx, &turns).await?;
        let left = ended.iter().filter(|it| turned.contains(&it.row.id));
        let today = content::day_of(now, &self.zone());
        let charges: Vec<(Charge, bool)> = left.filter_map(Ended::charge).collect();
        count_charges(&mut tx, &charges, today).await?;
        let sent = ended.iter().filter(|it| it.was_taken());
        let dressings = sent.filter_map(|it| it.ready.dressing.as_ref());
        Dressing::count_sent(&mut tx, dressings, day_of(now, &self.zone())).await?;
        tx.commit().await?;
        let learnt: Vec<Learnt> = ended.iter().filter_map(|it| it.learnt).collect();
        if let Err(error) = self.learn_pace(&learnt).await {
            // How it ended stands, whatever becomes of the pace: it may have arrived.
            tracing::warn!(%error, "what was learnt of the pace could not be written down");
        }
        Ok(())
    }

    /// Puts on the thread that messages were sent; not of who was forgotten meanwhile.
    async fn write_sent(&self, ended: &[Ended], now: Timestamp) -> Result<()> {
        let taken = || ended.iter().filter(|it| it.was_taken());
        let ids: Vec<MessageId> = taken().map(|it| it.row.id).collect();
        let standing = {
            let mut tx = self.shared().db.read().await?;
            message::standing(&mut tx, &ids).await?
        };
        let events = taken()
            .filter(|it| standing.contains(&it.row.id))
            .map(|it| self.sent_event(&it.row, &it.ready, now));
        self.decide_all(events.collect()).await
    }

    /// Settles what was on its way when an earlier run ended.
    pub(super) async fn settle_left_behind(&self) -> Result<()> {
        let now = self.now();
        let mut tx = self.shared().db.begin().await?;
        let turn = |row: &MessageRow| {
            let to = State::after_crash(row.class);
            Turn {
                id: row.id,
                from: State::Claimed,
                to,
                due_at: (to == State::Queued).then_some(now),
                ended_at: (to != State::Queued).then_some(now),
                answer: None,
            }
        };
        let rows = claim::claimed(&mut tx).await?;
        let turns: Vec<Turn<'_>> = rows.iter().map(turn).collect();
        claim::turn_all(&mut tx, &turns).await?;
        tx.commit().await?;
        Ok(())
    }

    /// That a message was sent, as it stands on the thread.
    fn sent_event(&self, row: &MessageRow, ready: &Ready, now: Timestamp) -> Event {
        let message_id = CompactString::from(format!("sent-{}-{}", row.id, row.tries));
        let name = row.medium.sent();
        let subject = match ready.subject.as_str() {
            // What has no subject is known by how it begins.
            "" => ready.text.lines().next().unwrap_or_default(),
            subject => subject,
        };
        let subject: String = subject.chars().take(SUBJECT_CHARS_MOST).collect();
        let properties = json!({
            "message": row.id.to_string(), "medium": row.medium.word(), "subject": subject,
            "purpose": row.purpose, "class": row.class.word(), "origin": row.origin.word(),
        });
        let identifier = Identifier {
            kind: ready.kind,
            value: ready.to.clone(),
        };
        Event {
            id: self.key().event_id(STAFF_SOURCE, &message_id),
            thread: self.key().node_id(identifier.kind, &identifier.value),
            at: now,
            received_at: now,
            original_at: None,
            clock_suspect: false,
            kind: EventKind::Track,
            trust: Trust::Verified,
            channel: row.medium.channel(),
            source: STAFF_SOURCE,
            message_id,
            name: CompactString::const_new(name),
            identifiers: SmallVec::from_iter([identifier]),
            properties: properties.to_string().into_boxed_str(),
            context: "{}".into(),
        }
    }
}

impl Ended {
    /// A message that was shown.
    pub(super) fn shown(row: MessageRow, ready: Ready) -> Self {
        let handed = Handed::Taken {
            said: "shown on the site".to_owned(),
            carrier_id: String::new(),
            is_kept: false,
        };
        Self {
            row,
            ready,
            handed,
            learnt: None,
        }
    }

    /// What it is charged with if it has left, and whether it was kept here.
    fn charge(&self) -> Option<(Charge, bool)> {
        let Handed::Taken { is_kept, .. } = &self.handed else {
            return None;
        };
        Some((self.ready.charge?, *is_kept))
    }

    const fn was_taken(&self) -> bool {
        matches!(self.handed, Handed::Taken { .. })
    }

    /// Where it stands now; nothing if its claim was given back.
    async fn settle(&self, tx: &mut Tx<'_>, now: Timestamp) -> Result<Option<Turn<'_>>> {
        let row = &self.row;
        let tries = row.tries + 1;
        let rest = PUT_OFF_SECONDS
            .get(row.tries as usize)
            .or(PUT_OFF_SECONDS.last());
        let (to, due_at, answer) = match &self.handed {
            Handed::NotYet { wait_us } => {
                claim::give_back(tx, row.id, now.plus_micros(*wait_us)).await?;
                if let Some(place) = &self.ready.place {
                    warm_up::give_back(tx, place).await?;
                }
                return Ok(None);
            }
            Handed::Taken { said, .. } => (State::Sent, None, said),
            Handed::Unknown(answer) if row.class == Class::Marketing => {
                (State::Unknown, None, answer)
            }
            Handed::PutOff(answer) | Handed::Unknown(answer) if tries < TRIES_MOST => {
                let due_at = rest.map(|rest| now.plus_seconds(*rest));
                (State::Queued, due_at, answer)
            }
            Handed::PutOff(answer) | Handed::Unknown(answer) | Handed::Refused(answer) => {
                (State::Failed, None, answer)
            }
        };
        if let (Some(place), Some((_, sign))) = (&self.ready.place, self.learnt) {
            let what = match sign {
                Sign::Well => Count::Taken,
                Sign::Later | Sign::TooMuch { .. } => Count::Deferred,
            };
            warm_up::count(tx, place, what).await?;
        }
        let mut to = to;
        if let Handed::Taken { carrier_id, .. } = &self.handed
            && !carrier_id.is_empty()
            && App::note_carrier_id(tx, row.id, carrier_id).await?
        {
            // That it does not arrive was told before this was written down.
            to = State::Failed;
        }
        let end = answer.char_indices().nth(ANSWER_CHARS_MOST);
        Ok(Some(Turn {
            id: row.id,
            from: State::Claimed,
            to,
            due_at,
            ended_at: (to != State::Queued).then_some(now),
            answer: Some(end.map_or(answer, |(at, _)| &answer[..at])),
        }))
    }
}

/// Writes down what the gate said of messages.
pub(super) async fn write_verdicts<'a>(
    tx: &mut Tx<'_>,
    said: impl Iterator<Item = (MessageId, &'a Verdict)>,
    now: Timestamp,
) -> Result<()> {
    let row = |(id, said): (MessageId, &Verdict)| {
        let findings: Vec<Value> = said.findings.iter().map(finding_json).collect();
        let row = VerdictRow {
            at: now,
            outcome: said.outcome.word().to_owned(),
            until: due_again(said.outcome),
            findings: Value::from(findings).to_string(),
        };
        (id, row)
    };
    let rows: Vec<_> = said.map(row).collect();
    verdict::tell(tx, &rows).await.map_err(Error::from)
}

/// A finding as it is stored and told: its word, and what is to be known with it.
#[must_use]
pub fn finding_json(finding: &Finding) -> Value {
    let mut value = json!({ "why": finding.word() });
    match *finding {
        Finding::Quiet { until } | Finding::WarmUpOrder { until } | Finding::Absent { until } => {
            value["until"] = until.to_string().into();
        }
        Finding::Cap {
            medium,
            most,
            days,
            until,
        } => {
            value["medium"] = medium.map(Medium::word).into();
            value["most"] = most.into();
            value["days"] = days.into();
            value["until"] = until.to_string().into();
        }
        Finding::Budget {
            spent,
            weight,
            points,
            until,
        } => {
            value["spent"] = spent.into();
            value["weight"] = weight.into();
            value["points"] = points.into();
            value["until"] = until.to_string().into();
        }
        Finding::Outranked { by, until } => {
            value["by"] = by.to_string().into();
            value["until"] = until.to_string().into();
        }
        Finding::WarmUp {
            provider,
            allowed,
            until,
        } => {
            value["provider"] = provider.word().into();
            value["allowed"] = allowed.into();
            value["until"] = until.to_string().into();
        }
        Finding::PassesOn { from, to } => {
            value["from"] = from.word().into();
            value["medium"] = to.word().into();
        }
        Finding::Addressing(_)
        | Finding::TooLate
        | Finding::ReasonGone
        | Finding::HeldBack
        | Finding::HeldBackOfJourney
        | Finding::Paused
        | Finding::Unapproved => {}
    }
    value
}
