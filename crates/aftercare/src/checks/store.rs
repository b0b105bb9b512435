//! What the invariants ask of the tables: each question names what breaks it, and answers nothing when all is well.

use kit::db::Dialect;
use kit::{DbError, Row, Tx, params};

/// Faults that one question names at most.
const MOST: i64 = 50;

/// An invariant that the tables themselves can answer.
pub(super) struct Invariant {
    /// The invariant in words.
    pub name: &'static str,
    /// How many records it concerns.
    count: &'static str,
    /// Queries whose column `fault` says in a sentence what is wrong.
    faults: &'static [&'static str],
}

/// Every invariant that a query can prove, in the order of `domain.md`.
pub(super) const INVARIANTS: &[Invariant] =
    &[BUSY, OWNERS, AGREEMENTS, BLOCKERS, COMPLAINTS, PORTAL, INVOICES, SIGNATURES, REACH, NUMBERS];

// Invariant 6, decision 15.
const BUSY: Invariant = Invariant {
    name: "no engineer is in two visits at once",
    count: "SELECT COUNT(*) FROM visit",
    faults: &[
        "SELECT a.number || ' and ' || b.number || ': one engineer, overlapping windows' AS fault FROM visit a \
         JOIN visit b ON b.engineer_id = a.engineer_id AND b.id > a.id AND a.window_start < b.window_end \
         AND b.window_start < a.window_end WHERE a.state NOT IN ('declined', 'left', 'cancelled') \
         AND b.state NOT IN ('declined', 'left', 'cancelled')",
        "SELECT a.number || ' and ' || b.number || ': one work order, both under way' AS fault FROM visit a \
         JOIN visit b ON b.work_order_id = a.work_order_id AND b.id > a.id \
         WHERE a.state NOT IN ('declined', 'left', 'cancelled') AND b.state NOT IN ('declined', 'left', 'cancelled')",
    ],
};

// Invariant 7 (P10).
const OWNERS: Invariant = Invariant {
    name: "an open case has one owner, a next step and a due time",
    count: "SELECT COUNT(*) FROM service_case WHERE closed_at IS NULL",
    faults: &[
        "SELECT c.number || ': its state ' || c.state || ' and its owner, next step, due time or end don''t fit' AS fault \
         FROM service_case c WHERE (c.state IN ('closed', 'merged', 'withdrawn')) <> (c.closed_at IS NOT NULL) \
         OR (c.closed_at IS NULL) <> (c.next_step IS NOT NULL) OR (c.next_step IS NULL) <> (c.next_due_at IS NULL)",
        "SELECT c.number || ': its owner ' || c.owner_id || ' is nobody here' AS fault FROM service_case c \
         WHERE NOT EXISTS (SELECT 1 FROM employee e WHERE e.id = c.owner_id) \
         AND NOT EXISTS (SELECT 1 FROM account a WHERE a.id = c.owner_id) \
         AND NOT EXISTS (SELECT 1 FROM imported_person p WHERE p.id = c.owner_id)",
        "SELECT c.number || ': the hand-over it waits for is not the one on record' AS fault FROM service_case c \
         LEFT JOIN case_hand_over h ON h.case_id = c.id AND h.answered_at IS NULL \
         WHERE COALESCE(c.hand_over_to, '') <> COALESCE(h.to_id, '')",
        "SELECT c.number || ': has ended and its clock ' || k.promise || ' runs on' AS fault FROM clock k \
         JOIN service_case c ON c.id = k.subject_id \
         WHERE k.subject_type = 'case' AND k.stopped_at IS NULL AND c.closed_at IS NOT NULL",
    ],
};

// P41.
const AGREEMENTS: Invariant = Invariant {
    name: "nobody was sent without both sides' word",
    count: "SELECT COUNT(*) FROM work_order",
    faults: &[
        "SELECT w.number || ': no agreement to a visit is on record' AS fault FROM work_order w \
         WHERE NOT EXISTS (SELECT 1 FROM onsite_agreement a WHERE a.case_id = w.case_id)",
        "SELECT c.number || ': the moment of the agreement is not the one on record' AS fault FROM service_case c \
         WHERE c.onsite_agreed_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM onsite_agreement a \
         WHERE a.case_id = c.id AND a.agreed_at = c.onsite_agreed_at)",
    ],
};

// Decision 9 (P69).
const BLOCKERS: Invariant = Invariant {
    name: "what keeps a case open is on record, and nothing else",
    count: "SELECT COUNT(*) FROM case_hold",
    faults: &[
        "SELECT w.number || ': is under way and doesn''t keep its case open' AS fault FROM work_order w \
         WHERE w.state NOT IN ('closed', 'cancelled') AND NOT EXISTS (SELECT 1 FROM case_hold h \
         WHERE h.case_id = w.case_id AND h.kind = 'work_order' AND h.hold_key = w.id)",
        "SELECT w.number || ': has no invoice yet and doesn''t keep its case open' AS fault FROM invoice_duty d \
         JOIN work_order w ON w.id = d.work_order_id WHERE d.invoice_number IS NULL AND NOT EXISTS (SELECT 1 \
         FROM case_hold h WHERE h.case_id = d.case_id AND h.kind = 'invoice_duty' AND h.hold_key = d.work_order_id)",
        "SELECT h.label || ': is over and keeps its case open (' || h.kind || ')' AS fault FROM case_hold h \
         WHERE (h.kind = 'work_order' AND NOT EXISTS (SELECT 1 FROM work_order w WHERE w.id = h.hold_key \
         AND w.case_id = h.case_id AND w.state NOT IN ('closed', 'cancelled'))) \
         OR (h.kind = 'invoice_duty' AND NOT EXISTS (SELECT 1 FROM invoice_duty d \
         WHERE d.work_order_id = h.hold_key AND d.case_id = h.case_id AND d.invoice_number IS NULL))",
        "SELECT c.number || ': is an open complaint and doesn''t keep its case open' AS fault FROM complaint p \
         JOIN service_case c ON c.id = p.case_id WHERE p.closed_at IS NULL AND NOT EXISTS (SELECT 1 FROM case_hold h \
         WHERE h.case_id = p.case_id AND h.kind = 'complaint')",
        "SELECT h.label || ': is over and keeps its case open (complaint)' AS fault FROM case_hold h \
         WHERE h.kind = 'complaint' AND NOT EXISTS (SELECT 1 FROM complaint p WHERE p.case_id = h.case_id AND p.closed_at IS NULL)",
        "SELECT c.number || ': has ended although ' || h.label || ' keeps it open' AS fault FROM case_hold h \
         JOIN service_case c ON c.id = h.case_id WHERE c.closed_at IS NOT NULL",
    ],
};

// P9, P65.
const COMPLAINTS: Invariant = Invariant {
    name: "a complaint is answered outside the line of whom it concerns, with a finding, and as its events say",
    count: "SELECT COUNT(*) FROM complaint",
    faults: &[
        "SELECT c.number || ': is a complaint and no complaint is on record' AS fault FROM service_case c \
         WHERE c.kind = 'complaint' AND c.closed_at IS NULL AND c.imported_from IS NULL \
         AND NOT EXISTS (SELECT 1 FROM complaint p WHERE p.case_id = c.id)",
        "SELECT c.number || ': is closed as a complaint and its case is not, or the other way round' AS fault FROM complaint p \
         JOIN service_case c ON c.id = p.case_id WHERE (p.closed_at IS NULL) <> (c.closed_at IS NULL)",
        "SELECT c.number || ': is owed an answer and no clock runs for it; the next start of a node gives it one' AS fault \
         FROM complaint p JOIN service_case c ON c.id = p.case_id WHERE p.answered_at IS NULL AND c.closed_at IS NULL \
         AND c.imported_from IS NULL AND NOT EXISTS (SELECT 1 FROM clock k WHERE k.subject_type = 'case' \
         AND k.subject_id = p.case_id AND k.promise = 'answer_complaint' AND k.stopped_at IS NULL)",
        "SELECT c.number || ': was answered without a finding, a cause or a remedy' AS fault FROM complaint p \
         JOIN service_case c ON c.id = p.case_id WHERE p.answered_at IS NOT NULL \
         AND (p.finding IS NULL OR p.cause IS NULL OR p.remedy IS NULL)",
        "SELECT c.number || ': is answered by whom it concerns' AS fault FROM complaint p \
         JOIN service_case c ON c.id = p.case_id JOIN case_concern n ON n.case_id = p.case_id \
         WHERE p.answered_at IS NOT NULL AND (p.answered_by = n.employee_id OR (c.closed_at IS NULL AND c.owner_id = n.employee_id))",
        "SELECT c.number || ': was acknowledged, and no event says so' AS fault FROM complaint p \
         JOIN service_case c ON c.id = p.case_id WHERE p.acknowledged_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM event v \
         WHERE v.subject_type = 'complaint' AND v.subject_id = p.case_id AND v.kind = 'complaint.acknowledged')",
        "SELECT c.number || ': was answered, and no event says so' AS fault FROM complaint p \
         JOIN service_case c ON c.id = p.case_id WHERE p.answered_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM event v \
         WHERE v.subject_type = 'complaint' AND v.subject_id = p.case_id AND v.kind = 'complaint.answered' AND v.at = p.answered_at)",
        "SELECT c.number || ': was closed, and no event says so' AS fault FROM complaint p \
         JOIN service_case c ON c.id = p.case_id WHERE p.closed_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM event v \
         WHERE v.subject_type = 'complaint' AND v.subject_id = p.case_id AND v.kind = 'complaint.closed' AND v.at = p.closed_at)",
    ],
};

// P39, P65: what customers hold and asked, against the events it was made and answered with.
const PORTAL: Invariant = Invariant {
    name: "links, codes and requests of customers are as their events say",
    count: "SELECT (SELECT COUNT(*) FROM tracking_link) + (SELECT COUNT(*) FROM asset_label) + (SELECT COUNT(*) FROM badge_code) \
            + (SELECT COUNT(*) FROM customer_request)",
    faults: &[
        "SELECT 'link ' || l.id || ': no event says that it was made' AS fault FROM tracking_link l \
         WHERE NOT EXISTS (SELECT 1 FROM event v WHERE v.subject_type = 'tracking_link' AND v.subject_id = l.id \
         AND v.kind = 'tracking_link.made')",
        "SELECT 'link ' || l.id || ': was revoked, and no event says so' AS fault FROM tracking_link l \
         WHERE l.revoked_at IS NOT NULL AND l.revoked_by <> 'restore' AND NOT EXISTS (SELECT 1 FROM event v \
         WHERE v.subject_type = 'tracking_link' AND v.subject_id = l.id AND v.kind = 'tracking_link.revoked')",
        "SELECT 'link ' || l.id || ': an event says that it was revoked, and it opens' AS fault FROM tracking_link l \
         WHERE l.revoked_at IS NULL AND EXISTS (SELECT 1 FROM event v WHERE v.subject_type = 'tracking_link' \
         AND v.subject_id = l.id AND v.kind = 'tracking_link.revoked')",
        "SELECT 'label of device ' || a.serial || ': ' || CAST(COUNT(*) AS TEXT) || ' codes are on record, its events made another number' \
         AS fault FROM asset_label l JOIN asset a ON a.id = l.asset_id GROUP BY l.asset_id, a.serial HAVING COUNT(*) <> (SELECT COUNT(*) \
         FROM event v WHERE v.subject_type = 'asset' AND v.subject_id = l.asset_id AND v.kind = 'asset_label.made')",
        "SELECT 'label of device ' || a.serial || ': its code does not find it, or another does' AS fault FROM asset a \
         WHERE (SELECT COUNT(*) FROM asset_label l WHERE l.asset_id = a.id AND l.revoked_at IS NULL) <> (SELECT COUNT(*) \
         FROM search_key k WHERE k.kind = 'code' AND k.record = 'asset' AND k.record_id = a.id)",
        "SELECT c.number || ': asked for something (' || r.kind || '), and no event says so' AS fault FROM customer_request r \
         JOIN service_case c ON c.id = r.case_id WHERE NOT EXISTS (SELECT 1 FROM event v WHERE v.subject_type = 'case' \
         AND v.subject_id = r.case_id AND v.at = r.made_at \
         AND v.kind IN ('case.chased', 'case.move_wished', 'case.added_to', 'case.complained'))",
        "SELECT c.number || ': a request was answered, and no event says so' AS fault FROM customer_request r \
         JOIN service_case c ON c.id = r.case_id WHERE r.answered_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM event v \
         WHERE v.subject_type = 'case' AND v.subject_id = r.case_id AND v.at = r.answered_at AND v.kind = 'case.request_answered')",
        "SELECT c.number || ': complained, and no complaint is on record for it' AS fault FROM customer_request r \
         JOIN service_case c ON c.id = r.case_id WHERE r.kind = 'complaint' AND (r.complaint_case_id IS NULL OR NOT EXISTS (SELECT 1 \
         FROM service_case k WHERE k.id = r.complaint_case_id AND k.kind = 'complaint'))",
        "SELECT 'a photo of ' || c.number || ': the file ' || f.sha256 || ' is not on record' AS fault FROM customer_photo f \
         JOIN service_case c ON c.id = f.case_id WHERE NOT EXISTS (SELECT 1 FROM file x WHERE x.sha256 = f.sha256)",
    ],
};

// Invariant 5 (P69, P71).
const INVOICES: Invariant = Invariant {
    name: "an invoice equals its charges to the cent",
    count: "SELECT COUNT(*) FROM invoice_duty",
    faults: &[
        "SELECT w.number || ': ' || CAST(d.amount_minor AS TEXT) || ' are owed, its charges give ' \
         || CAST(s.total AS TEXT) || ' (hundredths of ' || d.currency || ')' AS fault FROM invoice_duty d \
         JOIN work_order w ON w.id = d.work_order_id JOIN (SELECT o.work_order_id, COALESCE(SUM(h.total_minor), 0) \
         AS total FROM invoice_duty o LEFT JOIN charge h ON h.work_order_id = o.work_order_id AND h.removed_at IS NULL \
         GROUP BY o.work_order_id) s ON s.work_order_id = d.work_order_id WHERE s.total <> d.amount_minor",
        "SELECT w.number || ': is done, the customer pays, and no invoice is owed' AS fault FROM work_order w \
         WHERE NOT EXISTS (SELECT 1 FROM invoice_duty d WHERE d.work_order_id = w.id) \
         AND EXISTS (SELECT 1 FROM visit v WHERE v.work_order_id = w.id \
         AND (v.state = 'done' OR (v.state = 'left' AND v.state_code = 'done'))) \
         AND EXISTS (SELECT 1 FROM charge h WHERE h.work_order_id = w.id AND h.removed_at IS NULL AND h.total_minor > 0)",
    ],
};

// P72, P73: what the digests alone can't show is that a signature is missing.
const SIGNATURES: Invariant = Invariant {
    name: "a finished job was checked, shown and signed",
    count: "SELECT COUNT(*) FROM visit WHERE signed_at IS NOT NULL",
    faults: &[
        "SELECT v.number || ': is done, and no signature or refusal of what was shown is there' AS fault FROM visit v \
         WHERE (v.signed_at IS NOT NULL OR v.state = 'done' OR (v.state = 'left' AND v.state_code = 'done')) \
         AND NOT EXISTS (SELECT 1 FROM signature g JOIN shown_document d ON d.visit_id = g.visit_id \
         AND d.sha256 = g.document_sha256 WHERE g.visit_id = v.id AND g.kind = 'result' \
         AND g.document_sha256 = v.shown_sha256)",
        "SELECT v.number || ': a signature is there that the visit doesn''t know' AS fault FROM signature g \
         JOIN visit v ON v.id = g.visit_id WHERE g.kind = 'result' AND v.signed_at IS NULL",
        "SELECT w.number || ': the customer owes what they never agreed to' AS fault FROM invoice_duty d \
         JOIN work_order w ON w.id = d.work_order_id WHERE NOT EXISTS (SELECT 1 FROM signature g \
         WHERE g.work_order_id = d.work_order_id AND g.kind = 'quote')",
        "SELECT v.number || ': was signed before its self-inspection' AS fault FROM visit v \
         WHERE v.signed_at IS NOT NULL AND v.self_checked_at IS NULL",
        "SELECT v.number || ': the file ' || e.sha256 || ' of its evidence is not on record' AS fault FROM evidence e \
         JOIN visit v ON v.id = e.visit_id WHERE NOT EXISTS (SELECT 1 FROM file f WHERE f.sha256 = e.sha256)",
    ],
};

// Invariant 10, decision 2 (P4): who sees a record follows from copies of the tree and the map.
const REACH: Invariant = Invariant {
    name: "what people may see follows the tree, the map and their visits",
    count: "SELECT (SELECT COUNT(*) FROM unit_reach) + (SELECT COUNT(*) FROM site) + (SELECT COUNT(*) FROM shared_with)",
    faults: &[
        "WITH RECURSIVE line (root_id, unit_id) AS (SELECT id, id FROM org_unit UNION SELECT u.parent_id, line.unit_id \
         FROM line JOIN org_unit u ON u.id = line.root_id WHERE u.parent_id IS NOT NULL) \
         SELECT 'unit ' || x.root_id || ' doesn''t reach ' || x.unit_id || ' below it' AS fault \
         FROM (SELECT root_id, unit_id FROM line EXCEPT SELECT root_id, unit_id FROM unit_reach) x",
        "WITH RECURSIVE line (root_id, unit_id) AS (SELECT id, id FROM org_unit UNION SELECT u.parent_id, line.unit_id \
         FROM line JOIN org_unit u ON u.id = line.root_id WHERE u.parent_id IS NOT NULL) \
         SELECT 'unit ' || x.root_id || ' reaches ' || x.unit_id || ', which is not below it' AS fault \
         FROM (SELECT root_id, unit_id FROM unit_reach EXCEPT SELECT root_id, unit_id FROM line) x",
        "SELECT 'site ' || s.id || ' lies in ' || s.division_code || ' and belongs to another unit' AS fault FROM site s \
         JOIN jurisdiction j ON j.division_code = s.division_code WHERE j.unit_id <> s.unit_id",
        "SELECT 'asset ' || a.serial || ' belongs to another unit or customer than its site' AS fault FROM asset a \
         JOIN site s ON s.id = a.site_id WHERE a.unit_id <> s.unit_id OR a.customer_id <> s.customer_id",
        "SELECT c.number || ': belongs to another unit than its site' AS fault FROM service_case c \
         JOIN site s ON s.id = c.site_id WHERE c.closed_at IS NULL AND c.imported_from IS NULL AND c.unit_id <> s.unit_id",
        "SELECT 'employee ' || x.person_id || ' sees ' || x.subject_type || ' ' || x.subject_id || ' without a visit' \
         AS fault FROM shared_with x WHERE NOT EXISTS (SELECT 1 FROM visit v JOIN work_order w ON w.id = v.work_order_id \
         WHERE v.engineer_id = x.person_id AND v.state NOT IN ('declined', 'left', 'cancelled') \
         AND x.subject_id IN (v.id, w.id, w.case_id, w.site_id, w.customer_id, w.asset_id))",
    ],
};

// Two letters and eight figures of the day, a hyphen, and the number.
macro_rules! numbers_there {
    () => {
        "(SELECT SUBSTR(number, 1, 10) AS series, COUNT(*) AS there, MAX(CAST(SUBSTR(number, 12) AS BIGINT)) AS last \
         FROM (SELECT number FROM service_case UNION ALL SELECT number FROM work_order \
         UNION ALL SELECT number FROM follow_up UNION ALL SELECT number FROM customer \
         UNION ALL SELECT number FROM acceptance UNION ALL SELECT number FROM agreement) x \
         GROUP BY SUBSTR(number, 1, 10))"
    };
}

// Invariant 11.
const NUMBERS: Invariant = Invariant {
    name: "numbers have no gap and are given once",
    count: "SELECT CAST(COALESCE(SUM(last), 0) AS BIGINT) FROM number_series",
    faults: &[
        concat!(
            "SELECT s.prefix || s.day || ': ' || CAST(s.last AS TEXT) || ' numbers were given, ' \
             || CAST(COALESCE(n.there, 0) AS TEXT) || ' are there, the last is ' || CAST(COALESCE(n.last, 0) AS TEXT) \
             AS fault FROM number_series s LEFT JOIN ",
            numbers_there!(),
            " n ON n.series = s.prefix || s.day WHERE COALESCE(n.there, 0) <> s.last OR COALESCE(n.last, 0) <> s.last"
        ),
        concat!(
            "SELECT n.series || ': ' || CAST(n.there AS TEXT) || ' numbers are there that nobody gave' AS fault FROM ",
            numbers_there!(),
            " n WHERE NOT EXISTS (SELECT 1 FROM number_series s WHERE s.prefix || s.day = n.series)"
        ),
        "SELECT w.number || ': ' || CAST(w.visits_made AS TEXT) || ' visits were made, ' \
         || CAST(COALESCE(v.there, 0) AS TEXT) || ' are there' AS fault FROM work_order w LEFT JOIN (SELECT work_order_id, \
         COUNT(*) AS there FROM visit GROUP BY work_order_id) v ON v.work_order_id = w.id \
         WHERE COALESCE(v.there, 0) <> w.visits_made",
    ],
};

/// How many records an invariant concerns, and what breaks it.
pub(super) async fn ask(tx: &mut Tx, invariant: &Invariant) -> Result<(i64, Vec<String>), DbError> {
    let checked = tx.int(invariant.count, &[]).await?;
    let mut faults = Vec::new();
    for question in invariant.faults {
        let rows = tx.rows(&format!("{question} LIMIT {MOST}"), &[]).await?;
        faults.extend(rows.iter().map(|row| row.get("fault")).collect::<Result<Vec<String>, _>>()?);
    }
    Ok((checked, faults))
}

/// What the database's own constraints find broken. PostgreSQL keeps them itself; a SQLite file can have been written with
/// them turned off.
pub(super) async fn constraints(tx: &mut Tx) -> Result<Vec<String>, DbError> {
    if tx.dialect() == Dialect::Postgres {
        let sql = "SELECT conrelid::regclass::text || ': ' || conname || ' was never validated' AS fault \
                   FROM pg_constraint WHERE NOT convalidated";
        return tx.rows(sql, &[]).await?.iter().map(|row| row.get("fault")).collect();
    }
    let mut faults = Vec::new();
    for row in tx.rows(&format!("PRAGMA integrity_check({MOST})"), &[]).await? {
        let said: String = row.get("integrity_check")?;
        if said != "ok" {
            faults.push(said);
        }
    }
    for row in tx.rows("PRAGMA foreign_key_check", &[]).await?.iter().take(usize::try_from(MOST).unwrap_or(1))
    {
        let (table, parent): (String, String) = (row.get("table")?, row.get("parent")?);
        faults.push(format!("{table}: a row refers to a row of {parent} that isn't there"));
    }
    Ok(faults)
}

/// A record beside what its newest event says of it.
pub(super) struct Told {
    /// The record's id.
    pub id: String,
    /// How people call it.
    pub number: String,
    /// What the record says.
    pub stored: String,
    /// The event's body; none if no event tells of the record.
    pub body: Option<String>,
}

/// A record that events tell of.
pub(super) struct Teller {
    /// What it is.
    pub what: &'static str,
    /// Where the event's body says it; the first field that is there counts.
    pub fields: &'static [&'static str],
    /// Whether events of before may be silent about it.
    pub may_be_silent: bool,
    query: &'static str,
}

/// Every record whose newest event says where it stands (invariant 3).
pub(super) const TELLERS: &[Teller] = &[
    Teller {
        what: "owner",
        fields: &["to_id", "owner_id"],
        may_be_silent: false,
        query: "SELECT c.id, c.number, c.owner_id AS stored, e.body FROM service_case c LEFT JOIN event e ON e.pos = \
                (SELECT MAX(n.pos) FROM event n WHERE n.subject_type = 'case' AND n.subject_id = c.id AND n.kind IN \
                ('case.reported', 'case.taken', 'case.handed_over', 'case.concerned', 'case.imported')) \
                WHERE c.id > $1 ORDER BY c.id LIMIT $2",
    },
    Teller {
        what: "state",
        fields: &["state"],
        may_be_silent: true,
        // The steps of an imported history tell of another desk's states.
        query: "SELECT c.id, c.number, c.state AS stored, e.body FROM service_case c LEFT JOIN event e ON e.pos = \
                (SELECT MAX(n.pos) FROM event n WHERE n.subject_type = 'case' AND n.subject_id = c.id \
                AND n.kind <> 'case.imported_step') WHERE c.id > $1 ORDER BY c.id LIMIT $2",
    },
    Teller {
        what: "state",
        fields: &["state"],
        may_be_silent: false,
        query: "SELECT w.id, w.number, w.state AS stored, e.body FROM work_order w LEFT JOIN event e ON e.pos = \
                (SELECT MAX(n.pos) FROM event n WHERE n.subject_type = 'work_order' AND n.subject_id = w.id) \
                WHERE w.id > $1 ORDER BY w.id LIMIT $2",
    },
    Teller {
        what: "state",
        fields: &["state"],
        may_be_silent: false,
        query: "SELECT v.id, v.number, v.state AS stored, e.body FROM visit v LEFT JOIN event e ON e.pos = \
                (SELECT MAX(n.pos) FROM event n WHERE n.subject_type = 'visit' AND n.subject_id = v.id) \
                WHERE v.id > $1 ORDER BY v.id LIMIT $2",
    },
    Teller {
        what: "state as a complaint",
        fields: &["state"],
        may_be_silent: false,
        // Complaints from before the register have no events of their own.
        query: "SELECT p.case_id AS id, c.number, CASE WHEN p.closed_at IS NOT NULL THEN 'closed' WHEN p.answered_at IS NOT NULL \
                THEN 'answered' WHEN p.acknowledged_at IS NOT NULL THEN 'acknowledged' ELSE 'received' END AS stored, e.body \
                FROM complaint p JOIN service_case c ON c.id = p.case_id JOIN event e ON e.pos = (SELECT MAX(n.pos) FROM event n \
                WHERE n.subject_type = 'complaint' AND n.subject_id = p.case_id) WHERE p.case_id > $1 ORDER BY p.case_id LIMIT $2",
    },
    Teller {
        what: "arrival",
        fields: &["arrived_at"],
        may_be_silent: false,
        query: "SELECT v.id, v.number, CAST(v.arrived_at AS TEXT) AS stored, e.body FROM visit v LEFT JOIN event e ON e.pos = \
                (SELECT MAX(n.pos) FROM event n WHERE n.subject_type = 'visit' AND n.subject_id = v.id \
                AND n.kind = 'visit.arrived') WHERE v.id > $1 AND v.arrived_at IS NOT NULL ORDER BY v.id LIMIT $2",
    },
    Teller {
        what: "customer's amount",
        fields: &["total_minor"],
        may_be_silent: false,
        query: "SELECT c.id, 'charge ' || c.id AS number, CAST(c.total_minor AS TEXT) AS stored, e.body FROM charge c \
                LEFT JOIN event e ON e.pos = (SELECT MAX(n.pos) FROM event n WHERE n.subject_type = 'charge' \
                AND n.subject_id = c.id) WHERE c.id > $1 ORDER BY c.id LIMIT $2",
    },
    Teller {
        what: "verdict",
        fields: &["verdict"],
        may_be_silent: false,
        query: "SELECT d.id, 'decision ' || d.id AS number, d.verdict AS stored, e.body FROM coverage_decision d \
                LEFT JOIN event e ON e.pos = (SELECT MAX(n.pos) FROM event n WHERE n.subject_type = 'coverage' \
                AND n.subject_id = d.id) WHERE d.id > $1 ORDER BY d.id LIMIT $2",
    },
];

fn told(row: &Row) -> Result<Told, DbError> {
    Ok(Told {
        id: row.get("id")?,
        number: row.get("number")?,
        stored: row.get("stored")?,
        body: row.get("body")?,
    })
}

/// A page of records with their newest events, by id.
pub(super) async fn told_after(
    tx: &mut Tx,
    teller: &Teller,
    after: &str,
    limit: i64,
) -> Result<Vec<Told>, DbError> {
    tx.rows(teller.query, params![after, limit]).await?.iter().map(told).collect()
}

/// Readers that stand behind the last event: events at the end of the chain were taken away.
pub(super) async fn readers_ahead(tx: &mut Tx) -> Result<Vec<String>, DbError> {
    let sql = "SELECT r.name || ' has read up to ' || CAST(r.seq AS TEXT) || ', the chain ends at ' || CAST(x.newest AS TEXT) \
               AS fault FROM event_reader r CROSS JOIN (SELECT COALESCE(MAX(seq), 0) AS newest FROM event) x \
               WHERE r.seq > x.newest";
    tx.rows(sql, &[]).await?.iter().map(|row| row.get("fault")).collect()
}
