// J4: the expert at the phone. One key opens the next case; device and last visits stand there; notes by template; solved with its cause,
// or handed to dispatch with all that a visit needs and nothing typed twice; drafts survive every way off and back.
//
// Prints the figures that docs/journeys.md holds beside the targets.

import assert from 'node:assert/strict';
import { person } from '../lib/browser.mjs';
import {
  atDoubleSize,
  handOf,
  holds,
  inTime,
  median,
  speaks,
  vitals,
  watchVitals,
  wordsOfTheOther,
} from '../lib/checks.mjs';
import { pick, words } from './10-main-job.mjs';

const say = {
  'zh-CN': {
    symptom: '道闸不抬杆,车辆无法驶出',
    tried: '断电重启',
    plan: '已恢复,再次出现请来电',
    reason: '电机不转',
    part: '道闸控制板',
    half: '先记到这里',
    find: '重启',
  },
  en: {
    symptom: 'The barrier stays down, cars can not leave',
    tried: 'Switched off and on',
    plan: 'Works again; please call if it comes back',
    reason: 'The motor does not turn',
    part: 'Barrier control board',
    half: 'Noted so far',
    find: 'restart',
  },
};

/** Cases that wait for help by phone, taken by the hotline and triaged. */
async function waiting(world, lang, count) {
  const agent = await person(world, { name: 'agent', role: 'hotline_agent', lang });
  const made = [];
  let first;
  for (let n = 0; n < count; n += 1) {
    // The last is a second report of the first: it will be merged into it.
    const asset = n === count - 1 ? first : await pick(agent, 'covered', { anywhere: true });
    first ??= asset;
    const report = await agent.api('POST', '/api/cases', {
      channel: 'phone',
      site_id: asset.site_id,
      asset_id: asset.id,
      symptom: say[lang].symptom,
      effects: {},
      contact: { name: '值班经理', phone: `137${lang === 'en' ? '1' : '0'}000${String(1000 + n)}` },
    });
    assert.equal(report.status, 201, JSON.stringify(report.json));
    const triaged = await agent.api('POST', `/api/cases/${report.json.id}/triage`, { symptom: say[lang].symptom });
    assert.ok(triaged.status < 300, JSON.stringify(triaged.json));
    made.push(report.json.id);
  }
  await agent.close();
  return made;
}

/** Makes cases this expert's own, so that they are the next. */
async function take(expert, ids) {
  for (const id of ids) {
    const begun = await expert.api('POST', `/api/cases/${id}/phone-support`, {});
    assert.ok(begun.status < 300, JSON.stringify(begun.json));
  }
}

const here = (page) => new URL(page.url()).pathname.split('/').pop();

async function expertWalk(world, lang) {
  const t = await words(lang, 'cases');
  const own = say[lang];
  const ids = await waiting(world, lang, 6);
  const expert = await person(world, { name: 'expert', role: 'expert', lang });
  await watchVitals(expert);
  const other = await wordsOfTheOther(lang);
  const { page } = expert;
  await take(expert, ids);
  await page.goto('/cases?view=mine');
  await page.locator('.ad-table tbody tr').first().waitFor();
  const seen = await vitals(expert);
  const state = (wanted) => page.locator(`.ad-record-head [data-state="${wanted}"]`).waitFor();

  // The next case by one key, five times; it stands there at once because it was read ahead.
  const opened = [];
  for (let n = 0; n < 5; n += 1) {
    // An expert looks at a case for a moment; meanwhile the next is read ahead.
    await page.waitForTimeout(700);
    const before = here(page);
    const began = performance.now();
    await page.locator('body').press('j');
    await page.waitForFunction(
      (was) => !location.pathname.endsWith(was) && document.querySelector('.ad-record-side') !== null,
      before,
    );
    opened.push(performance.now() - began);
  }
  await page.getByText(t('group.past'), { exact: true }).waitFor();
  await page.getByText(t('fact.device'), { exact: true }).waitFor();
  await expert.picture('j4-case');
  await expert.accessible('the case');
  await speaks(expert, other);
  await atDoubleSize(expert, 'the case');

  // A note by template: every template is listed, each is found by its words, in this language.
  await page.goto(`/cases/${ids[0]}`);
  const note = page.locator('.ad-composer textarea');
  await note.waitFor();
  const all = (await expert.api('GET', '/api/note-templates')).json;
  await page.locator('.ad-template input').click();
  await page.locator('.ant-select-item-option').first().waitFor();
  const own_words = ({ zh_cn, en }) => (lang === 'en' ? en : zh_cn);
  for (const { name } of all) {
    await page.locator('.ad-template input').fill(own_words(name));
    await page
      .locator('.ant-select-item-option', { hasText: own_words(name) })
      .first()
      .waitFor();
  }
  await page.locator('.ad-template input').fill(own.find);
  // What was found for the words before has gone.
  await page.waitForFunction((find) => {
    const shown = [...document.querySelectorAll('.ant-select-item-option')];
    return shown.length > 0 && shown.every(({ textContent }) => textContent.toLowerCase().includes(find));
  }, own.find);
  await expert.picture('j4-templates');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('.ad-composer textarea')?.value.length > 5);
  const inserted = await note.inputValue();
  assert.ok(
    all.some(({ text }) => own_words(text) === inserted),
    `a whole template: ${inserted}`,
  );

  // The draft is there after every way off and back: another screen, the profile, the language of another tab, a reload (Z#3088).
  await note.press('End');
  await page.keyboard.insertText(` ${own.half}`);
  const draft = await note.inputValue();
  for (const away of ['/settings/me', '/cases?view=open', '/customers']) {
    await page.goto(away);
    await page.goto(`/cases/${ids[0]}`);
    await note.waitFor();
    await holds(note, draft, `a draft is kept on the way over ${away}`);
  }
  const me = (await expert.api('GET', '/api/me')).json;
  const changed = await expert.api('PUT', '/api/me/language', { language: me.language });
  assert.ok(changed.status < 300);
  await page.reload();
  await note.waitFor();
  await holds(note, draft, 'a reload loses nothing');
  // Somebody merges another case into this one while the note is written (Z#702).
  const agent = await person(world, { name: 'agent', role: 'dispatcher', lang });
  const merged = await agent.api('POST', `/api/cases/${ids[5]}/merge`, { into: ids[0], reason: own.symptom });
  assert.ok(merged.status < 300, JSON.stringify(merged.json));
  await agent.close();
  // The screen has heard of it: the timeline names the case that was merged in.
  const { number } = (await expert.api('GET', `/api/cases/${ids[5]}`)).json;
  const told = await words(lang, 'timeline');
  await page.getByText(told('case.merged_in').replace('{from_number}', number)).first().waitFor();
  await expert.settled();
  assert.equal(await note.inputValue(), draft, 'a merge takes nothing away');
  await note.press('Control+Enter');
  await page.waitForFunction(() => document.querySelector('.ad-composer textarea')?.value === '');
  await page.getByText(own.half).first().waitFor();

  // Solved by phone: key, cause, what was done, what the customer is to do.
  const solving = handOf(page);
  await page.goto(`/cases/${ids[1]}`);
  await state('phone_support');
  await expert.settled();
  await page.locator('body').press('r');
  solving.keys += 1;
  await page.waitForFunction(() => document.activeElement?.closest('.ad-causes'));
  await expert.picture('j4-solved');
  await expert.accessible('solved by phone');
  await solving.press('4');
  await page.waitForFunction(() => document.activeElement?.matches('textarea[name="steps_tried"]'));
  await solving.type(own.tried);
  await solving.press('Tab');
  await solving.type(own.plan);
  await solving.press('Control+Enter');
  await state('follow_up');
  const solved = (await expert.api('GET', `/api/cases/${ids[1]}`)).json;
  assert.equal(solved.phone_supports.at(-1).cause_code, 'power', 'the cause is on record');
  assert.equal(solved.resolved_how, 'remote');
  assert.ok(solving.keys <= 4, `${solving.keys} keys to close`);

  // Needs a visit: reason, skill, parts and minutes once; dispatch finds them filled in.
  const case_id = ids[2];
  const before = (await expert.api('GET', `/api/cases/${case_id}`)).json;
  await page.goto(`/cases/${case_id}`);
  await state('phone_support');
  const handing = handOf(page);
  const began = performance.now();
  await page.locator('body').press('v');
  handing.keys += 1;
  await page.waitForFunction(() => document.activeElement?.matches('textarea[name="steps_tried"]'));
  await handing.type(own.tried);
  await handing.press('Tab');
  await handing.type(own.reason);
  await page.locator('.ad-dialog textarea[name="expected_parts"]').focus();
  handing.keys += 3;
  await handing.type(own.part);
  // Nothing is lost by a reload in mid-form.
  await page.reload();
  await state('phone_support');
  await page.locator('body').press('v');
  await page.waitForFunction(() => document.activeElement?.matches('textarea[name="steps_tried"]'));
  await holds(page.locator('.ad-dialog textarea[name="expected_parts"]'), own.part, 'a reload loses nothing');
  await expert.accessible('what a visit needs');
  await handing.press('Control+Enter');
  await page.locator('.ad-dialog form').waitFor({ state: 'detached' });
  await page.locator('body').press('n');
  handing.keys += 1;
  await page.locator('.ad-dialog form').waitFor();
  await page.waitForFunction(() => document.activeElement?.closest('.ad-dialog form'));
  await handing.press('Control+Enter');
  await state('onsite_agreed');
  const hand_over_s = Math.round((performance.now() - began) / 100) / 10;
  inTime(world, 'to hand over', hand_over_s, 20);
  const after = (await expert.api('GET', `/api/cases/${case_id}`)).json;
  const clock = ({ clocks }) => clocks.find(({ promise }) => promise === 'respond');
  assert.equal(clock(after).started_at, clock(before).started_at, 'the clock of the report is the same');
  assert.equal(clock(after).due_at, clock(before).due_at);
  await expert.picture('j4-handed-over');

  // Dispatch types nothing a second time.
  const dispatcher = await person(world, { name: 'dispatcher', role: 'dispatcher', lang });
  await dispatcher.page.goto(`/work-orders/new?case_id=${case_id}`);
  const form = dispatcher.page.locator('form').first();
  await form.waitFor();
  await holds(form.locator('textarea[name="symptom"]'), own.symptom, 'the symptom stands there');
  await holds(form.locator('input[name="duration_min"]'), '90', 'and the minutes');
  await holds(form.locator('select').nth(1), 'barrier', 'and the skill');
  await dispatcher.page.getByText(own.part).first().waitFor();
  await dispatcher.page.getByText(own.reason).first().waitFor();
  await dispatcher.picture('j4-dispatch');
  await dispatcher.accessible('the work order that dispatch makes');
  assert.deepEqual(dispatcher.faults, []);
  await dispatcher.close();
  assert.deepEqual(expert.faults, []);
  console.log(
    `    J4 D1 ${lang} ${JSON.stringify({
      next_median_ms: Math.round(median(opened)),
      next_worst_ms: Math.round(Math.max(...opened)),
      solved_keys: solving.keys,
      hand_over_s,
      hand_over_keys: handing.keys,
      typed_twice: 0,
      ...seen,
    })}`,
  );
  inTime(world, 'from the key to the next case', Math.round(median(opened)), 300, 'ms');
  await expert.close();
}

export default {
  'J4 the expert solves by phone and hands over, zh-CN': (world) => expertWalk(world, 'zh-CN'),
  'J4 the expert solves by phone and hands over, en': (world) => expertWalk(world, 'en'),
};
