/** What the screens of products, assets and acceptances ask of the server. */
import { api, call } from '../api/client.ts';
import type { CommandOptions } from '../api/command.ts';
import type { components } from '../api/schema.d.ts';
import type { Language } from '../i18n/index.ts';
import type { PaperTemplate } from '../ui/pdf.tsx';

type Schemas = components['schemas'];
export type Asset = Schemas['AssetView'];
export type AssetInput = Schemas['AssetInput'];
export type Product = Schemas['ProductView'];
export type Acceptance = Schemas['AcceptanceView'];

export const assets = (query: {
  q?: string | undefined;
  site_id?: string | undefined;
  product_id?: string | undefined;
  accepted?: boolean | undefined;
  limit?: number;
  after?: string | undefined;
}) => call(api.GET('/api/assets', { params: { query } }));

export const asset = (id: string) => call(api.GET('/api/assets/{id}', { params: { path: { id } } }));

export const registerAsset = (body: AssetInput, options: CommandOptions) =>
  call(api.POST('/api/assets', { body, ...options }));

export const changeAsset = (id: string, body: AssetInput, options: CommandOptions) =>
  call(api.PUT('/api/assets/{id}', { params: { path: { id } }, body, ...options }));

export const coveragePreview = (asset_id: string) =>
  call(api.GET('/api/coverage/preview', { params: { query: { asset_id } } }));

/** The parts in it that were repaired or sold, with the day until which each is covered (P49, P53). */
export const partWarranties = (asset_id: string) =>
  call(api.GET('/api/part-warranties', { params: { query: { asset_id } } }));

export const products = (query: {
  model?: string | undefined;
  active?: boolean | undefined;
  limit?: number;
  after?: string | undefined;
}) => call(api.GET('/api/products', { params: { query } }));

export const createProduct = (body: Schemas['ProductInput'], options: CommandOptions) =>
  call(api.POST('/api/products', { body, ...options }));

export const changeProduct = (id: string, body: Schemas['ProductInput'], options: CommandOptions) =>
  call(api.PUT('/api/products/{id}', { params: { path: { id } }, body, ...options }));

export const recordAcceptance = (body: Schemas['NewAcceptance'], options: CommandOptions) =>
  call(api.POST('/api/acceptances', { body, ...options }));

export const acceptance = (id: string) => call(api.GET('/api/acceptances/{id}', { params: { path: { id } } }));

export const revokeAcceptance = (id: string, reason: string, options: CommandOptions) =>
  call(api.POST('/api/acceptances/{id}/revoke', { params: { path: { id } }, body: { reason }, ...options }));

/** Labels for assets as a PDF. */
export const printLabels = (body: Schemas['PrintLabels'], options: CommandOptions): Promise<Blob> =>
  call<unknown>(api.POST('/api/asset-labels', { body, ...options, parseAs: 'blob' })).then((pdf) => pdf as Blob);

/** The certificate of an acceptance as a PDF. */
export const acceptancePdf = (id: string, lang: Language, template: PaperTemplate): Promise<Blob> => {
  const params = { path: { id }, query: { lang, template } };
  return call<unknown>(api.GET('/api/acceptances/{id}/pdf', { params, parseAs: 'blob' })).then((pdf) => pdf as Blob);
};
