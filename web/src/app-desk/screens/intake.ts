/** Intake: taking a call and making a case of it. */
import type { Screen } from '../screen.ts';

export const screens: readonly Screen[] = [
  {
    path: '/intake',
    areas: ['intake', 'cases', 'coverage'],
    any: ['cases.report'],
    rail: 'intake',
    load: () => import('../../cases/intake.desk.tsx'),
  },
];
