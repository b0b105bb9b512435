import { useT } from '../i18n/index.ts';
import { Icon } from '../ui/icon.tsx';
import { DateTime } from '../ui/values.tsx';
import type { ComplaintRow } from './complaint-requests.ts';

/** By when it is answered; a mark and a word where that is over. */
export function ComplaintDue({ row }: { row: Pick<ComplaintRow, 'due_at' | 'late' | 'zone'> }) {
  const t = useT();
  if (!row.due_at) return <>—</>;
  return (
    <span className={row.late ? 'ad-late' : undefined}>
      {row.late && <Icon name="warning" size={14} title={t('care.complaint.late')} />}{' '}
      <DateTime at={row.due_at} zone={row.zone} />
    </span>
  );
}
