//! The templates of papers, as the system administrator sees them.

use axum::{Extension, Json};
use documents::{Press, TemplateState};
use http::HeaderMap;
use identity::{Permit, may};
use kit::Failure;
use kit::http::{Routes, lang_of};
use kit::routes;
use serde::Serialize;

/// The routes.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().routes(routes!(templates))
}

/// The templates in use.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
struct PaperTemplates {
    /// The folder in which the company's own templates are looked for.
    folder: String,
    /// One per paper.
    papers: Vec<PaperTemplate>,
}

/// What stands for a paper.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
struct PaperTemplate {
    /// `service-order`, `acceptance` or `labels`.
    paper: &'static str,
    /// The file of the company's own template.
    file_name: &'static str,
    /// Whether there is one; otherwise the built-in one is used.
    own: bool,
    /// Why the company's own can't be drawn with sample data: such papers are refused until it is mended. In English, as the typesetter says it.
    fault: Option<PaperFault>,
}

/// Where and why a template is broken.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
struct PaperFault {
    /// What is wrong.
    message: String,
    /// Line in the template, from 1, if it has a place there.
    line: Option<usize>,
    /// Column in that line, from 1.
    column: Option<usize>,
}

impl From<TemplateState> for PaperTemplate {
    fn from(state: TemplateState) -> Self {
        let fault = state.fault.map(|fault| PaperFault {
            message: fault.message,
            line: fault.line,
            column: fault.column,
        });
        Self { paper: state.paper.name(), file_name: state.paper.file_name(), own: state.own, fault }
    }
}

/// Which templates are used for papers; the company's own are tried with sample data.
#[utoipa::path(get, path = "/api/paper-templates", tag = "system", operation_id = "paper_templates",
    responses((status = 200, body = PaperTemplates), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("system.settings"))))]
async fn templates(
    Extension(press): Extension<Press>,
    _permit: Permit<may::ManageSystem>,
    headers: HeaderMap,
) -> Result<Json<PaperTemplates>, Failure> {
    let states = press.templates(lang_of(&headers)).await?;
    let folder = press.folder().display().to_string();
    Ok(Json(PaperTemplates { folder, papers: states.into_iter().map(Into::into).collect() }))
}
