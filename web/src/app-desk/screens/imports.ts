/** Tables from another system: sending one, and what became of it. */
import type { Screen } from '../screen.ts';

const areas = ['imports', 'customers'];
const any = ['customers.import'];

export const screens: Screen[] = [
  { path: '/imports', areas, any, load: () => import('../../imports/start.desk.tsx') },
  { path: '/imports/$import_id', areas, any, load: () => import('../../imports/import.desk.tsx') },
];
