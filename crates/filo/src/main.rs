//! The program: command line, configuration, the real clock and the real generator.
//!
//! **Invariant:** only this crate reads the clock, the environment and the system's source of
//! chance; everything below gets them as parameters.

mod bench;
mod clock;
mod command;
mod config;
mod control;
mod logging;
mod nearest;
mod output;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use config::Settings;
use output::Output;

/// Bursts of requests leave the system's allocator with memory it does not give back; this one
/// does, and is quicker where several threads allocate.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Keeps the thread between a company and each of its customers.
///
/// Without a command, Filo serves: it takes events in, shows customers, and keeps its data in
/// the folder `data`.
#[derive(Debug, Parser)]
#[command(name = "filo", version, max_term_width = 100)]
struct CommandLine {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Takes events in and answers (what happens without a command).
    Serve,
    /// Brings in what the company already has.
    #[command(subcommand)]
    Import(command::import::Import),
    /// Asks the lake in SQL: the views are `events`, `customers` and `identifiers`.
    Sql(command::sql::Sql),
    /// What other tools need to read the lake.
    #[command(subcommand)]
    Lake(command::lake::Lake),
    /// Verifies the store and the lake, and says what is wrong.
    Check(command::check::Check),
    /// The log of who did what: verifies it, exports it, prints where it ends.
    #[command(subcommand)]
    Audit(command::audit::Audit),
    /// Makes the tables anew out of the events, and says whether anything differs.
    Rebuild(command::rebuild::Rebuild),
    /// Makes a backup while Filo works, reads it back; lists, verifies and tries backups.
    Backup(command::backup::Backup),
    /// Makes the data of these settings, which must be empty, out of a backup.
    Restore(command::restore::Restore),
    /// Says what this program would do to the data of an older one, and whether it should.
    UpgradeCheck(command::upgrade_check::UpgradeCheck),
    /// Prints a fresh link with which a person can log in once within an hour.
    Login,
    /// Makes, lists and revokes keys.
    #[command(subcommand)]
    Key(command::key::Key),
    /// Changes the key with which secrets are sealed.
    #[command(subcommand)]
    Secret(command::secret::Secret),
    /// Lists and invites the people of the company, and looks after their accounts.
    #[command(subcommand)]
    User(command::user::User),
    /// Takes in mail that came back.
    #[command(subcommand)]
    Mail(command::mail::Mail),
    /// Measures this machine: starts a Filo of its own in an empty folder and drives it.
    Bench(bench::Bench),
    /// Fills an empty folder with an invented company and a year of its customers, and serves it.
    Demo(command::demo::Demo),
    /// Prints the version and what was built in.
    Version,
}

fn main() -> ExitCode {
    let line = CommandLine::parse();
    match run(line) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("filo: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(line: CommandLine) -> anyhow::Result<ExitCode> {
    let command = line.command.unwrap_or(Command::Serve);
    if matches!(command, Command::Version) {
        return Ok(command::version::run());
    }
    if matches!(command, Command::Sql(_)) && !cfg!(feature = "sql") {
        eprintln!("{}", command::sql::WITHOUT);
        return Ok(ExitCode::from(2));
    }
    let settings = match command {
        Command::Demo(_) => command::demo::Demo::settings(line.settings),
        _ => line.settings,
    };
    let config = settings.resolve()?;
    let serves = matches!(command, Command::Serve | Command::Demo(_));
    logging::start(&config, serves)?;
    if let Command::Bench(bench) = command {
        return bench.run(&config);
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let code = match command {
        Command::Serve => runtime.block_on(command::serve::run(&config)),
        Command::Demo(demo) => runtime.block_on(demo.run(&config)),
        Command::Restore(restore) => {
            runtime.block_on(Box::pin(restore.run(&config, &Output::terminal())))
        }
        Command::UpgradeCheck(check) => {
            runtime.block_on(Box::pin(check.run(&config, &Output::terminal())))
        }
        Command::Backup(backup) => {
            let backup = backup.absolute()?;
            runtime.block_on(Box::pin(make_backup(&config, backup)))
        }
        other => {
            let request = request_of(other)?;
            runtime.block_on(control::perform(&config, request, &Output::terminal()))
        }
    }?;
    Ok(ExitCode::from(code))
}

/// Reading a backup back needs no workspace; the rest goes to whoever holds it.
async fn make_backup(
    config: &config::Config,
    backup: command::backup::Backup,
) -> anyhow::Result<u8> {
    let output = Output::terminal();
    match backup.alone(&output).await? {
        Some(code) => Ok(code),
        None => control::perform(config, control::Request::Backup(backup), &output).await,
    }
}

/// What a command asks of the running Filo, or of one opened for it.
fn request_of(command: Command) -> anyhow::Result<control::Request> {
    Ok(match command {
        Command::Import(import) => import.into_request()?,
        Command::Sql(sql) => control::Request::Sql(sql),
        Command::Lake(lake) => control::Request::Lake(lake),
        Command::Check(check) => control::Request::Check(check),
        Command::Audit(audit) => control::Request::Audit(audit),
        Command::Rebuild(rebuild) => control::Request::Rebuild(rebuild),
        Command::Login => control::Request::Login,
        Command::Key(key) => control::Request::Key(key),
        Command::User(user) => control::Request::User(user),
        Command::Secret(secret) => control::Request::Secret(secret),
        Command::Mail(mail) => control::Request::Mail(mail.absolute()?),
        Command::Serve
        | Command::Demo(_)
        | Command::Bench(_)
        | Command::Version
        | Command::Backup(_)
        | Command::Restore(_)
        | Command::UpgradeCheck(_) => {
            anyhow::bail!("this command runs by itself")
        }
    })
}
