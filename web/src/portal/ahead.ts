/** The page of a case, asked for before its screen is loaded: on a weak network the way to the server and back is most of the wait. */
import { ask, type TrackPage } from './call.ts';

let going: { link: string; page: Promise<TrackPage> } | undefined;

/** The token of a link stands behind the `#`, which no server sees. */
export const linkHere = (): string => location.hash.replace(/^#/, '');

/** Asks now; the screen takes the answer when it is there. */
export function askAhead(): void {
  const link = linkHere();
  const page = ask<TrackPage>('GET', '/api/track', { link });
  // Whoever takes it hears of a refusal.
  page.catch(() => {});
  going = { link, page };
}

/** What was asked for ahead, once; anew where nothing was. */
export function askTrack(link: string): Promise<TrackPage> {
  const ahead = going?.link === link ? going.page : undefined;
  going = undefined;
  return ahead ?? ask<TrackPage>('GET', '/api/track', { link });
}
