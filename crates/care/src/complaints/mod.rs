//! Complaints (P7, P9, P65): each is a case with an owner outside the line of whom it concerns, acknowledged, answered with a finding, a
//! cause and a remedy by the time the policy gives, and closed by the customer's word on the answer.
//!
//! A complaint that a customer makes on the page of a case opens with it ([`open`]); one that the desk takes opens by the event of
//! its report. What keeps its case open until the customer has an answer is a blocker (decision 9).

mod actions;
mod http;
mod model;
mod rules;
mod store;

pub use actions::{acknowledge, answer, clocked, open, react, react_by_customer, told};
pub(crate) use actions::{late, opened, reopened};
pub(crate) use http::routes;
pub use model::{
    AnswerComplaint, ComplaintFinding, ComplaintPerson, ComplaintReaction, ComplaintRow, ComplaintState,
    ComplaintTold, ComplaintView, ConcernPeople, ReactToAnswer,
};
