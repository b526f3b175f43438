//! Functions of DuckDB that views over tables use.

const NUMBER: &str = "\
-- the number that a text is: 4.5, 1e6, 12%, 1,234.5; null where it is none
create or replace macro symmachia_number(x) as case
  when regexp_full_match(x, '[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?') then try_cast(x as double)
  when regexp_full_match(x, '[-+]?[0-9]{1,3}(,[0-9]{3})+([.][0-9]*)?') then try_cast(replace(x, ',', '') as double)
  when regexp_full_match(x, '[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?\\s*%|[-+]?[0-9]{1,3}(,[0-9]{3})+([.][0-9]*)?\\s*%')
    then try_cast(replace(rtrim(rtrim(x, '%')), ',', '') as double) * 0.01e0
end;
";

const DATE: &str = "\
-- a day, by an astronomical year (0 is 1 BC), month and day; null where there is no such day
create or replace macro symmachia_date(y, m, d) as case
  when y between 1 and 9999 then try_cast(printf('%04d-%02d-%02d', y, m, d) as date)
  when y between -9999 and 0 then try_cast(printf('%04d-%02d-%02d (BC)', 1 - y, m, d) as date)
end;
";

/// The functions that some views call.
pub(in crate::sql) fn called(views: &[String]) -> String {
    let calls = |name: &str| views.iter().any(|view| view.contains(name));
    let mut text = String::new();
    for (name, function) in [("symmachia_number(", NUMBER), ("symmachia_date(", DATE)] {
        if calls(name) {
            text.push('\n');
            text.push_str(function);
        }
    }
    text
}
