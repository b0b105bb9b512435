//! The objective: a sum of whole numbers, each with its weight and its own line.

/// One term of the objective.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Term {
    /// Seconds on the road.
    Travel,
    /// Seconds late at major faults.
    LateMajor,
    /// Seconds late at normal faults.
    LateNormal,
    /// Seconds late at planned work.
    LatePlanned,
    /// Jobs left out.
    LeftOut,
    /// Pinned or promised jobs left out: the surcharge.
    BrokenPromise,
    /// Seconds of overtime.
    Overtime,
    /// Jobs without the person wished for.
    Preference,
    /// Published jobs moved to someone else or left out.
    PlanChange,
}

impl Term {
    /// All terms, in the order of the explanation.
    pub const ALL: [Self; 9] = [
        Self::Travel,
        Self::LateMajor,
        Self::LateNormal,
        Self::LatePlanned,
        Self::LeftOut,
        Self::BrokenPromise,
        Self::Overtime,
        Self::Preference,
        Self::PlanChange,
    ];

    /// Name for files and texts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Travel => "travel",
            Self::LateMajor => "late_major",
            Self::LateNormal => "late_normal",
            Self::LatePlanned => "late_planned",
            Self::LeftOut => "left_out",
            Self::BrokenPromise => "broken_promise",
            Self::Overtime => "overtime",
            Self::Preference => "preference",
            Self::PlanChange => "plan_change",
        }
    }
}

/// One line of the explanation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Seconds (travel, lateness, overtime) or jobs (the others).
    pub amount: i64,
    /// What they cost: amount × weight, summed where weights differ by job.
    pub cost: i64,
}

/// The objective of a plan, line by line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    lines: [Line; Term::ALL.len()],
}

impl Cost {
    /// Adds to one line.
    pub fn add(&mut self, term: Term, amount: i64, cost: i64) {
        let line = &mut self.lines[term as usize];
        line.amount += amount;
        line.cost += cost;
    }

    /// One line.
    #[must_use]
    pub fn line(&self, term: Term) -> Line {
        self.lines[term as usize]
    }

    /// All lines in order.
    pub fn lines(&self) -> impl Iterator<Item = (Term, Line)> {
        Term::ALL.into_iter().zip(self.lines)
    }

    /// The objective: the sum of all lines.
    #[must_use]
    pub fn total(&self) -> i64 {
        self.lines.iter().map(|l| l.cost).sum()
    }

    /// Line by line what `self` costs more than `other`.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        let mut diff = self.clone();
        for (line, theirs) in diff.lines.iter_mut().zip(other.lines) {
            line.amount -= theirs.amount;
            line.cost -= theirs.cost;
        }
        diff
    }
}
