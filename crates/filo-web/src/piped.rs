//! Files that are sent while they are read: a task reads pages, the answer takes what is there.
//!
//! **Invariant:** a file of any length takes the memory of a few pages; whoever stops reading
//! stops the task, and a failure cuts the answer off instead of ending it as if it were whole.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::Body;
use bytes::Bytes;
use filo_app::{App, Chosen, CustomerRow};
use filo_core::id::CustomerId;
use hyper::body::Frame;
use tokio::sync::mpsc;

/// Pages that wait for the reader.
const WAITING_MOST: usize = 2;
/// People who can be picked one by one.
const PICKED_MOST: usize = 1_000;

type Part = Result<Bytes, std::io::Error>;

struct Piped(mpsc::Receiver<Part>);

impl hyper::body::Body for Piped {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        let part = self.0.poll_recv(context);
        part.map(|part| part.map(|part| part.map(Frame::data)))
    }
}

/// A body of everybody chosen, each as a line.
pub(crate) fn piped(
    app: App,
    chosen: Chosen,
    first: String,
    line: impl Fn(&CustomerRow) -> String + Send + 'static,
) -> Body {
    let (sender, receiver) = mpsc::channel(WAITING_MOST);
    tokio::spawn(async move {
        let told = sender.clone();
        if let Err(error) = send(&app, &chosen, first, line, sender).await {
            tracing::error!(error = %error, "a file of people was cut off");
            // Nobody may be there to hear it.
            drop(told.send(Err(std::io::Error::other("cut off"))).await);
        }
    });
    Body::new(Piped(receiver))
}

async fn send(
    app: &App,
    chosen: &Chosen,
    first: String,
    line: impl Fn(&CustomerRow) -> String,
    sender: mpsc::Sender<Part>,
) -> filo_app::Result<()> {
    if sender.send(Ok(first.into())).await.is_err() {
        return Ok(());
    }
    let filter = match chosen {
        Chosen::All(filter) => filter,
        Chosen::Picked(_) => {
            let ids = app.chosen(chosen, PICKED_MOST).await?;
            let rows = app.people_of(&ids).await?;
            let text: String = rows.iter().map(line).collect();
            // Whoever has left does not need it.
            drop(sender.send(Ok(text.into())).await);
            return Ok(());
        }
    };
    let mut behind = CustomerId(0);
    loop {
        let rows = app.people_by_id(filter, behind).await?;
        let Some(last) = rows.last() else {
            return Ok(());
        };
        behind = last.id;
        let text: String = rows.iter().map(&line).collect();
        if sender.send(Ok(text.into())).await.is_err() {
            return Ok(());
        }
    }
}
