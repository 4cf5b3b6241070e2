//! Files that are sent while they are read: the answer asks for a page when it wants one.
//!
//! **Invariant:** a file of any length takes the memory of one page; whoever stops reading stops
//! the work, and a failure cuts the answer off instead of ending it as if it were whole.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use axum::body::Body;
use bytes::Bytes;
use filo_app::computed::{ComputedTraitView, ComputedValue};
use filo_app::{App, Chosen, CustomerRow};
use filo_core::id::{CustomerId, SegmentId};
use filo_core::segment::computed::Computed;
use hyper::body::Frame;

/// People who can be picked one by one.
const PICKED_MOST: usize = 1_000;
/// Members of a segment that are read together.
const MEMBERS_TOGETHER: u32 = 500;

type Line = Box<dyn Fn(&CustomerRow, &[ComputedValue]) -> String + Send + Sync>;
type Step = Pin<Box<dyn Future<Output = io::Result<Option<(Bytes, Left)>>> + Send>>;

/// What is still to be sent.
enum Left {
    Head(String),
    Behind(CustomerId),
    Nothing,
}

struct Source {
    app: App,
    chosen: Chosen,
    line: Line,
}

struct Piped {
    source: Arc<Source>,
    /// The page that is being read; none when all was sent.
    step: Option<Step>,
}

/// A body of everybody chosen, each as a line, with what the computed traits say of them.
pub(crate) fn piped(
    app: App,
    chosen: Chosen,
    first: String,
    line: impl Fn(&CustomerRow, &[ComputedValue]) -> String + Send + Sync + 'static,
) -> Body {
    let line = Box::new(line);
    let source = Arc::new(Source { app, chosen, line });
    let step: Step = Box::pin(read(Arc::clone(&source), Left::Head(first)));
    Body::new(Piped {
        source,
        step: Some(step),
    })
}

impl hyper::body::Body for Piped {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let Some(step) = self.step.as_mut() else {
            return Poll::Ready(None);
        };
        let read_so_far = ready!(step.as_mut().poll(context));
        self.step = None;
        Poll::Ready(match read_so_far {
            Ok(Some((bytes, left))) => {
                self.step = Some(Box::pin(read(Arc::clone(&self.source), left)));
                Some(Ok(Frame::data(bytes)))
            }
            Ok(None) => None,
            Err(error) => {
                tracing::error!(%error, "a file of people was cut off");
                Some(Err(error))
            }
        })
    }
}

async fn read(source: Arc<Source>, left: Left) -> io::Result<Option<(Bytes, Left)>> {
    let behind = match left {
        Left::Head(first) => {
            let next = Left::Behind(CustomerId(0));
            return Ok(Some((first.into(), next)));
        }
        Left::Nothing => return Ok(None),
        Left::Behind(id) => id,
    };
    let (rows, left) = match &source.chosen {
        Chosen::All(filter) => {
            let page = source.app.people_by_id(filter, behind).await;
            let rows = page.map_err(io::Error::other)?;
            let left = rows.last().map(|last| Left::Behind(last.id));
            (rows, left)
        }
        Chosen::Picked(_) => {
            let picked = source.app.chosen(&source.chosen, PICKED_MOST).await;
            let rows = source
                .app
                .people_of(&picked.map_err(io::Error::other)?)
                .await;
            (rows.map_err(io::Error::other)?, Some(Left::Nothing))
        }
        Chosen::Members(segment) => members(&source.app, *segment, behind)
            .await
            .map_err(io::Error::other)?,
    };
    let ids: Vec<CustomerId> = rows.iter().map(|row| row.id).collect();
    let computed = source.app.computed_of_many(&ids).await;
    let computed = computed.map_err(io::Error::other)?;
    let line = |row: &CustomerRow| {
        let values = computed.get(&row.id).map_or(&[][..], Vec::as_slice);
        (source.line)(row, values)
    };
    let text: String = rows.iter().map(line).collect();
    Ok(left.map(|left| (text.into(), left)))
}

/// Who is in a segment, behind one, and where to go on.
async fn members(
    app: &App,
    segment: SegmentId,
    behind: CustomerId,
) -> filo_app::Result<(Vec<CustomerRow>, Option<Left>)> {
    let found = app
        .segment_members(segment, Some(behind), MEMBERS_TOGETHER)
        .await?;
    let ids: Vec<CustomerId> = found.iter().map(|member| member.customer).collect();
    let rows = app.people_of(&ids).await?;
    Ok((rows, ids.last().copied().map(Left::Behind)))
}

/// The columns of the computed traits in use, by label.
pub(crate) async fn computed_columns(app: &App) -> filo_app::Result<Vec<ComputedTraitView>> {
    let views = app.computed_traits().await?.into_iter();
    Ok(views.filter(|it| it.row.archived_at.is_none()).collect())
}

/// The cells of some columns; what is not known yet is empty.
pub(crate) fn computed_cells(
    columns: &[ComputedTraitView],
    values: &[ComputedValue],
    told: impl Fn(&Computed) -> String,
) -> Vec<String> {
    let cell = |column: &ComputedTraitView| {
        let of = values.iter().find(|value| value.id == column.row.id);
        let value = of.and_then(|value| value.value.as_ref());
        value.map(&told).unwrap_or_default()
    };
    columns.iter().map(cell).collect()
}

/// A value as a cell: the parts of a list one after the other.
pub(crate) fn plain(value: &Computed) -> String {
    match value {
        Computed::One(value) => value.to_string(),
        Computed::Many(values) => {
            let texts: Vec<String> = values.iter().map(ToString::to_string).collect();
            texts.join(", ")
        }
    }
}
