// The program by its commands: as an administrator starts it, and as a rehearsal of the worst day.

import { spawn } from 'node:child_process';
import { READY } from './demo.mjs';

const program = () => {
  const path = process.env.AFTERCARE_BIN;
  if (!path) throw new Error('AFTERCARE_BIN names no program: run `cargo xtask e2e`, which builds it.');
  return path;
};
const surroundings = (more = {}) => ({
  ...process.env,
  AFTERCARE_LOG: process.env.AFTERCARE_LOG ?? 'warn',
  ...more,
});

/** Runs a command to its end. Says what it printed and how it ended; nothing is thrown for a refusal. */
export async function run(args, env) {
  const child = spawn(program(), args, { stdio: ['ignore', 'pipe', 'pipe'], env: surroundings(env) });
  let out = '';
  let err = '';
  child.stdout.on('data', (bytes) => {
    out += bytes;
  });
  child.stderr.on('data', (bytes) => {
    err += bytes;
  });
  const code = await new Promise((resolve) => child.on('exit', resolve));
  return { code, out, err };
}

/** `aftercare serve` on a data folder, at a free port unless one is given; resolves once it is ready. */
export async function serve(folder, { env, port: wanted } = {}) {
  const args = ['serve', '--data', folder, '--listen', `127.0.0.1:${wanted ?? 0}`];
  const child = spawn(program(), args, { stdio: ['ignore', 'pipe', 'pipe'], env: surroundings(env) });
  let out = '';
  let err = '';
  child.stderr.on('data', (bytes) => {
    err += bytes;
  });
  const url = await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`not ready after 3 minutes\n${out}\n${err}`)), 180_000);
    child.stdout.on('data', (bytes) => {
      out += bytes;
      const ready = READY.exec(out);
      if (ready) {
        clearTimeout(late);
        resolve(ready[1]);
      }
    });
    child.on('exit', (code) => reject(new Error(`it ended with ${code}\n${out}\n${err}`)));
  });
  let stopped = false;
  return {
    port: Number(new URL(url).port),
    url,
    said: () => out,
    log: () => err,
    async stop() {
      if (stopped) return;
      stopped = true;
      child.removeAllListeners('exit');
      const ended = new Promise((resolve) => child.on('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
}
