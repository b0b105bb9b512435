//! What customers and people on duty hear when somebody won't come in time.

use identity::Role;
use kit::Ts;
use serde_json::json;

use super::{Mail, MailServer, settings, sql};
use crate::both;
use crate::customers::id;
use crate::visits::job;

both!(p8_lateness_is_told_to_customer_and_desk_before_the_appointment_ends_and_once, |world| async move {
    let mail = MailServer::start(0).await;
    let system = world.client(Role::SystemAdmin).await;
    let job = job(&world, "2026-03-03").await;
    let mut told = settings(&mail);
    told["duty"] =
        json!([{ "unit_id": job.desk.company.shenzhen, "email": "duty@example.cn", "lang": "zh-CN" }]);
    system.put("/api/notification-settings", 0, told).await.expect(200);
    sql(&world, format!("UPDATE contact SET email = 'li@example.cn' WHERE id = '{}'", job.desk.contact))
        .await;
    // The site is at 113.94: the first engineer has a way of an hour and a half at rush hour, the second one of minutes.
    for (engineer, lon) in [(0, 114.20), (1, 113.95)] {
        let base = format!("base_lon = {lon}, base_lat = 22.54");
        sql(&world, format!("UPDATE employee SET {base} WHERE id = '{}'", job.engineers[engineer].0)).await;
    }
    let mut visits = Vec::new();
    for engineer in 0..2 {
        let order = job.order(&job.agreed().await).await;
        visits.push(id(&job.plan(&order, engineer, 1, 3).await.expect(201)));
    }
    let late = || {
        let (to, all) = (["li@example.cn", "duty@example.cn"], mail.mails());
        let foreseen = |m: &&Mail| m.subject().contains("将晚到");
        to.map(|to| all.iter().filter(foreseen).filter(|m| m.header("To").contains(to)).count())
    };
    world.deliver().await;

    // Setting out 80 minutes before the end, for a way that takes 85: when the engineer will be there is known.
    job.step(&visits[0], "accept", json!({})).await.expect(200);
    world.app.clock.advance(100 * Ts::MINUTE);
    world.run_jobs().await;
    assert_eq!(late(), [0, 0]);
    job.step(&visits[0], "depart", job.departure()).await.expect(200);
    world.deliver().await;
    assert_eq!(late(), [1, 1]);
    let mails = mail.mails();
    let first = mails.iter().find(|m| m.subject().contains("将晚到")).unwrap();
    for part in ["原定最晚到达：2026-10-09 19:40", "预计到达：2026-10-09 19:4", "工程师甲"] {
        assert!(first.body.contains(part), "{part} in {}", first.body);
    }

    // Who has not set out with a way of minutes: a quarter of an hour before the end; a restart between changes nothing.
    world.app.clock.advance(64 * Ts::MINUTE);
    world.deliver().await;
    assert_eq!(late(), [1, 1]);
    let next = world.restarted().await;
    next.app.clock.advance(Ts::MINUTE);
    next.deliver().await;
    assert_eq!(late(), [2, 2]);
    let mails = mail.mails();
    let second = mails.iter().rev().find(|m| m.subject().contains("将晚到")).unwrap();
    assert!(!second.body.contains("预计到达"), "nobody knows when: {}", second.body);

    // Once each, whatever happens next; the desk reads it on the case's timeline.
    job.engineers[1].1.post(&format!("/api/visits/{}/accept", visits[1]), json!({})).await.expect(200);
    next.app.clock.advance(5 * Ts::MINUTE);
    next.deliver().await;
    job.step(&visits[0], "arrive", json!({ "method": "manual" })).await.expect(200);
    next.app.clock.advance(4 * Ts::HOUR);
    next.deliver().await;
    assert_eq!(late(), [2, 2]);
    let foreseen = "SELECT COUNT(*) FROM event WHERE kind = 'visit.late_foreseen'";
    assert_eq!(world.count(foreseen).await, 2);
    world.sealed().await;
});
