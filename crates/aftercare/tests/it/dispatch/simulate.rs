//! `aftercare dispatch simulate` on the history of a system, on both databases.

use std::path::Path;

use kit::Ts;
use serde_json::Value;

use super::{equip, ready};
use crate::both;
use crate::program::Place;
use crate::visits::job;

both!(p44_p45_days_are_replayed_against_policies_and_the_same_seed_says_the_same, |world| async move {
    let job = job(&world, "2026-03-03").await;
    for (engineer, lon) in [(0, 113.95), (1, 114.60)] {
        equip(&world, &job.engineers[engineer].0, lon).await;
    }
    for _ in 0..6 {
        ready(&job).await;
    }
    let from = world.app.clock.now().plus(2 * Ts::DAY).to_string()[..10].to_owned();
    drop(job);
    let database = world.end();
    let place = Place { data: database.folder().to_owned(), database: database.url().map(str::to_owned) };
    let binary = Path::new(env!("CARGO_BIN_EXE_aftercare"));
    let out = database.folder().join("figures.json");
    let words = |more: &[&'static str]| {
        let mut words =
            vec!["dispatch", "simulate", "--days", "2", "--seed", "1,2", "--load", "3", "--rounds", "4"];
        words.extend_from_slice(more);
        words
    };
    let run = |more: &[&'static str]| {
        let mut words = words(more);
        let tail = ["--from", from.as_str(), "--json", out.to_str().unwrap()];
        words.extend(tail);
        place.run(binary, &words)
    };
    let said = run(&[]).unwrap();
    assert!(said.contains("按时到场") && said.contains("简单规则"), "{said}");
    let figures: Value = serde_json::from_slice(&std::fs::read(&out).unwrap()).unwrap();
    let policies = figures["policies"].as_array().unwrap();
    let names: Vec<_> = policies.iter().map(|p| p["policy"].as_str().unwrap()).collect();
    assert_eq!(names, ["plain", "at_once", "rolling", "thresholds"]);
    let faults = policies[0]["all_seeds"]["faults"].as_i64().unwrap();
    assert!(faults > 5, "{figures}");
    for policy in policies {
        let (all, seeds) = (&policy["all_seeds"], policy["by_seed"].as_array().unwrap());
        assert_eq!((all["faults"].as_i64(), seeds.len()), (Some(faults), 2), "the same faults for each");
        assert_eq!(
            seeds.iter().map(|s| s["visits"].as_i64().unwrap()).sum::<i64>(),
            all["visits"].as_i64().unwrap()
        );
        assert!(
            all["travel_m"].as_i64().unwrap() > 0 && all["all"]["judged"].as_i64().unwrap() > 0,
            "{policy}"
        );
    }
    assert_eq!(run(&[]).unwrap(), said, "the same seeds, the same table");

    let english = run(&["--policy", "plain", "--lang", "en"]).unwrap();
    assert!(english.contains("Arrived in time") && !english.contains("rolling"), "{english}");
    for wrong in [["--load", "0"], ["--days", "0"], ["--policy", "best"], ["--seed", "x"]] {
        let words = ["dispatch", "simulate"].into_iter().chain(wrong).collect::<Vec<_>>();
        assert!(place.run(binary, &words).is_err(), "{words:?}");
    }
    // What happened long before says nothing.
    let nothing = place.run(binary, &["dispatch", "simulate", "--from", "2020-01-06"]).unwrap_err();
    assert!(nothing.contains("没有约定上门的故障"), "{nothing}");
});
