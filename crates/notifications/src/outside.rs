//! Where a webhook leads: its URL taken apart, its address looked up and judged, and whom its TLS trusts.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject as _;

use crate::errors::NotificationError;
use crate::rules::is_public;

/// A URL taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    pub https: bool,
    pub host: String,
    pub port: u16,
    /// As the `Host` header says it.
    pub authority: String,
    /// What is asked for there.
    pub path: String,
}

/// Takes a URL apart and refuses what no webhook may be: another scheme, a user name, plain HTTP or a literal private
/// address where those are not allowed.
///
/// # Errors
/// `webhook_url_invalid`, `webhook_url_not_https`, `webhook_url_private`.
pub(crate) fn target(url: &str, allow_private: bool) -> Result<Target, NotificationError> {
    let uri: http::Uri = url.parse().map_err(|_| NotificationError::UrlInvalid)?;
    let authority = uri.authority().ok_or(NotificationError::UrlInvalid)?;
    let https = match uri.scheme_str() {
        Some("https") => true,
        Some("http") => false,
        _ => return Err(NotificationError::UrlInvalid),
    };
    let host = authority.host().trim_matches(['[', ']']).to_owned();
    if host.is_empty() || authority.as_str().contains('@') || url.len() > 2000 {
        return Err(NotificationError::UrlInvalid);
    }
    if !https && !allow_private {
        return Err(NotificationError::UrlNotHttps);
    }
    let private = match host.parse::<IpAddr>() {
        Ok(address) => !is_public(address),
        Err(_) => host.eq_ignore_ascii_case("localhost") || host.to_ascii_lowercase().ends_with(".localhost"),
    };
    if private && !allow_private {
        return Err(NotificationError::UrlPrivate { address: host });
    }
    let port = authority.port_u16().unwrap_or(if https { 443 } else { 80 });
    let path = uri.path_and_query().map_or("/", |p| p.as_str()).to_owned();
    Ok(Target { https, host, port, authority: authority.as_str().to_owned(), path })
}

/// The address to connect to: every address of the name must be public unless private ones are allowed, and the one that
/// was judged is the one connected to.
///
/// # Errors
/// `Err(Ok(_))` if the name can't be looked up now; `Err(Err(_))` if it leads into a private network.
pub(crate) async fn address(
    target: &Target,
    allow_private: bool,
) -> Result<SocketAddr, Result<String, String>> {
    let found: Vec<SocketAddr> = tokio::net::lookup_host((target.host.as_str(), target.port))
        .await
        .map_err(|e| Ok(format!("{}: {e}", target.host)))?
        .collect();
    if !allow_private && let Some(private) = found.iter().find(|a| !is_public(a.ip())) {
        return Err(Err(format!("{} → {}", target.host, private.ip())));
    }
    found.first().copied().ok_or_else(|| Ok(target.host.clone()))
}

/// The certificates of a PEM text; at least one.
///
/// # Errors
/// `authority_invalid`.
pub(crate) fn authorities(pem: &str) -> Result<Vec<CertificateDer<'static>>, NotificationError> {
    let found = CertificateDer::pem_slice_iter(pem.as_bytes())
        .collect::<Result<Vec<_>, _>>()
        .map_err(|_| NotificationError::AuthorityInvalid)?;
    let mut store = rustls::RootCertStore::empty();
    let (added, ignored) = store.add_parsable_certificates(found.iter().cloned());
    if added == 0 || ignored > 0 { Err(NotificationError::AuthorityInvalid) } else { Ok(found) }
}

/// Whom TLS to a webhook trusts: the public authorities and those of the settings.
///
/// # Errors
/// If TLS can't be set up.
pub(crate) fn tls(authority_pem: Option<&str>) -> Result<tokio_rustls::TlsConnector, String> {
    let mut roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(pem) = authority_pem {
        let own = authorities(pem).map_err(|e| e.to_string())?;
        roots.add_parsable_certificates(own);
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|e| e.to_string())?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(tokio_rustls::TlsConnector::from(Arc::new(config)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_https_into_the_public_unless_allowed() {
        let whole = target("https://hook.example.cn:8443/in?x=1", false).unwrap();
        assert_eq!(
            (whole.host.as_str(), whole.port, whole.path.as_str()),
            ("hook.example.cn", 8443, "/in?x=1")
        );
        for (url, code) in [
            ("ftp://hook.example.cn/", "webhook_url_invalid"),
            ("hook.example.cn", "webhook_url_invalid"),
            ("https://user@hook.example.cn/", "webhook_url_invalid"),
            ("http://hook.example.cn/", "webhook_url_not_https"),
            ("https://127.0.0.1/", "webhook_url_private"),
            ("https://[::1]/", "webhook_url_private"),
            ("https://169.254.169.254/latest", "webhook_url_private"),
            ("https://localhost:9/", "webhook_url_private"),
        ] {
            assert_eq!(target(url, false).unwrap_err().refusal().code, code, "{url}");
        }
        assert!(target("http://127.0.0.1:8080/in", true).is_ok());
    }

    #[tokio::test]
    async fn a_name_that_leads_inside_is_refused_when_it_is_looked_up() {
        let inside = Target {
            https: true,
            host: "localhost".into(),
            port: 1,
            authority: "localhost:1".into(),
            path: "/".into(),
        };
        assert!(matches!(address(&inside, false).await, Err(Err(_))));
        assert!(address(&inside, true).await.unwrap().ip().is_loopback());
    }

    #[test]
    fn an_authority_is_pem_or_refused() {
        for bad in ["", "x", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"] {
            assert_eq!(authorities(bad).unwrap_err(), NotificationError::AuthorityInvalid, "{bad}");
        }
        assert!(tls(None).is_ok());
    }
}
