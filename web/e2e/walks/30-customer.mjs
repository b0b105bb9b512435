// J3: a property manager scans the label of a device, reports, follows, asks, rates; a stranger's badge is looked at.
// On a weak phone (M2), in both languages. What it cost is printed: docs/journeys.md keeps the numbers beside the targets.

import assert from 'node:assert/strict';
import { person } from '../lib/browser.mjs';
import { inTime, speaks, vitals, watchVitals, wordsOfTheOther } from '../lib/checks.mjs';
import { since, weakPhone } from '../lib/weak-phone.mjs';
import {
  words as catalogue,
  connect,
  pick,
  plan,
  report as reportByPhone,
  stroke,
  support,
  visit,
} from './10-main-job.mjs';

const words = {
  'zh-CN': {
    next: '下一步',
    send: '获取验证码',
    follow: '查看进度',
    chase: '催办',
    chased: '已催办',
    add: '补充照片或说明',
    say: '说明',
    submit: '提交',
    yes: '是我们今天派出的人员',
    unknown: '查不到这个工牌',
    photo_sent: '照片已上传',
  },
  en: {
    next: 'Next',
    send: 'Send me a code',
    follow: 'See how it stands',
    chase: 'Ask how it goes',
    chased: 'We were told',
    add: 'Add a photo or words',
    say: 'In your words',
    submit: 'Send',
    yes: 'Yes, sent by us today',
    unknown: 'We do not know this badge',
    photo_sent: 'The photo has arrived',
  },
};
const phones = { 'zh-CN': '13900001111', en: '13900002222' };

/** A photo as a phone takes it: some megabytes. */
async function photo(world) {
  const page = await (await world.browser.newContext()).newPage();
  await page.goto(world.demo.url);
  const base64 = await page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    canvas.width = 2000;
    canvas.height = 1500;
    const pen = canvas.getContext('2d');
    const noise = pen.createImageData(2000, 1500);
    for (let at = 0; at < noise.data.length; at += 1) noise.data[at] = at % 4 === 3 ? 255 : Math.random() * 255;
    pen.putImageData(noise, 0, 0);
    return canvas.toDataURL('image/jpeg', 0.9).split(',')[1];
  });
  await page.context().close();
  return Buffer.from(base64, 'base64');
}

/** A label on a device that has no open case, made by the desk. */
async function freshLabel(world) {
  const agent = await person(world, { name: 'agent', role: 'hotline_agent' });
  const list = await agent.api('GET', '/api/assets?limit=200');
  for (const asset of list.json.items) {
    // The labels of the demo stay as they are printed.
    if ((await agent.api('GET', `/api/assets/${asset.id}/label`)).json.in_use) continue;
    const made = await agent.api('POST', `/api/assets/${asset.id}/label`, { reason: 'walk' });
    assert.equal(made.status, 201, JSON.stringify(made.json));
    const code = made.json.url.split('/').pop();
    const page = await agent.api('GET', `/api/report/${code}`);
    if (!page.json.open) {
      await agent.close();
      return code;
    }
  }
  throw new Error('every device has an open case');
}

async function report(world, lang) {
  const say = words[lang];
  const code = await freshLabel(world);
  const picture = await photo(world);
  const self = await weakPhone(world, { name: 'manager', lang });
  const { page } = self;

  // The scan: from here to the number on the screen.
  const scanned = performance.now();
  await page.goto(`/q/${code}`, { waitUntil: 'commit' });
  await page.locator('.at-symptom').first().waitFor();
  const first_s = since(scanned);
  await page.waitForLoadState('networkidle');
  const first_kb = self.kb();
  assert.ok(await page.locator('.at-hotline').isVisible(), 'the hotline is on the first screen');
  await self.picture('customer-1-what');
  await self.accessible('what is wrong');
  await self.tap(page.locator('.at-symptom').nth(3));
  self.count();
  await page.locator('input[type=file]').setInputFiles({ name: 'photo.jpg', mimeType: 'image/jpeg', buffer: picture });
  // The photo is on its way while the next field is filled.
  await self.tap(page.getByRole('button', { name: say.next, exact: true }));
  const phone = page.locator('input[type=tel]');
  await self.tap(phone);
  await phone.pressSequentially(phones[lang], { delay: 120 });
  await self.tap(page.getByRole('button', { name: say.send, exact: true }));
  const box = page.getByTestId('demo-code');
  await box.waitFor();
  const digits = /\d{6}/.exec(await box.textContent())[0];
  assert.ok(await page.locator('.at-hotline').isVisible(), 'the hotline is on the second screen');
  await self.picture('customer-2-who');
  await self.accessible('who reports');
  await page.locator('input[autocomplete=one-time-code]').pressSequentially(digits, { delay: 200 });
  await page.getByTestId('number').waitFor();
  const number_s = since(scanned);
  const number = (await page.getByTestId('number').textContent()).trim();
  const taps = self.taps();
  const sent_kb = self.kb();
  assert.match(number, /^SQ\d{8}-\d{4}$/);
  assert.ok(await page.locator('.at-hotline').isVisible(), 'the hotline is on the third screen');
  await self.picture('customer-3-done');
  await self.accessible('done');

  // The page of the case, once fresh and once again.
  const opened = performance.now();
  await self.tap(page.getByRole('link', { name: say.follow }));
  await page.locator('.at-node').first().waitFor();
  const track_s = since(opened);
  await page.waitForLoadState('networkidle');
  self.kb();
  const again = performance.now();
  await page.reload({ waitUntil: 'commit' });
  await page.locator('.at-node').first().waitFor();
  const reload_s = since(again);
  await page.waitForLoadState('networkidle');
  const reload_kb = self.kb();
  assert.ok(await page.getByText(number).first().isVisible());
  assert.ok(page.url().includes('/t#'), 'what opens a case is in no address that is sent');
  await self.picture('customer-4-track');
  await self.accessible('the page of a case');
  await page.getByRole('button', { name: say.chase, exact: true }).tap();
  await page.getByText(say.chased).waitFor();
  await page.getByRole('button', { name: say.add, exact: true }).tap();
  await page.getByLabel(say.say).fill('B1');
  await page.getByRole('button', { name: say.submit, exact: true }).tap();
  await page.locator('.at-request').nth(1).waitFor();
  await self.picture('customer-5-asked');
  assert.deepEqual(self.faults, []);

  // The desk has it at once: case, photo, what was asked.
  const agent = await person(world, { name: 'agent', role: 'hotline_agent', lang });
  const found = await agent.api('GET', `/api/cases?view=open&q=${number}`);
  const [row] = found.json.items;
  assert.equal(row.channel, 'portal');
  const side = await agent.api('GET', `/api/cases/${row.id}/customer-side`);
  assert.equal(side.json.photos.length, 1);
  assert.deepEqual(side.json.requests.map((r) => r.kind).sort(), ['addition', 'chase']);
  const kept = await agent.page.request.get(`/api/files/${side.json.photos[0].sha256}`);
  const bytes = (await kept.body()).length;
  assert.ok(bytes <= 300 * 1024, `the photo has ${bytes} bytes`);
  await agent.page.goto(`/cases/${row.id}`);
  await agent.page.locator('.ad-asked').first().waitFor();
  await agent.picture('desk-customer-side');
  await agent.accessible('the case with its customer’s side');
  await agent.page.goto(`/assets/${row.asset.id}`);
  await agent.page.locator('.ad-qr img').waitFor();
  await agent.picture('desk-label');
  await agent.accessible('the device with its label');
  await agent.page.goto('/');
  await agent.page.locator('.ad-todo').first().waitFor();
  await agent.picture('desk-home-requests');
  assert.deepEqual(agent.faults, []);

  const cost = {
    taps,
    screens: 3,
    first_s,
    first_kb,
    number_s,
    sent_kb,
    photo_kb: Math.round(bytes / 1024),
    track_s,
    reload_s,
    reload_kb,
  };
  console.log(`    J3 M2 ${lang} ${JSON.stringify(cost)}`);
  assert.ok(taps <= 7, `${taps} taps`);
  inTime(world, 'from scan to number', number_s, 45);
  assert.ok(first_kb <= 60, `${first_kb} KB for the first screen`);
}

/** The end of a visit on the customer's own phone: the paper read and signed, the service rated, a complaint made. */
async function signRateComplain(world, lang) {
  const t = await catalogue(lang, 'track');
  await connect(world);
  const scout = await person(world, { name: 'scout', role: 'branch_manager', lang });
  const asset = await pick(scout, 'covered');
  const case_id = await reportByPhone(world, lang, asset);
  await support(world, lang, case_id, true);
  const planned = await plan(world, lang, case_id);
  const made = await scout.api('POST', `/api/cases/${case_id}/tracking-links`, {});
  assert.equal(made.status, 201, JSON.stringify(made.json));
  const link = new URL(made.json.url);
  await scout.close();

  const self = await weakPhone(world, { name: 'manager', lang });
  await watchVitals(self);
  const { page } = self;
  await page.goto(`${link.pathname}${link.hash}`, { waitUntil: 'commit' });
  await page.locator('.at-node').first().waitFor();
  await page.waitForLoadState('networkidle');
  const seen = await vitals(self);
  await speaks(self, await wordsOfTheOther(lang));
  let sign_s = 0;
  await visit(world, lang, planned, 'covered', async () => {
    await page.reload({ waitUntil: 'commit' });
    const began = performance.now();
    await self.tap(page.getByRole('button', { name: t('do.sign'), exact: true }));
    await page.locator('.so-paper').waitFor();
    await self.picture('customer-6-paper');
    await self.accessible('the paper on the customer’s phone');
    await page.locator('input[autocomplete=name]').fill(lang === 'en' ? 'Duty manager' : '值班经理');
    const canvas = page.locator('canvas').first();
    await stroke(page, canvas, 20, 9);
    await self.tap(page.getByRole('button', { name: t('sign.send'), exact: true }));
    await page.locator('.so-paper').waitFor({ state: 'detached' });
    sign_s = since(began);
  });

  // The visit is over: the questions of the call, answered without one.
  await page.reload({ waitUntil: 'commit' });
  const rate = page.getByRole('button', { name: t('do.rate'), exact: true });
  await rate.waitFor();
  const began = performance.now();
  await self.tap(rate);
  await page.locator('.at-star').nth(4).tap();
  const answers = { solved: 'yes', on_time: 'yes', uniform_badge: 'yes', integrity: 'no' };
  const choices = page.locator('.ac-choice');
  const order = Object.values(answers);
  await choices.nth(order.length - 1).waitFor();
  const count = await choices.count();
  assert.equal(count, order.length, 'the questions of a visit');
  for (const [at, answer] of order.entries())
    await choices.nth(at).locator(`input[value="${answer}"]`).check({ force: true });
  await self.picture('customer-7-rate');
  await self.accessible('the rating');
  await self.tap(page.getByRole('button', { name: t('rate.send'), exact: true }));
  await page.getByText(t('rated').replace('{rating}', '5')).waitFor();
  const rate_s = since(began);
  // Something else was wrong: a complaint with a number of its own.
  await page.getByRole('button', { name: t('do.complain'), exact: true }).tap();
  await page.getByLabel(t('complain.words')).fill(lang === 'en' ? 'The gate was left open overnight' : '当晚大门未关');
  await page.getByRole('button', { name: t('complain.send'), exact: true }).tap();
  const complaint = page.getByText(/SQ\d{8}-\d{4}/).last();
  await complaint.waitFor();
  await page.locator('.at-request').first().waitFor();
  await self.picture('customer-8-complaint');
  await self.accessible('the complaint');
  assert.deepEqual(self.faults, []);

  const agent = await person(world, { name: 'agent', role: 'hotline_agent', lang });
  const kept = (await agent.api('GET', `/api/cases/${case_id}`)).json;
  assert.equal(kept.state, 'closed', 'rated as solved, the case is closed without a call');
  const paper = (await agent.api('GET', `/api/service-orders/${planned.order_id}`)).json;
  assert.equal(paper.signature.outcome ?? paper.signature.kind, 'signed');
  const side = (await agent.api('GET', `/api/cases/${case_id}/customer-side`)).json;
  const told = side.requests.find(({ kind }) => kind === 'complaint');
  assert.equal((await agent.api('GET', `/api/cases/${told.complaint_case_id}`)).json.kind, 'complaint');
  await agent.close();
  console.log(`    J3 M2 ${lang} ${JSON.stringify({ sign_s, rate_s, log_ins: 0, ...seen })}`);
}

async function badge(world, lang) {
  const say = words[lang];
  const self = await weakPhone(world, { name: 'guard', lang });
  const { page } = self;
  assert.ok(world.demo.customer.badge, 'the demo has somebody under way');
  await page.goto(world.demo.customer.badge, { waitUntil: 'commit' });
  await page.getByText(say.yes).waitFor();
  await self.picture('badge-yes');
  await self.accessible('a badge');
  await page.goto('/b/00000000000000000000000000', { waitUntil: 'commit' });
  await page.getByText(say.unknown).waitFor();
  assert.ok(await page.locator('a[href^="tel:"]').first().isVisible(), 'the hotline of an unknown badge');
  await self.picture('badge-unknown');
  assert.deepEqual(self.faults, []);
}

async function underWay(world, lang, dark) {
  const self = await weakPhone(world, { name: 'manager', lang, dark });
  const { page } = self;
  assert.ok(world.demo.customer.link, 'the demo has a case under way');
  await page.goto(world.demo.customer.link, { waitUntil: 'commit' });
  await page.locator('.at-engineer').waitFor();
  assert.ok(!/1[3-9]\d{9}/.test(await page.locator('#root').textContent()), 'no phone number of anybody');
  await self.picture('track-under-way');
  await self.accessible('a case under way');
  await page.goto(`/q/${world.demo.customer.label.split('/').pop()}`, { waitUntil: 'commit' });
  await page.locator('.at-symptom').first().waitFor();
  await self.picture('label');
  await self.accessible('a label');
  await page.goto('/t#nothing', { waitUntil: 'commit' });
  await page.getByRole('alert').waitFor();
  await self.picture('link-unknown');
}

export default {
  'J3 a customer reports by QR, follows and asks, zh-CN': (world) => report(world, 'zh-CN'),
  'J3 a customer reports by QR, follows and asks, en': (world) => report(world, 'en'),
  'J3 a customer signs, rates and complains, zh-CN': (world) => signRateComplain(world, 'zh-CN'),
  'J3 a customer signs, rates and complains, en': (world) => signRateComplain(world, 'en'),
  'P66 a badge answers whether its bearer is sent today, zh-CN': (world) => badge(world, 'zh-CN'),
  'P66 a badge answers whether its bearer is sent today, en': (world) => badge(world, 'en'),
  'a link shows a case under way, zh-CN, dark': (world) => underWay(world, 'zh-CN', true),
  'a link shows a case under way, en, light': (world) => underWay(world, 'en', false),
};
