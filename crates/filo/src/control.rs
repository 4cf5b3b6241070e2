//! How commands reach a Filo that is already running: a socket in its folder.
//!
//! A workspace has one writer, so a second process cannot open it. A command therefore asks the
//! running one over a Unix socket that only the owner of the folder can open, and opens the
//! workspace itself where none is running.
//!
//! **Invariant:** a command does the same either way; who can open the socket could as well
//! read the files beside it.

use std::path::PathBuf;

use anyhow::Context;
use filo_app::App;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use crate::command;
use crate::config::Config;
use crate::output::{Output, Reply, print};

/// Longest request: a statement of SQL.
const REQUEST_BYTES_MOST: u64 = 1 << 20;
/// Lines ahead of a slow reader.
const LINES_AHEAD: usize = 64;

/// What can be asked.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Request {
    Import(command::import::Bringing),
    Sql(command::sql::Sql),
    Lake(command::lake::Lake),
    Check(command::check::Check),
    Audit(command::audit::Audit),
    Rebuild(command::rebuild::Rebuild),
    Backup(command::backup::Backup),
    Login,
    Key(command::key::Key),
    Secret(command::secret::Secret),
    User(command::user::User),
    Mail(command::mail::Mail),
    /// How Filo is doing, as one line of JSON: for the benches.
    Status,
    /// Everything accepted is in the lake: for the benches.
    Flush,
}

fn socket(config: &Config) -> PathBuf {
    config.folder().join("filo.sock")
}

/// Does what is asked: in the running Filo if there is one, else here.
///
/// # Errors
/// If it cannot be done.
pub(crate) async fn perform(
    config: &Config,
    request: Request,
    output: &Output,
) -> anyhow::Result<u8> {
    if let Some(stream) = connect(config).await {
        return ask(stream, &request, print).await;
    }
    let app = command::open(config, config.listen).await?;
    let code = answer(&app, request, output).await;
    let closed = app.shut_down().await;
    let code = code?;
    closed.context("closing")?;
    Ok(code)
}

/// The socket of the running Filo; a file left behind by one that was killed refuses.
pub(crate) async fn connect(config: &Config) -> Option<UnixStream> {
    UnixStream::connect(socket(config)).await.ok()
}

/// Sends a request and hands over each line of the answer.
///
/// # Errors
/// If Filo stops before the end of its answer.
pub(crate) async fn ask(
    stream: UnixStream,
    request: &Request,
    mut hand_over: impl FnMut(&Reply),
) -> anyhow::Result<u8> {
    let (reading, mut writing) = stream.into_split();
    let mut line = serde_json::to_vec(request)?;
    line.push(b'\n');
    writing.write_all(&line).await?;
    let mut lines = BufReader::new(reading).lines();
    while let Some(line) = lines.next_line().await? {
        match serde_json::from_str(&line)? {
            Reply::Exit(code) => return Ok(code),
            reply => hand_over(&reply),
        }
    }
    anyhow::bail!("Filo stopped before it had answered")
}

/// Makes the socket through which commands reach this Filo.
///
/// # Errors
/// If the socket cannot be made.
pub(crate) fn bind(config: &Config) -> anyhow::Result<UnixListener> {
    let path = socket(config);
    // The folder is locked by this process: a socket there belongs to one that is gone.
    if path.exists() {
        std::fs::remove_file(&path).with_context(|| format!("removing {}", path.display()))?;
    }
    let listener =
        UnixListener::bind(&path).with_context(|| format!("making {}", path.display()))?;
    keep_private(&path)?;
    Ok(listener)
}

/// Answers commands until dropped.
///
/// # Errors
/// If the socket fails.
pub(crate) async fn listen(listener: UnixListener, app: App) -> anyhow::Result<()> {
    let mut open = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let (stream, _) = accepted.context("the control socket failed")?;
                open.spawn(serve(stream, app.clone()));
            }
            Some(_ended) = open.join_next(), if !open.is_empty() => {}
        }
    }
}

fn keep_private(path: &std::path::Path) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))
        .with_context(|| format!("closing {} to others", path.display()))
}

async fn serve(stream: UnixStream, app: App) {
    let (reading, mut writing) = stream.into_split();
    let mut line = String::new();
    let mut reader = BufReader::new(reading.take(REQUEST_BYTES_MOST));
    if reader.read_line(&mut line).await.is_err() {
        return;
    }
    let (sender, mut replies) = mpsc::channel(LINES_AHEAD);
    let output = Output::asker(sender.clone());
    let work = async move {
        let code = match serde_json::from_str::<Request>(&line) {
            Ok(request) => answer(&app, request, &output).await,
            Err(error) => Err(anyhow::Error::from(error).context("another version of filo asks")),
        };
        let code = match code {
            Ok(code) => code,
            Err(error) => {
                output.note(format!("filo: {error:#}")).await;
                1
            }
        };
        // Who asked may have gone.
        drop(sender.send(Reply::Exit(code)).await);
    };
    let pass_on = async move {
        while let Some(reply) = replies.recv().await {
            let Ok(mut line) = serde_json::to_vec(&reply) else {
                continue;
            };
            line.push(b'\n');
            if writing.write_all(&line).await.is_err() {
                break;
            }
        }
    };
    tokio::join!(work, pass_on);
}

async fn answer(app: &App, request: Request, output: &Output) -> anyhow::Result<u8> {
    match request {
        Request::Import(bringing) => Box::pin(bringing.run(app, output)).await,
        Request::Sql(sql) => Box::pin(sql.run(app, output)).await,
        Request::Lake(lake) => lake.run(app, output).await,
        Request::Check(check) => check.run(app, output).await,
        Request::Audit(audit) => audit.run(app, output).await,
        Request::Rebuild(rebuild) => rebuild.run(app, output).await,
        Request::Backup(backup) => Box::pin(backup.run(app, output)).await,
        Request::Login => command::login::run(app, output).await,
        Request::Key(key) => key.run(app, output).await,
        Request::Secret(secret) => secret.run(app, output).await,
        Request::User(user) => user.run(app, output).await,
        Request::Mail(mail) => mail.run(app, output).await,
        Request::Status => command::status::run(app, output).await,
        Request::Flush => {
            app.flush_lake().await?;
            Ok(0)
        }
    }
}
