// J10: follow-up calls. The queue by due time, answers by single keys, one key to record and go on; nobody answers and the next attempt
// is planned; a low score opens a complaint that its owner acknowledges; numbers stay masked and every look at one is on record.
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
import { words } from './10-main-job.mjs';

/** Calls that nobody is making. */
async function queue(caller) {
  const page = await caller.api('GET', '/api/follow-ups?view=due&limit=50');
  assert.equal(page.status, 200, JSON.stringify(page.json));
  return page.json.items.filter(({ state }) => state === 'due');
}

const answerKey = { solved: '1', on_time: '1', uniform_badge: '1', integrity: '2' };

/** One call answered by keys alone: begun, answered, recorded; the next stands on the screen. */
async function call(caller, { rating, solved = true, comment }) {
  const { page } = caller;
  const hand = handOf(page);
  const id = page.url().split('/').pop();
  const { script } = (await caller.api('GET', `/api/follow-ups/${id}`)).json;
  const began = performance.now();
  await page.locator('body').press('n');
  hand.keys += 1;
  await page.waitForFunction(() => document.activeElement?.closest('.ad-question'));
  for (const [at, question] of script.entries()) {
    await page.waitForFunction(
      (index) => document.querySelectorAll('.ad-question')[index]?.contains(document.activeElement),
      at,
    );
    const key =
      question.kind === 'score'
        ? String(rating)
        : question.code === 'solved' && !solved
          ? '2'
          : answerKey[question.code];
    assert.ok(key, `the walk knows an answer to ${question.code}`);
    await hand.press(key);
  }
  if (comment) {
    await page.locator('.ac-form textarea').first().focus();
    hand.keys += 1;
    await hand.type(comment);
  }
  const saved = page.waitForResponse((answer) => answer.url().includes(`/api/follow-ups/${id}/record`));
  await hand.press('Control+Enter');
  const recorded = await saved;
  assert.ok(recorded.ok(), await recorded.text());
  const view = await recorded.json();
  assert.equal(view.rating, rating, 'the score that was pressed is the score that is kept (P7)');
  // Recorded and on the next by the same key (C#9320).
  await page.waitForFunction((before) => !location.pathname.endsWith(before), id);
  return { keys: hand.keys, call_ms: performance.now() - began, view };
}

async function afternoon(world, lang) {
  const t = await words(lang, 'care');
  const caller = await person(world, { name: 'caller', role: 'follow_up_agent', lang });
  await watchVitals(caller);
  const other = await wordsOfTheOther(lang);
  const { page } = caller;
  await page.goto('/care');
  await page.locator('.ad-table tbody tr').first().waitFor();
  const times = (await queue(caller)).map(({ next_at }) => Date.parse(next_at));
  assert.ok(times.length >= 6, `the demo has ${times.length} calls to make`);
  assert.deepEqual(
    times,
    [...times].sort((a, b) => a - b),
    'the queue is in the order of its time',
  );
  await caller.picture('j10-queue');
  await caller.accessible('the queue');
  await speaks(caller, other);
  const seen = await vitals(caller);

  // Three calls in a row, each by keys alone.
  const [first] = await queue(caller);
  await page.goto(`/care/${first.id}`);
  await page.getByRole('button', { name: t('start') }).waitFor();
  const shown = page.locator('[data-calls-from]');
  await shown.waitFor();
  assert.doesNotMatch(await shown.textContent(), /^400/, 'a 400 number can’t call out');
  const runs = [];
  for (let n = 0; n < 3; n += 1) {
    runs.push(await call(caller, { rating: 5 }));
    await page.getByRole('button', { name: t('start') }).waitFor();
  }
  for (const { keys, call_ms } of runs) {
    assert.ok(keys <= 10, `${keys} keys`);
    inTime(world, 'a silent call form', Math.round(call_ms), 45_000, 'ms');
  }

  // Nobody answers: what is half typed survives a reload, the next attempt is planned, three times.
  await page.getByRole('button', { name: t('start') }).click();
  await page.locator('.ad-question').first().waitFor();
  const missed = page.url().split('/').pop();
  await page.locator('.ad-reached input[value="no"]').click();
  const words_of_call = page.locator('.ac-form textarea').first();
  await words_of_call.fill(lang === 'en' ? 'Rang twice' : '响铃两次无人接听');
  await page.reload();
  await words_of_call.waitFor();
  await holds(words_of_call, lang === 'en' ? 'Rang twice' : '响铃两次无人接听', 'a reload loses nothing');
  await caller.picture('j10-not-reached');
  await caller.accessible('nobody answers');
  await atDoubleSize(caller, 'the call');
  const noted = page.waitForResponse((answer) => answer.url().includes(`/api/follow-ups/${missed}/record`));
  await words_of_call.press('Control+Enter');
  const again = await (await noted).json();
  assert.equal(again.state, 'due');
  assert.ok(Date.parse(again.next_at) > Date.parse(again.attempt_list.at(-1).at), 'the next attempt is planned');
  assert.equal(again.may_give_up, false, 'not after one attempt');
  for (let attempt = 2; attempt <= 3; attempt += 1) {
    await page.goto(`/care/${missed}`);
    await page.getByRole('button', { name: t('start') }).waitFor();
    await page.locator('body').press('n');
    await page.locator('.ad-reached input[value="no"]').click();
    if (attempt === 3) await page.locator('.ad-check input').check();
    const kept = page.waitForResponse((answer) => answer.url().includes(`/api/follow-ups/${missed}/record`));
    await page.locator('.ac-form button[type=submit]').click();
    const view = await (await kept).json();
    assert.equal(view.attempts, attempt);
    if (attempt === 3) assert.equal(view.result, 'not_reached', 'after three attempts it may be given up');
  }

  // A low score opens a complaint with the order it is about.
  await page.waitForURL(/care/);
  const [unhappy] = await queue(caller);
  await page.goto(`/care/${unhappy.id}`);
  await page.getByRole('button', { name: t('start') }).waitFor();
  const low = await call(caller, {
    rating: 1,
    comment: lang === 'en' ? 'Waited the whole day, nobody called' : '等了一整天没有人联系',
  });
  assert.ok(low.view.complaint, 'a low score opens a complaint (P65)');
  await page.goto(`/care/${unhappy.id}`);
  const link = page.getByRole('link', { name: low.view.complaint.number });
  await link.waitFor();
  await caller.picture('j10-low-score');
  await caller.accessible('a call with its complaint');
  const complaint = (await caller.api('GET', `/api/cases/${low.view.complaint.id}`)).json;
  assert.equal(complaint.kind, 'complaint');
  assert.ok(complaint.symptom.includes(unhappy.case_number), 'the complaint names the case it is about');
  assert.ok(complaint.owner.id, 'it has an owner');
  assert.ok(complaint.next?.due_at, 'and a due time');

  // Its number is masked, also after the case has closed, and a look at it is on record.
  const closed = (await caller.api('GET', `/api/follow-ups/${runs[0].view.id}`)).json;
  if (closed.phone_masked) {
    assert.match(closed.phone_masked, /\*/, 'masked after closing');
    await page.goto(`/care/${closed.id}`);
    await page.getByText(closed.phone_masked).first().waitFor();
    const content = await page.locator('body').textContent();
    assert.doesNotMatch(content, /1[3-9]\d{9}/, 'no whole number on the screen');
    const revealed = await caller.api('POST', `/api/contacts/${closed.contact_id}/reveal`, {
      reason: lang === 'en' ? 'Asked to be called again' : '客户要求再次联系',
    });
    assert.equal(revealed.status, 200, JSON.stringify(revealed.json));
    const auditor = await person(world, { name: 'auditor', role: 'audit_admin', lang });
    let found = false;
    for (let tries = 0; tries < 240 && !found; tries += 1) {
      const log = await auditor.api('GET', '/api/audit?limit=50');
      found = JSON.stringify(log.json).includes('contact.revealed') || /reveal/.test(JSON.stringify(log.json));
      if (!found) await auditor.page.waitForTimeout(250);
    }
    assert.ok(found, 'the look at a number is in the audit log');
    await auditor.close();
  }
  assert.deepEqual(caller.faults, []);
  await caller.close();
  const clicks = await acknowledge(world, lang, complaint);
  console.log(
    `    J10 D1 ${lang} ${JSON.stringify({
      keys: Math.max(...runs.map((r) => r.keys)),
      call_median_s: Math.round(median(runs.map((r) => r.call_ms)) / 100) / 10,
      call_worst_s: Math.round(Math.max(...runs.map((r) => r.call_ms)) / 100) / 10,
      complaint_keys: low.keys,
      acknowledge_clicks: clicks,
      ...seen,
    })}`,
  );
}

/** Whose complaint it is takes it up: from the list to the step, counted. */
async function acknowledge(world, lang, complaint) {
  const owner = await person(world, { name: 'owner', role: 'branch_manager', lang });
  const { page } = owner;
  const hand = handOf(page);
  await page.goto(`/cases?view=open&q=${complaint.number}`);
  await page.locator('.ad-table tbody tr').first().waitFor();
  await owner.accessible('the complaints');
  await hand.click(page.locator('.ad-table tbody tr').first());
  const whole = page.locator('.ad-case-pane h2 a');
  await hand.click(whole);
  const step = page.locator('.ad-record-side .ac-button-primary');
  await step.waitFor();
  await owner.picture('j10-complaint');
  await owner.accessible('a complaint');
  const taken = page.waitForResponse((answer) => answer.url().includes(`/api/complaints/${complaint.id}/acknowledge`));
  await hand.click(step);
  assert.equal((await taken).status(), 200);
  assert.ok(hand.clicks <= 3, `${hand.clicks} clicks to acknowledge`);
  assert.deepEqual(owner.faults, []);
  await owner.close();
  return hand.clicks;
}

export default {
  'J10 an afternoon of calls and a complaint, zh-CN': (world) => afternoon(world, 'zh-CN'),
  'J10 an afternoon of calls and a complaint, en': (world) => afternoon(world, 'en'),
};
