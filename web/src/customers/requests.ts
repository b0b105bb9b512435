/** What the screens of customers, sites and contacts ask of the server. */
import { api, call } from '../api/client.ts';
import type { CommandOptions } from '../api/command.ts';
import type { components } from '../api/schema.d.ts';

type Schemas = components['schemas'];
export type Customer = Schemas['CustomerView'];
export type CustomerPageView = Schemas['CustomerPage'];
export type VipLevel = Schemas['VipLevel'];
export type Site = Schemas['Site'];
export type SiteView = Schemas['SiteView'];
export type SiteInput = Schemas['SiteInput'];
export type Contact = Schemas['ContactView'];
export type AccessHours = Schemas['AccessHours'];

export const vipLevels: readonly VipLevel[] = ['none', 'silver', 'gold', 'platinum'];

export const customers = (query: {
  q?: string | undefined;
  vip_level?: VipLevel | undefined;
  limit?: number;
  after?: string | undefined;
}) => call(api.GET('/api/customers', { params: { query } }));

export const customer = (id: string) => call(api.GET('/api/customers/{id}', { params: { path: { id } } }));

export const createCustomer = (body: Schemas['CustomerInput'], options: CommandOptions) =>
  call(api.POST('/api/customers', { body, ...options }));

export const changeCustomer = (id: string, body: Schemas['CustomerInput'], options: CommandOptions) =>
  call(api.PUT('/api/customers/{id}', { params: { path: { id } }, body, ...options }));

export const sites = (query: {
  q?: string | undefined;
  customer_id?: string | undefined;
  division_code?: string | undefined;
  limit?: number;
  after?: string | undefined;
}) => call(api.GET('/api/sites', { params: { query } }));

export const site = (id: string) => call(api.GET('/api/sites/{id}', { params: { path: { id } } }));

export const createSite = (body: Schemas['NewSite'], options: CommandOptions) =>
  call(api.POST('/api/sites', { body, ...options }));

export const changeSite = (id: string, body: SiteInput, options: CommandOptions) =>
  call(api.PUT('/api/sites/{id}', { params: { path: { id } }, body, ...options }));

export const createContact = (body: Schemas['NewContact'], options: CommandOptions) =>
  call(api.POST('/api/contacts', { body, ...options }));

export const changeContact = (id: string, body: Schemas['ContactChange'], options: CommandOptions) =>
  call(api.PUT('/api/contacts/{id}', { params: { path: { id } }, body, ...options }));

export const revealNumber = (id: string, reason: string, options: CommandOptions) =>
  call(api.POST('/api/contacts/{id}/reveal', { params: { path: { id } }, body: { reason }, ...options }));
