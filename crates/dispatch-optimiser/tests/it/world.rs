//! Small random problems, written as files so that the reader takes part.

use std::fmt::Write as _;

use dispatch_optimiser::{Item, Plan};

/// A small random source, apart from the engine's.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, n: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as i64) % n.max(1)
    }

    pub fn chance(&mut self, percent: i64) -> bool {
        self.below(100) < percent
    }
}

/// What a random problem may hold beyond fsp-1.
#[derive(Clone, Copy, Default)]
pub struct Beyond {
    pub wishes: bool,
    pub overtime: bool,
    pub crews: bool,
    pub orders: bool,
    pub stores: bool,
    pub days: bool,
}

pub const PLAIN: Beyond =
    Beyond { wishes: false, overtime: false, crews: false, orders: false, stores: false, days: false };
pub const ALL: Beyond =
    Beyond { wishes: true, overtime: true, crews: true, orders: true, stores: true, days: true };

/// A problem with so many jobs and engineers.
pub fn problem(dice: &mut Dice, jobs: i64, engineers: i64, beyond: Beyond) -> String {
    let places = jobs + engineers + 1;
    let mut text = format!(r#"{{"format":"fsp-1","name":"random","now":{},"#, 28_800 + dice.below(3) * 1800);
    let points: Vec<String> =
        (0..places).map(|_| format!("[{},{}]", dice.below(24_000), dice.below(24_000))).collect();
    let _ = write!(text, r#""locations":[{}],"#, points.join(","));
    // A stop at a store may shorten a way that breaks the triangle, or be a place for a break: neither is its purpose.
    let odd = !beyond.stores || beyond.crews;
    if dice.chance(30) && odd {
        let rows: Vec<String> = (0..places)
            .map(|a| {
                let row: Vec<String> = (0..places)
                    .map(|b| if a == b { "0".into() } else { (200 + dice.below(2400)).to_string() })
                    .collect();
                format!("[{}]", row.join(","))
            })
            .collect();
        let _ = write!(text, r#""travel":{{"kind":"matrix","seconds":[{}]}},"#, rows.join(","));
    } else {
        text.push_str(r#""travel":{"kind":"euclid","detour":1.3,"metres_per_second":11.0},"#);
    }
    let change =
        if beyond.wishes { r#","change":{"cost":500,"near_cost":4000,"horizon":14400}"# } else { "" };
    let _ = write!(text, r#""objective":{{"travel_weight":{}{change}}},"engineers":["#, 1 + dice.below(2));
    for e in 0..engineers {
        let from = 28_800 + dice.below(3) * 3600;
        let start = dice.below(places);
        let end = if dice.chance(70) { start } else { dice.below(places) };
        let second_day = beyond.days && e > 0 && dice.chance(40);
        let from = if second_day { from + 86_400 } else { from };
        let person = if second_day { format!(r#""person":"E{}","#, e - 1) } else { String::new() };
        let stock = if second_day {
            String::new()
        } else {
            format!(r#""stock":{{"P0":{},"P1":{}}},"#, dice.below(3), dice.below(2))
        };
        let overtime = if beyond.overtime && dice.chance(50) {
            format!(r#""overtime":{{"until":{},"weight":{}}},"#, from + 20_000, 1 + dice.below(3))
        } else {
            String::new()
        };
        let breaks = if dice.chance(40) && odd {
            format!(
                r#"{{"window":[{},{}],"duration":1800}}"#,
                from + 3600,
                from + 3600 + dice.below(3) * 1800
            )
        } else {
            String::new()
        };
        let skills = if dice.chance(70) { r#""a","b""# } else { r#""a""# };
        let territories = if dice.chance(80) { r#""T0","T1""# } else { r#""T0""# };
        let _ = write!(
            text,
            r#"{}{{"id":"E{e}",{person}"start":{start},"end":{end},"shift":[{from},{}],{overtime}"skills":[{skills}],"territories":[{territories}],{stock}"breaks":[{breaks}]}}"#,
            if e > 0 { "," } else { "" },
            from + 7200 + dice.below(4) * 3600,
        );
    }
    text.push_str(r#"],"jobs":["#);
    for j in 0..jobs {
        let mut more = String::new();
        if dice.chance(50) {
            let open = 28_800 + dice.below(8) * 1800;
            let _ = write!(more, r#""windows":[[{open},{}]"#, open + dice.below(5) * 1800);
            if dice.chance(30) {
                let again = open + 12_000 + dice.below(4) * 1800;
                let _ = write!(more, ",[{again},{}]", again + 3600);
            }
            more.push_str("],");
        }
        if dice.chance(50) {
            let _ = write!(
                more,
                r#""due":{},"late_weight":{},"#,
                28_000 + dice.below(20_000),
                1 + dice.below(10)
            );
        }
        if dice.chance(20) {
            let _ = write!(more, r#""release":{},"#, 28_800 + dice.below(10_000));
        }
        if dice.chance(35) {
            let _ = write!(more, r#""parts":{{"P{}":1}},"#, dice.below(2));
        }
        if beyond.wishes {
            if dice.chance(30) {
                let _ = write!(
                    more,
                    r#""preferred":{{"people":["E{}"],"cost":{}}},"#,
                    dice.below(engineers),
                    300 + dice.below(900)
                );
            }
            if dice.chance(30) {
                let _ = write!(
                    more,
                    r#""published":{{"engineer":"E{}","start":{}}},"#,
                    dice.below(engineers),
                    30_000 + dice.below(20_000)
                );
            }
            if dice.chance(10) {
                let _ = write!(more, r#""pinned":{{"engineer":"E{}"}},"#, dice.below(engineers));
            }
            if dice.chance(15) {
                let open = 30_000 + dice.below(10_000);
                let _ = write!(more, r#""promised":[{open},{}],"#, open + 5400);
            }
        }
        if beyond.crews && j < 2 {
            more.push_str(r#""crew":"C","#);
        }
        if beyond.orders && j == 2 {
            let _ =
                write!(more, r#""after":[{{"job":"J{}","gap":{}}}],"#, dice.below(2), dice.below(3) * 600);
        }
        let _ = write!(
            text,
            r#"{}{{"id":"J{j}","location":{},"duration":{},"skills":["{}"],"territory":{},{more}"priority":"{}","unserved_cost":{}}}"#,
            if j > 0 { "," } else { "" },
            engineers + j,
            600 + dice.below(60) * 60,
            if dice.chance(70) { "a" } else { "b" },
            ["\"T0\"", "\"T1\"", "null"][dice.below(3) as usize],
            ["major", "normal", "planned"][dice.below(3) as usize],
            5000 + dice.below(20) * 5000,
        );
    }
    text.push(']');
    if beyond.stores {
        let _ = write!(
            text,
            r#","stores":[{{"id":"S","location":{},"duration":300,"stock":{{"P0":2,"P1":1}}}}]"#,
            places - 1
        );
    }
    text.push('}');
    text
}

/// A plan with one thing moved, doubled or taken away: mostly wrong.
pub fn spoilt(dice: &mut Dice, plan: &Plan) -> Plan {
    let mut plan = plan.clone();
    let full: Vec<usize> = (0..plan.routes.len()).filter(|&e| !plan.routes[e].is_empty()).collect();
    if full.is_empty() {
        return plan;
    }
    let from = full[dice.below(full.len() as i64) as usize];
    let at = dice.below(plan.routes[from].len() as i64) as usize;
    let item = plan.routes[from].remove(at);
    let to = dice.below(plan.routes.len() as i64) as usize;
    let to = if matches!(item, Item::Job(_)) { to } else { from };
    if !dice.chance(15) {
        let at = dice.below(plan.routes[to].len() as i64 + 1) as usize;
        plan.routes[to].insert(at, item);
    }
    plan
}
