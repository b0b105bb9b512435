/** What the screens of accounts, devices and tokens ask of the server. */
import { queryOptions } from '@tanstack/react-query';
import { api, call, read, type Tagged } from '../api/client.ts';
import type { CommandOptions } from '../api/command.ts';
import type { components } from '../api/schema.d.ts';

type Schemas = components['schemas'];
export type Account = Schemas['AccountView'];
export type AccountState = Schemas['AccountState'];
export type Role = Schemas['Role'];
export type Token = Schemas['TokenView'];
export type Device = Schemas['SessionView'];
export type SecuritySettings = Schemas['SecuritySettings'];
/** The settings with their version. */
export type SecuritySettingsView = Schemas['SecuritySettingsView'];
export type PasswordProfile = Schemas['PasswordProfile'];
/** Which events of the audit. */
export interface AuditFilter {
  from?: string;
  to?: string;
  actor_id?: string;
  subject_id?: string;
  kind?: string;
  result?: 'done' | 'refused';
}
export type AuditEntry = Omit<Schemas['AuditEntry'], 'facts'> & { facts: Record<string, unknown> };

/** Roles in the order of the day's work; administrators and customers last. */
export const roles = [
  'hotline_agent',
  'expert',
  'dispatcher',
  'engineer',
  'parts_clerk',
  'depot_technician',
  'trainer',
  'follow_up_agent',
  'branch_manager',
  'finance_clerk',
  'system_admin',
  'security_admin',
  'audit_admin',
  'customer_contact',
  'telephone_system',
] as const satisfies readonly Role[];

export const accountStates = ['active', 'invited', 'disabled'] as const satisfies readonly AccountState[];

/** A page of accounts. */
export const accounts = (query: {
  q?: string | undefined;
  role?: Role | undefined;
  state?: AccountState | undefined;
  limit?: number;
  after?: string | undefined;
}) => call(api.GET('/api/accounts', { params: { query } }));

export const account = (id: string): Promise<Tagged<Account>> =>
  read(api.GET('/api/accounts/{id}', { params: { path: { id } } }));

export const createAccount = (body: Schemas['CreateAccount'], options: CommandOptions) =>
  call(api.POST('/api/accounts', { body, ...options }));

export const changeAccount = (id: string, body: Schemas['ChangeAccount'], options: CommandOptions) =>
  call(api.PUT('/api/accounts/{id}', { params: { path: { id } }, body, ...options }));

// A command without input still carries JSON: the server takes commands as JSON only.
const empty = { body: {} as never };

export const disableAccount = (id: string, options: CommandOptions) =>
  call(api.POST('/api/accounts/{id}/disable', { params: { path: { id } }, ...empty, ...options }));

export const enableAccount = (id: string, options: CommandOptions) =>
  call(api.POST('/api/accounts/{id}/enable', { params: { path: { id } }, ...empty, ...options }));

export const resetPassword = (id: string, options: CommandOptions) =>
  call(api.POST('/api/accounts/{id}/reset-password', { params: { path: { id } }, ...empty, ...options }));

export const tokens = (query: { limit?: number; after?: string | undefined }) =>
  call(api.GET('/api/tokens', { params: { query } }));

export const createToken = (body: Schemas['CreateToken'], options: CommandOptions) =>
  call(api.POST('/api/tokens', { body, ...options }));

export const revokeToken = (id: string, options: CommandOptions) =>
  call(api.DELETE('/api/tokens/{id}', { params: { path: { id } }, ...empty, ...options }));

export const securitySettings = () => call(api.GET('/api/security-settings'));

export const setSecuritySettings = (body: SecuritySettings, options: CommandOptions) =>
  call(api.PUT('/api/security-settings', { body, ...options }));

/** A page of the audit, newest first. */
export const auditEntries = (query: AuditFilter & { limit?: number; after?: string }) =>
  call(api.GET('/api/audit', { params: { query } })) as Promise<{ items: AuditEntry[]; next?: string | null }>;

/** The audit as a CSV file; the server records that it was taken out. */
export const exportAudit = (body: AuditFilter, options: CommandOptions): Promise<string> =>
  call(api.POST('/api/audit/export', { body, parseAs: 'text', ...options }));

export const devices = () => call(api.GET('/api/me/sessions'));

export async function endDevice(id: string): Promise<'done'> {
  await call(api.DELETE('/api/me/sessions/{id}', { params: { path: { id } } }));
  return 'done';
}

export async function changePassword(
  body: { current_password: string; password: string },
  options: CommandOptions,
): Promise<'done'> {
  await call(api.POST('/api/me/password', { body, ...options }));
  return 'done';
}

export type FactorState = Schemas['FactorState'];
export type Enrolment = Schemas['Enrolment'];

/** How one's second factor stands. */
export const factorQuery = queryOptions({
  queryKey: ['me', 'second_factor'],
  queryFn: () => call(api.GET('/api/me/second-factor')),
});

/** A new secret for an authenticator; it counts once a code of it was shown. */
export const beginFactor = (body: Schemas['BeginFactor'], options: CommandOptions): Promise<Enrolment> =>
  call(api.POST('/api/me/second-factor', { body, ...options }));

export const confirmFactor = (body: Schemas['FactorCode'], options: CommandOptions) =>
  call(api.POST('/api/me/second-factor/confirm', { body, ...options }));

export const renewRecoveryCodes = (body: Schemas['FactorProof'], options: CommandOptions) =>
  call(api.POST('/api/me/second-factor/recovery-codes', { body, ...options }));

export async function turnFactorOff(body: Schemas['FactorProof'], options: CommandOptions): Promise<'done'> {
  await call(api.POST('/api/me/second-factor/off', { body, ...options }));
  return 'done';
}

/** Takes away the second factor of somebody who has lost it; they read the reason. */
export const resetFactor = (id: string, reason: string, options: CommandOptions) =>
  call(api.POST('/api/accounts/{id}/reset-second-factor', { params: { path: { id } }, body: { reason }, ...options }));

export const keepLanguage = (body: { language: Schemas['Lang'] }, options: CommandOptions) =>
  call(api.PUT('/api/me/language', { body, ...options }));

/** Makes the links of the security and audit administrators again, as long as nobody has used them. */
export const reissueInvitations = (options: CommandOptions) => call(api.POST('/api/setup/invitations', { ...options }));
