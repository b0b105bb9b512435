//! What a service centre asks: reads of the desk, and cases that go their way from the call to the phone result.

use std::sync::Arc;
use std::time::Duration;

use kit::{Clock, Ids};
use serde_json::{Value, json};

use crate::measure::demo::encoded;
use crate::measure::program::Http;

/// What there is to ask about at the start.
pub struct Known {
    /// Cases.
    pub cases: Vec<String>,
    /// Reports of faults.
    pub reports: Vec<Value>,
}

/// An answer.
pub struct Done {
    /// What was asked.
    pub kind: &'static str,
    /// Its status.
    pub status: u16,
    /// From the moment it was due.
    pub after: Duration,
    /// Not in the run-up.
    pub counted: bool,
    /// The command's id, address, body and session, to send it again.
    pub key: String,
    /// Its address.
    pub path: String,
    /// Its body.
    pub body: String,
    /// Whose it was.
    pub cookie: String,
}

/// The kinds, for the table.
pub const KINDS: [&str; 15] = [
    "start page",
    "open cases",
    "all cases",
    "one case",
    "timeline",
    "look-up",
    "search",
    "sites",
    "report",
    "triage",
    "note",
    "phone support",
    "phone result",
    "next step",
    "call",
];

/// One connection of one person.
pub struct Worker {
    http: Http,
    known: Arc<Known>,
    at: usize,
    writes: bool,
    turn: usize,
    /// The case this worker is busy with.
    case: Option<String>,
}

impl Worker {
    pub fn new(http: Http, known: Arc<Known>, at: usize, writes: bool) -> Self {
        Self { http, known, at, writes, turn: at, case: None }
    }

    /// The n-th request of all workers together.
    pub async fn ask(&mut self, n: usize) -> Done {
        self.turn += 1;
        if self.writes { self.command(n).await } else { self.read(n).await }
    }

    async fn read(&mut self, n: usize) -> Done {
        let case = &self.known.cases[n * 31 % self.known.cases.len()];
        let search = ["道闸", "停车场", "不抬杆", "车牌识别", "tcc"][n % 5];
        // Ten of twenty are lists and cases; the look-up box is asked with every call.
        let (kind, path) = match n % 20 {
            0 | 1 => ("start page", "/api/home".to_owned()),
            2..=6 => ("open cases", "/api/cases?view=open".to_owned()),
            7 => ("all cases", "/api/cases?view=all".to_owned()),
            8..=11 => ("one case", format!("/api/cases/{case}")),
            12 | 13 => ("timeline", format!("/api/cases/{case}/timeline")),
            14..=16 => ("look-up", format!("/api/look-up?q={}", encoded(search))),
            17 | 18 => ("search", format!("/api/cases?view=all&q={}", encoded(search))),
            _ => ("sites", "/api/sites".to_owned()),
        };
        let reply = self.http.get(&path).await.unwrap();
        self.done(kind, reply.status, String::new(), path, String::new())
    }

    async fn command(&mut self, n: usize) -> Done {
        let case = self.case.clone().unwrap_or_default();
        let of = |step: &str| format!("/api/cases/{case}/{step}");
        let note = || json!({ "text": "客户来电催促,已告知预计到达时间。" });
        let (kind, path, body) = match (self.case.is_some(), self.turn % 10) {
            (false, _) => {
                let report = &self.known.reports[(n * 17 + self.at) % self.known.reports.len()];
                ("report", "/api/cases".to_owned(), report.clone())
            }
            (true, 1) => ("triage", of("triage"), json!({})),
            (true, 3) => ("phone support", of("phone-support"), json!({})),
            (true, 5) => (
                "phone result",
                of("phone-result"),
                json!({ "outcome": "not_solved", "steps_tried": ["断电重启"], "reason": "电机不转", "needed_skill": "barrier" }),
            ),
            (true, 7) => (
                "call",
                "/api/calls".to_owned(),
                json!({ "dialled": "4008001234", "caller": "13812341234", "started_at": Clock::system().now().plus(-60_000_000),
                    "outcome": "case_continued", "case_id": case }),
            ),
            (true, _) => ("note", of("note"), note()),
        };
        let (key, body) = (Ids::system().next(Clock::system().now()).to_string(), body.to_string());
        let reply = self.http.post(&path, &key, &body).await.unwrap();
        match kind {
            "report" => {
                self.case = reply.json()["id"].as_str().map(ToOwned::to_owned);
                self.turn = 0;
            }
            // The case waits for a visit now: the next call.
            _ if self.turn % 10 == 9 => self.case = None,
            _ => {}
        }
        if !(200..300).contains(&reply.status) {
            eprintln!("{path} answered {}: {}", reply.status, String::from_utf8_lossy(&reply.body));
        }
        self.done(kind, reply.status, key, path, body)
    }

    fn done(&self, kind: &'static str, status: u16, key: String, path: String, body: String) -> Done {
        let cookie = self.http.cookie.clone();
        Done { kind, status, after: Duration::ZERO, counted: false, key, path, body, cookie }
    }
}
