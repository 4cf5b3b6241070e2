//! A Filo on a real port of this machine.

use std::net::SocketAddr;

use filo_app::App;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// Listens until it is dropped or stopped.
#[derive(Debug)]
pub struct Served {
    /// Where.
    pub address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    serving: JoinHandle<()>,
}

impl Served {
    pub(crate) async fn start(app: &App) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("a port");
        let (stop, stopped) = oneshot::channel::<()>();
        let app = app.clone();
        #[expect(clippy::disallowed_methods, reason = "the test ends it")]
        let serving = tokio::spawn(async move {
            let stop = async { drop(stopped.await) };
            filo_web::serve(app, listener, stop).await.expect("serving");
        });
        Self {
            address,
            stop: Some(stop),
            serving,
        }
    }

    /// `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Stops as a told server does: what is open is finished.
    ///
    /// # Panics
    /// If serving had failed.
    pub async fn stop(mut self) {
        drop(self.stop.take());
        self.serving.await.expect("serving ended well");
    }
}
