//! "Is this person sent by you today?" (P66).

use kit::{Failure, Ts, Tx};
use organisation::EmployeeId;

use crate::model::{BadgePage, SentToday};
use crate::rules::whole_hours;
use crate::store;

/// The answer for a badge's code. One that never was, was revoked or is held is answered alike; of somebody who is not sent
/// today nothing is said but that.
///
/// # Errors
/// As the database says.
pub(crate) async fn page(tx: &mut Tx, code: &str, now: Ts) -> Result<BadgePage, Failure> {
    let mut page = BadgePage {
        known: false,
        sent: false,
        name: None,
        badge_number: None,
        photo: false,
        visits: Vec::new(),
        hotline: None,
    };
    let Some(badge) = store::badge(tx, code).await? else {
        page.hotline = store::hotline(tx, None).await?;
        return Ok(page);
    };
    let Ok(id) = badge.of.parse::<EmployeeId>() else { return Ok(page) };
    let person = organisation::employee(tx, id).await?;
    page.known = true;
    page.hotline = store::hotline(tx, Some(person.unit_id)).await?;
    let zone = organisation::zone_of(tx, person.unit_id).await?;
    let today = now.timestamp().to_zoned(zone.clone()).date();
    let begins =
        |day: jiff::civil::Date| day.to_zoned(zone.clone()).map_or(now, |zoned| Ts::from(zoned.timestamp()));
    let (from, to) = (begins(today), begins(today.tomorrow().unwrap_or(today)));
    let valid = person.active && person.badge_valid_until.is_none_or(|last| last >= today);
    let sent = if valid { visits::sent_between(tx, id, from, to).await? } else { Vec::new() };
    if sent.is_empty() {
        return Ok(page);
    }
    let divisions = organisation::divisions::china();
    page.sent = true;
    page.name = Some(person.name);
    page.badge_number = Some(person.badge_number);
    page.photo = person.photo_sha256.is_some();
    page.visits = sent
        .into_iter()
        .map(|visit| {
            let (from, to) = whole_hours(visit.window.start, visit.window.end);
            let district = visit.division_code.as_deref().map(|code| divisions.full_name(code));
            SentToday { district: district.filter(|d| !d.is_empty()), from, to, zone: visit.zone }
        })
        .collect();
    Ok(page)
}

/// The photo of somebody who is sent today; none for anybody else.
///
/// # Errors
/// As the database says.
pub(crate) async fn photo(tx: &mut Tx, code: &str, now: Ts) -> Result<Option<String>, Failure> {
    if !page(tx, code, now).await?.photo {
        return Ok(None);
    }
    let Some(badge) = store::badge(tx, code).await? else { return Ok(None) };
    let Ok(id) = badge.of.parse::<EmployeeId>() else { return Ok(None) };
    Ok(organisation::employee(tx, id).await?.photo_sha256)
}
