//! What happened on site: work orders, visits, checklists, photos, charges, signatures, invoices.

use std::collections::HashMap;

use identity::Role;
use kit::{Both, Cx, Failure, Ts, Tx};
use pricing::{ChargeKind, NewPriceLine, NewPriceList};
use visits::{
    AcknowledgeQuote, Answer, AnswerItem, Answered, ArrivalMethod, Arrive, Depart, EvidenceKind,
    IssueInvoice, NewCharge, NewEvidence, NewFinding, NewWorkOrder, PlanVisit, PlannedAs, RefuseSignature,
    Section, SignOrder, VisitId, VisitView, Window, WorkOrderKind,
};

use super::company::Company;
use super::estate::{Place, scribble};
use super::history::FieldCase;
use super::{Maker, Person, names};

const BEFORE: &[u8] = include_bytes!("pictures/before.png");
const AFTER: &[u8] = include_bytes!("pictures/after.png");

/// From setting out to the start of the window, at most.
const WAY_US: i64 = 60 * Ts::MINUTE;
/// From the start of the window to leaving, at most.
const LONGEST_WORK_US: i64 = 150 * Ts::MINUTE;

/// Who plans and does the visits, and when each engineer is taken.
pub struct Field<'c> {
    dispatchers: Vec<&'c Person>,
    finance: Vec<&'c Person>,
    engineers: Vec<&'c Person>,
    taken: HashMap<String, Vec<Window>>,
    // The regions of each area, headquarters' own first.
    areas: Vec<Vec<String>>,
    photos: [String; 2],
    prices: Vec<pricing::PriceLineView>,
}

/// A visit under way: whose it is, and the time on their watch.
struct Visit<'m, 'a> {
    maker: &'m mut Maker<'a>,
    engineer: &'m Person,
    id: VisitId,
    at: Ts,
}

impl Visit<'_, '_> {
    // The next moment, some minutes later; none once it lies ahead of the demo's present.
    fn next(&mut self, low: i64, high: i64) -> Option<Cx> {
        self.at = self.at.plus(self.maker.dice.between(low, high) * Ts::MINUTE);
        (self.at <= self.maker.now).then(|| self.maker.cx(self.engineer.actor(), self.at))
    }

    fn not_before(&mut self, at: Ts) {
        self.at = self.at.max(at);
    }
}

/// The price list of the demo company.
pub async fn prices(tx: &mut Tx, maker: &mut Maker<'_>) -> Result<Vec<pricing::PriceLineView>, Failure> {
    let line =
        |code: &str, kind, zh_cn: &str, en: &str, unit: (&str, &str), price_minor, tax_ppm| NewPriceLine {
            code: code.to_owned(),
            kind,
            description: Both::new(zh_cn, en),
            unit: Both::new(unit.0, unit.1),
            price_minor,
            // A tenth off with an agreement, fifteen in a hundred for VIPs; travel costs everybody the same.
            agreement_price_minor: (kind != ChargeKind::Travel).then_some(price_minor * 90 / 100),
            vip_price_minor: (kind != ChargeKind::Travel).then_some(price_minor * 85 / 100),
            tax_ppm,
            tax_included: true,
            product_kind: None,
        };
    let (hour, piece, time) = (("小时", "hour"), ("件", "piece"), ("次", "time"));
    let lines = vec![
        line("GS-01", ChargeKind::Labour, "现场维修工时", "Repair labour on site", hour, 18_000, 60_000),
        line("GS-02", ChargeKind::Labour, "软件调试工时", "Software labour", hour, 26_000, 60_000),
        line("CF-01", ChargeKind::Travel, "上门车费(市区)", "Travel within the city", time, 8_000, 60_000),
        line("CF-02", ChargeKind::Travel, "上门车费(郊区)", "Travel outside the city", time, 15_000, 60_000),
        line("PJ-01", ChargeKind::Parts, "道闸控制板", "Barrier control board", piece, 68_000, 130_000),
        line("PJ-02", ChargeKind::Parts, "电源模块", "Power module", piece, 32_000, 130_000),
        line("PJ-03", ChargeKind::Parts, "传动皮带", "Drive belt", piece, 9_500, 130_000),
        line("PJ-04", ChargeKind::Parts, "读卡模块", "Card reader module", piece, 27_500, 130_000),
        line("YJ-01", ChargeKind::Postage, "快递费", "Postage", time, 2_500, 60_000),
        line("BZ-01", ChargeKind::Packing, "额外包装费", "Extra packing", time, 3_000, 60_000),
    ];
    let at = maker.now.plus(-300 * Ts::DAY);
    let list = NewPriceList {
        name: Both::new("示范公司服务价格表", "Service prices of the demo company"),
        valid_from: at.timestamp().to_zoned(super::zone()).date(),
        valid_to: None,
        currency: "CNY".to_owned(),
        reason: "示范数据 / demo data".to_owned(),
        lines,
    };
    Ok(pricing::create_price_list(tx, &maker.system(at), list).await?.lines)
}

impl<'c> Field<'c> {
    /// Gets the field ready: prices and photos.
    pub async fn ready(tx: &mut Tx, maker: &mut Maker<'_>, company: &'c Company) -> Result<Self, Failure> {
        let mut photos = [String::new(), String::new()];
        for (place, bytes) in photos.iter_mut().zip([BEFORE, AFTER]) {
            *place = maker.app.files.store(bytes)?;
            kit::files::record_in(tx, place, bytes.len() as u64, "image/png", "demo", maker.now).await?;
            for engineer in company.with(Role::Engineer) {
                identity::files::note_sent(tx, place, &engineer.account_id, 0, bytes.len() as u64).await?;
            }
        }
        Ok(Self {
            dispatchers: company.with(Role::Dispatcher),
            finance: company.with(Role::FinanceClerk),
            engineers: company.with(Role::Engineer),
            taken: HashMap::new(),
            areas: company
                .areas
                .iter()
                .map(|area| area.regions.iter().map(|region| region.unit_id.to_string()).collect())
                .collect(),
            photos,
            prices: prices(tx, maker).await?,
        })
    }

    // A free engineer of the site's region, else of its branch, else of headquarters. The way there and work that lasts longer
    // than planned take time of their own. Visits are made in the order of the calls: who is at work in the demo's present
    // has no time left in its past.
    fn engineer(&mut self, maker: &mut Maker<'_>, unit_id: &str, window: Window) -> Option<&'c Person> {
        let window = Window {
            start: window.start.plus(-WAY_US),
            end: window.end.max(window.start.plus(LONGEST_WORK_US)),
        };
        let now = maker.now;
        let leaves_time = |t: &Window| {
            let at_work = t.start <= now && now < t.end;
            !t.overlaps(&window) && (!at_work || window.start > now)
        };
        let free = |p: &&&Person| self.taken.get(&p.employee_id).is_none_or(|t| t.iter().all(leaves_time));
        let of = |units: &[String]| -> Vec<&&Person> {
            self.engineers.iter().filter(|p| units.contains(&p.unit_id)).filter(free).collect()
        };
        let branch = self.areas.iter().find(|units| units.iter().any(|unit| unit == unit_id));
        let near = [&[unit_id.to_owned()][..], branch.map_or(&[], Vec::as_slice), &self.areas[0]]
            .into_iter()
            .map(of)
            .find(|found| !found.is_empty())?;
        // The engineer whom the guide signs in gets what is still to come.
        let guide =
            near.iter().find(|p| window.end > maker.now && p.employee_id == self.engineers[0].employee_id);
        let chosen = **guide.unwrap_or_else(|| maker.dice.one(&near));
        self.taken.entry(chosen.employee_id.clone()).or_default().push(window);
        Some(chosen)
    }

    /// A visit from the agreement as far as the present allows. Returns when it was over, if nothing keeps the case open.
    ///
    /// # Errors
    /// As the commands refuse.
    pub async fn visit(
        &mut self,
        tx: &mut Tx,
        maker: &mut Maker<'_>,
        case: &FieldCase,
        places: &[Place],
    ) -> Result<Option<Ts>, Failure> {
        let place = &places[case.place];
        let dispatcher = *maker.dice.one(&self.dispatchers[..1]);
        let window = self.window(maker, case);
        let ordered = case.agreed_at.plus(maker.dice.between(2, 12) * Ts::MINUTE);
        if ordered > maker.now {
            return Ok(None);
        }
        let order = NewWorkOrder {
            kind: WorkOrderKind::Repair,
            window: Some(window),
            place: Some(format!("{}层 设备间", maker.dice.one(&["B1", "B2", "1", "2"]))),
            symptom: Some("设备异常,电话处理未恢复".to_owned()),
            skill: Some(case.skill.to_owned()),
            duration_min: Some(maker.dice.between(3, 8) * 15),
            later_at_customers_wish: false,
        };
        let order =
            visits::create_work_order(tx, &maker.cx(dispatcher.actor(), ordered), case.case_id, order)
                .await?;
        let planned_at = ordered.plus(maker.dice.between(1, 10) * Ts::MINUTE);
        if planned_at > maker.now {
            return Ok(None);
        }
        let Some(engineer) = self.engineer(maker, &place.unit_id, window) else { return Ok(None) };
        let Ok(engineer_id) = engineer.employee_id.parse() else { return Ok(None) };
        let plan = PlanVisit {
            engineer_id,
            window_start: window.start,
            window_end: window.end,
            appointment_end: None,
            planned_as: PlannedAs::Dispatched,
            at_customers_wish: false,
            outside_promise: None,
        };
        let planned =
            visits::plan_visit(tx, &maker.cx(dispatcher.actor(), planned_at), order.order.id, None, plan)
                .await?;
        let id = planned.visit.id;
        let mut visit = Visit { maker, engineer, id, at: planned_at };
        let Some(done) = self.on_site(tx, &mut visit, window).await? else { return Ok(None) };
        let (maker, left_at) = (visit.maker, visit.at);
        self.invoice(tx, maker, &done, left_at).await
    }

    // Inside the promise for nearly all, later for one in ten that is over: the demo shows kept and broken ones.
    fn window(&self, maker: &mut Maker<'_>, case: &FieldCase) -> Window {
        let over = maker.now.micros() - case.agreed_at.micros() > 36 * Ts::HOUR;
        let late = maker.dice.chance(11) && over;
        let wait = match (case.major, late) {
            (true, false) => maker.dice.between(70, 195),
            (true, true) => maker.dice.between(250, 330),
            (false, false) if maker.dice.chance(60) => maker.dice.between(90, 420),
            (false, false) => maker.dice.between(420, 1_290),
            (false, true) => maker.dice.between(1_460, 1_700),
        };
        let start = case.agreed_at.plus(wait * Ts::MINUTE);
        Window { start, end: start.plus(maker.dice.between(4, 8) * 15 * Ts::MINUTE) }
    }

    async fn on_site(
        &self,
        tx: &mut Tx,
        visit: &mut Visit<'_, '_>,
        window: Window,
    ) -> Result<Option<VisitView>, Failure> {
        let Some(cx) = visit.next(2, 20) else { return Ok(None) };
        visits::accept(tx, &cx, visit.id).await?;
        visit.not_before(window.start.plus(-50 * Ts::MINUTE));
        let Some(cx) = visit.next(0, 10) else { return Ok(None) };
        let answers = ["work_clothes", "badge", "tools"].map(answered).into();
        visits::depart(tx, &cx, visit.id, Depart { answers }).await?;
        visit.not_before(window.start.plus(-15 * Ts::MINUTE));
        let Some(cx) = visit.next(0, 25) else { return Ok(None) };
        let arrive = Arrive {
            method: ArrivalMethod::Manual,
            position: None,
            late_reason: Some(names::LATE.to_owned()),
        };
        visits::arrive(tx, &cx, visit.id, arrive).await?;
        let Some(cx) = visit.next(2, 6) else { return Ok(None) };
        let mut view = visits::start(tx, &cx, visit.id).await?;
        let Some(cx) = visit.next(1, 4) else { return Ok(None) };
        view = self.photo(tx, &cx, visit.id, EvidenceKind::Before, 0).await.unwrap_or(view);
        let found = visit.maker.dice.one(names::FOUND);
        let Some(cx) = visit.next(8, 25) else { return Ok(None) };
        let finding = NewFinding {
            text: found.0.to_owned(),
            fault_code: Some(found.2.to_owned()),
            cause_code: found.3.to_owned(),
            action: found.1.to_owned(),
        };
        visits::record_finding(tx, &cx, visit.id, finding).await?;
        let Some(cx) = visit.next(1, 3) else { return Ok(None) };
        view = self.charges(tx, &cx, visit).await?.unwrap_or(view);
        for (item, section) in
            view.checklist.items.iter().map(|i| (i.key.clone(), i.section)).collect::<Vec<_>>()
        {
            if section == Section::Departure {
                continue;
            }
            let Some(cx) = visit.next(0, 3) else { return Ok(None) };
            visits::answer(tx, &cx, visit.id, AnswerItem { item, answer: Answer::Done { note: None } })
                .await?;
        }
        let Some(cx) = visit.next(1, 2) else { return Ok(None) };
        self.photo(tx, &cx, visit.id, EvidenceKind::After, 1).await?;
        let Some(cx) = visit.next(0, 2) else { return Ok(None) };
        visits::self_check(tx, &cx, visit.id).await?;
        self.close(tx, visit).await
    }

    async fn photo(
        &self,
        tx: &mut Tx,
        cx: &Cx,
        id: VisitId,
        kind: EvidenceKind,
        which: usize,
    ) -> Result<VisitView, Failure> {
        let evidence = NewEvidence { kind, sha256: self.photos[which].clone(), note: None };
        visits::add_evidence(tx, cx, id, evidence).await
    }

    // Labour, travel, and a part in every third repair; the customer agrees to what they pay before it is done.
    async fn charges(
        &self,
        tx: &mut Tx,
        cx: &Cx,
        visit: &mut Visit<'_, '_>,
    ) -> Result<Option<VisitView>, Failure> {
        let mut chosen = vec![(0, visit.maker.dice.between(1, 4) * 500), (2, 1000)];
        if visit.maker.dice.chance(33) {
            chosen.push((usize::try_from(visit.maker.dice.between(4, 7)).unwrap_or(4), 1000));
        }
        let mut last = None;
        for (line, quantity_milli) in chosen {
            let part = self.prices[line].kind == ChargeKind::Parts;
            let charge = NewCharge {
                price_line_id: Some(self.prices[line].id),
                quantity_milli,
                kind: None,
                part_serial: part.then(|| format!("PS{:08}", visit.maker.dice.between(0, 99_999_999))),
            };
            match visits::add_charge(tx, cx, visit.id, charge).await {
                Ok(view) => last = Some(view),
                // Cover is undecided where the acceptance is missing: nobody can be charged before it is known.
                Err(Failure::Refused(_)) => return Ok(last),
                Err(other) => return Err(other),
            }
        }
        let quote = last.as_ref().and_then(|v| v.quote.as_ref()).filter(|q| !q.acknowledged);
        if let Some(hash) = quote.map(|q| q.sha256.clone()) {
            let strokes = vec![scribble(visit.maker)];
            let agreed =
                AcknowledgeQuote { quote_hash: hash, signer_name: "演示客户代表".to_owned(), strokes };
            last = Some(visits::acknowledge(tx, cx, visit.id, agreed).await?);
        }
        Ok(last)
    }

    async fn close(&self, tx: &mut Tx, visit: &mut Visit<'_, '_>) -> Result<Option<VisitView>, Failure> {
        let Some(cx) = visit.next(1, 3) else { return Ok(None) };
        let shown = visits::present(tx, &cx, visit.id, visits::Present::default()).await?;
        let Some(cx) = visit.next(1, 4) else { return Ok(None) };
        if visit.maker.dice.chance(4) {
            let refused = RefuseSignature {
                document_hash: shown.sha256,
                reason: "客户认为故障不应收费".to_owned(),
                witness: "演示值班员".to_owned(),
            };
            visits::refuse_signature(tx, &cx, visit.id, refused).await?;
        } else {
            let strokes = vec![scribble(visit.maker)];
            let signed =
                SignOrder {
                    document_hash: shown.sha256, signer_name: "演示客户代表".to_owned(), strokes
                };
            visits::sign(tx, &cx, visit.id, signed).await?;
        }
        let Some(cx) = visit.next(0, 2) else { return Ok(None) };
        visits::finish(tx, &cx, visit.id).await?;
        let Some(cx) = visit.next(1, 5) else { return Ok(None) };
        visits::leave(tx, &cx, visit.id).await.map(Some)
    }

    // The invoices of the last days are what finance finds to do; hardly an older one is missing.
    async fn invoice(
        &self,
        tx: &mut Tx,
        maker: &mut Maker<'_>,
        done: &VisitView,
        left_at: Ts,
    ) -> Result<Option<Ts>, Failure> {
        let owed = done.charges.totals.customer.gross_minor;
        let at = left_at.plus(maker.dice.between(30, 900) * Ts::MINUTE);
        if owed == 0 {
            return Ok(Some(left_at));
        }
        let lately = maker.now.micros() - left_at.micros() < 6 * Ts::DAY;
        if at > maker.now || maker.dice.chance(if lately { 30 } else { 2 }) {
            return Ok(None);
        }
        let clerk = *maker.dice.one(&self.finance);
        let number = format!("DEMO{:016}", maker.dice.between(1, 9_999_999_999));
        let invoice = IssueInvoice { invoice_number: number, amount_minor: owed };
        visits::issue_invoice(tx, &maker.cx(clerk.actor(), at), done.order.id, invoice).await?;
        Ok(Some(at))
    }
}

fn answered(item: &str) -> Answered {
    Answered { item: item.to_owned(), answer: Answer::Done { note: None } }
}
