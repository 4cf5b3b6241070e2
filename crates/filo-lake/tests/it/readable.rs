//! Other tools can read the files: the row reader of the `parquet` crate knows nothing of us.

use std::fs::File;

use parquet::basic::LogicalType;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, RowAccessor};

use crate::{Place, sample};

#[test]
fn a_generic_reader_sees_plain_columns() {
    let mut place = Place::small();
    place.add(&sample::events(0..300, 20));
    let file = place.lake.list().remove(0);
    let reader =
        SerializedFileReader::new(File::open(place.folder.path().join(&file.name)).unwrap())
            .unwrap();
    let events = place.everything();
    let schema = reader.metadata().file_metadata().schema_descr();
    let place_of = |name: &str| {
        (0..schema.num_columns())
            .find(|place| schema.column(*place).name() == name)
            .unwrap()
    };
    let logical = |name: &str| schema.column(place_of(name)).logical_type_ref().cloned();
    assert_eq!(logical("message_uuid"), Some(LogicalType::Uuid));
    assert_eq!(logical("properties"), Some(LogicalType::Json));
    let threads = reader.metadata().row_group(0).column(place_of("thread"));
    assert!(
        threads
            .bloom_filter_length()
            .is_some_and(|bytes| bytes < 300),
        "sized to fit"
    );
    let mut rows = 0;
    for (row, event) in reader.get_row_iter(None).unwrap().zip(&events) {
        let row = row.unwrap();
        assert_eq!(
            row.get_bytes(place_of("thread")).unwrap().data(),
            event.thread.to_bytes()
        );
        assert_eq!(
            row.get_timestamp_micros(place_of("at")).unwrap(),
            event.at.0
        );
        assert_eq!(row.get_string(place_of("kind")).unwrap(), event.kind.word());
        let name = row.get_column_iter().nth(place_of("name")).unwrap().1;
        match name {
            Field::Null => assert!(event.name.is_empty()),
            Field::Str(name) => assert_eq!(name, event.name.as_str()),
            other => panic!("{other}"),
        }
        let identifiers = row
            .get_column_iter()
            .nth(place_of("identifiers"))
            .unwrap()
            .1;
        let Field::Str(json) = identifiers else {
            panic!("{identifiers}")
        };
        let pairs: Vec<(String, String)> = serde_json::from_str(json).unwrap();
        assert_eq!(
            pairs[0],
            (
                event.identifiers[0].kind.word().into(),
                event.identifiers[0].value.to_string()
            )
        );
        rows += 1;
    }
    assert_eq!(rows, 300);
}
