/** Figures of a page by name: `performance`, `lcp_ms`, `kb`, … */
export type Figures = Record<string, number>;
export type Budget = { profile: 'phone' | 'desk'; performance: number } & Record<string, number | string>;
export const BUDGETS: Record<'customer' | 'engineer' | 'desk' | 'dispatcher' | 'sign_in', Budget>;
export function missed(budget: Budget, seen: Figures): string[];
export function middle(figures: readonly number[]): number;
export function middleOf(all: readonly Figures[]): Figures;
