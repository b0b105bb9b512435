/** API tokens: what programs may do here, until when. */
import { useState } from 'react';
import { type CommandOptions, useCommand } from '../api/command.ts';
import { serverNow } from '../api/server-clock.ts';
import { useT } from '../i18n/index.ts';
import { SettingsFrame } from '../settings/frame.desk.tsx';
import { announce } from '../ui/announce.tsx';
import { Button } from '../ui/button.tsx';
import { CopyLine } from '../ui/copy-line.tsx';
import { Field, useForm } from '../ui/form.tsx';
import { Empty, ErrorState, Loading } from '../ui/states.tsx';
import { DateTime } from '../ui/values.tsx';
import { ConfirmInWords } from '../ui-desk/confirm-in-words.tsx';
import { Panel } from '../ui-desk/detail-page.tsx';
import { Dialog, FormDialog } from '../ui-desk/dialog.tsx';
import { useKeysetList } from '../ui-desk/keyset.ts';
import { type Pick, RecordPicker } from '../ui-desk/picker.tsx';
import { PlainTable } from '../ui-desk/plain-table.tsx';
import { accounts, createToken, revokeToken, type Token, tokens } from './requests.ts';

export default function TokensPage() {
  const t = useT();
  const list = useKeysetList(['api_token', 'list'], (after) => tokens({ after }));
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<Token>();
  const command = useCommand((id: string, options: CommandOptions) => revokeToken(id, options), {
    touches: [['api_token', 'list']],
  });
  const add = (
    <Button kind="primary" icon="plus" onClick={() => setMaking(true)}>
      {t('accounts.token.create')}
    </Button>
  );
  const state = ({ revoked_at, expires_at }: Token) =>
    revoked_at ? 'revoked' : Date.parse(expires_at) <= serverNow() ? 'ended' : 'valid';
  return (
    <SettingsFrame title={t('accounts.tokens')} action={add}>
      <Panel title={t('accounts.tokens.list')} hint={t('accounts.tokens.hint')}>
        {list.isPending ? (
          <Loading />
        ) : list.error && list.rows.length === 0 ? (
          <ErrorState error={list.error} onRetry={list.refetch} />
        ) : list.rows.length === 0 ? (
          <Empty title={t('accounts.tokens.empty')} hint={t('accounts.tokens.empty.hint')} />
        ) : (
          <PlainTable
            label={t('accounts.tokens')}
            rows={list.rows}
            rowId={({ id }) => id}
            columns={[
              { key: 'name', title: t('accounts.token.name'), render: ({ name }) => name },
              {
                key: 'scopes',
                title: t('accounts.token.scopes'),
                render: ({ scopes }) =>
                  scopes.map((scope) => (
                    <span key={scope} className="ad-tag">
                      {scope}
                    </span>
                  )),
              },
              {
                key: 'expires',
                title: t('accounts.token.expires_at'),
                render: ({ expires_at }) => <DateTime at={expires_at} />,
              },
              {
                key: 'used',
                title: t('accounts.token.last_used_at'),
                render: ({ last_used_at }) => <DateTime at={last_used_at} />,
              },
              {
                key: 'state',
                title: t('accounts.state'),
                render: (row) =>
                  state(row) === 'valid' ? (
                    <button type="button" className="ac-link" onClick={() => setRevoking(row)}>
                      {t('accounts.token.revoke')}
                    </button>
                  ) : (
                    t(`accounts.token.state.${state(row)}`)
                  ),
              },
            ]}
          />
        )}
        {list.hasMore && (
          <Button busy={list.loadingMore} onClick={list.loadMore}>
            {t('common.show_more')}
          </Button>
        )}
      </Panel>
      {making && <NewTokenDialog onClose={() => setMaking(false)} />}
      <ConfirmInWords
        open={revoking !== undefined}
        title={t('accounts.token.revoke_what', { name: revoking?.name ?? '' })}
        consequences={[t('accounts.token.revoke.consequence')]}
        verb={t('accounts.token.revoke')}
        danger
        busy={command.busy}
        problem={command.problem}
        onCancel={() => {
          command.clear();
          setRevoking(undefined);
        }}
        onConfirm={async () => {
          if (!revoking || !(await command.run(revoking.id))) return;
          announce(t('accounts.token.revoked'));
          setRevoking(undefined);
        }}
      />
    </SettingsFrame>
  );
}

function NewTokenDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const [secret, setSecret] = useState<string>();
  const command = useCommand(createToken, { touches: [['api_token', 'list']] });
  const form = useForm({
    initial: { account: undefined as Pick | undefined, name: '', scopes: '', days: '90' },
    draft_key: 'accounts.token',
    problem: command.problem,
  });
  const { values } = form;
  if (secret !== undefined) {
    return (
      <Dialog title={t('accounts.token.created')} onClose={onClose}>
        <div className="ac-form">
          {secret ? (
            <>
              <p>{t('accounts.token.once')}</p>
              <CopyLine label={t('accounts.token.secret')} text={secret} />
            </>
          ) : (
            <p>{t('accounts.token.shown_before')}</p>
          )}
        </div>
      </Dialog>
    );
  }
  return (
    <FormDialog
      title={t('accounts.token.create')}
      form={form}
      verb={t('accounts.token.create')}
      busy={command.busy}
      problem={command.problem}
      onClose={onClose}
      onSave={async () => {
        if (!values.account) {
          form.setErrors([{ pointer: '/account_id', code: 'account', detail: t('accounts.token.fault.account') }]);
          return;
        }
        const answer = await command.run({
          account_id: values.account.id,
          name: values.name.trim(),
          scopes: values.scopes.split(/[\s,]+/).filter(Boolean),
          expires_at: new Date(serverNow() + Number(values.days) * 86_400_000).toISOString(),
        });
        if (!answer) return;
        form.reset();
        setSecret(answer.secret ?? '');
      }}
    >
      <Field
        label={t('accounts.token.account')}
        hint={t('accounts.token.account.hint')}
        required
        error={form.errorAt('/account_id')}
      >
        {(input) => (
          <RecordPicker
            input={input}
            kind="account"
            value={values.account}
            onPick={(pick) => form.set('account', pick)}
            find={async (q) => {
              const { items } = await accounts({ q: q || undefined, limit: 20 });
              return items.map(({ id, name, login }) => ({ id, label: name, detail: login }));
            }}
          />
        )}
      </Field>
      <Field
        label={t('accounts.token.name')}
        hint={t('accounts.token.name.hint')}
        required
        error={form.errorAt('/name')}
      >
        {(input) => <input {...input} {...form.text('name')} maxLength={80} />}
      </Field>
      <Field
        label={t('accounts.token.scopes')}
        hint={t('accounts.token.scopes.hint')}
        required
        error={form.errorAt('/scopes')}
      >
        {(input) => (
          <textarea {...input} {...form.text('scopes')} spellCheck={false} placeholder="cases.read customers.read" />
        )}
      </Field>
      <Field label={t('accounts.token.lasts')} required error={form.errorAt('/expires_at')}>
        {(input) => (
          <select {...input} value={values.days} onChange={(event) => form.set('days', event.target.value)}>
            {['30', '90', '180', '365'].map((days) => (
              <option key={days} value={days}>
                {t('accounts.token.days', { days })}
              </option>
            ))}
          </select>
        )}
      </Field>
    </FormDialog>
  );
}
