//! `filo`: takes events in and answers, until it is told to stop.
//!
//! **Invariant:** the port is taken before the workspace is opened, and what was accepted is
//! applied and on disk before the process ends with 0.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context, bail};
use filo_app::{App, FirstRun};
use tokio::net::{TcpListener, UnixListener};
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::config::Config;
use crate::control;
use crate::output::say;

/// How often it is looked whether the engine still stands: a fault stops the process, so that
/// whoever watches over it starts it anew.
const LOOK: Duration = Duration::from_secs(1);

/// Serves.
///
/// # Errors
/// If it cannot begin, or the engine meets a fault it cannot go on from.
pub(crate) async fn run(config: &Config) -> anyhow::Result<u8> {
    let listener = bind(config.listen).await?;
    let listening = listener.local_addr()?;
    let app = super::begin(config, listening).await?;
    // Before anybody hears that Filo is ready: a command that cannot reach it finds the folder
    // taken.
    let control = control::bind(config);
    let stop = Stop::listen()?;
    greet(config, &app, listening).await?;
    attend(app, listener, control, stop).await
}

/// Answers requests and commands until told to stop, and closes well.
///
/// # Errors
/// If the engine meets a fault it cannot go on from.
pub(super) async fn attend(
    app: App,
    listener: TcpListener,
    control: anyhow::Result<UnixListener>,
    mut told: Stop,
) -> anyhow::Result<u8> {
    app.keep_backing_up();
    app.keep_to_retention();
    app.keep_measuring_buyers();
    app.keep_watching_figures();
    app.keep_learning_shares();
    app.keep_sending_mondays(filo_web::write_monday);
    let mut fault = None;
    let stop = async {
        tokio::select! {
            () = told.told() => {}
            found = engine_fault(&app) => fault = Some(found),
        }
    };
    let serving = filo_web::serve(app.clone(), listener, stop);
    let commands = answer_commands(control, app.clone());
    tokio::select! {
        served = serving => served?,
        never = commands => match never {},
    }
    if let Some(fault) = fault {
        tracing::error!(fault, "stopping: the engine cannot go on");
        bail!("the engine cannot go on: {fault}");
    }
    tracing::info!("stopping");
    app.shut_down().await.context("stopping")?;
    Ok(0)
}

/// Takes the port.
///
/// # Errors
/// If it is taken already, or may not be.
pub(super) async fn bind(address: SocketAddr) -> anyhow::Result<TcpListener> {
    match TcpListener::bind(address).await {
        Ok(listener) => Ok(listener),
        Err(error) if error.kind() == ErrorKind::AddrInUse => bail!(
            "port {} is taken by another program: stop it, or choose another port with \
             --listen {}:PORT",
            address.port(),
            address.ip(),
        ),
        Err(error) if error.kind() == ErrorKind::PermissionDenied => bail!(
            "port {} is reserved by the system: choose one above 1023 with --listen {}:PORT",
            address.port(),
            address.ip(),
        ),
        Err(error) => Err(error).with_context(|| format!("listening on {address}")),
    }
}

/// Prints where Filo is; the first time also how to come in and how to send something.
async fn greet(config: &Config, app: &App, listening: SocketAddr) -> anyhow::Result<()> {
    let url = config.public_url(listening);
    say(format!(
        "Filo {} is ready: {url}",
        env!("CARGO_PKG_VERSION")
    ));
    match app.first_run().await? {
        Some(first) => say(welcome(&url, &first)),
        None => say("To log in: filo login"),
    }
    Ok(())
}

fn welcome(url: &str, first: &FirstRun) -> String {
    let FirstRun {
        public_key,
        secret_key,
        login_key,
        ..
    } = first;
    format!(
        "
These lines are shown once.

  Log in within an hour  {login}
  Key for the site       {public_key}
  Key for your servers   {secret_key}

Send a first event:

  curl -u {secret_key}: {url}/v1/track -d '{{\"userId\":\"1\",\"event\":\"Order Completed\",\
\"properties\":{{\"order_id\":\"1\",\"revenue\":42.5,\"currency\":\"EUR\"}}}}'

More keys: filo key create. A new link: filo login. Orders of a file: filo import orders FILE.",
        login = login_link(url, login_key),
    )
}

/// The link that logs a person in.
pub(super) fn login_link(url: &str, key: &str) -> String {
    format!("{url}/login?key={key}")
}

/// Waits for SIGTERM or SIGINT; a second one ends the process at once, as people expect.
/// What tells a program to stop. Whoever hears that Filo is ready may stop it at once, so this is
/// listened to before that is said.
pub(super) struct Stop {
    terminate: Signal,
    interrupt: Signal,
}

impl Stop {
    /// # Errors
    /// If signals cannot be listened to.
    pub(super) fn listen() -> std::io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    async fn told(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

async fn engine_fault(app: &App) -> String {
    loop {
        tokio::time::sleep(LOOK).await;
        if let Some(fault) = app.status().fault {
            return fault;
        }
    }
}

/// Commands are a convenience: without their socket Filo serves all the same.
async fn answer_commands(
    control: anyhow::Result<UnixListener>,
    app: App,
) -> std::convert::Infallible {
    let answered = match control {
        Ok(listener) => control::listen(listener, app).await,
        Err(error) => Err(error),
    };
    if let Err(error) = answered {
        tracing::warn!(
            error = format!("{error:#}"),
            "commands cannot reach this Filo: stop it before using them"
        );
    }
    std::future::pending().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_taken_port_is_said_clearly() {
        let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let error = bind(taken.local_addr().unwrap())
            .await
            .unwrap_err()
            .to_string();
        assert!(error.contains("is taken by another program"), "{error}");
    }
}
