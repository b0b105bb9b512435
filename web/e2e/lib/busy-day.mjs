// A busy day on the board, for the walks of the dispatcher: the demo has none, so faults are reported and agreed on as the hotline and the
// dispatcher would, and planned by accepting the optimiser's plan.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';

/** Beside what the demo has: with it as many as 60 engineers can do. */
const DAY = 200;

/** Somebody without a screen, signed in once for the file: who makes the day. */
export async function client(world, role) {
  const { demo } = world;
  demo.clients ??= new Map();
  const known = demo.clients.get(role);
  if (known) return known;
  let cookie = '';
  const ask = (method, path, body, key) =>
    fetch(demo.url + path, {
      method,
      headers: { 'content-type': 'application/json', 'idempotency-key': key, origin: demo.url, cookie },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const api = async (method, path, body) => {
    const key = randomUUID();
    let answer = await ask(method, path, body, key);
    // Whoever asks this much is told to wait at times.
    for (let tries = 0; tries < 100 && [429, 503].includes(answer.status); tries += 1) {
      await new Promise((later) => setTimeout(later, 200));
      answer = await ask(method, path, body, key);
    }
    const text = await answer.text();
    return { status: answer.status, json: text ? JSON.parse(text) : null, answer };
  };
  const signed = await api('POST', '/api/session', { login: demo.logins[role] ?? role, password: demo.password });
  assert.ok(signed.status < 300, JSON.stringify(signed.json));
  cookie = signed.answer.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  demo.clients.set(role, { api });
  return { api };
}

/** Many rows of requests, some rows beside each other. `{id}` is what the row's first request made. */
async function many(self, rows) {
  const done = new Array(rows.length);
  let next = 0;
  const lane = async () => {
    for (let at = next++; at < rows.length; at = next++) {
      const steps = [];
      for (const [path, body] of rows[at]) {
        const { status, json } = await self.api('POST', path.replace('{id}', steps[0]?.id), body);
        assert.ok(status < 300, `${path}: ${status} ${JSON.stringify(json).slice(0, 600)}`);
        steps.push(json);
      }
      done[at] = { first: steps[0], json: steps.at(-1) };
    }
  };
  await Promise.all(Array.from({ length: 6 }, lane));
  return done;
}

/** Sites of the demo with somebody who may agree, spread over the branches. */
async function sites(self) {
  const found = new Map();
  let after = '';
  for (;;) {
    const page = (await self.api('GET', `/api/contacts?limit=200${after}`)).json;
    for (const { id, site_id } of page.items) if (site_id && !found.has(site_id)) found.set(site_id, id);
    if (!page.next) break;
    after = `&after=${page.next}`;
  }
  assert.ok(found.size > 50, `the demo has sites with contacts: ${found.size}`);
  return [...found].map(([site_id, contact_id]) => ({ site_id, contact_id }));
}

/** Reports faults and agrees on visits: cases that wait for a work order. */
export async function agreed(world, count, { severity = 'normal', lang = 'zh-CN' } = {}) {
  const agent = await client(world, 'hotline_agent');
  world.demo.sites ??= await sites(agent);
  world.demo.made ??= 0;
  const symptom = lang === 'en' ? 'The barrier stays down' : '道闸不抬杆';
  const rows = Array.from({ length: count }, () => {
    const { site_id, contact_id } = world.demo.sites[world.demo.made++ % world.demo.sites.length];
    const contact = { id: contact_id };
    return [
      ['/api/cases', { channel: 'phone', site_id, symptom, contact, severity, severity_reason: symptom }],
      ['/api/cases/{id}/triage', {}],
      ['/api/cases/{id}/phone-support', {}],
      ['/api/cases/{id}/phone-result', { outcome: 'not_solved', steps_tried: ['断电重启'], reason: symptom }],
      ['/api/cases/{id}/agree-onsite', { contact_id, how: 'phone' }],
    ];
  });
  return (await many(agent, rows)).map(({ first }) => first);
}

/** Orders that nobody is planned for. */
export async function orders(
  world,
  count,
  { severity = 'normal', from_min = 0, spread_min = 480, lang = 'zh-CN' } = {},
) {
  const cases = await agreed(world, count, { severity, lang });
  const dispatcher = await client(world, 'dispatcher');
  const now = Date.parse((await dispatcher.api('GET', '/api/me')).json.now);
  const minute = 60_000;
  const symptom = lang === 'en' ? 'The barrier stays down' : '道闸不抬杆';
  const rows = cases.map(({ id }, n) => {
    // Wished over the day: from now on, each a little later.
    const start = now + (from_min + (count > 1 ? (n * spread_min) / count : 0)) * minute;
    const window = { start: new Date(start).toISOString(), end: new Date(start + 120 * minute).toISOString() };
    const body = { kind: 'repair', window, place: 'B2', symptom, skill: 'barrier', duration_min: 45 };
    return [[`/api/cases/${id}/work-orders`, body]];
  });
  return (await many(dispatcher, rows)).map(({ json }) => json);
}

const visitOf = ({ work_order_id, version, chosen, window }) => ({
  work_order_id,
  version,
  engineer_id: chosen.engineer_id,
  window_start: window.start,
  window_end: window.end,
});

/** Who serves which unit, by the visits of the day, and how many minutes of everybody's shift are left. */
export function roomOf(board) {
  const serving = new Map();
  for (const { engineer_id, order } of board.blocks) {
    const who = serving.get(order.unit_id) ?? new Set();
    serving.set(order.unit_id, who.add(engineer_id));
  }
  const left = new Map(board.engineers.map(({ id, shift_min, load_min }) => [id, Math.max(0, shift_min - load_min)]));
  const of = (unit_id, without) =>
    [...(serving.get(unit_id) ?? [])].filter((id) => id !== without).reduce((sum, id) => sum + left.get(id), 0);
  return { of };
}

/** A busy day on the board, planned by the optimiser, as a dispatcher accepts it. Once for the file. */
export async function busyDay(world) {
  if (world.demo.busy) return;
  const began = performance.now();
  const made = await orders(world, DAY);
  const desk = await client(world, 'dispatcher');
  let planned = 0;
  for (let round = 0; round < 6; round += 1) {
    const plan = (await desk.api('GET', '/api/board/plan')).json;
    const part = plan.proposals.filter(({ needs }) => needs.length === 0).slice(0, 150);
    if (part.length === 0) break;
    const done = await desk.api('POST', '/api/board/plan/accept', { visits: part.map(visitOf) });
    assert.equal(done.status, 200, JSON.stringify(done.json));
    planned += part.length;
  }
  const board = (await desk.api('GET', '/api/board')).json;
  // What comes later in the day comes where somebody has time: at the sites whose units have the most room left.
  const room = roomOf(board);
  const without = new Set(board.unscheduled.map(({ work_order_id }) => work_order_id));
  const full = new Set(board.unscheduled.map(({ unit_id }) => unit_id));
  const unitOf = new Map();
  for (const { order } of board.blocks) unitOf.set(order.work_order_id, order.unit_id);
  const roomy = made
    .filter(({ id }) => !without.has(id) && unitOf.has(id) && !full.has(unitOf.get(id)))
    .sort((a, b) => room.of(unitOf.get(b.id)) - room.of(unitOf.get(a.id)));
  const near = new Set(roomy.slice(0, Math.max(12, roomy.length >> 1)).map(({ site }) => site.id));
  assert.ok(near.size >= 5, `${near.size} sites have room left`);
  world.demo.sites = world.demo.sites.filter(({ site_id }) => near.has(site_id));
  console.log(
    `        the day: ${board.engineers.length} engineers, ${board.blocks.length} visits, ${without.size} orders without anybody, of ` +
      `${DAY} made; ${planned} planned; ${near.size} sites have room; ${Math.round((performance.now() - began) / 1000)} s`,
  );
  world.demo.busy = true;
}
