//! The files `schema.*.sql` are what the migrations give.
//! `FILO_WRITE_SCHEMA=1 cargo test -p filo-store schema` writes them.

use std::fmt::Write as _;
use std::path::Path;

use filo_store::{Db, Location, Options};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, Row as _, SqliteConnection};

use crate::{location, remove, server};

#[expect(clippy::disallowed_methods, reason = "the variable asks for new files")]
fn compare(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    if std::env::var("FILO_WRITE_SCHEMA").is_ok() {
        std::fs::write(&path, found).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == found,
        "{name} is not what the migrations give:\n{found}"
    );
}

#[tokio::test]
async fn sqlite_tables_are_as_written_down() {
    let scratch = tempfile::tempdir().unwrap();
    let options = Options {
        ballast_bytes: 0,
        ..Options::default()
    };
    let location = Location::Sqlite {
        folder: scratch.path().to_path_buf(),
    };
    Db::open(&location, &options)
        .await
        .unwrap()
        .close()
        .await
        .unwrap();
    let mut text =
        String::from("-- What the migrations give on SQLite. Written by a test; do not edit.\n");
    for file in ["log.db", "state.db"] {
        let url = format!("sqlite://{}", scratch.path().join(file).display());
        let mut connection = SqliteConnection::connect(&url).await.unwrap();
        let rows = sqlx::query(
            "SELECT sql
               FROM sqlite_schema
              WHERE sql IS NOT NULL
                AND name NOT LIKE 'sqlite%'
              ORDER BY tbl_name, type DESC, name",
        )
        .fetch_all(&mut connection)
        .await
        .unwrap();
        write!(text, "\n-- {file}\n").unwrap();
        for row in rows {
            writeln!(text, "\n{};", row.get::<String, _>(0)).unwrap();
        }
        connection.close().await.unwrap();
    }
    compare("schema.sqlite.sql", &text);
}

const COLUMNS: &str = "
    SELECT table_name || '.' || column_name || ' ' || data_type
           || COALESCE(' COLLATE ' || collation_name, '')
           || CASE is_nullable WHEN 'NO' THEN ' NOT NULL' ELSE '' END
      FROM information_schema.columns
     WHERE table_schema = $1
     ORDER BY table_name, ordinal_position";

const INDEXES: &str = "
    SELECT replace(indexdef, $1 || '.', '')
      FROM pg_indexes
     WHERE schemaname = $1
     ORDER BY tablename, indexname";

const FOREIGN_KEYS: &str = "
    SELECT conrelid::regclass::text || ': ' || pg_get_constraintdef(oid)
      FROM pg_constraint
     WHERE connamespace = $1::regnamespace
       AND contype = 'f'
     ORDER BY 1";

#[tokio::test]
async fn postgres_tables_are_as_written_down() {
    let (Some(_), location) = (server(), location()) else {
        return println!("skipped: FILO_TEST_DB is not set");
    };
    let Location::Postgres { url, schema } = &location else {
        return;
    };
    Db::open(&location, &Options::default())
        .await
        .unwrap()
        .close()
        .await
        .unwrap();
    let mut connection = PgConnection::connect(url).await.unwrap();
    let path = AssertSqlSafe(format!("SET search_path TO {schema}"));
    sqlx::raw_sql(path).execute(&mut connection).await.unwrap();
    let mut text = String::from(
        "-- What the migrations give on PostgreSQL. Written by a test; do not edit.\n",
    );
    for (title, sql) in [
        ("columns", COLUMNS),
        ("indexes", INDEXES),
        ("foreign keys", FOREIGN_KEYS),
    ] {
        write!(text, "\n-- {title}\n").unwrap();
        for row in sqlx::query(sql)
            .bind(schema)
            .fetch_all(&mut connection)
            .await
            .unwrap()
        {
            writeln!(text, "{}", row.get::<String, _>(0)).unwrap();
        }
    }
    connection.close().await.unwrap();
    remove(&location).await;
    compare("schema.postgres.sql", &text);
}

#[tokio::test]
async fn opening_again_changes_nothing_and_a_newer_store_is_refused() {
    let scratch = tempfile::tempdir().unwrap();
    let options = Options {
        ballast_bytes: 0,
        ..Options::default()
    };
    let location = Location::Sqlite {
        folder: scratch.path().to_path_buf(),
    };
    for _ in 0..2 {
        Db::open(&location, &options)
            .await
            .unwrap()
            .close()
            .await
            .unwrap();
    }
    let url = format!("sqlite://{}", scratch.path().join("state.db").display());
    let mut connection = SqliteConnection::connect(&url).await.unwrap();
    sqlx::raw_sql("INSERT INTO migration (number, name) VALUES (9999, 'tomorrow')")
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
    let refused = Db::open(&location, &options).await.unwrap_err();
    assert!(refused.to_string().contains("newer Filo"), "{refused}");
}
