/** The pages that say that there is nothing here: no permission, not found, and a screen that broke. */
import { useRouter } from '@tanstack/react-router';
import { useT } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Empty, ErrorState } from '../ui/states.tsx';

/** The person may not see this screen; it says which permission would be needed, so that they can ask for it. */
export function NoPermissionPage({ any }: { any: readonly string[] }) {
  const t = useT();
  return (
    <Empty
      title={t('shell.no_permission')}
      hint={t('shell.no_permission.hint', { permissions: any.join(', ') })}
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
