// Somebody sets two-step sign-in up, signs in with a code, is refused the same code again, and turns it off. A role that is asked
// for it is led to it from where it stands, on the phone too.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { DESK, PHONE, person } from '../lib/browser.mjs';

/** What an authenticator shows for a secret (RFC 6238) at a time. */
function codeOf(secret, now_ms) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigInt64BE(BigInt(Math.floor(now_ms / 30_000)));
  const hash = createHmac('sha1', key).update(step).digest();
  return String((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

const button = (self) => self.page.locator('main .ac-button-primary');
const code = (self) => self.page.locator('.ac-code-input');

/** From the page of the secret to the recovery codes. */
async function confirmed(self) {
  const { page } = self;
  await page.locator('.ac-factor-qr').waitFor();
  await self.picture('second-factor-qr');
  await self.accessible('the page of the secret');
  const secret = (await page.locator('.ac-factor-secret').textContent()).replace(/\s/g, '');
  // The demo's clock stands in another month, and so does the authenticator of this walk.
  const now = await page.evaluate(async () => (await fetch('/api/me')).headers.get('x-server-now'));
  const shown = codeOf(secret, Date.parse(now));
  await code(self).fill(shown);
  await button(self).click();
  await page.locator('.ac-factor-codes li').first().waitFor();
  await self.picture('second-factor-codes');
  await self.accessible('the recovery codes');
  const codes = await page.locator('.ac-factor-codes li').allTextContents();
  assert.equal(codes.length, 10);
  await page.locator('.ac-factor-kept input').check();
  await button(self).click();
  return { shown, codes };
}

async function inTwoSteps(world, role, lang, screen) {
  const self = await person(world, { name: 'careful', role, lang, screen });
  const { page } = self;
  const { login } = (await self.api('GET', '/api/me')).json;
  await page.goto('/second-factor?next=%2Fsettings%2Fme');
  await page.locator('input[type="password"]').fill(world.demo.password);
  await button(self).click();
  const { shown, codes } = await confirmed(self);
  await page.waitForURL('**/settings/me');
  await self.api('DELETE', '/api/session');

  await page.goto('/login');
  await page.locator('input[autocomplete="username"]').fill(login);
  await page.locator('input[type="password"]').fill(world.demo.password);
  await page.keyboard.press('Enter');
  await code(self).waitFor();
  await self.picture('second-factor-asked');
  await self.accessible('the second step');
  // The one that confirmed it is used up.
  await code(self).fill(shown);
  await page.keyboard.press('Enter');
  await page.locator('.ac-field-error').waitFor();
  assert.equal((await self.api('GET', '/api/me')).status, 401);
  await code(self).fill(codes[0]);
  await page.keyboard.press('Enter');
  await code(self).waitFor({ state: 'detached' });
  assert.equal((await self.api('GET', '/api/me')).status, 200);
  const off = { current_password: world.demo.password, code: codes[1] };
  assert.equal((await self.api('POST', '/api/me/second-factor/off', off)).status, 204);
  assert.deepEqual(self.faults, []);
}

/** Which roles must have it, from now on. */
async function demand(security, roles) {
  const { version, ...settings } = (await security.api('GET', '/api/security-settings')).json;
  const body = { ...settings, second_factor_roles: roles, second_factor_grace_days: 0 };
  const status = await security.page.evaluate(
    async ([input, seen]) => {
      const headers = {
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
        'if-match': `"${seen}"`,
      };
      return (await fetch('/api/security-settings', { method: 'PUT', headers, body: JSON.stringify(input) })).status;
    },
    [body, version],
  );
  assert.equal(status, 200);
}

export default {
  'somebody signs in in two steps, zh-CN, desk': (world) => inTwoSteps(world, 'depot_technician', 'zh-CN', DESK),
  'somebody signs in in two steps, en, phone': (world) => inTwoSteps(world, 'depot_technician', 'en', PHONE),
  'a role that must have it is led to it from where it stands': async (world) => {
    const security = await person(world, { name: 'security', role: 'security_admin' });
    const trainer = await person(world, { name: 'trainer', role: 'trainer', screen: PHONE });
    await trainer.page.locator('nav').first().waitFor();
    await trainer.settled();
    await demand(security, ['trainer']);
    try {
      await trainer.page.goto('/settings/me');
      await trainer.page.waitForURL('**/second-factor?**');
      await trainer.page.locator('input[type="password"]').fill(world.demo.password);
      await trainer.picture('second-factor-led');
      await trainer.accessible('the page one is led to');
      await button(trainer).click();
      await confirmed(trainer);
      await trainer.page.waitForURL('**/settings/me');
      const accounts = (await security.api('GET', '/api/accounts?role=trainer')).json.items;
      const mine = (await trainer.api('GET', '/api/me')).json.id;
      assert.ok(accounts.find(({ id }) => id === mine).second_factor_at);
      const reset = { reason: 'Phone lost, known in person' };
      assert.equal((await security.api('POST', `/api/accounts/${mine}/reset-second-factor`, reset)).status, 200);
      assert.equal((await trainer.api('GET', '/api/me')).status, 401);
    } finally {
      await demand(security, []);
    }
  },
};
