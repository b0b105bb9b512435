//! One row: its columns by meaning.

use jiff::Timestamp;

use crate::error::{LogError, RowFault, RowReason};
use crate::log::{Log, RowPlace, short, trimmed};
use crate::mapping::Mapping;
use crate::time::Times;

/// Where each field stands in the log.
#[derive(Clone, Debug)]
pub(crate) struct Fields {
    pub header: Vec<String>,
    pub used: Vec<bool>,
    pub key: usize,
    state: usize,
    updated_at: usize,
    counter: Option<usize>,
    opened_at: Option<usize>,
    resolved_at: Option<usize>,
    closed_at: Option<usize>,
    severity: Option<usize>,
    channel: Option<usize>,
    kind: Option<usize>,
    resolution: Option<usize>,
    customer: Option<usize>,
    site: Option<usize>,
    contact: Option<usize>,
    contact_phone: Option<usize>,
    contact_email: Option<usize>,
    symptom: Vec<usize>,
    symptom_class: Option<usize>,
    product: Option<usize>,
    owner: Vec<usize>,
    group: Option<usize>,
    reopened: Option<usize>,
    reassigned: Option<usize>,
    promise_kept: Option<usize>,
}

impl Fields {
    pub(crate) fn find(header: &[String], mapping: &Mapping) -> Result<Self, LogError> {
        let fault = |code, what: &str| LogError { line: 1, column: None, code, what: what.to_owned() };
        let at = |column: &str| {
            let mut places =
                header.iter().enumerate().filter(|(_, name)| *name == column.trim()).map(|(n, _)| n);
            match (places.next(), places.next()) {
                (None, _) => Err(fault("log_column_missing", column)),
                (Some(_), Some(_)) => Err(fault("log_column_twice", column)),
                (Some(n), None) => Ok(n),
            }
        };
        let maybe = |column: &Option<String>| column.as_deref().map(at).transpose();
        let several = |columns: &[String]| columns.iter().map(|c| at(c)).collect::<Result<Vec<_>, _>>();
        let c = &mapping.columns;
        let mut used = vec![false; header.len()];
        for (_, column) in c.named() {
            used[at(column)?] = true;
        }
        Ok(Self {
            header: header.to_vec(),
            used,
            key: at(&c.key)?,
            state: at(&c.state)?,
            updated_at: at(&c.updated_at)?,
            counter: maybe(&c.counter)?,
            opened_at: maybe(&c.opened_at)?,
            resolved_at: maybe(&c.resolved_at)?,
            closed_at: maybe(&c.closed_at)?,
            severity: maybe(&c.severity)?,
            channel: maybe(&c.channel)?,
            kind: maybe(&c.kind)?,
            resolution: maybe(&c.resolution)?,
            customer: maybe(&c.customer)?,
            site: maybe(&c.site)?,
            contact: maybe(&c.contact)?,
            contact_phone: maybe(&c.contact_phone)?,
            contact_email: maybe(&c.contact_email)?,
            symptom: several(&c.symptom)?,
            symptom_class: maybe(&c.symptom_class)?,
            product: maybe(&c.product)?,
            owner: several(&c.owner)?,
            group: maybe(&c.group)?,
            reopened: maybe(&c.reopened)?,
            reassigned: maybe(&c.reassigned)?,
            promise_kept: maybe(&c.promise_kept)?,
        })
    }
}

/// A row, read. Values are trimmed; what is not known is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub line: u64,
    pub digest: [u8; 16],
    pub at: Timestamp,
    pub counter: Option<u64>,
    pub state: Option<String>,
    pub opened_at: Option<Timestamp>,
    pub resolved_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    pub severity: Option<String>,
    pub channel: Option<String>,
    pub kind: Option<String>,
    pub resolution: Option<String>,
    pub customer: Option<String>,
    pub site: Option<String>,
    pub contact: Option<String>,
    pub contact_phone: Option<String>,
    pub contact_email: Option<String>,
    pub symptom: Option<String>,
    pub symptom_class: Option<String>,
    pub product: Option<String>,
    pub owner: Option<String>,
    pub group: Option<String>,
    pub reopened: Option<u64>,
    pub reassigned: Option<u64>,
    pub promise_kept: Option<String>,
    /// How many of its times occurred twice or never.
    pub unclear_times: u64,
}

struct Reading<'a> {
    record: &'a csv::ByteRecord,
    fields: &'a Fields,
    mapping: &'a Mapping,
    times: &'a Times,
    line: u64,
    unclear: u64,
}

impl Reading<'_> {
    fn text(&self, place: Option<usize>) -> Option<&str> {
        let value = trimmed(self.record.get(place?)?);
        (!self.mapping.unknown(value)).then_some(value)
    }

    fn owned(&self, place: Option<usize>) -> Option<String> {
        self.text(place).map(str::to_owned)
    }

    fn fault(&self, place: Option<usize>, value: &str, reason: RowReason) -> RowFault {
        let column = place.and_then(|n| self.fields.header.get(n)).cloned();
        RowFault { line: self.line, column, value: short(value), reason }
    }

    fn time(&mut self, place: Option<usize>) -> Result<Option<Timestamp>, RowFault> {
        let Some(text) = self.owned(place) else { return Ok(None) };
        let read = self.times.read(&text).map_err(|reason| self.fault(place, &text, reason))?;
        self.unclear += u64::from(read.unclear);
        Ok(Some(read.at))
    }

    fn number(&self, place: Option<usize>) -> Result<Option<u64>, RowFault> {
        let Some(text) = self.text(place) else { return Ok(None) };
        // Counters stay well within what the database counts with.
        let number = text.parse::<u32>().map_err(|_| self.fault(place, text, RowReason::NotANumber))?;
        Ok(Some(u64::from(number)))
    }
}

/// Reads a row again from its place in the text.
pub(crate) fn read(
    log: &Log<'_>,
    place: &RowPlace,
    mapping: &Mapping,
    times: &Times,
) -> Result<Row, RowFault> {
    let bytes = log.text.as_bytes().get(place.start..place.end).unwrap_or_default();
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(mapping.delimiter())
        .has_headers(false)
        .flexible(true)
        .from_reader(bytes);
    let mut record = csv::ByteRecord::new();
    let fields = &log.fields;
    let whole =
        matches!(reader.read_byte_record(&mut record), Ok(true)) && record.len() == fields.header.len();
    if !whole {
        return Err(RowFault {
            line: place.line,
            column: None,
            value: String::new(),
            reason: RowReason::ColumnCount,
        });
    }
    let mut r = Reading { record: &record, fields, mapping, times, line: place.line, unclear: 0 };
    let at = r
        .time(Some(fields.updated_at))?
        .ok_or_else(|| r.fault(Some(fields.updated_at), "", RowReason::TimeMissing))?;
    let opened_at = r.time(fields.opened_at)?;
    let resolved_at = r.time(fields.resolved_at)?;
    let closed_at = r.time(fields.closed_at)?;
    let symptom: Vec<&str> = fields.symptom.iter().filter_map(|n| r.text(Some(*n))).collect();
    Ok(Row {
        line: place.line,
        digest: place.digest,
        at,
        counter: r.number(fields.counter)?,
        state: r.owned(Some(fields.state)),
        opened_at,
        resolved_at,
        closed_at,
        severity: r.owned(fields.severity),
        channel: r.owned(fields.channel),
        kind: r.owned(fields.kind),
        resolution: r.owned(fields.resolution),
        customer: r.owned(fields.customer),
        site: r.owned(fields.site),
        contact: r.owned(fields.contact),
        contact_phone: r.owned(fields.contact_phone),
        contact_email: r.owned(fields.contact_email),
        symptom: (!symptom.is_empty()).then(|| symptom.join(" / ")),
        symptom_class: r.owned(fields.symptom_class),
        product: r.owned(fields.product),
        owner: fields.owner.iter().find_map(|n| r.owned(Some(*n))),
        group: r.owned(fields.group),
        reopened: r.number(fields.reopened)?,
        reassigned: r.number(fields.reassigned)?,
        promise_kept: r.owned(fields.promise_kept),
        unclear_times: r.unclear,
    })
}
