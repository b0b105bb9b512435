//! The search: a first plan at once, then ruin, recreate and annealing until stopped.

mod anneal;
mod breaks;
mod eject;
mod first;
mod insert;
mod lay;
mod model;
mod neighbours;
mod parallel;
mod pool;
mod rng;
mod state;
mod stores;
mod tied;
mod trial;

use crate::plan::{Item, Plan};
use crate::problem::Problem;
use crate::stop::Stop;
use model::{Metric, Metrics, Model};

pub use parallel::solve_on;

/// Dials of the search. The defaults are measured (`docs/benchmarks/dispatch.md`).
#[derive(Clone, Debug)]
pub struct Settings {
    /// Seed of the random numbers.
    pub seed: u64,
    /// First temperature, in mean legs of travel.
    pub hot: f64,
    /// First temperature when a plan was taken over.
    pub warm: f64,
    /// Last temperature, in mean legs of travel.
    pub cold: f64,
    /// Rounds per job that one cooling takes at least, where there are rounds for several.
    pub cooling: f64,
    /// Jobs taken out per round, on average.
    pub removed: f64,
    /// Longest string taken out.
    pub string: f64,
    /// Chance that a string keeps a piece in its middle.
    pub split: f64,
    /// Chance that the kept piece grows no further.
    pub split_depth: f64,
    /// Chance that a place is overlooked.
    pub blink: f64,
    /// Chance that a round starts from a job left out.
    pub left_out: f64,
    /// Neighbours per job.
    pub near: usize,
    /// Routes kept to be put together anew at the end; 0 for none.
    pub pool: usize,
    /// Rounds that the whole has at least where that is done: short searches have better use for their time.
    pub pool_rounds: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            seed: 1,
            hot: 20.0,
            warm: 3.0,
            cold: 1.0,
            cooling: 2500.0,
            removed: 10.0,
            string: 3.0,
            split: 0.5,
            split_depth: 0.5,
            blink: 0.03,
            left_out: 0.1,
            near: 100,
            pool: 20_000,
            pool_rounds: 400_000.0,
        }
    }
}

impl Settings {
    /// For problems where everything is served and only distance counts: cooler, longer strings.
    #[must_use]
    pub fn distance_only() -> Self {
        Self {
            hot: 1.0,
            cold: 0.01,
            cooling: 1200.0,
            string: 10.0,
            blink: 0.01,
            left_out: 0.0,
            ..Self::default()
        }
    }
}

/// What a search did.
#[derive(Clone, Debug)]
pub struct Solved {
    /// The best plan.
    pub plan: Plan,
    /// Rounds of ruin and recreate.
    pub iterations: u64,
}

/// Solves a problem; `heard` gets (rounds, objective) as it falls.
pub fn solve(
    problem: &Problem,
    settings: &Settings,
    stop: &mut dyn Stop,
    heard: &mut dyn FnMut(u64, i64),
) -> Solved {
    let warm = problem.initial.iter().any(|items| !items.is_empty());
    // A running plan is improved, not shaken up.
    let hot = if warm { settings.hot.min(settings.warm) } else { settings.hot };
    let course = Course { hot, cold: settings.cold.min(hot), press: warm };
    let both = run(problem, settings, course, stop, heard);
    Solved { plan: both.best, iterations: both.iterations }
}

/// From one temperature to another, in mean legs of travel.
#[derive(Clone, Copy, Debug)]
struct Course {
    hot: f64,
    cold: f64,
    /// Whether room is made first for jobs that the plan taken over leaves out.
    press: bool,
}

/// Where a search came to.
#[derive(Debug, Default)]
struct Both {
    best: Plan,
    last: Plan,
    iterations: u64,
}

fn run(
    problem: &Problem,
    settings: &Settings,
    course: Course,
    stop: &mut dyn Stop,
    heard: &mut dyn FnMut(u64, i64),
) -> Both {
    match Metrics::of(&problem.travel) {
        Metrics::Plane(metric) => with(problem, metric, settings, course, stop, heard),
        Metrics::Straight(metric) => with(problem, metric, settings, course, stop, heard),
        Metrics::Symmetric(metric) => with(problem, metric, settings, course, stop, heard),
        Metrics::Table(metric) => with(problem, metric, settings, course, stop, heard),
    }
}

fn with<M: Metric>(
    problem: &Problem,
    metric: M,
    settings: &Settings,
    course: Course,
    stop: &mut dyn Stop,
    heard: &mut dyn FnMut(u64, i64),
) -> Both {
    let model = Model::new(problem, metric);
    let shelves = problem.stores.iter().flat_map(|s| s.stock.iter().copied()).collect();
    let mut state = state::State::new(&model, &problem.vans, shelves);
    if problem.initial.iter().any(|items| !items.is_empty()) {
        state.take_over(&problem.initial);
        if course.press {
            state.press();
        }
    }
    state.fill();
    heard(0, state.cost);
    if stop.progress(0) >= 1.0 {
        let best = plan_of(&model, &state);
        return Both { last: best.clone(), best, iterations: 0 };
    }
    let near = neighbours::Neighbours::new(&model, settings.near);
    let mut annealer = anneal::Annealer::new(
        state,
        &near,
        settings,
        (course.hot, course.cold),
        rng::Rng::new(settings.seed),
    );
    annealer.run(stop, heard);
    let iterations = annealer.iterations;
    let last = plan_of(&model, &annealer.state);
    let best = annealer.into_best();
    let routes = best.iter().map(|nodes| items(&model, nodes.iter().copied())).collect();
    Both { best: Plan { routes }, last, iterations }
}

fn plan_of<M: Metric>(model: &Model<M>, state: &state::State<'_, M>) -> Plan {
    let nodes = |stops: &Vec<state::Stop>| items(model, stops.iter().skip(1).map(|s| s.node));
    Plan { routes: state.routes.iter().map(nodes).collect() }
}

/// Nodes of a route as items; breaks of an idle day are left away.
fn items<M>(model: &Model<M>, nodes: impl Iterator<Item = u32> + Clone) -> Vec<Item> {
    if !nodes.clone().any(|n| (n as usize) < model.jobs) {
        return Vec::new();
    }
    let item = |n: u32| {
        let node = &model.nodes[n as usize];
        if (n as usize) < model.jobs {
            Some(Item::Job(n))
        } else if node.flags & model::flag::BREAK != 0 {
            Some(Item::Break(node.nth))
        } else if node.flags & model::flag::STORE != 0 {
            Some(Item::Store(node.nth))
        } else {
            None
        }
    };
    nodes.filter_map(item).collect()
}
