//! The sizes that the lake is built with, and why.

/// Sizes of files, pages and merges.
#[derive(Debug, Clone)]
pub struct Options {
    /// Level of zstd. 3 would save 1.5 % of the bytes for 10 % more time (`examples/size.rs`).
    pub compression: i32,
    /// Events in a row group: what a writer holds in memory (encoded) before it reaches disk.
    pub row_group_rows: usize,
    /// Events in a page at most: what one look-up decodes of a narrow column.
    pub page_rows: usize,
    /// Bytes of a page at most, before compression: what one look-up decodes of a wide one.
    pub page_bytes: usize,
    /// How many files of a level become one of the next.
    pub merge_files: usize,
    /// A merge never makes a file with more events than this.
    pub max_rows: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            compression: 1,
            row_group_rows: 256 * 1024,
            page_rows: 4096,
            page_bytes: 128 * 1024,
            merge_files: 6,
            max_rows: 32_000_000,
        }
    }
}
