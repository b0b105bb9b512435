/** What follows from showing the customer a service order, before anything is read again. */
import type { QueryClient } from '@tanstack/react-query';
import { type ServiceOrderView, serviceOrderQuery, type Visit, visitQuery } from '../requests.ts';
import { madeNow } from './newest.ts';
import { restanding } from './standing.ts';

/** The customer was shown a service order: it is what stands on the visit, and can be signed. */
export function shown(queries: QueryClient, visit: Visit, order: ServiceOrderView): void {
  queries.setQueryData(serviceOrderQuery(visit.order.id).queryKey, order);
  // Showing is a step: a read that began before it is older.
  const after = { ...visit, version: visit.version + 1, document_sha256: order.sha256 };
  queries.setQueryData(visitQuery(visit.id).queryKey, madeNow(restanding(after)));
}
