//! Days, sets of days, and values that change from day to day.
//!
//! ```text
//! date.rs      a day of the proleptic Gregorian calendar, and dates as the language writes them
//! interval.rs  sets of days
//! timeline.rs  a value for each day, stored by its changes
//! window.rs    "the last 10 years", as seen from a day
//! ```

mod date;
mod interval;
mod timeline;
mod window;

pub use date::{Day, Period};
pub use interval::{Interval, IntervalSet};
pub use timeline::Timeline;
pub use window::{Direction, Length, Unit, Window};
