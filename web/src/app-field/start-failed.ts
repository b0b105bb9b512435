/**
 * What the page says when the app can't start: its texts, or the phone's store, could not be had. No text can be asked for then, so
 * the words of both languages stand in the page itself, hidden, put there by the build (`startFailedPage`).
 */

type Texts = Readonly<Record<string, string>>;

/** In place of this comment the build writes the words. */
export const startFailedMark = '<!--start-failed-->';

const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? '&quot;');

/** The words as they stand in the page, of `field.json` by language. */
export function startFailedPage(field: Readonly<Record<string, Texts>>): string {
  const word = (language: string, key: string) => {
    const text = field[language]?.[key];
    if (!text) throw new Error(`field.${key} has no text in ${language}`);
    return `<span lang="${language}">${escaped(text)}</span>`;
  };
  const languages = Object.keys(field);
  const said = languages.map(
    (language) =>
      `<p class="ac-empty-title">${word(language, 'start.failed')}</p><p>${word(language, 'start.failed.hint')}</p>`,
  );
  const again = languages.map((language) => word(language, 'start.again')).join(' / ');
  return (
    `<div id="start-failed" role="alert" hidden><div class="ac-empty">${said.join('')}` +
    `<button type="button" class="ac-button">${again}</button></div></div>`
  );
}

/** Shows the words; the app is asked for again by the button, or as soon as there is a network again. */
export function showStartFailed(again: () => void): void {
  const words = document.getElementById('start-failed');
  if (!words) return;
  words.hidden = false;
  words.querySelector('button')?.addEventListener('click', again);
  addEventListener('online', again, { once: true });
}
