/** Whether a case is covered, with its date, from the badge the server sends along. */
import { CoverageBadge } from '../ui/badges.tsx';
import type { Schemas } from './requests.ts';

const basis: Record<string, string> = {
  acceptance_year: 'warranty',
  agreement: 'agreement',
  rework: 'rework',
  repaired_part: 'repaired_part',
  sold_part: 'sold_part',
};

/** `onOpen` shows the reasons. */
export function Coverage({ of, onOpen }: { of: Schemas['CoverageBadge']; onOpen?: () => void }) {
  const word = of.verdict === 'covered' && of.layer ? basis[of.layer] : undefined;
  return (
    <CoverageBadge
      verdict={of.verdict}
      date={of.until ?? null}
      {...(word ? { basis: word } : {})}
      {...(onOpen ? { onOpen } : {})}
    />
  );
}
