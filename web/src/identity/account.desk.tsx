/** One account: what it may, and the steps of the security administrator. */
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { type CommandOptions, useCommand } from '../api/command.ts';
import { keys } from '../api/queries.ts';
import { useT } from '../i18n/index.ts';
import { useUnitName } from '../organisation/requests.ts';
import { SettingsFrame } from '../settings/frame.desk.tsx';
import { announce } from '../ui/announce.tsx';
import { Button } from '../ui/button.tsx';
import { Query } from '../ui/states.tsx';
import { DateTime } from '../ui/values.tsx';
import { ConfirmInWords } from '../ui-desk/confirm-in-words.tsx';
import { Panel } from '../ui-desk/detail-page.tsx';
import { Dialog } from '../ui-desk/dialog.tsx';
import { Fact } from '../ui-desk/record-page.tsx';
import { EditAccountDialog } from './account-form.desk.tsx';
import { Invitations } from './invitations.tsx';
import { useMe } from './me.ts';
import { languageNames } from './page-card.tsx';
import { type Account, account, disableAccount, enableAccount, resetFactor, resetPassword } from './requests.ts';
import type { Invitation } from './session.ts';

export default function AccountPage() {
  const t = useT();
  const { account_id = '' } = useParams({ strict: false }) as { account_id?: string };
  const query = useQuery({ queryKey: keys.one('account', account_id), queryFn: () => account(account_id) });
  return (
    <SettingsFrame title={query.data?.data.name ?? t('accounts.one')}>
      <Query of={query}>{({ data }) => <AccountDetail account={data} />}</Query>
    </SettingsFrame>
  );
}

type Step = 'disable' | 'enable' | 'link' | 'factor';

function AccountDetail({ account: shown }: { account: Account }) {
  const t = useT();
  const me = useMe();
  const unitName = useUnitName();
  const [editing, setEditing] = useState(false);
  const [step, setStep] = useState<Step>();
  const [link, setLink] = useState<Invitation>();
  const touches = [keys.one('account', shown.id), ['account', 'list']];
  const command = useCommand(
    async ([which, reason]: [Step, string], options: CommandOptions): Promise<Invitation | Account> => {
      if (which === 'factor') return resetFactor(shown.id, reason, options);
      if (which === 'disable') return disableAccount(shown.id, options);
      if (which === 'enable') return enableAccount(shown.id, options);
      return resetPassword(shown.id, options);
    },
    { touches },
  );
  const close = () => {
    command.clear();
    setStep(undefined);
  };
  const disabled = shown.state === 'disabled';
  return (
    <>
      <Panel
        title={t('accounts.one')}
        action={
          <Button icon="draft" onClick={() => setEditing(true)}>
            {t('common.edit')}
          </Button>
        }
      >
        <dl>
          <Fact label={t('accounts.login')}>{shown.login}</Fact>
          <Fact label={t('accounts.state')}>{t(`accounts.state.${shown.state}`)}</Fact>
          <Fact label={t('accounts.roles')}>{shown.roles.map((role) => t(`status.role.${role}`)).join(', ')}</Fact>
          <Fact label={t('accounts.unit')}>{unitName(shown.unit_id)}</Fact>
          <Fact label={t('common.language')}>{languageNames[shown.language]}</Fact>
          <Fact label={t('accounts.created_at')}>
            <DateTime at={shown.created_at} />
          </Fact>
          <Fact label={t('accounts.password_changed_at')}>
            <DateTime at={shown.password_changed_at} />
          </Fact>
          <Fact label={t('common.second_factor')}>
            {shown.second_factor_at ? (
              <span>
                {t('accounts.factor.on')} <DateTime at={shown.second_factor_at} />
              </span>
            ) : (
              t('accounts.factor.none')
            )}
          </Fact>
          {disabled && (
            <Fact label={t('accounts.disabled_at')}>
              <DateTime at={shown.disabled_at} />
            </Fact>
          )}
        </dl>
      </Panel>
      <Panel title={t('accounts.access')}>
        <p className="ac-second">{t(`accounts.state.${shown.state}.hint`)}</p>
        <div className="ad-row">
          {!disabled && (
            <Button onClick={() => setStep('link')}>
              {t(shown.state === 'invited' ? 'accounts.invite' : 'accounts.reset')}
            </Button>
          )}
          {shown.second_factor_at && shown.id !== me?.id && (
            <Button onClick={() => setStep('factor')}>{t('accounts.step.factor.verb')}</Button>
          )}
          {!disabled && shown.id !== me?.id && (
            <Button kind="danger" onClick={() => setStep('disable')}>
              {t('accounts.disable')}
            </Button>
          )}
          {disabled && <Button onClick={() => setStep('enable')}>{t('accounts.enable')}</Button>}
        </div>
      </Panel>
      {editing && <EditAccountDialog account={shown} onClose={() => setEditing(false)} />}
      <ConfirmInWords
        open={step !== undefined}
        title={step ? t(`accounts.step.${step}.title`, { name: shown.name }) : ''}
        consequences={step ? [t(`accounts.step.${step}.first`), t(`accounts.step.${step}.second`)] : []}
        verb={step ? t(`accounts.step.${step}.verb`) : ''}
        danger={step === 'disable' || step === 'factor'}
        {...(step === 'factor' ? { reason: 'required' as const } : {})}
        busy={command.busy}
        problem={command.problem}
        onCancel={close}
        onConfirm={async (reason) => {
          if (!step) return;
          const answer = await command.run([step, reason]);
          if (!answer) return;
          if ('expires_at' in answer) setLink(answer);
          else announce(t(`accounts.step.${step}.done`));
          close();
        }}
      />
      {link && (
        <Dialog title={t('accounts.link', { name: shown.name })} onClose={() => setLink(undefined)}>
          <div className="ac-form">
            <Invitations invitations={[link]} intro={false} />
          </div>
        </Dialog>
      )}
    </>
  );
}
