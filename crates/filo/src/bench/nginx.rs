//! nginx on the same machine in the same run: a measure that everybody knows.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::Context;

use super::client::Connection;
use super::server::Place;

/// Where Debian puts it.
const PROGRAM: &str = "/usr/sbin/nginx";
/// What the look-up is compared with.
const FILE_BYTES: usize = 2048;

/// A running nginx.
#[derive(Debug)]
pub(super) struct Nginx {
    child: Child,
    /// Where it listens.
    pub(super) address: SocketAddr,
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // SIGTERM by the master's own means; then it is certain.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Nginx {
    /// Starts nginx: any POST is answered 200, and `/file` is a file of 2 kB. `None` where it is
    /// not installed.
    ///
    /// # Errors
    /// If it is installed and does not start.
    pub(super) async fn start(place: &Place) -> anyhow::Result<Option<Self>> {
        if !Path::new(PROGRAM).exists() {
            return Ok(None);
        }
        let folder = place.folder("nginx")?;
        std::fs::write(folder.join("file"), "x".repeat(FILE_BYTES))?;
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let configuration = folder.join("nginx.conf");
        std::fs::write(&configuration, text(&folder, address))?;
        let child = Command::new(PROGRAM)
            .arg("-p")
            .arg(&folder)
            .arg("-c")
            .arg(&configuration)
            .arg("-e")
            .arg(folder.join("error.log"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("starting nginx")?;
        let nginx = Self { child, address };
        for _ in 0..200 {
            if Connection::open(address).await.is_ok() {
                return Ok(Some(nginx));
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let log = std::fs::read_to_string(folder.join("error.log")).unwrap_or_default();
        anyhow::bail!("nginx did not start: {log}")
    }
}

/// One process without a master, so that ending it ends all; as many threads of work as Filo's
/// client leaves room for would not help a server that is never waiting.
fn text(folder: &Path, address: SocketAddr) -> String {
    format!(
        "daemon off;
master_process off;
pid {folder}/nginx.pid;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    keepalive_requests 100000000;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    client_body_buffer_size 64k;
    sendfile on;
    tcp_nodelay on;
    server {{
        listen {address} backlog=4096;
        location /v1/ {{ default_type application/json; return 200 '{{\"success\": true}}'; }}
        location / {{ root {folder}; default_type application/json; }}
    }}
}}
",
        folder = folder.display()
    )
}
