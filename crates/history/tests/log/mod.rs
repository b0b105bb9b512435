//! A made-up log of the shape of an incident event log, from a seed, with everything known that an import must find in it.
//!
//! The expectations are worked out while a case is lived through, minute by minute, not by the code under test.

#![allow(dead_code)] // each test file takes what it needs

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{DateTime, datetime};
use jiff::{SignedDuration, Span};

/// The header of the log.
pub const HEADER: &str = "number,incident_state,active,reassignment_count,reopen_count,sys_mod_count,made_sla,caller_id,\
opened_by,opened_at,sys_created_by,sys_created_at,sys_updated_by,sys_updated_at,contact_type,location,category,subcategory,\
u_symptom,cmdb_ci,impact,urgency,priority,assignment_group,assigned_to,knowledge,u_priority_confirmation,notify,problem_id,\
rfc,vendor,caused_by,closed_code,resolved_by,resolved_at,closed_at";

/// Minutes promised to restore, by priority, as in the sample mapping.
pub const RESTORE_MIN: [(&str, i64); 4] =
    [("1 - Critical", 240), ("2 - High", 480), ("3 - Moderate", 5760), ("4 - Low", 5760)];

/// What to make.
#[derive(Clone, Copy, Debug)]
pub struct Recipe {
    /// The seed.
    pub seed: u64,
    /// Number of cases.
    pub cases: u32,
    /// One row in so many is repeated; 0 for none.
    pub repeat: u64,
    /// One pair of rows in so many is swapped; 0 for none.
    pub swap: u64,
    /// One case in so many gets a row that can't be read, of each kind in turn; 0 for none.
    pub spoil: u64,
    /// One case in so many passes through a state that no mapping knows; 0 for none.
    pub strange: u64,
}

impl Recipe {
    /// A dirty log.
    pub fn dirty(seed: u64, cases: u32) -> Self {
        Self { seed, cases, repeat: 17, swap: 13, spoil: 11, strange: 9 }
    }

    /// A clean one.
    pub fn clean(seed: u64, cases: u32) -> Self {
        Self { seed, cases, repeat: 0, swap: 0, spoil: 0, strange: 0 }
    }
}

/// What an import must find.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Truth {
    /// Rows without the header.
    pub rows: u64,
    /// Rows that repeat an earlier one.
    pub duplicates: u64,
    /// Rows that can't be read, by line: the reason and the column.
    pub refused: BTreeMap<u64, (&'static str, Option<&'static str>)>,
    /// Rows that stand behind one they belong before.
    pub put_in_order: u64,
    /// Cases.
    pub cases: u64,
    /// Cases by last state here.
    pub by_state: BTreeMap<String, u64>,
    /// Sum of the counters.
    pub reopened: u64,
    /// Sum of the counters.
    pub reassigned: u64,
    /// Rows in a state that isn't mapped.
    pub strange: u64,
    /// Customers, places, pairs of both.
    pub customers: BTreeSet<String>,
    /// Places.
    pub places: BTreeSet<String>,
    /// Pairs.
    pub sites: BTreeSet<(String, String)>,
    /// Owners.
    pub owners: BTreeSet<String>,
    /// Restore clocks by outcome: `met`, `missed`, `open`.
    pub restore: BTreeMap<&'static str, u64>,
    /// Respond clocks (15 minutes, round the clock) by outcome.
    pub respond: BTreeMap<&'static str, u64>,
    /// The log's word against the restore clocks: `[told kept][clocks kept]`.
    pub agreement: [[u64; 2]; 2],
}

impl Truth {
    /// Rows that become steps.
    pub fn used(&self) -> u64 {
        self.rows - self.duplicates - self.refused.len() as u64
    }
}

/// A log and what is in it.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The text.
    pub csv: String,
    /// What an import must find.
    pub truth: Truth,
}

/// Numbers from a seed.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// From a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn word(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 up to, not including, `below`.
    pub fn below(&mut self, below: u64) -> u64 {
        self.word() % below.max(1)
    }

    fn one_in(&mut self, n: u64) -> bool {
        n > 0 && self.below(n) == 0
    }
}

#[derive(Clone)]
struct Life {
    number: String,
    opened: DateTime,
    now: DateTime,
    state: &'static str,
    caller: String,
    place: String,
    priority: &'static str,
    group: u64,
    owner: Option<u64>,
    counter: u64,
    reopened: u64,
    reassigned: u64,
    resolved: Option<DateTime>,
    told_kept: bool,
    rows: Vec<Vec<String>>,
    // Worked out on the way.
    running: i64,
    is_running: bool,
    answered: bool,
    respond_min: i64,
    outcomes: Vec<&'static str>,
}

fn shown(at: DateTime) -> String {
    at.strftime("%d-%m-%Y %H:%M").to_string()
}

impl Life {
    fn pass(&mut self, minutes: i64) {
        self.now = self.now.checked_add(SignedDuration::from_mins(minutes)).unwrap();
        if self.is_running {
            self.running += minutes;
        }
        if !self.answered {
            self.respond_min += minutes;
        }
    }

    fn target(&self) -> i64 {
        RESTORE_MIN.iter().find(|(p, _)| *p == self.priority).map_or(7200, |(_, m)| *m)
    }

    fn enter(&mut self, state: &'static str) {
        let ended = matches!(self.state, "Resolved" | "Closed");
        match state {
            "New" => {}
            "Resolved" | "Closed" => {
                self.answered = true;
                if !ended {
                    self.outcomes.push(if self.running <= self.target() { "met" } else { "missed" });
                    self.is_running = false;
                    self.resolved = Some(self.now);
                }
            }
            _ => {
                self.answered = true;
                if ended {
                    self.reopened += 1;
                    self.running = 0;
                    self.resolved = None;
                }
                self.is_running = !state.starts_with("Awaiting");
            }
        }
        self.state = state;
        self.note();
    }

    fn note(&mut self) {
        let row = vec![
            self.number.clone(),
            self.state.to_owned(),
            if self.state == "Closed" { "FALSE" } else { "TRUE" }.to_owned(),
            self.reassigned.to_string(),
            self.reopened.to_string(),
            self.counter.to_string(),
            if self.told_kept { "TRUE" } else { "FALSE" }.to_owned(),
            self.caller.clone(),
            "Opened by  8".into(),
            shown(self.opened),
            "?".into(),
            "?".into(),
            format!("Updated by {}", self.counter * 7 + 1),
            shown(self.now),
            "Phone".into(),
            self.place.clone(),
            "Category 26".into(),
            "Subcategory 174".into(),
            "?".into(),
            "?".into(),
            "2 - Medium".into(),
            "2 - Medium".into(),
            self.priority.to_owned(),
            format!("Group {}", self.group),
            self.owner.map_or_else(|| "?".into(), |o| format!("Resolver {o}")),
            "TRUE".into(),
            "FALSE".into(),
            "Do Not Notify".into(),
            "?".into(),
            "?".into(),
            "?".into(),
            "?".into(),
            "code 6".into(),
            "?".into(),
            "?".into(),
            "?".into(),
        ];
        self.rows.push(row);
        self.counter += 1;
    }
}

const UPDATED_AT: usize = 13;
const RESOLVED_AT: usize = 34;
const CLOSED_AT: usize = 35;

fn live(dice: &mut Dice, n: u32, recipe: &Recipe, truth: &mut Truth) -> Life {
    let start = datetime(2016, 2, 29, 1, 0, 0, 0);
    let opened = start.checked_add(Span::new().minutes(i64::from(n) * 37)).unwrap();
    let priority = RESTORE_MIN[dice.below(4) as usize].0;
    let caller = format!("报修人 Caller {}", dice.below(40));
    let place = if dice.one_in(12) { "?".to_owned() } else { format!("地点 Location {}", dice.below(15)) };
    let mut life = Life {
        number: format!("INC{n:07}"),
        opened,
        now: opened,
        state: "",
        caller,
        place,
        priority,
        group: dice.below(9),
        owner: None,
        counter: 0,
        reopened: 0,
        reassigned: 0,
        resolved: None,
        told_kept: dice.below(3) > 0,
        rows: Vec::new(),
        running: 0,
        is_running: true,
        answered: false,
        respond_min: 0,
        outcomes: Vec::new(),
    };
    life.pass(dice.below(20) as i64);
    life.enter("New");
    for _ in 0..dice.below(4) {
        life.pass(1 + dice.below(400) as i64);
        match dice.below(4) {
            0 => {
                life.group = (life.group + 1) % 9;
                life.reassigned += 1;
                life.note();
            }
            1 => life.note(),
            2 => {
                life.owner = Some(dice.below(25));
                life.enter("Active");
            }
            _ => life.enter(if dice.one_in(2) { "Awaiting User Info" } else { "Awaiting Vendor" }),
        }
        // Whole minutes: two steps may share one.
        if dice.one_in(6) {
            life.note();
        }
    }
    if recipe.strange > 0 && dice.one_in(recipe.strange) {
        life.pass(5);
        // The sample's fallback: taken up, clocks run.
        life.enter("On Safari");
        truth.strange += 1;
    }
    if dice.below(10) > 0 {
        life.pass(1 + dice.below(9000) as i64);
        life.enter("Resolved");
        while dice.one_in(8) {
            life.pass(60 + dice.below(600) as i64);
            life.enter("Active");
            life.pass(1 + dice.below(500) as i64);
            life.enter("Resolved");
        }
        if dice.below(12) > 0 {
            life.pass(7200);
            life.enter("Closed");
        }
    }
    life
}

/// Makes a log.
pub fn generate(recipe: Recipe) -> Generated {
    let mut dice = Dice::new(recipe.seed);
    let mut truth = Truth::default();
    let mut rows: Vec<Spoilt> = Vec::new();
    for n in 1..=recipe.cases {
        let mut life = live(&mut dice, n, &recipe, &mut truth);
        count(&life, &mut truth);
        for row in &mut life.rows {
            row[RESOLVED_AT] = life.resolved.map_or_else(|| "?".into(), shown);
            row[CLOSED_AT] = if life.state == "Closed" { shown(life.now) } else { "?".into() };
        }
        // Two neighbours with different minutes change places.
        if recipe.swap > 0 && life.rows.len() > 2 && dice.one_in(recipe.swap) {
            let at = dice.below(life.rows.len() as u64 - 1) as usize;
            if life.rows[at][UPDATED_AT] != life.rows[at + 1][UPDATED_AT] {
                life.rows.swap(at, at + 1);
                truth.put_in_order += 1;
            }
        }
        for row in &life.rows {
            let line = row.join(",");
            rows.push((line.clone(), None));
            if dice.one_in(recipe.repeat) {
                rows.push((line, None));
                truth.duplicates += 1;
            }
        }
        if recipe.spoil > 0 && dice.one_in(recipe.spoil) {
            rows.push(spoiled(&mut dice, &life.rows[0]));
        }
    }
    let mut csv = HEADER.to_owned();
    csv.push('\n');
    for (n, (row, spoilt)) in rows.iter().enumerate() {
        csv.push_str(row);
        csv.push('\n');
        if let Some(reason) = spoilt {
            truth.refused.insert(n as u64 + 2, *reason);
        }
    }
    truth.rows = rows.len() as u64;
    Generated { csv, truth }
}

fn count(life: &Life, truth: &mut Truth) {
    truth.cases += 1;
    let state = match life.state {
        "New" => "new",
        "Awaiting User Info" => "waiting_customer",
        "Awaiting Vendor" => "waiting_parts",
        "Resolved" => "resolved",
        "Closed" => "closed",
        _ => "triaged",
    };
    *truth.by_state.entry(state.to_owned()).or_default() += 1;
    truth.reopened += life.reopened;
    truth.reassigned += life.reassigned;
    let place = if life.place == "?" { "未知地点 Unknown place".to_owned() } else { life.place.clone() };
    truth.customers.insert(life.caller.clone());
    truth.places.insert(place.clone());
    truth.sites.insert((life.caller.clone(), place));
    for row in life.rows.iter().filter(|r| r[24] != "?") {
        truth.owners.insert(row[24].clone());
    }
    for outcome in &life.outcomes {
        *truth.restore.entry(outcome).or_default() += 1;
    }
    let ended = matches!(life.state, "Resolved" | "Closed");
    if !ended {
        *truth.restore.entry("open").or_default() += 1;
    }
    let respond = if !life.answered {
        "open"
    } else if life.respond_min <= 15 {
        "met"
    } else {
        "missed"
    };
    *truth.respond.entry(respond).or_default() += 1;
    if ended {
        let kept = life.outcomes.iter().all(|o| *o == "met");
        truth.agreement[usize::from(!life.told_kept)][usize::from(!kept)] += 1;
    }
}

/// A row, and why it can't be read if it can't.
type Spoilt = (String, Option<(&'static str, Option<&'static str>)>);

fn spoiled(dice: &mut Dice, row: &[String]) -> Spoilt {
    let mut row = row.to_vec();
    let why = match dice.below(6) {
        0 => {
            row.truncate(20);
            ("column_count", None)
        }
        1 => {
            row[0] = "?".into();
            ("key_missing", Some("number"))
        }
        2 => {
            row[UPDATED_AT] = "31-02-2016 10:00".into();
            ("time_format", Some("sys_updated_at"))
        }
        3 => {
            row[UPDATED_AT] = "?".into();
            ("time_missing", Some("sys_updated_at"))
        }
        4 => {
            row[5] = format!("-{}", row[5]);
            ("not_a_number", Some("sys_mod_count"))
        }
        _ => {
            row[9] = "29-02-1916 01:16".into();
            ("time_outside", Some("opened_at"))
        }
    };
    (row.join(","), Some(why))
}
