//! Computed traits: recipes and their versions.

use filo_core::id::ComputedTraitId;
use filo_core::time::Timestamp;
use filo_store::computed_trait::{self, ComputedTraitRow};

use crate::with_store;

fn row(id: u128, key: &str) -> ComputedTraitRow {
    ComputedTraitRow {
        id: ComputedTraitId(id),
        key: key.to_owned(),
        label: "Caffè".to_owned(),
        recipe: "{}".to_owned(),
        version: 1,
        created_at: Timestamp(10),
        created_by: "owner".to_owned(),
        changed_at: Timestamp(10),
        changed_by: "owner".to_owned(),
        filled_at: None,
        archived_at: None,
    }
}

#[tokio::test]
async fn a_recipe_changes_from_the_version_that_was_seen_and_keys_are_single() {
    with_store(async |db| {
        let mut tx = db.begin().await.unwrap();
        let (one, other) = (row(1, "coffees"), row(2, "average_spend"));
        computed_trait::insert(&mut tx, &one).await.unwrap();
        computed_trait::insert(&mut tx, &other).await.unwrap();
        computed_trait::filled(&mut tx, one.id, 1, Timestamp(20))
            .await
            .unwrap();
        let keys = |rows: Vec<ComputedTraitRow>| -> Vec<String> {
            rows.into_iter().map(|row| row.key).collect()
        };
        let listed = computed_trait::list(&mut tx).await.unwrap();
        assert_eq!(keys(listed), ["average_spend", "coffees"]);
        let known = computed_trait::get(&mut tx, one.id).await.unwrap().unwrap();
        assert_eq!(known.filled_at, Some(Timestamp(20)));
        let changed = ComputedTraitRow {
            label: "Caffè bevuti".to_owned(),
            archived_at: Some(Timestamp(30)),
            filled_at: None,
            ..known
        };
        assert!(computed_trait::change(&mut tx, &changed).await.unwrap());
        assert!(!computed_trait::change(&mut tx, &changed).await.unwrap());
        // Whoever gathered for the version before gathered nothing for this one.
        computed_trait::filled(&mut tx, one.id, 1, Timestamp(40))
            .await
            .unwrap();
        let known = computed_trait::get(&mut tx, one.id).await.unwrap().unwrap();
        assert_eq!((known.version, known.filled_at), (2, None));
        computed_trait::remove(&mut tx, one.id).await.unwrap();
        assert_eq!(computed_trait::get(&mut tx, one.id).await.unwrap(), None);
        tx.commit().await.unwrap();

        let mut tx = db.begin().await.unwrap();
        let twice = row(3, "average_spend");
        assert!(computed_trait::insert(&mut tx, &twice).await.is_err());
    })
    .await;
}
