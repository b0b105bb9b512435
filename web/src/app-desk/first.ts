/**
 * The first lines of the desk: its texts and who is signed in are asked for while the desk itself (main.tsx) is on its way, and so is
 * its shell once somebody is.
 */
import { askAhead, comingAhead } from '../api/ahead.ts';
import { firstLanguage } from '../i18n/language.ts';
import { deskTexts } from './texts.ts';

/** Pages that nobody has to be signed in for. */
const open = /^\/(login|setup|password)(\/|$)/;

const language = firstLanguage();
// Whoever needs them asks again, and says what is wrong.
deskTexts(language).catch(() => {});
if (!open.test(location.pathname)) {
  askAhead(['/api/me'], language);
  comingAhead('/api/me')
    ?.then(({ ok }) => (ok ? import('./shell.tsx') : undefined))
    .catch(() => {});
}
