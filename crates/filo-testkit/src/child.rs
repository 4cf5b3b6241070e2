//! The real executable as a child process, for tests that kill it.

use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

/// A running Filo in a process of its own; dropped, it is killed.
#[derive(Debug)]
pub struct Child {
    process: std::process::Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// What it printed before it was ready and until it waited for requests.
    pub greeting: String,
}

impl Drop for Child {
    fn drop(&mut self) {
        // It may have ended already.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

impl Child {
    /// Starts `program` on a folder and a free port, and waits until it says its address.
    ///
    /// # Errors
    /// With what it wrote, if it ends before.
    ///
    /// # Panics
    /// If there is no such program.
    pub fn start(program: &Path, folder: &Path, arguments: &[&str]) -> Result<Self, String> {
        let mut process = Command::new(program)
            .args([
                "--listen",
                "127.0.0.1:0",
                "--log",
                "error",
                "--ballast-mb",
                "1",
                "--data",
            ])
            .arg(folder)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut output = BufReader::new(process.stdout.take().expect("an output"));
        let mut line = String::new();
        let read = output.read_line(&mut line);
        let address = line
            .trim()
            .rsplit_once("http://")
            .and_then(|(_, url)| url.parse().ok());
        let (Ok(_), Some(address)) = (read, address) else {
            let mut said = line;
            let mut errors = process.stderr.take().expect("an error output");
            drop(errors.read_to_string(&mut said));
            drop(process.wait());
            return Err(said);
        };
        // The last line of the greeting names the command for a new link.
        let mut greeting = line;
        loop {
            let mut line = String::new();
            let length = output.read_line(&mut line).unwrap_or(0);
            greeting.push_str(&line);
            if length == 0 || line.contains("filo login") {
                break;
            }
        }
        Ok(Self {
            process,
            address,
            greeting,
        })
    }

    /// The key for servers that a first start prints.
    #[must_use]
    pub fn secret_key(&self) -> Option<&str> {
        self.greeting
            .split_whitespace()
            .find(|word| word.starts_with("filo_sec_"))
    }

    /// The process.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.process.id()
    }

    /// Kills it without a word, as a power cut does.
    pub fn kill(mut self) {
        // Either is only refused when it has ended already.
        drop(self.process.kill());
        drop(self.process.wait());
    }

    /// Asks it to stop, and waits for its end.
    ///
    /// # Panics
    /// If it cannot be asked.
    #[must_use]
    pub fn terminate(mut self) -> ExitStatus {
        let asked = Command::new("kill")
            .args(["-TERM", &self.pid().to_string()])
            .status();
        assert!(
            asked.is_ok_and(|status| status.success()),
            "the process can be asked"
        );
        self.process.wait().expect("it ends")
    }
}
