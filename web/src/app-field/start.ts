/**
 * The first lines of the engineer's app. A phone that opens it without a signal waits for its disk, for its worker and for its slow
 * processor: so what is kept, the texts, and of the server who one is and what the day brings, are asked for while the app itself
 * (main.tsx) is on its way, not after it.
 */
import { askAhead } from '../api/ahead.ts';
import { firstLanguage } from '../i18n/language.ts';
import { readAhead } from '../outbox/store.ts';
import { showStartFailed } from './start-failed.ts';
import { ownTexts } from './texts.ts';

// An app that never came can't say so itself.
addEventListener(
  'error',
  (event) => {
    if (event.target instanceof HTMLScriptElement) showStartFailed(() => location.reload());
  },
  true,
);
readAhead();
// The day is what an engineer waits for, and every visit stands in it.
const day = /^\/field\/?(today|visits\/.*)?$/.test(location.pathname) ? ['/api/my/day'] : [];
askAhead(['/api/me', ...day], firstLanguage());
// Whoever needs them asks again, and says what is wrong.
ownTexts(firstLanguage()).catch(() => {});
