//! When the search ends. The engine has no clock: whoever calls it brings one.

/// Says how much of the budget is used up.
pub trait Stop {
    /// The used share of the budget after `iterations`: 0 at the start, 1 or more = stop now. Asked every
    /// [`Stop::stride`] iterations; drives the cooling, so it should rise evenly.
    fn progress(&mut self, iterations: u64) -> f64;

    /// How many iterations may pass between two questions.
    fn stride(&self) -> u64 {
        64
    }
}

/// Stops after a number of iterations: the same seed gives the same answer.
#[derive(Clone, Copy, Debug)]
pub struct Iterations(pub u64);

impl Stop for Iterations {
    fn progress(&mut self, iterations: u64) -> f64 {
        if self.0 == 0 { 1.0 } else { iterations as f64 / self.0 as f64 }
    }

    fn stride(&self) -> u64 {
        // Asked so that it stops exactly.
        if self.0.is_multiple_of(32) { 32 } else { 1 }
    }
}

/// Any closure is a stop.
impl<F: FnMut(u64) -> f64> Stop for F {
    fn progress(&mut self, iterations: u64) -> f64 {
        self(iterations)
    }
}
