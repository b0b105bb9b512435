// The program with its demo company, on a free port of this machine, at a fixed moment.

import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Friday afternoon; the Saturday after is a make-up workday, the Sunday is not. */
export const CLOCK = '2026-10-09T16:40+08:00';

/** The last line of a program that serves, with its address: it finds a free port by itself. */
export const READY = /Aftercare is ready at (\S+)\r?\n/;

/** Starts the demo and reads logins and password from what it prints. */
export async function startDemo(clock = CLOCK) {
  const program = process.env.AFTERCARE_BIN;
  if (!program) throw new Error('AFTERCARE_BIN names no program: run `cargo xtask e2e`, which builds it.');
  const folder = await mkdtemp(join(tmpdir(), 'aftercare-e2e-'));
  const child = spawn(program, ['demo', '--data', folder, '--listen', '127.0.0.1:0', '--clock', clock], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, AFTERCARE_LOG: process.env.AFTERCARE_LOG ?? 'warn' },
  });
  let said = '';
  let log = '';
  child.stderr.on('data', (bytes) => {
    log += bytes;
  });
  const url = await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`the demo is not ready after 3 minutes\n${said}\n${log}`)), 180_000);
    child.stdout.on('data', (bytes) => {
      said += bytes;
      const ready = READY.exec(said);
      if (ready) {
        clearTimeout(late);
        resolve(ready[1]);
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
