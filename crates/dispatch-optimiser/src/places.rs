//! Where one more job would fit into a plan that stands, nobody else changing hands: each gap with the starts it allows.
//!
//! For every stop the plan's own time and the latest arrival with which the rest of the day holds are worked out once; a gap is
//! then judged from the stop before it and the one after (several only where breaks follow), without replaying the day.
//!
//! What hangs together with other days (crews, orders between jobs) keeps its present time: a gap that would push such a job
//! later is not offered, although a closer look might allow it.

use crate::checker::{Violation, check};
use crate::cost::{Cost, Term};
use crate::plan::{Item, Plan};
use crate::problem::{Break, Priority, Problem, Window, first_start};

/// A gap that holds the job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Engineer entry.
    pub engineer: u32,
    /// How many items come before the job.
    pub after: u32,
    /// First start of the job in one of its windows…
    pub from_s: i32,
    /// …and the last one in that window with which the rest of the day holds.
    pub to_s: i32,
    /// Seconds on the road that the day grows by.
    pub detour_s: i64,
}

/// A plan laid out to be asked for gaps.
#[derive(Debug)]
pub struct Places<'p> {
    problem: &'p Problem,
    days: Vec<Day>,
    /// Parts that are left over by van and part.
    spare: Vec<Vec<i32>>,
}

#[derive(Debug)]
struct Day {
    items: Vec<Item>,
    /// The start of the day, then one stop per item.
    stops: Vec<Stop>,
    /// Latest arrival at the end of the day.
    back_by_s: i32,
}

#[derive(Clone, Copy, Debug)]
struct Stop {
    loc: u32,
    /// On the road from the stop before.
    leg_s: i32,
    start_s: i32,
    /// When it is over.
    free_s: i32,
    /// Latest arrival with which the rest of the day holds.
    latest_s: i32,
    /// Begins when it does now: it hangs together with another day.
    tied: bool,
}

const NEVER: i32 = i32::MIN / 2;

/// Latest start in the windows that is no later than `limit`; [`NEVER`] if none.
fn latest_start(windows: &[Window], limit: i32) -> i32 {
    let fits = windows.iter().rev().find(|w| w.open_s <= limit);
    fits.map_or(NEVER, |w| limit.min(w.close_s))
}

/// Latest start of a break with which what follows holds until `limit`; [`NEVER`] if that is before it may begin.
fn latest_pause(pause: &Break, limit: i32) -> i32 {
    let by = pause.latest_s.min(limit - pause.duration_s);
    if by < pause.open_s { NEVER } else { by }
}

impl<'p> Places<'p> {
    /// Lays a plan out.
    ///
    /// # Errors
    /// The first [`Violation`] of a plan that doesn't hold.
    pub fn new(problem: &'p Problem, plan: &Plan) -> Result<Self, Violation> {
        let report = check(problem, plan)?;
        let mut tied = vec![false; problem.jobs.len()];
        for (j, job) in problem.jobs.iter().enumerate() {
            tied[j] |= job.crew.is_some() || !job.after.is_empty();
            for (before, _) in &job.after {
                tied[*before as usize] = true;
            }
        }
        let mut spare = problem.vans.clone();
        for (items, engineer) in plan.routes.iter().zip(&problem.engineers) {
            for item in items {
                let Item::Job(j) = item else { continue };
                for &(part, count) in &problem.jobs[*j as usize].parts {
                    spare[engineer.van as usize][part as usize] -= count;
                }
            }
        }
        let days = (0..problem.engineers.len())
            .map(|e| Day::laid_out(problem, e, &plan.routes[e], &report.starts[e], &tied))
            .collect();
        Ok(Self { problem, days, spare })
    }

    /// All gaps for a job that is not in the plan, by engineer and position; several where a gap spans several of its windows.
    /// None for a job that is tied to others.
    #[must_use]
    pub fn of(&self, job: u32) -> Vec<Place> {
        let needs = &self.problem.jobs[job as usize];
        let mut found = Vec::new();
        if needs.crew.is_some() || !needs.after.is_empty() {
            return found;
        }
        for (e, day) in self.days.iter().enumerate() {
            let spare = &self.spare[self.problem.engineers[e].van as usize];
            let parts = needs.parts.iter().all(|&(part, count)| spare[part as usize] >= count);
            if !parts || !self.problem.eligible(e, job as usize) {
                continue;
            }
            for after in 0..day.stops.len() {
                self.gap(e, after, job, &mut found);
            }
        }
        found
    }

    /// The gap behind `after` items.
    fn gap(&self, e: usize, after: usize, job: u32, found: &mut Vec<Place>) {
        let (problem, day) = (self.problem, &self.days[e]);
        let needs = &problem.jobs[job as usize];
        let before = day.stops[after];
        let last_close = needs.windows[needs.windows.len() - 1].close_s;
        if before.free_s > last_close {
            return;
        }
        let there = problem.travel.seconds(before.loc, needs.location);
        let next = (after + 1..day.stops.len()).find(|n| !matches!(day.items[*n - 1], Item::Break(_)));
        let (next_loc, leg_s, mut limit) = match next {
            Some(n) => (day.stops[n].loc, day.stops[n].leg_s, day.stops[n].latest_s),
            None => {
                let end = problem.engineers[e].end;
                let leg_s = problem.travel.seconds(before.loc, end);
                (end, leg_s, day.back_by_s)
            }
        };
        let back = problem.travel.seconds(needs.location, next_loc);
        limit -= back;
        // Breaks in between are taken at the new place.
        for n in (after + 1..next.unwrap_or(day.stops.len())).rev() {
            if let Item::Break(k) = day.items[n - 1] {
                limit = latest_pause(&problem.engineers[e].breaks[k as usize], limit);
            }
        }
        let detour_s = i64::from(there) + i64::from(back) - i64::from(leg_s);
        let arrive = before.free_s.saturating_add(there);
        for window in &needs.windows {
            let from_s = window.open_s.max(arrive);
            let to_s = window.close_s.min(limit - needs.duration_s);
            if from_s <= to_s {
                found.push(Place { engineer: e as u32, after: after as u32, from_s, to_s, detour_s });
            }
        }
    }

    /// The items of the day with the job put in.
    #[must_use]
    pub fn day_with(&self, place: &Place, job: u32) -> Vec<Item> {
        let mut items = self.days[place.engineer as usize].items.clone();
        items.insert(place.after as usize, Item::Job(job));
        items
    }

    /// What the plan costs more when the job starts there at `start_s`, line by line; that it was left out before is not counted.
    #[must_use]
    pub fn price(&self, place: &Place, job: u32, start_s: i32) -> Cost {
        let (problem, e) = (self.problem, place.engineer as usize);
        let day = &self.days[e];
        let engineer = &problem.engineers[e];
        let needs = &problem.jobs[job as usize];
        let mut cost = Cost::default();
        cost.add(Term::Travel, place.detour_s, place.detour_s * problem.prices.travel_weight);
        late(problem, job, start_s, 1, &mut cost);
        let preference = problem.preference_cost(e, job as usize);
        if preference > 0 {
            cost.add(Term::Preference, 1, preference);
        }
        if needs.published.is_some_and(|(to, _)| to as usize != e) {
            cost.add(Term::PlanChange, 1, problem.published_price(job as usize));
        }
        let (mut time, mut loc) = (start_s + needs.duration_s, needs.location);
        let mut unchanged = false;
        for (item, stop) in day.items.iter().zip(&day.stops[1..]).skip(place.after as usize) {
            let (windows, length): (&[Window], i32) = match *item {
                Item::Job(j) => (&problem.jobs[j as usize].windows, problem.jobs[j as usize].duration_s),
                Item::Store(s) => (
                    std::slice::from_ref(&problem.stores[s as usize].window),
                    problem.stores[s as usize].duration_s,
                ),
                Item::Break(k) => {
                    let pause = engineer.breaks[k as usize];
                    time = time.max(pause.open_s) + pause.duration_s;
                    continue;
                }
            };
            let arrive = time + problem.travel.seconds(loc, stop.loc);
            let start = if stop.tied { stop.start_s } else { first_start(windows, arrive).unwrap_or(arrive) };
            if start == stop.start_s {
                unchanged = true;
                break;
            }
            if let Item::Job(j) = *item {
                late(problem, j, start, 1, &mut cost);
                late(problem, j, stop.start_s, -1, &mut cost);
            }
            (time, loc) = (start + length, stop.loc);
        }
        if let Some(overtime) = engineer.overtime.filter(|_| !unchanged) {
            let over = |back: i32| (i64::from(back) - i64::from(engineer.to_s)).max(0);
            // An idle day has no breaks: it is over where it begins.
            let idle = !day.items.iter().any(|i| matches!(i, Item::Job(_)));
            let last = if idle { day.stops[0] } else { day.stops[day.stops.len() - 1] };
            let before_s = over(last.free_s + problem.travel.seconds(last.loc, engineer.end));
            let more_s = over(time + problem.travel.seconds(loc, engineer.end)) - before_s;
            cost.add(Term::Overtime, more_s, more_s * overtime.weight);
        }
        cost
    }
}

fn late(problem: &Problem, job: u32, start_s: i32, sign: i64, cost: &mut Cost) {
    let job = &problem.jobs[job as usize];
    let late_s = job.due_s.map_or(0, |due_s| (i64::from(start_s) - i64::from(due_s)).max(0)) * sign;
    let term = match job.priority {
        Priority::Major => Term::LateMajor,
        Priority::Normal => Term::LateNormal,
        Priority::Planned => Term::LatePlanned,
    };
    cost.add(term, late_s, late_s * job.late_weight);
}

impl Day {
    fn laid_out(problem: &Problem, e: usize, items: &[Item], starts: &[i32], tied: &[bool]) -> Self {
        let engineer = &problem.engineers[e];
        let leaves_s = engineer.leaves_s(problem.now_s);
        let mut items = items.to_vec();
        // An idle day takes its breaks once there is work: in the order in which they must begin.
        let idle = items.is_empty();
        if idle {
            let mut due: Vec<(i32, u32)> =
                engineer.due_breaks(problem.now_s).map(|(k, b)| (b.latest_s, k)).collect();
            due.sort_unstable();
            items = due.into_iter().map(|(_, k)| Item::Break(k)).collect();
        }
        let head = Stop {
            loc: engineer.start,
            leg_s: 0,
            start_s: leaves_s,
            free_s: leaves_s,
            latest_s: i32::MAX,
            tied: false,
        };
        let mut stops = vec![head];
        for (n, item) in items.iter().enumerate() {
            let before = stops[n];
            let (loc, length) = match *item {
                Item::Job(j) => (problem.jobs[j as usize].location, problem.jobs[j as usize].duration_s),
                Item::Store(s) => {
                    (problem.stores[s as usize].location, problem.stores[s as usize].duration_s)
                }
                Item::Break(k) => (before.loc, engineer.breaks[k as usize].duration_s),
            };
            let leg_s =
                if matches!(item, Item::Break(_)) { 0 } else { problem.travel.seconds(before.loc, loc) };
            let start_s = match (idle, *item) {
                (true, Item::Break(k)) => before.free_s.max(engineer.breaks[k as usize].open_s),
                _ => starts[n],
            };
            let tied = matches!(*item, Item::Job(j) if tied[j as usize]);
            stops.push(Stop { loc, leg_s, start_s, free_s: start_s + length, latest_s: 0, tied });
        }
        let back_by_s = engineer.back_by_s();
        // From the end to the start: what comes next says until when somebody may be there.
        let last = stops[stops.len() - 1];
        let mut limit = back_by_s - problem.travel.seconds(last.loc, engineer.end);
        for (stop, item) in stops[1..].iter_mut().zip(&items).rev() {
            let length = stop.free_s - stop.start_s;
            stop.latest_s = match *item {
                Item::Job(j) => {
                    let by = if stop.tied { stop.start_s.min(limit - length) } else { limit - length };
                    latest_start(&problem.jobs[j as usize].windows, by)
                }
                Item::Store(s) => {
                    latest_start(std::slice::from_ref(&problem.stores[s as usize].window), limit - length)
                }
                Item::Break(k) => latest_pause(&engineer.breaks[k as usize], limit),
            };
            limit = stop.latest_s.saturating_sub(stop.leg_s);
        }
        Self { items, stops, back_by_s }
    }
}
