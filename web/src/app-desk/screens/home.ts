/** The home page: one read, and a panel for each kind of work. */
import type { HomePanel, Screen } from '../screen.ts';

export const screens: readonly Screen[] = [
  { path: '/', areas: [], any: [], rail: 'home', load: () => import('../home.tsx') },
];

const areas = ['home', 'cases'];

export const panels: readonly HomePanel[] = [
  {
    key: 'complaints',
    order: 3,
    areas: [...areas, 'care'],
    any: ['care.complaints'],
    load: () => import('../../home/complaints.desk.tsx'),
  },
  {
    key: 'missed_calls',
    order: 5,
    areas: [...areas, 'customers'],
    any: ['cases.report'],
    load: () => import('../../home/calls.desk.tsx'),
  },
  {
    key: 'on_call',
    order: 5,
    areas: [...areas, 'organisation'],
    any: ['organisation.on_call'],
    load: () => import('../../home/on-call.desk.tsx'),
  },
  {
    key: 'follow_ups',
    order: 6,
    areas,
    any: ['care.follow_up'],
    // A manager may call too, but has the cases and the day first.
    after: ['cases.triage'],
    load: () => import('../../home/care.desk.tsx'),
  },
  {
    key: 'invoices',
    order: 7,
    areas,
    any: ['visits.invoice'],
    after: ['cases.triage'],
    load: () => import('../../home/invoices.desk.tsx'),
  },
  {
    key: 'dispatch',
    order: 8,
    areas: [...areas, 'workorders', 'dispatch'],
    any: ['visits.plan'],
    load: () => import('../../home/dispatch.desk.tsx'),
  },
  {
    key: 'phone_queue',
    order: 9,
    areas,
    any: ['cases.support'],
    // Whoever is at the hotline has what is theirs first.
    after: ['dispatch.read'],
    load: () => import('../../home/phone.desk.tsx'),
  },
  {
    key: 'agreements',
    order: 20,
    areas,
    any: ['coverage.agreements'],
    load: () => import('../../home/agreements.desk.tsx'),
  },
  { key: 'cases', order: 10, areas, any: ['cases.read'], load: () => import('../../home/panel.desk.tsx') },
  {
    key: 'places',
    order: 90,
    areas,
    any: [],
    // Whoever has a to-do list needs no list of screens.
    unless: ['cases.report', 'care.follow_up', 'visits.invoice'],
    load: () => import('../../home/places.desk.tsx'),
  },
];
