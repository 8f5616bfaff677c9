//! What was measured, as a table for people or as lines for machines.

use serde::Serialize;

/// One figure. A ratio above 1 is better than what it is compared with.
#[derive(Debug, Clone, Serialize)]
pub struct Figure {
    pub name: String,
    pub value: f64,
    pub unit: &'static str,
    pub floor: Option<f64>,
    pub ratio: Option<f64>,
    pub goal: Option<String>,
    pub met: Option<bool>,
}

impl Figure {
    /// A figure that stands alone.
    pub fn new(name: &str, value: f64, unit: &'static str) -> Self {
        Self { name: name.to_owned(), value, unit, floor: None, ratio: None, goal: None, met: None }
    }

    /// Compared with the floor: what the machine does when only the bare minimum is done.
    pub fn against(mut self, floor: f64) -> Self {
        self.floor = Some(floor);
        self.ratio = (floor > 0.0).then(|| self.value / floor);
        self
    }

    /// The ratio must not be below.
    pub fn ratio_of_at_least(mut self, goal: f64) -> Self {
        self.met = Some(self.ratio.is_some_and(|ratio| ratio >= goal));
        self.goal = Some(format!("ratio >= {goal}"));
        self
    }

    /// The value must stay below.
    pub fn below(mut self, goal: f64) -> Self {
        self.met = Some(self.value < goal);
        self.goal = Some(format!("< {goal}"));
        self
    }
}

/// How figures are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Table,
    Json,
}

/// Prints all figures.
pub fn print(figures: &[Figure], form: Form) -> crate::Result<()> {
    match form {
        Form::Json => {
            for figure in figures {
                println!("{}", serde_json::to_string(&rounded(figure))?);
            }
        }
        Form::Table => table(figures),
    }
    Ok(())
}

fn rounded(figure: &Figure) -> Figure {
    let round = |value: f64| (value * 1000.0).round() / 1000.0;
    let mut figure = figure.clone();
    figure.value = round(figure.value);
    figure.floor = figure.floor.map(round);
    figure.ratio = figure.ratio.map(round);
    figure
}

fn table(figures: &[Figure]) {
    let heads = ["figure", "value", "unit", "floor", "ratio", "goal", "met"].map(str::to_owned);
    let mut rows = vec![heads];
    rows.extend(figures.iter().map(cells));
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: [usize; 7] = std::array::from_fn(width);
    for row in &rows {
        let mut line = String::new();
        for (column, (cell, width)) in row.iter().zip(widths).enumerate() {
            let gap = " ".repeat(width - cell.chars().count());
            // Numbers stand to the right, words to the left.
            let number = matches!(column, 1 | 3 | 4);
            line.push_str(&if number { [gap, cell.clone()].concat() } else { [cell.clone(), gap].concat() });
            line.push_str("  ");
        }
        println!("{}", line.trim_end());
    }
}

fn cells(figure: &Figure) -> [String; 7] {
    let met = figure.met.map(|met| if met { "yes" } else { "NO" });
    [
        figure.name.clone(),
        number(figure.value),
        figure.unit.to_owned(),
        figure.floor.map(number).unwrap_or_default(),
        figure.ratio.map(|ratio| format!("{ratio:.2}")).unwrap_or_default(),
        figure.goal.clone().unwrap_or_default(),
        met.unwrap_or_default().to_owned(),
    ]
}

fn number(value: f64) -> String {
    if value.abs() >= 100.0 { format!("{value:.0}") } else { format!("{value:.1}") }
}

/// The middle of some values; 0 of none.
pub fn median(values: &[f64]) -> f64 {
    share(values, 0.5)
}

/// The value below which this share of the values lies; 0 of none.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a place in a list"
)]
pub fn share(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = (sorted.len() as f64 * share).ceil() as usize;
    sorted.get(place.saturating_sub(1)).or(sorted.last()).copied().unwrap_or(0.0)
}
