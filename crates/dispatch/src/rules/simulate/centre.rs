//! The centre itself: who is where, what is told, what happens next.

use std::collections::BTreeMap;

use cases::Severity;
use kit::Ts;
use kit::uuid::Uuid;
use organisation::{EmployeeId, Point};
use visits::{VisitId, VisitStateName, Window};

use super::policies::Policy;
use super::stream::Fault;
use crate::model::LastSeen;
use crate::model::plan::{PlanEngineer, PlanFacts, PlanVisit};
use crate::rules::plain::{OVERRUN_US, SEEN_US, UNKNOWN_TRAVEL_S};
use crate::rules::plan::{Entry, stretches_of};
use crate::rules::travel::{distance_m, travel_s};

/// Work that would end later than this after the shift is not begun.
const GRACE_US: i64 = Ts::HOUR;
/// How long after the last day it goes on, so that what is open is finished.
const AFTER_US: i64 = 7 * Ts::DAY;
/// How often it is asked again for whom there is nobody.
const AGAIN_US: i64 = Ts::HOUR;
/// How far a policy plans ahead: as far as the board does.
const AHEAD_US: i64 = Ts::DAY;

/// A visit that was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VisitMade {
    /// Number of the fault.
    pub fault: usize,
    /// Number of the engineer.
    pub engineer: usize,
    /// When the customer was first told who comes.
    pub told: Ts,
    /// Setting out.
    pub depart: Ts,
    /// Arriving.
    pub arrive: Ts,
    /// Leaving.
    pub left: Ts,
    /// Metres there.
    pub metres: i64,
}

/// What came of a stretch of days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The visits made, in the order in which they ended.
    pub visits: Vec<VisitMade>,
    /// Faults that nobody came to, by number.
    pub open: Vec<usize>,
    /// Changes of hands or window after the customer was told.
    pub moved: usize,
    /// Metres home from the last customer.
    pub home_m: i64,
    /// Time at work after the end of the shift.
    pub overtime_us: i64,
    /// Time of all shifts within the days.
    pub shift_us: i64,
    /// When the simulation was over.
    pub until: Ts,
}

/// How far a fault has come.
#[derive(Clone, Copy, Debug)]
enum Stage {
    Ahead,
    Open,
    Told { engineer: usize, window: Window },
    UnderWay(Trip),
    Done,
}

/// Somebody on the way or at work. What chance made of it is in `arrive` and `left`.
#[derive(Clone, Copy, Debug)]
struct Trip {
    engineer: usize,
    window: Window,
    depart: Ts,
    /// Seconds on the way as reckoned.
    way_s: i64,
    arrive: Ts,
    left: Ts,
    metres: i64,
    span: (Ts, Ts, bool),
}

#[derive(Debug)]
struct Who {
    stretches: Vec<Entry>,
    /// Where they were last, and since when they have nothing to do.
    at: Option<(Option<Point>, Ts)>,
    doing: Option<usize>,
    /// Told visits, by window.
    queue: Vec<usize>,
}

struct Centre<'a> {
    engineers: &'a [PlanEngineer],
    faults: &'a [Fault],
    who: Vec<Who>,
    stage: Vec<Stage>,
    told: Vec<Option<Ts>>,
    now: Ts,
    out: Outcome,
}

/// Simulates the days from `start` to `end`, and what is left of them afterwards. The faults come in order of time.
pub fn run(
    engineers: &[PlanEngineer],
    faults: &[Fault],
    policy: &mut dyn Policy,
    (start, end): (Ts, Ts),
) -> Outcome {
    let until = end.plus(AFTER_US);
    let mut centre = Centre::new(engineers, faults, (start, end), until);
    let numbers: BTreeMap<EmployeeId, usize> =
        (0..).zip(engineers).map(|(n, e)| (e.engineer.id, n)).collect();
    let (mut next_fault, mut again) = (0, None);
    loop {
        let arrival = faults.get(next_fault).map(|f| f.at);
        let Some(now) = centre.next_event().into_iter().chain(arrival).chain(again).min() else { break };
        if now > until {
            break;
        }
        centre.now = now;
        // Whether there is something for the policy to decide.
        let mut news = again.is_some_and(|at| at <= now);
        while faults.get(next_fault).is_some_and(|f| f.at <= now) {
            centre.stage[next_fault] = Stage::Open;
            next_fault += 1;
            news = true;
        }
        for e in 0..engineers.len() {
            news |= centre.finish(e);
            news |= centre.look_after(e);
        }
        if news {
            let decision = centre.decided(policy, &numbers);
            // For whom there was nobody it is tried again: shifts begin, and the plan reaches further.
            let waiting = centre.stage.iter().any(|s| matches!(s, Stage::Open)).then(|| now.plus(AGAIN_US));
            again = decision.filter(|at| *at > now).into_iter().chain(waiting).min();
        }
        for e in 0..engineers.len() {
            if centre.set_out(e) {
                let soon = now.plus(Ts::MINUTE);
                again = Some(again.map_or(soon, |at| at.min(soon)));
            }
        }
        if next_fault == faults.len() && centre.stage.iter().all(|s| matches!(s, Stage::Done)) {
            break;
        }
    }
    centre.close(until)
}

// The way as reckoned when setting out at an instant: seconds, and metres if both places are known.
fn way(engineer: &PlanEngineer, from: Option<Point>, to: Option<Point>, at: Ts) -> (i64, i64) {
    match from.zip(to) {
        Some((from, to)) => {
            let metres = distance_m(from, to);
            (travel_s(metres, at, &engineer.engineer.zone), metres)
        }
        None => (UNKNOWN_TRAVEL_S, 0),
    }
}

impl<'a> Centre<'a> {
    fn new(engineers: &'a [PlanEngineer], faults: &'a [Fault], (start, end): (Ts, Ts), until: Ts) -> Self {
        let whole = PlanFacts {
            now: start,
            until,
            engineers: engineers.to_vec(),
            orders: Vec::new(),
            visits: Vec::new(),
        };
        let who: Vec<Who> = (0..engineers.len())
            .map(|e| Who { stretches: stretches_of(&whole, e), at: None, doing: None, queue: Vec::new() })
            .collect();
        let regular = who.iter().flat_map(|w| &w.stretches).filter(|s| !s.on_call && s.span.start < end);
        let shift_us = regular.map(|s| s.span.end.min(end).micros() - s.span.start.micros()).sum();
        Self {
            engineers,
            faults,
            who,
            stage: vec![Stage::Ahead; faults.len()],
            told: vec![None; faults.len()],
            now: start,
            out: Outcome { shift_us, until, ..Outcome::default() },
        }
    }

    fn stretch(&self, e: usize, at: Ts) -> Option<&Entry> {
        self.who[e].stretches.iter().find(|s| s.span.start <= at && at < s.span.end)
    }

    /// Where somebody sets out from at `at`: the last site if they came from there within two hours, else the base.
    fn position(&self, e: usize, at: Ts) -> Option<Point> {
        let base = self.engineers[e].engineer.base;
        let (Some((place, since)), Some(stretch)) = (self.who[e].at, self.stretch(e, at)) else {
            return base;
        };
        if since >= stretch.span.start && since.plus(SEEN_US) >= at { place } else { base }
    }

    /// The first of the queue and when its engineer sets out, if they are free.
    fn next_out(&self, e: usize) -> Option<(usize, Ts, Entry)> {
        let who = &self.who[e];
        let fault = *who.queue.first().filter(|_| who.doing.is_none())?;
        let Stage::Told { window, .. } = self.stage[fault] else { return None };
        let order = &self.faults[fault].order;
        let (way_s, _) = way(&self.engineers[e], self.position(e, self.now), order.place, self.now);
        let ready = self.now.max(window.start.plus(-way_s * Ts::SECOND));
        let mut fit = who.stretches.iter().filter(|s| !s.on_call || order.severity == Severity::Major);
        let stretch = fit.find(|s| s.span.end > ready)?;
        Some((fault, ready.max(stretch.span.start), *stretch))
    }

    fn next_event(&self) -> Option<Ts> {
        (0..self.who.len())
            .filter_map(|e| match self.who[e].doing {
                Some(fault) => match self.stage[fault] {
                    Stage::UnderWay(trip) => Some(trip.left),
                    _ => None,
                },
                None => self.next_out(e).map(|(_, at, _)| at),
            })
            .min()
    }

    /// Ends a visit whose time has come.
    fn finish(&mut self, e: usize) -> bool {
        let Some(fault) = self.who[e].doing else { return false };
        let Stage::UnderWay(trip) = self.stage[fault] else { return false };
        if trip.left > self.now {
            return false;
        }
        self.stage[fault] = Stage::Done;
        self.who[e].doing = None;
        self.who[e].at = Some((self.faults[fault].order.place, trip.left));
        let (_, shift_end, on_call) = trip.span;
        if !on_call {
            self.out.overtime_us += (trip.left.micros() - shift_end.max(trip.depart).micros()).max(0);
        }
        let told = self.told[fault].unwrap_or(trip.depart);
        let Trip { depart, arrive, left, metres, .. } = trip;
        self.out.visits.push(VisitMade { fault, engineer: e, told, depart, arrive, left, metres });
        true
    }

    fn hand_back(&mut self, e: usize, fault: usize) {
        self.who[e].queue.retain(|f| *f != fault);
        self.stage[fault] = Stage::Open;
        self.out.moved += 1;
    }

    fn tell(&mut self, fault: usize, engineer: usize, window: Window) {
        self.stage[fault] = Stage::Told { engineer, window };
        self.told[fault] = self.told[fault].or(Some(self.now));
        self.who[engineer].queue.push(fault);
        self.sort(engineer);
    }

    fn sort(&mut self, e: usize) {
        let stage = &self.stage;
        self.who[e].queue.sort_by_key(|f| match stage[*f] {
            Stage::Told { window, .. } => (window.start, *f),
            _ => (Ts(i64::MAX), *f),
        });
    }

    /// Windows that nobody can begin in any more get a later one, or go back to the dispatcher; true if one went back.
    fn look_after(&mut self, e: usize) -> bool {
        let now = self.now;
        let (mut free, mut place, stretch_end) = match self.who[e].doing.map(|f| (f, self.stage[f])) {
            Some((fault, Stage::UnderWay(trip))) => {
                let order = &self.faults[fault].order;
                let there =
                    if trip.arrive <= now { trip.arrive } else { trip.depart.plus(trip.way_s * Ts::SECOND) };
                let over = there.plus(order.duration_min * Ts::MINUTE);
                (if over > now { over } else { now.plus(OVERRUN_US) }, order.place, trip.span.1)
            }
            _ => (now, self.position(e, now), self.stretch(e, now).map_or(now, |s| s.span.end)),
        };
        let mut back = false;
        for fault in self.who[e].queue.clone() {
            let Stage::Told { window, .. } = self.stage[fault] else { continue };
            if window.start >= stretch_end && window.end > now {
                break;
            }
            let order = &self.faults[fault].order;
            let (way_s, _) = way(&self.engineers[e], place, order.place, free);
            let mut start = free.plus(way_s * Ts::SECOND).max(window.start);
            let work_us = order.duration_min * Ts::MINUTE;
            if start > window.end {
                if start.plus(work_us) > stretch_end.plus(GRACE_US) {
                    self.hand_back(e, fault);
                    back = true;
                    continue;
                }
                start = start.plus((-start.micros()).rem_euclid(Ts::MINUTE));
                let window = Window { start, end: start.plus(work_us) };
                self.stage[fault] = Stage::Told { engineer: e, window };
                self.out.moved += 1;
            }
            (free, place) = (start.plus(work_us), self.faults[fault].order.place);
        }
        self.sort(e);
        back
    }

    /// Sets out if it is time; true if it turns out to be too late for that.
    fn set_out(&mut self, e: usize) -> bool {
        let Some((fault, at, stretch)) = self.next_out(e).filter(|(_, at, _)| *at <= self.now) else {
            return false;
        };
        let Stage::Told { window, .. } = self.stage[fault] else { return false };
        let from = self.position(e, at);
        let order = &self.faults[fault].order;
        let (way_s, metres) = way(&self.engineers[e], from, order.place, at);
        let over = at.plus(way_s * Ts::SECOND + order.duration_min * Ts::MINUTE);
        if over > stretch.span.end.plus(GRACE_US) {
            self.hand_back(e, fault);
            return true;
        }
        self.go_home(e, from);
        let arrive = at.plus(way_s * self.faults[fault].road_milli * (Ts::SECOND / 1000));
        let left = arrive.plus(self.faults[fault].work_us);
        let span = (stretch.span.start, stretch.span.end, stretch.on_call);
        self.who[e].queue.retain(|f| *f != fault);
        self.who[e].doing = Some(fault);
        self.stage[fault] =
            Stage::UnderWay(Trip { engineer: e, window, depart: at, way_s, arrive, left, metres, span });
        false
    }

    // Whoever does not set out from the last site went home in between.
    fn go_home(&mut self, e: usize, from: Option<Point>) {
        if let Some((place, _)) = self.who[e].at.take()
            && place != from
            && let Some((place, base)) = place.zip(self.engineers[e].engineer.base)
        {
            self.out.home_m += distance_m(place, base);
        }
    }

    /// Asks the policy and does what it says; when it wants to be asked again.
    fn decided(&mut self, policy: &mut dyn Policy, numbers: &BTreeMap<EmployeeId, usize>) -> Option<Ts> {
        let (facts, orders, told) = self.facts();
        let decision = policy.decide(&facts);
        for moved in &decision.moves {
            let Some(&fault) = told.get(moved.number) else { continue };
            let (Stage::Told { engineer, window }, Some(&to)) =
                (self.stage[fault], numbers.get(&moved.engineer_id))
            else {
                continue;
            };
            if (engineer, window) != (to, moved.window) {
                self.who[engineer].queue.retain(|f| *f != fault);
                self.tell(fault, to, moved.window);
                self.out.moved += 1;
            }
        }
        for sent in &decision.visits {
            let Some(&fault) = orders.get(sent.number) else { continue };
            let Some(&to) = numbers.get(&sent.engineer_id) else { continue };
            if matches!(self.stage[fault], Stage::Open) {
                self.tell(fault, to, sent.window);
            }
        }
        decision.again_at
    }

    /// What the board knows now, with the faults behind its orders and visits.
    fn facts(&self) -> (PlanFacts, Vec<usize>, Vec<usize>) {
        let now = self.now;
        let mut orders: Vec<usize> =
            (0..self.faults.len()).filter(|n| matches!(self.stage[*n], Stage::Open)).collect();
        orders.sort_by_key(|n| (self.faults[*n].due_at, *n));
        let mut told = Vec::new();
        let mut visits = Vec::new();
        for (n, stage) in self.stage.iter().enumerate() {
            let (engineer, window, state) = match stage {
                Stage::Told { engineer, window } => (*engineer, *window, VisitStateName::Dispatched),
                Stage::UnderWay(t) if t.arrive > now => (t.engineer, t.window, VisitStateName::Travelling),
                Stage::UnderWay(t) => (t.engineer, t.window, VisitStateName::Working),
                _ => continue,
            };
            let order = self.faults[n].order.clone();
            told.push(n);
            visits.push(PlanVisit {
                id: VisitId(Uuid::from_u128(n as u128 + 1)),
                number: order.number.clone(),
                version: 1,
                state,
                engineer_id: self.engineers[engineer].engineer.id,
                window,
                appointment_end: window.end,
                pinned: false,
                locked: false,
                order,
            });
        }
        let engineers = self.engineers.iter().zip(&self.who).map(|(engineer, who)| PlanEngineer {
            last_seen: who.at.and_then(|(place, at)| Some(LastSeen { place: place?, at })),
            ..engineer.clone()
        });
        let facts = PlanFacts {
            now,
            until: now.plus(AHEAD_US),
            engineers: engineers.collect(),
            orders: orders.iter().map(|n| self.faults[*n].order.clone()).collect(),
            visits,
        };
        (facts, orders, told)
    }

    fn close(mut self, until: Ts) -> Outcome {
        for e in 0..self.who.len() {
            self.go_home(e, None);
        }
        self.out.until = until;
        self.out.open = (0..self.faults.len()).filter(|n| !matches!(self.stage[*n], Stage::Done)).collect();
        self.out
    }
}
