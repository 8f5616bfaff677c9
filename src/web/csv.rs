//! Rows of a CSV file (RFC 4180) that a spreadsheet opens without asking and without running anything.

use super::i18n::Lang;

/// What a file begins with, so that spreadsheets read it as UTF-8.
pub const BEGINNING: &str = "\u{feff}";

/// Beginnings that spreadsheets take for formulas, the wide forms of East Asian keyboards included.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// One row, with its line end. Every cell is quoted; one that would be a formula is marked as text. Spreadsheets in
/// Portuguese expect a semicolon, because the comma stands in numbers there.
#[must_use]
pub fn row(lang: Lang, cells: &[&str]) -> String {
    let separator = match lang {
        Lang::PtBr => ";",
        Lang::En => ",",
    };
    let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
    cells.join(separator) + "\r\n"
}

fn quoted(cell: &str) -> String {
    let mark = if cell.starts_with(FORMULA) { "'" } else { "" };
    ["\"", mark, &cell.replace('"', "\"\""), "\""].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_nothing_is_a_formula() {
        assert_eq!(row(Lang::En, &["a", "b \"c\", d", ""]), "\"a\",\"b \"\"c\"\", d\",\"\"\r\n");
        assert_eq!(row(Lang::PtBr, &["1,5", "x\ny"]), "\"1,5\";\"x\ny\"\r\n");
        for bad in ["=1+1", "+1", "-1", "@a", "\ta", "\ra", "＝1", "＋1", "－1", "＠a"] {
            assert_eq!(row(Lang::En, &[bad]), format!("\"'{bad}\"\r\n"));
        }
    }
}
