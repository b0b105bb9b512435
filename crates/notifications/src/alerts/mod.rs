//! Alerts: what somebody has to look at now, told to who is on duty, then to the next, until one of them takes it (P11).
//!
//! A clock that warns or breaches (P44), an appointment that can't be kept (P8), a case that was raised (P10) open one. The rota of
//! the unit says who is told first; who doesn't acknowledge in time is followed by the backup, then by the manager. Where nobody is on
//! duty the manager is told at once, with the words why. [`rules`] decides; the chain goes on in a job.

pub(crate) mod actions;
pub(crate) mod http;
pub(crate) mod jobs;
pub(crate) mod model;
pub(crate) mod rules;
pub(crate) mod store;
