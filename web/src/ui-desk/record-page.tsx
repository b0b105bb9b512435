/** A record screen: head strip, timeline at the left, facts at the right, one primary button for the next step. */
import { useRouter } from '@tanstack/react-router';
import { Dropdown } from 'antd';
import { type ReactNode, useState } from 'react';
import type { Problem } from '../api/problem.ts';
import { useT } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';
import { ErrorState } from '../ui/states.tsx';
import { useTitle } from './title.ts';

/** A step beside the next one, under "…". */
export interface OtherStep {
  key: string;
  label: string;
  danger?: boolean;
  /** Why it can't be taken now; it is shown, greyed, with the reason. */
  reason?: string | undefined;
  onClick: () => void;
}

export function RecordPage(props: {
  /** The number and name: title of the page and of the browser's tab. */
  number: string;
  title: string;
  /** Links to customer, site, asset; severity, coverage and clock badges. */
  badges: ReactNode;
  trail?: ReactNode;
  timeline: ReactNode;
  facts: ReactNode;
  /** The next step; `reason` says why it can't be taken yet. */
  next?: { label: string; onClick: () => void; busy?: boolean; reason?: string | undefined };
  others?: readonly OtherStep[];
  /** Refusal of the last step. */
  problem?: Problem | undefined;
}) {
  const t = useT();
  const router = useRouter();
  const { number, title, badges, trail, timeline, facts, next, others = [], problem } = props;
  useTitle(`${number} ${title}`);
  return (
    <article className="ad-record">
      <header className="ac-panel ad-record-head">
        <button type="button" className="ac-link" onClick={() => router.history.back()} title={t('common.back')}>
          <Icon name="back" size={20} title={t('common.back')} />
        </button>
        <div>
          <h1>
            <span className="ac-figure">{number}</span> {title}
          </h1>
          {trail && <div className="ad-trail">{trail}</div>}
          <div className="ad-badges">{badges}</div>
        </div>
      </header>
      <div className="ad-record-body">
        <div className="ac-panel ad-record-timeline">{timeline}</div>
        <div className="ad-record-side">
          <div className="ad-facts">{facts}</div>
          {problem && <ErrorState error={problem} inline />}
          {next?.reason && <p className="ac-hint">{next.reason}</p>}
          {(next || others.length > 0) && (
            <div className="ad-steps">
              {others.length > 0 && (
                <Dropdown
                  trigger={['click']}
                  menu={{
                    items: others.map(({ key, label, danger, reason }) => ({
                      key,
                      danger: danger ?? false,
                      disabled: reason !== undefined,
                      label: reason ? `${label} (${reason})` : label,
                    })),
                    onClick: ({ key }) => others.find((other) => other.key === key)?.onClick(),
                  }}
                >
                  <button type="button" className="ac-button" aria-haspopup="menu">
                    <Icon name="more" title={t('common.other_steps')} />
                  </button>
                </Dropdown>
              )}
              {next && (
                <Button
                  kind="primary"
                  onClick={next.onClick}
                  busy={next.busy ?? false}
                  disabled={next.reason !== undefined}
                  reason={next.reason}
                >
                  {next.label}
                </Button>
              )}
            </div>
          )}
        </div>
      </div>
    </article>
  );
}

interface GroupProps {
  title: string;
  action?: ReactNode;
  children: ReactNode;
}

/** A small group beside a record with its title; what stands in it is no list of facts. */
export function SideGroup({ title, action, children }: GroupProps) {
  return (
    <section className="ac-panel ad-fact-group">
      <div className="ad-head">
        <h2>{title}</h2>
        {action}
      </div>
      {children}
    </section>
  );
}

/** A small group of facts with its title; `lead` stands above the list, `foot` below it. */
export function FactGroup({ children, lead, foot, ...group }: GroupProps & { lead?: ReactNode; foot?: ReactNode }) {
  return (
    <SideGroup {...group}>
      {lead}
      <dl>{children}</dl>
      {foot}
    </SideGroup>
  );
}

/**
 * One fact. With `edit` it can be changed in place: by a button, with visible Save and Cancel (nothing saves itself in
 * secret); `edit.save` resolves to true once it is saved, and `edit.problem` says why it was not.
 */
export function Fact(props: {
  label: string;
  children: ReactNode;
  edit?: {
    value: string;
    save: (value: string) => Promise<boolean>;
    problem?: Problem | undefined;
    multiline?: boolean;
  };
}) {
  const t = useT();
  const { label, children, edit } = props;
  const [draft, setDraft] = useState<string>();
  const [busy, setBusy] = useState(false);

  const save = async () => {
    if (!edit || draft === undefined || busy) return;
    setBusy(true);
    try {
      if (await edit.save(draft)) setDraft(undefined);
    } finally {
      setBusy(false);
    }
  };

  if (edit && draft !== undefined) {
    const Input = edit.multiline ? 'textarea' : 'input';
    return (
      <div className="ad-fact ad-fact-edit">
        <Field label={label} required error={edit.problem?.errors[0]?.detail ?? edit.problem?.title}>
          {(input) => (
            <Input
              {...input}
              autoFocus
              value={draft}
              onChange={(event: { target: { value: string } }) => setDraft(event.target.value)}
              onKeyDown={(event: {
                key: string;
                ctrlKey: boolean;
                metaKey: boolean;
                nativeEvent: { isComposing: boolean };
              }) => {
                const enter = event.key === 'Enter' && !event.nativeEvent.isComposing;
                if (enter && (!edit.multiline || event.ctrlKey || event.metaKey)) void save();
              }}
            />
          )}
        </Field>
        <div className="ad-steps">
          <Button onClick={() => setDraft(undefined)}>{t('common.cancel')}</Button>
          <Button kind="primary" busy={busy} onClick={() => void save()}>
            {t('common.save')}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div className="ad-fact">
      <dt>{label}</dt>
      <dd>
        {children}
        {edit && (
          <button
            type="button"
            className="ac-link"
            onClick={() => setDraft(edit.value)}
            aria-label={t('common.change_what', { what: label })}
          >
            <Icon name="draft" size={14} />
          </button>
        )}
      </dd>
    </div>
  );
}
