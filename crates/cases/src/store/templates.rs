//! Templates of notes.

use kit::{Both, DbError, Failure, Row, Ts, Tx, Where, params};

use crate::templates::{NoteTemplateId, NoteTemplateInput, NoteTemplateView};

const SELECT: &str = "SELECT t.id, t.name_zh, t.name_en, t.text_zh, t.text_en, t.active, t.ordinal, t.changed_at, t.version \
                      FROM note_template t";

fn view(row: &Row) -> Result<NoteTemplateView, DbError> {
    Ok(NoteTemplateView {
        id: row.get("id")?,
        name: Both::new(row.get::<String>("name_zh")?, row.get::<String>("name_en")?),
        text: Both::new(row.get::<String>("text_zh")?, row.get::<String>("text_en")?),
        ordinal: row.get("ordinal")?,
        active: row.get("active")?,
        changed_at: row.get("changed_at")?,
        version: row.get("version")?,
    })
}

/// The templates in their order: those that can be chosen, or all.
pub(crate) async fn list(tx: &mut Tx, only_active: bool) -> Result<Vec<NoteTemplateView>, DbError> {
    let mut filter = Where::new();
    if only_active {
        filter.and("t.active = ?", [true.into()]);
    }
    let sql = format!("{SELECT} {} ORDER BY t.ordinal, t.id LIMIT 2000", filter.sql());
    tx.rows(&sql, filter.params()).await?.iter().map(view).collect()
}

/// One template.
pub(crate) async fn get(tx: &mut Tx, id: NoteTemplateId) -> Result<Option<NoteTemplateView>, DbError> {
    let sql = format!("{SELECT} WHERE t.id = $1");
    tx.row(&sql, params![id]).await?.as_ref().map(view).transpose()
}

/// Adds a template.
pub(crate) async fn insert(
    tx: &mut Tx,
    id: NoteTemplateId,
    new: &NoteTemplateInput,
    now: Ts,
) -> Result<(), DbError> {
    tx.execute(
        "INSERT INTO note_template (id, name_zh, name_en, text_zh, text_en, active, ordinal, changed_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![
            id,
            &new.name.zh_cn,
            &new.name.en,
            &new.text.zh_cn,
            &new.text.en,
            new.active,
            new.ordinal,
            now
        ],
    )
    .await?;
    Ok(())
}

/// Changes a template.
pub(crate) async fn update(
    tx: &mut Tx,
    stands: &NoteTemplateView,
    new: &NoteTemplateInput,
    now: Ts,
) -> Result<(), Failure> {
    let touched = tx
        .execute(
            "UPDATE note_template SET name_zh = $2, name_en = $3, text_zh = $4, text_en = $5, active = $6, ordinal = $7, \
             changed_at = $8, version = version + 1 WHERE id = $1 AND version = $9",
            params![
                stands.id,
                &new.name.zh_cn,
                &new.name.en,
                &new.text.zh_cn,
                &new.text.en,
                new.active,
                new.ordinal,
                now,
                stands.version
            ],
        )
        .await?;
    Ok(kit::http::still_seen(touched)?)
}
