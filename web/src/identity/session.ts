/** Signing in and out, and setting the system up: the calls that stand outside of the shell. */
import { api, call } from '../api/client.ts';
import type { CommandOptions } from '../api/command.ts';
import type { components } from '../api/schema.d.ts';
import { type Me, mustEnrol, welcome } from './me.ts';

export type SetUp = components['schemas']['SetUp'];

/** What the sign-in page may know before anybody is signed in. */
export type SetupState = components['schemas']['SetupState'];
export type Invitation = components['schemas']['Invitation'];

/** Signs in; the session itself is an HttpOnly cookie. */
export async function signIn(
  body: { login: string; password: string; new_password?: string; code?: string },
  options: CommandOptions,
): Promise<Me> {
  const me = await welcome(await call(api.POST('/api/session', { body, ...options })));
  if (mustEnrol(me)) justTyped = body.new_password ?? body.password;
  return me;
}

let justTyped: string | undefined;

/** The password of a moment ago, once: whoever is led from signing in to the second factor needn't type it again. */
export function takeTypedPassword(): string | undefined {
  const typed = justTyped;
  justTyped = undefined;
  return typed;
}

/** Ends the session on the server. */
export async function signOut(): Promise<void> {
  await call(api.DELETE('/api/session'));
}

/** Whether the system still waits to be set up, and whose it is. */
export async function setupState(): Promise<SetupState> {
  return call(api.GET('/api/setup'));
}

/** Sets the system up with the token that the server printed; the administrator is signed in by the answer. */
export function setUp(body: SetUp, options: CommandOptions): Promise<components['schemas']['SetUpDone']> {
  return call(api.POST('/api/setup', { body, ...options }));
}

/** Sets a password by a one-time link; signing in follows. */
export async function setPasswordByLink(
  body: { token: string; password: string },
  options: CommandOptions,
): Promise<'done'> {
  await call(api.POST('/api/password', { body, ...options }));
  return 'done';
}
