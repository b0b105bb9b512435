//! What the ways to the company's telephone providers share: whether they are open, and why something did not go through.

/// Whether a provider is set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GatewayStanding {
    /// No provider is set up.
    Off,
    /// A demo: nothing leaves, the program plays the provider.
    Simulated,
    /// A provider takes what we ask for.
    On,
}

/// Why a provider did not do what was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GatewayFault {
    /// It may work later.
    Later(String),
    /// A person has to mend something first.
    Never(String),
}
