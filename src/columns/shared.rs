//! A column that is kept once for all who have it.

use super::Narrow;
use std::ops::Deref;
use std::sync::Arc;

/// Numbers of rows: somebody's own, or a column that others have as well. What is changed becomes somebody's own.
#[derive(Debug, Clone)]
pub enum Shared {
    /// Of one.
    Own(Narrow),
    /// Of several, perhaps.
    Common(Arc<Narrow>),
}

impl Default for Shared {
    fn default() -> Self {
        Shared::Own(Narrow::default())
    }
}

impl From<Narrow> for Shared {
    fn from(numbers: Narrow) -> Self {
        Shared::Own(numbers)
    }
}

impl Deref for Shared {
    type Target = Narrow;

    #[inline]
    fn deref(&self) -> &Narrow {
        match self {
            Shared::Own(numbers) => numbers,
            Shared::Common(numbers) => numbers,
        }
    }
}

impl Shared {
    /// The numbers, to change them: a copy, if others have them too.
    #[inline]
    pub fn own(&mut self) -> &mut Narrow {
        match self {
            Shared::Own(numbers) => numbers,
            Shared::Common(numbers) => Arc::make_mut(numbers),
        }
    }

    /// Lets copies be made without copying.
    pub fn share(&mut self) {
        if let Shared::Own(numbers) = self {
            *self = Shared::Common(Arc::new(std::mem::take(numbers)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Narrow, Shared};

    #[test]
    fn what_is_changed_is_not_what_others_have() {
        let mut numbers = Narrow::default();
        numbers.extend(&[1, 2, 300]);
        let mut one = Shared::from(numbers);
        one.share();
        let mut other = one.clone();
        other.own().push(4);
        assert_eq!((one.len(), other.len()), (3, 4));
        drop(other);
        one.own().push(5);
        assert_eq!((one.len(), one.last(), one.at(2)), (4, Some(5), 300));
    }
}
