//! `filo demo`: fills an empty folder with an invented company, and serves it.
//!
//! **Invariant:** nothing invented goes into a folder that holds anything else.

use std::io::{IsTerminal, Write as _};
use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;
use filo_app::App;
use filo_app::demo::{self, Filled, Progress, Standing, Wish};
use filo_core::time::Timestamp;

use super::serve;
use crate::clock;
use crate::config::{Config, Settings};
use crate::output::say;

/// The folder of a demo, unless another one is given.
const FOLDER: &str = "demo";
const MINUTE_MICROS: i64 = 60_000_000;
/// More people than this are not a demo any more.
const PEOPLE_MOST: u32 = 100_000;

/// What to invent.
#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// When the year that is told ends, as 2026-11-28T12:00:00Z [default: now].
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
    /// Another number, other customers.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many people.
    #[arg(long, default_value_t = 5_000, value_parser = clap::value_parser!(u32).range(1..=i64::from(PEOPLE_MOST)))]
    people: u32,
    /// Fills the folder and ends.
    #[arg(long)]
    no_serve: bool,
}

impl Demo {
    /// The settings of a demo: a folder of its own.
    pub(crate) fn settings(settings: Settings) -> Settings {
        settings.with_folder(PathBuf::from(FOLDER))
    }

    /// Fills what is empty, and serves.
    ///
    /// # Errors
    /// If the folder holds something else, or Filo cannot begin.
    pub(crate) async fn run(self, config: &Config) -> anyhow::Result<u8> {
        let now = clock::now();
        let wish = self.wish(now)?;
        let folder = config.folder();
        std::fs::create_dir_all(&folder)
            .with_context(|| format!("the folder {} cannot be made", folder.display()))?;
        let standing = demo::prepare(&config.workspace(config.listen)?, &wish, now).await?;
        if standing == Standing::Foreign {
            bail!(
                "{} holds data that are not a demo, and nothing invented is put there: choose an \
                 empty folder with --data FOLDER",
                config.data.display()
            );
        }
        if self.no_serve {
            let app = super::open(config, config.listen).await?;
            let filled = fill(&app, standing).await;
            let closed = app.shut_down().await;
            say(filled?);
            closed.context("closing")?;
            return Ok(0);
        }
        let listener = serve::bind(config.listen).await?;
        let listening = listener.local_addr()?;
        let app = super::open(config, listening).await?;
        // Beside the greeting, whose first line says where Filo is.
        eprintln!("{}", fill(&app, standing).await?);
        let control = crate::control::bind(config);
        let stop = serve::Stop::listen()?;
        say(greeting(&app, config, listening).await?);
        serve::attend(app, listener, control, stop).await
    }

    fn wish(&self, now: Timestamp) -> anyhow::Result<Wish> {
        let until = match &self.until {
            Some(text) => Timestamp::parse(text)
                .with_context(|| format!("until: `{text}` is no time, as 2026-11-28T12:00:00Z"))?,
            None => now,
        };
        if until > now {
            bail!("until: {until} has not come yet, and what is told has happened");
        }
        Ok(Wish {
            seed: self.seed,
            until: Timestamp(until.0 - until.0.rem_euclid(MINUTE_MICROS)),
            people: self.people,
        })
    }
}

/// Fills what is to be filled, and says what there is.
async fn fill(app: &App, standing: Standing) -> anyhow::Result<String> {
    match standing {
        Standing::Unfilled(wish) => {
            let shown = std::io::stderr().is_terminal();
            let filled = app
                .fill_demo(|progress| {
                    if shown {
                        show(progress);
                    }
                })
                .await?;
            if shown {
                eprintln!();
            }
            told(app, &wish, &filled).await
        }
        Standing::Filled(wish) => Ok(format!(
            "This is the demo of seed {} that ends at {}. For another one, choose another folder.",
            wish.seed, wish.until
        )),
        Standing::Foreign => bail!("this place is no demo"),
    }
}

/// One line of the terminal, written over and over.
fn show(progress: Progress) {
    let mut terminal = std::io::stderr();
    // Who cannot see the progress sees the end.
    drop(write!(
        terminal,
        "\rInventing a year: {:>3} % ({} events)",
        progress.percent, progress.events
    ));
    drop(terminal.flush());
}

async fn told(app: &App, wish: &Wish, filled: &Filled) -> anyhow::Result<String> {
    Ok(format!(
        "Invented {} events that make {} customers, until {} (seed {}).",
        filled.events,
        app.customer_count().await?,
        wish.until,
        wish.seed
    ))
}

async fn greeting(app: &App, config: &Config, listening: SocketAddr) -> anyhow::Result<String> {
    let url = config.public_url(listening);
    let link = serve::login_link(&url, &app.login_key().await?);
    Ok(format!(
        "Filo {} is ready: {url}

  Everything in it is invented: company, people, addresses, orders.

  Log in within an hour  {link}

What to look at: docs/book/en/demo.md. A new link: filo login --data {}",
        env!("CARGO_PKG_VERSION"),
        config.data.display()
    ))
}
