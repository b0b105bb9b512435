//! The node: what every use needs, cheap to clone. It is the state of the router.

use std::any::{Any, TypeId};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard};

use uuid::Uuid;

use crate::clock::Clock;
use crate::db::Db;
use crate::files::Files;
use crate::ids::Ids;

/// A node of Aftercare.
#[derive(Clone)]
pub struct App(Arc<Inner>);

/// What a node stands on.
pub struct Inner {
    /// The database.
    pub db: Db,
    /// The time.
    pub clock: Clock,
    /// New ids and randomness.
    pub ids: Ids,
    /// Photos, signatures, documents.
    pub files: Files,
    /// How the outside reaches this system, and whom it trusts.
    pub web: WebConfig,
    in_flight: Mutex<HashSet<Uuid>>,
    kept: Mutex<HashMap<TypeId, Box<dyn Any + Send + Sync>>>,
}

/// How the outside reaches the system.
#[derive(Clone, Debug)]
pub struct WebConfig {
    /// The base URL in links of mails and QR codes, e.g. `https://service.example.cn`.
    pub base_url: String,
    /// Whether cookies are `Secure` with the `__Host-` prefix (TLS here or at a trusted proxy).
    pub secure_cookies: bool,
    /// Addresses of proxies whose `X-Forwarded-*` headers count.
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// Bearer token for `/metrics`; without one the route answers 404.
    pub metrics_token: Option<String>,
}

impl Default for WebConfig {
    fn default() -> Self {
        Self {
            base_url: "http://127.0.0.1:8080".into(),
            secure_cookies: false,
            trusted_proxies: Vec::new(),
            metrics_token: None,
        }
    }
}

impl App {
    /// Puts a node together.
    #[must_use]
    pub fn new(db: Db, clock: Clock, ids: Ids, files: Files, web: WebConfig) -> Self {
        Self(Arc::new(Inner {
            db,
            clock,
            ids,
            files,
            web,
            in_flight: Mutex::default(),
            kept: Mutex::default(),
        }))
    }

    /// Keeps something of a domain for the length of the node, for its jobs: they are given no more than the node. The latest of its
    /// kind counts.
    pub fn keep<T: Any + Send + Sync>(&self, what: T) {
        self.0
            .kept
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .insert(TypeId::of::<T>(), Box::new(what));
    }

    /// What was kept by [`App::keep`].
    #[must_use]
    pub fn kept<T: Any + Clone>(&self) -> Option<T> {
        let kept = self.0.kept.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        kept.get(&TypeId::of::<T>()).and_then(|what| what.downcast_ref()).cloned()
    }

    pub(crate) fn in_flight(&self) -> MutexGuard<'_, HashSet<Uuid>> {
        self.0.in_flight.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl std::ops::Deref for App {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").field("web", &self.web).finish_non_exhaustive()
    }
}
