//! The demo: a whole company with six weeks behind it, made from a seed through the real commands (decision 20).
//!
//! It loads only into an empty system and says everywhere that it is a demo; `aftercare demo --remove` makes a fresh system
//! again, and refuses once a real case exists.

mod company;
mod complaints;
mod estate;
mod field;
mod history;
mod names;
mod portal_side;
mod random;

use identity::Role;
use kit::db::Kept;
use kit::jobs::{Job, Worker};
use kit::{Actor, ActorKind, App, Cx, Failure, Lang, Reach, Ts, Tx, Value};
use serde::{Deserialize, Serialize};

use complaints::Mended;
use history::Outcome;
pub use random::Dice;

/// The seed of the demo everybody sees.
pub const SEED: u64 = 20_261_009;

/// What the demo remembers about itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Marker {
    /// When it was made, by its own clock.
    pub made_at: Ts,
    /// The password of all demo accounts, made anew for each demo.
    pub password: String,
    /// One login per role.
    pub logins: Vec<(Role, String)>,
    /// How far the demo's clock is ahead of the machine's, in microseconds.
    pub clock_ahead_us: i64,
    /// Accounts that were there before the demo: they outlive it.
    pub administrators: Vec<String>,
    /// How many cases the demo made.
    pub cases: i64,
    /// Where a newcomer sees the customer's side; a demo made by an earlier version has none.
    #[serde(default)]
    pub customer: Option<CustomerSide>,
}

/// Doors to the customer's side of the demo.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CustomerSide {
    /// The code of a device's label.
    pub label: String,
    /// Opens the page of a case under way.
    pub link: Option<String>,
    /// The code of the badge of who is sent there.
    pub badge: Option<String>,
}

/// The name of the setting that marks a demo.
pub const SETTING: &str = "demo_marker";

/// What the makers share.
pub(crate) struct Maker<'m> {
    pub app: &'m App,
    pub dice: Dice,
    pub now: Ts,
    pub password_hash: String,
    /// Nobody was here before: the demo brings its own administrators and company name.
    pub alone: bool,
}

impl Maker<'_> {
    /// A command of the demo at an instant.
    pub fn cx(&self, actor: Actor, at: Ts) -> Cx {
        Cx::new(self.app, self.app.ids.next(at), actor).at(at)
    }

    /// The maker itself as an actor.
    pub fn system(&self, at: Ts) -> Cx {
        self.cx(Actor::system("demo"), at)
    }
}

/// An employee with an account, as an actor of the demo.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub account_id: String,
    pub employee_id: String,
    pub unit_id: String,
    pub engineer: bool,
}

impl Person {
    pub fn actor(&self) -> Actor {
        Actor {
            kind: ActorKind::User,
            id: self.account_id.clone(),
            employee_id: Some(self.employee_id.clone()),
            unit_id: Some(self.unit_id.clone()),
            reach: if self.engineer {
                Reach::Person(self.employee_id.clone())
            } else {
                Reach::Unit(self.unit_id.clone())
            },
            lang: Lang::ZhCn,
        }
    }
}

/// Where the demo company has its days.
const ZONE: &str = "Asia/Shanghai";

/// The same, to reckon with.
pub(crate) fn zone() -> jiff::tz::TimeZone {
    jiff::tz::TimeZone::get(ZONE).unwrap_or(jiff::tz::TimeZone::UTC)
}

/// What the system holds.
#[derive(Clone, Debug)]
pub enum Standing {
    /// Nothing: a demo can be made.
    Empty,
    /// A demo.
    Demo(Box<Marker>),
    /// Somebody's real data.
    Real,
}

/// Looks whether the system is empty, a demo, or real.
///
/// # Errors
/// As the database says.
pub async fn standing(tx: &mut Tx) -> Result<Standing, Failure> {
    if let Some(marker) = kit::settings::get::<Marker>(tx, SETTING).await? {
        return Ok(Standing::Demo(Box::new(marker)));
    }
    // Set up and nothing more: administrators, but no unit anybody could work in.
    let bare = organisation::units(tx).await?.is_empty();
    Ok(if bare { Standing::Empty } else { Standing::Real })
}

/// Makes the demo from a seed, up to the present of the node's clock, in a few transactions.
///
/// # Errors
/// If the system is not empty, or as the commands refuse.
pub async fn make(app: &App, seed: u64, clock_ahead_us: i64) -> anyhow::Result<Marker> {
    let mut secret = [0_u8; 4];
    kit::Ids::system().fill(&mut secret);
    let password = format!("demo-{}", secret.iter().map(|b| format!("{b:02x}")).collect::<String>());
    let password_hash = identity::hash_password(app, &password).await?;
    // The demo's ids come from the seed too, so that two demos of one seed are alike.
    let app = app.clone();
    let node = app.clone();
    let marker = app
        .db
        .write(move |tx| {
            Box::pin(async move {
                if !matches!(standing(tx).await?, Standing::Empty) {
                    return Err(Failure::from(anyhow::anyhow!(
                        "demo data is only loaded into an empty system"
                    )));
                }
                let now = node.clock.now();
                let administrators = identity::setup::account_ids(tx).await?;
                let mut maker = Maker {
                    app: &node,
                    dice: Dice::new(seed),
                    now,
                    password_hash,
                    alone: administrators.is_empty(),
                };
                policy::establish(tx, &maker.system(now.plus(-720 * Ts::DAY))).await?;
                let company = company::found(tx, &mut maker).await?;
                let products = estate::products(tx, &mut maker).await?;
                let places = estate::places(tx, &mut maker, &company, &products).await?;
                let desk = history::Desk::of(&company);
                let mut field = field::Field::ready(tx, &mut maker, &company).await?;
                let (mut under_way, mut mended) = (Vec::new(), Vec::new());
                for at in history::instants(&mut maker) {
                    let over = match history::case(tx, &mut maker, &desk, &places, at).await? {
                        Outcome::Stands => None,
                        Outcome::Solved(case_id, at) => Some((case_id, at)),
                        Outcome::Field(case) => {
                            let over = field.visit(tx, &mut maker, &case, &places).await?;
                            if over.is_none() {
                                under_way.push(case.case_id);
                            }
                            let over = over.map(|at| (case.case_id, at));
                            mended.extend(over.map(|(case_id, over_at)| Mended {
                                case_id,
                                place: case.place,
                                over_at,
                            }));
                            over
                        }
                    };
                    if let Some((case_id, at)) = over {
                        history::follow_up(tx, &mut maker, &desk, case_id, at).await?;
                    }
                }
                complaints::make(tx, &maker, &company, &places, mended).await?;
                let customer = portal_side::make(tx, &maker, &places, &under_way).await?;
                let marker = Marker {
                    customer,
                    made_at: now,
                    password,
                    logins: company.logins,
                    clock_ahead_us,
                    administrators,
                    // Complaints that a low score opened are cases too.
                    cases: kit::numbers::given(tx, cases::NUMBER_PREFIX).await?,
                };
                // They have worked here for a year: nobody's account lies unused.
                identity::count_as_used(tx, now).await?;
                kit::settings::set(tx, SETTING, &marker, now).await?;
                kit::settings::set(tx, "demo", &true, now).await?;
                if maker.alone {
                    let name = serde_json::json!({ "name": "示范设备服务公司（演示）" });
                    kit::settings::set(tx, "company", &name, now).await?;
                    kit::settings::set(tx, "zone", &ZONE, now).await?;
                }
                Ok(marker)
            })
        })
        .await?;
    Ok(marker)
}

/// The demo that somebody asked for at set-up: made by a job, once.
#[must_use]
pub fn workers() -> Vec<Worker> {
    vec![Worker { kind: identity::setup::DEMO_JOB, work: |app, job| Box::pin(load(app, job)) }]
}

async fn load(app: App, job: Job) -> Result<(), Failure> {
    let found = standing(&mut app.db.reader().await?).await?;
    if matches!(found, Standing::Empty) {
        make(&app, SEED, 0).await?;
    }
    job.run_inside(&app, |_, _, _| Box::pin(async { Ok(()) })).await
}

/// Removes the demo: a fresh database and chain; settings of the system stay. Returns how many.
///
/// # Errors
/// If this is no demo, or a real case exists.
pub async fn remove(app: &App) -> anyhow::Result<usize> {
    let mut tx = app.db.reader().await?;
    let Standing::Demo(marker) = standing(&mut tx).await? else {
        anyhow::bail!("there is no demo here: nothing was removed");
    };
    let stands = kit::numbers::given(&mut tx, cases::NUMBER_PREFIX).await?;
    drop(tx);
    anyhow::ensure!(
        stands <= marker.cases,
        "{} cases were made since the demo: it is no longer only a demo, and nothing was removed",
        stands - marker.cases
    );
    let settings = KEPT_SETTINGS.iter().map(|s| Value::from(*s)).collect();
    let keep = vec![
        Kept { table: "setting", column: "name", values: settings },
        Kept {
            table: "account",
            column: "id",
            values: marker.administrators.iter().map(Value::from).collect(),
        },
    ];
    Ok(app.db.start_afresh(crate::migrations::ALL, keep, app.clock.now()).await?)
}

/// Settings that outlive the demo.
const KEPT_SETTINGS: &[&str] =
    &["identity.security", "identity.security.version", "notifications", "company", "zone"];
