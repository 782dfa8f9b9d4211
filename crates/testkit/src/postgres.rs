//! The PostgreSQL of the tests: the server that `NEXUS_TEST_POSTGRES` names, or one of this process's own.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{OnceLock, mpsc};

use nexus_kernel::model::Uuid;
use nexus_kernel::store::{Server, Storage};
use tokio_postgres::NoTls;

/// Connections that one test may open.
const CONNECTIONS: usize = 8;

/// The URL of the server, up to the name of a database.
///
/// # Panics
/// When there is none and none can be started: a database that is left out must not pass.
fn server() -> &'static str {
    static SERVER: OnceLock<String> = OnceLock::new();
    SERVER.get_or_init(|| match std::env::var("NEXUS_TEST_POSTGRES") {
        Ok(url) => url.trim_end_matches('/').to_owned(),
        Err(_) => {
            let folder = tempfile::Builder::new().prefix("nexus-postgres-").tempdir().expect("a temporary folder");
            start_server(&folder.keep(), "fleeting")
        }
    })
}

/// Starts a server in an empty folder, one that is `durable` or `fleeting`; it ends with this process. Its URL, up to
/// the name of a database.
///
/// # Panics
/// When it cannot be started.
pub fn start_server(folder: &Path, durability: &str) -> String {
    let (folder, durability) = (folder.to_owned(), durability.to_owned());
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o755)).expect("a mode");
    let url = format!("postgres://postgres@{}", folder.display().to_string().replace('/', "%2F"));
    let (ready, is_ready) = mpsc::channel();
    // The server ends with the thread that started it, which therefore waits for it.
    std::thread::spawn(move || {
        let mut command = Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/postgres"));
        let mut child =
            command.arg(&folder).arg(durability).stderr(Stdio::piped()).spawn().expect("the script is there");
        let mut told = String::new();
        for line in BufReader::new(child.stderr.take().expect("piped")).lines().map_while(Result::ok) {
            if line.contains("ready to accept connections") {
                let _ = ready.send(Ok(()));
            }
            told.push_str(&line);
            told.push('\n');
        }
        let ended = child.wait();
        let _ = ready.send(Err(format!("PostgreSQL ended with {ended:?}:\n{told}")));
    });
    is_ready.recv().expect("the thread tells").unwrap_or_else(|why| panic!("{why}"));
    url
}

/// A database of its own on the server, dropped with it.
pub struct Scratch {
    name: String,
}

impl Scratch {
    /// # Panics
    /// When the server cannot be reached.
    pub async fn new() -> Scratch {
        let scratch = Scratch { name: format!("test_{}", Uuid::now_v7().simple()) };
        run("postgres", &format!("CREATE DATABASE {}", scratch.name)).await;
        scratch
    }

    pub fn url(&self) -> String {
        format!("{}/{}", server(), self.name)
    }

    /// # Panics
    /// When the server cannot be reached.
    pub fn storage(&self) -> Storage {
        let connected = Server::connect(&self.url(), CONNECTIONS);
        Storage::Server(connected.unwrap_or_else(|error| panic!("{error}")))
    }

    /// Runs statements in the database.
    ///
    /// # Panics
    /// When one of them is refused.
    pub async fn run(&self, sql: &str) {
        run(&self.name, sql).await;
    }

    /// Drops the database, and who is connected to it.
    pub async fn remove(self) {
        run("postgres", &format!("DROP DATABASE {} WITH (FORCE)", self.name)).await;
    }
}

async fn run(database: &str, sql: &str) {
    let connected = tokio_postgres::connect(&format!("{}/{database}", server()), NoTls).await;
    let (client, connection) = connected.unwrap_or_else(|error| panic!("NEXUS_TEST_POSTGRES: {error}"));
    let running = tokio::spawn(connection);
    client.batch_execute(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    drop(client);
    let _ = running.await;
}
