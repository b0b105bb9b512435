//! The only place that queries or writes the tables of this domain; it decides nothing.

pub(crate) mod calls;
mod complaint;
mod doors;
pub(crate) mod family;
pub(crate) mod import;
mod list;
mod records;
mod row;
pub(crate) mod search;
pub(crate) mod telephone;
pub(crate) mod templates;

pub(crate) use complaint::{concerned, insert_concern};
pub use list::{CaseListView, CaseSort, ListQuery, explained_lists};
pub(crate) use list::{
    at_phone, count, count_ahead, found_page, my_counts, open_by_owner, open_on, page, shown, words,
};
pub(crate) use records::{
    NewAgreement, NewHandOver, PhoneResultRow, agreed_window, agreements, answer_hand_over, attach_call,
    blockers, called_back, colleague, contact, drop_phone_support, finish_phone_support, fix_plan,
    hand_overs, hold, insert_agreement, insert_hand_over, insert_note, last_not_solved, open_hand_over,
    page_ahead, people, phone_supports, release, repaired, repaired_ahead, seen_colleague,
    start_phone_support, words_of,
};
pub use row::{EVENTS, within};
pub(crate) use row::{
    by_draft, by_id, for_change, for_neighbour, insert, insert_many, open_of_asset, save, visible,
};
