/** Cases: the list and the record; their part of the search box. */
import { api, call } from '../../api/client.ts';
import type { Screen, Search } from '../screen.ts';

const areas = ['cases', 'coverage', 'timeline', 'portal', 'care', 'workorders'];

export const screens: readonly Screen[] = [
  { path: '/cases', areas, any: ['cases.read'], rail: 'cases', load: () => import('../../cases/list.desk.tsx') },
  { path: '/cases/$case_id', areas, any: ['cases.read'], load: () => import('../../cases/record.desk.tsx') },
  {
    path: '/settings/note-templates',
    areas: ['settings', 'cases'],
    any: ['assets.catalogue'],
    load: () => import('../../cases/note-templates.desk.tsx'),
  },
];

export const searches: readonly Search[] = [
  {
    key: 'cases',
    any: ['cases.read'],
    find: async (text, signal) => {
      const query = { view: 'all', q: text, limit: 8 } as const;
      const { items } = await call(api.GET('/api/cases', { params: { query }, signal }));
      return items.map(({ id, number, site_name, symptom }) => ({
        id: `case-${id}`,
        title: number,
        detail: `${site_name} · ${symptom}`,
        to: `/cases/${id}`,
        icon: 'cases' as const,
      }));
    },
  },
];
