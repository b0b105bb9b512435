//! How strict sign-in is: the security administrator's settings, with defaults after ASVS 5.0 (6.2, 6.3, 7.3).
//!
//! Two sets of rules for passwords: those of ASVS, and those that graded protection (MLPS, GB/T 22239-2019 8.1.4.1) is audited by.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use kit::{Failure, Ts, Tx};
use serde::{Deserialize, Serialize};

use crate::errors::IdentityError;
use crate::may::Role;

/// The name of the setting.
pub(crate) const NAME: &str = "identity.security";

/// By which rules passwords are made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PasswordProfile {
    /// Long and not common; no kinds of characters, no forced change (ASVS 5.0 6.2, NIST SP 800-63B).
    #[default]
    Asvs,
    /// Beside that: three of four kinds of characters, another one every 90 days, none of the last five again.
    Mlps,
}

/// Limits of passwords, failures and sessions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SecuritySettings {
    /// By which rules passwords are made.
    pub password_profile: PasswordProfile,
    /// Characters of a password at least, 8 to 64.
    #[schema(minimum = 8, maximum = 64)]
    pub password_min: i64,
    /// Failures after which a login is locked, 3 to 20.
    #[schema(minimum = 3, maximum = 20)]
    pub login_failures: i64,
    /// Failures after which an address is locked, 10 to 10000.
    #[schema(minimum = 10, maximum = 10000)]
    pub address_failures: i64,
    /// Minutes a lock lasts, 5 to 1440; failures older than that are forgotten.
    #[schema(minimum = 5, maximum = 1440)]
    pub lock_minutes: i64,
    /// Minutes a session at a desk may rest, 10 to 1440.
    #[schema(minimum = 10, maximum = 1440)]
    pub desk_idle_minutes: i64,
    /// Hours a session at a desk lasts at most, 1 to 720.
    #[schema(minimum = 1, maximum = 720)]
    pub desk_session_hours: i64,
    /// Days an engineer's session lasts and may rest at most, 1 to 90: phones stay offline for days.
    #[schema(minimum = 1, maximum = 90)]
    pub field_session_days: i64,
    /// Days after which an account that nobody uses is closed, 30 to 365.
    #[schema(minimum = 30, maximum = 365)]
    pub unused_days: i64,
    /// Who has to sign in with a second factor: staff and administrators.
    pub second_factor_roles: Vec<Role>,
    /// Days in which they may set it up, from the day on which their role was put on that list, 0 to 30.
    #[schema(minimum = 0, maximum = 30)]
    pub second_factor_grace_days: i64,
}

impl Default for SecuritySettings {
    fn default() -> Self {
        Self {
            password_profile: PasswordProfile::Asvs,
            password_min: 8,
            login_failures: 5,
            address_failures: 100,
            lock_minutes: 15,
            desk_idle_minutes: 12 * 60,
            desk_session_hours: 14 * 24,
            field_session_days: 30,
            unused_days: 90,
            // They give rights, settings and proof; nobody else's password opens as much (MLPS, ASVS 6.3.3).
            second_factor_roles: vec![Role::SystemAdmin, Role::SecurityAdmin, Role::AuditAdmin],
            second_factor_grace_days: 7,
        }
    }
}

impl SecuritySettings {
    /// Refuses a value outside of its range, naming the field.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        let ranges = [
            ("/password_min", self.password_min, 8, 64),
            ("/login_failures", self.login_failures, 3, 20),
            ("/address_failures", self.address_failures, 10, 10_000),
            ("/lock_minutes", self.lock_minutes, 5, 1440),
            ("/desk_idle_minutes", self.desk_idle_minutes, 10, 1440),
            ("/desk_session_hours", self.desk_session_hours, 1, 720),
            ("/field_session_days", self.field_session_days, 1, 90),
            ("/unused_days", self.unused_days, 30, 365),
            ("/second_factor_grace_days", self.second_factor_grace_days, 0, 30),
        ];
        for (pointer, value, min, max) in ranges {
            if !(min..=max).contains(&value) {
                let refusal = IdentityError::SettingRange { min, max }.refusal();
                return Err(refusal.field(pointer, "security_setting_range").into());
            }
        }
        let outside = |role: &Role| matches!(role, Role::CustomerContact | Role::TelephoneSystem);
        if self.second_factor_roles.iter().any(outside) {
            return Err(IdentityError::FactorRole.into());
        }
        Ok(())
    }

    /// How long a lock lasts, µs.
    pub(crate) fn lock_us(&self) -> i64 {
        self.lock_minutes * Ts::MINUTE
    }

    /// How long a session of somebody with these roles may rest and last, µs. Whoever holds a role beside that of an
    /// engineer has a desk's limits.
    pub(crate) fn session_us(&self, roles: &[Role]) -> (i64, i64) {
        if roles.iter().all(|r| *r == Role::Engineer) {
            let days = self.field_session_days * Ts::DAY;
            (days, days)
        } else {
            (self.desk_idle_minutes * Ts::MINUTE, self.desk_session_hours * Ts::HOUR)
        }
    }
}

/// The settings with their version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct SecuritySettingsView {
    /// As they stand.
    #[serde(flatten)]
    pub settings: SecuritySettings,
    /// Version, for `If-Match`.
    pub version: i64,
}

/// The settings as somebody reads them to change them.
///
/// # Errors
/// As the database says.
pub(crate) async fn security_view(tx: &mut Tx) -> Result<SecuritySettingsView, Failure> {
    Ok(SecuritySettingsView {
        settings: security(tx).await?,
        version: kit::settings::version(tx, NAME).await?,
    })
}

/// The settings in force.
///
/// # Errors
/// As the database says.
pub async fn security(tx: &mut Tx) -> Result<SecuritySettings, Failure> {
    let kept: Option<serde_json::Value> = kit::settings::get(tx, NAME).await?;
    let said = kept.as_ref().is_some_and(|kept| kept.get("second_factor_roles").is_some());
    let mut settings = completed(kept)?;
    // Everybody signs in as everybody in a demo: whoever set a factor up first would have it alone.
    if !said && demo(tx).await? {
        settings.second_factor_roles.clear();
    }
    Ok(settings)
}

/// The name of the setting that says since when a role asks for a second factor.
const REQUIRED_SINCE: &str = "identity.second_factor_since";

/// From when on each role that asks for a second factor lets nobody work without.
///
/// # Errors
/// As the database says.
pub(crate) async fn enrol_from(tx: &mut Tx, settings: &SecuritySettings) -> Result<Vec<(Role, Ts)>, Failure> {
    if settings.second_factor_roles.is_empty() {
        return Ok(Vec::new());
    }
    let since: BTreeMap<String, Ts> = kit::settings::get(tx, REQUIRED_SINCE).await?.unwrap_or_default();
    let grace_us = settings.second_factor_grace_days * Ts::DAY;
    // The start of a node and each change of the settings note it; until then no day has begun.
    let from = |role: &Role| since.get(role.name()).map(|at| (*role, at.plus(grace_us)));
    Ok(settings.second_factor_roles.iter().filter_map(from).collect())
}

/// Notes since when each role asks for a second factor: a role that stays on the list keeps its day. Whether there was
/// anything to note.
///
/// # Errors
/// As the database says.
pub(crate) async fn note_required(
    tx: &mut Tx,
    settings: &SecuritySettings,
    now: Ts,
) -> Result<bool, Failure> {
    let before: Option<BTreeMap<String, Ts>> = kit::settings::get(tx, REQUIRED_SINCE).await?;
    let before = before.unwrap_or_default();
    let since = |role: &Role| (role.name().to_owned(), before.get(role.name()).copied().unwrap_or(now));
    let since: BTreeMap<String, Ts> = settings.second_factor_roles.iter().map(since).collect();
    if since == before {
        return Ok(false);
    }
    kit::settings::set(tx, REQUIRED_SINCE, &since, now).await?;
    Ok(true)
}

/// Holds everybody's standing sessions to what the settings ask.
///
/// # Errors
/// As the database says.
pub(crate) async fn limit_sessions(tx: &mut Tx, settings: &SecuritySettings) -> Result<(), Failure> {
    let from = enrol_from(tx, settings).await?;
    let from: Vec<_> = from.iter().map(|(role, at)| (role.name(), *at)).collect();
    Ok(crate::store::factors::limit_everybodys(tx, &from).await?)
}

// What was kept before a setting existed has its default.
fn completed(kept: Option<serde_json::Value>) -> serde_json::Result<SecuritySettings> {
    let mut all = serde_json::to_value(SecuritySettings::default())?;
    if let (Some(all), Some(serde_json::Value::Object(kept))) = (all.as_object_mut(), kept) {
        all.extend(kept);
    }
    serde_json::from_value(all)
}

/// Who runs the system, in the setting `company`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Company {
    /// The company's name, as on service orders.
    pub name: String,
}

/// The company, once set up.
///
/// # Errors
/// As the database says.
pub async fn company(tx: &mut Tx) -> Result<Option<Company>, Failure> {
    kit::settings::get(tx, "company").await
}

/// The zone until the system is set up: China's.
const FIRST_ZONE: &str = "Asia/Shanghai";

/// The IANA zone of the whole system (setting `zone`), by whose days numbers, agreements, prices, reports and limits count: the
/// one door to it.
///
/// # Errors
/// As the database says.
pub async fn zone(tx: &mut Tx) -> Result<String, Failure> {
    Ok(kit::settings::get(tx, "zone").await?.unwrap_or_else(|| FIRST_ZONE.to_owned()))
}

/// [`zone`] or [`time_zone`] will be asked soon ([`Tx::ahead`]).
pub fn zone_ahead(tx: &mut Tx) {
    kit::settings::get_ahead(tx, "zone");
}

/// The same, to reckon with.
///
/// # Errors
/// As the database says.
pub async fn time_zone(tx: &mut Tx) -> Result<TimeZone, Failure> {
    Ok(TimeZone::get(&zone(tx).await?).unwrap_or(TimeZone::UTC))
}

/// Whether demo data stands here (setting `demo`, set by whoever loads it).
///
/// # Errors
/// As the database says.
pub async fn demo(tx: &mut Tx) -> Result<bool, Failure> {
    Ok(kit::settings::get(tx, "demo").await?.unwrap_or(false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_lie_in_their_ranges_and_a_value_outside_names_its_field() {
        SecuritySettings::default().check().unwrap();
        let weak = SecuritySettings { password_min: 7, ..SecuritySettings::default() };
        let refused = weak.check().unwrap_err().to_string();
        assert!(refused.contains("/password_min:security_setting_range"), "{refused}");
    }

    #[test]
    fn settings_kept_by_an_earlier_version_are_completed() {
        let kept = serde_json::json!({ "password_min": 12, "login_failures": 4 });
        let settings = completed(Some(kept)).unwrap();
        assert_eq!((settings.password_min, settings.login_failures), (12, 4));
        assert_eq!((settings.password_profile, settings.unused_days), (PasswordProfile::Asvs, 90));
        assert_eq!(completed(None).unwrap(), SecuritySettings::default());
    }

    #[test]
    fn only_a_pure_engineer_has_the_long_session() {
        let settings = SecuritySettings::default();
        assert_eq!(settings.session_us(&[Role::Engineer]), (30 * Ts::DAY, 30 * Ts::DAY));
        let desk = (12 * Ts::HOUR, 14 * Ts::DAY);
        assert_eq!(settings.session_us(&[Role::Engineer, Role::SystemAdmin]), desk);
        assert_eq!(settings.session_us(&[Role::CustomerContact]), desk);
    }
}
