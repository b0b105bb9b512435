//! Contacts. The number leaves this module only through [`channels`].

use kit::{DbError, Failure, Lang, Page, Paging, Reach, Row, Ts, Tx, Value, Where, params};
use serde::Deserialize;

use super::customers::page_start;
use super::{narrow_contacts, search};
use crate::keys::{Key, name_keys, number_keys};
use crate::model::{ContactChannels, ContactId, ContactView, CustomerId, SiteId};
use crate::phones::{E164, mask};
use crate::rules::mask_email;

const SELECT: &str = "SELECT k.id, k.customer_id, k.site_id, k.name, k.role, k.phone_masked, k.email, k.lang, k.changed_at, k.version \
     FROM contact k JOIN customer c ON c.id = k.customer_id";

/// Which contacts a list shows.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ContactFilter {
    /// Only this customer's.
    pub customer_id: Option<CustomerId>,
    /// Only of this site, and those of its customer that belong to no site.
    pub site_id: Option<SiteId>,
    /// Rows on the page, 1 to 200; 50 unless given.
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub after: Option<String>,
}

fn view(row: &Row) -> Result<ContactView, DbError> {
    Ok(ContactView {
        id: row.get("id")?,
        customer_id: row.get("customer_id")?,
        site_id: row.get("site_id")?,
        name: row.get("name")?,
        role: row.get("role")?,
        phone_masked: row.get("phone_masked")?,
        email_masked: row.get::<Option<String>>("email")?.map(|e| mask_email(&e)),
        lang: row.parse("lang")?,
        changed_at: row.get("changed_at")?,
        version: row.get("version")?,
    })
}

/// What a contact is stored as.
pub(crate) struct ContactRow {
    pub id: ContactId,
    pub customer_id: CustomerId,
    pub site_id: Option<SiteId>,
    pub name: String,
    pub role: String,
    pub phone: Option<E164>,
    pub email: Option<String>,
    pub lang: Lang,
    pub now: Ts,
    pub version: i64,
}

impl ContactRow {
    pub(crate) fn values(&self) -> Vec<Value> {
        let phone = self.phone.as_ref();
        vec![
            self.id.into(),
            self.customer_id.into(),
            self.site_id.into(),
            (&self.name).into(),
            (&self.role).into(),
            phone.map(|p| p.as_str().to_owned()).into(),
            phone.and_then(|p| p.extension().map(str::to_owned)).into(),
            phone.map(mask).into(),
            self.email.clone().into(),
            self.lang.tag().into(),
            self.now.into(),
            self.version.into(),
        ]
    }

    /// The columns of [`Self::all_values`].
    pub(crate) const COLUMNS: [&str; 14] = [
        "id",
        "customer_id",
        "site_id",
        "name",
        "role",
        "phone_e164",
        "phone_ext",
        "phone_masked",
        "email",
        "lang",
        "changed_at",
        "version",
        "created_at",
        "used_at",
    ];

    /// Every column of a new row.
    pub(crate) fn all_values(&self) -> Vec<Value> {
        let mut values = self.values();
        values.extend([self.now.into(), self.now.into()]);
        values
    }

    /// What it is found by.
    pub(crate) fn search_keys(&self) -> Vec<Key> {
        let mut keys = name_keys(&self.name);
        keys.extend(self.phone.iter().flat_map(number_keys));
        keys
    }

    async fn keys(&self, tx: &mut Tx, fresh: bool) -> Result<(), DbError> {
        let keys = self.search_keys();
        search::set_keys(tx, search::Record::Contact, &self.id.to_string(), &keys, fresh).await
    }
}

pub(crate) async fn insert(tx: &mut Tx, new: &ContactRow) -> Result<(), DbError> {
    tx.execute(
        "INSERT INTO contact (id, customer_id, site_id, name, role, phone_e164, phone_ext, phone_masked, email, lang, changed_at, version, \
         created_at, used_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $11, $11)",
        &new.values(),
    )
    .await?;
    new.keys(tx, true).await
}

pub(crate) async fn update(tx: &mut Tx, row: &ContactRow) -> Result<(), Failure> {
    let touched = tx.execute(
        "UPDATE contact SET customer_id = $2, site_id = $3, name = $4, role = $5, phone_e164 = $6, phone_ext = $7, phone_masked = $8, \
         email = $9, lang = $10, changed_at = $11, version = $12 WHERE id = $1 AND version = $12 - 1",
        &row.values(),
    )
    .await?;
    kit::http::still_seen(touched)?;
    Ok(row.keys(tx, false).await?)
}

/// Another contact of the customer with the same name and number.
pub(crate) async fn twin(
    tx: &mut Tx,
    customer: CustomerId,
    name: &str,
    phone: &E164,
) -> Result<Option<ContactId>, DbError> {
    let row = tx
        .row(
            "SELECT id FROM contact WHERE customer_id = $1 AND name = $2 AND phone_e164 = $3 AND COALESCE(phone_ext, '') = $4",
            params![customer, name, phone.as_str(), phone.extension().unwrap_or_default()],
        )
        .await?;
    row.map(|r| r.get("id")).transpose()
}

/// A contact within reach, masked.
///
/// # Errors
/// As the database says.
pub async fn get(tx: &mut Tx, reach: &Reach, id: ContactId) -> Result<Option<ContactView>, DbError> {
    let filter = one(reach, id);
    tx.row(&format!("{SELECT} {}", filter.sql()), filter.params()).await?.as_ref().map(view).transpose()
}

/// [`get`] will be asked soon.
pub fn ahead(tx: &mut Tx, reach: &Reach, id: ContactId) {
    let filter = one(reach, id);
    tx.ahead(format!("{SELECT} {}", filter.sql()), filter.params());
}

fn one(reach: &Reach, id: ContactId) -> Where {
    let mut filter = Where::new();
    filter.and("k.id = ?", [id.into()]);
    narrow_contacts(reach, &mut filter);
    filter
}

/// A page of contacts within reach, by name, masked.
///
/// # Errors
/// `cursor_invalid`; as the database says.
pub async fn list(
    tx: &mut Tx,
    reach: &Reach,
    filter: &ContactFilter,
) -> Result<Page<ContactView>, kit::Failure> {
    let paging = Paging { limit: filter.limit, after: filter.after.clone() };
    let mut narrow = Where::new();
    narrow_contacts(reach, &mut narrow);
    if let Some(customer) = filter.customer_id {
        narrow.and("k.customer_id = ?", [customer.into()]);
    }
    if let Some(site) = filter.site_id {
        narrow.and(
            "k.site_id = ? OR (k.site_id IS NULL AND k.customer_id = (SELECT z.customer_id FROM site z WHERE z.id = ?))",
            [site.into(), site.into()],
        );
    }
    page_start(&mut narrow, &paging, "k.name", "k.id")?;
    let limit = narrow.bind(paging.limit() + 1);
    let sql = format!("{SELECT} {} ORDER BY k.name, k.id LIMIT {limit}", narrow.sql());
    let rows = tx.rows(&sql, narrow.params()).await?.iter().map(view).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::from_rows(rows, paging.limit(), |k| vec![Value::from(&k.name), Value::from(k.id)]))
}

/// Number, address and language of a contact, for a program that sends something.
///
/// # Errors
/// As the database says.
pub async fn channels(tx: &mut Tx, id: ContactId) -> Result<Option<ContactChannels>, DbError> {
    let row = tx
        .row("SELECT name, phone_e164, phone_ext, email, lang FROM contact WHERE id = $1", params![id])
        .await?;
    let Some(row) = row else { return Ok(None) };
    let phone: Option<String> = row.get("phone_e164")?;
    let extension = row.get("phone_ext")?;
    Ok(Some(ContactChannels {
        name: row.get("name")?,
        phone: phone.map(|p| E164::stored(p, extension)),
        email: row.get("email")?,
        lang: row.parse("lang")?,
    }))
}

/// Counts a reveal of an account on a day and returns how many it has had, this one included.
pub(crate) async fn count_reveal(tx: &mut Tx, account_id: &str, day: &str) -> Result<i64, DbError> {
    tx.int(
        "INSERT INTO contact_reveal (account_id, day, used) VALUES ($1, $2, 1) \
         ON CONFLICT (account_id, day) DO UPDATE SET used = contact_reveal.used + 1 RETURNING used",
        params![account_id, day],
    )
    .await
}

/// Remembers that this contact reported something.
///
/// # Errors
/// As the database says.
pub async fn used(tx: &mut Tx, id: ContactId, now: Ts) -> Result<(), DbError> {
    tx.put("UPDATE contact SET used_at = $2 WHERE id = $1 AND used_at < $2", params![id, now]).await
}
