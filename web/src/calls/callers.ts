/** What was found for a caller, as one list to choose from: best first, each leading to a site, a customer or a case. Pure. */
import type { LookUp } from './requests.ts';

/** One thing to choose. */
export interface Choice {
  key: string;
  kind: 'caller' | 'device' | 'site' | 'contact' | 'customer' | 'case';
  title: string;
  detail: string;
  /** Several have the number: it may be this one. */
  maybe: boolean;
  vip: boolean;
  case_id?: string;
  site_id?: string;
  site_name?: string;
  customer_id?: string;
  customer_name?: string;
  contact_id?: string;
  contact_name?: string;
  asset_id?: string;
}

/** Callers by number first, then devices by serial, then sites, contacts and customers, then cases by number. */
export function choicesOf(found: LookUp): Choice[] {
  const callers = found.callers.map(
    (hit): Choice => ({
      key: `caller-${hit.contact_id}-${hit.site_id ?? ''}`,
      kind: 'caller',
      title: [hit.contact_name, hit.role].filter(Boolean).join(' · ') || hit.phone_masked || hit.customer_name,
      detail: [hit.site_name, hit.customer_name, hit.phone_masked].filter(Boolean).join(' · '),
      maybe: hit.maybe,
      vip: hit.vip_level !== 'none',
      ...(hit.site_id ? { site_id: hit.site_id, site_name: hit.site_name ?? '' } : {}),
      customer_id: hit.customer_id,
      customer_name: hit.customer_name,
      contact_id: hit.contact_id,
      contact_name: hit.contact_name,
    }),
  );
  const devices = found.assets.map(
    (hit): Choice => ({
      key: `device-${hit.asset_id}`,
      kind: 'device',
      title: `${hit.serial} · ${hit.product.model}`,
      detail: [hit.site_name, hit.customer_name].join(' · '),
      maybe: false,
      vip: false,
      site_id: hit.site_id,
      site_name: hit.site_name,
      customer_id: hit.customer_id,
      customer_name: hit.customer_name,
      asset_id: hit.asset_id,
    }),
  );
  const known = new Set(callers.map(({ contact_id }) => contact_id));
  const customers = found.customers
    .filter((hit) => !(hit.matched === 'contact' && hit.contact_id && known.has(hit.contact_id)))
    .map(
      (hit): Choice => ({
        key: `${hit.matched}-${hit.customer_id}-${hit.site_id ?? ''}-${hit.contact_id ?? ''}`,
        kind: hit.matched,
        title: hit.matched === 'contact' ? (hit.contact_name ?? '') : (hit.site_name ?? hit.customer_name),
        detail: [
          hit.matched === 'contact' ? hit.site_name : undefined,
          hit.site_name || hit.matched === 'contact' ? hit.customer_name : undefined,
          hit.phone_masked,
        ]
          .filter(Boolean)
          .join(' · '),
        maybe: false,
        vip: hit.vip_level !== 'none',
        ...(hit.site_id ? { site_id: hit.site_id, site_name: hit.site_name ?? '' } : {}),
        customer_id: hit.customer_id,
        customer_name: hit.customer_name,
        ...(hit.contact_id ? { contact_id: hit.contact_id, contact_name: hit.contact_name ?? '' } : {}),
      }),
    );
  const cases = found.cases.map(
    (hit): Choice => ({
      key: `case-${hit.id}`,
      kind: 'case',
      title: hit.number,
      detail: '',
      maybe: false,
      vip: false,
      case_id: hit.id,
    }),
  );
  return [...callers, ...devices, ...customers, ...cases];
}

/** Whether what was typed can be a phone number: then it is kept as the caller's. */
export function looksLikeNumber(text: string): boolean {
  return /^\+?[\d\s()-]{7,24}$/.test(text.trim()) && text.replace(/\D/g, '').length >= 7;
}
