/**
 * The first lines of the engineer's app. A phone that opens it without a signal waits for its disk, for its worker and for its slow
 * processor: so what is kept and the texts are asked for while the app itself (main.tsx) is on its way, not after it.
 */
import { firstLanguage } from '../i18n/language.ts';
import { readAhead } from '../outbox/store.ts';
import { ownTexts } from './texts.ts';

readAhead();
// Whoever needs them asks again, and says what is wrong.
ownTexts(firstLanguage()).catch(() => {});
