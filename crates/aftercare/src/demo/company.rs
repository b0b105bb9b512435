//! The demo company: headquarters, eight branches with regions, fourteen hotlines, 120 employees of whom 60 engineers.

use identity::{NewAccount, Role};
use jiff::ToSpan as _;
use kit::{Both, Failure, Lang, Ts, Tx};
use organisation::divisions::Division;
use organisation::on_call::{Rota, Tier, Turn};
use organisation::{
    Assignment, Certificate, DepartmentKind, Education, EmployeeId, EmployeeInput, FoundUnit,
    HotlineCalendar, HotlineInput, SaveRota, Shift, ShiftKind, Skill, UnitId, UnitKind, divisions,
};

use super::names::{self, Branch};
use super::{Maker, Person};

/// The units of the demo and who works in them.
pub struct Company {
    pub headquarters: UnitId,
    pub areas: Vec<Area>,
    pub people: Vec<(Role, Person)>,
    pub logins: Vec<(Role, String)>,
}

/// A branch (or headquarters for its own provinces) with its regions.
pub struct Area {
    pub branch_id: UnitId,
    pub regions: Vec<Region>,
}

/// A region.
pub struct Region {
    pub unit_id: UnitId,
    /// Counties where its sites stand and its engineers live: a few towns, as companies grow.
    pub counties: Vec<&'static Division>,
}

impl Company {
    /// Everybody with a role.
    pub fn with(&self, role: Role) -> Vec<&Person> {
        self.people.iter().filter(|(r, _)| *r == role).map(|(_, p)| p).collect()
    }
}

/// Founds the company.
pub async fn found(tx: &mut Tx, maker: &mut Maker<'_>) -> Result<Company, Failure> {
    let before = maker.now.plus(-720 * Ts::DAY);
    let cx = maker.system(before);
    let headquarters = organisation::found_unit(
        tx,
        &cx,
        unit(UnitKind::Headquarters, None, names::HEADQUARTERS.zh, names::HEADQUARTERS.en),
    )
    .await?;
    let mut company =
        Company { headquarters: headquarters.id, areas: Vec::new(), people: Vec::new(), logins: Vec::new() };
    let mut assignments = Vec::new();
    let own = area(tx, maker, before, &names::HEADQUARTERS, headquarters.id, &mut assignments).await?;
    company.areas.push(own);
    for branch in names::BRANCHES {
        let cx = maker.system(before);
        let founded = unit(UnitKind::Branch, Some(headquarters.id), branch.zh, branch.en);
        let id = organisation::found_unit(tx, &cx, founded).await?.id;
        let area = area(tx, maker, before, branch, id, &mut assignments).await?;
        company.areas.push(area);
    }
    let seen = organisation::jurisdictions(tx).await?.version;
    let reason = "示范公司的管辖区域 / Jurisdictions of the demo company";
    organisation::save_map(tx, &maker.system(before), &assignments, reason, seen).await?;
    hotlines(tx, maker, before, &company).await?;
    staff(tx, maker, before, &mut company).await?;
    on_call(tx, maker, &company).await?;
    Ok(company)
}

// Four experts of headquarters take turns week by week, each standing behind the one before; a swap on one day of the next week.
async fn on_call(tx: &mut Tx, maker: &Maker<'_>, company: &Company) -> Result<(), Failure> {
    let experts: Vec<EmployeeId> =
        company.with(Role::Expert).iter().filter_map(|p| p.employee_id.parse().ok()).take(5).collect();
    let [weekly @ .., relief] = experts.as_slice() else { return Ok(()) };
    let zone = organisation::zone_of(tx, company.headquarters).await?;
    let today = maker.now.timestamp().to_zoned(zone).date();
    let monday =
        today.checked_sub(i64::from(today.weekday().to_monday_zero_offset()).days()).unwrap_or(today);
    let mut turns = Vec::new();
    for (week, (first, second)) in (1..).zip(weekly.iter().zip(weekly.iter().cycle().skip(1))) {
        for (tier, employee_id) in [(Tier::Primary, *first), (Tier::Backup, *second)] {
            turns.extend((1..=7).map(|weekday| Turn {
                tier,
                employee_id,
                week: Some(week),
                weekday: Some(weekday),
                on_date: None,
                from_min: 480,
                to_min: 1920,
            }));
        }
    }
    turns.push(Turn {
        tier: Tier::Primary,
        employee_id: *relief,
        week: None,
        weekday: None,
        on_date: monday.checked_add(9.days()).ok(),
        from_min: 480,
        to_min: 1200,
    });
    let cycle_weeks = i64::try_from(weekly.len()).unwrap_or(1);
    let rota = Rota { cycle_weeks, starts_on: monday, backup_after_min: 15, turns };
    let cx = maker.system(maker.now.plus(-60 * Ts::DAY));
    organisation::save_rota(tx, &cx, company.headquarters, 0, SaveRota { rota }).await?;
    Ok(())
}

fn unit(kind: UnitKind, parent_id: Option<UnitId>, zh_cn: &str, en: &str) -> FoundUnit {
    FoundUnit { kind, parent_id, name: Both::new(zh_cn, en), zone: None, departments: None }
}

async fn area(
    tx: &mut Tx,
    maker: &mut Maker<'_>,
    at: Ts,
    branch: &Branch,
    branch_id: UnitId,
    assignments: &mut Vec<Assignment>,
) -> Result<Area, Failure> {
    let mut regions = Vec::new();
    for (en, zh_cn, provinces) in branch.regions {
        let founded = unit(UnitKind::Region, Some(branch_id), zh_cn, en);
        let region = organisation::found_unit(tx, &maker.system(at), founded).await?;
        assignments.push(Assignment {
            unit_id: region.id,
            divisions: provinces.iter().map(|p| (*p).to_owned()).collect(),
        });
        regions.push(Region { unit_id: region.id, counties: towns(maker, provinces) });
    }
    Ok(Area { branch_id, regions })
}

// Fourteen numbers: a nationwide one, one for each branch and headquarters, and four for single departments.
async fn hotlines(tx: &mut Tx, maker: &mut Maker<'_>, at: Ts, company: &Company) -> Result<(), Failure> {
    let mut lines = vec![
        (
            "400-800-0000".to_owned(),
            company.headquarters,
            "全国服务热线",
            "Nationwide service hotline",
            HotlineCalendar::RoundTheClock,
        ),
        (
            "029-80000001".to_owned(),
            company.headquarters,
            "技术支持",
            "Technical support",
            HotlineCalendar::FiveByEight,
        ),
        (
            "029-80000002".to_owned(),
            company.headquarters,
            "配件咨询",
            "Spare parts",
            HotlineCalendar::FiveByEight,
        ),
        (
            "029-80000003".to_owned(),
            company.headquarters,
            "培训预约",
            "Training",
            HotlineCalendar::FiveByEight,
        ),
        (
            "029-80000004".to_owned(),
            company.headquarters,
            "意见与投诉",
            "Opinions and complaints",
            HotlineCalendar::RoundTheClock,
        ),
    ];
    for (area, branch) in
        company.areas.iter().zip(std::iter::once(&names::HEADQUARTERS).chain(names::BRANCHES))
    {
        lines.push((
            format!("{}-80000010", branch.area),
            area.branch_id,
            branch.zh,
            branch.en,
            HotlineCalendar::RoundTheClock,
        ));
    }
    for (number, unit_id, zh_cn, en, calendar) in lines {
        let input = HotlineInput { number, unit_id, name: Both::new(zh_cn, en), calendar, active: true };
        organisation::register_hotline(tx, &maker.system(at), input).await?;
    }
    Ok(())
}

/// A post to fill: role, unit, department, Chinese title.
struct Post {
    role: Role,
    unit_id: UnitId,
    department: Option<DepartmentKind>,
    title: &'static str,
    login: Option<&'static str>,
}

async fn staff(tx: &mut Tx, maker: &mut Maker<'_>, at: Ts, company: &mut Company) -> Result<(), Failure> {
    let mut posts = Vec::new();
    let home = company.headquarters;
    let mut hire = |role, unit_id, department, title, count: usize, login: Option<&'static str>| {
        for n in 0..count {
            let login = if n == 0 { login } else { None };
            posts.push(Post { role, unit_id, department, title, login });
        }
    };
    hire(Role::HotlineAgent, home, Some(DepartmentKind::AfterSales), "演示坐席", 14, Some("hotline"));
    hire(Role::Expert, home, Some(DepartmentKind::TechnicalService), "演示专家", 12, Some("expert"));
    hire(Role::FollowUpAgent, home, Some(DepartmentKind::AfterSales), "演示回访员", 3, Some("followup"));
    hire(Role::FinanceClerk, home, None, "演示财务", 2, Some("finance"));
    hire(Role::Trainer, home, Some(DepartmentKind::TechnicalService), "演示培训师", 2, Some("trainer"));
    hire(Role::DepotTechnician, home, Some(DepartmentKind::TechnicalService), "演示返修员", 2, Some("depot"));
    hire(Role::BranchManager, home, None, "演示经理", 1, Some("manager"));
    hire(Role::Dispatcher, home, Some(DepartmentKind::AfterSales), "演示调度员", 1, Some("dispatcher"));
    hire(Role::PartsClerk, home, None, "演示配件员", 1, Some("parts"));
    for area in company.areas.iter().skip(1) {
        hire(Role::BranchManager, area.branch_id, None, "演示经理", 1, None);
        hire(Role::Dispatcher, area.branch_id, None, "演示调度员", 1, None);
    }
    for (index, area) in company.areas.iter().enumerate() {
        // Sixty engineers over nine areas; headquarters' own provinces get the rest of the division.
        let engineers = if index == 0 { 12 } else { 6 };
        for n in 0..engineers {
            let region = &area.regions[n % area.regions.len()];
            hire(
                Role::Engineer,
                region.unit_id,
                None,
                "演示工程师",
                1,
                (index == 0 && n == 0).then_some("engineer"),
            );
        }
    }
    // The nationwide desk is filled up to 120 people.
    while posts.len() < 120 {
        posts.push(Post {
            role: Role::HotlineAgent,
            unit_id: home,
            department: Some(DepartmentKind::AfterSales),
            title: "演示坐席",
            login: None,
        });
    }
    for (number, post) in posts.into_iter().enumerate() {
        let person = employ(tx, maker, at, company, number + 1, &post).await?;
        company.people.push((post.role, person));
    }
    if maker.alone { administrators(tx, maker, at, company).await } else { Ok(()) }
}

async fn employ(
    tx: &mut Tx,
    maker: &mut Maker<'_>,
    at: Ts,
    company: &mut Company,
    number: usize,
    post: &Post,
) -> Result<Person, Failure> {
    let today = maker.now.timestamp().to_zoned(jiff::tz::TimeZone::UTC).date();
    let engineer = post.role == Role::Engineer;
    let name = format!("{}{number:03}", post.title);
    let input = EmployeeInput {
        unit_id: post.unit_id,
        department: post.department,
        role: post.role,
        name: name.clone(),
        badge_number: format!("TX{number:04}"),
        badge_valid_until: today.checked_add(300.days()).ok(),
        education: *maker.dice.one(&[
            Education::Bachelor,
            Education::Bachelor,
            Education::Bachelor,
            Education::College,
            Education::Secondary,
        ]),
        base: if engineer { base(maker, company, post.unit_id) } else { None },
        photo_sha256: None,
        active: true,
        skills: if engineer { skills(maker, number) } else { Vec::new() },
        certificates: if engineer { certificates(maker, number, today) } else { Vec::new() },
        shifts: if engineer { weekdays(number) } else { Vec::new() },
    };
    let employee = organisation::employ(tx, &maker.system(at), input).await?;
    let login = post.login.map_or_else(|| format!("tx{number:04}"), str::to_owned);
    let account = NewAccount {
        login: login.clone(),
        name,
        roles: vec![post.role],
        unit_id: Some(post.unit_id.to_string()),
        employee_id: Some(employee.id.to_string()),
        customer_id: None,
        contact_id: None,
        lang: Lang::ZhCn,
        password_hash: Some(maker.password_hash.clone()),
    };
    let account = identity::create_account(tx, &maker.system(at), account).await?;
    if post.login.is_some() {
        company.logins.push((post.role, login));
    }
    Ok(Person {
        account_id: account.id.to_string(),
        employee_id: employee.id.to_string(),
        unit_id: post.unit_id.to_string(),
        engineer,
    })
}

async fn administrators(
    tx: &mut Tx,
    maker: &mut Maker<'_>,
    at: Ts,
    company: &mut Company,
) -> Result<(), Failure> {
    for (role, login, name) in [
        (Role::SystemAdmin, "admin", "演示系统管理员"),
        (Role::SecurityAdmin, "security", "演示安全管理员"),
        (Role::AuditAdmin, "audit", "演示审计管理员"),
    ] {
        let account = NewAccount {
            login: login.to_owned(),
            name: name.to_owned(),
            roles: vec![role],
            unit_id: None,
            employee_id: None,
            customer_id: None,
            contact_id: None,
            lang: Lang::ZhCn,
            password_hash: Some(maker.password_hash.clone()),
        };
        identity::create_account(tx, &maker.system(at), account).await?;
        company.logins.push((role, login.to_owned()));
    }
    Ok(())
}

// Two towns of each region's first province and one of every other, with all their counties.
fn towns(maker: &mut Maker<'_>, provinces: &[&str]) -> Vec<&'static Division> {
    let china = divisions::china();
    let mut counties = Vec::new();
    for (at, province) in provinces.iter().enumerate() {
        let cities: Vec<_> =
            china.children(Some(province)).filter(|c| china.counties_of(&c.code).count() >= 4).collect();
        if cities.is_empty() {
            counties.extend(china.counties_of(province));
            continue;
        }
        for _ in 0..if at == 0 { 2 } else { 1 } {
            counties.extend(china.counties_of(&maker.dice.one(&cities).code));
        }
    }
    counties
}

// An engineer lives where the region's customers are.
fn base(maker: &mut Maker<'_>, company: &Company, unit_id: UnitId) -> Option<organisation::Point> {
    let region = company.areas.iter().flat_map(|a| &a.regions).find(|r| r.unit_id == unit_id)?;
    divisions::china().point(&maker.dice.one(&region.counties).code)
}

fn skills(maker: &mut Maker<'_>, number: usize) -> Vec<Skill> {
    let all = ["barrier", "access_control", "turnstile", "software", "network"];
    all.iter()
        .enumerate()
        .filter(|(i, _)| *i == 0 || !(number + i).is_multiple_of(3))
        .map(|(_, code)| Skill { code: (*code).to_owned(), level: maker.dice.between(1, 3) })
        .collect()
}

fn certificates(maker: &mut Maker<'_>, number: usize, today: jiff::civil::Date) -> Vec<Certificate> {
    let issued_on = today.checked_sub(maker.dice.between(200, 900).days()).unwrap_or(today);
    // A few run out soon, one of twenty has: the desk warns.
    let left = if number.is_multiple_of(20) { -10 } else { maker.dice.between(15, 700) };
    vec![Certificate {
        code: "electrician".to_owned(),
        number: format!("DEMO-{number:05}"),
        issued_on,
        expires_on: today.checked_add(left.days()).ok(),
    }]
}

// Two groups, so that every day of the week has somebody.
fn weekdays(number: usize) -> Vec<Shift> {
    let days: [i64; 5] = if number.is_multiple_of(3) { [3, 4, 5, 6, 7] } else { [1, 2, 3, 4, 5] };
    days.into_iter()
        .map(|weekday| Shift {
            kind: ShiftKind::Weekly,
            weekday: Some(weekday),
            on_date: None,
            from_min: if number.is_multiple_of(4) { 12 * 60 } else { 8 * 60 },
            to_min: if number.is_multiple_of(4) { 21 * 60 } else { 18 * 60 },
        })
        .collect()
}
