//! Replays a plan from nothing but the problem and the plan: the judge of every answer. Shares no code with the search.

use crate::cost::{Cost, Term};
use crate::plan::{Item, Plan, item_name};
use crate::problem::{Priority, Problem, first_start};

/// A plan that holds, with its times and its objective.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The objective, line by line.
    pub cost: Cost,
    /// Per engineer entry and item: when it starts, seconds.
    pub starts: Vec<Vec<i32>>,
    /// Per engineer entry: when the route is back, seconds.
    pub back_s: Vec<i32>,
    /// Jobs left out.
    pub left_out: Vec<u32>,
    /// Jobs that start after their due time.
    pub late_jobs: usize,
}

/// Why a plan doesn't hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Engineer entry.
    pub engineer: usize,
    /// Place in the route, when it is one item's fault.
    pub nth: Option<usize>,
    /// The rule broken.
    pub rule: Rule,
}

/// The rules of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rule {
    /// As many routes as engineer entries.
    Shape,
    /// A job stands in the plan once.
    Twice,
    /// Pin, skills and territory.
    Eligible,
    /// Work starts inside a window.
    Window,
    /// Breaks: each at most once, started in time.
    BreakTime,
    /// Every break that is not past is taken on a day with work.
    BreakMissing,
    /// Parts come from the van or from a store visited before.
    Parts,
    /// Stops at a store happen while it is open.
    StoreHours,
    /// Back by the end of shift, overtime included.
    Shift,
    /// The two of a crew go with two engineers at the same moment.
    Crew,
    /// What must come before is in the plan and over.
    Order,
}

impl Rule {
    /// The rule as the rest of a sentence about an item.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Shape => "the plan has another number of routes than the problem has engineers",
            Self::Twice => "stands in the plan twice",
            Self::Eligible => "needs another pin, skill or territory",
            Self::Window => "can't start inside any of its windows",
            Self::BreakTime => "can't start in its window, or is taken twice",
            Self::BreakMissing => "a break is missing",
            Self::Parts => "lacks a part, in the van and in the stores visited before",
            Self::StoreHours => "the store is closed on arrival",
            Self::Shift => "is not back by the end of the shift",
            Self::Crew => "its crew is not complete, or is one person, or waits for itself",
            Self::Order => "what must come before it is left out, or waits for it",
        }
    }
}

impl Violation {
    /// The violation as a sentence with its place.
    #[must_use]
    pub fn sentence(&self, problem: &Problem, plan: &Plan) -> String {
        let who = problem.engineers.get(self.engineer).map_or("plan", |e| e.id.as_str());
        let what = self.nth.and_then(|n| Some((n, *plan.routes.get(self.engineer)?.get(n)?)));
        match what {
            Some((n, item)) => {
                format!(
                    "route of {who}, item {}, {}: {}",
                    n + 1,
                    item_name(problem, item),
                    self.rule.sentence()
                )
            }
            None => format!("route of {who}: {}", self.rule.sentence()),
        }
    }
}

/// Checks a plan.
///
/// # Errors
/// The first [`Violation`] found.
pub fn check(problem: &Problem, plan: &Plan) -> Result<Report, Violation> {
    let fault = |engineer, nth, rule| Err(Violation { engineer, nth, rule });
    if plan.routes.len() != problem.engineers.len() {
        return fault(0, None, Rule::Shape);
    }
    let mut at: Vec<Option<(usize, usize)>> = vec![None; problem.jobs.len()];
    for (e, items) in plan.routes.iter().enumerate() {
        for (n, item) in items.iter().enumerate() {
            if let Item::Job(j) = *item {
                let j = j as usize;
                if at[j].replace((e, n)).is_some() {
                    return fault(e, Some(n), Rule::Twice);
                }
                if !problem.eligible(e, j) {
                    return fault(e, Some(n), Rule::Eligible);
                }
            }
        }
    }
    parts(problem, plan)?;
    let mut replay = Replay::new(problem, plan, &at);
    replay.run()?;
    let mut cost = Cost::default();
    let mut late_jobs = 0;
    for (e, engineer) in problem.engineers.iter().enumerate() {
        let travel = replay.travel[e];
        cost.add(Term::Travel, travel, travel * problem.prices.travel_weight);
        if let Some(overtime) = engineer.overtime {
            let over = (i64::from(replay.time[e]) - i64::from(engineer.to_s)).max(0);
            cost.add(Term::Overtime, over, over * overtime.weight);
        }
    }
    let mut left_out = Vec::new();
    for (j, job) in problem.jobs.iter().enumerate() {
        let Some((e, n)) = at[j] else {
            left_out.push(j as u32);
            cost.add(Term::LeftOut, 1, job.unserved_cost);
            if job.promised || job.pinned.is_some() {
                cost.add(Term::BrokenPromise, 1, problem.prices.mandatory_cost);
            }
            if job.published.is_some() {
                cost.add(Term::PlanChange, 1, problem.published_price(j));
            }
            continue;
        };
        if let Some(due) = job.due_s {
            let late = i64::from(replay.starts[e][n]) - i64::from(due);
            if late > 0 {
                late_jobs += 1;
                let term = match job.priority {
                    Priority::Major => Term::LateMajor,
                    Priority::Normal => Term::LateNormal,
                    Priority::Planned => Term::LatePlanned,
                };
                cost.add(term, late, late * job.late_weight);
            }
        }
        if let Some((people, price)) = &job.preferred
            && !people.contains(&problem.engineers[e].person)
        {
            cost.add(Term::Preference, 1, *price);
        }
        if let Some((to, _)) = job.published
            && to as usize != e
        {
            cost.add(Term::PlanChange, 1, problem.published_price(j));
        }
    }
    Ok(Report { cost, starts: replay.starts, back_s: replay.time, left_out, late_jobs })
}

/// Parts: from the van first, then from the stores visited before, the first visited first; a store's stock is one
/// for all routes, served in the engineers' order.
fn parts(problem: &Problem, plan: &Plan) -> Result<(), Violation> {
    let mut vans = problem.vans.clone();
    let mut stores: Vec<Vec<i32>> = problem.stores.iter().map(|s| s.stock.clone()).collect();
    for (e, items) in plan.routes.iter().enumerate() {
        let van = &mut vans[problem.engineers[e].van as usize];
        let mut visited: Vec<usize> = Vec::new();
        for (n, item) in items.iter().enumerate() {
            match *item {
                Item::Store(s) => visited.push(s as usize),
                Item::Break(_) => {}
                Item::Job(j) => {
                    for &(part, count) in &problem.jobs[j as usize].parts {
                        let part = part as usize;
                        let mut missing = count - count.min(van[part]);
                        van[part] -= count - missing;
                        for &s in &visited {
                            let taken = missing.min(stores[s][part]);
                            stores[s][part] -= taken;
                            missing -= taken;
                        }
                        if missing > 0 {
                            return Err(Violation { engineer: e, nth: Some(n), rule: Rule::Parts });
                        }
                    }
                }
            }
        }
    }
    Ok(())
}

/// All routes driven at once: one waits where its crew or its predecessor is not ready yet.
struct Replay<'a> {
    problem: &'a Problem,
    plan: &'a Plan,
    at: &'a [Option<(usize, usize)>],
    starts: Vec<Vec<i32>>,
    time: Vec<i32>,
    place: Vec<u32>,
    travel: Vec<i64>,
    taken: Vec<Vec<bool>>,
}

impl<'a> Replay<'a> {
    fn new(problem: &'a Problem, plan: &'a Plan, at: &'a [Option<(usize, usize)>]) -> Self {
        Self {
            problem,
            plan,
            at,
            starts: plan.routes.iter().map(|items| Vec::with_capacity(items.len())).collect(),
            time: problem.engineers.iter().map(|e| e.leaves_s(problem.now_s)).collect(),
            place: problem.engineers.iter().map(|e| e.start).collect(),
            travel: vec![0; problem.engineers.len()],
            taken: problem.engineers.iter().map(|e| vec![false; e.breaks.len()]).collect(),
        }
    }

    fn run(&mut self) -> Result<(), Violation> {
        loop {
            let mut moved = false;
            let mut waiting = None;
            for e in 0..self.plan.routes.len() {
                while self.starts[e].len() < self.plan.routes[e].len() {
                    if !self.step(e)? {
                        waiting = Some(e);
                        break;
                    }
                    moved = true;
                }
            }
            match waiting {
                None => break,
                Some(_) if moved => {}
                Some(e) => {
                    let n = self.starts[e].len();
                    let crew = matches!(self.plan.routes[e][n], Item::Job(j) if self.problem.jobs[j as usize].crew.is_some());
                    let rule = if crew { Rule::Crew } else { Rule::Order };
                    return Err(Violation { engineer: e, nth: Some(n), rule });
                }
            }
        }
        for (e, engineer) in self.problem.engineers.iter().enumerate() {
            let home = self.problem.travel.seconds(self.place[e], engineer.end);
            self.travel[e] += i64::from(home);
            self.time[e] += home;
            if self.plan.routes[e].is_empty() {
                continue;
            }
            let fault = |rule| Err(Violation { engineer: e, nth: None, rule });
            if self.time[e] > engineer.back_by_s() {
                return fault(Rule::Shift);
            }
            if self.taken[e].iter().filter(|t| **t).count() < engineer.due_breaks(self.problem.now_s).count()
            {
                return fault(Rule::BreakMissing);
            }
        }
        Ok(())
    }

    /// Does the next item of a route; false when it must wait for another route.
    fn step(&mut self, e: usize) -> Result<bool, Violation> {
        let n = self.starts[e].len();
        let fault = |rule| Err(Violation { engineer: e, nth: Some(n), rule });
        let (start, length) = match self.plan.routes[e][n] {
            Item::Break(k) => {
                let b = self.problem.engineers[e].breaks[k as usize];
                let start = self.time[e].max(b.open_s);
                if start > b.latest_s || std::mem::replace(&mut self.taken[e][k as usize], true) {
                    return fault(Rule::BreakTime);
                }
                (start, b.duration_s)
            }
            Item::Store(s) => {
                let store = &self.problem.stores[s as usize];
                let start = self.drive(e, store.location).max(store.window.open_s);
                if start > store.window.close_s {
                    return fault(Rule::StoreHours);
                }
                (start, store.duration_s)
            }
            Item::Job(j) => {
                let j = j as usize;
                let Some(start) = self.job_start(e, n, j)? else {
                    return Ok(false);
                };
                self.drive(e, self.problem.jobs[j].location);
                (start, self.problem.jobs[j].duration_s)
            }
        };
        self.starts[e].push(start);
        self.time[e] = start + length;
        Ok(true)
    }

    /// Moves to a place; the arrival.
    fn drive(&mut self, e: usize, to: u32) -> i32 {
        let seconds = self.problem.travel.seconds(self.place[e], to);
        self.travel[e] += i64::from(seconds);
        self.time[e] += seconds;
        self.place[e] = to;
        self.time[e]
    }

    /// Earliest moment a route can be at its next job, with everything before it over; none = not known yet.
    fn ready(&self, e: usize, n: usize, j: usize) -> Result<Option<i32>, Violation> {
        let job = &self.problem.jobs[j];
        let mut ready = self.time[e] + self.problem.travel.seconds(self.place[e], job.location);
        for &(before, gap) in &job.after {
            let before = before as usize;
            let Some((be, bn)) = self.at[before] else {
                return Err(Violation { engineer: e, nth: Some(n), rule: Rule::Order });
            };
            let Some(&start) = self.starts[be].get(bn) else {
                return Ok(None);
            };
            ready = ready.max(start + self.problem.jobs[before].duration_s + gap);
        }
        Ok(Some(ready))
    }

    fn job_start(&self, e: usize, n: usize, j: usize) -> Result<Option<i32>, Violation> {
        let fault = |rule| Err(Violation { engineer: e, nth: Some(n), rule });
        let job = &self.problem.jobs[j];
        let Some(mut ready) = self.ready(e, n, j)? else {
            return Ok(None);
        };
        let mut windows: [&[crate::Window]; 2] = [&job.windows, &job.windows];
        if let Some(mate) = job.crew {
            let mate = mate as usize;
            let Some((me, mn)) = self.at[mate] else {
                return fault(Rule::Crew);
            };
            if self.problem.engineers[me].person == self.problem.engineers[e].person {
                return fault(Rule::Crew);
            }
            if let Some(&start) = self.starts[me].get(mn) {
                return Ok(Some(start)); // agreed when the other one was there
            }
            if self.starts[me].len() != mn {
                return Ok(None);
            }
            let Some(theirs) = self.ready(me, mn, mate)? else {
                return Ok(None);
            };
            ready = ready.max(theirs);
            windows[1] = &self.problem.jobs[mate].windows;
        }
        loop {
            let Some(start) = first_start(windows[0], ready).and_then(|s| first_start(windows[1], s)) else {
                return fault(Rule::Window);
            };
            if start == ready {
                return Ok(Some(start));
            }
            ready = start;
        }
    }
}
