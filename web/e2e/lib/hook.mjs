// A real webhook receiver that verifies the signature (Standard Webhooks) of what it is sent.

import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

export async function startHook() {
  const received = [];
  const secrets = [];
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const id = request.headers['webhook-id'];
      const at = request.headers['webhook-timestamp'];
      const shown = String(request.headers['webhook-signature'] ?? '');
      const genuine = secrets.some((secret) => {
        const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
        const expected = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest();
        return shown.split(' ').some((part) => {
          const bytes = Buffer.from(part.replace(/^v1,/, ''), 'base64');
          return bytes.length === expected.length && timingSafeEqual(bytes, expected);
        });
      });
      received.push({ id, genuine, body: JSON.parse(body) });
      response.writeHead(genuine ? 204 : 401).end();
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/hook`,
    received,
    /** A key that senders may sign with. */
    use(given) {
      secrets.push(given);
    },
    /** The first message that `fits`, waiting up to a minute. */
    async until(fits) {
      for (let tries = 0; tries < 600; tries += 1) {
        const found = received.find(fits);
        if (found) return found;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new Error(`no such message came; there are ${received.length}`);
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}
