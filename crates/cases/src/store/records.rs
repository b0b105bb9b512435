//! What hangs on a case: calls, phone support, agreements, hand-overs, blockers, notes, people's names.

use std::collections::{BTreeSet, HashMap};

use assets::AssetId;
use customers::ContactId;
use kit::{Actor, DbError, Reach, Row, ScopeColumns, Ts, Tx, Value, Where, params};

use super::row::maybe;
use crate::case::Case;
use crate::model::{
    AgreedHow, Blocker, CallId, CaseId, HandOverId, NoteId, OnsiteAgreementId, PhoneOutcome, PhoneSupportId,
    person,
};
use crate::rules::Repaired;
use crate::views::{AgreementView, CaseContact, CasePerson, HandOverView, PhoneSupportView};

/// Says about which case a call was: one's own, or one of one's units. `false` if there is no such call.
pub(crate) async fn attach_call(
    tx: &mut Tx,
    actor: &Actor,
    id: CallId,
    case_id: CaseId,
) -> Result<bool, DbError> {
    let mut filter = Where::new();
    let case = filter.bind(case_id);
    filter.and("id = ? AND outcome <> 'missed'", [id.into()]);
    match &actor.reach {
        Reach::Everything => {}
        Reach::Unit(root) => {
            filter.and(
                "agent_id = ? OR unit_id IN (SELECT unit_id FROM unit_reach WHERE root_id = ?)",
                [person(actor).into(), root.into()],
            );
        }
        _ => {
            filter.and("agent_id = ?", [person(actor).into()]);
        }
    }
    let sql = format!(
        "UPDATE call SET case_id = {case}, outcome = 'case_made', call_back_due_at = NULL {}",
        filter.sql()
    );
    Ok(tx.execute(&sql, filter.params()).await? == 1)
}

/// Marks the missed calls of a number as called back.
pub(crate) async fn called_back(
    tx: &mut Tx,
    caller_e164: &str,
    by: CallId,
    since: Ts,
) -> Result<u64, DbError> {
    tx.execute(
        "UPDATE call SET called_back_by = $1 WHERE caller_e164 = $2 AND outcome = 'missed' AND called_back_by IS NULL \
         AND started_at <= $3 AND id <> $1",
        params![by, caller_e164, since],
    )
    .await
}

pub(crate) async fn start_phone_support(
    tx: &mut Tx,
    id: PhoneSupportId,
    case_id: CaseId,
    supporter_id: &str,
    at: Ts,
) -> Result<(), DbError> {
    tx.execute(
        "INSERT INTO phone_support (id, case_id, supporter_id, started_at) VALUES ($1, $2, $3, $4)",
        params![id, case_id, supporter_id, at],
    )
    .await?;
    Ok(())
}

/// The result of an attempt.
pub(crate) struct PhoneResultRow<'a> {
    pub outcome: PhoneOutcome,
    pub steps_tried: &'a [String],
    pub fix_plan: Option<&'a str>,
    pub cause_code: Option<&'a str>,
    pub reason: Option<&'a str>,
    pub needed_skill: Option<&'a str>,
    pub expected_parts: &'a [String],
    pub expected_minutes: Option<i64>,
    pub recorded_by: &'a str,
    pub at: Ts,
}

/// Ends the running attempt and returns its id.
pub(crate) async fn finish_phone_support(
    tx: &mut Tx,
    case_id: CaseId,
    result: &PhoneResultRow<'_>,
) -> Result<Option<PhoneSupportId>, DbError> {
    let list = |texts: &[String]| serde_json::to_string(texts).unwrap_or_else(|_| "[]".into());
    let row = tx
        .row(
            "UPDATE phone_support SET ended_at = $1, outcome = $2, steps_tried = $3, fix_plan = $4, reason = $5, \
             needed_skill = $6, expected_parts = $7, expected_minutes = $8, recorded_by = $9, cause_code = $11 \
             WHERE case_id = $10 AND ended_at IS NULL RETURNING id",
            params![
                result.at,
                result.outcome.name(),
                list(result.steps_tried),
                result.fix_plan,
                result.reason,
                result.needed_skill,
                list(result.expected_parts),
                result.expected_minutes,
                result.recorded_by,
                case_id,
                result.cause_code
            ],
        )
        .await?;
    row.map(|r| r.get("id")).transpose()
}

/// Drops an attempt that never got a result: the case was merged, withdrawn, or sent out by the policy's exception.
pub(crate) async fn drop_phone_support(tx: &mut Tx, case_id: CaseId) -> Result<(), DbError> {
    tx.execute("DELETE FROM phone_support WHERE case_id = $1 AND ended_at IS NULL", params![case_id]).await?;
    Ok(())
}

/// The newest attempt that did not solve the case.
pub(crate) async fn last_not_solved(tx: &mut Tx, case_id: CaseId) -> Result<Option<PhoneSupportId>, DbError> {
    let row = tx
        .row(
            "SELECT id FROM phone_support WHERE case_id = $1 AND outcome = 'not_solved' ORDER BY started_at DESC LIMIT 1",
            params![case_id],
        )
        .await?;
    row.map(|r| r.get("id")).transpose()
}

pub(super) fn texts(row: &Row, name: &str) -> Result<Vec<String>, DbError> {
    match row.get::<Option<String>>(name)? {
        None => Ok(Vec::new()),
        Some(_) => row.json(name),
    }
}

fn named(id: String, name: Option<String>) -> CasePerson {
    CasePerson { id, name: name.unwrap_or_default() }
}

/// What a case page shows besides the case will be asked soon ([`Tx::ahead`]).
pub(crate) fn page_ahead(tx: &mut Tx, case_id: CaseId) {
    for sql in [PHONE_SUPPORTS, AGREEMENTS, HAND_OVERS, BLOCKERS] {
        tx.ahead(sql, params![case_id]);
    }
}

const PHONE_SUPPORTS: &str = "SELECT f.*, COALESCE(e.name, a.name) AS supporter_name FROM phone_support f \
     LEFT JOIN employee e ON e.id = f.supporter_id LEFT JOIN account a ON a.id = f.supporter_id \
     WHERE f.case_id = $1 ORDER BY f.started_at, f.id";

pub(crate) async fn phone_supports(tx: &mut Tx, case_id: CaseId) -> Result<Vec<PhoneSupportView>, DbError> {
    let rows = tx.rows(PHONE_SUPPORTS, params![case_id]).await?;
    rows.iter()
        .map(|row| {
            Ok(PhoneSupportView {
                id: row.get("id")?,
                supporter: named(row.get("supporter_id")?, row.get("supporter_name")?),
                started_at: row.get("started_at")?,
                ended_at: row.get("ended_at")?,
                outcome: maybe(row, "outcome")?,
                steps_tried: texts(row, "steps_tried")?,
                fix_plan: row.get("fix_plan")?,
                cause_code: row.get("cause_code")?,
                cause: None,
                reason: row.get("reason")?,
                needed_skill: row.get("needed_skill")?,
                expected_parts: texts(row, "expected_parts")?,
                expected_minutes: row.get("expected_minutes")?,
            })
        })
        .collect()
}

/// Both sides' word, to be stored.
pub(crate) struct NewAgreement<'a> {
    pub id: OnsiteAgreementId,
    pub case_id: CaseId,
    pub phone_support_id: Option<PhoneSupportId>,
    pub exception_reason: Option<&'a str>,
    pub contact_id: ContactId,
    pub company_person_id: &'a str,
    pub how: AgreedHow,
    pub agreed_at: Ts,
    /// From when to when somebody was promised then.
    pub window: Option<(Ts, Ts)>,
    pub recorded_at: Ts,
    pub recorded_by: &'a str,
}

pub(crate) async fn insert_agreement(tx: &mut Tx, new: &NewAgreement<'_>) -> Result<(), DbError> {
    tx.execute(
        "INSERT INTO onsite_agreement (id, case_id, phone_support_id, exception_reason, contact_id, company_person_id, how, \
         agreed_at, recorded_at, recorded_by, window_start, window_end) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        params![
            new.id,
            new.case_id,
            new.phone_support_id,
            new.exception_reason,
            new.contact_id,
            new.company_person_id,
            new.how.name(),
            new.agreed_at,
            new.recorded_at,
            new.recorded_by,
            new.window.map(|w| w.0),
            new.window.map(|w| w.1)
        ],
    )
    .await?;
    Ok(())
}

const AGREEMENTS: &str = "SELECT g.*, k.name AS contact_name, COALESCE(e.name, a.name) AS company_name FROM onsite_agreement g \
     JOIN contact k ON k.id = g.contact_id LEFT JOIN employee e ON e.id = g.company_person_id \
     LEFT JOIN account a ON a.id = g.company_person_id WHERE g.case_id = $1 ORDER BY g.recorded_at, g.id";

pub(crate) async fn agreements(tx: &mut Tx, case_id: CaseId) -> Result<Vec<AgreementView>, DbError> {
    let rows = tx.rows(AGREEMENTS, params![case_id]).await?;
    rows.iter()
        .map(|row| {
            Ok(AgreementView {
                id: row.get("id")?,
                phone_support_id: row.get("phone_support_id")?,
                exception_reason: row.get("exception_reason")?,
                contact_id: row.get("contact_id")?,
                contact_name: row.get("contact_name")?,
                company_person: named(row.get("company_person_id")?, row.get("company_name")?),
                how: row.parse("how")?,
                agreed_at: row.get("agreed_at")?,
                window_start: row.get("window_start")?,
                window_end: row.get("window_end")?,
                recorded_at: row.get("recorded_at")?,
            })
        })
        .collect()
}

/// The window that was promised with the newest agreement of a case, if one was.
///
/// # Errors
/// As the database says.
pub(crate) async fn agreed_window(tx: &mut Tx, case_id: CaseId) -> Result<Option<(Ts, Ts)>, DbError> {
    let sql = "SELECT window_start, window_end FROM onsite_agreement WHERE case_id = $1 ORDER BY recorded_at DESC, id DESC LIMIT 1";
    let Some(row) = tx.row(sql, params![case_id]).await? else { return Ok(None) };
    let (start, end): (Option<Ts>, Option<Ts>) = (row.get("window_start")?, row.get("window_end")?);
    Ok(start.zip(end))
}

/// A hand-over that is offered.
pub(crate) struct NewHandOver<'a> {
    pub id: HandOverId,
    pub case_id: CaseId,
    pub from_id: &'a str,
    pub to_id: &'a str,
    pub reason: &'a str,
    pub at: Ts,
    pub answer_due_at: Ts,
}

pub(crate) async fn insert_hand_over(tx: &mut Tx, new: &NewHandOver<'_>) -> Result<(), DbError> {
    tx.execute(
        "INSERT INTO case_hand_over (id, case_id, from_id, to_id, reason, offered_at, answer_due_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![new.id, new.case_id, new.from_id, new.to_id, new.reason, new.at, new.answer_due_at],
    )
    .await?;
    Ok(())
}

/// The offer that waits for its answer, and until when.
pub(crate) async fn open_hand_over(
    tx: &mut Tx,
    case_id: CaseId,
) -> Result<Option<(HandOverId, Option<Ts>)>, DbError> {
    let sql = "SELECT id, answer_due_at FROM case_hand_over WHERE case_id = $1 AND answered_at IS NULL";
    tx.row(sql, params![case_id])
        .await?
        .map(|row| Ok((row.get("id")?, row.get("answer_due_at")?)))
        .transpose()
}

/// Answers the open offer.
pub(crate) async fn answer_hand_over(
    tx: &mut Tx,
    case_id: CaseId,
    answer: &str,
    reason: Option<&str>,
    at: Ts,
) -> Result<(), DbError> {
    tx.execute(
        "UPDATE case_hand_over SET answered_at = $1, answer = $2, answer_reason = $3 WHERE case_id = $4 AND answered_at IS NULL",
        params![at, answer, reason, case_id],
    )
    .await?;
    Ok(())
}

const HAND_OVERS: &str = "SELECT h.*, COALESCE(e.name, a.name) AS from_name, COALESCE(f.name, b.name) AS to_name FROM case_hand_over h \
     LEFT JOIN employee e ON e.id = h.from_id LEFT JOIN account a ON a.id = h.from_id \
     LEFT JOIN employee f ON f.id = h.to_id LEFT JOIN account b ON b.id = h.to_id \
     WHERE h.case_id = $1 ORDER BY h.offered_at, h.id";

pub(crate) async fn hand_overs(tx: &mut Tx, case_id: CaseId) -> Result<Vec<HandOverView>, DbError> {
    let rows = tx.rows(HAND_OVERS, params![case_id]).await?;
    rows.iter()
        .map(|row| {
            Ok(HandOverView {
                id: row.get("id")?,
                from: named(row.get("from_id")?, row.get("from_name")?),
                to: named(row.get("to_id")?, row.get("to_name")?),
                reason: row.get("reason")?,
                offered_at: row.get("offered_at")?,
                answered_at: row.get("answered_at")?,
                answer: row.get("answer")?,
                answer_reason: row.get("answer_reason")?,
                answer_due_at: row.get("answer_due_at")?,
            })
        })
        .collect()
}

const BLOCKERS: &str =
    "SELECT kind, hold_key, label, since FROM case_hold WHERE case_id = $1 ORDER BY since, kind, hold_key";

pub(crate) async fn blockers(tx: &mut Tx, case_id: CaseId) -> Result<Vec<Blocker>, DbError> {
    let rows = tx.rows(BLOCKERS, params![case_id]).await?;
    rows.iter()
        .map(|row| {
            Ok(Blocker {
                kind: row.get("kind")?,
                key: row.get("hold_key")?,
                label: row.get("label")?,
                since: row.get("since")?,
            })
        })
        .collect()
}

/// Sets a blocker; setting it again changes nothing but its label.
pub(crate) async fn hold(tx: &mut Tx, case_id: CaseId, blocker: &Blocker) -> Result<(), DbError> {
    tx.execute(
        "INSERT INTO case_hold (case_id, kind, hold_key, label, since) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (case_id, kind, hold_key) DO UPDATE SET label = excluded.label",
        params![case_id, &blocker.kind, &blocker.key, &blocker.label, blocker.since],
    )
    .await?;
    Ok(())
}

/// Clears a blocker. `false` if it was not set.
pub(crate) async fn release(tx: &mut Tx, case_id: CaseId, kind: &str, key: &str) -> Result<bool, DbError> {
    let cleared = tx
        .execute(
            "DELETE FROM case_hold WHERE case_id = $1 AND kind = $2 AND hold_key = $3",
            params![case_id, kind, key],
        )
        .await?;
    Ok(cleared == 1)
}

pub(crate) async fn insert_note(
    tx: &mut Tx,
    id: NoteId,
    case_id: CaseId,
    text: &str,
    for_customer: bool,
    by: &str,
    at: Ts,
) -> Result<(), DbError> {
    tx.execute(
        "INSERT INTO case_note (id, case_id, text, for_customer, written_by, written_at) VALUES ($1, $2, $3, $4, $5, $6)",
        params![id, case_id, text, for_customer, by, at],
    )
    .await?;
    Ok(())
}

/// The words of notes, fix plans and the like, by their ids.
pub(crate) async fn words_of(tx: &mut Tx, case_id: CaseId) -> Result<HashMap<String, String>, DbError> {
    let rows = tx
        .rows(
            "SELECT id, text FROM case_note WHERE case_id = $1 \
             UNION ALL SELECT id, COALESCE(fix_plan, reason) AS text FROM phone_support WHERE case_id = $1 AND outcome IS NOT NULL \
             UNION ALL SELECT id, reason AS text FROM case_hand_over WHERE case_id = $1 \
             UNION ALL SELECT id, exception_reason AS text FROM onsite_agreement WHERE case_id = $1 AND exception_reason IS NOT NULL",
            params![case_id],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get("id")?, row.get("text")?))).collect()
}

/// The fix plan of an attempt by phone (P38).
pub(crate) async fn fix_plan(tx: &mut Tx, id: PhoneSupportId) -> Result<Option<String>, DbError> {
    let row = tx.row("SELECT fix_plan FROM phone_support WHERE id = $1", params![id]).await?;
    row.map_or(Ok(None), |r| r.get("fix_plan"))
}

/// Repairs of an asset that were finished since `since`, newest first.
pub(crate) async fn repaired(
    tx: &mut Tx,
    asset_id: AssetId,
    since: Ts,
    except: Option<CaseId>,
) -> Result<Vec<Repaired>, DbError> {
    let (sql, filter) = repairs(asset_id, since, except);
    let rows = tx.rows(&sql, filter.params()).await?;
    rows.iter()
        .map(|row| {
            Ok(Repaired {
                case_id: row.get("id")?,
                number: row.get("number")?,
                asset_id: row.get("asset_id")?,
                fault: row.get("symptom_class")?,
                finished_at: row.get("resolved_at")?,
            })
        })
        .collect()
}

/// [`repaired`] will be asked soon ([`Tx::ahead`]).
pub(crate) fn repaired_ahead(tx: &mut Tx, asset_id: AssetId, since: Ts, except: Option<CaseId>) {
    let (sql, filter) = repairs(asset_id, since, except);
    tx.ahead(sql, filter.params());
}

fn repairs(asset_id: AssetId, since: Ts, except: Option<CaseId>) -> (String, Where) {
    let mut filter = Where::new();
    filter.and(
        "asset_id = ? AND resolved_at >= ? AND resolved_how = 'onsite'",
        [asset_id.into(), since.into()],
    );
    if let Some(except) = except {
        filter.and("id <> ?", [except.into()]);
    }
    let sql = format!(
        "SELECT id, number, asset_id, symptom_class, resolved_at FROM service_case {} ORDER BY resolved_at DESC LIMIT 20",
        filter.sql()
    );
    (sql, filter)
}

/// People by id: employees, and accounts (an account shows its employee's name). Unknown ids are left out.
pub(crate) async fn people(
    tx: &mut Tx,
    ids: &BTreeSet<String>,
) -> Result<HashMap<String, CasePerson>, DbError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let (mut accounts, mut employees, mut imported) = (Where::new(), Where::new(), Where::new());
    accounts.any("a.id", ids.iter());
    imported.any("i.id", ids.iter());
    employees.any("e.id", ids.iter());
    let sql = format!(
        "SELECT a.id, COALESCE(e.name, a.name) AS name FROM account a LEFT JOIN employee e ON e.id = a.employee_id {}",
        accounts.sql()
    );
    let mut rows = tx.rows(&sql, accounts.params()).await?;
    let sql = format!("SELECT e.id, e.name FROM employee e {}", employees.sql());
    rows.extend(tx.rows(&sql, employees.params()).await?);
    // People of another system, by the name they had there.
    let sql = format!("SELECT i.id, i.name FROM imported_person i {}", imported.sql());
    rows.extend(tx.rows(&sql, imported.params()).await?);
    rows.iter()
        .map(|row| {
            let id: String = row.get("id")?;
            Ok((id.clone(), CasePerson { id, name: row.get("name")? }))
        })
        .collect()
}

/// An active colleague by id whom the actor sees, or who serves the case's own units: an employee, or an account without one.
pub(crate) async fn seen_colleague(
    tx: &mut Tx,
    actor: &Actor,
    case: &Case,
    id: &str,
) -> Result<Option<CasePerson>, DbError> {
    let mut employees = Where::new();
    employees.and("e.id = ?", [id.into()]);
    organisation::narrow_colleagues(&mut employees, &actor.reach, actor.unit_id.as_deref());
    let sql = format!("SELECT e.id FROM employee e {}", employees.sql());
    let mut seen = tx.row(&sql, employees.params()).await?.is_some();
    if !seen {
        let mut accounts = Where::new();
        accounts.and("a.id = ?", [id.into()]);
        actor.reach.narrow(&mut accounts, &ACCOUNT_SCOPE);
        let sql = format!("SELECT a.id FROM account a {}", accounts.sql());
        seen = tx.row(&sql, accounts.params()).await?.is_some();
    }
    if !seen {
        // Whoever took a report for another unit hands it to that unit.
        let sql = "SELECT r.unit_id FROM unit_reach r JOIN (SELECT unit_id FROM employee WHERE id = $1 \
                   UNION ALL SELECT unit_id FROM account WHERE id = $1) p ON p.unit_id = r.unit_id \
                   WHERE r.root_id = $2 OR r.root_id = $3";
        seen = tx.row(sql, params![id, case.unit_id, case.second_unit_id]).await?.is_some();
    }
    if seen { colleague(tx, id).await } else { Ok(None) }
}

const ACCOUNT_SCOPE: ScopeColumns =
    ScopeColumns { subject: "account", id: "a.id", unit: "a.unit_id", second_unit: None, customer: None };

/// An active colleague by id: an employee, or an account without one.
pub(crate) async fn colleague(tx: &mut Tx, id: &str) -> Result<Option<CasePerson>, DbError> {
    let row = tx
        .row(
            "SELECT e.id, e.name FROM employee e WHERE e.id = $1 AND e.active = 1 \
             UNION ALL SELECT a.id, a.name FROM account a WHERE a.id = $1 AND a.disabled_at IS NULL \
             AND a.employee_id IS NULL AND a.customer_id IS NULL",
            params![id],
        )
        .await?;
    row.map(|r| Ok(CasePerson { id: r.get("id")?, name: r.get("name")? })).transpose()
}

pub(crate) async fn contact(tx: &mut Tx, id: ContactId) -> Result<Option<CaseContact>, DbError> {
    let row =
        tx.row("SELECT id, name, role, phone_masked FROM contact WHERE id = $1", &[Value::from(id)]).await?;
    row.map(|r| {
        Ok(CaseContact {
            id: r.get("id")?,
            name: r.get("name")?,
            role: r.get("role")?,
            phone_masked: r.get("phone_masked")?,
        })
    })
    .transpose()
}
