//! TLS on the way to PostgreSQL, asked for as libpq does: `sslmode` and `sslrootcert` of the URL.
//!
//! | `sslmode` | what is asked for |
//! |---|---|
//! | `disable` | no TLS |
//! | `prefer` | TLS where the server has it; whose certificate it shows does not matter |
//! | `require` | TLS; with `sslrootcert` as `verify-ca` |
//! | `verify-ca` | a certificate of an authority in `sslrootcert`, or of one that this machine trusts |
//! | `verify-full` | the same, and for the host's name |
//!
//! Left out, it is `verify-full` for another machine, where libpq would have `prefer`, and `disable` for this one.

use std::future::Future;
use std::io;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::tls::{ChannelBinding, MakeTlsConnect, TlsConnect};
use tokio_postgres::{Config, Socket};
use tokio_rustls::{TlsConnector, client};

use crate::StoreError;

/// What a URL asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Disable,
    Prefer,
    Require,
    VerifyCa,
    VerifyFull,
}

/// Makes encrypted connections.
#[derive(Clone)]
pub(super) struct Tls(Arc<ClientConfig>);

/// The configuration that a URL stands for, and how its connections are encrypted.
///
/// # Errors
/// When the URL cannot be read, which is told without repeating it, or an authority's certificate.
pub(super) fn configured(url: &str) -> Result<(Config, Tls), StoreError> {
    let (rest, query) = url.split_once('?').unwrap_or((url, ""));
    let (mut mode, mut roots, mut others) = (None, None, Vec::new());
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        match pair.split_once('=') {
            Some(("sslmode", value)) => mode = Some(Mode::parse(value)?),
            Some(("sslrootcert", value)) => {
                let value = percent_encoding::percent_decode_str(value).decode_utf8_lossy();
                roots = Some(PathBuf::from(value.as_ref())).filter(|path| path.as_os_str() != "system");
            }
            _ => others.push(pair),
        }
    }
    let mut config: Config = format!("{rest}?{}", others.join("&")).parse().map_err(|_| {
        // The reason of a refusal may repeat the password, so it is not told.
        StoreError::Migration("the database is written postgres://user:password@host:port/name".to_owned())
    })?;
    let remote = config.get_hosts().iter().any(|host| matches!(host, Host::Tcp(name) if !is_local(name)));
    let mode = mode.unwrap_or(if remote { Mode::VerifyFull } else { Mode::Disable });
    config.ssl_mode(match mode {
        Mode::Disable => SslMode::Disable,
        Mode::Prefer => SslMode::Prefer,
        Mode::Require | Mode::VerifyCa | Mode::VerifyFull => SslMode::Require,
    });
    Ok((config, Tls::new(mode, roots)?))
}

fn is_local(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

impl Mode {
    fn parse(text: &str) -> Result<Mode, StoreError> {
        Ok(match text {
            "disable" => Mode::Disable,
            "prefer" => Mode::Prefer,
            "require" => Mode::Require,
            "verify-ca" => Mode::VerifyCa,
            "verify-full" => Mode::VerifyFull,
            _ => {
                let known = "disable, prefer, require, verify-ca or verify-full";
                return Err(StoreError::Migration(format!("sslmode is {known}; it is `{text}`")));
            }
        })
    }
}

impl Tls {
    fn new(mode: Mode, roots: Option<PathBuf>) -> Result<Tls, StoreError> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let asks = match mode {
            Mode::Disable | Mode::Prefer => false,
            Mode::Require => roots.is_some(),
            Mode::VerifyCa | Mode::VerifyFull => true,
        };
        let broken = |error: &dyn std::fmt::Display| StoreError::Migration(format!("TLS cannot be set up: {error}"));
        let authorities = if asks {
            let roots = Arc::new(authorities(roots)?);
            let made = WebPkiServerVerifier::builder_with_provider(roots, Arc::clone(&provider)).build();
            Some(made.map_err(|error| broken(&error))?)
        } else {
            None
        };
        let verifier = Verifier { authorities, by_name: mode == Mode::VerifyFull, provider: Arc::clone(&provider) };
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| broken(&error))?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth();
        Ok(Tls(Arc::new(config)))
    }
}

/// The authorities of a file, or those that this machine trusts.
fn authorities(file: Option<PathBuf>) -> Result<RootCertStore, StoreError> {
    let mut store = RootCertStore::empty();
    let Some(file) = file else {
        store.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        if store.is_empty() {
            let message = "this machine trusts no certificate authority; name the server's with sslrootcert=FILE";
            return Err(StoreError::Migration(message.to_owned()));
        }
        return Ok(store);
    };
    let broken = |error: &dyn std::fmt::Display| {
        StoreError::Migration(format!("sslrootcert: no certificate can be read from {}: {error}", file.display()))
    };
    for certificate in CertificateDer::pem_file_iter(&file).map_err(|error| broken(&error))? {
        store.add(certificate.map_err(|error| broken(&error))?).map_err(|error| broken(&error))?;
    }
    if store.is_empty() { Err(broken(&"it holds none")) } else { Ok(store) }
}

/// Looks at a server's certificate as far as the mode asks.
#[derive(Debug)]
struct Verifier {
    /// Without them any certificate will do.
    authorities: Option<Arc<WebPkiServerVerifier>>,
    by_name: bool,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        stapled: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let Some(authorities) = &self.authorities else { return Ok(ServerCertVerified::assertion()) };
        match authorities.verify_server_cert(certificate, between, name, stapled, now) {
            // The name is looked at last.
            Err(rustls::Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) if !self.by_name => Ok(ServerCertVerified::assertion()),
            verified => verified,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let known = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, certificate, signed, known)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let known = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, certificate, signed, known)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

impl MakeTlsConnect<Socket> for Tls {
    type Stream = Stream;
    type TlsConnect = Handshake;
    type Error = std::convert::Infallible;

    fn make_tls_connect(&mut self, host: &str) -> Result<Handshake, Self::Error> {
        let name = ServerName::try_from(host).ok().map(|name| name.to_owned());
        Ok(Handshake { config: Arc::clone(&self.0), name })
    }
}

/// What begins TLS on a connection to a host.
pub(super) struct Handshake {
    config: Arc<ClientConfig>,
    /// Nothing for a socket of this machine, on which there is no TLS.
    name: Option<ServerName<'static>>,
}

/// A server that does not prove to be the one that was asked for.
#[derive(Debug, thiserror::Error)]
#[error("{0}; sslrootcert=FILE names the authority that signs its certificate, sslmode says what is asked of it")]
pub(super) struct Refused(io::Error);

impl TlsConnect<Socket> for Handshake {
    type Stream = Stream;
    type Error = Refused;
    type Future = Pin<Box<dyn Future<Output = Result<Stream, Refused>> + Send>>;

    fn connect(self, socket: Socket) -> Self::Future {
        Box::pin(async move {
            let nameless = || Refused(io::Error::other("the server's host has no name that a certificate could have"));
            let name = self.name.ok_or_else(nameless)?;
            let encrypted = TlsConnector::from(self.config).connect(name, socket).await;
            Ok(Stream(Box::new(encrypted.map_err(Refused)?)))
        })
    }
}

/// An encrypted connection.
pub(super) struct Stream(Box<client::TlsStream<Socket>>);

impl tokio_postgres::tls::TlsStream for Stream {
    fn channel_binding(&self) -> ChannelBinding {
        ChannelBinding::none()
    }
}

impl AsyncRead for Stream {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Stream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}
