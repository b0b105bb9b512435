/** The words of a kind of event: `notifications.kind.visit_dispatched` for `visit.dispatched`; else the kind itself. */
import { hasText, useT } from '../i18n/index.ts';

export function useKindName(): (kind: string) => string {
  const t = useT();
  return (kind) => {
    const key = `notifications.kind.${kind.replaceAll('.', '_')}`;
    return hasText(key) ? t(key) : kind;
  };
}
