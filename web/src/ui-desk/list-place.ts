/** The place in a list (view, filters, selected row) lives in the address: back returns to it, and it can be sent to a colleague. */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

/** What the address says about a list. Filters are flat: name → value; an empty value removes one. */
export interface ListPlace {
  view: string;
  filters: Readonly<Record<string, string>>;
  selected: string | undefined;
  /** The columns that are shown, in order; undefined for the list's own. */
  columns: readonly string[] | undefined;
  setColumns: (columns: readonly string[] | undefined) => void;
  /** The order; undefined for the list's own. */
  sort: string | undefined;
  setSort: (sort: string | undefined) => void;
  /** Goes to a kept view: its filters, columns and order take the place of those that stand. */
  open: (content: {
    view?: string | null;
    filters: Readonly<Record<string, string>>;
    columns?: readonly string[] | null;
    sort?: string | null;
  }) => void;
  setView: (view: string) => void;
  setFilter: (name: string, value: string) => void;
  clearFilters: () => void;
  select: (id: string | undefined) => void;
  /** Several filters and the selected row at once; an empty value removes a filter. */
  go: (filters: Readonly<Record<string, string>>, selected: string | undefined) => void;
}

/** Reads and changes the place; `first_view` is used when the address names none. */
export function useListPlace(first_view: string): ListPlace {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const { view, sel, cols, sort, ...rest } = search;
  const filters = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)]));
  const change = useCallback(
    (next: Record<string, unknown>, replace: boolean) => {
      const kept = Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined && value !== ''));
      void navigate({ to: '.', search: kept, replace, resetScroll: false });
    },
    [navigate],
  );
  return {
    view: typeof view === 'string' ? view : first_view,
    filters,
    selected: sel === undefined ? undefined : String(sel),
    columns: typeof cols === 'string' && cols !== '' ? cols.split(',') : undefined,
    setColumns: (next) => change({ ...filters, view, sel, sort, cols: next?.join(',') }, true),
    sort: typeof sort === 'string' && sort !== '' ? sort : undefined,
    setSort: (next) => change({ ...filters, view, sel, cols, sort: next }, true),
    open: (content) =>
      change(
        {
          ...content.filters,
          view: content.view ?? undefined,
          cols: content.columns?.join(','),
          sort: content.sort ?? undefined,
        },
        false,
      ),
    setView: (next) => change({ ...filters, view: next, cols, sort }, false),
    setFilter: (name, value) => change({ ...filters, view, cols, sort, [name]: value }, true),
    clearFilters: () => change({ view, cols, sort }, true),
    select: (id) => change({ ...filters, view, cols, sort, sel: id }, true),
    go: (more, selected) => change({ ...filters, view, cols, sort, ...more, sel: selected }, true),
  };
}
