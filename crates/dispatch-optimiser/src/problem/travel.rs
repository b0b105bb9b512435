//! Travel times between numbered locations, in whole seconds.

use std::sync::Arc;

/// Ways worked out one by one: from, to → seconds.
#[derive(Clone)]
pub struct Ways(pub Arc<dyn Fn(u32, u32) -> i32 + Send + Sync>);

impl std::fmt::Debug for Ways {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ways")
    }
}

/// How travel times come about (fsp-1, `travel`).
#[derive(Clone, Debug)]
pub enum Travel {
    /// Straight line × detour ÷ speed, rounded to the nearest second.
    Euclid {
        /// `[x, y]` of each location, metres.
        points: Vec<[f64; 2]>,
        /// Seconds per metre: detour ÷ metres per second.
        scale: f64,
    },
    /// A square table, row = from, possibly asymmetric.
    Matrix {
        /// Locations on each side.
        side: usize,
        /// `side × side` entries, seconds.
        seconds: Vec<i32>,
    },
    /// Each way when it is asked for: for problems that are laid out rather than searched, where few of all ways matter.
    Asked {
        /// Number of locations.
        locations: usize,
        /// The ways.
        ways: Ways,
    },
}

impl Travel {
    /// Travel time from one location to another, seconds.
    #[must_use]
    pub fn seconds(&self, from: u32, to: u32) -> i32 {
        match self {
            Self::Euclid { points, scale } => euclid(points[from as usize], points[to as usize], *scale),
            Self::Matrix { side, seconds } => seconds[from as usize * side + to as usize],
            Self::Asked { ways, .. } => (ways.0)(from, to),
        }
    }

    /// Number of locations.
    #[must_use]
    pub fn locations(&self) -> usize {
        match self {
            Self::Euclid { points, .. } => points.len(),
            Self::Matrix { side, .. } => *side,
            Self::Asked { locations, .. } => *locations,
        }
    }
}

/// fsp-1: floor(sqrt(dx² + dy²) × scale + 0.5) in IEEE doubles; 0 from a place to itself comes out by itself.
#[inline]
pub(crate) fn euclid(a: [f64; 2], b: [f64; 2], scale: f64) -> i32 {
    let (dx, dy) = (a[0] - b[0], a[1] - b[1]);
    ((dx * dx + dy * dy).sqrt() * scale + 0.5) as i32
}
