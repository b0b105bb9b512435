// A whole visit in flight mode (profile M3): killed in the middle, opened again without a network, sent over a network that drops
// every second answer; each thing stands on the server once (journey J6). What it measures stands in docs/journeys.md.

import assert from 'node:assert/strict';
import { person } from '../lib/browser.mjs';
import { inTime, median } from '../lib/checks.mjs';
import { connect, draw, engineerOf, pick, picture, plan, report, support, tick, words } from './10-main-job.mjs';

/** What the phone keeps, from its IndexedDB. */
async function kept(page, store) {
  return await page.evaluate(
    (name) =>
      new Promise((resolve, reject) => {
        const opened = indexedDB.open('aftercare-phone');
        opened.onerror = () => reject(opened.error);
        opened.onsuccess = () => {
          const all = opened.result.transaction(name).objectStore(name).getAll();
          all.onsuccess = () => resolve(all.result.map(({ bytes: _, ...rest }) => rest));
        };
      }),
    store,
  );
}

async function until(what, look, tries = 300) {
  for (let n = 0; n < tries; n += 1) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`not within ${tries / 5} s: ${what}`);
}

/** Makes the phone's processor four times slower (profile M3). */
async function slow(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
}

/** Ends the tab as a phone does that runs out of memory: nobody is asked. */
async function kill(page) {
  const cdp = await page.context().newCDPSession(page);
  const crashed = new Promise((done) => page.once('crash', done));
  cdp.send('Page.crash').catch(() => {});
  await crashed;
  await page.close();
}

/** A visit that an engineer of the demo is told of, with the engineer on their phone. */
async function toldOf(world, lang) {
  await connect(world);
  const scout = await person(world, { name: 'scout', role: 'branch_manager' });
  const asset = await pick(scout, 'covered');
  const case_id = await report(world, lang, asset);
  await support(world, lang, case_id, true);
  const { visit: planned, order_id } = await plan(world, lang, case_id);
  const engineer = await engineerOf(world, lang, planned);
  return { scout, case_id, planned, order_id, engineer };
}

/** Waits until what the visit needs without a signal stands on the phone, and the app itself. */
async function packed(page, planned, order_id) {
  await page.locator(`a[href$="/field/visits/${planned.id}"]`).waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await until('the day is packed', async () =>
    (await kept(page, 'reads')).some(({ key }) => key.includes(order_id) && key.includes('service_order')),
  );
}

async function flight(world, lang) {
  const t = await words(lang, 'visits');
  const f = await words(lang, 'field');
  const { scout, planned, order_id, engineer } = await toldOf(world, lang);
  const { context } = engineer;
  let { page } = engineer;
  const { serial } = (await scout.api('GET', `/api/visits/${planned.id}`)).json.order.asset;
  // The phone's clock is 20 minutes fast.
  await context.addInitScript((ahead_ms) => {
    const Real = Date;
    globalThis.Date = class extends Real {
      constructor(...of) {
        if (of.length === 0) super(Real.now() + ahead_ms);
        else super(...of);
      }
      static now() {
        return Real.now() + ahead_ms;
      }
    };
  }, 20 * 60_000);
  await page.goto('/field/today');
  await packed(page, planned, order_id);
  await page.getByText(f('clock.ahead').replace('{minutes}', '20')).waitFor();

  await context.setOffline(true);
  await slow(page);
  let taps = 0;
  const tap = async (locator) => {
    taps += 1;
    await locator.tap();
  };
  const open = async (path) => {
    const began = performance.now();
    await page.goto(path);
    await page.locator('.af-page').first().waitFor();
    return performance.now() - began;
  };
  const step = async (name) => {
    const button = page.locator('.ac-button-step', { hasText: t(`step.${name}`) });
    await button.waitFor();
    const box = await button.boundingBox();
    assert.ok(box.height >= 56, `the button ${name} is at least 56 px high`);
    assert.ok(box.y > 400, `the button ${name} is in the lower half: ${box.y}`);
    await tap(button);
  };
  await tap(page.locator(`a[href$="/field/visits/${planned.id}"]`));
  await step('accept');
  await page.locator('.af-tick').first().waitFor();
  for (const box of await page.locator('.af-tick input').all()) await box.tap();
  await step('depart');
  await step('arrive');
  // Headless Chromium has no reader of codes: said in words, and the number is typed; it goes along with the start.
  const device = page.locator('#part-device');
  await device.getByText(t('scan.missing')).first().waitFor();
  await device.locator('input[name="said"]').fill('NOT-THERE-1');
  await page.locator('.ac-button-step', { hasText: t('step.start') }).tap();
  await device.getByRole('alert').waitFor();
  await engineer.picture(`flight-other-device-${lang}`);
  await device.getByRole('button', { name: t('device.again') }).tap();
  await device.locator('input[name="said"]').fill(serial);
  await step('start');
  await page.locator('#part-finding').waitFor();
  const photo = await picture(page);
  const shoot = async (at, seen) => {
    // The button opens the camera; the picture itself is the camera's.
    taps += 1;
    await page.locator('#part-photos input[type=file]').nth(at).setInputFiles(photo);
    await page.locator('#part-photos li[data-waiting] img').nth(seen).waitFor();
  };
  await shoot(0, 0);
  const finding = page.locator('#part-finding');
  const found = lang === 'en' ? 'The relay sticks' : '继电器粘连';
  await finding.locator('textarea').nth(0).fill(found);
  await finding.locator('select[name="fault_code"]').selectOption({ index: 1 });
  const fault = await finding.locator('select[name="fault_code"] option').nth(1).textContent();
  await finding.locator('select[name="cause_code"]').selectOption('component');
  await finding
    .locator('textarea')
    .nth(1)
    .fill(lang === 'en' ? 'Replaced the board' : '更换主板');
  await tap(finding.locator('button[type=submit]'));
  await finding.locator('.af-entry').waitFor();
  await engineer.picture(`flight-visit-${lang}`);
  await engineer.accessible('the visit without a signal');

  // A part in and the one that came out, killed in the middle of typing, and opened again without a network.
  const charge = page.locator('#part-charges');
  const line = await charge
    .locator(`optgroup[label="${t('charge.parts')}"] option`)
    .first()
    .getAttribute('value');
  await charge.locator('select').selectOption(line);
  await charge.locator(`input[type=radio][value="returned"]`).tap();
  await charge.locator('input[name="old_serial"]').fill('OLD-77');
  const before = await kept(page, 'ops');
  await kill(page);
  const starts = [];
  for (let turn = 0; turn < 5; turn += 1) {
    page = await context.newPage();
    await slow(page);
    starts.push(await open(`/field/visits/${planned.id}`));
    if (turn < 4) await page.close();
  }
  engineer.page = page;
  assert.deepEqual(await kept(page, 'ops'), before, 'a killed browser loses nothing (A#123, A#249)');
  await page.locator('#part-finding .af-entry', { hasText: found }).waitFor();
  await page.waitForFunction(() => document.querySelector('#part-photos li[data-waiting] img')?.naturalWidth > 0);
  // What was being typed stands as it was left.
  const charges = page.locator('#part-charges');
  assert.equal(await charges.locator('select').inputValue(), line);
  assert.equal(await charges.locator('input[name="old_serial"]').inputValue(), 'OLD-77');
  await tap(charges.getByRole('button', { name: t('charge.add') }));
  await charges.locator('.af-list > li').first().waitFor();
  await page.locator('#part-old_parts .af-entry', { hasText: 'OLD-77' }).waitFor();
  await tick(page, '#part-checklist');
  await shoot(1, 1);
  await tick(page, '#part-inspection');
  await step('self_check');
  await step('present');
  await page.locator('.af-cover .so-paper').waitFor();
  await page.locator('.af-cover canvas').waitFor();
  await draw(page);
  await tap(page.locator('.af-cover .ac-button-step'));
  await page.waitForURL(/visits\/[^/]+$/);
  await page.locator('#part-rating .af-star').nth(3).tap();
  await engineer.picture(`flight-rating-${lang}`);
  await engineer.accessible('the customer’s rating');
  await step('done');
  await step('leave');
  await page.waitForURL(/today/);
  await open('/field/outbox');
  await page.locator('.af-op').first().waitFor();
  await engineer.picture(`flight-outbox-${lang}`);
  const ops = await kept(page, 'ops');
  assert.equal(await page.locator('.af-op').count(), ops.length);
  assert.ok(ops.length >= 18, `${ops.length} things wait`);
  // Codes are said in words, and whether the browser may throw things away as well.
  await page.getByText(f('said').replace('{name}', f('said.fault_code')).replace('{value}', fault.trim())).waitFor();
  await page.getByText(f('keeping.title')).waitFor();
  assert.equal(
    await page
      .getByText(f('keeping.refused'))
      .or(page.getByText(f('keeping.persisted')))
      .count(),
    1,
  );

  // Killed once more with everything in the queue.
  await kill(page);
  page = await context.newPage();
  engineer.page = page;
  await open('/field/outbox');
  assert.deepEqual(await kept(page, 'ops'), ops, '0 facts are lost');
  const facts = ops.length + (ops.find(({ kind }) => kind === 'depart')?.body.answers.length ?? 0);

  // Signing out says what would stay.
  await open('/field/me');
  await page.getByRole('button', { name: f('sign_out'), exact: true }).tap();
  await page.getByRole('alert').waitFor();
  await open('/field/outbox');

  // The network is back, and loses the answer to every second request that changes something, photos included.
  let commands = 0;
  await context.route(
    (url) => url.pathname.startsWith('/api/'),
    async (route) => {
      if (route.request().method() === 'GET') return route.continue();
      commands += 1;
      if (commands % 2 === 0) return route.continue();
      await route.fetch();
      await route.abort('connectionreset');
    },
  );
  const online = performance.now();
  await context.setOffline(false);
  await until('everything is sent', async () => (await kept(page, 'ops')).length === 0, 300);
  const sent_ms = performance.now() - online;
  assert.ok(commands > ops.length, 'some were sent twice');
  inTime(world, 'everything is sent after the signal', Math.round(sent_ms), 10_000, 'ms');
  await engineer.picture(`flight-sent-${lang}`);

  const stands = (await scout.api('GET', `/api/visits/${planned.id}`)).json;
  assert.equal(stands.state, 'left');
  for (const name of [
    'accept',
    'depart',
    'arrive',
    'start',
    'finding',
    'old_part',
    'charge',
    'device',
    'self_check',
    'present',
    'sign',
    'done',
    'leave',
  ])
    assert.equal(stands.stamps.filter((stamp) => stamp.step === name).length, 1, `${name} stands once`);
  assert.equal(stands.findings.length, 1);
  assert.deepEqual(
    stands.old_parts.map(({ serial: number, fate }) => [number, fate]),
    [['OLD-77', 'returned']],
  );
  assert.deepEqual(
    stands.devices.map(({ said, matches }) => [said, matches]),
    [[serial, true]],
  );
  assert.ok(!JSON.stringify(stands).includes('"rating"'), 'the score is for whoever calls');
  assert.deepEqual(stands.evidence.map(({ kind }) => kind).sort(), ['after', 'before']);
  assert.equal(stands.charges.items.length, 1);
  const answers = ops.filter(({ kind }) => kind === 'answer').length;
  assert.equal(stands.stamps.filter(({ step: name }) => name === 'answer').length, answers);
  for (const { step: name, device_at, at, drift_s } of stands.stamps) {
    if (name === 'dispatch' || name === 'confirm') continue;
    if (device_at) assert.ok(device_at <= at, `${name}: done on the phone before the server knew`);
    assert.ok(Math.abs(drift_s - 1200) < 60, `${name}: the wrong clock is flagged: ${drift_s} s`);
  }
  const order = (await scout.api('GET', `/api/service-orders/${order_id}`)).json;
  assert.equal(order.signature?.outcome, 'signed');
  const shown = ops.find(({ kind }) => kind === 'present');
  assert.equal(order.sha256, shown.seen.shown.sha256, 'what was signed is what the phone showed');
  assert.ok(ops.every(({ id }) => /^[0-9a-f]{8}-[0-9a-f]{4}-7/.test(id)));
  assert.ok(taps <= 14, `${taps} taps`);
  const cold_ms = median(starts);
  inTime(world, 'opened without a network', Math.round(cold_ms), 1500, 'ms');
  console.log(
    `        ${taps} taps; ${facts} facts in ${ops.length} things; opened without a network in ${starts.map(Math.round).join(', ')} ms ` +
      `(median ${Math.round(cold_ms)}, 4x slower); sent in ${Math.round(sent_ms)} ms with ${commands} requests`,
  );
  // Nothing of the customer is left on the phone, and nothing was asked about a visit that is no longer theirs (decision 2).
  await until('the visit is forgotten', async () => {
    const reads = await kept(page, 'reads');
    return !reads.some(({ key }) => key.includes(planned.id) || key.includes(order_id));
  });
  assert.equal((await kept(page, 'files')).length, 0, 'the photos went with the visit');
  await page.goto(`/field/visits/${planned.id}`);
  const over = page.getByRole('heading', { name: t('over.title') });
  await over.or(page.getByRole('heading', { name: t('over.gone_title') })).waitFor();
  await engineer.picture(`flight-over-${lang}`);
  assert.deepEqual(
    engineer.faults.filter((fault) => !/net::ERR_(INTERNET_DISCONNECTED|CONNECTION_RESET)/.test(fault)),
    [],
  );
  await engineer.close();
  await scout.close();
}

/** Taken away meanwhile: what was recorded stays, says why, and goes to the desk as a note. */
async function takenAway(world, lang, how) {
  const f = await words(lang, 'field');
  const t = await words(lang, 'visits');
  const { scout, case_id, planned, engineer } = await toldOf(world, lang);
  const { context, page } = engineer;
  await page.goto('/field/today');
  await page.locator(`a[href$="/field/visits/${planned.id}"]`).tap();
  await page.locator('.ac-button-step', { hasText: t('step.accept') }).waitFor();
  await context.setOffline(true);
  await page.locator('.ac-button-step').tap();
  await page.locator('.af-unsent-line').waitFor();
  await page.getByRole('button', { name: t('other.decline') }).tap();
  const words_of_mine = lang === 'en' ? 'My van broke down' : '车坏在路上';
  await page.locator('form textarea').fill(words_of_mine);
  await page.locator('form .ac-button-danger').tap();
  await page.waitForURL(/today/);

  const dispatcher = await person(world, { name: 'dispatcher', role: 'dispatcher', lang });
  const now = (await dispatcher.api('GET', `/api/visits/${planned.id}`)).json;
  const { proposals } = (await dispatcher.api('GET', `/api/work-orders/${now.order.id}/proposals`)).json;
  const other = proposals.find((p) => p.feasible && p.engineer_id !== now.engineer.id);
  const done =
    how === 'cancelled'
      ? await dispatcher.api('POST', `/api/visits/${planned.id}/cancel`, { reason: 'x' })
      : await dispatcher.api('POST', `/api/visits/${planned.id}/reassign`, {
          engineer_id: other.engineer_id,
          window_start: now.window.start,
          window_end: now.window.end,
          reason: 'x',
        });
  assert.ok(done.status < 300, JSON.stringify(done.json));

  await context.setOffline(false);
  await page.goto('/field/outbox');
  await page.locator('.af-op[data-state="refused"]').first().waitFor();
  await page.getByText(words_of_mine).waitFor();
  await engineer.picture(`conflict-${how}-${lang}`);
  await engineer.accessible('the outbox with a conflict');
  await page.getByRole('button', { name: f('hand_in.send') }).tap();
  await until('it is handed in', async () => (await kept(page, 'ops')).length === 0);
  const timeline = JSON.stringify((await dispatcher.api('GET', `/api/cases/${case_id}/timeline`)).json);
  assert.ok(timeline.includes(words_of_mine), timeline.slice(0, 2000));
  await engineer.close();
  await dispatcher.close();
  await scout.close();
}

/** With a signal: the desk changes the case while somebody types; photos that were sent are there without a signal too. */
async function typing(world, lang) {
  const t = await words(lang, 'visits');
  const { scout, case_id, planned, order_id, engineer } = await toldOf(world, lang);
  const { context } = engineer;
  let { page } = engineer;
  await page.goto('/field/today');
  await packed(page, planned, order_id);
  await page.locator(`a[href$="/field/visits/${planned.id}"]`).tap();
  for (const name of ['accept', 'depart', 'arrive', 'start']) {
    const button = page.locator('.ac-button-step', { hasText: t(`step.${name}`) });
    await button.waitFor();
    if (name === 'depart') for (const box of await page.locator('.af-tick input').all()) await box.tap();
    await button.tap();
  }
  await page
    .locator('#part-photos input[type=file]')
    .first()
    .setInputFiles(await picture(page));
  const text = lang === 'en' ? 'The relay sticks because' : '继电器粘连,因为';
  const field = page.locator('#part-finding textarea').first();
  await field.pressSequentially(text.slice(0, 3));
  // The desk says something while the rest is typed: the day is read again under the typing hands.
  const read = page.waitForResponse((r) => r.url().includes('/api/my/day'));
  const told = await scout.api('POST', `/api/cases/${case_id}/note`, { text: 'x' });
  assert.ok(told.status < 300, JSON.stringify(told.json));
  await field.pressSequentially(text.slice(3), { delay: 60 });
  await read;
  assert.equal(await field.inputValue(), text, 'nothing typed is lost');
  assert.ok(
    await field.evaluate((element) => element === document.activeElement),
    'and the hands stay where they were',
  );
  await page.locator('#part-photos li:not([data-waiting]) img').waitFor();
  await until('all is sent', async () => (await kept(page, 'ops')).length === 0);

  await context.setOffline(true);
  await kill(page);
  page = await context.newPage();
  engineer.page = page;
  await page.goto(`/field/visits/${planned.id}`);
  await page.waitForFunction(() => document.querySelector('#part-photos li img')?.naturalWidth > 0);
  assert.equal(await page.locator('#part-finding textarea').first().inputValue(), text);
  await engineer.picture(`flight-own-photo-${lang}`);
  await engineer.close();
  await scout.close();
}

export default {
  'a whole visit in flight mode, zh-CN': (world) => flight(world, 'zh-CN'),
  'a whole visit in flight mode, en': (world) => flight(world, 'en'),
  'cancelled meanwhile: both versions, and a note, zh-CN': (world) => takenAway(world, 'zh-CN', 'cancelled'),
  'reassigned meanwhile: both versions, and a note, en': (world) => takenAway(world, 'en', 'reassigned'),
  'typing while the desk changes the case, and own photos without a signal, zh-CN': (world) => typing(world, 'zh-CN'),
};
