/** Who is signed in, and what they may do. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, call } from '../api/client.ts';
import type { components } from '../api/schema.d.ts';
import { serverNow } from '../api/server-clock.ts';
import { languageIsChosen, languages, setLanguage } from '../i18n/index.ts';
import { ownDrafts } from '../ui/draft.ts';
import { setZone } from '../ui/zone.ts';

export type Me = components['schemas']['Me'];

/**
 * Takes over the person's drafts and zone and, unless one was chosen on this device, their language. A demo's accounts belong to nobody:
 * there the browser's language stays.
 */
export async function welcome(me: Me): Promise<Me> {
  ownDrafts(me.id);
  setZone(me.zone);
  const language = languages.find((each) => each === me.language);
  if (language && !me.demo && !languageIsChosen()) await setLanguage(language, false);
  return me;
}

/** The query behind `useMe`; route guards read it before a screen is drawn. */
export const meQuery = queryOptions({
  queryKey: ['me', 'self'],
  queryFn: async () => welcome(await call(api.GET('/api/me'))),
  staleTime: 5 * 60_000,
});

/** Whether the second factor that the role asks for has to be set up before anything else. */
export function mustEnrol(me: Me): boolean {
  return me.second_factor_from != null && Date.parse(me.second_factor_from) <= serverNow();
}

/** The page of one's second factor, which leads back to `next`. */
export function secondFactorPath(next: string, what?: 'codes' | 'off'): string {
  return `/second-factor?next=${encodeURIComponent(next)}${what ? `&what=${what}` : ''}`;
}

/** The signed-in person; only inside of the shell, whose guard has read it. */
export function useMe(): Me | undefined {
  return useQuery(meQuery).data;
}

/**
 * Whether the permissions allow at least one of those asked for. `cases.*` stands for any permission of that area;
 * an empty list asks for nothing. The server decides again at each call: this only keeps dead ends off the screen.
 */
export function allows(permissions: readonly string[], any: readonly string[]): boolean {
  if (any.length === 0) return true;
  return any.some((wanted) =>
    wanted.endsWith('.*')
      ? permissions.some((permission) => permission.startsWith(wanted.slice(0, -1)))
      : permissions.includes(wanted),
  );
}

/** `const may = useMay(); may('cases.report')`: for buttons that only some may press. */
export function useMay(): (...any: string[]) => boolean {
  const me = useMe();
  return (...any) => allows(me?.permissions ?? [], any);
}
