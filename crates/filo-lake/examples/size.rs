//! Writes sample events and prints bytes per event, column by column, and events per second of
//! processor time (which other load on the machine hardly changes; Linux only):
//! `cargo run -p filo-lake --example size -- EVENTS CUSTOMERS FILES LEVEL PAGE_KB`.
#![expect(clippy::print_stdout, reason = "printing is what it is for")]

#[path = "../tests/it/sample.rs"]
mod sample;

use std::error::Error;

use filo_lake::{Lake, LakeFile, Options};
use parquet::file::reader::{FileReader, SerializedFileReader};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1).map(|text| text.parse::<u64>());
    let mut next = |or: u64| arguments.next().unwrap_or(Ok(or));
    let (events, customers, files) = (next(200_000)?, next(10_000)?, next(4)?.max(1));
    let folder = tempfile::tempdir()?;
    let (level, page_bytes) = (next(1)?, next(128)?);
    let options = Options {
        compression: i32::try_from(level)?,
        page_bytes: usize::try_from(page_bytes)? * 1024,
        ..Options::default()
    };
    let lake = Lake::open(folder.path(), sample::KEY, Vec::new(), options)?;
    let mut seconds = 0.0;
    for file in 0..files {
        let batch = sample::events(
            file * events / files..(file + 1) * events / files,
            customers,
        );
        let start = processor_seconds();
        let written = lake.write(&batch, (0, 0), file)?;
        seconds += processor_seconds() - start;
        lake.publish(&written, &[])?;
    }
    println!("written: {:.0} events/s", events as f64 / seconds);
    report(&lake);
    let inputs = lake.list();
    let start = processor_seconds();
    let merged = lake.compact(&inputs, files)?;
    println!(
        "merged: {:.0} events/s",
        events as f64 / (processor_seconds() - start)
    );
    let names: Vec<String> = inputs.into_iter().map(|file| file.name).collect();
    lake.publish(&merged, &names)?;
    report(&lake);
    columns(folder.path(), &merged[0])?;
    let start = processor_seconds();
    let read = lake.events().count();
    println!(
        "read: {:.0} events/s",
        read as f64 / (processor_seconds() - start)
    );
    let start = processor_seconds();
    for number in 0..100 {
        lake.timeline(&[sample::event(number, customers).thread], None, 50)?;
    }
    println!("timeline: {:.2} ms", (processor_seconds() - start) * 10.0);
    Ok(())
}

/// What this thread has used, or nothing where the system does not say.
fn processor_seconds() -> f64 {
    let used = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanos: Option<f64> = used.split(' ').next().and_then(|nanos| nanos.parse().ok());
    nanos.unwrap_or_default() / 1e9
}

fn report(lake: &Lake) {
    let stats = lake.stats();
    let per_event = |bytes: u64| bytes as f64 / stats.rows as f64;
    println!(
        "{} files, {} events: {:.1} + {:.1} bytes per event",
        stats.files,
        stats.rows,
        per_event(stats.bytes),
        per_event(stats.seen_bytes)
    );
}

fn columns(root: &std::path::Path, file: &LakeFile) -> Result<(), Box<dyn Error>> {
    let reader = SerializedFileReader::new(std::fs::File::open(root.join(&file.name))?)?;
    let mut sizes: Vec<(String, i64, i64)> = Vec::new();
    for group in reader.metadata().row_groups() {
        for (place, column) in group.columns().iter().enumerate() {
            if sizes.len() == place {
                sizes.push((column.column_path().string(), 0, 0));
            }
            sizes[place].1 += column.compressed_size();
            sizes[place].2 += column.uncompressed_size();
        }
    }
    for (name, compressed, plain) in sizes {
        let per_event = |bytes: i64| bytes as f64 / file.rows as f64;
        println!(
            "  {name:14} {:6.2} of {:7.2}",
            per_event(compressed),
            per_event(plain)
        );
    }
    Ok(())
}
