//! Where a command's lines go: to the terminal, or back to the command that asked over the
//! control socket.

use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

/// One line of an answer.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Reply {
    /// For standard output.
    Line(String),
    /// For standard error.
    Note(String),
    /// The end.
    Exit(u8),
}

/// Where lines go.
#[derive(Debug, Clone)]
pub(crate) struct Output(Option<mpsc::Sender<Reply>>);

impl Output {
    /// This process's own terminal.
    pub(crate) const fn terminal() -> Self {
        Self(None)
    }

    /// Whoever asked over the socket.
    pub(crate) const fn asker(sender: mpsc::Sender<Reply>) -> Self {
        Self(Some(sender))
    }

    /// A line of the result.
    pub(crate) async fn line(&self, text: impl Into<String> + Send) {
        self.tell(Reply::Line(text.into())).await;
    }

    /// A remark beside the result.
    pub(crate) async fn note(&self, text: impl Into<String> + Send) {
        self.tell(Reply::Note(text.into())).await;
    }

    async fn tell(&self, reply: Reply) {
        match &self.0 {
            None => print(&reply),
            // Who asked may have gone; the work goes on and its result stays.
            Some(sender) => drop(sender.send(reply).await),
        }
    }
}

/// Prints one line of an answer.
#[expect(
    clippy::print_stdout,
    reason = "the result of a command belongs to whoever called it"
)]
pub(crate) fn print(reply: &Reply) {
    match reply {
        Reply::Line(text) => println!("{text}"),
        Reply::Note(text) => eprintln!("{text}"),
        Reply::Exit(_) => {}
    }
}

/// Prints one line of the result.
pub(crate) fn say(text: impl Into<String>) {
    print(&Reply::Line(text.into()));
}
