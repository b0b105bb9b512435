/** Why a message did not leave, in words; what the other side or the network said stays as it is. */
import type { Translate } from '../i18n/index.ts';
import type { Delivery } from './requests.ts';

/** The words, and the technical text beside them if there is one; nothing if no attempt failed. */
export function whyNotSent(
  t: Translate,
  { failure, last_error }: Pick<Delivery, 'failure' | 'last_error'>,
): { words: string; detail?: string } | undefined {
  if (!failure) return undefined;
  const words = t(`notifications.why.${failure}`);
  return last_error ? { words, detail: last_error } : { words };
}
