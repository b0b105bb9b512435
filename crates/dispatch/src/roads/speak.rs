//! How the servers are asked, and what they say: OSRM's `table`, Valhalla's `sources_to_targets`. Pure.

use serde::Deserialize;
use serde_json::json;

use crate::rules::roads::{Block, RoadWay};
use crate::rules::travel::distance_m;

/// A way that takes longer is none: somebody mixed up units or coordinates.
const LONGEST_S: f64 = 7.0 * 86_400.0;
/// Characters of what a server says that are told.
const SAID: usize = 200;

kit::names! {
    /// How a road server is spoken to.
    RoadsKind {
        /// OSRM, `/table/v1/driving`.
        Osrm = "osrm",
        /// Valhalla, `/sources_to_targets`.
        Valhalla = "valhalla",
    }
}

/// What is asked.
pub(super) struct Question {
    /// Behind the server's address.
    pub path: String,
    /// What is posted; otherwise it is a plain look.
    pub body: Option<String>,
}

/// What a server said to a question.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Answer {
    /// The ways, row by row; none where there is none.
    Ways(Vec<Option<RoadWay>>),
    /// It is asked for more at once than it gives.
    TooMuch(String),
    /// A place of them lies on no road, or too far off.
    NoPlace,
    /// It can't be used.
    Fault(String),
}

pub(super) fn question(kind: RoadsKind, block: &Block) -> Question {
    match kind {
        RoadsKind::Osrm => {
            let points: Vec<String> = (block.from.iter().chain(&block.to))
                .map(|spot| spot.point())
                .map(|p| format!("{:.4},{:.4}", p.lon, p.lat))
                .collect();
            let numbers = |numbers: std::ops::Range<usize>| {
                numbers.map(|n| n.to_string()).collect::<Vec<_>>().join(";")
            };
            let (points, rows) = (points.join(";"), block.from.len());
            let (sources, destinations) = (numbers(0..rows), numbers(rows..block.places()));
            let path = format!(
                "/table/v1/driving/{points}?annotations=duration,distance&sources={sources}&destinations={destinations}"
            );
            Question { path, body: None }
        }
        RoadsKind::Valhalla => {
            let places = |spots: &[crate::rules::roads::Spot]| -> Vec<_> {
                spots.iter().map(|s| s.point()).map(|p| json!({ "lat": p.lat, "lon": p.lon })).collect()
            };
            let body = json!({
                "sources": places(&block.from),
                "targets": places(&block.to),
                "costing": "auto",
                "units": "kilometers",
            });
            Question { path: "/sources_to_targets".into(), body: Some(body.to_string()) }
        }
    }
}

/// What the answer says to `block`.
pub(super) fn answer(kind: RoadsKind, block: &Block, status: u16, body: &[u8]) -> Answer {
    // A proxy in between has a say on how long an address or a question may be.
    if matches!(status, 413 | 414) {
        return Answer::TooMuch(format!("HTTP {status}"));
    }
    let read = match kind {
        RoadsKind::Osrm => osrm(block, body),
        RoadsKind::Valhalla => valhalla(block, body),
    };
    match read {
        Some(Answer::Ways(_)) if status != 200 => Answer::Fault(format!("HTTP {status}")),
        Some(answer) => answer,
        None => {
            let said: String = String::from_utf8_lossy(body).chars().take(SAID).collect();
            Answer::Fault(format!("HTTP {status}, and not what {kind} says: {said}"))
        }
    }
}

#[derive(Deserialize)]
struct Osrm {
    code: String,
    #[serde(default)]
    message: String,
    durations: Option<Table>,
    distances: Option<Table>,
}

type Table = Vec<Vec<Option<f64>>>;

fn osrm(block: &Block, body: &[u8]) -> Option<Answer> {
    let said: Osrm = serde_json::from_slice(body).ok()?;
    let message = || [said.code.as_str(), said.message.as_str()].join(": ").chars().take(SAID).collect();
    match said.code.as_str() {
        "Ok" => tables(block, &said.durations?, said.distances.as_ref(), 1.0),
        "TooBig" => Some(Answer::TooMuch(message())),
        "NoSegment" | "NoTable" => Some(Answer::NoPlace),
        _ => Some(Answer::Fault(message())),
    }
}

#[derive(Deserialize)]
struct Valhalla {
    sources_to_targets: Option<ValhallaTable>,
    error_code: Option<i64>,
    #[serde(default)]
    error: String,
}

/// In full, or in short as newer ones say it when they are set up so.
#[derive(Deserialize)]
#[serde(untagged)]
enum ValhallaTable {
    Full(Vec<Vec<ValhallaWay>>),
    Short { durations: Table, distances: Option<Table> },
}

#[derive(Deserialize)]
struct ValhallaWay {
    time: Option<f64>,
    distance: Option<f64>,
}

fn valhalla(block: &Block, body: &[u8]) -> Option<Answer> {
    let said: Valhalla = serde_json::from_slice(body).ok()?;
    if let Some(code) = said.error_code {
        let message = || format!("{code}: {}", said.error).chars().take(SAID).collect();
        return Some(match code {
            // More places than one question may name.
            150 => Answer::TooMuch(message()),
            // Too far apart; not within the tiles; no road near; no way.
            154 | 170 | 171 | 442 => Answer::NoPlace,
            _ => Answer::Fault(message()),
        });
    }
    match said.sources_to_targets? {
        ValhallaTable::Short { durations, distances } => {
            tables(block, &durations, distances.as_ref(), 1_000.0)
        }
        ValhallaTable::Full(rows) => {
            let of = |pick: fn(&ValhallaWay) -> Option<f64>| -> Table {
                rows.iter().map(|row| row.iter().map(pick).collect()).collect()
            };
            tables(block, &of(|w| w.time), Some(&of(|w| w.distance)), 1_000.0)
        }
    }
}

// Whole tables only. Where metres are missing, the estimate's are told.
fn tables(block: &Block, seconds: &Table, lengths: Option<&Table>, unit_m: f64) -> Option<Answer> {
    let whole = |table: &Table| {
        table.len() == block.from.len() && table.iter().all(|row| row.len() == block.to.len())
    };
    if !whole(seconds) || lengths.is_some_and(|table| !whole(table)) {
        return None;
    }
    let mut ways = Vec::with_capacity(block.from.len() * block.to.len());
    for (a, from) in block.from.iter().enumerate() {
        for (b, to) in block.to.iter().enumerate() {
            let way = seconds[a][b].filter(|s| (0.0..=LONGEST_S).contains(s)).map(|s| {
                let told = lengths.and_then(|table| table[a][b]).filter(|m| *m >= 0.0);
                let metres = told.map_or_else(|| distance_m(from.point(), to.point()) as f64, |m| m * unit_m);
                RoadWay { seconds: s.round() as u32, metres: metres.round() as u32 }
            });
            ways.push(way);
        }
    }
    Some(Answer::Ways(ways))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::roads::Spot;
    use organisation::Point;

    fn block(rows: i32, columns: i32) -> Block {
        let spot = |n: i32| Spot::of(Point { lon: 108.94 + f64::from(n) / 100.0, lat: 34.26 });
        Block { from: (0..rows).map(spot).collect(), to: (50..50 + columns).map(spot).collect() }
    }

    fn said(kind: RoadsKind, status: u16, body: &str) -> Answer {
        answer(kind, &block(1, 2), status, body.as_bytes())
    }

    fn ways(all: [Option<(u32, u32)>; 2]) -> Answer {
        Answer::Ways(all.map(|w| w.map(|(seconds, metres)| RoadWay { seconds, metres })).to_vec())
    }

    #[test]
    fn p40_osrm_is_asked_in_its_way() {
        let asked = question(RoadsKind::Osrm, &block(1, 2));
        assert_eq!(
            asked.path,
            "/table/v1/driving/108.9400,34.2600;109.4400,34.2600;109.4500,34.2600?annotations=duration,distance&sources=0&destinations=1;2"
        );
        assert_eq!(asked.body, None);
    }

    #[test]
    fn p40_valhalla_is_asked_in_its_way() {
        let asked = question(RoadsKind::Valhalla, &block(1, 1));
        let body: serde_json::Value = serde_json::from_str(&asked.body.unwrap()).unwrap();
        assert_eq!(asked.path, "/sources_to_targets");
        assert_eq!(
            body,
            json!({ "sources": [{ "lat": 34.26, "lon": 108.94 }], "targets": [{ "lat": 34.26, "lon": 109.44 }],
                "costing": "auto", "units": "kilometers" })
        );
    }

    #[test]
    fn p40_what_osrm_says_is_read() {
        let osrm = |status, body| said(RoadsKind::Osrm, status, body);
        let whole = r#"{"code":"Ok","durations":[[61.4,null]],"distances":[[1000.2,null]],"sources":[]}"#;
        assert_eq!(osrm(200, whole), ways([Some((61, 1000)), None]));
        // One that tells no metres.
        let Answer::Ways(told) = osrm(200, r#"{"code":"Ok","durations":[[61.4,99999999.0]]}"#) else {
            panic!()
        };
        assert!((60_000..65_000).contains(&told[0].unwrap().metres), "{told:?}");
        assert_eq!(told[1], None, "three years");
        let large = r#"{"code":"TooBig","message":"Too many table coordinates"}"#;
        assert_eq!(osrm(400, large), Answer::TooMuch("TooBig: Too many table coordinates".into()));
        let off = r#"{"code":"NoSegment","message":"Could not find a matching segment for coordinate 1"}"#;
        assert_eq!(osrm(400, off), Answer::NoPlace);
        assert!(matches!(osrm(414, "<html>"), Answer::TooMuch(_)));
        for (status, bad) in [
            (200, "<html>hello</html>"),
            (200, ""),
            (200, r#"{"code":"Ok"}"#),
            (200, r#"{"code":"Ok","durations":[[1]]}"#),
            (200, r#"{"code":"Ok","durations":[[1,2],[3,4]]}"#),
            (200, r#"{"code":"Ok","durations":[[1,2]],"distances":[[1]]}"#),
            (500, r#"{"code":"Ok","durations":[[1,2]]}"#),
            (400, r#"{"code":"InvalidUrl","message":"URL string malformed"}"#),
        ] {
            assert!(matches!(osrm(status, bad), Answer::Fault(_)), "{bad}");
        }
    }

    #[test]
    fn p40_what_valhalla_says_is_read_in_full_and_in_short() {
        let valhalla = |status, body| said(RoadsKind::Valhalla, status, body);
        let full = r#"{"sources_to_targets":[[{"distance":1.5,"time":90,"from_index":0,"to_index":0},
            {"distance":null,"time":null,"from_index":0,"to_index":1}]],"units":"kilometers"}"#;
        assert_eq!(valhalla(200, full), ways([Some((90, 1500)), None]));
        let short = r#"{"sources_to_targets":{"durations":[[90,null]],"distances":[[1.5,null]]}}"#;
        assert_eq!(valhalla(200, short), ways([Some((90, 1500)), None]));
        let large = r#"{"error_code":150,"error":"Exceeded max locations","status_code":400}"#;
        assert!(matches!(valhalla(400, large), Answer::TooMuch(_)));
        let off = r#"{"error_code":171,"error":"No suitable edges near location","status_code":400}"#;
        assert_eq!(valhalla(400, off), Answer::NoPlace);
        for (status, bad) in [
            (200, "{}"),
            (200, "nothing"),
            (200, r#"{"sources_to_targets":[[{"time":1}]]}"#),
            (400, r#"{"error_code":125,"error":"No costing method found"}"#),
        ] {
            assert!(matches!(valhalla(status, bad), Answer::Fault(_)), "{bad}");
        }
    }
}
