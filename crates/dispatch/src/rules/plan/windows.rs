//! Promise before it is given: the windows of the next days that the present plan keeps with one more visit in it, nobody else being
//! moved. The gaps are the optimiser's ([`Places`]), so what is offered is what its checker keeps.

use std::collections::BTreeSet;

use dispatch_optimiser::{Cost, Job, Place, Places, Term, Window as Span};
use jiff::tz::TimeZone;
use kit::Ts;
use visits::Window;

use super::build::{AreaProblem, PlanJob, around_first_order};
use super::{reasons, sec_down, sec_up};
use crate::model::plan::{PlanFacts, PlanOrder};
use crate::model::windows::OfferedWindow;
use crate::model::{ProposalReason, ProposalReasonCode as Code};
use crate::rules::plain::{Open, lasting, reason};
use crate::rules::travel::TravelTimes;

/// What is left of a window is not worth offering below this.
const LEAST_S: i32 = 900;

/// Windows of `length_min` minutes in which somebody can be at the first order of `facts`, the best first; if there are none, why. The
/// visits of the facts stay as they are, and so do those who make them.
#[must_use]
pub fn windows(
    facts: &PlanFacts,
    travel: &dyn TravelTimes,
    length_min: i64,
) -> (Vec<OfferedWindow>, Vec<ProposalReason>) {
    let Some(order) = facts.orders.first() else { return (Vec::new(), Vec::new()) };
    // The customer chooses: what was wished for before bars nothing.
    let mut asked = facts.clone();
    asked.orders.truncate(1);
    asked.orders[0].wish = Window { start: facts.now, end: facts.until };
    asked.orders[0].promised = None;
    let Some(mut area) = around_first_order(&asked, travel) else { return (Vec::new(), Vec::new()) };
    let Some(job) = area.jobs.iter().position(|j| *j == PlanJob::Order(0)) else {
        return (Vec::new(), vec![reasons::barred(Code::SiteClosed)]);
    };
    let open = opened(facts, order, &area);
    if open.is_empty() {
        return (Vec::new(), vec![reasons::barred(Code::SiteClosed)]);
    }
    area.problem.jobs[job].windows = open;
    let mut offered = Vec::new();
    {
        let present = area.present();
        // The plan that stands holds by the way it is laid out.
        let Ok(places) = Places::new(&area.problem, &present) else { return (Vec::new(), Vec::new()) };
        let gaps = places.of(job as u32);
        let found = Found { facts, order, area: &area, places: &places, gaps: &gaps, job: job as u32 };
        for window in grid(order, facts, length_min) {
            offered.extend(found.best(&window));
        }
    }
    // A promise that is kept comes before one that is cheap.
    offered.sort_by_key(|w| (w.late_s > 0, w.cost, w.window.start, w.engineer_id));
    let why = if offered.is_empty() {
        reasons::left_out(&asked, &area, &area.present(), job as u32, true)
    } else {
        Vec::new()
    };
    (offered, why)
}

/// When somebody may arrive: in the site's hours, and in the window that the customer agreed to, whatever the hours are.
fn opened(facts: &PlanFacts, order: &PlanOrder, area: &AreaProblem) -> Vec<Span> {
    let open = Open::of(&order.access, order.duration_min, &order.wish, facts.now, facts.until);
    open.spans
        .iter()
        .map(|(from, to)| Span {
            open_s: sec_up(area.origin, *from).max(0),
            close_s: sec_down(area.origin, Ts(to.micros().saturating_sub(open.stay_us)))
                .min(sec_down(area.origin, facts.until)),
        })
        .filter(|w| w.open_s <= w.close_s)
        .collect()
}

/// Windows side by side from now on, beginning at the site's midnight.
fn grid(order: &PlanOrder, facts: &PlanFacts, length_min: i64) -> Vec<Window> {
    let zone = TimeZone::get(&order.zone).unwrap_or(TimeZone::UTC);
    let mut windows = Vec::new();
    let mut day = facts.now.timestamp().to_zoned(zone.clone()).date();
    loop {
        let Ok(midnight) = day.to_zoned(zone.clone()) else { return windows };
        let Ok(tomorrow) = day.tomorrow() else { return windows };
        let Ok(next) = tomorrow.to_zoned(zone.clone()) else { return windows };
        let next = Ts::from(next.timestamp());
        let mut start = Ts::from(midnight.timestamp());
        if start >= facts.until {
            return windows;
        }
        while start < next && start < facts.until {
            let end = start.plus(length_min * Ts::MINUTE).min(next);
            if end > facts.now {
                windows.push(Window { start, end });
            }
            start = end;
        }
        day = tomorrow;
    }
}

struct Found<'a> {
    facts: &'a PlanFacts,
    order: &'a PlanOrder,
    area: &'a AreaProblem,
    places: &'a Places<'a>,
    gaps: &'a [Place],
    job: u32,
}

impl Found<'_> {
    fn needs(&self) -> &Job {
        &self.area.problem.jobs[self.job as usize]
    }

    /// The cheapest way to be there within a window.
    fn best(&self, window: &Window) -> Option<OfferedWindow> {
        let (first_s, last_s) =
            (sec_up(self.area.origin, window.start), sec_down(self.area.origin, window.end));
        let mut best: Option<(i64, i32, &Place, Cost)> = None;
        let mut able = BTreeSet::new();
        for place in self.gaps {
            let (from_s, to_s) = (place.from_s.max(first_s), place.to_s.min(last_s));
            if from_s > to_s {
                continue;
            }
            let who = self.area.entries[place.engineer as usize].engineer;
            let Some(start_s) = self.free(who, from_s, to_s) else { continue };
            able.insert(who);
            let price = &self.area.problem.prices;
            if best.as_ref().is_some_and(|b| place.detour_s * price.travel_weight > b.0) {
                continue;
            }
            let cost = self.places.price(place, self.job, start_s);
            if best.as_ref().is_none_or(|b| (cost.total(), start_s) < (b.0, b.1)) {
                best = Some((cost.total(), start_s, place, cost));
            }
        }
        let (_, start_s, place, cost) = best?;
        // No more of it than the site's hours allow.
        let open = self.needs().windows.iter().find(|w| (w.open_s..=w.close_s).contains(&start_s))?;
        let (first_s, last_s) = (first_s.max(open.open_s), last_s.min(open.close_s));
        if last_s - first_s < LEAST_S {
            return None;
        }
        let window = Window { start: self.area.instant(first_s), end: self.area.instant(last_s) };
        Some(self.offered(window, start_s, place, &cost, able.len()))
    }

    /// The first start in whole minutes, if that fits, at which the engineer's own visits leave the time free that is kept for them.
    fn free(&self, engineer: usize, from_s: i32, to_s: i32) -> Option<i32> {
        let id = self.facts.engineers[engineer].engineer.id;
        let minute = (from_s + 59).div_euclid(60) * 60;
        let mut start_s = if minute <= to_s { minute } else { from_s };
        let length_us = i64::from(self.needs().duration_s) * Ts::SECOND;
        // A visit may lie behind another that was already passed by.
        loop {
            let start = self.area.instant(start_s);
            let taken = Window { start, end: start.plus(length_us) };
            let own = self.facts.visits.iter().filter(|v| v.engineer_id == id && v.state.holds_window());
            let Some(end) = own.filter(|v| v.window.overlaps(&taken)).map(|v| v.window.end).max() else {
                return Some(start_s);
            };
            start_s = sec_up(self.area.origin, end).max(start_s + 60);
            if start_s > to_s {
                return None;
            }
        }
    }

    fn offered(
        &self,
        window: Window,
        start_s: i32,
        place: &Place,
        cost: &Cost,
        engineers: usize,
    ) -> OfferedWindow {
        let order = self.order;
        let who = &self.facts.engineers[self.area.entries[place.engineer as usize].engineer].engineer;
        let start = self.area.instant(start_s);
        let visit = Window { start, end: start.plus(i64::from(self.needs().duration_s) * Ts::SECOND) };
        let margin_s = order.due_at.map(|due| (due.micros() - window.end.micros()) / Ts::SECOND);
        let own_late_s = (i64::from(start_s) - self.needs().due_s.map_or(i64::MAX, i64::from)).max(0);
        let late = [Term::LateMajor, Term::LateNormal, Term::LatePlanned];
        let delays_s = late.iter().map(|t| cost.line(*t).amount).sum::<i64>() - own_late_s;
        let overtime_s = cost.line(Term::Overtime).amount;
        let mut reasons = Vec::new();
        if let Some(margin_s) = margin_s {
            reasons.push(lasting(if margin_s < 0 { Code::Late } else { Code::Margin }, margin_s, &[]));
        }
        reasons.push(match place.detour_s {
            ..60 => reason(Code::OnTheWay, &[]),
            more => lasting(Code::Detour, more, &[]),
        });
        reasons.push(reason(Code::MovesNobody, &[]));
        if delays_s >= 60 {
            reasons.push(lasting(Code::Delays, delays_s, &[]));
        }
        if overtime_s >= 60 {
            reasons.push(lasting(Code::Overtime, overtime_s, &[]));
        }
        if let Some(skill) = &order.skill {
            let level = who.skill_level(skill).to_string();
            reasons.push(reason(Code::Skill, &[("skill", skill.clone()), ("level", level)]));
        }
        if order.last_engineer == Some(who.id) {
            reasons.push(reason(Code::SameEngineer, &[]));
        }
        OfferedWindow {
            window,
            visit,
            engineer_id: who.id,
            name: who.name.clone(),
            badge_number: who.badge_number.clone(),
            engineers: engineers as i64,
            wished: order.wish.overlaps(&window),
            late_s: margin_s.map_or(0, |s| (-s).max(0)),
            detour_s: place.detour_s,
            overtime_s,
            cost: cost.total(),
            reasons,
        }
    }
}
