// J1: the administrator's first five minutes, and the fire drill. An empty folder, `serve`, the set-up link, the demo, a look round; a
// backup that is restored and proved; a schema step that is announced and backed up first; the demo removed, the first real case.
//
// Prints the figures that docs/journeys.md holds beside the targets.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { person, speak } from '../lib/browser.mjs';
import { atDoubleSize, holds, inTime, speaks, wordsOfTheOther } from '../lib/checks.mjs';
import { run, serve } from '../lib/program.mjs';
import { words } from './10-main-job.mjs';

const secret = 'a-long-walk-2026';
const names = {
  'zh-CN': { company: '云杉设备服务', admin: '管理员甲', unit: '总部', engineer: '工程师甲', agent: '坐席甲' },
  en: {
    company: 'Spruce Service',
    admin: 'First Admin',
    unit: 'Headquarters',
    engineer: 'An Engineer',
    agent: 'An Agent',
  },
};
/** These walks begin with empty folders: the demo that other walks share is none of theirs. */
export const alone = true;
const since = (from) => Math.round((performance.now() - from) / 100) / 10;

/** Somebody at this node. */
const at = (world, node, who) => person({ ...world, demo: { ...world.demo, url: node.url } }, { role: null, ...who });

async function signIn(who, login, password) {
  await who.page.goto('/');
  await who.page.locator('input[autocomplete="username"]').first().fill(login);
  await who.page.locator('input[type="password"]').first().fill(password);
  await who.page.keyboard.press('Enter');
  await who.page.locator('.ad-rail, nav').first().waitFor();
  await speak(who, who.lang);
}

/** Follows a one-time link and chooses a password. */
async function choosePassword(who, link) {
  const address = new URL(link);
  await who.page.goto(`${address.pathname}${address.hash}`);
  const boxes = who.page.locator('input[type="password"]');
  await boxes.nth(0).fill(secret);
  await boxes.nth(1).fill(secret);
  await who.page.locator('button[type=submit]').click();
  await boxes.first().waitFor({ state: 'detached' });
}

/** The set-up page: what is typed, how long it takes; nothing is lost by a reload except the passwords. */
async function setUp(world, lang, node, link, start) {
  const t = await words(lang, 'login');
  const admin = await at(world, node, { name: 'admin', lang });
  const { page } = admin;
  let typed = 0;
  const type = async (label, text) => {
    typed += 1;
    await page.getByLabel(t(label), { exact: true }).first().fill(text);
  };
  await page.goto(link.pathname + link.hash);
  await page.getByLabel(t('setup.company_name')).waitFor();
  await admin.picture('setup');
  await admin.accessible('the set-up page');
  await type('setup.company_name', names[lang].company);
  await type('setup.admin_name', names[lang].admin);
  typed += 2;
  const boxes = page.locator('input[type="password"]');
  await boxes.nth(0).fill(secret);
  await boxes.nth(1).fill(secret);
  // What a browser far away would offer as its zone is no matter of chance: it is chosen.
  await page.locator('select[name="zone"]').selectOption('Asia/Shanghai');
  await page.locator(`input[value="${start}"]`).check();
  await page.locator('button[type=submit]').click();
  const invitations = page.locator('.ac-copy input');
  await invitations.nth(1).waitFor({ timeout: 60_000 });
  const links = await invitations.evaluateAll((all) => all.map(({ value }) => value));
  await admin.picture('setup-invitations');
  await admin.accessible('the invitations');
  await page.getByRole('button', { name: t('invitations.go_on') }).click();
  return { admin, typed, security: links[0], audit: links[1] };
}

/** A PDF that was signed, its bytes, and how many cases, assets and visits there are. */
async function facts(who) {
  const counts = await who.api('GET', '/api/home');
  const closed = await who.api('GET', '/api/work-orders?view=all&limit=200');
  const done = closed.json.items.filter(({ state }) => state === 'closed' || state === 'done');
  for (const order of done) {
    const answer = await who.page.request.get(`/api/service-orders/${order.id}/pdf`);
    if (answer.ok())
      return { order: order.id, pdf: await answer.body(), home: counts.json.cases, orders: closed.json.items };
  }
  throw new Error('the demo has no service order');
}

async function firstStart(world, lang) {
  const settings = await words(lang, 'settings');
  const folder = await mkdtemp(join(tmpdir(), 'aftercare-j1-'));
  const place = (name) => join(folder, name);
  let node;
  let copy;
  try {
    // One command, a link.
    const began = performance.now();
    node = await serve(place('data'));
    const link = new URL(/(http\S+\/setup#\S+)/.exec(node.said())[1]);
    const ready_s = since(began);
    const { admin, typed, security } = await setUp(world, lang, node, link, 'demo');
    const panel = admin.page.locator('[data-demo-role="hotline_agent"]');
    await panel.waitFor({ timeout: 120_000 });
    await admin.picture('home-admin-demo');
    await admin.accessible('the administrator’s home page');
    const login = await panel.textContent();
    const password = await admin.page.locator('.ac-copy input').inputValue();
    assert.ok(typed <= 9, `${typed} fields`);
    // The link is dead: for whoever finds it, and for whoever sends what it carries.
    const finder = await at(world, node, { name: 'finder', lang });
    await finder.page.goto(link.pathname + link.hash);
    await finder.page.locator('a[href="/login"]').waitFor();
    const again = await finder.api('POST', '/api/setup', {
      token: link.hash.slice(1),
      company_name: 'x',
      admin_login: 'second',
      admin_name: 'x',
      password: secret,
      zone: 'Asia/Shanghai',
      demo: false,
    });
    assert.equal(again.status, 409, JSON.stringify(again.json));
    await finder.close();

    // A look round.
    const agent = await at(world, node, { name: 'agent', lang });
    await signIn(agent, login, password);
    await agent.page.goto('/cases?view=open');
    await agent.page.locator('.ad-table tbody tr').first().waitFor();
    const first_page_s = since(began);
    await agent.picture('cases-of-the-demo');
    await agent.close();
    inTime(world, 'the first page with demo data', first_page_s, 480);

    // The fire drill: a backup while it runs, into a new folder, proved.
    const drill = performance.now();
    const backup = await run(['backup', '--data', place('data'), '--out', place('backup.tar.gz')]);
    assert.equal(backup.code, 0, backup.err);
    const restore = await run(['restore', '--data', place('copy'), '--verify', place('backup.tar.gz')]);
    assert.equal(restore.code, 0, `${restore.out}\n${restore.err}`);
    const drill_s = since(drill);
    const rows = (text) => Number(/(\d+) rows/.exec(text)[1]);
    assert.equal(rows(restore.out), rows(backup.out), 'every row is there again');
    assert.match(restore.out, /every invariant holds/);
    const manager_login = await admin.page.locator('[data-demo-role="branch_manager"]').textContent();
    const here = await at(world, node, { name: 'manager', lang });
    await signIn(here, manager_login, password);
    const before = await facts(here);
    await here.close();
    // The copy takes the place of what was lost, at the same address: the codes on its papers lead there.
    await admin.close();
    await node.stop();
    copy = await serve(place('copy'), { port: node.port });
    const there = await at(world, copy, { name: 'manager of the copy', lang });
    await signIn(there, manager_login, password);
    const after = await there.page.request.get(`/api/service-orders/${before.order}/pdf`);
    assert.ok(before.pdf.equals(await after.body()), 'a service order is the same, byte for byte');
    const numbers = (list) => list.map(({ number }) => number);
    assert.deepEqual(numbers((await facts(there)).orders), numbers(before.orders));
    await there.close();
    await copy.stop();

    // The next release: its schema step is announced, and the database copied before it.
    const rehearsal = { AFTERCARE_TEST_SCHEMA_STEP: '1' };
    const announced = await run(['migrate', '--dry-run', '--data', place('copy')], rehearsal);
    assert.match(announced.out, /would apply step 999999: a rehearsed step/, announced.err);
    copy = await serve(place('copy'), { env: rehearsal });
    assert.match(copy.said(), /schema step 999999: a rehearsed step/);
    assert.match(copy.said(), /the database was copied to/);
    assert.ok(existsSync(place('copy/before-step-999999.db')), 'the way back is there');
    await copy.stop();
    const older = await run(['migrate', '--data', place('copy')]);
    assert.notEqual(older.code, 0);
    assert.match(older.err, /run the newer program, or restore a backup/, 'a downgrade is refused in words');

    // The demo goes by one command; the administrator and the company stay.
    const removed = await run(['demo', '--remove', '--data', place('data')]);
    assert.equal(removed.code, 0, removed.err);
    node = await serve(place('data'));
    assert.doesNotMatch(node.said(), /\/setup#/, 'nobody can set it up a second time');
    const owner = await at(world, node, { name: 'owner', lang });
    await signIn(owner, 'admin', secret);
    const left = await owner.api('GET', '/api/units');
    assert.deepEqual(left.json.items ?? left.json, [], 'no row of the demo is left');
    assert.equal((await owner.api('GET', '/api/company')).json.name, names[lang].company);
    await owner.page.getByText(settings('setup.title')).first().waitFor();
    await owner.picture('home-admin-empty');
    await owner.accessible('the home page of an empty system');
    const { agent_link } = await company(world, lang, node, owner, security);
    const number = await firstCase(world, lang, node, agent_link);
    assert.match(number, /^SQ\d{8}-0001$/);
    assert.deepEqual(owner.faults, []);
    console.log(
      `    J1 D1 ${lang} ${JSON.stringify({ commands: 1, typed, ready_s, first_page_s, drill_s, to_first_case_s: since(began) })}`,
    );
    inTime(world, 'backup and restore', drill_s, 60);
  } finally {
    await node?.stop();
    await copy?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The same without the demo: what a person types and reads from the link to the first case. The fire drill speaks one language. */
async function straightToWork(world, lang) {
  const settings = await words(lang, 'settings');
  const folder = await mkdtemp(join(tmpdir(), 'aftercare-j1-'));
  let node;
  try {
    const began = performance.now();
    node = await serve(join(folder, 'data'));
    const link = new URL(/(http\S+\/setup#\S+)/.exec(node.said())[1]);
    const { admin, typed, security } = await setUp(world, lang, node, link, 'empty');
    await admin.page.getByText(settings('setup.title')).first().waitFor();
    await speaks(admin, await wordsOfTheOther(lang));
    await atDoubleSize(admin, 'the first steps');
    await admin.accessible('the home page of an empty system');
    const { agent_link } = await company(world, lang, node, admin, security);
    const number = await firstCase(world, lang, node, agent_link);
    assert.match(number, /^SQ\d{8}-0001$/);
    assert.deepEqual(admin.faults, []);
    console.log(`    J1 D1 ${lang} ${JSON.stringify({ commands: 1, typed, to_first_case_s: since(began) })}`);
  } finally {
    await node?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The company on its screens: headquarters, an engineer, an agent with an account, a product. */
async function company(world, lang, node, owner, security_link) {
  const t = await words(lang, 'organisation');
  const assets = await words(lang, 'assets');
  const own = names[lang];
  const { page } = owner;
  const dialog = page.locator('.ad-dialog form');
  const save = async () => {
    await dialog.locator('button[type=submit]').click();
    await dialog.waitFor({ state: 'detached' });
  };
  const make = async (name) => {
    await page.getByRole('button', { name, exact: true }).click();
    await dialog.waitFor();
  };
  await page.goto('/settings/units');
  await make(t('unit.create'));
  await dialog.locator('input[name="zh_cn"]').fill(own.unit);
  await owner.accessible('a new unit');
  // Nothing is lost by a reload in mid-form.
  await page.reload();
  await make(t('unit.create'));
  await holds(dialog.locator('input[name="zh_cn"]'), own.unit, 'a reload loses nothing');
  await save();
  await page.getByText(own.unit, { exact: true }).first().waitFor();
  for (const [name, role, badge] of [
    [own.engineer, 'engineer', 'GH-0001'],
    [own.agent, 'hotline_agent', 'GH-0002'],
  ]) {
    await page.goto('/settings/employees');
    await make(t('employee.create'));
    await dialog.locator('input[name="name"]').fill(name);
    await dialog.locator(`select:has(option[value="${role}"])`).selectOption(role);
    await dialog.locator(`select:has(option:text-is("${own.unit}"))`).first().selectOption({ label: own.unit });
    await dialog.locator('input[name="badge_number"]').fill(badge);
    await save();
    await page.waitForURL(/employees\/./);
  }
  const agent_id = page.url().split('/').pop();
  await owner.picture('first-employee');
  await owner.accessible('an employee');
  await page.goto('/settings/products');
  await make(assets('product.create'));
  await dialog.locator('input[name="model"]').fill('DZ-1');
  await dialog.locator('input[name="zh_cn"]').fill('道闸');
  await dialog.locator('input[name="en"]').fill('Barrier');
  await save();
  const units = (await owner.api('GET', '/api/units')).json;
  const [unit] = units.items ?? units;
  // The whole country is headquarters' own, until there are branches.
  const provinces = (await owner.api('GET', '/api/divisions')).json;
  const map = await owner.api('GET', '/api/jurisdictions');
  const kept = await page.evaluate(
    async ([body, version]) => {
      const answer = await fetch('/api/jurisdictions', {
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
    [
      {
        assignments: [{ unit_id: unit.id, divisions: (provinces.items ?? provinces).map(({ code }) => code) }],
        reason: 'first map',
      },
      map.json.version ?? 0,
    ],
  );
  assert.ok(kept.status < 300, kept.text);
  // The removed demo took the invitations along: the administrator has them made again.
  const renewed = await owner.api('POST', '/api/setup/invitations', {});
  const fresh = (renewed.json?.invitations ?? renewed.json ?? []).find?.(({ login }) => login === 'security')?.link;
  const guard = await at(world, node, { name: 'security', lang });
  await choosePassword(guard, fresh ?? security_link);
  await signIn(guard, 'security', secret);
  const made = await guard.api('POST', '/api/accounts', {
    login: 'agent',
    name: own.agent,
    roles: ['hotline_agent'],
    unit_id: unit.id,
    employee_id: agent_id,
    invite: true,
  });
  assert.equal(made.status, 201, JSON.stringify(made.json));
  await guard.page.goto('/settings/accounts');
  await guard.page.getByText('agent', { exact: true }).first().waitFor();
  await guard.accessible('the accounts');
  await guard.close();
  return { agent_link: made.json.invitation.link };
}

/** Customer, site, device, and the first report. */
async function firstCase(world, lang, node, link) {
  const t = await words(lang, 'customers');
  const assets = await words(lang, 'assets');
  const agent = await at(world, node, { name: 'agent', lang });
  await choosePassword(agent, link);
  await signIn(agent, 'agent', secret);
  const { page } = agent;
  const dialog = page.locator('.ad-dialog form');
  const save = async () => {
    await dialog.locator('button[type=submit]').click();
    await dialog.waitFor({ state: 'detached' });
  };
  await page.goto('/customers');
  await page
    .getByRole('button', { name: t('create'), exact: true })
    .first()
    .click();
  await dialog.locator('input[name="name"]').fill('云杉广场物业');
  await save();
  await page.waitForURL(/customers\/./);
  await page
    .getByRole('button', { name: t('site.create'), exact: true })
    .first()
    .click();
  await dialog.locator('input[name="name"]').fill('云杉广场停车场');
  await dialog.locator('input[name="address"]').fill('雁塔路 1 号 B2');
  const steps = dialog.locator('.ad-row select');
  await steps.nth(0).selectOption('61');
  await steps.nth(1).selectOption('6101');
  await steps.nth(2).selectOption({ index: 1 });
  await save();
  await page.waitForURL(/sites\/./);
  await page
    .getByRole('button', { name: assets('create'), exact: true })
    .first()
    .click();
  await dialog.locator('.ad-picker input').first().click();
  await page.locator('.ant-select-item-option').first().click();
  await dialog.locator('input[name="serial"]').fill('YS-0001');
  await save();
  await page.getByText('YS-0001').first().waitFor();
  await agent.picture('first-site');
  await agent.accessible('the first site');
  await page.goto('/intake');
  await page.locator('[data-intake="look-up"]').fill('YS-0001');
  await page.locator('.ad-hit').first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.ad-device').first().waitFor();
  const symptom = page.locator('[data-intake="symptom"]');
  await symptom.fill(lang === 'en' ? 'The barrier stays down' : '道闸不抬杆');
  await page.locator('.ad-questions input').nth(1).click();
  await page.locator('[data-intake="promise"]').waitFor();
  await symptom.press('Control+Enter');
  await page.locator('.ad-saved-number').waitFor();
  await agent.picture('first-case');
  const number = await page.locator('.ad-saved-number').getAttribute('data-number');
  assert.deepEqual(agent.faults, []);
  await agent.close();
  return number;
}

export default {
  'J1 from an empty folder to the first case, and the fire drill, zh-CN': (world) => firstStart(world, 'zh-CN'),
  'J1 from an empty folder straight to the first case, en': (world) => straightToWork(world, 'en'),
};
