// What people write may look like markup: every screen that shows it shows words. Nothing of it runs, no dialog opens, nothing is
// asked of another host, and the policy of the page has nothing to refuse.

import assert from 'node:assert/strict';
import { person } from '../lib/browser.mjs';
import { engineerOf } from './10-main-job.mjs';

const ELSEWHERE = 'markup.invalid';
const NAME = `<img src="https://${ELSEWHERE}/i" onerror="window.ran=1"><svg onload="window.ran=1"></svg>"'>{{7*7}}`;
const WORDS =
  `${NAME}<script src="https://${ELSEWHERE}/s"></script><style>@import "https://${ELSEWHERE}/c"</style>` +
  '</script><script>window.ran=1</script>#{7*7}';

/** Sends a command and fails if it is refused. */
async function done(self, path, body) {
  const { status, json } = await self.api('POST', path, body);
  assert.ok(status < 300, `${path}: ${status} ${JSON.stringify(json)}`);
  return json;
}

/** A case on a site, of a customer and by a contact whose names are markup; with an order and a visit. */
async function made(world) {
  const manager = await person(world, { name: 'manager', role: 'branch_manager' });
  const customer = await done(manager, '/api/customers', { name: NAME });
  const site = await done(manager, '/api/sites', {
    customer_id: customer.id,
    name: NAME,
    address: NAME,
    division_code: '440305',
    point: { lon: 113.94, lat: 22.54 },
    access_hours: { always: true, weekly: [], note: NAME },
  });
  const contact = await done(manager, '/api/contacts', {
    customer_id: customer.id,
    site_id: site.id,
    name: NAME,
    phone: '13812349876',
  });
  const report = await done(manager, '/api/cases', {
    channel: 'phone',
    site_id: site.id,
    contact: { id: contact.id },
    symptom: WORDS,
    effects: { can_pass: false },
  });
  const expert = await person(world, { name: 'expert', role: 'expert' });
  const dispatcher = await person(world, { name: 'dispatcher', role: 'dispatcher' });
  const step = (self, name, body) => done(self, `/api/cases/${report.id}/${name}`, body);
  await step(manager, 'note', { text: WORDS });
  await step(expert, 'triage', {});
  await step(expert, 'phone-support', {});
  await step(expert, 'phone-result', { outcome: 'not_solved', steps_tried: [WORDS], reason: WORDS });
  await step(expert, 'agree-onsite', { contact_id: contact.id, how: 'phone' });
  const now = Date.parse((await manager.api('GET', '/api/me')).json.now);
  // Monday noon: tonight's engineers are for the walks that go out at once.
  const at = (hours) => new Date(now + hours * 3_600_000).toISOString();
  const order = await step(dispatcher, 'work-orders', {
    kind: 'repair',
    window: { start: at(66), end: at(69) },
    place: NAME,
    symptom: WORDS,
  });
  const { proposals } = (await dispatcher.api('GET', `/api/work-orders/${order.id}/proposals`)).json;
  const goes = proposals.find((p) => p.feasible);
  assert.ok(goes, 'somebody can go');
  const visit = await done(dispatcher, `/api/work-orders/${order.id}/visits`, {
    engineer_id: goes.engineer_id,
    window_start: goes.window.start,
    window_end: goes.window.end,
  });
  const link = await step(manager, 'tracking-links', {});
  await expert.close();
  await dispatcher.close();
  return { manager, customer, site, case_id: report.id, order, visit, link: link.url };
}

/** Holds every screen while somebody looks at it. */
function watched(self) {
  const told = [];
  self.page.on('dialog', (dialog) => {
    told.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  self.page.on('request', (request) => {
    if (request.url().includes(ELSEWHERE)) told.push(`asked of another host: ${request.url()}`);
  });
  self.page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) told.push(message.text());
  });
  return async (path, shows) => {
    await self.page.goto(path);
    if (shows) await self.page.getByText('onerror=', { exact: false }).first().waitFor();
    assert.equal(await self.page.evaluate(() => window.ran), undefined, `${path}: markup ran`);
    const drawn = `img[src*="${ELSEWHERE}"], script[src*="${ELSEWHERE}"], svg[onload]`;
    assert.equal(await self.page.locator(drawn).count(), 0, `${path}: markup was drawn`);
    assert.deepEqual(told, [], path);
  };
}

async function walk(world, lang) {
  const { manager, customer, site, case_id, order, visit, link } = await made(world);
  const atDesk = watched(manager);
  await atDesk(`/cases/${case_id}`, true);
  await atDesk(`/customers/${customer.id}`, true);
  await atDesk(`/sites/${site.id}`, true);
  await atDesk(`/work-orders/${order.id}`, true);
  await atDesk('/cases', true);
  await atDesk('/work-orders', true);
  await atDesk('/dispatch', false);
  assert.deepEqual(manager.faults, []);

  const whole = (await manager.api('GET', `/api/work-orders/${order.id}`)).json;
  const engineer = await engineerOf(world, lang, whole.visits.at(-1));
  const onThePhone = watched(engineer);
  await onThePhone(`/field/visits/${visit.id}`, true);
  assert.deepEqual(engineer.faults, []);

  const guest = await person(world, { name: 'guest', role: null, lang });
  await watched(guest)(link.replace(/^https?:\/\/[^/]+/, ''), true);
  assert.deepEqual(guest.faults, []);
}

export default {
  'markup in names and notes is shown as words to desk, engineer and customer': (world) => walk(world, 'zh-CN'),
};
