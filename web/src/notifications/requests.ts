/** What the screens of notifications ask of the server. */
import { queryOptions } from '@tanstack/react-query';
import { api, call } from '../api/client.ts';
import type { CommandOptions } from '../api/command.ts';
import { keys } from '../api/queries.ts';
import type { components, operations } from '../api/schema.d.ts';

type Schemas = components['schemas'];
export type Settings = Schemas['SettingsView'];
export type SettingsInput = Schemas['SettingsInput'];
export type Tls = Schemas['Tls'];
export type Webhook = Schemas['WebhookView'];
export type Delivery = Schemas['DeliveryView'];
export type DeliveryFilter = NonNullable<operations['list_deliveries']['parameters']['query']>;

export const settingsQuery = queryOptions({
  queryKey: keys.list('notification_settings'),
  queryFn: () => call(api.GET('/api/notification-settings')),
});

export const changeSettings = (body: SettingsInput, options: CommandOptions) =>
  call(api.PUT('/api/notification-settings', { body, ...options }));

/** By mail to an address, or to a webhook. */
export const sendTest = (body: Schemas['TestMessage'], options: CommandOptions) =>
  call(api.POST('/api/notification-settings/test', { body, ...options }));

export const webhooksQuery = queryOptions({
  queryKey: keys.list('webhook'),
  queryFn: () => call(api.GET('/api/webhooks')),
});

export const createWebhook = (body: Schemas['NewWebhook'], options: CommandOptions) =>
  call(api.POST('/api/webhooks', { body, ...options }));

export const removeWebhook = (id: string, options: CommandOptions) =>
  call(api.DELETE('/api/webhooks/{id}', { params: { path: { id } }, body: {} as never, ...options }));

/** A page of messages, newest first. */
export const deliveries = (query: DeliveryFilter) => call(api.GET('/api/deliveries', { params: { query } }));

export const retryDelivery = (id: string, options: CommandOptions) =>
  call(api.POST('/api/deliveries/{id}/retry', { params: { path: { id } }, body: {} as never, ...options }));

export type DutyAlert = Schemas['AlertView'];

/** What I was told of and nobody has taken. Events make it fresh; somebody on call for another unit hears none of them, so it is asked again. */
export const alertsQuery = queryOptions({
  queryKey: keys.list('alert'),
  queryFn: () => call(api.GET('/api/alerts')),
  refetchInterval: 30_000,
});

export const takeAlert = (id: string, options: CommandOptions) =>
  call(api.POST('/api/alerts/{id}/acknowledge', { params: { path: { id } }, body: {} as never, ...options }));
