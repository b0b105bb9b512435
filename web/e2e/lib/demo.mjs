// The program with its demo company, on a free port of this machine, at a fixed moment.

import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Friday afternoon; the Saturday after is a make-up workday, the Sunday is not. */
export const CLOCK = '2026-10-09T16:40+08:00';

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Starts the demo and reads logins and password from what it prints. */
export async function startDemo() {
  const program = process.env.AFTERCARE_BIN;
  if (!program) throw new Error('AFTERCARE_BIN names no program: run `cargo xtask e2e`, which builds it.');
  const folder = await mkdtemp(join(tmpdir(), 'aftercare-e2e-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(program, ['demo', '--data', folder, '--listen', `127.0.0.1:${port}`, '--clock', CLOCK], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, AFTERCARE_LOG: process.env.AFTERCARE_LOG ?? 'warn' },
  });
  let said = '';
  let log = '';
  child.stderr.on('data', (bytes) => {
    log += bytes;
  });
  await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`the demo is not ready after 60 s\n${said}\n${log}`)), 60_000);
    child.stdout.on('data', (bytes) => {
      said += bytes;
      if (said.includes('Aftercare is ready')) {
        clearTimeout(late);
        resolve();
      }
    });
    child.on('exit', (code) => reject(new Error(`the demo ended with ${code}\n${said}\n${log}`)));
  });
  const password = /password {2}(\S+)/.exec(said)?.[1];
  const logins = Object.fromEntries([...said.matchAll(/^ {2}(\w+) +(\S+)$/gm)].map(([, role, login]) => [role, login]));
  // The customer's side: a label, the page of a case, a badge.
  const door = (name) => new RegExp(`^ {2}${name} +(\\S+) +\\(`, 'm').exec(said)?.[1];
  const customer = { label: door('label'), link: door('link'), badge: door('badge') };
  return {
    url,
    password,
    logins,
    customer,
    log: () => log,
    async stop() {
      child.removeAllListeners('exit');
      const ended = new Promise((resolve) => child.on('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
