//! Reading the audit, and taking it out as a file: which is an event itself.

use kit::{Actor, App, Audience, Event, Failure, Paging, Ts, Value, paging};
use serde_json::json;

use crate::audit::{AuditEntry, AuditFilter, HEAD};
use crate::errors::IdentityError;
use crate::store::audit as store;

/// Events that one file takes at most.
const MAX_ROWS: usize = 50_000;
/// Events of one read.
const AT_ONCE: i64 = 2000;

/// The events of a filter as CSV, newest first. That they were taken out is recorded first, with the filter and their number.
///
/// # Errors
/// `audit_too_many`.
pub(crate) async fn export(app: &App, actor: Actor, mut filter: AuditFilter) -> Result<String, Failure> {
    let unit = actor.unit_id.clone();
    // What happens from now on, this export too, is another file's.
    let now: Ts = app.clock.now();
    filter.to = Some(filter.to.map_or(now, |to| to.min(now)));
    let (mut out, mut rows) = (HEAD.to_owned(), 0_usize);
    let mut tx = app.db.reader().await?;
    let mut place = Paging::default();
    loop {
        let page: Vec<AuditEntry> = store::list(&mut tx, unit.as_deref(), &filter, &place, AT_ONCE).await?;
        rows += page.len();
        if rows > MAX_ROWS {
            return Err(IdentityError::AuditTooMany { max: MAX_ROWS as i64 }.into());
        }
        page.iter().for_each(|entry| out.push_str(&entry.line()));
        match page.last() {
            Some(last) if page.len() as i64 == AT_ONCE => {
                place.after = Some(paging::cursor(&[Value::from(last.at), Value::from(last.pos)]));
            }
            _ => break,
        }
    }
    drop(tx);
    let by = actor.id.clone();
    let body = json!({ "rows": rows, "from": filter.from, "to": filter.to, "kind": filter.kind });
    app.act(actor, move |tx, cx| {
        Box::pin(async move {
            let event = Event::new("audit.exported", "account", by).audience(Audience::Audit).body(&body);
            Ok(kit::events::append(tx, cx, event).await?)
        })
    })
    .await?;
    Ok(out)
}
