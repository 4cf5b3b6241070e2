//! A condition while it is put together: a tree of plain texts, as the fields of a form have them.
//!
//! **Invariant:** a draft holds whatever was typed, right or wrong, and gives it back as it was.

use std::collections::BTreeMap;

/// What the names of fields begin with.
pub(super) const ROOT: &str = "c";
/// Groups within each other that are kept of a form: more than a condition may have.
const DEPTH_MOST: usize = 12;
/// Parts that are kept of a form: more than a condition may have.
const PARTS_MOST: usize = 200;

/// A group, or one condition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Draft {
    fields: BTreeMap<String, String>,
    pub(super) children: Vec<Draft>,
}

/// Parts in the making, by the numbers that their fields had.
#[derive(Debug, Default)]
struct Sparse {
    fields: BTreeMap<String, String>,
    children: BTreeMap<usize, Sparse>,
}

impl Draft {
    /// A part of a kind, empty.
    pub(super) fn of_kind(kind: &str) -> Self {
        Self::default().with("kind", kind)
    }

    /// A part that was just added, with what is meant most.
    fn begun(kind: &str) -> Self {
        let fields: &[(&str, &str)] = match kind {
            "happened" | "orders" => &[("n1", "1"), ("win", "last"), ("amount", "30")],
            "sequence" => &[("win", "last"), ("amount", "30"), ("within_amount", "7")],
            "channels" => &[("n1", "2")],
            "rfm" => &[("n1", "4")],
            "share" => &[("share_from", "0"), ("share_to", "10")],
            _ => &[],
        };
        let begun = fields.iter();
        begun.fold(Self::of_kind(kind), |draft, (name, value)| {
            draft.with(name, *value)
        })
    }

    /// A group of some parts.
    pub(super) fn group(op: &str, children: Vec<Self>) -> Self {
        Self {
            children,
            ..Self::of_kind("group").with("op", op)
        }
    }

    #[must_use]
    pub(super) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.set(name, value);
        self
    }

    pub(super) fn set(&mut self, name: &str, value: impl Into<String>) {
        self.fields.insert(name.to_owned(), value.into());
    }

    /// What a field holds; nothing where there is none.
    pub(super) fn get(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }

    /// The same without the blanks around it.
    pub(super) fn trimmed(&self, name: &str) -> &str {
        self.get(name).trim()
    }

    pub(super) fn kind(&self) -> &str {
        self.get("kind")
    }

    pub(super) fn is_group(&self) -> bool {
        self.kind() == "group"
    }

    /// Whether a box is ticked.
    pub(super) fn has(&self, name: &str) -> bool {
        !self.get(name).is_empty()
    }

    pub(super) fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// How many filters of an event there are, by the prefix of its fields.
    pub(super) fn filters(&self, prefix: &str) -> usize {
        let is_there = |place: &usize| self.fields.contains_key(&format!("{prefix}w{place}_field"));
        (0..PARTS_MOST).take_while(is_there).count()
    }

    /// The tree in the fields of a form; a group without parts if there is none.
    pub(super) fn read(pairs: &[(String, String)]) -> Self {
        let mut root = Sparse::default();
        let mut parts = 0;
        for (name, value) in pairs {
            let Some((path, field)) = split(name) else {
                continue;
            };
            let mut here = &mut root;
            for step in path {
                if !here.children.contains_key(&step) {
                    parts += 1;
                }
                here = here.children.entry(step).or_default();
            }
            if parts > PARTS_MOST {
                break;
            }
            // Browsers end the lines of a text with both signs.
            here.fields
                .insert(field.to_owned(), value.replace("\r\n", "\n"));
        }
        let mut draft = root.dense();
        if !draft.is_group() {
            draft.set("kind", "group");
            draft.set("op", "all");
        }
        draft
    }

    /// The part at a path.
    pub(super) fn at(&mut self, path: &[usize]) -> Option<&mut Self> {
        let mut here = self;
        for step in path {
            here = here.children.get_mut(*step)?;
        }
        Some(here)
    }

    /// Does what a button says: `add:c.0:trait`, `remove:c.1`, `up:c.1`, `down:c.1`,
    /// `filter:c.0:a_`, `unfilter:c.0:a_:2`. What makes no sense changes nothing.
    pub(super) fn act(&mut self, act: &str) -> Option<()> {
        let mut words = act.split(':');
        let (verb, path) = (words.next()?, path(words.next()?)?);
        match verb {
            "add" => {
                let kind = words.next()?;
                let part = match kind {
                    "group" => Self::group("any", Vec::new()),
                    kind => Self::begun(kind),
                };
                let group = self.at(&path).filter(|it| it.is_group())?;
                group.children.push(part);
            }
            "filter" => {
                let prefix = words.next()?;
                let part = self.at(&path)?;
                let place = part.filters(prefix);
                part.set(&format!("{prefix}w{place}_field"), "");
            }
            "unfilter" => {
                let prefix = words.next()?;
                let place = words.next()?.parse().ok()?;
                self.at(&path)?.remove_filter(prefix, place);
            }
            _ => {
                let (last, parent) = path.split_last()?;
                let siblings = &mut self.at(parent)?.children;
                match verb {
                    "remove" if *last < siblings.len() => drop(siblings.remove(*last)),
                    "up" if (1..siblings.len()).contains(last) => siblings.swap(*last, last - 1),
                    "down" if last + 1 < siblings.len() => siblings.swap(*last, last + 1),
                    _ => return None,
                }
            }
        }
        Some(())
    }

    fn remove_filter(&mut self, prefix: &str, place: usize) {
        let count = self.filters(prefix);
        let mut kept = BTreeMap::new();
        for (name, value) in std::mem::take(&mut self.fields) {
            let of_filter = name
                .strip_prefix(&format!("{prefix}w"))
                .and_then(|rest| rest.split_once('_'))
                .and_then(|(at, field)| Some((at.parse::<usize>().ok()?, field.to_owned())))
                .filter(|(at, _)| *at < count);
            match of_filter {
                Some((at, _)) if at == place => {}
                Some((at, field)) if at > place => {
                    kept.insert(format!("{prefix}w{}_{field}", at - 1), value);
                }
                Some(_) | None => drop(kept.insert(name, value)),
            }
        }
        self.fields = kept;
    }
}

impl Sparse {
    fn dense(self) -> Draft {
        let children = self.children.into_values().map(Self::dense);
        Draft {
            children: children.collect(),
            fields: self.fields,
        }
    }
}

/// The name of a field at a path: `c.0.1.key`.
pub(super) fn name(path: &str, field: &str) -> String {
    format!("{path}.{field}")
}

/// Path and field of a name.
fn split(name: &str) -> Option<(Vec<usize>, &str)> {
    let (at, field) = name.rsplit_once('.')?;
    Some((path(at)?, field))
}

/// `c.0.1` as numbers.
fn path(text: &str) -> Option<Vec<usize>> {
    let mut steps = text.split('.');
    steps.next().filter(|root| *root == ROOT)?;
    let path: Option<Vec<usize>> = steps.map(|step| step.parse().ok()).collect();
    path.filter(|path| path.len() <= DEPTH_MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(pairs: &[(&str, &str)]) -> Draft {
        let pairs: Vec<(String, String)> = pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        Draft::read(&pairs)
    }

    fn keys(draft: &Draft) -> Vec<&str> {
        draft.children.iter().map(|it| it.get("key")).collect()
    }

    #[test]
    fn a_tree_is_read_from_flat_fields_in_the_order_of_their_numbers() {
        let read = draft(&[
            ("c.kind", "group"),
            ("c.10.key", "late"),
            ("c.2.key", "early"),
            ("c.2.0.key", "inner"),
            ("name", "x"),
            ("c.x.key", "no"),
            ("d.0.key", "no"),
        ]);
        assert_eq!(keys(&read), ["early", "late"]);
        assert_eq!(keys(&read.children[0]), ["inner"]);
        let deep = format!("c{}.key", ".0".repeat(500));
        assert!(draft(&[(&deep, "x")]).children.is_empty());
        assert!(draft(&[]).is_group());
    }

    #[test]
    fn buttons_change_the_tree_and_nonsense_does_not() {
        let mut tree = draft(&[("c.0.key", "a"), ("c.1.key", "b"), ("c.2.key", "c")]);
        tree.act("down:c.0").unwrap();
        assert_eq!(keys(&tree), ["b", "a", "c"]);
        tree.act("up:c.2").unwrap();
        assert_eq!(keys(&tree), ["b", "c", "a"]);
        tree.act("remove:c.1").unwrap();
        tree.act("add:c:group").unwrap();
        tree.act("add:c.2:trait").unwrap();
        assert_eq!(tree.children[2].children[0].kind(), "trait");
        let before = tree.clone();
        for nonsense in [
            "",
            "x",
            "up:c.0",
            "down:c.2",
            "remove:c.9",
            "remove:c",
            "add:c.0:trait",
            "add:c.7:x",
            "unfilter:c.0:a_:x",
            "up:c.0.0.0.0",
            "save",
        ] {
            assert!(tree.act(nonsense).is_none(), "{nonsense}");
            assert_eq!(tree, before, "{nonsense}");
        }
    }

    #[test]
    fn a_filter_is_taken_from_among_others() {
        let mut part = Draft::of_kind("group");
        part.children.push(Draft::of_kind("happened"));
        for (place, field) in ["one", "two", "three"].into_iter().enumerate() {
            part.act("filter:c.0:").unwrap();
            part.children[0].set(&format!("w{place}_field"), field);
        }
        part.act("unfilter:c.0::1").unwrap();
        let event = &part.children[0];
        assert_eq!(event.filters(""), 2);
        assert_eq!(
            [event.get("w0_field"), event.get("w1_field")],
            ["one", "three"]
        );
    }
}
