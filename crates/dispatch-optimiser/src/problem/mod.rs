//! The planning problem as read: people, jobs, stores, prices. All times are seconds on one clock (midnight of the
//! first day = 0), all costs whole numbers. Format fsp-1 and the fields beyond it: `docs/dispatch-format.md`.

mod raw;
mod read;
mod ties;
mod travel;
mod vrptw;

pub(crate) use read::json_fault;
pub(crate) use travel::euclid;
pub use travel::{Travel, Ways};
pub use vrptw::{Vrptw, read_vrptw};

/// Times beyond this (31 years) are refused, so that 32 bits always hold a sum of two.
pub const MOST_SECONDS: i64 = 1_000_000_000;
/// A single duration or travel time beyond this (three years) is refused.
pub const MOST_SPAN: i64 = 100_000_000;
/// A cost per second beyond this is refused, so that 64 bits always hold the objective.
pub const MOST_WEIGHT: i64 = 10_000;
/// A price beyond this is refused.
pub const MOST_PRICE: i64 = 1_000_000_000_000;
/// More jobs, engineers or locations than this are refused.
pub const MOST_ROWS: usize = 100_000;
/// What leaving out a job costs on top when it was promised or pinned and nothing else is said.
pub const DEFAULT_MANDATORY_COST: i64 = 10_000_000;

/// A fault in a problem or an answer: where it stands and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The place, such as `jobs[3].windows[0]` or `line 1 column 80`.
    pub place: String,
    /// The fault, as the rest of a sentence.
    pub what: String,
}

impl Fault {
    pub(crate) fn new(place: impl Into<String>, what: impl Into<String>) -> Self {
        Self { place: place.into(), what: what.into() }
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}

impl std::error::Error for Fault {}

/// A whole planning problem.
#[derive(Clone, Debug)]
pub struct Problem {
    /// Its name, repeated in the answer.
    pub name: String,
    /// The moment of planning: nothing starts before it.
    pub now_s: i32,
    /// Travel times.
    pub travel: Travel,
    /// Prices that hold for the whole plan.
    pub prices: Prices,
    /// One entry per engineer and day.
    pub engineers: Vec<Engineer>,
    /// People behind the entries, by number: a name per [`Engineer::person`].
    pub people: Vec<String>,
    /// The work.
    pub jobs: Vec<Job>,
    /// Stock locations where parts can be fetched on the way.
    pub stores: Vec<Store>,
    /// Part names; parts are numbers elsewhere.
    pub parts: Vec<String>,
    /// Skill names.
    pub skills: Vec<String>,
    /// Territory names.
    pub territories: Vec<String>,
    /// Parts on board by [`Engineer::van`] and part.
    pub vans: Vec<Vec<i32>>,
    /// A plan to start from: per engineer the items in order.
    pub initial: Vec<Vec<crate::Item>>,
}

/// Prices of the whole plan.
#[derive(Clone, Debug)]
pub struct Prices {
    /// Per second of travel.
    pub travel_weight: i64,
    /// Added to the price of leaving out a job that is pinned or promised.
    pub mandatory_cost: i64,
    /// Price of moving a published job to someone else, or of leaving it out.
    pub change: Option<ChangePrice>,
}

/// Price of changing a published plan: `cost` far ahead, rising linearly to `near_cost` within `horizon_s` of the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChangePrice {
    /// Price of moving a job whose start is farther away than the horizon.
    pub cost: i64,
    /// Price of moving a job that starts now.
    pub near_cost: i64,
    /// Seconds before the start from which the price rises.
    pub horizon_s: i32,
}

impl ChangePrice {
    /// The price of moving a job planned to start at `start_s`.
    #[must_use]
    pub fn at(&self, now_s: i32, start_s: i32) -> i64 {
        let ahead = (i64::from(start_s) - i64::from(now_s)).max(0);
        let horizon = i64::from(self.horizon_s);
        if ahead >= horizon {
            return self.cost;
        }
        self.cost + (self.near_cost - self.cost) * (horizon - ahead) / horizon
    }
}

/// One engineer on one day.
#[derive(Clone, Debug)]
pub struct Engineer {
    /// Name in the file.
    pub id: String,
    /// Number of the person: entries of one person share van and preferences.
    pub person: u32,
    /// Location where the day starts.
    pub start: u32,
    /// Location where it ends.
    pub end: u32,
    /// Leaves `start` then, or at `now`, whichever is later.
    pub from_s: i32,
    /// Back at `end` by then, without overtime.
    pub to_s: i32,
    /// Allowed overtime.
    pub overtime: Option<Overtime>,
    /// Skills held, sorted.
    pub skills: Vec<u32>,
    /// Territories served, sorted.
    pub territories: Vec<u32>,
    /// Row in [`Problem::vans`].
    pub van: u32,
    /// Breaks of the day.
    pub breaks: Vec<Break>,
}

impl Engineer {
    /// When the route can leave.
    #[must_use]
    pub fn leaves_s(&self, now_s: i32) -> i32 {
        self.from_s.max(now_s)
    }

    /// Latest return, overtime included.
    #[must_use]
    pub fn back_by_s(&self) -> i32 {
        self.overtime.map_or(self.to_s, |o| o.until_s)
    }

    /// Breaks that must be taken: those whose window is not wholly past.
    pub fn due_breaks(&self, now_s: i32) -> impl Iterator<Item = (u32, &Break)> {
        let leaves = self.leaves_s(now_s);
        self.breaks.iter().enumerate().filter(move |(_, b)| b.latest_s > leaves).map(|(k, b)| (k as u32, b))
    }
}

/// Work after the end of the shift.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overtime {
    /// Last possible return.
    pub until_s: i32,
    /// Cost per second past the end of the shift.
    pub weight: i64,
}

/// A break: starts within the window, at the place of the job before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Break {
    /// Earliest start.
    pub open_s: i32,
    /// Latest start.
    pub latest_s: i32,
    /// Length.
    pub duration_s: i32,
}

/// Open and close of a window for the start of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// First moment.
    pub open_s: i32,
    /// Last moment.
    pub close_s: i32,
}

/// Kind of job, for reports only (fsp-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Priority {
    /// 4 h clock.
    Major,
    /// 24 h clock.
    Normal,
    /// Appointment or maintenance.
    Planned,
}

/// One piece of work at one place.
#[derive(Clone, Debug)]
pub struct Job {
    /// Name in the file.
    pub id: String,
    /// Where.
    pub location: u32,
    /// How long.
    pub duration_s: i32,
    /// All needed, sorted.
    pub skills: Vec<u32>,
    /// Must be one of the engineer's.
    pub territory: Option<u32>,
    /// Hard windows for the start, ascending and apart, promise and release worked in; never empty.
    pub windows: Vec<Window>,
    /// Soft arrival deadline.
    pub due_s: Option<i32>,
    /// Cost per second past it.
    pub late_weight: i64,
    /// Price of leaving it out, without the surcharges below.
    pub unserved_cost: i64,
    /// For reports.
    pub priority: Priority,
    /// Parts taken from the van: (part, count), counts above zero.
    pub parts: Vec<(u32, i32)>,
    /// The only engineer entry allowed, whatever his skills.
    pub pinned: Option<u32>,
    /// A window was promised to the customer: leaving out costs the mandatory price on top.
    pub promised: bool,
    /// People wished for, and the cost of sending anyone else.
    pub preferred: Option<(Vec<u32>, i64)>,
    /// Published: engineer entry and start.
    pub published: Option<(u32, i32)>,
    /// The job that must start at the same moment with another engineer.
    pub crew: Option<u32>,
    /// Jobs that must be over before this one starts: (job, gap in seconds).
    pub after: Vec<(u32, i32)>,
}

/// A place where parts can be fetched.
#[derive(Clone, Debug)]
pub struct Store {
    /// Name in the file.
    pub id: String,
    /// Where.
    pub location: u32,
    /// Opening for the start of the stop.
    pub window: Window,
    /// How long a stop takes.
    pub duration_s: i32,
    /// Parts there, by part number.
    pub stock: Vec<i32>,
}

impl Problem {
    /// Whether an engineer entry may do a job by pin, skills and territory (parts depend on the whole route).
    #[must_use]
    pub fn eligible(&self, engineer: usize, job: usize) -> bool {
        let (e, j) = (&self.engineers[engineer], &self.jobs[job]);
        match j.pinned {
            Some(only) => only as usize == engineer,
            None => {
                j.skills.iter().all(|s| e.skills.binary_search(s).is_ok())
                    && j.territory.is_none_or(|t| e.territories.binary_search(&t).is_ok())
            }
        }
    }

    /// Price of leaving a job out: its own, plus the mandatory price, plus the change price if it was published.
    #[must_use]
    pub fn left_out_cost(&self, job: usize) -> i64 {
        let j = &self.jobs[job];
        j.unserved_cost + self.mandatory_part(job) + self.published_price(job)
    }

    /// The mandatory part of the price of leaving a job out.
    #[must_use]
    pub fn mandatory_part(&self, job: usize) -> i64 {
        let j = &self.jobs[job];
        if j.promised || j.pinned.is_some() { self.prices.mandatory_cost } else { 0 }
    }

    /// Price of taking a job away from whom it was published for.
    #[must_use]
    pub fn published_price(&self, job: usize) -> i64 {
        match (self.jobs[job].published, self.prices.change) {
            (Some((_, start)), Some(price)) => price.at(self.now_s, start),
            _ => 0,
        }
    }

    /// Cost of not sending a preferred person.
    #[must_use]
    pub fn preference_cost(&self, engineer: usize, job: usize) -> i64 {
        match &self.jobs[job].preferred {
            Some((people, cost)) if !people.contains(&self.engineers[engineer].person) => *cost,
            _ => 0,
        }
    }

    /// Cost of a published job going to someone else.
    #[must_use]
    pub fn change_cost(&self, engineer: usize, job: usize) -> i64 {
        match self.jobs[job].published {
            Some((to, _)) if to as usize != engineer => self.published_price(job),
            _ => 0,
        }
    }
}

/// First moment at or after `arrive_s` inside one of the windows; none when all are over.
#[must_use]
pub fn first_start(windows: &[Window], arrive_s: i32) -> Option<i32> {
    windows.iter().find(|w| arrive_s <= w.close_s).map(|w| arrive_s.max(w.open_s))
}
