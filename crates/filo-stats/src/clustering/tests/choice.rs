use super::*;

const QUICK: Effort = Effort {
    starts: 3,
    check_starts: 2,
    resamples: 12,
    references: 6,
    sample_most: 2_500,
    seed: 3,
};

/// CDNOW: three groups. The silhouette alone would say two, and four would not be found again.
#[test]
fn real_customers_are_in_three_groups() {
    let Some((_, rows)) = cdnow() else { return };
    let choice = choose(&rows, 4, QUICK).unwrap();
    assert_eq!(choice.chosen, Some(1), "{:?}", choice.levels);
    assert_eq!(choice.levels[1].partition.centres.len(), 3);
    assert!(choice.levels[0].silhouette > choice.levels[1].silhouette);
}

#[test]
fn groups_that_are_there_are_found_and_none_where_there_are_too_few_rows() {
    let rows = blobs(&THREE, 150, 1.0);
    let choice = choose(&rows, 6, QUICK).unwrap();
    let chosen = &choice.levels[choice.chosen.unwrap()];
    assert_eq!(chosen.partition.sizes(), [150; 3]);
    assert!(chosen.silhouette.unwrap() > 0.8);
    let few = rows.select(&(0..299).collect::<Vec<_>>()).unwrap();
    let shortage = Shortage {
        rows: 299,
        rows_least: 300,
    };
    assert_eq!(choose(&few, 6, QUICK), Err(shortage));
}

#[test]
fn rows_that_are_all_equal_have_no_groups() {
    let rows = Rows::new(vec![7.0; 400], 1).unwrap().standardised();
    let choice = choose(&rows, 6, QUICK).unwrap();
    assert_eq!((choice.levels.len(), choice.chosen), (0, None));
}

#[test]
fn a_group_of_a_few_rows_is_not_chosen() {
    let centres = [[0.0, 0.0], [10.0, 0.0]];
    let some: Vec<usize> = (0..400).chain(400..410).collect();
    let rows = blobs(&centres, 400, 1.0).select(&some).unwrap();
    let choice = choose(&rows, 2, QUICK).unwrap();
    assert_eq!(choice.levels[0].partition.sizes(), [400, 10]);
    assert_eq!(choice.chosen, None);
}
