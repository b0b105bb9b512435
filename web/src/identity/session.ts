/** Signing in and out, and setting the system up: the calls that stand outside of the shell. */
import { api, call } from '../api/client.ts';
import type { CommandOptions } from '../api/command.ts';
import type { components } from '../api/schema.d.ts';
import { type Me, welcome } from './me.ts';

export type SetUp = components['schemas']['SetUp'];

/** What the sign-in page may know before anybody is signed in. */
export interface SetupState {
  needed: boolean;
  company_name?: string | null;
  hotline?: string | null;
  demo?: boolean;
}

/** Signs in; the session itself is an HttpOnly cookie. */
export async function signIn(body: { login: string; password: string }, options: CommandOptions): Promise<Me> {
  return welcome(await call(api.POST('/api/session', { body, ...options })));
}

/** Ends the session on the server. */
export async function signOut(): Promise<void> {
  await call(api.DELETE('/api/session'));
}

/** Whether the system still waits to be set up, and whose it is. */
export async function setupState(): Promise<SetupState> {
  return (await call(api.GET('/api/setup'))) as SetupState;
}

/** Sets the system up with the token that the server printed; the administrator is signed in by the answer. */
export async function setUp(body: SetUp, options: CommandOptions): Promise<'done'> {
  await call(api.POST('/api/setup', { body, ...options }));
  return 'done';
}
