// One walk: how it went, and an end for one that hangs.

/** A walk that takes longer than this hangs. */
export const LIMIT_MS = 10 * 60_000;
/** So long its end is waited for: what hangs may hang there too. */
const ENDING_MS = 30_000;

/** Waits until it has ended, well or not, but not for ever. */
export async function ended(ending) {
  let late;
  const enough = new Promise((resolve) => {
    late = setTimeout(resolve, ENDING_MS);
  });
  await Promise.race([Promise.resolve(ending).catch(() => {}), enough]);
  clearTimeout(late);
}

/**
 * Walks, says how it went, and answers `passed`, `failed` or `hung`. One that isn't over after `limit_ms` has failed: its browser is
 * closed under it, so that it can do nothing more, and whoever walks next opens another.
 */
export async function walkOnce(title, run, world, { limit_ms = LIMIT_MS, nth = 0, say = console.log } = {}) {
  const began = performance.now();
  let late;
  let hung = false;
  const limit = new Promise((_, reject) => {
    late = setTimeout(() => {
      hung = true;
      reject(new Error(`not over after ${limit_ms / 60_000} minutes`));
    }, limit_ms);
  });
  try {
    const walking = run(world);
    // Whatever a walk that hung says later is no news.
    walking.catch(() => {});
    await Promise.race([walking, limit]);
    say(`ok      ${title} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
    return 'passed';
  } catch (error) {
    say(`FAILED  ${title}\n${error.stack ?? error}`);
    for (const [number, person] of world.opened.entries()) {
      if (world.pictures) await ended(person.picture(`failed-${nth}-${number}`));
      say(`  ${person.name} was at ${person.page.url()}`);
    }
    return hung ? 'hung' : 'failed';
  } finally {
    clearTimeout(late);
    if (hung) await ended(world.browser.close());
    else for (const person of world.opened) await ended(person.close());
  }
}
