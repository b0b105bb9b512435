// The plan that goes on by itself, and what a person locked in it: a lock by a key, what it holds against a plan and a colleague, the
// mode of a unit asked back in words, the published plan with its cause, and those before it. zh-CN and English, desk and phone.

import assert from 'node:assert/strict';
import { PHONE, person } from '../lib/browser.mjs';
import { busyDay, client, orders } from '../lib/busy-day.mjs';
import { handOf, speaks, wordsOfTheOther } from '../lib/checks.mjs';
import { words } from './10-main-job.mjs';

/** A Friday morning; the dispatcher begins at a quarter past eight. */
export const clock = '2026-10-09T08:15+08:00';

const WIDE = { width: 1920, height: 1080 };

const boardOf = async (desk) => (await desk.api('GET', '/api/board')).json;
const visitOf = async (desk, id) => (await desk.api('GET', `/api/visits/${id}`)).json;

/** Nothing is to be pushed sideways. */
async function asWideAsTheScreen({ page }) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 1, `${wide} px too wide`);
}

/** Somebody locks a visit by a key; it stands everywhere, a plan leaves it, and whoever moves it unlocks it in the same step. */
async function locked(world, lang) {
  await busyDay(world);
  const w = await words(lang, 'workorders');
  const c = await words(lang, 'common');
  const desk = await person(world, { name: 'dispatcher', role: 'dispatcher', lang, screen: WIDE });
  const { page } = desk;
  const board = await boardOf(desk);
  // A visit of the afternoon that somebody else could take over too.
  const late = Date.parse('2026-10-09T12:00+08:00');
  let block;
  let other;
  for (const each of board.blocks.filter((one) => one.movable && !one.lock && Date.parse(one.window.start) > late)) {
    const { proposals } = (await desk.api('GET', `/api/work-orders/${each.order.work_order_id}/proposals`)).json;
    other = proposals.slice(0, 3).find(({ engineer_id }) => engineer_id !== each.engineer_id);
    block = each;
    if (other) break;
  }
  assert.ok(other, 'a visit that somebody else could take over');
  await page.goto(`/dispatch?sel=${block.order.work_order_id}`);
  await page.locator('.ad-pane-visit').waitFor();
  await page.locator('.ad-board-pane h2').click();
  const hand = handOf(page);
  await hand.press('l');
  const reason = page.locator('.ad-dialog form input');
  await reason.waitFor();
  await page.waitForFunction(() => document.activeElement?.closest('.ad-dialog form'));
  await page.locator('.ad-dialog .ac-chip').first().click();
  await desk.picture('living-lock');
  await desk.accessible('why a visit is locked');
  await speaks(desk, await wordsOfTheOther(lang));
  await reason.focus();
  await hand.press('Enter');
  await page.locator('.ac-message-done', { hasText: block.visit_number }).waitFor();
  await page.locator('.ad-board-pane .ad-locked').waitFor();
  const glyph = page.locator('.ad-tl-block[aria-pressed="true"] .ad-tl-lock');
  await glyph.waitFor();
  await glyph.scrollIntoViewIfNeeded();
  await desk.picture('living-locked');
  await desk.accessible('a locked visit');
  const stands = await visitOf(desk, block.id);
  assert.equal(stands.lock.reason, w('lock.why.customer_time'));
  // The plan knows it, and leaves it.
  const plan = (await desk.api('GET', '/api/board/plan')).json;
  assert.equal(plan.kept.find(({ visit_id }) => visit_id === block.id)?.fixed, 'locked');

  // A colleague moves it: told who locked it; unlock and move are one step.
  const colleague = await person(world, { name: 'manager', role: 'branch_manager', lang, screen: WIDE });
  await colleague.page.goto(`/work-orders/${block.order.work_order_id}`);
  await colleague.page.locator('.ad-visit .ad-locked').waitFor();
  await colleague.page
    .getByRole('button', { name: c('other_steps') })
    .first()
    .click();
  await colleague.page.getByRole('menuitem', { name: w('do.reassign') }).click();
  await colleague.page.locator('.ad-proposals .ad-locked').waitFor();
  await colleague.page.locator('.ad-proposals .ac-chips .ac-chip').first().click();
  await colleague.page.locator('.ad-proposal-list > li', { hasText: other.badge_number }).locator('button').click();
  const unlock = colleague.page.getByRole('button', { name: w('do.unlock_and_reassign') });
  const answer = colleague.page.locator('.ad-promise-answer button').last();
  // A lock goes before what was promised.
  await unlock.waitFor();
  await colleague.picture('living-lock-refused');
  await colleague.accessible('a locked visit is not moved by the way');
  await unlock.click();
  const done = colleague.page.locator('.ac-message-done').first();
  await done.or(answer).or(colleague.page.locator('.ac-error').first()).first().waitFor();
  await colleague.picture('living-unlocked');
  if (await answer.isVisible()) await answer.click();
  await done.waitFor();
  const moved = await visitOf(desk, block.id);
  assert.equal(moved.lock ?? null, null, 'it is unlocked');
  assert.ok(moved.engineer.id !== stands.engineer.id || moved.window.start !== stands.window.start, 'and moved');

  // Locked by the menu and unlocked by the key.
  await page.locator('.ad-board-pane .ad-locked').waitFor({ state: 'detached' });
  const version = moved.version;
  await desk.api('POST', `/api/visits/${block.id}/lock`, {});
  await page.locator('.ad-board-pane .ad-locked').waitFor();
  await page.locator('.ad-board-pane h2').click();
  await hand.press('l');
  await page.locator('.ad-board-pane .ad-locked').waitFor({ state: 'detached' });
  const open = await visitOf(desk, block.id);
  assert.deepEqual([open.lock ?? null, open.version], [null, version + 2]);
  assert.deepEqual(desk.faults, []);
  await colleague.close();
  await desk.close();
}

/** What is dragged says over a row what it would do, and dropped what it does to the day; nothing is done yet. */
async function dragged(world, lang) {
  await busyDay(world);
  await orders(world, 1, { from_min: 60, lang });
  const desk = await person(world, { name: 'dispatcher', role: 'dispatcher', lang, screen: WIDE });
  const { page } = desk;
  await page.goto('/dispatch');
  await page.locator('.ad-tl-block').first().waitFor();
  const card = page.locator('.ad-cards .ad-card:not(.ad-card-agreed)').first();
  await card.waitFor();
  await desk.settled();
  const to = async (what, x) => {
    const box = await what.boundingBox();
    await page.mouse.move(box.x + x, box.y + box.height / 2, { steps: 4 });
  };
  const lift = async (what, over, x) => {
    await to(what, 20);
    await page.mouse.down();
    await to(over, x);
    await to(over, x + 2);
    await page.locator('.ad-tl-drop').waitFor();
  };
  // Over somebody's visit, and in the free time right before it.
  const at = await page.evaluate(() => {
    const seen = document.querySelector('.ad-timeline').getBoundingClientRect();
    return [...document.querySelectorAll('.ad-tl-block')].findIndex((each) => {
      const { left, right, top, bottom } = each.getBoundingClientRect();
      return (
        each.draggable &&
        left > seen.left + 300 &&
        right < seen.right &&
        top > seen.top + 120 &&
        bottom < seen.bottom - 120
      );
    });
  });
  assert.ok(at >= 0, 'a planned visit in sight');
  const block = page.locator('.ad-tl-block').nth(at);
  await lift(card, block, 10);
  assert.equal(await page.locator('.ad-tl-drop').getAttribute('data-against'), 'true', 'it says what stands there');
  await desk.picture('living-drag');
  await speaks(desk, await wordsOfTheOther(lang));
  await page.mouse.up();
  await page.locator('.ad-tl-drop').waitFor({ state: 'detached' });
  const effect = page.locator('.ad-by-hand .ad-effect');
  await effect.locator('[data-code="overlaps"]').waitFor();
  await desk.picture('living-dropped');
  await desk.accessible('what a drop does');
  await speaks(desk, await wordsOfTheOther(lang));
  // At another time it is another thing, and asked for anew.
  const start = page.locator('.ad-by-hand input[type="datetime-local"]');
  await start.fill('2026-10-09T20:00');
  await effect.locator('[data-code="not_at_work"]').waitFor();
  // A visit is dragged too: it is given to somebody else, with a reason.
  const box = await block.boundingBox();
  await to(block, 10);
  await page.mouse.down();
  for (const down of [10, 40, 84]) await page.mouse.move(box.x + 12, box.y + down, { steps: 3 });
  await page.locator('.ad-tl-drop').waitFor();
  await page.mouse.up();
  await page.locator('.ad-pane-assign h3').waitFor();
  await page.locator('.ad-by-hand .ad-effect').waitFor();
  await desk.picture('living-visit-dropped');
  assert.deepEqual(desk.faults, []);
  await desk.close();
}

/** A unit's plan goes on by itself: switched on in words, published with its cause, read afterwards, switched off. */
async function living(world, lang) {
  await busyDay(world);
  const p = await words(lang, 'plans');
  await orders(world, 3, { from_min: 60, lang });
  const desk = await person(world, { name: 'dispatcher', role: 'dispatcher', lang, screen: WIDE });
  const { page } = desk;
  const { areas } = (await desk.api('GET', '/api/board/areas')).json;
  const waiting = (await boardOf(desk)).unscheduled.map(({ unit_id }) => unit_id);
  // One that nobody switched on before, best one with work that waits.
  const fresh = areas.filter(({ engineers, latest }) => engineers > 0 && !latest);
  const area = fresh.find(({ unit_id }) => waiting.includes(unit_id)) ?? fresh[0];
  assert.ok(area, 'a unit with engineers');
  assert.equal(area.mode, 'off');
  await page.goto('/dispatch?plan=versions');
  const before = (await desk.api('GET', '/api/board/plan/versions')).json.items.length;
  await page
    .locator(before > 0 ? '.ad-plan-line' : '.ad-plan .ac-empty')
    .first()
    .waitFor();
  await desk.picture('living-none');
  await desk.accessible('no plan was published yet');
  await page.getByRole('tab', { name: p('areas') }).click();
  const line = page.locator(`.ad-plan-line[data-key="${area.unit_id}"]`);
  await line.waitFor();
  await desk.picture('living-areas');
  await desk.accessible('what goes on by itself');
  await speaks(desk, await wordsOfTheOther(lang));
  // Asked back in words; taken back, nothing changes.
  const set = async (mode) => {
    await line.locator('select').selectOption(mode);
    await page.locator('.ad-consequences').waitFor();
  };
  await set('automatic');
  await desk.picture('living-ask');
  await desk.accessible('a mode is asked back');
  await page.keyboard.press('Escape');
  await page.locator('.ad-consequences').waitFor({ state: 'detached' });
  assert.equal(await line.getAttribute('data-mode'), 'off');
  await set('advise');
  await page.getByRole('button', { name: p('mode.set').replace('{mode}', p('mode.advise')) }).click();
  await page.locator('.ac-message-done').first().waitFor();
  // It is published, and the screen hears of it by itself.
  const number = p('number').replace('{number}', '1');
  await line.getByRole('button', { name: number }).waitFor({ timeout: 30_000 });
  await desk.picture('living-on');
  await line.getByRole('button', { name: number }).click();
  await page.locator('.ad-plan h3').first().waitFor();
  await desk.settled();
  await desk.picture('living-version');
  await desk.accessible('a published plan');
  await speaks(desk, await wordsOfTheOther(lang));
  await page.getByRole('tab', { name: p('versions') }).click();
  await page.locator('.ad-plan-line[data-key]').first().waitFor();
  await desk.picture('living-versions');
  await desk.accessible('published plans');
  // The proposal says what it is, and hears of a newer one.
  await page.goto(`/dispatch?plan=open&unit=${area.unit_id}`);
  await page.locator('.ad-plan-about').waitFor();
  await desk.settled();
  await desk.picture('living-proposal');
  await desk.accessible('the published plan as a proposal');
  const at = await client(world, 'dispatcher');
  const block = (await boardOf(desk)).blocks.find(({ movable, order }) => movable && order.unit_id === area.unit_id);
  const off = await at.api('POST', `/api/employees/${block.engineer_id}/absences`, {});
  assert.ok(off.status < 300, JSON.stringify(off.json));
  await page.locator('.ad-plan-about', { hasText: p('show_newer') }).waitFor({ timeout: 30_000 });
  await desk.picture('living-newer');
  await page.getByRole('button', { name: p('show_newer') }).click();
  await page.locator('.ad-plan-about', { hasText: p('show_newer') }).waitFor({ state: 'detached' });

  // The same on a phone, in the dark where it is in Chinese.
  const small = await person(world, {
    name: 'dispatcher',
    role: 'dispatcher',
    lang,
    screen: PHONE,
    dark: lang === 'zh-CN',
  });
  for (const [name, path] of [
    ['areas', `/dispatch?plan=areas`],
    ['versions', `/dispatch?plan=versions`],
    ['version', `/dispatch?plan=versions&version=${area.unit_id}.1`],
    ['proposal', `/dispatch?plan=open&unit=${area.unit_id}`],
  ]) {
    await small.page.goto(path);
    await small.page.locator('.ad-plan-line, .ad-plan .ac-empty').first().waitFor();
    await small.settled();
    await small.picture(`living-${name}`);
    await small.accessible(`${name} on a small screen`);
    await asWideAsTheScreen(small);
  }
  assert.deepEqual(small.faults, []);
  await small.close();

  await page.goto('/dispatch?plan=areas');
  await line.waitFor();
  await set('off');
  await page.locator('.ant-modal .ac-button-primary').click();
  await page.locator(`.ad-plan-line[data-key="${area.unit_id}"][data-mode="off"]`).waitFor();
  assert.deepEqual(desk.faults, []);
  await desk.close();
}

/** The walks in a language. */
const walksIn = (lang) => ({
  [`a visit is locked, ${lang}`]: (world) => locked(world, lang),
  [`an order is dragged, ${lang}`]: (world) => dragged(world, lang),
  [`a plan goes on by itself, ${lang}`]: (world) => living(world, lang),
});

export default { ...walksIn('zh-CN'), ...walksIn('en') };
