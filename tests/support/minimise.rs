//! Makes a failing program smaller, item by item and then word by word, for a person to read.

pub type Files = Vec<(String, Vec<String>)>;

/// A smaller program that still fails. What cannot be read does not count as failing.
pub fn minimise(files: &Files, fails: impl Fn(&Files) -> bool) -> Files {
    let mut smallest = files.clone();
    loop {
        let before = smallest.clone();
        for file in 0..smallest.len() {
            let mut item = smallest[file].1.len();
            while item > 0 {
                item -= 1;
                let mut smaller = smallest.clone();
                smaller[file].1.remove(item);
                if fails(&smaller) {
                    smallest = smaller;
                }
            }
        }
        for file in 0..smallest.len() {
            for item in 0..smallest[file].1.len() {
                shorten(&mut smallest, file, item, &fails);
            }
        }
        if smallest == before {
            return smallest;
        }
    }
}

/// Leaves out stretches of words of an item, the longest first.
fn shorten(smallest: &mut Files, file: usize, item: usize, fails: &impl Fn(&Files) -> bool) {
    let mut length = smallest[file].1[item].split(' ').count().saturating_sub(1);
    while length > 0 {
        let mut start = 0;
        while start + length <= smallest[file].1[item].split(' ').count() {
            let words: Vec<&str> = smallest[file].1[item].split(' ').collect();
            let shorter: Vec<&str> = words[..start].iter().chain(&words[start + length..]).copied().collect();
            let mut smaller = smallest.clone();
            smaller[file].1[item] = shorter.join(" ");
            if fails(&smaller) {
                *smallest = smaller;
            } else {
                start += 1;
            }
        }
        length -= 1;
    }
}
