// The pages that people open first, each with whom it is for, what shows that it has come, and what its reader does then.

import { randomUUID } from 'node:crypto';

/** The cookie of a session of a demo login. */
async function signedIn(demo, login) {
  const answer = await fetch(`${demo.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify({ login, password: demo.password }),
  });
  if (!answer.ok) throw new Error(`${login} was not signed in: ${await answer.text()}`);
  return answer.headers.getSetCookie().map((line) => {
    const [name, value] = line.split(';')[0].split(/=(.*)/s);
    return { name, value, domain: new URL(demo.url).hostname, path: '/', httpOnly: true };
  });
}

async function read(demo, path, cookies) {
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const answer = await fetch(`${demo.url}${path}`, { headers: { cookie } });
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  return await answer.json();
}

/** Types into a field, as a person does: a key at a time. */
const types = (selector, text) => async (page) => {
  await page.waitForSelector(selector, { visible: true });
  await page.click(selector);
  await page.keyboard.type(text, { delay: 60 });
};

const clicks = (selector) => async (page) => {
  await page.waitForSelector(selector, { visible: true });
  await page.click(selector);
};

/**
 * All pages of a demo. `ready` is on screen once the page can be used; `act` is what is done first on it, by which its answer to an
 * input is measured.
 */
export async function pagesOf(demo) {
  const agent = await signedIn(demo, demo.logins.hotline_agent);
  const dispatcher = await signedIn(demo, demo.logins.dispatcher);
  const engineer = await signedIn(demo, demo.logins.engineer);
  const open = (await read(demo, '/api/cases?view=open&limit=50', agent)).items;
  const { visits } = await read(demo, '/api/my/day', engineer);
  if (visits.length === 0) throw new Error('the engineer of the demo has no visit today');
  const inside = (address) => address.slice(demo.url.length);
  const signIn = { path: '/login', ready: 'input[autocomplete=username]' };
  const typesName = types('input[autocomplete=username]', 'agent');
  return [
    { name: 'sign-in', budget: 'sign_in', ...signIn, act: typesName },
    {
      name: 'home',
      budget: 'desk',
      cookies: agent,
      path: '/',
      ready: '.ad-home .ac-panel a',
      act: clicks('.ad-home h1'),
    },
    {
      name: 'cases',
      budget: 'desk',
      cookies: agent,
      path: '/cases?view=open',
      ready: '.ad-table tbody tr[aria-rowindex]',
      act: clicks('.ad-table tbody tr[aria-rowindex] td:nth-child(3)'),
    },
    {
      name: 'one case',
      budget: 'desk',
      cookies: agent,
      path: `/cases/${open[0].id}`,
      ready: '.ad-case-symptom',
      act: types('textarea[data-key="note"]', 'The site called again.'),
    },
    {
      name: 'report a fault',
      budget: 'desk',
      cookies: agent,
      path: '/intake',
      ready: '.ad-look-up input',
      act: types('.ad-look-up input', '1390'),
    },
    {
      name: 'board',
      budget: 'dispatcher',
      cookies: dispatcher,
      path: '/dispatch',
      ready: '.ad-tl-block',
      act: clicks('.ad-tl-block'),
    },
    { name: 'sign-in on a phone', budget: 'engineer', ...signIn, act: typesName },
    {
      name: 'engineer’s day',
      budget: 'engineer',
      cookies: engineer,
      path: '/field/today',
      ready: '.af-visit-card',
      act: clicks('.af-visit-card'),
      worker: true,
    },
    {
      name: 'engineer’s visit',
      budget: 'engineer',
      cookies: engineer,
      path: `/field/visits/${visits[0].id}`,
      ready: '.af-page h1',
      act: clicks('.af-page h1'),
      worker: true,
    },
    {
      name: 'customer reports',
      budget: 'customer',
      path: inside(demo.customer.label),
      ready: '.at-symptom',
      act: clicks('.at-symptom'),
    },
    {
      name: 'customer follows',
      budget: 'customer',
      path: inside(demo.customer.link),
      ready: '.at-nodes',
      act: clicks('.at-actions button'),
    },
    {
      name: 'badge',
      budget: 'customer',
      path: inside(demo.customer.badge),
      ready: '.at-verdict',
      act: clicks('.at-verdict'),
    },
  ];
}
