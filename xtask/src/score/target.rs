//! What each figure must reach, in one table.
//!
//! **Invariant:** a target is never moved to fit a measurement; a change here is a decision and
//! has a page in docs/decisions.

use super::figure::Figure;

/// The bound on a figure.
#[derive(Debug, Clone, Copy)]
pub(super) enum Bound {
    AtLeast(f64),
    AtMost(f64),
    /// At least this share of another metric of the same bench.
    ShareOf(f64, &'static str),
    /// At most `times` another metric of the same bench, plus so much.
    Multiple {
        times: f64,
        of: &'static str,
        plus: f64,
    },
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Target {
    pub(super) bench: &'static str,
    pub(super) metric: &'static str,
    pub(super) bound: Bound,
}

const fn target(bench: &'static str, metric: &'static str, bound: Bound) -> Target {
    Target {
        bench,
        metric,
        bound,
    }
}

/// Two cores, the load generator on the same machine.
pub(super) const TARGETS: [Target; 59] = [
    target("build", "cold_build_s", Bound::AtMost(900.0)),
    target("build", "binary_mb", Bound::AtMost(40.0)),
    target("ingest", "events_per_s", Bound::AtLeast(100_000.0)),
    target("ingest", "log_lag_s", Bound::AtMost(1.0)),
    target("ingest", "rss_mb", Bound::AtMost(1024.0)),
    // From one million events to twenty: the cost of one more event must not grow with history.
    target("ingest", "cost_growth", Bound::AtMost(1.3)),
    target(
        "latency",
        "requests_per_s",
        Bound::ShareOf(0.6, "nginx_post_per_s"),
    ),
    target(
        "latency",
        "ack_p99_ms",
        Bound::Multiple {
            times: 2.0,
            of: "fsync_p50_ms",
            plus: 5.0,
        },
    ),
    target("latency", "visible_p99_ms", Bound::AtMost(100.0)),
    target(
        "page",
        "lookup_per_s",
        Bound::ShareOf(0.8, "nginx_get_per_s"),
    ),
    target("page", "lookup_p99_ms", Bound::AtMost(2.0)),
    target("page", "resolve_p99_us", Bound::AtMost(500.0)),
    target("page", "unmerge_ms", Bound::AtMost(10.0)),
    target("page", "page_p95_ms", Bound::AtMost(50.0)),
    target("page", "search_p95_ms", Bound::AtMost(30.0)),
    target("page", "event_bytes", Bound::AtMost(60.0)),
    target("page", "customer_bytes", Bound::AtMost(2000.0)),
    target("page", "ready_s", Bound::AtMost(2.0)),
    target("page", "rss_mb", Bound::AtMost(1024.0)),
    // The slowest screen of the console, a letter typed in its search, what a browser loads once.
    target("console", "page_p95_ms", Bound::AtMost(150.0)),
    target("console", "typing_p95_ms", Bound::AtMost(50.0)),
    target("console", "assets_kb", Bound::AtMost(60.0)),
    // A million people in a minute.
    target("import", "seconds", Bound::AtMost(60.0)),
    target("import", "rss_mb", Bound::AtMost(500.0)),
    target("segments", "ingest_ratio", Bound::AtLeast(0.8)),
    target("segments", "marginal_us", Bound::AtMost(2.0)),
    target("segments", "membership_p99_ms", Bound::AtMost(100.0)),
    target("segments", "recompute_s", Bound::AtMost(3.0)),
    target("segments", "duckdb_ratio", Bound::AtMost(0.5)),
    target("segments", "preview_ms", Bound::AtMost(300.0)),
    target("send", "messages_per_s", Bound::AtLeast(1500.0)),
    target("send", "ratio", Bound::AtLeast(0.75)),
    target("send", "rss_mb", Bound::AtMost(300.0)),
    target("trigger", "trigger_p99_ms", Bound::AtMost(1000.0)),
    target("wake", "wake_lag_p99_ms", Bound::AtMost(1000.0)),
    target("wake", "entered_per_s", Bound::AtLeast(50_000.0)),
    target("wake", "restart_s", Bound::AtMost(2.0)),
    target("wake", "cpu_percent", Bound::AtMost(0.5)),
    target("rehearse", "rehearse_s", Bound::AtMost(30.0)),
    target("rehearse", "rss_mb", Bound::AtMost(1024.0)),
    target("analytics", "ways_ms", Bound::AtMost(1000.0)),
    target("analytics", "paths_ms", Bound::AtMost(1000.0)),
    target("analytics", "cohorts_ms", Bound::AtMost(1000.0)),
    target("analytics", "reorder_ms", Bound::AtMost(1000.0)),
    target("analytics", "worth_ms", Bound::AtMost(1000.0)),
    target("analytics", "leaving_ms", Bound::AtMost(1000.0)),
    target("analytics", "ways_cold_ms", Bound::AtMost(3000.0)),
    target("analytics", "paths_cold_ms", Bound::AtMost(3000.0)),
    target("analytics", "cohorts_cold_ms", Bound::AtMost(3000.0)),
    target("analytics", "reorder_cold_ms", Bound::AtMost(3000.0)),
    target("analytics", "worth_cold_ms", Bound::AtMost(3000.0)),
    target("analytics", "leaving_cold_ms", Bound::AtMost(3000.0)),
    target("analytics", "geomean_ratio_duckdb", Bound::AtMost(0.7)),
    target("analytics", "rss_mb", Bound::AtMost(2048.0)),
    target("idle", "ready_s", Bound::AtMost(2.0)),
    target("idle", "cpu_percent", Bound::AtMost(0.5)),
    target("idle", "rss_mb", Bound::AtMost(60.0)),
    target("clv", "bg_fit_ms", Bound::AtMost(3.0)),
    target("attribution", "markov_ms", Bound::AtMost(5.0)),
];

/// How a figure stands to its target.
#[derive(Debug, PartialEq)]
pub(super) struct Standing {
    pub(super) target: String,
    /// Over one is better than asked, whichever direction is better.
    pub(super) ratio: f64,
}

/// `None` where nothing is asked, or what the target refers to was not measured.
pub(super) fn standing(figure: &Figure, figures: &[Figure]) -> Option<Standing> {
    let target = TARGETS
        .iter()
        .find(|one| one.bench == figure.bench && one.metric == figure.metric)?;
    let other = |metric: &str| {
        let same = |one: &&Figure| {
            one.bench == figure.bench && one.metric == metric && one.size == figure.size
        };
        figures.iter().find(same).map(|one| one.value)
    };
    let (sign, wanted, more_is_better) = match target.bound {
        Bound::AtLeast(wanted) => ("≥", wanted, true),
        Bound::AtMost(wanted) => ("≤", wanted, false),
        Bound::ShareOf(share, metric) => ("≥", share * other(metric)?, true),
        Bound::Multiple { times, of, plus } => ("≤", times * other(of)? + plus, false),
    };
    let ratio = if more_is_better {
        figure.value / wanted
    } else {
        // Nothing measurable at all is as good as the finest number the card shows.
        wanted / figure.value.max(0.001)
    };
    Some(Standing {
        target: format!("{sign} {}", super::card::number(wanted)),
        ratio,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_over_one_is_good_in_both_directions() {
        let figures = [
            Figure::of("ingest", "events_per_s", 150_000.0, "events/s", "5M"),
            Figure::of("idle", "rss_mb", 120.0, "MB", "1"),
            Figure::of("latency", "ack_p99_ms", 7.0, "ms", "a"),
            Figure::of("latency", "fsync_p50_ms", 1.0, "ms", "a"),
            Figure::of("latency", "requests_per_s", 6000.0, "requests/s", "a"),
        ];
        let ratio = |at: usize| standing(&figures[at], &figures).map(|found| found.ratio);
        assert_eq!(ratio(0), Some(1.5));
        assert_eq!(ratio(1), Some(0.5));
        assert_eq!(ratio(2), Some(1.0));
        assert_eq!(ratio(3), None, "nothing is asked of the disk");
        assert_eq!(ratio(4), None, "nginx was not measured");
    }

    #[test]
    fn each_figure_has_one_target() {
        for (index, one) in TARGETS.iter().enumerate() {
            let same = |other: &Target| (other.bench, other.metric) == (one.bench, one.metric);
            assert!(
                !TARGETS[..index].iter().any(same),
                "{} {}",
                one.bench,
                one.metric
            );
        }
    }
}
