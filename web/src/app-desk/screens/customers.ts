import { assets } from '../../assets/requests.ts';
import { customers, sites } from '../../customers/requests.ts';
import type { Found, Screen, Search } from '../screen.ts';

const areas = ['customers', 'assets', 'organisation'];
const any = ['customers.read'];

export const screens: Screen[] = [
  { path: '/customers', areas, any, rail: 'customers', load: () => import('../../customers/list.desk.tsx') },
  { path: '/customers/$customer_id', areas, any, load: () => import('../../customers/customer.desk.tsx') },
  { path: '/sites', areas, any, rail: 'customers', load: () => import('../../customers/sites.desk.tsx') },
  { path: '/sites/$site_id', areas, any, load: () => import('../../customers/site.desk.tsx') },
];

/** By number, name, the initials of its pinyin, or the end of a serial; what is out of reach is not found. */
export const searches: readonly Search[] = [
  {
    key: 'customers',
    any,
    find: async (text) => {
      const [sites_found, customers_found] = await Promise.all([
        sites({ q: text, limit: 4 }),
        customers({ q: text, limit: 4 }),
      ]);
      return [
        ...sites_found.items.map(
          ({ id, name, customer_name }): Found => ({
            id: `site-${id}`,
            title: name,
            detail: customer_name,
            to: `/sites/${id}`,
            icon: 'pin',
          }),
        ),
        ...customers_found.items.map(
          ({ id, name, number }): Found => ({
            id: `customer-${id}`,
            title: name,
            detail: number,
            to: `/customers/${id}`,
            icon: 'customers',
          }),
        ),
      ];
    },
  },
  {
    key: 'assets',
    any: ['assets.read'],
    find: async (text) =>
      (await assets({ q: text, limit: 4 })).items.map(
        ({ id, serial, site_name, product }): Found => ({
          id: `asset-${id}`,
          title: serial,
          detail: `${product.model} · ${site_name}`,
          to: `/assets/${id}`,
          icon: 'parts',
        }),
      ),
  },
];
