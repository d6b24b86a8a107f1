//! Turns HTML into lines: one line a block, white space collapsed, every byte traced to the input.

use std::borrow::Cow;
use std::ops::Range;

use crate::dump::blank;
use crate::flat::{Flat, Head, Image, Line, Node, Role, Segment};
use crate::html::lexer::{Lexer, Token, attributes};
use crate::html::tag::Tag;
use crate::html::{classes, entity};

/// How far up the stack of open elements an end tag looks for its start tag. Bounds the work on malformed pages.
const REACH: usize = 256;
/// Scripts longer than this hold programs or data, not a date of publication; they are passed over unread.
const SCRIPT: usize = 20_000;
/// At most so many `meta` elements are kept, each with at most so many bytes.
const METAS: (usize, usize) = (200, 4_000);

/// Reads an HTML page into lines. Linear in the page; memory is that of its text plus its boxes.
pub(crate) fn flatten(page: &str) -> Flat<'_> {
    let mut builder = Builder::new(page);
    let mut lexer = Lexer::new(page);
    while let Some(token) = lexer.next() {
        match token {
            Token::Text(range) => builder.text(range),
            Token::Start { name, attributes, self_closing, .. } => {
                builder.start(&mut lexer, name, attributes, self_closing)
            }
            Token::End { name } => builder.end(&page[name]),
        }
    }
    builder.finish()
}

struct Builder<'p> {
    page: &'p str,
    text: String,
    segments: Vec<Segment>,
    lines: Vec<Line>,
    nodes: Vec<Node>,
    images: Vec<Image>,
    head: Head,
    open: Vec<Open<'p>>,
    /// Open elements whose content is not shown, and open links.
    silent: usize,
    links: usize,
    line_start: usize,
    linked: usize,
    /// White space that has not been written yet: where it stands in the input.
    space: Option<Range<usize>>,
}

struct Open<'p> {
    tag: Tag,
    name: &'p str,
    node: u32,
}

impl<'p> Builder<'p> {
    fn new(page: &'p str) -> Self {
        Self {
            page,
            text: String::with_capacity(page.len() / 4),
            segments: Vec::new(),
            lines: Vec::new(),
            nodes: vec![Node { parent: 0, depth: 0, tag: Tag::Root, role: Role::default() }],
            images: Vec::new(),
            head: Head::default(),
            open: vec![Open { tag: Tag::Root, name: "", node: 0 }],
            silent: 0,
            links: 0,
            line_start: 0,
            linked: 0,
            space: None,
        }
    }

    fn top(&self) -> &Open<'p> {
        // The root is never popped.
        &self.open[self.open.len() - 1]
    }

    fn text(&mut self, range: Range<usize>) {
        if self.silent > 0 {
            return;
        }
        let before = self.text.len();
        let mut at = range.start;
        let mut run = at;
        while at < range.end {
            let rest = &self.page[at..range.end];
            let first = rest.as_bytes()[0];
            if first == b'&' {
                self.copy(run..at);
                at += self.reference(at, rest);
                run = at;
            } else if first > b' ' && first < 0x7f {
                at += 1;
            } else {
                // `at` is on a character border and before the end, so there is a character.
                let c = rest.chars().next().unwrap_or(' ');
                let len = c.len_utf8();
                if blank(c) {
                    self.copy(run..at);
                    self.blank(at..at + len);
                    run = at + len;
                }
                at += len;
            }
        }
        self.copy(run..range.end);
        if self.links > 0 {
            self.linked += self.text.len().saturating_sub(before);
        }
    }

    /// Writes the character reference at `at`; returns its length in the input.
    fn reference(&mut self, at: usize, rest: &str) -> usize {
        let Some((len, value)) = entity::reference(rest) else {
            self.copy(at..at + 1);
            return 1;
        };
        if value.chars().all(blank) {
            self.blank(at..at + len);
        } else {
            self.write_space();
            let start = self.text.len();
            self.text.push_str(&value);
            self.segments.push(Segment { text: start..self.text.len(), input: at..at + len, copied: false });
        }
        len
    }

    fn blank(&mut self, range: Range<usize>) {
        let invisible = self.page[range.clone()].chars().all(|c| !c.is_whitespace() && blank(c));
        if self.text.len() > self.line_start && !invisible {
            self.space.get_or_insert(range);
        }
    }

    fn write_space(&mut self) {
        if let Some(range) = self.space.take() {
            let start = self.text.len();
            let copied = self.page.as_bytes()[range.start] == b' ' && range.len() == 1;
            self.text.push(' ');
            self.push_segment(Segment { text: start..start + 1, input: range, copied });
        }
    }

    fn copy(&mut self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        self.write_space();
        let start = self.text.len();
        self.text.push_str(&self.page[range.clone()]);
        self.push_segment(Segment { text: start..self.text.len(), input: range, copied: true });
    }

    fn push_segment(&mut self, next: Segment) {
        if let Some(last) = self.segments.last_mut()
            && last.copied
            && next.copied
            && last.input.end == next.input.start
            && last.text.end == next.text.start
        {
            last.text.end = next.text.end;
            last.input.end = next.input.end;
            return;
        }
        self.segments.push(next);
    }

    /// Ends the current line, if it holds anything.
    fn break_line(&mut self, tag: Tag, node: u32) {
        self.space = None;
        if self.text.len() > self.line_start {
            let linked =
                u32::try_from(self.linked.min(self.text.len() - self.line_start)).unwrap_or(u32::MAX);
            self.lines.push(Line { range: self.line_start..self.text.len(), node, tag, linked });
            self.text.push('\n');
        }
        self.line_start = self.text.len();
        self.linked = 0;
    }

    /// Ends the current line as one of the innermost block.
    fn break_here(&mut self) {
        let node = self.top().node;
        let tag = self.nodes[node as usize].tag;
        self.break_line(tag, node);
    }

    fn start(
        &mut self,
        lexer: &mut Lexer<'p>,
        name: Range<usize>,
        stretch: Range<usize>,
        self_closing: bool,
    ) {
        let name = &self.page[name];
        let tag = Tag::of(name);
        let stretch = &self.page[stretch];
        match tag {
            Tag::Raw | Tag::Title => return self.raw(lexer, tag, name, stretch),
            Tag::Meta => return self.meta(stretch),
            Tag::Image => return self.image(stretch),
            Tag::Void => return self.link(name, stretch),
            _ => {}
        }
        if tag.is_block() {
            self.break_here();
            self.close_implied(tag);
        }
        if tag == Tag::Link && self.links > 0 {
            self.end("a");
        }
        if !tag.holds_content() || (self_closing && !tag.is_block()) {
            return;
        }
        let node = if tag.is_block() { self.add_node(tag, name, stretch) } else { self.top().node };
        self.silent += usize::from(tag == Tag::Silent);
        self.links += usize::from(tag == Tag::Link);
        self.open.push(Open { tag, name, node });
    }

    /// Closes a paragraph or an item that the start of a block called `tag` ends.
    fn close_implied(&mut self, tag: Tag) {
        let above = self.open.iter().rev().take(REACH).position(|open| open.tag.is_block());
        let Some(above) = above else { return };
        let block = self.open.len() - 1 - above;
        let ends = match self.open[block].tag {
            Tag::Paragraph => tag != Tag::Break,
            Tag::Item => tag == Tag::Item,
            _ => false,
        };
        if ends {
            self.pop_to(block);
        }
    }

    fn add_node(&mut self, tag: Tag, name: &str, stretch: &str) -> u32 {
        let parent = self.top().node;
        let above = &self.nodes[parent as usize];
        let mut role = Role { title: false, meta: false, body: false, ..above.role };
        // The page as a whole says nothing about its parts.
        if !name.eq_ignore_ascii_case("body") && !name.eq_ignore_ascii_case("html") && !stretch.is_empty() {
            read_role(stretch, &mut role);
        }
        role.chrome |= tag == Tag::Aside;
        role.caption |= tag == Tag::Caption;
        let node = Node { parent, depth: above.depth + 1, tag, role };
        self.nodes.push(node);
        u32::try_from(self.nodes.len() - 1).unwrap_or(u32::MAX)
    }

    fn end(&mut self, name: &str) {
        let tag = Tag::of(name);
        if !tag.holds_content() {
            if tag == Tag::Break {
                self.break_here();
            }
            return;
        }
        if tag.is_block() {
            self.break_here();
        }
        let floor = self.open.len().saturating_sub(REACH).max(1);
        for at in (floor..self.open.len()).rev() {
            let open = &self.open[at];
            if open.name.eq_ignore_ascii_case(name) {
                return self.pop_to(at);
            }
            // An inline end tag does not reach out of its block, nor any end tag out of its table cell.
            let cell = open.name.eq_ignore_ascii_case("td")
                && !name.eq_ignore_ascii_case("table")
                && !name.eq_ignore_ascii_case("tr");
            if (!tag.is_block() && open.tag.is_block()) || cell {
                return;
            }
        }
    }

    fn pop_to(&mut self, at: usize) {
        for open in self.open.drain(at..) {
            self.silent -= usize::from(open.tag == Tag::Silent);
            self.links -= usize::from(open.tag == Tag::Link);
        }
    }

    fn raw(&mut self, lexer: &mut Lexer<'p>, tag: Tag, name: &str, stretch: &str) {
        let content = lexer.raw_text(&name.to_ascii_lowercase());
        if tag == Tag::Title {
            if self.head.title.is_none() && self.silent == 0 && !content.is_empty() {
                self.head.title = Some(entity::decode(&self.page[content.clone()]));
                self.head.title_span = Some(content);
            }
        } else if name.eq_ignore_ascii_case("script") {
            if memchr::memmem::find(stretch.as_bytes(), b"ld+json").is_some() {
                self.head.json.push(content);
            } else if (1..SCRIPT).contains(&content.len()) {
                self.head.scripts.push(content);
            }
        }
    }

    fn meta(&mut self, stretch: &str) {
        if self.head.metas.len() >= METAS.0 {
            return;
        }
        let (mut name, mut content) = ("", "");
        for (key, value) in attributes(stretch) {
            if key.eq_ignore_ascii_case("content") {
                content = value;
            } else if ["name", "property", "itemprop"].iter().any(|wanted| key.eq_ignore_ascii_case(wanted)) {
                name = value;
            }
        }
        if !name.is_empty() && content.len() <= METAS.1 {
            self.head.metas.push((name.to_ascii_lowercase(), entity::decode(content)));
        }
    }

    fn image(&mut self, stretch: &str) {
        let wanted = ["data-original", "data-src", "src"];
        let rank = |key: &str| wanted.iter().position(|name| key.eq_ignore_ascii_case(name));
        let found = attributes(stretch).filter(|(_, value)| !value.is_empty() && !value.starts_with("data:"));
        let best = found
            .filter_map(|(key, value)| rank(key).map(|rank| (rank, value)))
            .min_by_key(|(rank, _)| *rank);
        let source = best.map_or(0..0, |(_, value)| self.place_of(value));
        self.images.push(Image { at: self.text.len(), node: self.top().node, source });
    }

    fn link(&mut self, name: &str, stretch: &str) {
        if self.head.canonical.is_none() && name.eq_ignore_ascii_case("link") {
            let canonical = attributes(stretch).any(|(key, value)| {
                key.eq_ignore_ascii_case("rel") && value.eq_ignore_ascii_case("canonical")
            });
            let address = attributes(stretch)
                .find(|(key, value)| key.eq_ignore_ascii_case("href") && !value.is_empty());
            if let (true, Some((_, address))) = (canonical, address) {
                self.head.canonical = Some(entity::decode(address));
            }
        }
    }

    /// Returns where `part`, a slice of the page, stands in it.
    fn place_of(&self, part: &str) -> Range<usize> {
        let start = part.as_ptr().addr() - self.page.as_ptr().addr();
        start..start + part.len()
    }

    fn finish(mut self) -> Flat<'p> {
        self.break_here();
        Flat {
            text: Cow::Owned(self.text),
            segments: self.segments,
            lines: self.lines,
            nodes: self.nodes,
            images: self.images,
            head: self.head,
        }
    }
}

fn read_role(stretch: &str, role: &mut Role) {
    for (key, value) in attributes(stretch) {
        if key.eq_ignore_ascii_case("class") || key.eq_ignore_ascii_case("id") {
            classes::read(value, role);
        } else if key.eq_ignore_ascii_case("hidden") || (key.eq_ignore_ascii_case("style") && hides(value)) {
            role.hidden = true;
        }
    }
}

/// Returns whether a style says `display: none`. `visibility: hidden` does not count: WeChat's articles carry it.
fn hides(style: &str) -> bool {
    let squeezed: String = style.chars().filter(|c| !c.is_whitespace()).take(400).collect();
    squeezed.to_ascii_lowercase().contains("display:none")
}
