//! `filo bench send`: a piece to everybody, personal and signed, into Postfix's `smtp-sink`; and
//! what `smtp-source` reaches there in the same run.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use serde_json::json;

use super::ground::Ground;
use super::postfix::SmtpSink;
use super::sink::Sink;
use super::{Plan, Sheet, memory, processor_s, real};

/// Connections of `smtp-source`: as many as Filo opens to one server.
const CONNECTIONS: usize = 4;
/// A server that has taken nothing for so long gets nothing more.
const SILENCE_MOST: Duration = Duration::from_secs(60);
const LOOK: Duration = Duration::from_millis(5);

/// Measures.
///
/// # Errors
/// If a server fails, or not everybody gets exactly one message.
pub(in crate::bench) async fn measure(plan: &Plan, sheet: &Sheet) -> anyhow::Result<()> {
    let taker = Taker::start().await?;
    let mut ground = Ground::lay(plan, taker.address()).await?;
    let people = plan.customers.max(1);
    ground.introduce(people).await?;
    let segment = ground.everybody().await?;
    let pid = ground.server.pid();
    let busy_s = processor_s(pid)?;
    let begun = Instant::now();
    let say = json!([{"id": "say", "do": {"send": {"piece": ground.piece}}}]);
    let journey = json!({"trigger": {"broadcast": segment}, "steps": say});
    let id = ground.publish(&journey).await?;
    taker.until(1).await?;
    let first = begun.elapsed();
    taker.until(people).await?;
    let all = begun.elapsed();
    let busy_us = (processor_s(pid)? - busy_s) * 1e6 / real(people);
    let per_s = real(people) / all.as_secs_f64();
    sheet.figure("messages_per_s", per_s, "/s");
    sheet.figure("seconds", all.as_secs_f64(), "s");
    sheet.figure("first_s", first.as_secs_f64(), "s");
    sheet.figure("processor_us_per_message", busy_us, "µs");
    sheet.figure("rss_mb", memory(pid)?.peak_mb, "MB");
    // Nobody gets a second one.
    let address = format!("/api/v1/journeys/{id}");
    ground.until(&address, |row| row["on_the_way"] == 0).await?;
    anyhow::ensure!(
        taker.messages() == people,
        "{} messages came for {people} people",
        taker.messages()
    );
    let bytes = one_more(&mut ground).await?;
    sheet.figure("message_kb", real(bytes) / 1e3, "kB");
    let Taker::Postfix(sink) = &taker else {
        sheet.remark("smtp-sink and smtp-source are not installed (Debian: postfix): no ratio");
        return Ok(());
    };
    let source = sink.source_per_s(people, bytes, CONNECTIONS).await?;
    sheet.figure("source_per_s", source, "/s");
    sheet.figure("ratio", per_s / source, "×");
    Ok(())
}

/// Who takes the messages.
enum Taker {
    Postfix(SmtpSink),
    Own(Sink),
}

impl Taker {
    async fn start() -> anyhow::Result<Self> {
        Ok(match SmtpSink::start().await? {
            Some(sink) => Self::Postfix(sink),
            None => Self::Own(Sink::start().await?),
        })
    }

    fn address(&self) -> SocketAddr {
        match self {
            Self::Postfix(sink) => sink.address,
            Self::Own(sink) => sink.address,
        }
    }

    fn messages(&self) -> u64 {
        match self {
            Self::Postfix(sink) => sink.messages(),
            Self::Own(sink) => sink.look(|came| came.messages),
        }
    }

    /// Waits until so many have come.
    async fn until(&self, wanted: u64) -> anyhow::Result<()> {
        let (mut last, mut since) = (self.messages(), Instant::now());
        while last < wanted {
            tokio::time::sleep(LOOK).await;
            let now = self.messages();
            if now != last {
                (last, since) = (now, Instant::now());
            }
            anyhow::ensure!(
                since.elapsed() < SILENCE_MOST,
                "only {last} of {wanted} messages came"
            );
        }
        Ok(())
    }
}

/// The bytes of one message on the wire: another to a server that counts them.
async fn one_more(ground: &mut Ground) -> anyhow::Result<u64> {
    let sink = Sink::start().await?;
    ground.move_account(sink.address).await?;
    let steps = json!([{"id": "say", "do": {"send": {"piece": ground.piece}}}]);
    let journey = json!({"trigger": {"event": {"name": "Bench Weighed"}}, "steps": steps});
    ground.publish(&journey).await?;
    ground.happens("Bench Weighed", 0).await?;
    let begun = Instant::now();
    loop {
        let bytes = sink.look(|came| came.bytes);
        if bytes > 0 {
            return Ok(bytes);
        }
        anyhow::ensure!(begun.elapsed() < SILENCE_MOST, "no message came");
        tokio::time::sleep(LOOK).await;
    }
}
