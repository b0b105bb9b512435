// A whole visit in flight mode (profile M3): killed in the middle, opened again without a network, sent over a network that drops
// every second answer; each thing stands on the server once (journey J6).

import assert from 'node:assert/strict';
import { person } from '../lib/browser.mjs';
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

async function until(what, look, tries = 100) {
  for (let n = 0; n < tries; n += 1) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`not within ${tries / 5} s: ${what}`);
}

async function flight(world, lang) {
  await connect(world);
  const t = await words(lang, 'visits');
  const f = await words(lang, 'field');
  const scout = await person(world, { name: 'scout', role: 'branch_manager' });
  const asset = await pick(scout, 'covered');
  const case_id = await report(world, lang, asset);
  await support(world, lang, case_id, true);
  const { visit: planned, order_id } = await plan(world, lang, case_id);

  const engineer = await engineerOf(world, lang, planned);
  const { context } = engineer;
  let { page } = engineer;
  await page.goto('/field/today');
  await page.locator(`a[href$="/field/visits/${planned.id}"]`).waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await until('the day is packed', async () =>
    (await kept(page, 'reads')).some(({ key }) => key.includes(order_id) && key.includes('service_order')),
  );

  await context.setOffline(true);
  const open = async (path) => {
    const began = Date.now();
    await page.goto(path);
    await page.locator('.af-page').first().waitFor();
    return Date.now() - began;
  };
  const step = async (name) => {
    const button = page.locator('.ac-button-step', { hasText: t(`step.${name}`) });
    await button.waitFor();
    await button.tap();
  };
  await page.locator(`a[href$="/field/visits/${planned.id}"]`).tap();
  await step('accept');
  await page.locator('.af-tick').first().waitFor();
  for (const box of await page.locator('.af-tick input').all()) await box.tap();
  await step('depart');
  await step('arrive');
  await step('start');
  await page.locator('#part-finding').waitFor();
  const photo = await picture(page);
  const shoot = async (at, seen) => {
    await page.locator('#part-photos input[type=file]').nth(at).setInputFiles(photo);
    await page.locator('#part-photos li[data-waiting]').nth(seen).waitFor();
  };
  await shoot(0, 0);
  const finding = page.locator('#part-finding');
  await finding
    .locator('textarea')
    .nth(0)
    .fill(lang === 'en' ? 'The relay sticks' : '继电器粘连');
  await finding.locator('select[name="fault_code"]').selectOption({ index: 1 });
  await finding.locator('select[name="cause_code"]').selectOption('component');
  await finding
    .locator('textarea')
    .nth(1)
    .fill(lang === 'en' ? 'Replaced the board' : '更换主板');
  await finding.locator('button[type=submit]').tap();
  await finding.locator('.af-entry').waitFor();
  await engineer.picture(`flight-visit-${lang}`);
  await engineer.accessible('the visit without a signal');

  // Killed in the middle, and opened again without a network.
  const before = await kept(page, 'ops');
  await page.close();
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
  engineer.page = page;
  const cold_ms = await open(`/field/visits/${planned.id}`);
  assert.deepEqual(await kept(page, 'ops'), before, 'a killed browser loses nothing');
  await page.locator('#part-finding .af-entry').waitFor();
  await page.locator('#part-charges select').waitFor();
  const charges = page.locator('#part-charges');
  const options = await charges.locator('select option').evaluateAll((all) => all.map((o) => o.value));
  await charges.locator('select').selectOption(options[1]);
  await charges.getByRole('button', { name: t('charge.add') }).tap();
  await charges.locator('.af-list > li').first().waitFor();
  await tick(page, '#part-checklist');
  await shoot(1, 1);
  await tick(page, '#part-inspection');
  await step('self_check');
  await step('present');
  await page.locator('.af-cover .so-paper').waitFor();
  await page.locator('.af-cover canvas').waitFor();
  await draw(page);
  await page.locator('.af-cover .ac-button-step').tap();
  await page.waitForURL(/visits\/[^/]+$/);
  await step('done');
  await step('leave');
  await page.waitForURL(/today/);
  await open('/field/outbox');
  await page.locator('.af-op').first().waitFor();
  await engineer.picture(`flight-outbox-${lang}`);
  const ops = await kept(page, 'ops');
  assert.equal(await page.locator('.af-op').count(), ops.length);
  assert.ok(ops.length >= 18, `${ops.length} things wait`);

  // Signing out says what would stay.
  await open('/field/me');
  await page.getByRole('button', { name: f('sign_out'), exact: true }).tap();
  await page.getByRole('alert').waitFor();
  await open('/field/outbox');

  // The network is back, and loses the answer to every second command.
  let commands = 0;
  await context.route('**/api/visits/**', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    commands += 1;
    if (commands % 2 === 0) return route.continue();
    await route.fetch();
    await route.abort('connectionreset');
  });
  const online = Date.now();
  await context.setOffline(false);
  await until('everything is sent', async () => (await kept(page, 'ops')).length === 0, 300);
  const sent_ms = Date.now() - online;
  assert.ok(commands > ops.length, 'some were sent twice');
  await engineer.picture(`flight-sent-${lang}`);

  const stands = (await scout.api('GET', `/api/visits/${planned.id}`)).json;
  assert.equal(stands.state, 'left');
  for (const name of [
    'accept',
    'depart',
    'arrive',
    'start',
    'finding',
    'charge',
    'self_check',
    'present',
    'sign',
    'done',
    'leave',
  ])
    assert.equal(stands.stamps.filter((stamp) => stamp.step === name).length, 1, `${name} stands once`);
  assert.equal(stands.findings.length, 1);
  assert.deepEqual(stands.evidence.map(({ kind }) => kind).sort(), ['after', 'before']);
  assert.equal(stands.charges.items.length, 1);
  const answers = ops.filter(({ kind }) => kind === 'answer').length;
  assert.equal(stands.stamps.filter(({ step: name }) => name === 'answer').length, answers);
  for (const { device_at, at } of stands.stamps.filter(({ step: name }) => name !== 'dispatch' && name !== 'confirm'))
    if (device_at) assert.ok(device_at <= at, 'done on the phone before the server knew');
  const order = (await scout.api('GET', `/api/service-orders/${order_id}`)).json;
  assert.equal(order.signature?.outcome, 'signed');
  const shown = ops.find(({ kind }) => kind === 'present');
  assert.equal(order.sha256, shown.seen.shown.sha256, 'what was signed is what the phone showed');
  assert.ok(ops.every(({ id }) => /^[0-9a-f]{8}-[0-9a-f]{4}-7/.test(id)));
  console.log(
    `        ${ops.length} things, opened without a network in ${cold_ms} ms, sent in ${sent_ms} ms with ${commands} requests`,
  );
  await engineer.close();
  await scout.close();
}

/** Reassigned meanwhile: what was recorded stays, says why, and goes to the desk as a note. */
async function reassigned(world, lang) {
  await connect(world);
  const f = await words(lang, 'field');
  const t = await words(lang, 'visits');
  const scout = await person(world, { name: 'scout', role: 'branch_manager' });
  const asset = await pick(scout, 'covered');
  const case_id = await report(world, lang, asset);
  await support(world, lang, case_id, true);
  const { visit: planned } = await plan(world, lang, case_id);
  const engineer = await engineerOf(world, lang, planned);
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

  const dispatcher = await person(world, { name: 'dispatcher', role: 'dispatcher', lang });
  const cancelled = await dispatcher.api('POST', `/api/visits/${planned.id}/cancel`, { reason: 'x' });
  assert.ok(cancelled.status < 300, JSON.stringify(cancelled.json));

  await context.setOffline(false);
  await page.goto('/field/outbox');
  await page.locator('.af-op[data-state="refused"]').first().waitFor();
  await page.getByText(words_of_mine).waitFor();
  await engineer.picture(`conflict-${lang}`);
  await engineer.accessible('the outbox with a conflict');
  await page.getByRole('button', { name: f('hand_in.send') }).tap();
  await until('it is handed in', async () => (await kept(page, 'ops')).length === 0);
  const timeline = JSON.stringify((await dispatcher.api('GET', `/api/cases/${case_id}/timeline`)).json);
  assert.ok(timeline.includes(words_of_mine), timeline.slice(0, 2000));
  await engineer.close();
  await dispatcher.close();
  await scout.close();
}

export default {
  'a whole visit in flight mode, zh-CN': (world) => flight(world, 'zh-CN'),
  'a whole visit in flight mode, en': (world) => flight(world, 'en'),
  'cancelled meanwhile: both versions, and a note, zh-CN': (world) => reassigned(world, 'zh-CN'),
};
