/** The badges of a case: severity, coverage, clocks. */
import { useQuery } from '@tanstack/react-query';
import { hasText, useT } from '../i18n/index.ts';
import { CoverageBadge, SeverityBadge, StatusBadge } from '../ui/badges.tsx';
import { ClockBadge } from '../ui/clock-badge.tsx';
import { badgeClock, type CaseClock, leadingClock } from './clocks.ts';
import { type CaseCount, type CaseRow, hoursQuery, type Schemas } from './requests.ts';

/** The verdict with its date. The layer's own name is the basis: "warranty", "agreement". */
export function CaseCoverage({
  badge,
  onOpen,
}: {
  badge: Schemas['CoverageBadge'] | null | undefined;
  onOpen?: () => void;
}) {
  if (!badge) return null;
  const basis = badge.layer === 'acceptance_year' ? 'warranty' : badge.layer;
  return (
    <CoverageBadge
      verdict={badge.verdict}
      date={badge.until ?? null}
      {...(basis ? { basis } : {})}
      {...(onOpen ? { onOpen } : {})}
    />
  );
}

/** The words of a pause. */
export function usePauseWords(): (code: string) => string {
  const t = useT();
  return (code) => (hasText(`cases.pause.${code}`) ? t(`cases.pause.${code}`) : code);
}

/** All clocks of a case, or the one that matters most (`lead`, for tables). */
export function CaseClocks(props: { clocks: readonly CaseClock[]; as_of: number; zone: string; lead?: boolean }) {
  const { clocks, as_of, zone, lead = false } = props;
  const hours = useQuery(hoursQuery).data ?? [];
  const words = usePauseWords();
  const first = leadingClock(clocks);
  const shown = lead ? (first ? [first] : []) : clocks;
  return shown.map((clock) => {
    const view = badgeClock(clock, as_of, hours, words);
    return view && <ClockBadge key={clock.id} clock={view} zone={zone} compact={lead} />;
  });
}

/** Severity, state, coverage, clocks: the line of badges of a head strip. */
export function CaseBadges(props: { row: CaseRow; as_of: number; onCoverage?: () => void }) {
  const { row, as_of, onCoverage } = props;
  return (
    <>
      <SeverityBadge severity={row.severity} vip={row.vip_level !== 'none'} />
      <StatusBadge kind="case" state={row.state} />
      <CaseCoverage badge={row.coverage} {...(onCoverage ? { onOpen: onCoverage } : {})} />
      <CaseClocks clocks={row.clocks} as_of={as_of} zone={row.zone} />
    </>
  );
}

/** A count that is exact up to 200: "137", "200+". */
export function countWords(count: CaseCount): string {
  return count.more ? `${count.n}+` : String(count.n);
}
