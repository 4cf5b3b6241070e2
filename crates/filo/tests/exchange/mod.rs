//! Plain requests to a child process, and its commands.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;

/// One request over a connection of its own: status and body.
pub(crate) fn exchange(
    address: SocketAddr,
    method: &str,
    path: &str,
    key: &str,
    body: &str,
) -> io::Result<(u16, String)> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let body = if key.starts_with("filo_sec_") {
        body.replacen('{', &format!(r#"{{"writeKey":"{key}","#), 1)
    } else {
        body.to_owned()
    };
    let authorization = if key.starts_with("filo_api_") {
        format!("Authorization: Bearer {key}\r\n")
    } else {
        String::new()
    };
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: x\r\n{authorization}Connection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let status = answer.get(9..12).and_then(|digits| digits.parse().ok());
    let (_, body) = answer.split_once("\r\n\r\n").unwrap_or(("", ""));
    // A process that is killed while it answers has acknowledged nothing.
    let status = status.ok_or(io::ErrorKind::UnexpectedEof)?;
    Ok((status, body.to_owned()))
}

/// Runs a command of the program on a folder.
pub(crate) fn run(program: &Path, folder: &Path, arguments: &[&str]) -> Output {
    Command::new(program)
        .arg("--data")
        .arg(folder)
        .args(arguments)
        .output()
        .unwrap()
}

/// The JSON that a command prints.
pub(crate) fn command(program: &Path, folder: &Path, arguments: &[&str]) -> serde_json::Value {
    let output = run(program, folder, arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{arguments:?}: {said}"))
}

/// A key of the API that may do everything, made by the command line.
pub(crate) fn api_key(program: &Path, folder: &Path) -> String {
    let arguments = ["key", "create", "--kind", "api", "--name", "Test", "--json"];
    let scopes = ["--scopes", "read,write,admin"];
    let created = command(program, folder, &[&arguments[..], &scopes[..]].concat());
    created["key"].as_str().unwrap().to_owned()
}

/// Waits until everything on the log is applied.
pub(crate) fn settled(address: SocketAddr, api_key: &str) {
    loop {
        let (_, body) = exchange(address, "GET", "/api/v1/status", api_key, "").unwrap();
        let status: serde_json::Value = serde_json::from_str(&body).unwrap();
        assert!(status["fault"].is_null(), "{body}");
        if status["applied"] == status["committed"] {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}
