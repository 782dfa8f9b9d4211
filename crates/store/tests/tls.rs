//! The way to PostgreSQL with TLS: whom each `sslmode` trusts. The server is the tests' own, behind a door that speaks
//! TLS with certificates made here.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use nexus_store::{Limits, Server, Storage, StoreError};
use nexus_testkit::{On, Scratch};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio_postgres::config::Host;
use tokio_rustls::TlsAcceptor;

/// The message with which a client asks for TLS (PostgreSQL, "SSLRequest": length 8, code 80877103).
const ASKS_FOR_TLS: [u8; 8] = [0, 0, 0, 8, 4, 210, 22, 47];

struct Authority {
    issuer: Issuer<'static, KeyPair>,
    file: PathBuf,
}

impl Authority {
    fn new(folder: &Path, name: &str) -> Authority {
        let key = KeyPair::generate().expect("a key");
        let mut params = CertificateParams::new(Vec::new()).expect("parameters");
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let file = folder.join(format!("{name}.pem"));
        std::fs::write(&file, params.self_signed(&key).expect("signed").pem()).expect("written");
        Authority { issuer: Issuer::new(params, key), file }
    }

    /// What a server needs to prove that it is `host`.
    fn acceptor(&self, host: &str) -> TlsAcceptor {
        let key = KeyPair::generate().expect("a key");
        let params = CertificateParams::new(vec![host.to_owned()]).expect("parameters");
        let certificate = params.signed_by(&key, &self.issuer).expect("signed");
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let config = config.expect("versions").with_no_client_auth();
        TlsAcceptor::from(Arc::new(config.with_single_cert(vec![certificate.der().clone()], key).expect("a pair")))
    }
}

trait Both: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Both for T {}

async fn behind(url: &str) -> Box<dyn Both> {
    let config: tokio_postgres::Config = url.parse().expect("a URL");
    let port = config.get_ports().first().copied().unwrap_or(5432);
    match &config.get_hosts()[0] {
        Host::Tcp(name) => Box::new(TcpStream::connect((name.as_str(), port)).await.expect("the server")),
        Host::Unix(folder) => {
            let path = folder.join(format!(".s.PGSQL.{port}"));
            Box::new(UnixStream::connect(path).await.expect("the server"))
        }
    }
}

/// A door to the server at `url`; without an acceptor, one that has no TLS. Answers its port.
async fn door(url: String, acceptor: Option<TlsAcceptor>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            let (url, acceptor) = (url.clone(), acceptor.clone());
            tokio::spawn(async move {
                let mut first = [0; 8];
                client.read_exact(&mut first).await.expect("the first message");
                let mut server = behind(&url).await;
                let asks = first == ASKS_FOR_TLS;
                match acceptor.filter(|_| asks) {
                    Some(acceptor) => {
                        client.write_all(b"S").await.expect("an answer");
                        if let Ok(mut client) = acceptor.accept(client).await {
                            let _ = copy_bidirectional(&mut client, &mut server).await;
                        }
                    }
                    None => {
                        if asks {
                            client.write_all(b"N").await.expect("an answer");
                        } else {
                            server.write_all(&first).await.expect("passed on");
                        }
                        let _ = copy_bidirectional(&mut client, &mut server).await;
                    }
                }
            });
        }
    });
    port
}

#[test]
fn a_server_is_trusted_as_far_as_sslmode_says() {
    On::Sqlite.run(|_| async move {
        let scratch = Scratch::new().await;
        let folder = tempfile::tempdir().expect("a folder");
        let [known, other] = ["known", "other"].map(|name| Authority::new(folder.path(), name));
        let url = scratch.url();
        let (_, name) = url.rsplit_once('/').expect("a database");
        let tls = door(url.clone(), Some(known.acceptor("localhost"))).await;
        let plain = door(url.clone(), None).await;
        let connect = |host: &str, port: u16, query: &str| {
            Server::connect(&format!("postgres://postgres@{host}:{port}/{name}?{query}"), 1)
        };
        let with =
            |mode: &str, authority: &Authority| format!("sslmode={mode}&sslrootcert={}", authority.file.display());
        let refused = |host: &str, port: u16, query: &str, why: &str| {
            let error = connect(host, port, query).err().unwrap_or_else(|| panic!("{host} {query} is trusted"));
            assert!(error.to_string().contains(why), "{query}: {error}");
        };
        for query in [
            "sslmode=prefer",
            "sslmode=require",
            &with("require", &known),
            &with("verify-ca", &known),
            &with("verify-full", &known),
        ] {
            let server = connect("localhost", tls, query).unwrap_or_else(|error| panic!("{query}: {error}"));
            let home = Storage::Server(server).tenant("kibo");
            nexus_store::Database::open(&home, Arc::default(), Limits::default()).expect("a tenant");
        }
        // The certificate is for localhost.
        connect("127.0.0.1", tls, &with("verify-ca", &known)).expect("the name does not matter");
        refused("127.0.0.1", tls, &with("verify-full", &known), "not valid for name");
        for mode in ["require", "verify-ca", "verify-full"] {
            refused("localhost", tls, &with(mode, &other), "UnknownIssuer");
            refused("localhost", plain, &with(mode, &known), "server does not support TLS");
        }
        refused("localhost", tls, "sslmode=verify-full", "");
        connect("localhost", plain, "sslmode=prefer").expect("without TLS where there is none");
        connect("localhost", plain, "sslmode=disable").expect("without TLS");
        refused("localhost", tls, "sslmode=verify", "sslmode is disable, prefer, require, verify-ca or verify-full");
        refused("localhost", tls, "sslmode=verify-full&sslrootcert=/nowhere.pem", "/nowhere.pem");
        scratch.remove().await;
    });
}

/// Nothing leaves for another machine in the clear unless that is written.
#[test]
fn another_machine_has_to_prove_itself_unless_something_else_is_written() {
    On::Sqlite.run(|_| async move {
        let plain = door("postgres://postgres@127.0.0.1:1/nobody".to_owned(), None).await;
        // Not a loopback address, though this machine answers to it.
        let error = Server::connect(&format!("postgres://postgres@0.0.0.0:{plain}/nexus"), 1).err().expect("refused");
        assert!(matches!(&error, StoreError::Away(_) | StoreError::Migration(_)), "{error}");
    });
}
