//! Whose a device is.

use Trust::{Claimed, Verified};

use super::*;
use crate::identity::Verdict;
use crate::identity::scene::{Scene, check, node};

#[test]
fn a_device_of_two_people_is_a_customer_of_its_own() {
    let scene = Scene::default()
        .with(Verified, 1, &["user_id:u1", "anonymous_id:a1"])
        .with(Verified, 2, &["user_id:u2", "anonymous_id:a1"])
        .with(Verified, 3, &["device_id:d1", "anonymous_id:a1"]);
    let clustering = check(
        &scene,
        &["anonymous_id:a1 device_id:d1", "user_id:u1", "user_id:u2"],
        &[
            ("user_id:u1", "anonymous_id:a1", Obstacle::SharedDevice),
            ("user_id:u2", "anonymous_id:a1", Obstacle::SharedDevice),
        ],
    );
    let mut devices = vec![node("anonymous_id:a1"), node("device_id:d1")];
    devices.sort_unstable();
    assert_eq!(clustering.shared_devices, devices);
}

#[test]
fn a_claim_does_not_take_a_device_away() {
    let scene = Scene::default()
        .with(Verified, 9, &["user_id:u1", "anonymous_id:a1"])
        .with(Claimed, 1, &["user_id:u2", "anonymous_id:a1"])
        // Nor by way of another device that the claimant owns.
        .with(Verified, 1, &["user_id:u2", "device_id:d2"])
        .with(Claimed, 1, &["device_id:d2", "anonymous_id:a1"]);
    check(
        &scene,
        &["anonymous_id:a1 user_id:u1", "device_id:d2 user_id:u2"],
        &[
            ("user_id:u2", "anonymous_id:a1", Obstacle::DeviceOfAnother),
            ("device_id:d2", "anonymous_id:a1", Obstacle::DeviceOfAnother),
        ],
    );
}

#[test]
fn a_claim_does_not_settle_whose_a_shared_device_is() {
    let scene = Scene::default()
        .with(Verified, 1, &["user_id:u1", "anonymous_id:a1"])
        .with(Verified, 2, &["user_id:u2", "anonymous_id:a1"])
        .with(Claimed, 3, &["user_id:u3", "anonymous_id:a1"])
        .with(Claimed, 4, &["device_id:d1", "anonymous_id:a1"]);
    let shared = |name| (name, "anonymous_id:a1", Obstacle::SharedDevice);
    check(
        &scene,
        &[
            "anonymous_id:a1",
            "device_id:d1",
            "user_id:u1",
            "user_id:u2",
            "user_id:u3",
        ],
        &[
            shared("user_id:u1"),
            shared("user_id:u2"),
            shared("user_id:u3"),
            shared("device_id:d1"),
        ],
    );
}

#[test]
fn a_device_beyond_its_owner_s_limit_goes_to_no_claimant() {
    let mut scene = Scene::default();
    for device in ["d1", "d2", "d3", "d4", "d5", "d6"] {
        let name = format!("device_id:{device}");
        scene = scene.with(Verified, 1, &["user_id:u1", &name]).with(
            Claimed,
            1,
            &["user_id:u2", &name],
        );
    }
    let clustering = scene.cluster(&Rules::default());
    let lines = scene.lines(&clustering);
    // Five devices with the first user, the sixth alone, none with the second.
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(lines.contains(&"user_id:u2".to_owned()), "{lines:?}");
    let reasons = |reason| {
        clustering
            .refused
            .iter()
            .filter(|it| it.reason == reason)
            .count()
    };
    assert_eq!(reasons(Obstacle::Limit(Kind::DeviceId)), 1);
    assert_eq!(reasons(Obstacle::DeviceOfAnother), 6);
}

#[test]
fn separating_one_user_gives_a_shared_device_to_the_other() {
    let scene = Scene::default()
        .with(Verified, 1, &["user_id:u1", "anonymous_id:a1"])
        .with(Verified, 2, &["user_id:u2", "anonymous_id:a1"])
        .decide(Verdict::Apart, "user_id:u1", "anonymous_id:a1");
    check(
        &scene,
        &["anonymous_id:a1 user_id:u2", "user_id:u1"],
        &[("user_id:u1", "anonymous_id:a1", Obstacle::KeptApart)],
    );
}
