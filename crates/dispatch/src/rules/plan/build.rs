//! Facts → a problem for the optimiser, with the tables that lead back.

use cases::Severity;
use dispatch_optimiser as fsp;
use kit::Ts;
use organisation::Engineer;
use visits::{Window, WorkOrderKind};

use super::area::{Area, areas as together};
use super::numbers::Numbers;
use super::places::{Located, located};
use super::{BEYOND_US, MOST_PLACES, TooLarge, day, sec_down, sec_up};
use crate::model::plan::{PlanFacts, PlanFixed, PlanOrder, PlanVisit};
use crate::model::{ProposalReasonCode, WorkSpan};
use crate::rules::plain::Open;
use crate::rules::travel::{Hours, TravelTimes};
use organisation::shifts;

/// What it costs to send somebody else than last time, in seconds on the road.
const OTHER_ENGINEER: i64 = 600;
/// What it costs to give a planned visit to somebody else: half an hour on the road, and up to three hours if it begins soon.
const CHANGE: fsp::ChangePrice = fsp::ChangePrice { cost: 1_800, near_cost: 10_800, horizon_s: 4 * 3600 };
/// So much time is kept back before an arrival is due, at most.
const KEPT_BACK_S: i32 = 7_200;
/// What a second past the end of a shift costs.
const OVERTIME_WEIGHT: i64 = 3;

/// What a row of the problem's engineers is: one person in one stretch of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Number in [`PlanFacts::engineers`].
    pub engineer: usize,
    /// The stretch.
    pub span: WorkSpan,
    /// Whether they are only on call then.
    pub on_call: bool,
}

/// What a row of the problem's jobs is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanJob {
    /// Number in [`PlanFacts::orders`].
    Order(usize),
    /// Number in [`PlanFacts::visits`], and why it can't be moved.
    Visit(usize, Option<PlanFixed>),
    /// Number in [`PlanFacts::visits`]: whoever was to go is off, so somebody else has to.
    Unmanned(usize),
}

/// The problem of an area, and what its numbers stand for.
#[derive(Clone, Debug)]
pub struct AreaProblem {
    /// The problem; its `initial` is the plan that stands, which always holds.
    pub problem: fsp::Problem,
    /// Second 0 of the problem.
    pub origin: Ts,
    /// Rows of the problem's engineers.
    pub entries: Vec<Entry>,
    /// Rows of the problem's jobs.
    pub jobs: Vec<PlanJob>,
    /// Visits that are no job: they stay, and when whoever goes is expected there is not the plan's.
    pub kept: Vec<(usize, PlanFixed)>,
    /// Orders that are no job, and why.
    pub barred: Vec<(usize, ProposalReasonCode)>,
    /// Visits whose engineer is off and that a person locked: no plan answers them.
    pub by_hand: Vec<usize>,
}

impl AreaProblem {
    /// The instant of a second of the problem.
    #[must_use]
    pub fn instant(&self, second: i32) -> Ts {
        self.origin.plus(i64::from(second) * Ts::SECOND)
    }

    /// The order behind a job.
    #[must_use]
    pub fn order<'f>(&self, facts: &'f PlanFacts, job: usize) -> &'f PlanOrder {
        match self.jobs[job] {
            PlanJob::Order(n) => &facts.orders[n],
            PlanJob::Visit(n, _) | PlanJob::Unmanned(n) => &facts.visits[n].order,
        }
    }

    /// When the arrival of a job is due: later than the plan aims at.
    #[must_use]
    pub fn due_s(&self, facts: &PlanFacts, job: usize) -> Option<i32> {
        match self.jobs[job] {
            PlanJob::Order(n) => {
                let order = &facts.orders[n];
                let first = order.due_at.into_iter().chain(order.promised.map(|p| p.end)).min();
                first.map(|due| sec_down(self.origin, due))
            }
            PlanJob::Visit(..) | PlanJob::Unmanned(_) => None,
        }
        .or(self.problem.jobs[job].due_s)
    }

    /// What a plan is charged for arrivals after the time that it aims at, but before they are due: nobody is late by that.
    pub(super) fn kept_back(&self, facts: &PlanFacts, plan: &fsp::Plan, starts: &[Vec<i32>]) -> fsp::Cost {
        let mut cost = fsp::Cost::default();
        for (item, start_s) in plan.routes.iter().flatten().zip(starts.iter().flatten()) {
            let fsp::Item::Job(job) = *item else { continue };
            let needs = &self.problem.jobs[job as usize];
            let (Some(aim_s), Some(due_s)) = (needs.due_s, self.due_s(facts, job as usize)) else { continue };
            let early_s = i64::from(((*start_s).min(due_s) - aim_s).max(0));
            let term = match needs.priority {
                fsp::Priority::Major => fsp::Term::LateMajor,
                fsp::Priority::Normal => fsp::Term::LateNormal,
                fsp::Priority::Planned => fsp::Term::LatePlanned,
            };
            cost.add(term, early_s, early_s * needs.late_weight);
        }
        cost
    }

    /// The plan that stands.
    #[must_use]
    pub fn present(&self) -> fsp::Plan {
        let mut plan = fsp::Plan { routes: self.problem.initial.clone() };
        plan.routes.resize(self.problem.engineers.len(), Vec::new());
        plan
    }
}

/// The problems of the areas of `facts`, the one with the most urgent work first.
///
/// # Errors
/// [`TooLarge`] for an area of more places than [`MOST_PLACES`].
pub fn areas(facts: &PlanFacts, travel: &dyn TravelTimes) -> Result<Vec<AreaProblem>, TooLarge> {
    together(facts).iter().map(|area| area_problem(facts, area, travel, Ways::All)).collect()
}

/// The problem of the area with the first order, laid out to be asked about rather than searched: of any size.
pub(super) fn around_first_order(facts: &PlanFacts, travel: &dyn TravelTimes) -> Option<AreaProblem> {
    let areas = together(facts);
    let area = areas.iter().find(|area| area.orders.contains(&0))?;
    area_problem(facts, area, travel, Ways::Few).ok()
}

/// Which ways of a problem matter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ways {
    All,
    Few,
}

/// The problem of the one area with work that nobody is planned for, if there is one: the first of them.
///
/// # Errors
/// As [`areas`].
pub(super) fn first_area(
    facts: &PlanFacts,
    travel: &dyn TravelTimes,
) -> Result<Option<AreaProblem>, TooLarge> {
    let open = together(facts).into_iter().find(|area| !area.orders.is_empty());
    open.map(|area| area_problem(facts, &area, travel, Ways::All)).transpose()
}

/// What lateness and being left out cost.
pub(super) fn weights(order: &PlanOrder) -> (fsp::Priority, i64, i64) {
    use WorkOrderKind::{Install, Maintain, Patch, Train};
    match (order.severity, order.kind) {
        (Severity::Major, _) => (fsp::Priority::Major, 10, 200_000),
        (Severity::Normal, Install | Maintain | Train | Patch) => (fsp::Priority::Planned, 1, 20_000),
        (Severity::Normal, _) => (fsp::Priority::Normal, 2, 50_000),
    }
}

/// Whether nobody will come to a visit: whoever was to go is on leave then, or now while its window passes, and hasn't set out.
pub(super) fn off(engineer: &Engineer, visit: &PlanVisit, now: Ts) -> bool {
    let waiting = visit.state.is_planned() && !visit.pinned;
    let end = visit.window.end.max(now.plus(Ts::MINUTE));
    waiting && shifts::on_leave(&engineer.shifts, &engineer.zone, visit.window.start, end)
}

/// When a plan wants somebody there whose arrival is due at a second: ways and work take longer than reckoned now and then, and what
/// is due in a day would otherwise be left for its last minutes. A quarter of what is left is kept back, two hours at most.
fn aimed_s(due_s: i32) -> i32 {
    due_s - (due_s / 4).clamp(0, KEPT_BACK_S)
}

/// Whether somebody has a skill on the day of `at`: a certificate for it, once held, must be valid.
fn skilled(engineer: &Engineer, skill: &str, at: Ts) -> bool {
    let day = at.timestamp().to_zoned(engineer.zone.clone()).date();
    engineer.skill_level(skill) > 0
        && (engineer.certificates.iter().all(|c| c.code != skill) || engineer.certified(skill, day))
}

/// Whether the rules would send somebody to an order in a stretch of work.
pub(super) fn by_rule(engineer: &Engineer, order: &PlanOrder, entry: &Entry) -> bool {
    order.skill.as_ref().is_none_or(|skill| skilled(engineer, skill, entry.span.start))
        && order.units.contains(&engineer.unit_id)
        && (order.severity == Severity::Major || !entry.on_call)
}

/// Stretches of work of an engineer that begin within the plan, in order and apart: shifts, and what they are on call besides. Each is
/// whole: what stands behind the end of the plan is still to be reached in time.
pub(super) fn stretches(facts: &PlanFacts, engineer: usize) -> Vec<Entry> {
    let who = &facts.engineers[engineer];
    let entry = |(start, end), on_call| Entry { engineer, span: WorkSpan { start, end }, on_call };
    let beyond = facts.until.plus(BEYOND_US);
    let shifts = shifts::working_spans(&who.engineer.shifts, &who.engineer.zone, facts.now, beyond);
    let mut entries: Vec<Entry> = shifts.iter().map(|span| entry(*span, false)).collect();
    for call in &who.on_call {
        let (mut from, until) = (call.start.max(facts.now), call.end.min(beyond));
        for (start, end) in &shifts {
            if from < (*start).min(until) && *end > from {
                entries.push(entry((from, (*start).min(until)), true));
            }
            if *start < until && *end > from {
                from = *end;
            }
        }
        if from < until {
            entries.push(entry((from, until), true));
        }
    }
    entries.retain(|e| e.span.start < facts.until);
    entries.sort_by_key(|e| (e.span.start, e.span.end));
    // Two turns on call may overlap: the later one begins where the first ends.
    let mut apart: Vec<Entry> = Vec::with_capacity(entries.len());
    for mut next in entries {
        if let Some(last) = apart.last() {
            next.span.start = next.span.start.max(last.span.end);
        }
        if next.span.start < next.span.end {
            apart.push(next);
        }
    }
    apart
}

fn area_problem(
    facts: &PlanFacts,
    area: &Area,
    travel: &dyn TravelTimes,
    ways: Ways,
) -> Result<AreaProblem, TooLarge> {
    let origin = facts.now.plus((-facts.now.micros()).rem_euclid(Ts::MINUTE));
    let Located { places, order_at, visit_at, base_at } = located(facts, area);
    if ways == Ways::All && places.len() > MOST_PLACES {
        return Err(TooLarge { places: places.len() });
    }
    let stretches: Vec<Vec<Entry>> = area.engineers.iter().map(|n| stretches(facts, *n)).collect();
    let zone = area.engineers.first().map(|n| facts.engineers[*n].engineer.zone.clone());
    let hours = stretches.iter().flatten().map(|e| (e.span.start, e.span.end));
    let hours = Hours::of(hours, &zone.unwrap_or(jiff::tz::TimeZone::UTC));
    let travel = match ways {
        Ways::All => places.table(travel, hours),
        Ways::Few => places.asked(travel, hours),
    };
    let mut numbers = Numbers::default();
    for n in &area.orders {
        numbers.learn(&facts.orders[*n]);
    }
    for n in &area.visits {
        numbers.learn(&facts.visits[*n].order);
    }
    let mut made = Making {
        facts,
        numbers: &numbers,
        end: places.len() as u32,
        until_s: sec_down(origin, facts.until),
        area: AreaProblem {
            problem: empty(travel, &numbers),
            origin,
            entries: Vec::new(),
            jobs: Vec::new(),
            kept: Vec::new(),
            barred: Vec::new(),
            by_hand: Vec::new(),
        },
    };
    let mut unmanned: Vec<(usize, u32)> = Vec::new();
    for ((n, spans), (base, from)) in area.engineers.iter().zip(&stretches).zip(&base_at) {
        let id = facts.engineers[*n].engineer.id;
        made.area.problem.people.push(facts.engineers[*n].engineer.name.clone());
        let mut own: Vec<(usize, u32)> = area
            .visits
            .iter()
            .zip(&visit_at)
            .filter(|(v, _)| facts.visits[**v].engineer_id == id)
            .map(|(v, at)| (*v, places.location(*at)))
            .collect();
        own.sort_by_key(|(v, _)| (facts.visits[*v].window.start, facts.visits[*v].id));
        let off = |v: usize| off(&facts.engineers[*n].engineer, &facts.visits[v], facts.now);
        unmanned.extend(own.iter().copied().filter(|(v, _)| off(*v)));
        own.retain(|(v, _)| !off(*v));
        day::lay_out(&mut made, spans, &own, places.location(*base), places.location(*from));
    }
    for (v, location) in unmanned {
        made.unmanned(v, location);
    }
    for (n, at) in area.orders.iter().zip(&order_at) {
        made.order(*n, places.location(*at));
    }
    Ok(made.area)
}

fn empty(travel: fsp::Travel, numbers: &Numbers<'_>) -> fsp::Problem {
    let mut skills: Vec<(u32, String)> =
        numbers.skills.iter().map(|(name, n)| (*n, (*name).to_owned())).collect();
    skills.push((numbers.regular(), "regular_hours".into()));
    skills.sort_unstable();
    fsp::Problem {
        name: String::new(),
        now_s: 0,
        travel,
        prices: fsp::Prices {
            travel_weight: 1,
            mandatory_cost: fsp::DEFAULT_MANDATORY_COST,
            change: Some(CHANGE),
        },
        engineers: Vec::new(),
        people: Vec::new(),
        jobs: Vec::new(),
        stores: Vec::new(),
        parts: Vec::new(),
        skills: skills.into_iter().map(|(_, name)| name).collect(),
        territories: (0..numbers.territories.len()).map(|n| n.to_string()).collect(),
        vans: Vec::new(),
        initial: Vec::new(),
    }
}

/// A problem in the making.
pub(super) struct Making<'f> {
    pub(super) facts: &'f PlanFacts,
    pub(super) numbers: &'f Numbers<'f>,
    /// Where every day ends.
    end: u32,
    until_s: i32,
    pub(super) area: AreaProblem,
}

/// A stretch of work with what is planned in it.
pub(super) struct Laid {
    pub(super) entry: Entry,
    pub(super) start: u32,
    pub(super) from_s: i32,
    pub(super) to_s: i32,
    /// The last planned visit is over by then, if that is after `to_s`.
    pub(super) over_s: i32,
    pub(super) jobs: Vec<u32>,
}

/// A planned visit as it stands.
pub(super) struct Standing {
    pub(super) visit: usize,
    pub(super) location: u32,
    /// When it begins by the window, and when it can.
    pub(super) window_s: i32,
    pub(super) start_s: i32,
    pub(super) length_s: i32,
    pub(super) fixed: Option<PlanFixed>,
}

impl Making<'_> {
    /// The row that the next stretch of work gets.
    pub(super) fn next_entry(&self) -> u32 {
        self.area.entries.len() as u32
    }

    pub(super) fn entry(&mut self, laid: Laid) {
        let who = &self.facts.engineers[laid.entry.engineer].engineer;
        let numbers = self.numbers;
        let held = numbers.skills.iter().filter(|(skill, _)| skilled(who, skill, laid.entry.span.start));
        let mut skills: Vec<u32> = held.map(|(_, n)| *n).collect();
        if !laid.entry.on_call {
            skills.push(numbers.regular());
        }
        skills.sort_unstable();
        let serves = numbers.territories.iter().filter(|(units, _)| units.contains(&who.unit_id));
        let mut territories: Vec<u32> = serves.map(|(_, n)| *n).collect();
        territories.sort_unstable();
        let problem = &mut self.area.problem;
        problem.vans.push(Vec::new());
        problem.initial.push(laid.jobs.into_iter().map(fsp::Item::Job).collect());
        problem.engineers.push(fsp::Engineer {
            id: format!("{}.{}", who.badge_number, problem.engineers.len()),
            person: problem.people.len() as u32 - 1,
            start: laid.start,
            end: self.end,
            from_s: laid.from_s,
            to_s: laid.to_s,
            overtime: (laid.over_s > laid.to_s)
                .then_some(fsp::Overtime { until_s: laid.over_s, weight: OVERTIME_WEIGHT }),
            skills,
            territories,
            van: problem.vans.len() as u32 - 1,
            breaks: Vec::new(),
        });
        self.area.entries.push(laid.entry);
    }

    /// A job of a planned visit in the stretch of work with row `entry`.
    pub(super) fn visit(&mut self, standing: &Standing, entry: u32) -> u32 {
        let visit = &self.facts.visits[standing.visit];
        let origin = self.area.origin;
        let promised = sec_down(origin, visit.appointment_end);
        let due_s = visit.order.due_at.map_or(promised, |due| promised.min(sec_down(origin, due)));
        let window = fsp::Window { open_s: standing.window_s, close_s: standing.start_s };
        let mut job = self.job(&visit.order, standing.location, due_s);
        job.id.clone_from(&visit.number);
        job.duration_s = standing.length_s;
        job.windows = vec![window];
        job.pinned = standing.fixed.map(|_| entry);
        // Nobody loses their visit for the sake of another.
        job.promised = true;
        job.published = Some((entry, standing.start_s));
        self.push(job, PlanJob::Visit(standing.visit, standing.fixed))
    }

    /// A job of a planned visit whose engineer is off: the customer is promised its window, whoever comes; later is better than not
    /// at all.
    fn unmanned(&mut self, v: usize, location: u32) {
        let (facts, origin) = (self.facts, self.area.origin);
        let visit = &facts.visits[v];
        if visit.window.start >= facts.until {
            // Wholly behind the plan: the next one sees to it.
            return;
        }
        if visit.locked {
            self.area.by_hand.push(v);
            return;
        }
        let promised = sec_down(origin, visit.appointment_end);
        let due_s = visit.order.due_at.map_or(promised, |due| promised.min(sec_down(origin, due)));
        let windows = self.open(&visit.order, &visit.window);
        if windows.is_empty() {
            self.area.kept.push((v, PlanFixed::WindowOver));
            return;
        }
        let mut job = self.job(&visit.order, location, due_s);
        job.id.clone_from(&visit.number);
        let planned_us = visit.window.end.micros() - visit.window.start.micros();
        job.duration_s = job.duration_s.max(sec_up(Ts(0), Ts(planned_us)));
        job.windows = windows;
        job.promised = true;
        self.push(job, PlanJob::Unmanned(v));
    }

    // When work may begin: from the start of `wish` on, while the site lets people in, before the end of the plan.
    fn open(&self, order: &PlanOrder, wish: &Window) -> Vec<fsp::Window> {
        let (facts, origin) = (self.facts, self.area.origin);
        let open = Open::of(&order.access, order.duration_min, wish, facts.now, facts.until);
        let first_s = sec_up(origin, wish.start).max(0);
        let within = open.spans.iter().map(|(from, to)| fsp::Window {
            open_s: sec_up(origin, *from).max(first_s),
            close_s: sec_down(origin, Ts(to.micros().saturating_sub(open.stay_us))).min(self.until_s),
        });
        within.filter(|w| w.open_s <= w.close_s).collect()
    }

    fn push(&mut self, job: fsp::Job, what: PlanJob) -> u32 {
        self.area.problem.jobs.push(job);
        self.area.jobs.push(what);
        self.area.jobs.len() as u32 - 1
    }

    fn order(&mut self, n: usize, location: u32) {
        let (facts, origin) = (self.facts, self.area.origin);
        let order = &facts.orders[n];
        if order.wish.start >= facts.until {
            self.area.barred.push((n, ProposalReasonCode::WishedLater));
            return;
        }
        let mut windows = self.open(order, &order.wish);
        // A promise that can still be kept is; one that is over can't be, and whoever comes is late.
        let promised = order.promised.filter(|p| p.end > facts.now);
        if let Some(promised) = promised {
            let last_s = sec_down(origin, promised.end);
            windows.iter_mut().for_each(|w| w.close_s = w.close_s.min(last_s));
            windows.retain(|w| w.open_s <= w.close_s);
        }
        if windows.is_empty() {
            let why = if promised.is_some() {
                ProposalReasonCode::NobodyAsPromised
            } else {
                ProposalReasonCode::SiteClosed
            };
            self.area.barred.push((n, why));
            return;
        }
        let by = order.promised.map_or(order.wish.end, |p| p.end);
        let due_s = sec_down(
            origin,
            order.due_at.map_or(by, |due| if order.promised.is_some() { due.min(by) } else { due }),
        );
        let mut job = self.job(order, location, due_s);
        job.windows = windows;
        job.promised = promised.is_some();
        if order.due_at.is_some() {
            job.due_s = Some(aimed_s(due_s));
        }
        let last = order.last_engineer.and_then(|id| {
            let entries = self.area.entries.iter().zip(&self.area.problem.engineers);
            entries
                .filter(|(e, _)| facts.engineers[e.engineer].engineer.id == id)
                .map(|(_, e)| e.person)
                .next()
        });
        job.preferred = last.map(|person| (vec![person], OTHER_ENGINEER));
        self.push(job, PlanJob::Order(n));
    }

    fn job(&self, order: &PlanOrder, location: u32, due_s: i32) -> fsp::Job {
        let (priority, late_weight, left_out) = weights(order);
        // Left out is at least as late as the end of the plan: else the latest would be left out first.
        let overdue = i64::from(self.until_s) - i64::from(due_s);
        fsp::Job {
            id: order.number.clone(),
            location,
            duration_s: (order.duration_min.clamp(1, 7 * 1440) * 60) as i32,
            skills: self.numbers.needs(order),
            territory: self.numbers.territory(order),
            windows: Vec::new(),
            due_s: Some(due_s),
            late_weight,
            unserved_cost: left_out + late_weight * overdue.max(0),
            priority,
            parts: Vec::new(),
            pinned: None,
            promised: false,
            preferred: None,
            published: None,
            crew: None,
            after: Vec::new(),
        }
    }
}
