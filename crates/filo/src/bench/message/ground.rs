//! A Filo that is ready to write to people: an account, no rules in the way, a piece, journeys.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::{Api, Connection, Place, Plan, Server, basic, post};

/// People in a batch of introductions.
const BATCH: u64 = 250;
/// Connections that introduce people.
const CONNECTIONS: u64 = 4;
/// No provider is in the way of a bench.
const PER_MINUTE: u32 = 600_000;
/// What is not there by then is not coming.
const DONE_MOST: Duration = Duration::from_secs(3_600);
const LOOK: Duration = Duration::from_millis(100);
/// A paragraph of the piece.
const PARAGRAPH: &str = "Abbiamo tostato il nuovo raccolto dell’Etiopia: {{ first_name }}, se ti \
    piacciono i caffè floreali e leggeri, questo è il momento giusto per provarlo. Lo trovi nei \
    nostri bar e sul sito, in grani o macinato per la tua macchina, con la scheda di chi lo ha \
    coltivato e i consigli per prepararlo.";
const PARAGRAPHS: usize = 6;

/// A Filo with everything that is needed.
pub(super) struct Ground {
    /// First to go.
    pub(super) api: Api,
    pub(super) server: Server,
    pub(super) key: String,
    pub(super) piece: String,
    pub(super) place: Place,
}

impl Ground {
    /// Starts it, writing to a server of mail at an address.
    ///
    /// # Errors
    /// If it cannot be set up.
    pub(super) async fn lay(plan: &Plan, mail: SocketAddr) -> anyhow::Result<Self> {
        let place = Place::new(plan)?;
        let server = Server::start(&place).await?;
        let key = server.write_key().await?;
        let mut api = Api::open(&server).await?;
        open_account(&mut api, mail).await?;
        let mut policy = api.get("/api/v1/settings/messages").await?;
        policy["holdout_percent"] = 0.into();
        policy["caps"] = json!([]);
        policy["budget"]["points"] = 0.into();
        policy["quiet"] = json!({"from": "00:00", "until": "00:00", "on_holidays": false});
        api.put("/api/v1/settings/messages", &policy).await?;
        let text = vec![PARAGRAPH; PARAGRAPHS].join("\n\n");
        let piece = json!({"name": "Novità", "purpose": "marketing", "class": "marketing",
            "adaptations": [{"medium": "email", "language": "it", "fields": {
                "subject": "{{ first_name }}, è arrivato il nuovo raccolto", "text": text}}]});
        let made = api.post("/api/v1/pieces", &json!({"piece": piece})).await?;
        let piece = made["id"]
            .as_str()
            .context("no id of the piece")?
            .to_owned();
        Ok(Self {
            api,
            server,
            key,
            piece,
            place,
        })
    }

    /// Makes people known who want to be written to: `u-0` and so on.
    ///
    /// # Errors
    /// If a batch is not taken.
    pub(super) async fn introduce(&self, people: u64) -> anyhow::Result<()> {
        let mut running = JoinSet::new();
        for number in 0..CONNECTIONS {
            let (address, key) = (self.server.address, basic(&self.key));
            running.spawn(async move {
                let mut connection = Connection::open(address).await?;
                let mut first = number * BATCH;
                while first < people {
                    let batch: Vec<Value> = (first..(first + BATCH).min(people))
                        .flat_map(wants)
                        .collect();
                    let body = json!({"batch": batch}).to_string();
                    deliver(&mut connection, &key, "/v1/batch", &body).await?;
                    first += CONNECTIONS * BATCH;
                }
                anyhow::Ok(())
            });
        }
        while let Some(ended) = running.join_next().await {
            ended??;
        }
        self.server.caught_up().await.map(drop)
    }

    /// Publishes a journey from which nobody is held back; its id.
    ///
    /// # Errors
    /// If it is refused.
    pub(super) async fn publish(&mut self, journey: &Value) -> anyhow::Result<String> {
        let mut journey = journey.clone();
        journey["holdout_percent"] = 0.into();
        let new = json!({"name": "Bench", "journey": journey});
        let made = self.api.post("/api/v1/journeys", &new).await?;
        let id = made["id"].as_str().context("no id")?.to_owned();
        let publish = json!({"version": made["version"]});
        let path = format!("/api/v1/journeys/{id}/publishing");
        self.api.post(&path, &publish).await?;
        Ok(id)
    }

    /// Something happens with somebody.
    ///
    /// # Errors
    /// If it is not taken.
    pub(super) async fn happens(&self, name: &str, person: u64) -> anyhow::Result<()> {
        let mut connection = Connection::open(self.server.address).await?;
        let body = happening(name, person);
        deliver(&mut connection, &basic(&self.key), "/v1/track", &body).await
    }

    /// Writes to another server from now on.
    ///
    /// # Errors
    /// If it is refused.
    pub(super) async fn move_account(&mut self, mail: SocketAddr) -> anyhow::Result<()> {
        let settings = self.api.get("/api/v1/mail").await?;
        let account = account(mail, &settings["per_minute"], &settings["version"]);
        self.api.put("/api/v1/mail", &account).await.map(drop)
    }

    /// A segment of everybody who was introduced.
    ///
    /// # Errors
    /// If it does not fill.
    pub(super) async fn everybody(&mut self) -> anyhow::Result<String> {
        let wants = json!({"happened": {"signal": {"name": "Consent Granted"},
            "test": {"figure": {"figure": "count", "is": {"at_least": 1}, "during": "ever"}}}});
        let new = json!({"name": "Tutti", "condition": wants});
        let made = self.api.post("/api/v1/segments", &new).await?;
        let id = made["id"].as_str().context("no id")?.to_owned();
        let address = format!("/api/v1/segments/{id}");
        self.until(&address, |row| row["filled_at"].is_string())
            .await?;
        Ok(id)
    }

    /// Waits until something can be read.
    ///
    /// # Errors
    /// If it never can.
    pub(super) async fn until(
        &mut self,
        address: &str,
        is_there: impl Fn(&Value) -> bool,
    ) -> anyhow::Result<()> {
        let begun = std::time::Instant::now();
        while !is_there(&self.api.get(address).await?) {
            anyhow::ensure!(begun.elapsed() < DONE_MOST, "{address} does not come true");
            tokio::time::sleep(LOOK).await;
        }
        Ok(())
    }
}

/// Connects the account and makes a key of signatures.
async fn open_account(api: &mut Api, mail: SocketAddr) -> anyhow::Result<()> {
    let providers = api.get("/api/v1/mail").await?["per_minute"].clone();
    let words = providers.as_object().context("no paces")?.keys();
    let paces: Value = words
        .map(|word| (word.clone(), Value::from(PER_MINUTE)))
        .collect();
    let saved = api
        .put("/api/v1/mail", &account(mail, &paces, &json!(0)))
        .await?;
    let signing = json!({"selector": "filo", "domain": "bottega.example.it",
                         "version": saved["version"]});
    api.post("/api/v1/mail/dkim-key", &signing).await.map(drop)
}

fn account(mail: SocketAddr, paces: &Value, version: &Value) -> Value {
    json!({"server": {"host": mail.ip().to_string(), "port": mail.port(), "security": "none",
                      "user": "", "own_relay": true},
           "from_address": "ciao@bottega.example.it", "from_name": "Bottega",
           "per_minute": paces, "signed": true, "version": version})
}

/// The address of somebody.
pub(super) fn address(person: u64) -> String {
    format!("cliente.{person}@example.it")
}

/// Who somebody is, and that they want to be written to.
fn wants(person: u64) -> [Value; 2] {
    let user = format!("u-{person}");
    [
        json!({"type": "identify", "messageId": format!("io-{person}"), "userId": user,
               "traits": {"email": address(person), "first_name": format!("Anna {person}")}}),
        json!({"type": "track", "event": "Consent Granted", "messageId": format!("si-{person}"),
               "userId": user,
               "properties": {"purpose": "marketing", "channel": "email", "basis": "consent",
                              "proof": "modulo 7", "how": "form"}}),
    ]
}

/// Something that happens with somebody now.
pub(super) fn happening(name: &str, person: u64) -> String {
    json!({"event": name, "messageId": format!("{name}-{person}"), "userId": format!("u-{person}")})
        .to_string()
}

/// Sends until it is taken.
///
/// # Errors
/// If it is refused.
pub(super) async fn deliver(
    connection: &mut Connection,
    basic: &str,
    path: &str,
    body: &str,
) -> anyhow::Result<()> {
    let headers = [
        ("Authorization", basic),
        ("Content-Type", "application/json"),
    ];
    let request = post(path, &headers, body);
    loop {
        let answer = connection.exchange(&request).await?;
        match answer.status {
            200 => return Ok(()),
            429 | 503 => tokio::time::sleep(LOOK).await,
            other => anyhow::bail!(
                "{path} got {other}: {}",
                String::from_utf8_lossy(answer.body)
            ),
        }
    }
}
