// Chromium, and people who sit in front of it.

import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { chromium } from 'playwright-core';
import { FLAGS } from '../../scripts/chromium.mjs';

/** How long a walk waits for what must come. Only a failure lasts as long: a slow or busy machine makes no failure. */
const PATIENCE_MS = 60_000;

export const DESK = { width: 1366, height: 768 };
export const PHONE = { width: 360, height: 800 };

export async function openBrowser() {
  const path = process.env.AFTERCARE_CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(path)) throw new Error(`there is no ${path}: install chromium, or name it in AFTERCARE_CHROMIUM`);
  return await chromium.launch({ executablePath: path, headless: true, args: FLAGS });
}

/** Where the app's own way (a session that ended leads to the sign-in page) crosses the walk's, the walk goes its way again. */
function steady(page) {
  const goto = page.goto.bind(page);
  page.goto = async (...to) => {
    try {
      return await goto(...to);
    } catch (error) {
      if (!/interrupted by another navigation/.test(error.message)) throw error;
      return await goto(...to);
    }
  };
}

/** A person with a browser of their own, signed in with a role unless `role` is null. */
export async function person(world, { name, role, lang = 'zh-CN', screen = DESK, dark = false }) {
  const context = await world.browser.newContext({
    viewport: screen,
    locale: lang,
    timezoneId: 'Asia/Shanghai',
    colorScheme: dark ? 'dark' : 'light',
    hasTouch: screen === PHONE,
    baseURL: world.demo.url,
    extraHTTPHeaders: { 'accept-language': lang },
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  steady(page);
  const faults = [];
  page.on('console', (message) => {
    // A busy server may ask to wait (429, 503): the app does.
    if (message.type() === 'error' && !/status of (40[139]|412|422|429|503)/.test(message.text()))
      faults.push(`${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  const self = {
    name,
    page,
    context,
    faults,
    demo: world.demo,
    /** Waits until nothing on the screen is being loaded, as far as that is a matter of moments. */
    async settled() {
      await self.page
        .waitForFunction(() => !document.querySelector('.ac-loading, [aria-busy="true"]'), undefined, {
          timeout: PATIENCE_MS,
        })
        .catch(() => {});
    },
    /** Keeps a picture of the screen when pictures are asked for. */
    async picture(title) {
      if (world.pictures)
        await self.page.screenshot({
          path: `${world.pictures}/${title}-${lang}-${screen.width}${dark ? '-dark' : ''}.png`,
        });
    },
    /** Fails if the screen has a serious or critical fault of accessibility. */
    async accessible(what) {
      await self.settled();
      // Colours are measured when what fades in has come; what stands still half-way is not waited for.
      await self.page.evaluate(() =>
        Promise.race([
          Promise.all(
            document
              .getAnimations()
              .filter((each) => Number.isFinite(each.effect?.getComputedTiming().endTime))
              .map((each) => each.finished.catch(() => {})),
          ),
          new Promise((resolve) => setTimeout(resolve, 5_000)),
        ]),
      );
      const found = await new AxeBuilder({ page: self.page }).analyze();
      const serious = found.violations.filter((v) => v.impact === 'serious' || v.impact === 'critical');
      if (serious.length > 0) {
        const list = serious.map(
          (v) =>
            `${v.id}: ${v.nodes
              .map((n) => n.target.join(' '))
              .slice(0, 3)
              .join(' | ')}`,
        );
        throw new Error(`${what}: ${list.join('\n')}`);
      }
    },
    /** A request as this person, for what a walk must know and no screen shows. */
    async api(method, path, body) {
      const ask = () =>
        self.page.evaluate(
          async ([verb, url, data, key]) => {
            const answer = await fetch(url, {
              method: verb,
              headers: { 'content-type': 'application/json', 'idempotency-key': key },
              body: data === undefined ? undefined : JSON.stringify(data),
            });
            const text = await answer.text();
            return { status: answer.status, json: text ? JSON.parse(text) : null };
          },
          [method, path, body, key],
        );
      const key = randomUUID();
      try {
        return await ask();
      } catch (error) {
        // The page went on to another address meanwhile. Asked again under the same key, nothing is done twice.
        if (!/context was destroyed|because of a navigation/.test(error.message)) throw error;
        await self.page.waitForLoadState();
        return await ask();
      }
    },
    close: () => context.close(),
  };
  world.opened.push(self);
  self.lang = lang;
  if (role) await signIn(world, self, role);
  return self;
}

/** An account remembers its language; the walk says which one it reads. */
export async function speak(self, lang) {
  const me = await self.api('GET', '/api/me');
  if (me.json.language === lang) return;
  const changed = await self.api('PUT', '/api/me/language', { language: lang });
  if (changed.status >= 300) throw new Error(`the language was not changed: ${JSON.stringify(changed.json)}`);
  await self.page.reload();
}

async function signIn(world, self, role) {
  const { lang } = self;
  const login = world.demo.logins[role] ?? role;
  await self.page.goto('/');
  await self.page.locator('input[name="login"], input[autocomplete="username"]').first().fill(login);
  await self.page.locator('input[type="password"]').first().fill(world.demo.password);
  await self.page.keyboard.press('Enter');
  await self.page.waitForFunction(() => !document.querySelector('input[type="password"]'));
  await speak(self, lang);
}
