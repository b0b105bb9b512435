//! Where papers are drawn: on threads that may block, a few at a time, each for a limited time, with the company's own template
//! where there is one.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use kit::{Failure, Lang};
use tokio::sync::Semaphore;

use crate::errors::DocumentError;
use crate::sheet::{Paper, Sheet};
use crate::world::{Fault, Printed, draw};

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
    places: Arc<Semaphore>,
    // Templates that took too long, by what they say: their threads still run, so they aren't tried again until they change.
    endless: Mutex<BTreeMap<Paper, String>>,
}

/// What stands for a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateState {
    /// Which paper.
    pub paper: Paper,
    /// Whether the company has its own template.
    pub own: bool,
    /// Why that can't be used; the built-in one is used then.
    pub fault: Option<Fault>,
}

enum Drawn {
    Well(Printed),
    Badly(Fault),
    Slowly,
}

impl Press {
    /// A press with the company's templates in `folder`, which need not be there.
    #[must_use]
    pub fn new(folder: &Path) -> Self {
        Self(Arc::new(Inner {
            folder: folder.to_owned(),
            places: Arc::new(Semaphore::new(PLACES)),
            endless: Mutex::default(),
        }))
    }

    /// Where the company's templates stand.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.0.folder
    }

    /// Prints a sheet: with the company's own template, or if that is missing or broken with the built-in one.
    ///
    /// # Errors
    /// `paper_busy`, `paper_too_slow`, `paper_unprintable`.
    pub async fn print(&self, sheet: Sheet) -> Result<Printed, Failure> {
        let (paper, sheet) = (sheet.paper, Arc::new(sheet));
        match self.own(paper).await {
            Ok(None) => {}
            Ok(Some(template)) => match self.draw(&sheet, template.clone()).await? {
                Drawn::Well(printed) => return Ok(printed),
                Drawn::Badly(fault) => {
                    tracing::warn!(paper = paper.name(), %fault, "the company's template is broken, the built-in one is used");
                }
                Drawn::Slowly => self.is_endless(paper, template),
            },
            Err(fault) => {
                tracing::warn!(paper = paper.name(), %fault, "the company's template can't be used, the built-in one is");
            }
        }
        match self.draw(&sheet, paper.template().to_owned()).await? {
            Drawn::Well(printed) => Ok(printed),
            Drawn::Badly(fault) => {
                tracing::error!(paper = paper.name(), %fault, "the built-in template can't be drawn");
                Err(DocumentError::Unprintable { fault: fault.to_string() }.into())
            }
            Drawn::Slowly => Err(DocumentError::TooSlow { seconds: DRAW_S }.into()),
        }
    }

    /// Tries every template with sample data.
    ///
    /// # Errors
    /// `paper_busy`.
    pub async fn templates(&self, lang: Lang) -> Result<Vec<TemplateState>, Failure> {
        let mut all = Vec::new();
        for paper in Paper::ALL {
            let (own, fault) = match self.own(paper).await {
                Ok(None) => (false, None),
                Err(fault) => (true, Some(fault)),
                Ok(Some(template)) => {
                    let sample = Arc::new(crate::sample::sheet(paper, lang));
                    match self.draw(&sample, template.clone()).await? {
                        Drawn::Well(_) => (true, None),
                        Drawn::Badly(fault) => (true, Some(fault)),
                        Drawn::Slowly => {
                            self.is_endless(paper, template);
                            (true, Some(endless()))
                        }
                    }
                }
            };
            all.push(TemplateState { paper, own, fault });
        }
        Ok(all)
    }

    // The company's own template, read anew each time: a changed file counts at once.
    async fn own(&self, paper: Paper) -> Result<Option<String>, Fault> {
        let path = self.0.folder.join(paper.file_name());
        let fault = |message: String| Fault { message, line: None, column: None };
        let meta = match tokio::fs::metadata(&path).await {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            other => other.map_err(|e| fault(format!("{} can't be read: {e}", paper.file_name())))?,
        };
        if meta.len() > MAX_TEMPLATE {
            return Err(fault(format!("{} has more than {MAX_TEMPLATE} bytes", paper.file_name())));
        }
        let text = tokio::fs::read_to_string(&path)
            .await
            .map_err(|e| fault(format!("{} can't be read: {e}", paper.file_name())))?;
        let endless_ones = self.0.endless.lock().unwrap_or_else(PoisonError::into_inner);
        if endless_ones.get(&paper) == Some(&text) { Err(endless()) } else { Ok(Some(text)) }
    }

    fn is_endless(&self, paper: Paper, template: String) {
        tracing::warn!(
            paper = paper.name(),
            seconds = DRAW_S,
            "the company's template takes too long, the built-in one is used until it changes"
        );
        self.0.endless.lock().unwrap_or_else(PoisonError::into_inner).insert(paper, template);
        // Its thread can't be stopped and keeps its place: the others get another one.
        self.0.places.add_permits(1);
    }

    async fn draw(&self, sheet: &Arc<Sheet>, template: String) -> Result<Drawn, Failure> {
        let place = tokio::time::timeout(Duration::from_secs(WAIT_S), self.0.places.clone().acquire_owned())
            .await
            .map_err(|_| DocumentError::Busy)?
            .map_err(anyhow::Error::from)?;
        let sheet = sheet.clone();
        let drawing = tokio::task::spawn_blocking(move || {
            // Held until the thread is done, even if nobody waits for it any more.
            let _place = place;
            draw(&sheet, &template)
        });
        Ok(match tokio::time::timeout(Duration::from_secs(DRAW_S), drawing).await {
            Err(_) => Drawn::Slowly,
            Ok(Ok(Ok(printed))) => Drawn::Well(printed),
            Ok(Ok(Err(fault))) => Drawn::Badly(fault),
            // A template may drive the layout into a panic: that is its fault, not the node's.
            Ok(Err(panic)) => Drawn::Badly(Fault { message: panic.to_string(), line: None, column: None }),
        })
    }
}

fn endless() -> Fault {
    Fault { message: format!("drawing takes more than {DRAW_S} s"), line: None, column: None }
}
