//! The tutorial does what it says: its commands are run as they stand, in both languages, and
//! what they print is compared with what the page promises.
//!
//! The requests on the pages of each source are sent too, and must be understood.
//!
//! A block `sh` is a command; the block `text` behind it is what it prints. `filo` alone starts
//! the server, and ends the one before as Ctrl+C does. Blocks of other languages are not run.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::panic, reason = "so has one whose command says something else")]

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use crate::page::{blocks, is_as_promised};

mod page;

/// The address that the page names.
const PORT: &str = "8080";
/// What the page writes for the keys that the first start prints.
const KEYS: [&str; 2] = ["filo_pub_…", "filo_sec_…"];
/// What the shell prints behind each block, with the status of its last command.
const END: &str = "-- end of the block: ";

fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_filo"))
}

#[test]
fn the_tutorial_does_what_it_says() {
    follow("en/tutorial.md");
}

#[test]
fn the_italian_tutorial_does_what_it_says() {
    follow("it/tutorial.md");
}

#[test]
fn the_requests_of_each_source_are_understood() {
    for name in ["server.md", "till.md", "ga4.md", "cloudevents.md"] {
        let mut reader = Reader::sits_down();
        reader.types("filo");
        let here = format!("http://127.0.0.1:{PORT}");
        for block in blocks(&format!("en/{name}")) {
            if block.language == "sh" && block.text.starts_with("curl") {
                let call = block.text.replace("https://filo.example.it", &here);
                reader.types(&call.replace("SECRET_KEY", KEYS[1]));
            }
        }
        let key = "$(filo key create --kind api --name Reader 2>/dev/null)";
        for (list, promised) in [
            ("quarantine", r#"{"data":[],"next":null}"#),
            ("customers", r#"{"data":[{"id":"cus_…"#),
        ] {
            let asked = format!("{here}/api/v1/{list} -H \"Authorization: Bearer {key}\"");
            let answer = reader.types(&format!("curl -s {asked}"));
            assert!(is_as_promised(promised, &answer), "{name}: {answer}");
        }
    }
}

/// Does what a reader does.
fn follow(name: &str) {
    let mut reader = Reader::sits_down();
    let mut commands = 0;
    let mut printed: Option<(String, String)> = None;
    for block in blocks(name) {
        match block.language.as_str() {
            "sh" => {
                commands += 1;
                let output = reader.types(&block.text);
                printed = Some((block.text, output));
            }
            "text" => {
                let (command, output) = printed.take().unwrap();
                let promised = reader.in_place(&block.text);
                assert!(
                    is_as_promised(&promised, &output),
                    "{name}\n{command}\npromised:\n{promised}\n\nprinted:\n{output}"
                );
            }
            _ => {}
        }
    }
    assert!(commands > 10, "{name} has {commands} commands");
}

/// Somebody with a folder, a shell and the page before them.
struct Reader {
    folder: tempfile::TempDir,
    address: SocketAddr,
    shell: Shell,
    server: Option<Server>,
    /// The keys that the first start printed, in the order of [`KEYS`].
    keys: [String; 2],
}

impl Reader {
    fn sits_down() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = port.local_addr().unwrap();
        let shell = Shell::open(folder.path(), address);
        Self {
            folder,
            address,
            shell,
            server: None,
            keys: KEYS.map(str::to_owned),
        }
    }

    /// What the page says, for the port and the keys that this reader has.
    fn in_place(&self, text: &str) -> String {
        let mut text = text.replace(PORT, &self.address.port().to_string());
        for (written, key) in KEYS.iter().zip(&self.keys) {
            text = text.replace(written, key);
        }
        text
    }

    /// Types a block, and gives what it prints.
    fn types(&mut self, block: &str) -> String {
        if block.trim() == "filo" {
            return self.starts_filo();
        }
        let output = self.shell.run(&self.in_place(block));
        if self.server.is_some() {
            self.waits();
        }
        output
    }

    /// People are slower than lists and search, which follow within a second; a test is not.
    /// To say where its log of acts ends, Filo first brings everything into its tables.
    fn waits(&self) {
        let mut command = Command::new(program());
        prepare(&mut command, self.folder.path(), self.address);
        let said = command.args(["audit", "head"]).output().unwrap();
        assert!(said.status.success(), "{said:?}");
    }

    fn starts_filo(&mut self) -> String {
        if let Some(server) = self.server.take() {
            server.ends_well();
        }
        let (server, greeting) = Server::start(self.folder.path(), self.address);
        self.server = Some(server);
        for (key, written) in self.keys.iter_mut().zip(KEYS) {
            let begin = written.trim_end_matches('…');
            let mut words = greeting.split_whitespace();
            if let Some(printed) = words.find(|word| word.starts_with(begin)) {
                printed.clone_into(key);
            }
        }
        greeting
    }
}

/// What the program is told beside what the page says: where, and to be quick and quiet.
fn prepare(command: &mut Command, folder: &Path, address: SocketAddr) {
    command
        .current_dir(folder)
        .env("FILO_LISTEN", address.to_string())
        .env("FILO_LOG", "error")
        .env("FILO_BALLAST_MB", "1");
}

struct Server(Child);

impl Server {
    /// Starts it and reads what it prints before it waits for requests.
    fn start(folder: &Path, address: SocketAddr) -> (Self, String) {
        let mut command = Command::new(program());
        prepare(&mut command, folder, address);
        let mut process = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        let mut greeting = String::new();
        while !greeting.contains("filo login") {
            let length = output.read_line(&mut greeting).unwrap();
            assert!(length > 0, "Filo ended:\n{greeting}");
        }
        (Self(process), greeting)
    }

    /// Ctrl+C.
    fn ends_well(mut self) {
        let id = self.0.id().to_string();
        let asked = Command::new("kill").args(["-INT", &id]).status();
        assert!(asked.unwrap().success(), "it can be asked");
        assert!(self.0.wait().unwrap().success(), "it ends well");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// One bash for the whole page, so that what a block sets the next one has.
struct Shell {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Shell {
    fn open(folder: &Path, address: SocketAddr) -> Self {
        let mut command = Command::new("bash");
        prepare(&mut command, folder, address);
        let mut process = command
            .args(["--noprofile", "--norc"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = process.stdin.take().unwrap();
        let programs = program().parent().unwrap().display();
        writeln!(input, "PATH='{programs}':$PATH").unwrap();
        let output = BufReader::new(process.stdout.take().unwrap());
        Self {
            process,
            input,
            output,
        }
    }

    /// Runs a block and gives what it prints, warnings beside it too.
    fn run(&mut self, block: &str) -> String {
        let block = block.trim_end();
        writeln!(
            self.input,
            "{{\n{block}\n}} 2>&1 </dev/null; ended=$?; echo; echo '{END}'$ended"
        )
        .unwrap();
        let mut printed = String::new();
        loop {
            let mut line = String::new();
            if self.output.read_line(&mut line).unwrap() == 0 {
                panic!("the shell ended:\n{block}\n{printed}");
            }
            if let Some(status) = line.strip_prefix(END) {
                assert_eq!(status.trim(), "0", "{block}\n{printed}");
                return printed.trim_end().to_owned();
            }
            printed.push_str(&line);
        }
    }
}

impl Drop for Shell {
    fn drop(&mut self) {
        // It may have ended already.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
