//! What a system keeps and for how long, and how it comes back from an archive.

pub mod purge;
pub mod restore;

use kit::{Failure, Ts, Tx};
use serde::{Deserialize, Serialize};

use crate::http::system::SystemError;

/// The name of the setting.
const SETTING: &str = "keeping";
/// When the last backup was made, for `/metrics`.
const LAST_BACKUP: &str = "last_backup";

/// How long what nobody needs for ever is kept. Events are never removed, nor the records they are about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KeepingSettings {
    /// Days a job that is done stays on the list, 1 to 3650.
    #[schema(minimum = 1, maximum = 3650)]
    pub done_jobs_days: i64,
    /// Days a job that was given up stays on the list, 30 to 3650.
    #[schema(minimum = 30, maximum = 3650)]
    pub failed_jobs_days: i64,
    /// Days the content of a message is kept, 7 to 3650; who was told when stays.
    #[schema(minimum = 7, maximum = 3650)]
    pub messages_days: i64,
    /// Days an upload that was broken off can be resumed, 1 to 90.
    #[schema(minimum = 1, maximum = 90)]
    pub uploads_days: i64,
    /// Days that engineers' ways to visits are kept, 1 to 90.
    #[serde(default = "usual_positions_days")]
    #[schema(minimum = 1, maximum = 90)]
    pub positions_days: i64,
}

// A trail of places is sensitive data (PIPL 28): the shortest period of all.
const fn usual_positions_days() -> i64 {
    30
}

impl Default for KeepingSettings {
    fn default() -> Self {
        Self {
            done_jobs_days: 30,
            failed_jobs_days: 180,
            messages_days: 180,
            uploads_days: 7,
            positions_days: usual_positions_days(),
        }
    }
}

impl KeepingSettings {
    /// Refuses a value outside of its range, naming the field.
    ///
    /// # Errors
    /// `keeping_setting_range`.
    pub fn check(&self) -> Result<(), Failure> {
        let ranges = [
            ("/done_jobs_days", self.done_jobs_days, 1, 3650),
            ("/failed_jobs_days", self.failed_jobs_days, 30, 3650),
            ("/messages_days", self.messages_days, 7, 3650),
            ("/uploads_days", self.uploads_days, 1, 90),
            ("/positions_days", self.positions_days, 1, 90),
        ];
        for (pointer, value, min, max) in ranges {
            if !(min..=max).contains(&value) {
                let refusal = SystemError::KeepingRange { min, max }.refusal();
                return Err(refusal.field(pointer, "keeping_setting_range").into());
            }
        }
        Ok(())
    }
}

/// The settings in force.
///
/// # Errors
/// As the database says.
pub async fn settings(tx: &mut Tx) -> Result<KeepingSettings, Failure> {
    Ok(kit::settings::get(tx, SETTING).await?.unwrap_or_default())
}

/// The settings with their version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct KeepingSettingsView {
    /// As they stand.
    #[serde(flatten)]
    pub settings: KeepingSettings,
    /// Version, for `If-Match`.
    pub version: i64,
}

/// The settings as somebody reads them to change them.
///
/// # Errors
/// As the database says.
pub async fn view(tx: &mut Tx) -> Result<KeepingSettingsView, Failure> {
    Ok(KeepingSettingsView {
        settings: settings(tx).await?,
        version: kit::settings::version(tx, SETTING).await?,
    })
}

/// Sets them; `seen` is `If-Match`.
///
/// # Errors
/// `version_changed`, `keeping_setting_range`; as the database says.
pub async fn set(tx: &mut Tx, seen: i64, settings: &KeepingSettings, now: Ts) -> Result<(), Failure> {
    kit::settings::hold(tx, SETTING).await?;
    let stands = view(tx).await?;
    kit::http::same_version(seen, stands.version, &stands)?;
    settings.check()?;
    kit::settings::change(tx, SETTING, settings, stands.version, now).await
}

/// When the last backup was made, if ever.
///
/// # Errors
/// As the database says.
pub async fn last_backup(tx: &mut Tx) -> Result<Option<Ts>, Failure> {
    kit::settings::get(tx, LAST_BACKUP).await
}

/// Notes that a backup was made: whoever has it has everything, so it is an event.
///
/// # Errors
/// As the database says.
pub async fn backed_up(app: &kit::App, manifest: &kit::archive::Manifest) -> Result<(), Failure> {
    let (made_at, body) = (manifest.made_at, told(manifest));
    app.act(kit::Actor::system("terminal"), move |tx, cx| {
        Box::pin(async move {
            kit::settings::set(tx, LAST_BACKUP, &made_at, cx.now).await?;
            let event = kit::Event::new("system.backed_up", "system", "system")
                .audience(kit::Audience::Audit)
                .body(&body);
            Ok(kit::events::append(tx, cx, event).await?)
        })
    })
    .await
}

fn told(manifest: &kit::archive::Manifest) -> serde_json::Value {
    serde_json::json!({
        "made_at": manifest.made_at,
        "schema_step": manifest.schema_step,
        "rows": manifest.tables.values().map(|t| t.rows).sum::<i64>(),
        "files": manifest.files.len(),
    })
}
