//! The dispatch optimiser: who goes where, when, with which parts, at least cost. Pure: no clock, no threads of its own
//! unless asked, no input but the problem, the seed and a [`Stop`].
//!
//! - [`Problem`]: read from fsp-1 ([`Problem::read`]) or from a VRPTW instance ([`read_vrptw`]), or built by the caller.
//! - [`solve`], [`solve_on`]: a plan at any time, improving until stopped; a plan to start from (`initial`) is taken over at
//!   once, new jobs pushed in, and improved with the price of changing it in mind.
//! - [`check`]: the independent replay that judges every plan; [`Cost`] is its sum, line by line.
//! - [`Places`]: every gap of a plan that would hold one more job, with the starts it allows and what each costs.
//! - [`explain`]: why this engineer, why not another, what slips, why left out.
//!
//! Times are whole seconds (`_s`) on one clock, costs whole numbers.

mod checker;
mod cost;
pub mod explain;
mod places;
mod plan;
mod problem;
mod search;
mod stop;

pub use checker::{Report, Rule, Violation, check};
pub use cost::{Cost, Line, Term};
pub use places::{Place, Places};
pub use plan::{Item, Plan, item_name};
pub use problem::{
    Break, ChangePrice, DEFAULT_MANDATORY_COST, Engineer, Fault, Job, MOST_PRICE, MOST_ROWS, MOST_SECONDS,
    MOST_SPAN, MOST_WEIGHT, Overtime, Prices, Priority, Problem, Store, Travel, Vrptw, Ways, Window,
    first_start, read_vrptw,
};
pub use search::{Settings, Solved, solve, solve_on};
pub use stop::{Iterations, Stop};
