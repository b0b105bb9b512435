//! Ids that follow from what a log says: the same row has the same id in every run.
//!
//! They are name-based UUIDs over SHA-256, version 8 (RFC 9562, 5.8 and appendix B.2).

use sha2::{Digest as _, Sha256};
use uuid::Uuid;

const NAMESPACE: &[u8] = b"aftercare history import";

/// The id that follows from these parts, in this order.
#[must_use]
pub fn of(parts: &[&[u8]]) -> Uuid {
    let mut hash = Sha256::new();
    hash.update(NAMESPACE);
    for part in parts {
        // The length stands before each part: "ab","c" and "a","bc" differ.
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// The key under which a record is known here: `<source>:<key>`.
#[must_use]
pub fn external_key(source: &str, key: &str) -> String {
    format!("{source}:{key}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_follow_from_their_parts() {
        let id = of(&[b"desk", b"INC1", b"row"]);
        assert_eq!(id, of(&[b"desk", b"INC1", b"row"]));
        assert_ne!(id, of(&[b"desk", b"INC", b"1row"]));
        assert_eq!((id.get_version_num(), id.get_variant()), (8, uuid::Variant::RFC4122));
    }
}
