/** What the coverage of a case asks of the server. */
import { queryOptions } from '@tanstack/react-query';
import { api, call } from '../api/client.ts';
import type { CommandOptions } from '../api/command.ts';
import { keys } from '../api/queries.ts';
import type { components } from '../api/schema.d.ts';

export type Schemas = components['schemas'];
export type Decision = Schemas['DecisionView'];
export type CaseDecision = Schemas['CoverageDecisionView'];
export type Finding = Schemas['ExclusionFindingView'];
export type ExclusionCode = Schemas['ExclusionCode'];

/** The exclusions that people see on a device; the fifth follows from the dates. */
export const exclusionCodes = ['abnormal_operation', 'self_dismantled', 'non_designated', 'mixed_system'] as const;

/** The verdict on a fault reported now; nothing is kept. */
export const previewQuery = (asset_id: string) =>
  queryOptions({
    queryKey: keys.part('asset', asset_id, 'coverage'),
    queryFn: () => call(api.GET('/api/coverage/preview', { params: { query: { asset_id } } })),
    staleTime: 60_000,
  });

/** The decision that holds for a case. */
export const decisionQuery = (case_id: string) =>
  queryOptions({
    queryKey: keys.part('case', case_id, 'coverage'),
    queryFn: () => call(api.GET('/api/cases/{id}/coverage', { params: { path: { id: case_id } } })),
  });

export const propose = (case_id: string, body: Schemas['ProposeExclusion'], options: CommandOptions) =>
  call(api.POST('/api/cases/{id}/exclusions', { params: { path: { id: case_id } }, body, ...options }));

export const decide = (finding_id: string, body: Schemas['DecideExclusion'], options: CommandOptions) =>
  call(api.POST('/api/exclusions/{id}/decide', { params: { path: { id: finding_id } }, body, ...options }));

export const stateFacts = (case_id: string, body: Schemas['AnswerFacts'], options: CommandOptions) =>
  call(api.POST('/api/cases/{id}/coverage/facts', { params: { path: { id: case_id } }, body, ...options }));

export const overrule = (decision_id: string, body: Schemas['OverruleCoverage'], options: CommandOptions) =>
  call(api.POST('/api/coverage/{id}/overrule', { params: { path: { id: decision_id } }, body, ...options }));

export const approve = (overruling_id: string, body: Schemas['ApproveOverruling'], options: CommandOptions) =>
  call(api.POST('/api/overrulings/{id}/approve', { params: { path: { id: overruling_id } }, body, ...options }));
