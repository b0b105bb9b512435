//! Who is told of an alert, in which order, and why them (P11). Pure: who is on duty is passed in.

use std::collections::BTreeSet;

use kit::Ts;

use super::model::{Stage, Why};

/// Minutes without an acknowledgement after which the next is told, where no rota says another number.
pub(crate) const AFTER_MIN: i64 = 10;

/// Who could be told at a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Standby {
    /// Whether the unit, or one above it, has a rota at all.
    pub rota: bool,
    /// Who is called first.
    pub primary: Option<String>,
    /// Who stands behind.
    pub backup: Option<String>,
    /// Minutes until the next is told.
    pub after_min: Option<i64>,
    /// The managers of the unit, or of the nearest above it that has any.
    pub managers: Vec<String>,
}

/// Who is told now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Telling {
    /// As what.
    pub stage: Stage,
    /// Whom; nobody if there is nobody left.
    pub to: Vec<String>,
    /// Why them.
    pub why: Why,
    /// When the next is told, unless somebody acknowledges it.
    pub next_at: Option<Ts>,
}

/// Who is told of an alert next, given who was told of it before (`told`; empty for a new alert).
///
/// First who is on duty, then the backup, then the manager. Whoever relieves a person who was told hears of it as the first on duty.
/// Nobody is told twice; who is both primary and backup is followed by the manager.
#[must_use]
pub(crate) fn next(standby: &Standby, told: &BTreeSet<String>, now: Ts) -> Telling {
    let new = |person: &Option<String>| person.clone().filter(|p| !told.contains(p));
    let later = now.plus(standby.after_min.unwrap_or(AFTER_MIN) * Ts::MINUTE);
    if let Some(primary) = new(&standby.primary) {
        return Telling { stage: Stage::Primary, to: vec![primary], why: Why::OnDuty, next_at: Some(later) };
    }
    if let Some(backup) = new(&standby.backup) {
        let why = if standby.primary.is_none() { Why::NoPrimary } else { Why::Unanswered };
        return Telling { stage: Stage::Backup, to: vec![backup], why, next_at: Some(later) };
    }
    let why = match (told.is_empty(), standby.rota) {
        (false, _) => Why::Unanswered,
        (true, true) => Why::NobodyOnDuty,
        (true, false) => Why::NoRota,
    };
    let managers: Vec<String> = standby.managers.iter().filter(|m| !told.contains(*m)).cloned().collect();
    // After the manager nobody follows.
    let stage = if managers.is_empty() && !standby.managers.iter().any(|m| told.contains(m)) {
        Stage::Nobody
    } else {
        Stage::Manager
    };
    Telling { stage, to: managers, why, next_at: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Ts = Ts(1_000_000_000);

    fn at(minutes: i64) -> Option<Ts> {
        Some(NOW.plus(minutes * Ts::MINUTE))
    }

    fn standby(primary: Option<&str>, backup: Option<&str>, managers: &[&str]) -> Standby {
        Standby {
            rota: true,
            primary: primary.map(str::to_owned),
            backup: backup.map(str::to_owned),
            after_min: Some(15),
            managers: managers.iter().map(|m| (*m).to_owned()).collect(),
        }
    }

    fn told(people: &[&str]) -> BTreeSet<String> {
        people.iter().map(|p| (*p).to_owned()).collect()
    }

    fn step(standby: &Standby, before: &[&str]) -> (Stage, Vec<String>, Why, Option<Ts>) {
        let t = next(standby, &told(before), NOW);
        (t.stage, t.to, t.why, t.next_at)
    }

    fn people(names: &[&str]) -> Vec<String> {
        names.iter().map(|n| (*n).to_owned()).collect()
    }

    #[test]
    fn p11_the_primary_is_told_then_the_backup_then_the_manager() {
        let all = standby(Some("a"), Some("b"), &["m", "n"]);
        assert_eq!(step(&all, &[]), (Stage::Primary, people(&["a"]), Why::OnDuty, at(15)));
        assert_eq!(step(&all, &["a"]), (Stage::Backup, people(&["b"]), Why::Unanswered, at(15)));
        assert_eq!(
            step(&all, &["a", "b"]),
            (Stage::Manager, people(&["m", "n"]), Why::Unanswered, None),
            "all managers of the unit, and nobody after them"
        );
        assert_eq!(step(&all, &["a", "b", "m", "n"]), (Stage::Manager, vec![], Why::Unanswered, None));
    }

    #[test]
    fn p11_where_nobody_is_on_duty_the_manager_hears_it_with_the_words_why() {
        let empty = standby(None, None, &["m"]);
        assert_eq!(step(&empty, &[]), (Stage::Manager, people(&["m"]), Why::NobodyOnDuty, None));
        let none = Standby { rota: false, after_min: None, ..empty.clone() };
        assert_eq!(step(&none, &[]), (Stage::Manager, people(&["m"]), Why::NoRota, None));
        let alone = Standby { managers: vec![], ..none };
        assert_eq!(step(&alone, &[]), (Stage::Nobody, vec![], Why::NoRota, None));
        let only_backup = standby(None, Some("b"), &["m"]);
        assert_eq!(step(&only_backup, &[]), (Stage::Backup, people(&["b"]), Why::NoPrimary, at(15)));
        assert_eq!(step(&only_backup, &["b"]), (Stage::Manager, people(&["m"]), Why::Unanswered, None));
    }

    #[test]
    fn p11_nobody_is_told_twice_and_whoever_relieves_is_told_first() {
        let same = standby(Some("a"), Some("a"), &["m"]);
        assert_eq!(step(&same, &["a"]), (Stage::Manager, people(&["m"]), Why::Unanswered, None));
        let relieved = standby(Some("c"), Some("b"), &["m"]);
        assert_eq!(step(&relieved, &["a"]), (Stage::Primary, people(&["c"]), Why::OnDuty, at(15)));
        let manager_on_duty = standby(Some("m"), None, &["m"]);
        assert_eq!(step(&manager_on_duty, &[]), (Stage::Primary, people(&["m"]), Why::OnDuty, at(15)));
        assert_eq!(step(&manager_on_duty, &["m"]), (Stage::Manager, vec![], Why::Unanswered, None));
    }

    #[test]
    fn p11_without_a_number_in_the_rota_ten_minutes_pass() {
        let plain = Standby { after_min: None, ..standby(Some("a"), None, &[]) };
        assert_eq!(next(&plain, &told(&[]), NOW).next_at, at(10));
    }
}
