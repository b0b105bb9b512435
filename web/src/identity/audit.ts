/** Which events of the audit a screen asks for. Pure. */
import type { AuditFilter } from './requests.ts';

/** Kinds of events that the filter offers, in the order of the day's questions. */
export const auditKinds = [
  'login.failed',
  'login.locked',
  'login.succeeded',
  'access.refused',
  'contact.revealed',
  'call.reveal_refused',
  'contact.reveal_refused',
  'audit.exported',
  'list.exported',
  'account.created',
  'account.changed',
  'account.disabled',
  'account.enabled',
  'account.unused_closed',
  'account.password_link_made',
  'account.password_set',
  'account.password_changed',
  'account.password_change_refused',
  'session.ended',
  'session.all_ended',
  'token.created',
  'token.revoked',
  'security.changed',
  'company.changed',
  'notification_settings.changed',
  'webhook.created',
  'webhook.removed',
  'sms_settings.changed',
  'sms.tested',
  'relay_settings.changed',
  'portal_settings.changed',
  'portal.codes_released',
  'asset_label.made',
  'asset_label.revoked',
  'badge_code.made',
  'badge_code.revoked',
  'tracking_link.made',
  'tracking_link.revoked',
  'sms_code.sent',
  'caller.verified',
  'position_consent.given',
  'position_consent.withdrawn',
  'keeping.changed',
  'table.sent',
  'table.imported',
  'table.dropped',
  'history.imported',
  'system.backed_up',
  'system.exported',
  'system.restored',
  'system.set_up',
] as const;

/** What the address says, as the server takes it: `to` is a day that counts as a whole; days are those of the reader's clock. */
export function auditFilter(chosen: {
  from?: string | undefined;
  to?: string | undefined;
  kind?: string | undefined;
  actor_id?: string | undefined;
  subject_id?: string | undefined;
  result: 'all' | 'refused' | 'done';
}): AuditFilter {
  const { from, to, kind, actor_id, subject_id, result } = chosen;
  const start = from && midnight(from, 0);
  const end = to && midnight(to, 1);
  return {
    ...(start ? { from: start } : {}),
    ...(end ? { to: end } : {}),
    ...(kind ? { kind } : {}),
    ...(actor_id ? { actor_id } : {}),
    ...(subject_id ? { subject_id } : {}),
    ...(result === 'all' ? {} : { result }),
  };
}

function midnight(day: string, later_days: number): string | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!match) return undefined;
  const [year, month, date] = match.slice(1).map(Number) as [number, number, number];
  return new Date(year, month - 1, date + later_days).toISOString();
}
