//! Malformed input gets a sentence with its place; that it never gets a panic is `fuzz.rs`.

use dispatch_optimiser::{Plan, Problem, read_vrptw};

use super::world::{Dice, problem};

#[test]
fn faults_name_their_place() {
    let text = problem(&mut Dice(5), 3, 2, Default::default());
    let broken = |from: &str, to: &str| Problem::read(&text.replacen(from, to, 1)).unwrap_err().to_string();
    assert_eq!(broken("fsp-1", "fsp-2"), "format: “fsp-2” is not fsp-1");
    assert_eq!(broken(r#""id":"J1""#, r#""id":"J0""#), "jobs[1].id: “J0” is also jobs[0]");
    assert!(
        broken(r#""id":"J2","location":4"#, r#""id":"J2","location":99"#)
            .starts_with("jobs[2].location: 99 is none of")
    );
    assert!(broken(r#""unserved_cost":"#, r#""unserved_cost":-"#).starts_with("jobs[0].unserved_cost: -"));
    assert!(broken(r#""jobs":["#, r#""jobs":[7,"#).starts_with("line 1 column "));
    let circle = text
        .replace(r#""id":"J0","#, r#""id":"J0","after":[{"job":"J1"}],"#)
        .replace(r#""id":"J1","#, r#""id":"J1","after":[{"job":"J0"}],"#);
    assert!(Problem::read(&circle).unwrap_err().to_string().contains("the order is a circle"));
    let good = Problem::read(&text).unwrap();
    let answer = r#"{"format":"fsp-solution-1","problem":"x","routes":[{"engineer":"E0","items":["J9"]}]}"#;
    assert_eq!(
        Plan::read(&good, answer).unwrap_err().to_string(),
        "routes[0].items[0]: there is no job “J9”"
    );
    assert!(
        read_vrptw("R1\nNUMBER CAPACITY\nmany 5\n")
            .unwrap_err()
            .to_string()
            .starts_with("line 3: “many” is no number")
    );
}
