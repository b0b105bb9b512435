/** The title of the browser's tab. */
import { useEffect } from 'react';
import { useT } from '../i18n/index.ts';

/** Names the tab after the screen: "SQ20261122-0007 · Aftercare". */
export function useTitle(title: string): void {
  const t = useT();
  useEffect(() => {
    document.title = `${title} · ${t('common.product')}`;
  }, [title, t]);
}
