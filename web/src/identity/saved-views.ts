/** What lists ask of the server about kept views. */
import { queryOptions } from '@tanstack/react-query';
import { api, call } from '../api/client.ts';
import type { CommandOptions } from '../api/command.ts';
import { keys } from '../api/queries.ts';
import type { components } from '../api/schema.d.ts';

type Schemas = components['schemas'];
export type SavedView = Schemas['SavedView'];

export const savedViewsQuery = (list: string) =>
  queryOptions({
    queryKey: keys.list('saved_view', { list }),
    queryFn: () => call(api.GET('/api/saved-views', { params: { query: { list } } })),
  });

export const createView = (body: Schemas['SaveView'], options: CommandOptions) =>
  call(api.POST('/api/saved-views', { body, ...options }));

/** Lets a view keep its name and take other content. */
export const changeView = (view: SavedView, content: Schemas['ViewContent'], options: CommandOptions) =>
  call(
    api.PUT('/api/saved-views/{id}', {
      params: { path: { id: view.id } },
      body: { list: view.list, name: view.name, shared: view.shared, content },
      ...options,
    } as never),
  );

export const removeView = (id: string, options: CommandOptions) =>
  call(api.DELETE('/api/saved-views/{id}', { params: { path: { id } }, body: {} as never, ...options }));

/** Where a list stands: the part of its address that a view keeps. */
export interface Place {
  view: string;
  filters: Readonly<Record<string, string>>;
  columns: readonly string[] | undefined;
  sort: string | undefined;
}

/** The kept view that is on the screen, if the place is exactly one. Pure. */
export function standing(views: readonly SavedView[], place: Place) {
  const same = (a: object, b: object) =>
    JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());
  return views.find(
    ({ content }) =>
      (content.view ?? place.view) === place.view &&
      same(content.filters ?? {}, place.filters) &&
      (content.columns ?? []).join() === (place.columns ?? []).join() &&
      (content.sort ?? undefined) === place.sort,
  );
}
