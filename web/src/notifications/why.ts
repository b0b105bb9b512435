/** Why a message did not leave, in words: what the program itself found is translated; what another server said stays as it is. */
import type { Translate } from '../i18n/index.ts';

/** What the program writes when it finds the fault itself → the words; groups fill the placeholders. */
const own: readonly (readonly [RegExp, string])[] = [
  [/^not sent: restored from a backup$/, 'restored'],
  [/^no mail server is set$/, 'no_server'],
  [/^the recipient has no mail address any more$/, 'no_address'],
  [/^the webhook was removed or turned off$/, 'webhook_off'],
  [/^(?<host>\S+) did not answer within (?<seconds>\d+) s$/, 'silent'],
  [/^(?<host>\S+): no connection: /, 'no_connection'],
  [/^(?<host>\S+) was not found: /, 'not_found'],
  [/^HTTP (?<status>\d{3})/, 'refused'],
];

/** The words, and the technical text beside them where it says more. */
export function whyNotSent(t: Translate, error: string): { words: string; detail?: string } {
  for (const [pattern, key] of own) {
    const match = pattern.exec(error);
    if (!match) continue;
    const words = t(`notifications.why.${key}`, { ...match.groups });
    return match[0] === error ? { words } : { words, detail: error };
  }
  return { words: error };
}
