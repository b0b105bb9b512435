/** Home: the to-do list of the person's role, put together from the panels of the domains. */
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo } from 'react';
import { loadTexts, useT } from '../i18n/index.ts';
import { allows, meQuery } from '../identity/me.ts';
import { Empty, Loading } from '../ui/states.tsx';
import { useTitle } from '../ui-desk/title.ts';
import { type HomePanel, panels } from './screen.ts';

function panelComponent(panel: HomePanel) {
  return lazy(async () => {
    const [module] = await Promise.all([panel.load(), loadTexts(panel.areas)]);
    return module;
  });
}

const components = new Map(panels.map((panel) => [panel.key, panelComponent(panel)]));

export default function HomePage() {
  const t = useT();
  const { data: me } = useQuery(meQuery);
  useTitle(t('shell.rail.home'));
  const mine = useMemo(() => {
    const has = (any: readonly string[] | undefined) => any !== undefined && allows(me?.permissions ?? [], any);
    const place = (panel: HomePanel) => (has(panel.after) ? 50 : panel.order);
    return panels
      .filter(({ any, unless }) => allows(me?.permissions ?? [], any) && !has(unless))
      .sort((a, b) => place(a) - place(b));
  }, [me]);
  return (
    <div className="ad-home">
      <h1>{t('shell.home.hello', { name: me?.name ?? '' })}</h1>
      {mine.length === 0 && (
        <section className="ac-panel">
          <Empty title={t('shell.home.empty')} hint={t('shell.home.empty.hint')} />
        </section>
      )}
      {mine.map(({ key }) => {
        const Panel = components.get(key);
        return (
          Panel && (
            <Suspense key={key} fallback={<Loading shape="card" rows={1} />}>
              <Panel />
            </Suspense>
          )
        );
      })}
    </div>
  );
}
