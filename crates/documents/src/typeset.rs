//! Evaluates a template and lays it out until page numbers and the like stand still: typst's parts put together without its
//! exporters to HTML and SVG, which no paper needs.

use std::sync::LazyLock;

use comemo::{Constraint, Track as _};
use typst_layout::PagedDocument;
use typst_library::World;
use typst_library::diag::SourceResult;
use typst_library::engine::{Engine, Route, Sink, Traced};
use typst_library::foundations::{Module, NativeRuleMap, Output as _, Scope, StyleChain, Target, TargetElem};
use typst_library::introspection::{EmptyIntrospector, Introspector, MAX_ITERS};
use typst_library::routines::Routines;
use typst_library::{Library, LibraryBuilder};
use typst_syntax::Source;
use typst_utils::Protected;

static ROUTINES: LazyLock<Routines> = LazyLock::new(|| Routines {
    rules: || {
        let mut rules = NativeRuleMap::new();
        typst_layout::register(&mut rules);
        rules
    },
    eval_string: typst_eval::eval_string,
    eval_closure: typst_eval::eval_closure,
    realize: typst_realize::realize,
    layout_frame: typst_layout::layout_frame,
    // Asked for only where HTML is made, but `html` has to be a name.
    html_module: || Module::new("html", Scope::new()),
    html_mathml_body: |_, _| None,
    html_span_filled: |content, _| content,
});

/// What a template can call.
pub(crate) fn library() -> Library {
    LibraryBuilder::from_routines(&ROUTINES).build()
}

/// The pages of a template.
///
/// # Errors
/// What is wrong with it, the first fault first.
pub(crate) fn pages(world: &dyn World, main: &Source) -> SourceResult<PagedDocument> {
    let library = world.library();
    let target = TargetElem::target.set(Target::Paged).wrap();
    let base = StyleChain::new(&library.styles);
    let styles = base.chain(&target);
    let traced = Traced::default();
    let mut sink = Sink::new();
    let content = typst_eval::eval(
        world.track(),
        library,
        traced.track(),
        sink.track_mut(),
        Route::default().track(),
        main,
    )?
    .content();

    // What a pass asked about the pages must be what they turned out to be; one that never settles is drawn as it is at the last.
    let mut document = None::<PagedDocument>;
    let mut faults = Sink::new();
    for _ in 0..MAX_ITERS {
        let asked = Constraint::new();
        let mut said = Sink::new();
        let before: &dyn Introspector = match &document {
            None => &EmptyIntrospector,
            Some(pages) => pages.introspector().as_ref(),
        };
        let mut engine = Engine {
            library,
            world: world.track(),
            introspector: Protected::new(before.track_with(&asked)),
            traced: traced.track(),
            sink: said.track_mut(),
            route: Route::default(),
        };
        let drawn = PagedDocument::create(&mut engine, &content, styles)?;
        let settled = asked.validate(drawn.introspector().as_ref() as &dyn Introspector);
        // Faults of a pass count only if it is the last: an unsettled one may ask for what isn't there yet.
        faults = said;
        document = Some(drawn);
        if settled {
            break;
        }
    }
    sink.extend_from_sink(faults);
    let delayed = sink.delayed();
    match document {
        Some(pages) if delayed.is_empty() => Ok(pages),
        _ => Err(delayed),
    }
}
