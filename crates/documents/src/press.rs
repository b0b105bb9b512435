//! Where papers are drawn: a few at a time, each for a limited time, with the company's own template where there is one.
//!
//! A template of the company that can't be drawn is refused with its line, never passed over in silence: what it adds may be
//! what the company has to say. Who needs the paper at once asks for the built-in one by name ([`Template`]).

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use kit::{Failure, Lang};
use tokio::sync::Semaphore;

use crate::answer::Template;
use crate::apart::draw_apart;
use crate::errors::DocumentError;
use crate::sample;
use crate::sheet::{Paper, Sheet};
use crate::world::{Fault, Printed};

/// Papers drawn at once: the rest of the machine belongs to the requests.
const PLACES: usize = 2;
/// Seconds one waits for a place.
const WAIT_S: u64 = 10;
/// Seconds a paper may take.
const DRAW_S: u64 = 10;
/// Bytes of a template at most.
const MAX_TEMPLATE: u64 = 512 * 1024;

/// The press of a node; cheap to clone.
#[derive(Clone, Debug)]
pub struct Press(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    folder: PathBuf,
    program: PathBuf,
    places: Semaphore,
}

/// What stands for a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateState {
    /// Which paper.
    pub paper: Paper,
    /// Whether the company has its own template.
    pub own: bool,
    /// Why that can't be used: such papers are refused until it is mended or taken away.
    pub fault: Option<Fault>,
}

/// How a drawing ended.
#[derive(Debug)]
pub(crate) enum Drawn {
    Well(Printed),
    Badly(Fault),
    Slowly,
}

impl Press {
    /// A press with the company's templates in `folder`, which need not be there. Each paper is drawn by a process of its own:
    /// `program`, whose verb `documents draw` calls [`draw_one`](crate::draw_one).
    #[must_use]
    pub fn new(folder: &Path, program: &Path) -> Self {
        let places = Semaphore::new(PLACES);
        Self(Arc::new(Inner { folder: folder.to_owned(), program: program.to_owned(), places }))
    }

    /// Where the company's templates stand.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.0.folder
    }

    /// Prints a sheet: with the company's own template if there is one and no other is asked for.
    ///
    /// # Errors
    /// `template_broken`, `paper_busy`, `paper_too_slow`, `paper_unprintable`.
    pub async fn print(&self, sheet: Sheet, template: Template) -> Result<Printed, Failure> {
        let paper = sheet.paper;
        let broken = |fault: Fault| {
            tracing::warn!(paper = paper.name(), %fault, "the company's template can't be drawn");
            DocumentError::TemplateBroken { file: paper.file_name().to_owned(), fault: fault.to_string() }
        };
        let own = match template {
            Template::InForce => self.own(paper).await.map_err(broken)?,
            Template::BuiltIn => None,
        };
        let Some(own) = own else {
            return match self.draw(sheet, paper.template()).await? {
                Drawn::Well(printed) => Ok(printed),
                Drawn::Slowly => Err(DocumentError::TooSlow { seconds: DRAW_S }.into()),
                Drawn::Badly(fault) => {
                    tracing::error!(paper = paper.name(), %fault, "the built-in template can't be drawn");
                    Err(DocumentError::Unprintable { fault: fault.to_string() }.into())
                }
            };
        };
        match self.draw(sheet, &own).await? {
            Drawn::Well(printed) => Ok(printed),
            Drawn::Badly(fault) => Err(broken(fault).into()),
            Drawn::Slowly => Err(broken(endless()).into()),
        }
    }

    /// Tries the company's templates with sample data.
    ///
    /// # Errors
    /// `paper_busy`.
    pub async fn templates(&self, lang: Lang) -> Result<Vec<TemplateState>, Failure> {
        let mut all = Vec::new();
        for paper in Paper::ALL {
            let (own, fault) = match self.own(paper).await {
                Ok(None) => (false, None),
                Err(fault) => (true, Some(fault)),
                Ok(Some(template)) => match self.draw(sample::sheet(paper, lang), &template).await? {
                    Drawn::Well(_) => (true, None),
                    Drawn::Badly(fault) => (true, Some(fault)),
                    Drawn::Slowly => (true, Some(endless())),
                },
            };
            all.push(TemplateState { paper, own, fault });
        }
        Ok(all)
    }

    // The company's own template, read anew each time: a changed file counts at once.
    async fn own(&self, paper: Paper) -> Result<Option<String>, Fault> {
        let path = self.0.folder.join(paper.file_name());
        let unreadable = |e: std::io::Error| Fault::whole(format!("it can't be read: {e}"));
        let meta = match tokio::fs::metadata(&path).await {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            other => other.map_err(unreadable)?,
        };
        if meta.len() > MAX_TEMPLATE {
            return Err(Fault::whole(format!("it has more than {MAX_TEMPLATE} bytes")));
        }
        tokio::fs::read_to_string(&path).await.map(Some).map_err(unreadable)
    }

    async fn draw(&self, sheet: Sheet, template: &str) -> Result<Drawn, Failure> {
        let limit = Duration::from_secs(DRAW_S);
        // Whoever stops waiting gives the place back and ends the drawing.
        let _place = tokio::time::timeout(Duration::from_secs(WAIT_S), self.0.places.acquire())
            .await
            .map_err(|_| DocumentError::Busy)?
            .map_err(anyhow::Error::from)?;
        Ok(draw_apart(&self.0.program, &sheet, template, limit).await?)
    }
}

fn endless() -> Fault {
    Fault::whole(format!("drawing it takes more than {DRAW_S} s"))
}
