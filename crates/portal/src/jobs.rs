//! What happens here because of others' events: the number between engineer and customer ends with their visit.

use kit::readers::Reader;

use crate::actions::field;

/// Who looks for visits that are over or go to somebody else.
#[must_use]
pub fn readers() -> Vec<Reader> {
    vec![Reader {
        name: "portal",
        kinds: &["visit.left", "visit.declined", "visit.cancelled", "visit.reassigned", "visit.broken_off"],
        read: |tx, cx, events| Box::pin(field::visits_ended(tx, cx, events)),
    }]
}
