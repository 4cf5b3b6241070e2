use super::*;
use crate::event::Trust;
use crate::identity::scene::{Scene, node};

fn two_customers() -> Scene {
    Scene::default()
        .with(
            Trust::Verified,
            1,
            &["user_id:u1", "email:a@x.it", "anonymous_id:a1"],
        )
        .with(Trust::Verified, 2, &["email:a@x.it", "anonymous_id:a1"])
        .with(Trust::Verified, 3, &["user_id:u2", "email:a@x.it"])
}

fn decision(verdict: Verdict, one: &str, other: &str) -> Decision {
    let (a, b) = (node(one), node(other));
    Decision {
        verdict,
        a,
        b,
        actor: "anna".into(),
        note: "".into(),
    }
}

#[test]
fn a_customer_says_why_it_is_one() {
    let scene = two_customers();
    let (component, rules) = (scene.whole(), Rules::default());
    let clustering = cluster(&component, &rules);
    let customer = clustering.customer_of(node("email:a@x.it")).unwrap().id;
    let told: Vec<(String, Outcome)> = why(&component, &clustering, customer)
        .into_iter()
        .map(|reason| {
            assert!(reason.evidence.is_some());
            let mut names = [scene.name(reason.a.id), scene.name(reason.b.id)];
            names.sort_unstable();
            (names.join(" "), reason.outcome)
        })
        .collect();
    let joined = |order| Outcome::Joined { order };
    let limit = Outcome::Refused {
        obstacle: Obstacle::Limit(super::super::Kind::UserId),
    };
    assert_eq!(
        told,
        [
            ("email:a@x.it user_id:u1".to_owned(), joined(1)),
            ("anonymous_id:a1 user_id:u1".to_owned(), joined(2)),
            ("anonymous_id:a1 email:a@x.it".to_owned(), Outcome::Agreed),
            ("email:a@x.it user_id:u2".to_owned(), limit),
        ]
    );
    assert!(why(&component, &clustering, CustomerId(0)).is_empty());
}

#[test]
fn a_decision_says_what_it_would_change() {
    let scene = two_customers();
    let (component, rules) = (scene.whole(), Rules::default());
    let names = |customers: &[Cluster]| {
        let clustering = Clustering {
            customers: customers.to_vec(),
            ..Clustering::default()
        };
        scene.lines(&clustering)
    };
    let apart = what_if(
        &component,
        &rules,
        &decision(Verdict::Apart, "user_id:u1", "email:a@x.it"),
    );
    assert!(apart.achieved);
    assert_eq!(
        names(&apart.before),
        ["anonymous_id:a1 email:a@x.it user_id:u1", "user_id:u2"]
    );
    // The e-mail goes to the other user, and the device of both stays alone.
    assert_eq!(
        names(&apart.after),
        ["anonymous_id:a1", "email:a@x.it user_id:u2", "user_id:u1"]
    );
    let together = what_if(
        &component,
        &rules,
        &decision(Verdict::Together, "user_id:u1", "user_id:u2"),
    );
    assert!(together.achieved);
    assert_eq!(
        names(&together.after),
        ["anonymous_id:a1 email:a@x.it user_id:u1 user_id:u2"]
    );
    let nothing = what_if(
        &component,
        &rules,
        &decision(Verdict::Withdrawn, "user_id:u1", "email:a@x.it"),
    );
    assert_eq!((nothing.before, nothing.after), (Vec::new(), Vec::new()));
}

#[test]
fn what_another_decision_forbids_is_not_achieved() {
    let scene = two_customers().decide(Verdict::Apart, "user_id:u2", "email:a@x.it");
    let wish = decision(Verdict::Together, "user_id:u1", "user_id:u2");
    let difference = what_if(&scene.whole(), &Rules::default(), &wish);
    assert!(!difference.achieved);
    assert_eq!(
        (difference.before, difference.after),
        (Vec::new(), Vec::new())
    );
}
