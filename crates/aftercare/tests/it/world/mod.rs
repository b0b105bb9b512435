//! A whole node for a test: real databases, a clock that stands, clients that speak as a role.
//!
//! ```ignore
//! both!(a_fault_is_reported, |world| async move {
//!     let agent = world.client(Role::HotlineAgent).await;
//!     let answer = agent.post("/api/cases", json!({ … })).await;
//!     assert_eq!(answer.status, 201);
//! });
//! ```

mod client;
mod database;
mod described;

use std::sync::Arc;

use dispatch::roads::Roads;
use identity::Role;
use kit::files::Files;
use kit::{App, Clock, Ids, Ts, WebConfig, params};

pub use client::{Answer, Client};
pub use database::{Backend, Database};

/// Friday 2026-10-09 16:40 in Shanghai; the Saturday after is a make-up workday.
pub const START: &str = "2026-10-09T16:40:00+08:00";

/// Runs a test on both databases: `both!(name, |world| async move { … });`
#[macro_export]
macro_rules! both {
    ($(#[$meta:meta])* $name:ident, |$world:ident| $body:expr) => {
        mod $name {
            #[allow(unused_imports)] // a test takes what it needs from the file around it
            use super::*;

            async fn scenario($world: $crate::world::World) {
                $body.await
            }

            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                scenario($crate::world::World::start($crate::world::Backend::Sqlite).await).await;
            }

            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                scenario($crate::world::World::start($crate::world::Backend::Postgres).await).await;
            }
        }
    };
}

/// A press that draws by the real program, as a node's does.
fn press(app: &App) -> documents::Press {
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_aftercare"));
    documents::Press::new(&aftercare::app::templates_folder(app.files.root()), program)
}

/// A node and what a test needs to drive it.
#[derive(Clone)]
pub struct World {
    /// The node.
    pub app: App,
    router: axum::Router,
    _database: Arc<Database>,
}

impl World {
    /// A node on a fresh database with the schema, and nothing in it.
    pub async fn start(backend: Backend) -> Self {
        Self::start_at(backend, Clock::standing_at(START.parse().unwrap())).await
    }

    /// The same with another clock: a world that the real program takes over lives by the machine's.
    pub async fn start_at(backend: Backend, clock: Clock) -> Self {
        Self::on(Database::fresh(backend).await, clock).await
    }

    /// A node that takes over what another had: its ids and secrets are its own.
    pub async fn elsewhere(backend: Backend) -> Self {
        let clock = Clock::standing_at(START.parse().unwrap());
        Self::drawing(Database::fresh(backend).await, clock, Ids::seeded(2)).await
    }

    /// A node on a database that stands.
    pub async fn on(database: Database, clock: Clock) -> Self {
        Self::drawing(database, clock, Ids::seeded(1)).await
    }

    async fn drawing(database: Database, clock: Clock, ids: Ids) -> Self {
        let files = Files::open(&database.folder().join("files")).unwrap();
        let app = App::new(database.open().await, clock, ids, files, WebConfig::default());
        let router = aftercare::app::router(app.clone(), press(&app), Roads::default());
        Self { app, router, _database: Arc::new(database) }
    }

    /// The same node with a road server.
    pub fn by_roads(&self, roads: Roads) -> Self {
        let router = aftercare::app::router(self.app.clone(), press(&self.app), roads);
        Self { app: self.app.clone(), router, _database: self._database.clone() }
    }

    /// A client signed in with a role and nothing else: no unit, no employee.
    pub async fn client(&self, role: Role) -> Client {
        self.client_in(&[role], None, None, None).await
    }

    /// A client signed in with roles, in a unit, as an employee, for a customer.
    pub async fn client_in(
        &self,
        roles: &[Role],
        unit_id: Option<&str>,
        employee_id: Option<&str>,
        customer_id: Option<&str>,
    ) -> Client {
        let now = self.app.clock.now();
        let account_id = self.app.ids.next(now).to_string();
        let roles = serde_json::to_string(roles).unwrap();
        let (unit_id, employee_id, customer_id) =
            (unit_id.map(str::to_owned), employee_id.map(str::to_owned), customer_id.map(str::to_owned));
        let id = account_id.clone();
        self.app
            .db
            .write(move |tx| {
                Box::pin(async move {
                    tx.execute(
                        "INSERT INTO account (id, login, name, password_hash, roles, unit_id, employee_id, customer_id, \
                         created_at, password_changed_at) VALUES ($1, $2, $3, '', $4, $5, $6, $7, $8, $8)",
                        params![&id, format!("login-{id}"), "Test account", roles, unit_id, employee_id, customer_id, now],
                    )
                    .await
                })
            })
            .await
            .unwrap();
        self.client_of(&account_id).await
    }

    /// The client of an account that is there, signed in now: a session rests for half a day at most.
    pub async fn client_of(&self, account_id: &str) -> Client {
        let now = self.app.clock.now();
        let session_id = self.app.ids.next(now).to_string();
        let secret = self.app.ids.secret();
        let token_hash = {
            use sha2::Digest as _;
            hex::encode(sha2::Sha256::digest(secret.as_bytes()))
        };
        let id = account_id.to_owned();
        self.app
            .db
            .write(move |tx| {
                Box::pin(async move {
                    tx.execute(
                        "INSERT INTO session (id, account_id, token_hash, device, address, created_at, last_seen_at, idle_until, expires_at, idle_us) \
                         VALUES ($1, $2, $3, 'test', '127.0.0.1', $4, $4, $5, $5, $6)",
                        params![session_id, id, token_hash, now, now.plus(365 * Ts::DAY), 12 * Ts::HOUR],
                    )
                    .await
                })
            })
            .await
            .unwrap();
        Client::new(self.router.clone(), self.app.clone(), Some(secret), account_id.to_owned())
    }

    /// A client that is not signed in.
    pub fn anonymous(&self) -> Client {
        Client::new(self.router.clone(), self.app.clone(), None, String::new())
    }

    /// Does every job that is due now and lets readers take what is sealed, again and again until nothing is left.
    pub async fn run_jobs(&self) {
        let (workers, readers) = (aftercare::app::workers(), aftercare::app::readers());
        let mut looked = kit::readers::Looked::new();
        loop {
            while kit::events::seal(&self.app.db).await.unwrap() > 0 {}
            let read = kit::readers::read_new(&self.app, &readers, &mut looked).await.unwrap();
            if read + kit::jobs::run_due(&self.app, &workers).await.unwrap() == 0 {
                return;
            }
        }
    }

    /// Like [`Self::run_jobs`], and brings out every message that is due.
    pub async fn deliver(&self) {
        self.run_jobs().await;
        let couriers = aftercare::app::couriers();
        while kit::jobs::run_due_together(&self.app, &couriers).await.unwrap() > 0 {}
    }

    /// Ends the node; its data stays as long as the answer.
    pub fn end(self) -> Arc<Database> {
        self._database
    }

    /// Another node on the same database, as after a restart; the clock goes on.
    pub async fn restarted(&self) -> Self {
        self.beside(self.app.clock.clone()).await
    }

    /// Another node on the same database, by a clock of its own.
    pub async fn beside(&self, clock: Clock) -> Self {
        let files = Files::open(&self._database.folder().join("files")).unwrap();
        let ids = Ids::seeded(2);
        let app = App::new(self._database.open().await, clock, ids, files, WebConfig::default());
        let router = aftercare::app::router(app.clone(), press(&app), Roads::default());
        Self { app, router, _database: self._database.clone() }
    }

    /// Lets the time of every lease pass: on PostgreSQL it goes by the database's clock, which no test moves.
    pub async fn leases_pass(&self) {
        let step = self.app.db.write(|tx| {
            Box::pin(async move {
                let passed = "UPDATE job SET lease_until = lease_until - $1 WHERE lease_until IS NOT NULL";
                tx.execute(passed, params![2 * kit::jobs::LEASE_US]).await
            })
        });
        step.await.unwrap();
    }

    /// Moves the clock and does what comes due.
    pub async fn pass(&self, micros: i64) {
        self.app.clock.advance(micros);
        self.run_jobs().await;
    }

    /// Seals what is committed, as the node's sealer does, and verifies the whole chain.
    pub async fn sealed(&self) -> i64 {
        while kit::events::seal(&self.app.db).await.unwrap() > 0 {}
        let mut tx = self.app.db.reader().await.unwrap();
        let (count, fault) = kit::events::verify(&mut tx).await.unwrap();
        assert_eq!(fault, None, "the chain of events");
        count
    }

    /// One integer from a query, for assertions about what is stored.
    pub async fn count(&self, sql: &str) -> i64 {
        self.app.db.reader().await.unwrap().int(sql, &[]).await.unwrap()
    }
}
