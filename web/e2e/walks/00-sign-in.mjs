// Everybody gets in, sees their own place, and gets out again; nobody else does.

import assert from 'node:assert/strict';
import { DESK, PHONE, person } from '../lib/browser.mjs';

async function inAndOut(world, lang, screen) {
  const agent = await person(world, { name: 'agent', role: 'hotline_agent', lang, screen });
  await agent.page.locator('nav').first().waitFor();
  await agent.settled();
  const me = await agent.api('GET', '/api/me');
  assert.equal(me.status, 200);
  assert.deepEqual(me.json.roles, ['hotline_agent']);
  await agent.picture('home');
  await agent.accessible('the home page');
  assert.deepEqual(agent.faults, []);
  const out = await agent.api('DELETE', '/api/session');
  assert.ok(out.status < 300, `signing out answered ${out.status}`);
  assert.equal((await agent.api('GET', '/api/me')).status, 401);
}

export default {
  'an agent signs in and out, zh-CN, desk': (world) => inAndOut(world, 'zh-CN', DESK),
  'an agent signs in and out, en, phone': (world) => inAndOut(world, 'en', PHONE),
  'a wrong password is refused in words': async (world) => {
    const stranger = await person(world, { name: 'stranger', role: null });
    await stranger.page.goto('/');
    await stranger.page.locator('input[name="login"], input[autocomplete="username"]').first().fill('hotline');
    await stranger.page.locator('input[type="password"]').first().fill('wrong-password');
    await stranger.page.keyboard.press('Enter');
    await stranger.page.getByRole('alert').first().waitFor();
    await stranger.picture('refused');
    assert.equal((await stranger.api('GET', '/api/me')).status, 401);
  },
};
