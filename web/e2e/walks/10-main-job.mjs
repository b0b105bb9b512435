// The main job from the call to the closed case: covered; out of warranty; excluded with a photo and a refused signature.
//
// What differs as it must: who pays, what is waived, whose signature stands. Each case goes through once in zh-CN and once in en.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { PHONE, person, speak } from '../lib/browser.mjs';
import { readable } from '../lib/mailbox.mjs';

const catalogue = new Map();

/** The words of an area in a language, as the screens say them. */
export async function words(lang, area) {
  const name = `${lang}/${area}`;
  if (!catalogue.has(name)) {
    const file = new URL(`../../../texts/${name}.json`, import.meta.url);
    catalogue.set(name, JSON.parse(await readFile(file, 'utf8')));
  }
  const texts = catalogue.get(name);
  return (key) => {
    assert.ok(texts[key], `texts/${name}.json has no ${key}`);
    return texts[key];
  };
}

/** Mail and webhook of the demo go to receivers of this run. */
export async function connect(world) {
  if (world.demo.connected) return;
  const admin = await person(world, { name: 'admin', role: 'system_admin' });
  const now = await admin.api('GET', '/api/notification-settings');
  const settings = {
    allow_private: true,
    smtp: { host: '127.0.0.1', port: world.mailbox.port, tls: 'none', from: 'service@demo.example' },
  };
  const changed = await admin.page.evaluate(
    async ([body, version]) => {
      const answer = await fetch('/api/notification-settings', {
        method: 'PUT',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': crypto.randomUUID(),
          'if-match': `"${version}"`,
        },
        body: JSON.stringify(body),
      });
      return { status: answer.status, text: await answer.text() };
    },
    [settings, now.json.version ?? 0],
  );
  assert.equal(changed.status, 200, changed.text);
  const hook = await admin.api('POST', '/api/webhooks', { url: world.hook.url, kinds: ['visit.arrived'] });
  assert.ok(hook.status < 300, JSON.stringify(hook.json));
  world.hook.use(hook.json.secret);
  world.demo.connected = true;
  await admin.close();
}

/**
 * An asset of the demo by its cover, at a site where nobody has an open case. Where somebody shall go, it stands in a region
 * whose engineers are on shift this Friday evening; a case that is solved by phone leaves those sites to others (`anywhere`).
 */
export async function pick(agent, verdict, { anywhere = false } = {}) {
  agent.demo.taken ??= new Set();
  const { taken } = agent.demo;
  const near = (await agent.api('GET', '/api/units')).json;
  const units = new Set(
    (near.items ?? near)
      .filter((u) => ['上海区域', '京津区域', '陕西区域', '广东区域', '江苏区域'].includes(u.name.zh_cn))
      .map((u) => u.id),
  );
  const now = Date.parse((await agent.api('GET', '/api/me')).json.now);
  let after = '';
  for (let page = 0; page < 15; page += 1) {
    const list = await agent.api('GET', `/api/assets?limit=200${after}`);
    for (const asset of list.json.items) {
      if (!asset.accepted_on || asset.product.kind !== 'barrier' || taken.has(asset.site_id)) continue;
      if (units.has(asset.unit_id ?? asset.unit?.id) === anywhere) continue;
      const years = (now - Date.parse(asset.accepted_on)) / 31_557_600_000;
      if (verdict === 'covered' ? years > 0.8 : years < 1.2) continue;
      const open = await agent.api('GET', `/api/cases/open-on?site_id=${asset.site_id}`);
      if (open.json.length > 0 || open.json.items?.length > 0) continue;
      taken.add(asset.site_id);
      return asset;
    }
    if (!list.json.next) break;
    after = `&after=${list.json.next}`;
  }
  throw new Error(`the demo has no ${verdict} asset`);
}

/** The promise on the form once it is that of what was chosen last. */
export async function standingPromise(page) {
  const promise = page.locator('[data-intake="promise"]:not([aria-busy="true"])', { hasText: /\d/ });
  await promise.waitFor();
  return promise;
}

export async function report(world, lang, asset) {
  const agent = await person(world, { name: 'agent', role: 'hotline_agent', lang });
  const { page } = agent;
  await page.goto('/intake');
  await page.locator('[data-intake="look-up"]').fill(asset.serial);
  await page.locator('.ad-hit').first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.ad-device').first().waitFor();
  const symptom = page.locator('[data-intake="symptom"]');
  await symptom.waitFor();
  await symptom.fill(lang === 'en' ? 'The barrier stays down, cars can not leave' : '道闸不抬杆,车辆无法驶出');
  await page.locator('.ad-questions input[value="no"], .ad-questions input').nth(1).click();
  const promise = await standingPromise(page);
  const live = await promise.textContent();
  await agent.picture('intake');
  await agent.accessible('the intake form');
  await symptom.press('Control+Enter');
  await page.locator('.ad-saved-number').waitFor();
  const saved = await page.locator('.ad-saved .ad-promise-words').textContent();
  // The minute may turn between reading and saving; all else is the same sentence.
  const sentence = (text) => text.trim().replace(/\d\d:\d\d/, '');
  assert.equal(sentence(saved), sentence(live), 'the promise read aloud is the promise stored');
  await agent.picture('intake-saved');
  const href = await page.locator('.ad-saved a').first().getAttribute('href');
  assert.deepEqual(agent.faults, []);
  await agent.close();
  return href.split('/').pop();
}

/** Presses the record's one next step and, if it asks for more, waits for its dialog. */
async function next(page, dialog = true) {
  // The state is told live, before the step that brought it there is over: a press in between is none.
  await page.locator('.ad-record-side .ac-button-primary[aria-busy="false"]').click();
  if (dialog) await page.locator('.ad-dialog form').waitFor();
}

async function state(page, wanted) {
  await page.locator(`.ad-record-head [data-state="${wanted}"]`).waitFor();
}

export async function support(world, lang, case_id, covered) {
  const expert = await person(world, { name: 'expert', role: 'expert', lang });
  const { page } = expert;
  await page.goto(`/cases/${case_id}`);
  await state(page, 'new');
  await next(page);
  await page.locator('.ad-dialog .ac-button-primary').click();
  await state(page, 'triaged');
  await next(page, false);
  await state(page, 'phone_support');
  await next(page);
  await page
    .locator('.ad-dialog textarea')
    .first()
    .fill(lang === 'en' ? 'Checked the power' : '检查电源');
  await page.locator('.ad-dialog input[value="not_solved"]').click();
  await page
    .locator('.ad-dialog textarea')
    .nth(1)
    .fill(lang === 'en' ? 'The motor does not turn' : '电机不转');
  await page.locator('.ad-dialog textarea').nth(1).press('Control+Enter');
  await page.locator('.ad-dialog form').waitFor({ state: 'detached' });
  await next(page);
  await page.locator('.ad-dialog .ac-button-primary').click();
  await state(page, 'onsite_agreed');
  await page.locator(`.ad-record-head .ac-coverage-${covered ? 'covered' : 'chargeable'}`).waitFor();
  await expert.picture(`case-${covered ? 'covered' : 'chargeable'}`);
  await expert.accessible('the case');
  assert.deepEqual(expert.faults, []);
  await expert.close();
}

/** The first engineer proposed who is at no other site at this moment: the walk sets out at once. */
async function freeNow(dispatcher, work_order_id) {
  const { proposals } = (await dispatcher.api('GET', `/api/work-orders/${work_order_id}/proposals`)).json;
  const { blocks } = (await dispatcher.api('GET', '/api/board')).json;
  const field = ['travelling', 'arrived', 'working', 'paused', 'done', 'partly_done', 'no_access'];
  const away = new Set(blocks.filter((b) => field.includes(b.visit_state)).map((b) => b.engineer_id));
  const free = proposals.find((p) => p.feasible && !away.has(p.engineer_id));
  assert.ok(free, `somebody proposed is free: ${JSON.stringify(proposals).slice(0, 1500)}`);
  return free.name;
}

/** Makes the work order on the desk and gives it to the first engineer proposed who is free. Returns the order and who goes. */
export async function plan(world, lang, case_id) {
  const t = await words(lang, 'workorders');
  const dispatcher = await person(world, { name: 'dispatcher', role: 'dispatcher', lang });
  const { page } = dispatcher;
  // The case names what is next, and its one button leads there (P10).
  await page.goto(`/cases/${case_id}`);
  const next = await words(lang, 'cases');
  await page.getByRole('button', { name: next('lead.plan_visit') }).click();
  await page.waitForURL(`**/work-orders/new?case_id=${case_id}`);
  const form = page.locator('form').first();
  await form.waitFor();
  const place = page.getByLabel(t('place'), { exact: false }).first();
  await place.waitFor();
  if ((await place.inputValue()) === '') await place.fill('B2');
  await dispatcher.picture('work-order-new');
  await page.getByRole('button', { name: t('new.save') }).click();
  await page
    .locator('.ad-proposal')
    .first()
    .waitFor()
    .catch(async (error) => {
      const id = new URL(page.url()).pathname.split('/').pop();
      const answer = await dispatcher.api('GET', `/api/work-orders/${id}/proposals`);
      throw new Error(`${error.message}\n${JSON.stringify(answer.json).slice(0, 1500)}`);
    });
  await dispatcher.settled();
  await dispatcher.picture('proposals');
  await dispatcher.accessible('the proposals');
  const name = await freeNow(dispatcher, new URL(page.url()).pathname.split('/').pop());
  await page.locator('.ad-proposal', { hasText: name }).locator('button').first().click();
  let order = null;
  for (let tries = 0; tries < 240 && !order; tries += 1) {
    const orders = await dispatcher.api('GET', `/api/work-orders?view=all&case=${case_id}`);
    order = orders.json.items?.find((o) => o.state === 'scheduled' || o.visits?.length > 0) ?? null;
    if (!order) await page.waitForTimeout(250);
  }
  assert.ok(order, 'the order has a visit');
  const then = (await dispatcher.api('GET', `/api/cases/${case_id}`)).json.next;
  assert.equal(then.step, 'visit', 'once a visit is planned, the visit is next (P10)');
  await page.goto(`/cases/${case_id}`);
  await page.getByRole('button', { name: next('lead.visit') }).click();
  await page.waitForURL(`**/work-orders/${order.id}`);
  const whole = await dispatcher.api('GET', `/api/work-orders/${order.id}`);
  const visit = whole.json.visits.at(-1);
  await page.goto('/dispatch');
  // The board stands once the block of the visit is on it, or its list or timeline is otherwise complete.
  await page.locator('.ad-screen h1').first().waitFor();
  await dispatcher.settled();
  await dispatcher.picture('dispatch');
  await dispatcher.accessible('the board');
  assert.deepEqual(dispatcher.faults, []);
  await dispatcher.close();
  return { order_id: order.id, visit };
}

export async function draw(page) {
  const canvas = page.locator('canvas').first();
  await stroke(page, canvas, 30, 7);
}

/** A line drawn by a hand; where the page moved under it (a picture above arrived), it is drawn again. */
export async function stroke(page, canvas, moves, step_px) {
  const place = async () => {
    await canvas.scrollIntoViewIfNeeded();
    return await canvas.boundingBox();
  };
  for (let tries = 0; tries < 5; tries += 1) {
    const box = await place();
    await page.mouse.move(box.x + 30, box.y + 60);
    await page.mouse.down();
    for (let i = 0; i < moves; i += 1)
      await page.mouse.move(box.x + 30 + i * step_px, box.y + 60 + Math.sin(i / 3) * 35);
    await page.mouse.up();
    if (await canvas.evaluate(hasInk)) return;
  }
  throw new Error('nothing stands in the field of the signature');
}

/** Whether something dark is drawn on the white. Runs in the page. */
function hasInk(canvas) {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  for (let at = 0; at < data.length; at += 4) if (data[at + 3] > 0 && data[at] < 128) return true;
  return false;
}

export async function tick(page, part) {
  const boxes = page.locator(`${part} .af-tick input`);
  for (const box of await boxes.all()) if (!(await box.isChecked())) await box.tap();
  await page.waitForFunction(
    (at) => [...document.querySelectorAll(`${at} .af-tick input`)].every(({ checked }) => checked),
    part,
  );
}

export async function picture(page) {
  const bytes = await page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    canvas.width = 1600;
    canvas.height = 1200;
    const paint = canvas.getContext('2d');
    for (let i = 0; i < 600; i += 1) {
      paint.fillStyle = `hsl(${(i * 37) % 360} 60% 50%)`;
      paint.fillRect((i * 97) % 1600, (i * 61) % 1200, 90, 70);
    }
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.95));
    return [...new Uint8Array(await blob.arrayBuffer())];
  });
  return { name: 'photo.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(bytes) };
}

/** The engineer of a visit with their phone in hand. */
export async function engineerOf(world, lang, planned) {
  const number = /(\d{3})\D*$/.exec(planned.engineer.name)?.[1];
  const login = planned.engineer.name.endsWith(world.demo.first_engineer ?? '\n') ? 'engineer' : `tx0${number}`;
  for (const name of [login, 'engineer']) {
    const engineer = await person(world, { name: 'engineer', role: null, lang, screen: PHONE });
    await engineer.page.goto('/');
    const signed = await engineer.api('POST', '/api/session', { login: name, password: world.demo.password });
    if (signed.status === 200) {
      await speak(engineer, lang);
      return engineer;
    }
    await engineer.close();
  }
  throw new Error(`nobody signs in as ${login}`);
}

/** The visit on the engineer's phone. `kind`: covered, expired or excluded. With `signs` the customer signs by themselves. */
export async function visit(world, lang, { visit: planned }, kind, signs) {
  const t = await words(lang, 'visits');
  const engineer = await engineerOf(world, lang, planned);
  const { page } = engineer;
  const step = async (name) => {
    const button = page.locator('.ac-button-step', { hasText: t(`step.${name}`) });
    await button.waitFor();
    assert.ok((await button.boundingBox()).height >= 56, `the button ${name} is at least 56 px high`);
    await button.tap();
  };
  await page.goto(`/field/visits/${planned.id}`);
  await step('accept');
  await page.locator('.af-tick').first().waitFor();
  for (const box of await page.locator('.af-tick input').all()) await box.tap();
  await step('depart');
  await step('arrive');
  await step('start');
  await page.locator('#part-finding').waitFor();
  await engineer.picture(`visit-${kind}`);
  await engineer.accessible('the visit');
  const photo = await picture(page);
  const send = async (at, seen) => {
    await page.locator('#part-photos input[type=file]').nth(at).setInputFiles(photo);
    await page.locator('#part-photos li img').nth(seen).waitFor();
  };
  await send(0, 0);
  const finding = page.locator('#part-finding');
  await finding
    .locator('textarea')
    .nth(0)
    .fill(lang === 'en' ? 'The relay sticks' : '继电器粘连');
  // The catalogue's first fault will do: which one it is makes no difference to the job.
  await finding.locator('select[name="fault_code"]').selectOption({ index: 1 });
  await finding.locator('select[name="cause_code"]').selectOption('component');
  await finding
    .locator('textarea')
    .nth(1)
    .fill(lang === 'en' ? 'Replaced the board' : '更换主板');
  await finding.locator('button[type=submit]').tap();
  await finding.locator('.af-entry').waitFor();
  const charges = page.locator('#part-charges');
  if (kind === 'excluded') {
    await page.getByRole('button', { name: t('exclusion.open') }).tap();
    await charges.locator('input[type=radio]').first().tap();
    await charges.locator('input[type=file]').setInputFiles(photo);
    await charges.locator('li img').waitFor();
    await charges
      .locator('textarea')
      .fill(lang === 'en' ? 'The housing was hit from outside' : '机箱外壳有明显撞击凹痕');
    await page.getByText(t('exclusion.explained')).tap();
    await page.getByText(t('exclusion.customer.refused')).tap();
    await page.getByRole('button', { name: t('exclusion.send') }).tap();
    await page.getByRole('button', { name: t('exclusion.send') }).waitFor({ state: 'detached' });
  }
  // The second one is typed at once after the first: nothing of it may be lost (P26).
  const options = await charges.locator('select option').evaluateAll((all) => all.map((o) => o.value));
  for (const [line, quantity] of [
    [1, '1.5'],
    [3, '2'],
  ]) {
    await charges.locator('select').selectOption(options[line]);
    await charges.locator('input[inputmode=decimal]').fill(quantity);
    await charges.getByRole('button', { name: t('charge.add') }).tap();
  }
  await charges.locator('.af-list > li').nth(1).waitFor();
  const typed = await charges.locator('.af-list > li').allTextContents();
  assert.match(typed[0], /1\.5 /, typed.join('\n'));
  assert.match(typed[1], /2 /, typed.join('\n'));
  assert.equal(await charges.locator('.af-list > li').count(), 2);
  if (kind !== 'covered') {
    await page.locator('a[href$="/quote"]').tap();
    await page.locator('.af-cover canvas').waitFor();
    await draw(page);
    await engineer.picture(`quote-${kind}`);
    await page.locator('.af-cover .ac-button-step').tap();
    await page.waitForURL(/visits\/[^/]+$/);
    await charges.waitFor();
  }
  await tick(page, '#part-checklist');
  await send(1, 1);
  await tick(page, '#part-inspection');
  await step('self_check');
  await step('present');
  await page.locator('.af-cover .so-paper').waitFor();
  await engineer.picture(`paper-${kind}`);
  if (signs) {
    await signs();
    await page.goto(`/field/visits/${planned.id}`);
  } else if (kind === 'excluded') {
    await page.getByRole('button', { name: t('refuse.open') }).tap();
    await page
      .locator('.af-cover textarea')
      .fill(lang === 'en' ? 'The customer disputes the exclusion' : '客户不同意免责认定');
    await page
      .locator('.af-cover input')
      .last()
      .fill(lang === 'en' ? 'Guard on duty' : '值班保安');
    await page.getByRole('button', { name: t('refuse.send') }).tap();
  } else {
    await page.locator('.af-cover canvas').waitFor();
    await draw(page);
    await page.locator('.af-cover .ac-button-step').tap();
  }
  await page.waitForURL(/visits\/[^/]+$/);
  await step('done');
  await step('leave');
  await page.waitForURL(/today/);
  // Nobody throws the phone away before it has sent everything: the number at the outbox is gone.
  await page.locator('.af-count').waitFor({ state: 'detached' });
  assert.deepEqual(engineer.faults, []);
  await engineer.close();
}

/** The service order as it is printed, and what must differ between the three cases. */
async function paper(world, lang, order_id, kind) {
  const manager = await person(world, { name: 'manager', role: 'branch_manager', lang });
  await manager.page.goto(`/service-orders/${order_id}`);
  await manager.page.locator('.so-paper').first().waitFor();
  await manager.picture(`service-order-${kind}`);
  await manager.accessible('the service order');
  const order = (await manager.api('GET', `/api/work-orders/${order_id}`)).json;
  const document = (await manager.api('GET', `/api/service-orders/${order_id}`)).json;
  const { totals } = order.charges;
  if (kind === 'covered') {
    assert.equal(totals.customer.gross_minor, 0, 'what is covered costs the customer nothing (P12)');
    assert.ok(
      totals.waived_minor > 0 || order.charges.lines.some((l) => l.waived_minor > 0),
      'the waived list price is shown',
    );
  } else {
    assert.ok(totals.customer.gross_minor > 0, 'out of warranty and excluded work is charged');
  }
  const outcome = document.signature?.outcome ?? document.signature?.kind;
  assert.equal(outcome, kind === 'excluded' ? 'refused' : 'signed', JSON.stringify(document.signature));
  assert.deepEqual(manager.faults, []);
  await manager.close();
  return totals.customer.gross_minor;
}

async function invoice(world, order_id, amount_minor) {
  const clerk = await person(world, { name: 'clerk', role: 'finance_clerk' });
  const wrong = await clerk.api('POST', `/api/work-orders/${order_id}/invoice`, {
    invoice_number: '1',
    amount_minor: amount_minor + 1,
  });
  assert.ok(wrong.status === 409 || wrong.status === 422, 'an invoice that differs by a fen is refused (P71)');
  const number = `2611${Date.now()}`.padEnd(20, '0');
  const issued = await clerk.api('POST', `/api/work-orders/${order_id}/invoice`, {
    invoice_number: number,
    amount_minor,
  });
  assert.ok(issued.status < 300, JSON.stringify(issued.json));
  await clerk.close();
}

async function followUp(world, lang, case_id) {
  const t = await words(lang, 'care');
  const caller = await person(world, { name: 'caller', role: 'follow_up_agent', lang });
  const { page } = caller;
  let call = null;
  for (let tries = 0; tries < 240 && !call; tries += 1) {
    const found = await page.evaluate(async (wanted) => {
      for (let after = '', pages = 0; pages < 8; pages += 1) {
        const answer = await (await fetch(`/api/follow-ups?view=due&limit=200${after}`)).json();
        const one = answer.items.find((i) => i.case_id === wanted);
        if (one) return one;
        if (!answer.next) return null;
        after = `&after=${answer.next}`;
      }
      return null;
    }, case_id);
    call = found;
    if (!call) await page.waitForTimeout(250);
  }
  assert.ok(call, 'a finished visit asks for a follow-up call (P13)');
  await page.goto(`/care/${call.id}`);
  await page.getByRole('button', { name: t('start') }).click();
  await page.locator('.ad-reached').waitFor();
  await page.locator('.ad-reached input[value="yes"]').click();
  await caller.picture('follow-up');
  await caller.accessible('the follow-up call');
  // One key per question, as whoever has the phone in the other hand answers: yes, no, or a score.
  const { script } = (await caller.api('GET', `/api/follow-ups/${call.id}`)).json;
  const keyOf = { solved: '1', on_time: '1', uniform_badge: '1', integrity: '2', satisfaction: '5' };
  await page.locator('.ad-question input').first().focus();
  for (const [at, question] of script.entries()) {
    const input = page.locator('.ad-question').nth(at).locator('input');
    await page.waitForFunction(
      (index) => document.querySelectorAll('.ad-question')[index]?.contains(document.activeElement),
      at,
    );
    const key = question.kind === 'score' ? '5' : keyOf[question.code];
    assert.ok(key, `the walk knows an answer to ${question.code}`);
    await page.keyboard.press(key);
    await page.waitForFunction(
      ([index, chosen]) => document.querySelectorAll('.ad-question')[index]?.querySelectorAll('input')[chosen]?.checked,
      [at, Number(key) - 1],
    );
    assert.ok((await input.count()) >= 2);
  }
  const saved = page.waitForResponse((answer) => answer.url().includes(`/api/follow-ups/${call.id}/record`));
  await page.keyboard.press('Control+Enter');
  const recorded = await saved;
  assert.ok(recorded.ok(), await recorded.text());
  assert.equal((await recorded.json()).rating, 5, 'the score that was pressed is the score that is kept (P7)');
  const closed = await caller.api('GET', `/api/cases/${case_id}`);
  assert.equal(closed.json.state, 'closed');
  await caller.close();
}

async function job(world, lang, kind) {
  await connect(world);
  const scout = await person(world, { name: 'scout', role: 'branch_manager' });
  const asset = await pick(scout, kind === 'expired' ? 'expired' : 'covered');
  await scout.close();
  const case_id = await report(world, lang, asset);
  await support(world, lang, case_id, kind !== 'expired');
  const planned = await plan(world, lang, case_id);
  await visit(world, lang, planned, kind);
  const told = await person(world, { name: 'customer', role: 'hotline_agent' });
  const number = (await told.api('GET', `/api/cases/${case_id}`)).json.number;
  const arrived = await world.mailbox.until((mail) => {
    const text = readable(mail);
    return text.includes(number) && text.includes('到场时间') && text.includes(planned.visit.engineer.badge_number);
  });
  assert.ok(readable(arrived).includes(planned.visit.engineer.name), 'the customer is told who has come (P21)');
  const hooked = await world.hook.until((m) => JSON.stringify(m.body).includes(planned.visit.id));
  assert.ok(hooked.genuine, 'the webhook is signed');
  await told.close();
  const owed = await paper(world, lang, planned.order_id, kind);
  if (owed > 0) await invoice(world, planned.order_id, owed);
  await followUp(world, lang, case_id);
}

export default {
  'a covered repair, zh-CN': (world) => job(world, 'zh-CN', 'covered'),
  'an expired warranty, zh-CN': (world) => job(world, 'zh-CN', 'expired'),
  'an exclusion and a refused signature, zh-CN': (world) => job(world, 'zh-CN', 'excluded'),
  'a covered repair, en': (world) => job(world, 'en', 'covered'),
  'an expired warranty, en': (world) => job(world, 'en', 'expired'),
  'an exclusion and a refused signature, en': (world) => job(world, 'en', 'excluded'),
};
