//! Rows that are read many at once are those that are read one by one.

use super::*;
use proptest::prelude::*;
use proptest::sample::select;

/// Content that comes in pieces of so many bytes.
struct Pieces {
    content: std::io::Cursor<Vec<u8>>,
    most: usize,
}

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let most = buffer.len().min(self.most);
        self.content.read(&mut buffer[..most])
    }
}

fn opened(content: &[u8], encoding: Encoding, most: usize) -> Result<Rows, Fault> {
    let pieces = Pieces { content: std::io::Cursor::new(content.to_vec()), most };
    let format = Format { encoding, ..Format::default() };
    open("table.csv", &format, Box::new(pieces), None)
}

/// All rows, those that can be had at once so, and how many came in this way.
fn at_once(rows: &mut Rows) -> Result<(Vec<Cells>, Vec<RowFault>, usize), Fault> {
    let columns: Vec<usize> = (0..rows.headers().len()).collect();
    let (mut read, mut faults, mut quick) = (Vec::new(), Vec::new(), 0);
    loop {
        if let Some(stretch) = rows.next_stretch() {
            let fields: Vec<Vec<&[u8]>> =
                columns.iter().map(|one| stretch.column(*one).map(|place| &stretch.text()[place]).collect()).collect();
            assert!(fields.iter().all(|column| column.len() == stretch.rows()));
            quick += stretch.rows();
            read.extend(stretch.lines().enumerate().map(|(row, line)| {
                let cell = |column: &Vec<&[u8]>| String::from_utf8(column[row].to_vec()).unwrap().trim().to_owned();
                (line, fields.iter().map(cell).collect())
            }));
            continue;
        }
        match rows.next(&columns)? {
            Next::Row(row) => read.push((row.line(), (0..row.len()).map(|n| row.cell(n).to_owned()).collect())),
            Next::Rejected(fault) => faults.push(fault),
            Next::End => return Ok((read, faults, quick)),
        }
    }
}

#[test]
fn plain_rows_are_read_at_once_with_either_end_of_line() {
    for end in ["\n", "\r\n"] {
        let row = |row: u32| format!("{row},Côte d’Ivoire, x{end}");
        let table = format!("a,b,c{end}{}", (0..5_000).map(row).collect::<String>());
        let (rows, faults, quick) = at_once(&mut csv(table.as_bytes()).unwrap()).unwrap();
        assert_eq!((rows.len(), faults.len()), (5_000, 0));
        assert!(quick > 4_900, "{quick}");
    }
}

proptest! {
    #[test]
    fn rows_are_the_same_at_once_and_one_by_one(
        signs in proptest::collection::vec(
            select(vec![
                "1", "23", "x", " ", ",", ",", "\n", "\n", "1,2\n", "1,2\n", "x,1999-01-02\n", "\r\n", "7,8\r\n", "\r", "\"", "\"y\n\"",
                "é", "\u{a0}", "\0", ",\n",
            ]),
            0..200,
        ),
        plain in select(vec![0_usize, 3, 4_000]),
        has_returns: bool,
        most in select(vec![1_usize, 7, 64, 1 << 20]),
        encoding in select(vec![Encoding::Utf8, Encoding::Latin1, Encoding::Windows1252]),
    ) {
        let end = if has_returns { "\r\n" } else { "\n" };
        let content = format!("a,b{end}{}{}", format!("10,20{end}").repeat(plain), signs.concat());
        let one_by_one = opened(content.as_bytes(), encoding, most).and_then(|mut rows| all(&mut rows));
        let at_once = opened(content.as_bytes(), encoding, most).and_then(|mut rows| at_once(&mut rows));
        let text = |told: Result<(Vec<Cells>, Vec<RowFault>), Fault>| format!("{told:?}");
        prop_assert_eq!(text(at_once.map(|(rows, faults, _)| (rows, faults))), text(one_by_one));
    }
}
