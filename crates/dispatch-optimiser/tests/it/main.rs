//! The engine against its judges: the independent check, an exact enumeration, the reference in Python.

mod agreement;
mod exact;
mod explained;
mod faults;
mod rules;
mod world;
