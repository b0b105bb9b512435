/** Reads and types of visits and service orders. */
import { queryOptions, skipToken } from '@tanstack/react-query';
import { api, call } from '../api/client.ts';
import { keys } from '../api/queries.ts';
import type { components } from '../api/schema.d.ts';
import type { Language } from '../i18n/index.ts';
import type { PaperTemplate } from '../ui/pdf.tsx';
import { timed } from './offline/newest.ts';

export type Schemas = components['schemas'];
export type Visit = Schemas['VisitView'];
export type DayCard = Schemas['DayCard'];
export type MyDay = Schemas['MyDay'];
export type VisitStep = Schemas['VisitStep'];
export type ServiceOrderView = Schemas['ServiceOrderView'];
export type ServiceOrder = Schemas['ServiceOrder'];
export type PriceLine = Schemas['PriceLineView'];
export type ChecklistItem = Schemas['Item'];
export type Answer = Schemas['Answer'];
export type Strokes = Schemas['StrokePoint'][][];
export type EvidenceKind = Schemas['VisitEvidenceKind'];

/** The signed-in engineer's today and tomorrow. */
export const myDayQuery = queryOptions({
  queryKey: keys.list('visit', { of: 'my_day' }),
  queryFn: ({ signal }) => timed(() => call(api.GET('/api/my/day', { signal }))),
});

/**
 * One visit in full, as the day or the last answer to a step told it. It is never asked for by itself: the day holds every visit
 * that its engineer sees, and of the others the server says nothing.
 */
export const visitQuery = (id: string) =>
  queryOptions<Visit, Error, Visit, ReturnType<typeof keys.one>>({
    queryKey: keys.one('visit', id),
    queryFn: skipToken,
  });

/** The service order of a work order: what was signed, else what was shown, else a draft of what stands. */
export const serviceOrderQuery = (id: string) =>
  queryOptions({
    queryKey: keys.part('work_order', id, 'service_order'),
    queryFn: ({ signal }) => call(api.GET('/api/service-orders/{id}', { params: { path: { id } }, signal })),
  });

/** The devices at the sites of my visits, with the codes on their labels: to tell one from the other without a signal. */
export const myDevicesQuery = queryOptions({
  queryKey: ['asset', 'list', { of: 'my_devices' }],
  queryFn: ({ signal }) => call(api.GET('/api/my/devices', { signal })),
});

/** What coverage says of a case, with its reasons. */
export const coverageQuery = (case_id: string) =>
  queryOptions({
    queryKey: keys.part('case', case_id, 'coverage'),
    queryFn: ({ signal }) => call(api.GET('/api/cases/{id}/coverage', { params: { path: { id: case_id } }, signal })),
  });

/** Whose paper it is: the company's name and its hotline. */
export const letterheadQuery = queryOptions({
  queryKey: ['hotline', 'list', { of: 'letterhead' }],
  queryFn: async () => {
    const [setup, hotlines] = await Promise.all([call(api.GET('/api/setup')), call(api.GET('/api/hotlines'))]);
    return {
      company: setup.company_name ?? '',
      // A number for the whole country comes before those of single cities.
      hotline: hotlines
        .filter(({ active }) => active)
        .map(({ number }) => number)
        .sort((a, b) => Number(b.startsWith('+86400')) - Number(a.startsWith('+86400')))[0],
    };
  },
  staleTime: 60 * 60_000,
});

/** The service order of a work order as a PDF. */
export const serviceOrderPdf = (id: string, lang: Language, template: PaperTemplate): Promise<Blob> => {
  const params = { path: { id }, query: { lang, template } };
  return call<unknown>(api.GET('/api/service-orders/{id}/pdf', { params, parseAs: 'blob' })).then((pdf) => pdf as Blob);
};
