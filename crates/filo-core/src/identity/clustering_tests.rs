use Trust::{Claimed, Staff, Verified};
use Verdict::{Apart, Together, Withdrawn};

use super::*;
use crate::identity::scene::{Scene, check, node};
use crate::identity::{Verdict, Window};

#[test]
fn identifiers_of_one_event_are_one_customer() {
    let scene = Scene::default()
        .with(Claimed, 3, &["email:jane@x.it", "anonymous_id:a1"])
        .with(Claimed, 1, &["anonymous_id:a1"]);
    let clustering = check(&scene, &["anonymous_id:a1 email:jane@x.it"], &[]);
    // The id is that of the node seen first.
    assert_eq!(clustering.customers[0].id, node("anonymous_id:a1").into());
    assert_eq!(clustering.joined.len(), 1);
}

/// The example of Segment's documentation of the rules of Unify: the second user does not get
/// the e-mail of the first.
#[test]
fn a_second_user_id_does_not_take_the_e_mail() {
    let scene = Scene::default()
        .with(Verified, 1, &["user_id:abc123", "email:jane@x.it"])
        .with(Verified, 2, &["user_id:abc456", "email:jane@x.it"]);
    check(
        &scene,
        &["email:jane@x.it user_id:abc123", "user_id:abc456"],
        &[(
            "user_id:abc456",
            "email:jane@x.it",
            Obstacle::Limit(Kind::UserId),
        )],
    );
}

#[test]
fn a_family_e_mail_stays_with_whom_it_was_known_first() {
    let scene = Scene::default()
        .with(
            Verified,
            5,
            &["tax_code:RSSMRA80A01H501U", "email:rossi@x.it"],
        )
        .with(
            Verified,
            2,
            &["tax_code:RSSNNA85A41H501N", "email:rossi@x.it"],
        );
    check(
        &scene,
        &[
            "email:rossi@x.it tax_code:RSSNNA85A41H501N",
            "tax_code:RSSMRA80A01H501U",
        ],
        &[(
            "tax_code:RSSMRA80A01H501U",
            "email:rossi@x.it",
            Obstacle::Limit(Kind::TaxCode),
        )],
    );
}

#[test]
fn a_fixed_line_or_company_joins_nobody_unless_a_person_says_so() {
    let scene = Scene::default()
        .with(Verified, 1, &["email:a@x.it", "landline:+39066982"])
        .with(
            Verified,
            2,
            &["email:b@x.it", "landline:+39066982", "group_id:acme"],
        );
    let household = |email, other| (email, other, Obstacle::Household);
    check(
        &scene,
        &[
            "email:a@x.it",
            "email:b@x.it",
            "group_id:acme",
            "landline:+39066982",
        ],
        &[
            household("email:a@x.it", "landline:+39066982"),
            household("email:b@x.it", "landline:+39066982"),
            household("email:b@x.it", "group_id:acme"),
        ],
    );
    let scene = scene.decide(Together, "email:a@x.it", "landline:+39066982");
    check(
        &scene,
        &[
            "email:a@x.it landline:+39066982",
            "email:b@x.it",
            "group_id:acme",
        ],
        &[
            household("email:b@x.it", "landline:+39066982"),
            household("email:b@x.it", "group_id:acme"),
        ],
    );
}

#[test]
fn an_alias_that_can_be_believed_joins_two_user_ids() {
    let alias = |trust| {
        Scene::default()
            .with(Verified, 1, &["user_id:old", "email:o@x.it"])
            .with(Verified, 2, &["user_id:new", "email:n@x.it"])
            .alias(trust, 3, &["user_id:old", "user_id:new"])
    };
    let one = ["email:n@x.it email:o@x.it user_id:new user_id:old"];
    check(&alias(Verified), &one, &[]);
    let two = ["email:n@x.it user_id:new", "email:o@x.it user_id:old"];
    // People of the company decide; what they only write down proves nothing.
    check(&alias(Staff), &two, &[]);
    check(
        &alias(Claimed),
        &["email:n@x.it user_id:new", "email:o@x.it user_id:old"],
        &[("user_id:old", "user_id:new", Obstacle::TwoVerifiedPeople)],
    );
    // The raised limit is for the alias only: a third user id stays out.
    let third = alias(Verified).with(Verified, 4, &["user_id:third", "email:n@x.it"]);
    check(
        &third,
        &[
            "email:n@x.it email:o@x.it user_id:new user_id:old",
            "user_id:third",
        ],
        &[(
            "user_id:third",
            "email:n@x.it",
            Obstacle::Limit(Kind::UserId),
        )],
    );
    // Two user ids in an event that is no alias prove nothing.
    let track = Scene::default().with(Staff, 1, &["user_id:old", "user_id:new"]);
    check(&track, &["user_id:new", "user_id:old"], &[]);
}

#[test]
fn a_claim_never_makes_one_of_two_verified_people() {
    let scene = Scene::default()
        .with(Verified, 1, &["email:anna@x.it"])
        .with(Verified, 2, &["phone:+393331234567"])
        .with(Claimed, 3, &["email:anna@x.it", "phone:+393331234567"]);
    check(
        &scene,
        &["email:anna@x.it", "phone:+393331234567"],
        &[(
            "email:anna@x.it",
            "phone:+393331234567",
            Obstacle::TwoVerifiedPeople,
        )],
    );
    check(
        &scene
            .clone()
            .with(Verified, 9, &["email:anna@x.it", "phone:+393331234567"]),
        &["email:anna@x.it phone:+393331234567"],
        &[],
    );
    // What is only claimed may join one of them.
    check(
        &scene.with(Claimed, 4, &["email:anna@x.it", "card:42"]),
        &["card:42 email:anna@x.it", "phone:+393331234567"],
        &[(
            "email:anna@x.it",
            "phone:+393331234567",
            Obstacle::TwoVerifiedPeople,
        )],
    );
}

#[test]
fn a_number_typed_for_everybody_is_suspended() {
    let mut scene = Scene::default();
    for customer in 0..13 {
        let email = format!("email:c{customer}@x.it");
        scene = scene.with(Verified, 400 * customer, &[&email, "phone:+393331234567"]);
    }
    let clustering = scene.cluster(&Rules::default());
    assert_eq!(clustering.customers.len(), 14);
    assert_eq!(clustering.suspended, [node("phone:+393331234567")]);
    assert!(
        clustering
            .refused
            .iter()
            .all(|link| link.reason == Obstacle::Suspended)
    );
    // A person can say whose it is all the same.
    let scene = scene.decide(Together, "email:c3@x.it", "phone:+393331234567");
    assert_eq!(scene.cluster(&Rules::default()).customers.len(), 13);
}

#[test]
fn what_people_of_the_company_join_makes_nobody_suspect() {
    let mut scene = Scene::default();
    for customer in 0..12 {
        let email = format!("email:c{customer}@x.it");
        scene = scene.with(Verified, 400 * customer, &[&email, "phone:+393331234567"]);
    }
    let rules = Rules::default();
    assert_eq!(scene.cluster(&rules).suspended, []);
    // Nor does the identifier that a decision named, when it is seen for the first time.
    let scene = scene.decide(Together, "user_id:u", "phone:+393331234567");
    let scene = scene.with(Verified, 9, &["user_id:u"]);
    assert_eq!(scene.cluster(&rules).suspended, []);
}

#[test]
fn claims_alone_suspend_claims_alone() {
    let mut scene = Scene::default().with(Verified, 0, &["user_id:victim", "email:v@x.it"]);
    for attack in 1..40 {
        let email = format!("email:evil{attack}@x.it");
        scene = scene.with(Claimed, attack, &["user_id:victim", &email]);
    }
    let clustering = scene.cluster(&Rules::default());
    assert_eq!(clustering.customers.len(), 40);
    let victim = clustering.customer_of(node("user_id:victim")).unwrap();
    assert_eq!(victim.nodes.len(), 2, "what was verified holds");
    assert_eq!(clustering.suspended, [node("user_id:victim")]);
}

#[test]
fn limits_count_in_their_window() {
    let visits = |days: &[i64]| {
        let mut scene = Scene::default();
        for (number, day) in days.iter().enumerate() {
            let anonymous = format!("anonymous_id:a{number}");
            scene = scene.with(Claimed, *day, &["user_id:u1", &anonymous]);
        }
        scene.cluster(&Rules::default()).customers.len()
    };
    // Five a week fit, the sixth does not, unless it comes when the first is a week old.
    assert_eq!(visits(&[0, 1, 2, 3, 4]), 1);
    assert_eq!(visits(&[0, 1, 2, 3, 4, 6]), 2);
    assert_eq!(visits(&[0, 1, 2, 3, 4, 7]), 1);
    assert_eq!(visits(&[0, 1, 2, 3, 4, 7, 7]), 2);
    // Late news from before counts where it belongs.
    assert_eq!(visits(&[10, 11, 12, 13, 14, 0, 1, 2, 3, 4]), 1);
}

#[test]
fn people_of_the_company_override_limits_but_not_each_other() {
    let two = Scene::default()
        .with(Verified, 1, &["user_id:u1", "email:a@x.it"])
        .with(Verified, 1, &["user_id:u2", "email:b@x.it"])
        .decide(Together, "user_id:u1", "email:b@x.it");
    check(
        &two,
        &["email:a@x.it email:b@x.it user_id:u1 user_id:u2"],
        &[],
    );
    let kept = two.decide(Apart, "email:a@x.it", "user_id:u2");
    let clustering = kept.cluster(&Rules::default());
    let customer = |name| clustering.customer_of(node(name)).unwrap().id;
    assert_ne!(customer("email:a@x.it"), customer("user_id:u2"));
    // Taken back, it is as it was.
    let back = kept.decide(Withdrawn, "email:a@x.it", "user_id:u2");
    check(
        &back,
        &["email:a@x.it email:b@x.it user_id:u1 user_id:u2"],
        &[],
    );
}

#[test]
fn caps_are_kept_and_reported() {
    let mut scene = Scene::default();
    for number in 0..30 {
        let anonymous = format!("anonymous_id:a{number}");
        scene = scene.with(Claimed, number * 10, &["user_id:u1", &anonymous]);
    }
    let rules = Rules {
        customer_cap: 11,
        ..Rules::default()
    };
    let clustering = scene.cluster(&rules);
    let largest = clustering.customers.iter().map(|it| it.nodes.len()).max();
    assert_eq!(largest, Some(11));
    assert_eq!(clustering.refused.len(), 20);
    assert!(
        clustering
            .refused
            .iter()
            .all(|link| link.reason == Obstacle::CustomerFull)
    );
    let rules = Rules {
        component_cap: 30,
        ..Rules::default()
    };
    let clustering = scene.cluster(&rules);
    assert_eq!(clustering.customers.len(), 31);
    assert!(
        clustering
            .refused
            .iter()
            .all(|it| it.reason == Obstacle::ComponentTooLarge)
    );
    assert!(
        clustering
            .refused
            .iter()
            .all(|link| link.reason.is_incident())
    );
    // The cap is one component's: what lies beside it does not count.
    let beside = scene.with(Claimed, 0, &["user_id:u2", "anonymous_id:z"]);
    let rules = Rules {
        component_cap: 31,
        ..Rules::default()
    };
    assert_eq!(beside.cluster(&rules).customers.len(), 2);
    let chain = (0..5).fold(Scene::default(), |scene, number| {
        let (one, next) = (
            format!("external_id:s:{number}"),
            format!("external_id:s:{}", number + 1),
        );
        scene.with(Verified, number, &[&one, &next])
    });
    let rules = Rules {
        merge_cap: 3,
        limits: Rules::default()
            .limits
            .with(Kind::External, 9, Window::Ever),
        ..Rules::default()
    };
    let clustering = chain.cluster(&rules);
    assert_eq!(clustering.customers.len(), 2);
    assert_eq!(clustering.refused[0].reason, Obstacle::TooManyMerges);
}
