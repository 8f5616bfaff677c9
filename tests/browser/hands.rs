//! A person without a mouse: goes from control to control by Tab, and notices when the focus is lost or cannot be seen.

use thirtyfour::Key;

use crate::support::{Browser, ENTER, TAB};

/// More steps than anybody would take; the way is blocked then.
const PATIENCE: usize = 160;

/// What is wrong with the focus, or nothing: it must be on the screen, under nothing else, with a ring around it. A control
/// that only machines see is judged by its label.
const FAULT: &str = "(() => {
  const focus = document.activeElement;
  if (!focus || focus === document.body || focus === document.documentElement) return '';
  const label = document.querySelector(`label[for='${focus.id}']:not(.vh)`);
  const shown = focus.matches('.vh') ? focus.closest('label') || label : focus;
  if (!shown) return 'has no visible label';
  const box = shown.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  if (box.width < 1 || box.height < 1) return 'has no size';
  if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return 'is off the screen at ' + [x, y];
  const hit = document.elementFromPoint(x, y);
  if (!hit || !(shown.contains(hit) || hit.contains(shown))) return 'is covered by ' + (hit && hit.outerHTML.slice(0, 80));
  const ringed = [shown, shown.closest('.composer-box')].some((part) => {
    if (!part) return false;
    const style = getComputedStyle(part);
    const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
    return outlined || (part !== shown && style.boxShadow !== 'none');
  });
  return ringed ? '' : 'shows no ring';
})()";

/// Which way Tab goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Forth,
    Back,
}

impl Browser {
    /// Goes to a control by Tab (or Shift and Tab) and says how many steps that took.
    ///
    /// # Panics
    /// If it cannot be reached, or the focus cannot be seen at one of the steps.
    pub async fn walk(&self, way: Way, css: &str) -> usize {
        let mut passed = Vec::new();
        for step in 0..=PATIENCE {
            let here = format!("document.activeElement === document.querySelector({css:?})");
            if self.eval::<bool>(&here).await {
                return step;
            }
            match way {
                Way::Forth => self.press(TAB).await,
                Way::Back => self.chord(Key::Shift, Key::Tab).await,
            }
            let name = self.focused().await;
            let fault = self.eval::<String>(FAULT).await;
            if !fault.is_empty() {
                self.screenshot("focus-hidden").await;
            }
            assert!(fault.is_empty(), "{name} has the focus and {fault}");
            passed.push(name);
        }
        self.screenshot("not-reached").await;
        panic!("no way to {css}; passed {passed:?}");
    }

    /// Goes to a control and presses Enter there.
    pub async fn walk_and_enter(&self, way: Way, css: &str) {
        self.walk(way, css).await;
        self.press(ENTER).await;
    }

    /// What has the focus, as in a style sheet.
    pub async fn focused(&self) -> String {
        let name =
            "(({ tagName, id, className }) => tagName + (id ? '#' + id : '.' + className))(document.activeElement)";
        self.eval(name).await
    }
}
