//! Routes that are made when somebody first asks for them, and described only where the description is asked for.
//!
//! Several hundred handlers with their extractors, and the description of each, are a large part of the program. A node
//! that has just started has used none of it: it keeps a path and three pointers per route.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::extract::Request;
use axum::handler::Handler;
use axum::response::IntoResponse;
use axum::routing::{MethodRouter, Route, any};
use tower::{Layer, Service};
use utoipa::openapi::OpenApi;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

use crate::app::App;

/// Makes the handlers of a path.
pub type Make = fn() -> MethodRouter<App>;

/// The handlers of one path and what describes them: made by [`crate::routes!`].
pub struct Place {
    /// The path, once per handler.
    pub paths: Vec<String>,
    /// Makes the handlers.
    pub made: Make,
    /// Makes their description.
    pub described: fn() -> UtoipaMethodRouter<App>,
}

/// Routes of a domain, or of all: what answers, and how to describe it.
#[derive(Default)]
pub struct Routes {
    /// By path: two domains may share one, each with its own methods.
    places: BTreeMap<String, Vec<Make>>,
    /// What stands behind a layer already.
    layered: Router<App>,
    described: Vec<fn() -> UtoipaMethodRouter<App>>,
}

impl Routes {
    /// No route yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the handlers of one path.
    ///
    /// # Panics
    /// If the handlers are of several paths: each has a place of its own.
    #[must_use]
    pub fn routes(mut self, mut place: Place) -> Self {
        place.paths.dedup();
        assert_eq!(place.paths.len(), 1, "one place, one path: {:?}", place.paths);
        self.places.entry(place.paths.remove(0)).or_default().push(place.made);
        self.described.push(place.described);
        self
    }

    /// Adds all routes of `other`.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        for (path, made) in other.places {
            self.places.entry(path).or_default().extend(made);
        }
        self.layered = self.layered.merge(other.layered);
        self.described.extend(other.described);
        self
    }

    /// Puts a layer around the routes so far.
    #[must_use]
    pub fn layer<L>(self, layer: L) -> Self
    where
        L: Layer<Route> + Clone + Send + Sync + 'static,
        L::Service: Service<Request> + Clone + Send + Sync + 'static,
        <L::Service as Service<Request>>::Response: IntoResponse + 'static,
        <L::Service as Service<Request>>::Error: Into<Infallible> + 'static,
        <L::Service as Service<Request>>::Future: Send + 'static,
    {
        let described = self.described.clone();
        Self { places: BTreeMap::new(), layered: self.router().layer(layer), described }
    }

    /// `frame` with every route in it.
    #[must_use]
    pub fn describe(&self, frame: OpenApi) -> OpenApi {
        let all = OpenApiRouter::with_openapi(frame);
        self.described.iter().fold(all, |all, described| all.routes(described())).into_openapi()
    }

    /// Names that two different shapes go by: the description would say of one what is true of the other.
    #[must_use]
    pub fn clashes(&self) -> Vec<String> {
        let mut seen = BTreeMap::new();
        let mut clashes = Vec::new();
        for (name, shape) in self.described.iter().flat_map(|described| described().0) {
            let shape = serde_json::to_value(shape).unwrap_or_default();
            if *seen.entry(name.clone()).or_insert_with(|| shape.clone()) != shape {
                clashes.push(name);
            }
        }
        clashes.sort_unstable();
        clashes.dedup();
        clashes
    }

    /// What answers.
    pub fn router(self) -> Router<App> {
        self.places.into_iter().fold(self.layered, |router, (path, made)| {
            router.route(&path, any(Lazy { make: made.into(), made: Arc::default() }))
        })
    }
}

/// The handlers of one path, with `#[utoipa::path]` each: `routes!(list, create)`.
#[macro_export]
macro_rules! routes {
    ($($($part:ident)::+),+ $(,)?) => {
        $crate::http::Place {
            paths: vec![$($crate::utoipa_axum::routes!(@path [path()] of $($part)::+)),+],
            made: || {
                use $crate::utoipa_axum::PathItemExt as _;
                let router = ::axum::routing::MethodRouter::new();
                $(
                    let methods = $crate::utoipa_axum::routes!(@path [methods()] of $($part)::+);
                    let router = methods.iter().fold(router, |router, method| router.on(method.to_method_filter(), $($part)::+));
                )+
                router
            },
            described: || $crate::utoipa_axum::routes!($($($part)::+),+),
        }
    };
}

/// The handlers of a path, made by the first request.
#[derive(Clone)]
struct Lazy {
    make: Arc<[Make]>,
    made: Arc<OnceLock<MethodRouter>>,
}

impl Handler<(), App> for Lazy {
    type Future = <MethodRouter as Handler<(), ()>>::Future;

    fn call(self, request: Request, app: App) -> Self::Future {
        let all = || self.make.iter().fold(MethodRouter::new(), |all, make| all.merge(make()));
        let handlers = self.made.get_or_init(|| all().with_state(app)).clone();
        Handler::call(handlers, request, ())
    }
}

#[cfg(test)]
mod tests {
    use http::{Method, StatusCode, header};
    use tower::ServiceExt as _;

    use super::*;
    use crate::db::{Db, Hooks};
    use crate::{Clock, Ids, WebConfig};

    #[utoipa::path(get, path = "/thing", operation_id = "read_thing")]
    async fn read() -> &'static str {
        "thing"
    }

    #[utoipa::path(put, path = "/thing", operation_id = "write_thing")]
    async fn write() {}

    #[utoipa::path(post, path = "/thing", operation_id = "add_thing")]
    async fn add() {}

    #[utoipa::path(get, path = "/other", operation_id = "read_other")]
    async fn other() {}

    fn routes() -> Routes {
        let elsewhere = Routes::new().routes(crate::routes!(other)).routes(crate::routes!(add));
        Routes::new().routes(crate::routes!(read, write)).merge(elsewhere)
    }

    #[tokio::test]
    async fn a_route_is_made_by_its_first_request_and_answers_like_any() {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open_sqlite(&folder.path().join("test.db"), Hooks::default()).unwrap();
        let files = crate::files::Files::open(&folder.path().join("files")).unwrap();
        let app = App::new(db, Clock::system(), Ids::system(), files, WebConfig::default());
        let router: Router = routes().router().with_state(app);
        for (method, path, status, body) in [
            (Method::GET, "/thing", StatusCode::OK, "thing"),
            (Method::GET, "/thing", StatusCode::OK, "thing"),
            (Method::PUT, "/thing", StatusCode::OK, ""),
            (Method::POST, "/thing", StatusCode::OK, ""),
            (Method::HEAD, "/thing", StatusCode::OK, ""),
            (Method::DELETE, "/thing", StatusCode::METHOD_NOT_ALLOWED, ""),
            (Method::GET, "/other", StatusCode::OK, ""),
            (Method::GET, "/none", StatusCode::NOT_FOUND, ""),
        ] {
            let request =
                Request::builder().method(method.clone()).uri(path).body(axum::body::Body::empty()).unwrap();
            let response = router.clone().oneshot(request).await.unwrap();
            assert_eq!(response.status(), status, "{method} {path}");
            if status == StatusCode::METHOD_NOT_ALLOWED {
                assert_eq!(response.headers()[header::ALLOW], "GET,HEAD,PUT,POST");
            }
            let sent = axum::body::to_bytes(response.into_body(), 100).await.unwrap();
            assert_eq!(sent, body, "{method} {path}");
        }
    }

    #[test]
    fn the_description_has_every_route() {
        let frame = OpenApi::new(utoipa::openapi::Info::new("test", "1"), utoipa::openapi::Paths::new());
        let described = routes().describe(frame);
        let thing = &described.paths.paths["/thing"];
        assert!(thing.get.is_some() && thing.put.is_some() && thing.delete.is_none());
        assert!(described.paths.paths["/other"].get.is_some());
        assert_eq!(described.paths.paths.len(), 2);
    }
}
