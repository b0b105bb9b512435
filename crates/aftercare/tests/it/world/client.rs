//! Requests through the router, as a browser or a program would send them.

use axum::body::Body;
use http::{HeaderMap, Method, Request, header};
use http_body_util::BodyExt as _;
use kit::App;
use serde_json::Value;
use tower::ServiceExt as _;

use super::described::misfit;

/// Somebody who sends requests.
#[derive(Clone)]
pub struct Client {
    router: axum::Router,
    app: App,
    secret: Option<String>,
    /// The account behind it.
    pub account_id: String,
    lang: &'static str,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// JSON body, or null.
    pub json: Value,
    /// The body as text.
    pub text: String,
}

impl Answer {
    /// The body, if the status is the expected one; otherwise the test fails and shows the answer.
    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        self.json
    }

    /// The code of a refusal.
    #[track_caller]
    pub fn refused(&self, status: u16) -> &str {
        assert_eq!(self.status, status, "{}", self.text);
        assert_eq!(self.headers[header::CONTENT_TYPE], "application/problem+json");
        assert!(self.json["cure"].is_string(), "a refusal says how to mend it: {}", self.text);
        self.json["code"].as_str().unwrap_or_default()
    }

    /// The version in the `ETag`.
    pub fn version(&self) -> i64 {
        self.headers[header::ETAG].to_str().unwrap().trim_matches('"').parse().unwrap()
    }
}

impl Client {
    pub(super) fn new(router: axum::Router, app: App, secret: Option<String>, account_id: String) -> Self {
        Self { router, app, secret, account_id, lang: "zh-CN" }
    }

    /// The same in another language.
    pub fn lang(mut self, lang: &'static str) -> Self {
        self.lang = lang;
        self
    }

    /// The session's cookie, for requests to the real program.
    pub fn cookie(&self) -> String {
        self.secret.as_ref().map(|secret| format!("aftercare_session={secret}")).unwrap_or_default()
    }

    /// A fresh command id.
    pub fn key(&self) -> String {
        self.app.ids.next(self.app.clock.now()).to_string()
    }

    /// Sends a request with exactly these headers besides session and language.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, String)],
        body: Option<Vec<u8>>,
    ) -> Answer {
        self.sending(method, path, headers, body.map_or_else(Body::empty, Body::from)).await
    }

    /// The same with a body that comes as it likes.
    pub async fn sending(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, String)],
        body: Body,
    ) -> Answer {
        let response = self.answer(method.clone(), path, headers, body).await;
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let misfit = misfit(&method, path, parts.status.as_u16(), &parts.headers, &bytes);
        assert_eq!(misfit, None, "the description says otherwise");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            json: serde_json::from_str(&text).unwrap_or(Value::Null),
            text,
        }
    }

    /// The status and, for a refusal, its code: streams are not read to their end.
    pub async fn head(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, String)],
        body: Option<Vec<u8>>,
    ) -> (u16, String) {
        let body = body.map_or_else(Body::empty, Body::from);
        let response = self.answer(method.clone(), path, headers, body).await;
        let status = response.status().as_u16();
        if status < 400 {
            return (status, String::new());
        }
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        assert_eq!(
            misfit(&method, path, status, &parts.headers, &bytes),
            None,
            "the description says otherwise"
        );
        let json: Value = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        (status, json["code"].as_str().unwrap_or_default().to_owned())
    }

    /// A stream, to be read as slowly as one likes.
    pub async fn stream(&self, path: &str, headers: &[(&str, String)]) -> Body {
        let response = self.answer(Method::GET, path, headers, Body::empty()).await;
        assert_eq!(response.status().as_u16(), 200);
        response.into_body()
    }

    async fn answer(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, String)],
        body: Body,
    ) -> axum::response::Response {
        let mut request =
            Request::builder().method(method).uri(path).header(header::ACCEPT_LANGUAGE, self.lang);
        if let Some(secret) = &self.secret {
            request = request.header(header::COOKIE, format!("aftercare_session={secret}"));
        }
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let peer = std::net::SocketAddr::from(([127, 0, 0, 1], 40_000));
        let request = request.extension(axum::extract::ConnectInfo(peer)).body(body).unwrap();
        self.router.clone().oneshot(request).await.unwrap()
    }

    /// Reads.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], None).await
    }

    /// A command with a fresh id.
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.command(Method::POST, path, &self.key(), None, body).await
    }

    /// An update of a record whose version was seen.
    pub async fn put(&self, path: &str, version: i64, body: Value) -> Answer {
        self.command(Method::PUT, path, &self.key(), Some(version), body).await
    }

    /// A removal.
    pub async fn delete(&self, path: &str) -> Answer {
        let key = self.key();
        self.send(Method::DELETE, path, &[("idempotency-key", key)], None).await
    }

    /// A command with a given id, to repeat it.
    pub async fn command(
        &self,
        method: Method,
        path: &str,
        key: &str,
        version: Option<i64>,
        body: Value,
    ) -> Answer {
        let mut headers =
            vec![("content-type", "application/json".to_owned()), ("idempotency-key", key.to_owned())];
        if let Some(version) = version {
            headers.push(("if-match", format!("\"{version}\"")));
        }
        self.send(method, path, &headers, Some(body.to_string().into_bytes())).await
    }
}
