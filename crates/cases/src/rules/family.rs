//! Several reports of one fault: one is the parent, the others are its children. One level, so that nobody has to look twice.

use crate::errors::CaseError;
use crate::model::CaseId;

/// A case as far as its family goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kin {
    /// The case.
    pub id: CaseId,
    /// Whether work is still owed.
    pub open: bool,
    /// Its parent, if it is a child.
    pub parent_id: Option<CaseId>,
    /// How many children it has.
    pub children: usize,
}

/// Whether `child` may follow `parent`.
///
/// # Errors
/// `case_parent_itself`, `case_parent_not_open`, `case_parent_is_child`, `case_child_is_parent`, `case_parent_same`.
pub fn follow(child: &Kin, parent: &Kin) -> Result<(), CaseError> {
    if child.id == parent.id {
        return Err(CaseError::ParentItself);
    }
    if child.parent_id == Some(parent.id) {
        return Err(CaseError::ParentSame);
    }
    if !parent.open {
        return Err(CaseError::ParentNotOpen);
    }
    if parent.parent_id.is_some() {
        return Err(CaseError::ParentIsChild);
    }
    if child.children > 0 {
        return Err(CaseError::ChildIsParent { children: child.children });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kin(n: u128) -> Kin {
        Kin { id: CaseId(kit::uuid::Uuid::from_u128(n)), open: true, parent_id: None, children: 0 }
    }

    #[test]
    fn p10_a_case_follows_an_open_one_that_follows_nobody() {
        let (a, b) = (kin(1), kin(2));
        assert_eq!(follow(&a, &b), Ok(()));
        assert_eq!(follow(&a, &Kin { children: 7, ..b }), Ok(()));
        assert_eq!(follow(&a, &a), Err(CaseError::ParentItself));
        assert_eq!(follow(&a, &Kin { open: false, ..b }), Err(CaseError::ParentNotOpen));
        assert_eq!(follow(&a, &Kin { parent_id: Some(kin(3).id), ..b }), Err(CaseError::ParentIsChild));
        assert_eq!(follow(&Kin { children: 2, ..a }, &b), Err(CaseError::ChildIsParent { children: 2 }));
        assert_eq!(follow(&Kin { parent_id: Some(b.id), ..a }, &b), Err(CaseError::ParentSame));
        assert_eq!(follow(&Kin { parent_id: Some(kin(3).id), ..a }, &b), Ok(()), "another parent");
    }
}
