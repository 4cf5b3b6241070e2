//! Sizes and times as an operator reads them.

/// 12.3 MB.
pub(crate) fn megabytes(bytes: u64) -> String {
    let tenths = bytes / 100_000;
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

/// 1.2 s.
pub(crate) fn seconds(millis: u64) -> String {
    let tenths = millis / 100;
    format!("{}.{} s", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_times_have_one_decimal() {
        assert_eq!(megabytes(12_345_678), "12.3 MB");
        assert_eq!(seconds(1_250), "1.2 s");
    }
}
