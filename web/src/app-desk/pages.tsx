/** The pages that say that there is nothing here: no permission, not found, and a screen that broke. */
import { useRouter } from '@tanstack/react-router';
import { currentLanguage, useT } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Empty, ErrorState } from '../ui/states.tsx';

/** The person may not see this screen; it says in words what it is for, and whom to ask. */
export function NoPermissionPage({ any }: { any: readonly string[] }) {
  const t = useT();
  const either = new Intl.ListFormat(currentLanguage(), { type: 'disjunction' });
  return (
    <Empty
      title={t('shell.no_permission')}
      hint={t('shell.no_permission.hint', { what: either.format(any.map((each) => t(`shell.may.${each}`))) })}
      action={<a href="/">{t('shell.to_home')}</a>}
    />
  );
}

/** The address leads nowhere. */
export function NotFoundPage() {
  const t = useT();
  return (
    <Empty
      title={t('shell.not_found')}
      hint={t('shell.not_found.hint')}
      action={<a href="/">{t('shell.to_home')}</a>}
    />
  );
}

/** A screen could not be loaded or drawn. After an update of the server, its old code is gone: loading the page again helps. */
export function BrokenPage({ error }: { error: unknown }) {
  const t = useT();
  const router = useRouter();
  const oldCode =
    error instanceof Error && /dynamically imported module|Importing a module script failed/i.test(error.message);
  if (oldCode) {
    return (
      <Empty
        title={t('shell.updated')}
        hint={t('shell.updated.hint')}
        action={
          <Button kind="primary" onClick={() => location.reload()}>
            {t('shell.reload')}
          </Button>
        }
      />
    );
  }
  return <ErrorState error={error} onRetry={() => void router.invalidate()} />;
}
