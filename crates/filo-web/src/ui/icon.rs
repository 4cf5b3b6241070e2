//! The signs: strokes on a grid of 24, drawn for Filo. They never stand for a word alone: where
//! no text is beside one, the element around it has a name.

use maud::{Markup, PreEscaped, html};

/// A sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Icon {
    Alert,
    Back,
    Cake,
    Cart,
    Check,
    Close,
    Copy,
    Down,
    Download,
    Filter,
    Flow,
    Group,
    Join,
    Key,
    List,
    Mail,
    Moon,
    More,
    Note,
    Pen,
    People,
    Phone,
    Plus,
    Search,
    Segments,
    Settings,
    Shield,
    Shop,
    Sources,
    Today,
    Undo,
    Up,
    Ways,
}

impl Icon {
    const ALL: [Self; 33] = [
        Self::Alert,
        Self::Back,
        Self::Cake,
        Self::Cart,
        Self::Check,
        Self::Close,
        Self::Copy,
        Self::Down,
        Self::Download,
        Self::Filter,
        Self::Flow,
        Self::Group,
        Self::Join,
        Self::Key,
        Self::List,
        Self::Mail,
        Self::Moon,
        Self::More,
        Self::Note,
        Self::Pen,
        Self::People,
        Self::Phone,
        Self::Plus,
        Self::Search,
        Self::Segments,
        Self::Settings,
        Self::Shield,
        Self::Shop,
        Self::Sources,
        Self::Today,
        Self::Undo,
        Self::Up,
        Self::Ways,
    ];

    /// Every sign, for the page that shows the components.
    pub(crate) const fn all() -> &'static [Self] {
        &Self::ALL
    }

    const fn strokes(self) -> &'static str {
        match self {
            Self::Alert => "M12 4 2.8 19.5h18.4ZM12 10v4.5M12 17.2v.1",
            Self::Back => "M19 12H5m6-6-6 6 6 6",
            Self::Cake => {
                "M4 20h16M5 20v-7h14v7M5 16c2.3 1.6 4.7 1.6 7 0s4.7-1.6 7 0M12 9.5v3.5M12 6v.1"
            }
            Self::Cart => "M3 4h2.5l2.2 11h10.3l2-8H6.3M9.5 19.5v.1M16.5 19.5v.1",
            Self::Check => "m4.5 12.5 5 5 10-11",
            Self::Close => "m6 6 12 12M18 6 6 18",
            Self::Copy => "M8.5 8.5h11v11h-11ZM15.5 8.5v-4h-11v11h4",
            Self::Down => "m6 9.5 6 6 6-6",
            Self::Download => "M12 4v11m-4.5-4.5L12 15l4.5-4.5M4.5 19.5h15",
            Self::Filter => "M4 6h16M7 12h10M10 18h4",
            Self::Flow => "M3 6c7 0 7 12 14 12h4M3 18c3.5 0 5.3-3 7-6M21 6h-4c-2.5 0-4 1.5-5.2 3.3",
            Self::Group => {
                "M8 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2 20c.5-3.5 3-5.5 6-5.5s5.5 2 6 5.5M16 12.5v7M12.5 16h7"
            }
            Self::Join => "M3 5c7 0 7 7 12 7h6M3 19c7 0 7-7 12-7",
            Self::Key => "M8 16.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM12.5 12H21v3.5M17.5 12v2.5",
            Self::List => "M8 6h12M8 12h12M8 18h12M4 6v.1M4 12v.1M4 18v.1",
            Self::Mail => "M3.5 6h17v12h-17ZM4 7l8 6 8-6",
            Self::Moon => "M19.5 14.2A8 8 0 0 1 9.8 4.5a8 8 0 1 0 9.7 9.7Z",
            Self::More => "M5 12v.1M12 12v.1M19 12v.1",
            Self::Note => "M5 4h14v11l-5 5H5ZM14 20v-5h5M8.5 8.5h7M8.5 12h4",
            Self::Pen => "M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19ZM13.5 7l3.5 3.5",
            Self::People => {
                "M9 11.5a3.7 3.7 0 1 0 0-7.4 3.7 3.7 0 0 0 0 7.4ZM2.5 20c.5-3.8 3.2-5.8 6.5-5.8s6 2 6.5 5.8M16 4.5a3.5 3.5 0 0 1 0 6.8M18 14.6c2 .8 3.2 2.6 3.5 5.4"
            }
            Self::Phone => {
                "M5 4h4l1.5 4.5-2 1.7c1 2.3 2.9 4.2 5.3 5.3l1.7-2L20 15v4c0 .6-.4 1-1 1C11 20 4 13 4 5c0-.6.4-1 1-1Z"
            }
            Self::Plus => "M12 5v14M5 12h14",
            Self::Search => "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.5 15.5 20 20",
            Self::Segments => {
                "M9 18a6 6 0 1 0 0-12 6 6 0 0 0 0 12ZM15 18a6 6 0 1 0 0-12 6 6 0 0 0 0 12Z"
            }
            Self::Settings => "M4 7h9M17 7h3M15 5v4M4 17h3M11 17h9M9 15v4M4 12h12M20 12h.1M18 10v4",
            Self::Shield => {
                "M12 3.5 5 6v5.5c0 4.2 2.8 7.3 7 9 4.2-1.7 7-4.8 7-9V6ZM9 12l2.2 2.2L15.2 10"
            }
            Self::Shop => {
                "M4 10v10h16V10M3 10l1.8-6h14.4L21 10c0 3-4.5 3-4.5 0 0 3-4.5 3-4.5 0 0 3-4.5 3-4.5 0 0 3-4.5 3-4.5 0ZM9.5 20v-5.5h5V20"
            }
            Self::Sources => "M9 3v5M15 3v5M6 8h12v3.5a6 6 0 0 1-12 0ZM12 17.5V21",
            Self::Today => {
                "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4"
            }
            Self::Up => "m6 14.5 6-6 6 6",
            Self::Ways => "M4 20h16M5 15.5l4.5-5 3.5 3 6-8M14.5 5.5H19V10",
            Self::Undo => "M4.5 9.5h9a5 5 0 0 1 0 10H8M8.5 5.5l-4 4 4 4",
        }
    }

    /// The sign, hidden from screen readers.
    pub(crate) fn draw(self) -> Markup {
        html! {
            svg.icon viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor"
                stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" {
                path d=(PreEscaped(self.strokes())) {}
            }
        }
    }
}

/// The mark: two strands that become one thread.
pub(crate) fn mark() -> Markup {
    html! {
        svg viewBox="0 0 24 24" width="26" height="26" aria-hidden="true" {
            path d="M2.5 5.5c6.5 0 6.5 6.5 11.5 6.5h5.5" {}
            path d="M2.5 18.5c6.5 0 6.5-6.5 11.5-6.5" {}
            circle cx="20.3" cy="12" r="2.2" {}
        }
    }
}

/// A thread that is not tied to anything yet, for empty places.
pub(crate) fn loose_thread() -> Markup {
    html! {
        svg.loose viewBox="0 0 144 36" aria-hidden="true" {
            path d="M2 26c18 0 20-18 36-18s14 20 28 20 12-16 24-16 10 12 20 12 10-8 18-8h14" {}
        }
    }
}
