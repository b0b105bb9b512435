//! The report in lines: a text's key and its values; whoever prints it has the texts.

use crate::report::Report;

/// One line: `history.<key>` of the catalogue with its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The key.
    pub key: String,
    /// The values.
    pub values: Vec<(&'static str, String)>,
}

/// How many entries of a list are shown in words; the JSON has them all.
const SHOWN: usize = 10;

fn line(key: impl Into<String>, values: &[(&'static str, &dyn ToString)]) -> Line {
    Line { key: key.into(), values: values.iter().map(|(n, v)| (*n, v.to_string())).collect() }
}

fn some<T>(list: &[T], show: impl Fn(&T) -> String) -> String {
    let mut shown: Vec<String> = list.iter().take(SHOWN).map(show).collect();
    if list.len() > SHOWN {
        shown.push(format!("… (+{})", list.len() - SHOWN));
    }
    shown.join(", ")
}

impl Report {
    /// The report for a person.
    #[must_use]
    pub fn lines(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        lines.push(line(if self.dry_run { "title_dry" } else { "title" }, &[("source", &self.source)]));
        self.rows(&mut lines);
        self.cases(&mut lines);
        self.clocks(&mut lines);
        self.unmapped(&mut lines);
        if let Some(w) = &self.written {
            lines.push(line(
                "written",
                &[
                    ("customers", &w.new_customers),
                    ("sites", &w.new_sites),
                    ("contacts", &w.new_contacts),
                    ("owners", &w.new_owners),
                    ("cases", &w.cases),
                    ("steps", &w.steps),
                ],
            ));
        }
        for one in self.balance.iter().filter(|b| b.file != b.here) {
            lines.push(line("differs", &[("what", &one.what), ("file", &one.file), ("here", &one.here)]));
        }
        let key = if self.balanced() { "balanced" } else { "unbalanced" };
        lines.push(line(key, &[("count", &self.balance.len())]));
        lines
    }

    // One line per field and fallback, its most frequent values first.
    fn unmapped(&self, lines: &mut Vec<Line>) {
        for group in self.unmapped.chunk_by(|a, b| a.field == b.field && a.fallback == b.fallback) {
            let Some(first) = group.first() else { continue };
            let fallback = if first.fallback.is_empty() { "—" } else { &first.fallback };
            let values = some(group, |one| format!("{} ×{}", one.value, one.count));
            lines.push(line(
                format!("unmapped.{}", first.field),
                &[("count", &group.len()), ("values", &values), ("fallback", &fallback)],
            ));
        }
    }

    fn rows(&self, lines: &mut Vec<Line>) {
        let r = &self.rows;
        lines.push(line(
            "rows",
            &[
                ("read", &r.read),
                ("used", &r.used),
                ("already_here", &r.already_here),
                ("left", &r.left),
                ("duplicates", &r.duplicates),
                ("refused", &r.refused),
            ],
        ));
        let pair = |p: &(u64, u64)| format!("{}/{}", p.0, p.1);
        let number = |n: &u64| n.to_string();
        for (key, count, shown) in [
            ("put_in_order", r.put_in_order, some(&self.lists.put_in_order, number)),
            ("contradictions", r.contradictions, some(&self.lists.contradictions, pair)),
            ("held_back", r.held_back, some(&self.lists.held_back, number)),
            ("before_report", r.before_report, some(&self.lists.before_report, number)),
        ] {
            if count > 0 {
                lines.push(line(key, &[("count", &count), ("lines", &shown)]));
            }
        }
        if self.times.unclear > 0 {
            lines.push(line("unclear_times", &[("count", &self.times.unclear)]));
        }
        for fault in self.lists.refused.iter().take(SHOWN) {
            let column = fault.column.as_deref().unwrap_or("—");
            let key = format!("refused.{}", fault.reason.name());
            lines.push(line(key, &[("line", &fault.line), ("column", &column), ("value", &fault.value)]));
        }
        if self.lists.refused.len() > SHOWN {
            lines.push(line("refused_more", &[("count", &(self.lists.refused.len() - SHOWN))]));
        }
        if !self.lists.unused_columns.is_empty() {
            let names = self.lists.unused_columns.join(", ");
            lines.push(line("unused_columns", &[("names", &names)]));
        }
    }

    fn cases(&self, lines: &mut Vec<Line>) {
        let c = &self.cases;
        lines.push(line(
            "cases",
            &[("read", &c.read), ("new", &c.new), ("already_here", &c.already_here), ("refused", &c.refused)],
        ));
        if c.with_new_rows > 0 {
            let keys = some(&self.lists.with_new_rows, Clone::clone);
            lines.push(line("with_new_rows", &[("count", &c.with_new_rows), ("keys", &keys)]));
        }
        let states: Vec<String> = self.file.by_source_state.iter().map(|(s, n)| format!("{s} {n}")).collect();
        lines.push(line("states", &[("states", &states.join(", "))]));
        let f = &self.file;
        lines.push(line("reopened", &[("counter", &f.reopened), ("states", &f.reopened_by_states)]));
        if !self.lists.reopened_differs.is_empty() {
            let keys = some(&self.lists.reopened_differs, Clone::clone);
            lines.push(line("reopened_differs", &[("keys", &keys)]));
        }
        lines.push(line(
            "reassigned",
            &[("counter", &f.reassigned), ("groups", &f.group_changes), ("owners", &f.owner_changes)],
        ));
        lines.push(line(
            "distinct",
            &[
                ("customers", &f.customers),
                ("places", &f.places),
                ("sites", &f.sites),
                ("owners", &f.owners),
                ("groups", &f.groups),
            ],
        ));
        if self.times.resolved_differs > 0 {
            lines.push(line("resolved_differs", &[("count", &self.times.resolved_differs)]));
        }
    }

    fn clocks(&self, lines: &mut Vec<Line>) {
        for (promise, c) in &self.clocks {
            lines.push(line(
                format!("clocks.{}", promise.name()),
                &[
                    ("clocks", &c.clocks),
                    ("met", &c.met),
                    ("missed", &c.missed),
                    ("cancelled", &c.cancelled),
                    ("open", &c.open),
                ],
            ));
            if c.not_possible > 0 {
                lines.push(line("clocks_not_possible", &[("count", &c.not_possible)]));
            }
        }
        for (promise, a) in &self.agreement {
            let told = a.kept_kept + a.kept_missed + a.missed_kept + a.missed_missed;
            if told == 0 {
                continue;
            }
            lines.push(line(
                format!("agreement.{}", promise.name()),
                &[
                    ("same", &(a.kept_kept + a.missed_missed)),
                    ("told", &told),
                    ("kept_kept", &a.kept_kept),
                    ("kept_missed", &a.kept_missed),
                    ("missed_kept", &a.missed_kept),
                    ("missed_missed", &a.missed_missed),
                ],
            ));
        }
    }
}
