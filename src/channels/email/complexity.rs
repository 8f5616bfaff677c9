//! Measures how deep and how large an HTML document becomes as a tree, without building the tree. The cleaner's work
//! grows with the depth times the size, and a short text can ask for a very large tree, so both are measured first,
//! by the same parser that the cleaner uses, and the measuring stops as soon as a limit is passed.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::HashSet;

use html5ever::interface::ElemName;
use html5ever::interface::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, LocalName, Namespace, ParseOpts, QualName, parse_fragment};

use super::limits::Limits;

/// Characters given to the parser between two looks at the measure.
const STEP: usize = 2_048;

/// Whether the tree of `html` stays within the limits.
pub(super) fn fits(html: &str, limits: &Limits) -> bool {
    measured(html, limits).is_some()
}

/// The sources of pictures that nobody is meant to see, of a tree that stays within the limits; `None` for one that does
/// not.
pub(super) fn measured(html: &str, limits: &Limits) -> Option<HashSet<String>> {
    if html.len() > limits.html {
        return None;
    }
    let context = QualName::new(None, Namespace::from("http://www.w3.org/1999/xhtml"), LocalName::from("div"));
    let mut parser = parse_fragment(Measure::default(), ParseOpts::default(), context, Vec::new(), false);
    let mut rest = html;
    while !rest.is_empty() {
        let (step, after) = rest.split_at(rest.ceil_char_boundary(STEP.min(rest.len())));
        parser.process(StrTendril::from(step));
        let measure = &parser.tokenizer.sink.sink;
        if measure.deepest.get() > limits.html_depth || measure.nodes.get() > limits.html_nodes {
            return None;
        }
        rest = after;
    }
    let measure = parser.finish();
    let fits = measure.deepest.get() <= limits.html_depth && measure.nodes.get() <= limits.html_nodes;
    fits.then(|| measure.hidden.into_inner())
}

/// The source of a picture that is declared to be invisible: of one pixel, or not shown at all.
fn hidden_source(attributes: &[Attribute]) -> Option<String> {
    let value = |name: &str| attributes.iter().find(|a| &*a.name.local == name).map(|a| a.value.trim().to_lowercase());
    let is_dot = |size: &str| size.trim_end_matches("px").trim().parse::<f32>().is_ok_and(|size| size <= 1.0);
    let by_size = ["width", "height"].iter().any(|name| value(name).is_some_and(|size| is_dot(&size)));
    let by_style = value("style").unwrap_or_default().split(';').filter_map(|rule| rule.split_once(':')).any(
        |(name, value)| match (name.trim(), value.trim()) {
            ("display", "none") | ("visibility", "hidden") => true,
            ("width" | "height" | "max-width" | "max-height", size) => is_dot(size),
            _ => false,
        },
    );
    if by_size || by_style {
        value("src").and(attributes.iter().find(|a| &*a.name.local == "src")).map(|a| a.value.to_string())
    } else {
        None
    }
}

/// A tree that keeps of each node only its name, its parent and its depth.
#[derive(Default)]
struct Measure {
    known: RefCell<Vec<Known>>,
    nodes: Cell<usize>,
    deepest: Cell<usize>,
    /// Sources of pictures that nobody is meant to see.
    hidden: RefCell<HashSet<String>>,
}

#[derive(Clone)]
struct Known {
    name: Option<QualName>,
    depth: usize,
    parent: Option<usize>,
    children: Vec<usize>,
    contents: Option<usize>,
}

/// The name of an element as the parser asks for it.
#[derive(Debug)]
struct Name(QualName);

impl ElemName for Name {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl Measure {
    fn add(&self, name: Option<QualName>) -> usize {
        let mut known = self.known.borrow_mut();
        if known.is_empty() {
            known.push(Known { name: None, depth: 0, parent: None, children: Vec::new(), contents: None });
        }
        known.push(Known { name, depth: 0, parent: None, children: Vec::new(), contents: None });
        self.nodes.set(self.nodes.get() + 1);
        known.len() - 1
    }

    fn place(&self, parent: usize, child: &NodeOrText<usize>) {
        match child {
            NodeOrText::AppendText(_) => self.nodes.set(self.nodes.get() + 1),
            NodeOrText::AppendNode(node) => {
                let node = *node;
                let mut known = self.known.borrow_mut();
                let depth = known.get(parent).map_or(0, |p| p.depth) + 1;
                if let Some(child) = known.get_mut(node) {
                    child.depth = depth;
                    child.parent = Some(parent);
                }
                if let Some(parent) = known.get_mut(parent) {
                    parent.children.push(node);
                }
                self.deepest.set(self.deepest.get().max(depth));
            }
        }
    }

    fn parent(&self, node: usize) -> Option<usize> {
        self.known.borrow().get(node).and_then(|n| n.parent)
    }
}

impl TreeSink for Measure {
    type Handle = usize;
    type Output = Self;
    type ElemName<'a> = Name;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> usize {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a usize) -> Name {
        let known = self.known.borrow();
        let name = known.get(*target).and_then(|n| n.name.clone());
        Name(name.unwrap_or_else(|| QualName::new(None, Namespace::from(""), LocalName::from(""))))
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, flags: ElementFlags) -> usize {
        if &*name.local == "img" {
            self.hidden.borrow_mut().extend(hidden_source(&attributes));
        }
        let element = self.add(Some(name));
        if flags.template {
            let contents = self.add(None);
            if let Some(node) = self.known.borrow_mut().get_mut(element) {
                node.contents = Some(contents);
            }
        }
        element
    }

    fn create_comment(&self, _: StrTendril) -> usize {
        self.add(None)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> usize {
        self.add(None)
    }

    fn append(&self, parent: &usize, child: NodeOrText<usize>) {
        self.place(*parent, &child);
    }

    fn append_based_on_parent_node(&self, element: &usize, previous: &usize, child: NodeOrText<usize>) {
        match self.parent(*element) {
            Some(parent) => self.place(parent, &child),
            None => self.place(*previous, &child),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    /// The contents of a template lie as deep as the template itself.
    fn get_template_contents(&self, target: &usize) -> usize {
        let mut known = self.known.borrow_mut();
        let Some((depth, Some(contents))) = known.get(*target).map(|n| (n.depth, n.contents)) else {
            return 0;
        };
        if let Some(node) = known.get_mut(contents) {
            node.depth = depth;
        }
        contents
    }

    fn same_node(&self, x: &usize, y: &usize) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &usize, child: NodeOrText<usize>) {
        let parent = self.parent(*sibling).unwrap_or_default();
        self.place(parent, &child);
    }

    fn add_attrs_if_missing(&self, _: &usize, _: Vec<Attribute>) {}

    fn remove_from_parent(&self, target: &usize) {
        if let Some(node) = self.known.borrow_mut().get_mut(*target) {
            node.parent = None;
        }
    }

    fn reparent_children(&self, node: &usize, new_parent: &usize) {
        let children =
            self.known.borrow_mut().get_mut(*node).map(|n| std::mem::take(&mut n.children)).unwrap_or_default();
        for child in children {
            if self.parent(child) == Some(*node) {
                self.place(*new_parent, &NodeOrText::AppendNode(child));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, Instant};

    fn judged(html: &str) -> bool {
        let start = Instant::now();
        let fits = fits(html, &Limits::default());
        assert!(start.elapsed() < Duration::from_secs(1), "{:?} for {}", start.elapsed(), &html[..40]);
        fits
    }

    #[test]
    fn ordinary_documents_fit() {
        assert!(judged("<p>Oi<p>tudo<p>bem<table><tr><td>a<td>b</table>"));
        assert!(judged(&"<table><tr><td><p><b>x</b></p></td></tr></table>".repeat(3_000)));
        assert!(judged(&"<p>unclosed <br> ".repeat(10_000)));
    }

    #[test]
    fn deep_or_exploding_documents_do_not_fit_and_are_found_fast() {
        for bomb in [
            "<div>".repeat(100_000),
            "<div><table><td></div></table>".repeat(30_000),
            "<template>".repeat(50_000),
            "<svg><g>".repeat(50_000),
            "<table><b>".repeat(50_000),
            "<b><div></b>".repeat(40_000),
            "<a><b><i><u>".repeat(20_000),
            "<blockquote><ul><li>".repeat(20_000),
        ] {
            assert!(!judged(&bomb));
        }
        let fonts: Vec<String> = (0..5_000).map(|n| format!("<font size={n}>")).collect();
        let fonts = fonts.concat();
        assert!(!judged(&format!("{fonts}{}", "<p>x</p>".repeat(20_000))));
        assert!(!judged(&format!("<div>{}", "<p>x".repeat(1_000_000))));
    }
}
