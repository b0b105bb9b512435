/** The intake form: who, what is known there, what happens. Everything typed stays on this device until it is saved. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useCommand } from '../../api/command.ts';
import { serverNow } from '../../api/server-clock.ts';
import { CallDialog } from '../../calls/call.desk.tsx';
import { Caller } from '../../calls/caller.desk.tsx';
import type { Choice } from '../../calls/callers.ts';
import { looksLikeNumber } from '../../calls/callers.ts';
import {
  hotlinesQuery,
  lastDialled,
  promiseQuery,
  recordCall,
  rememberDialled,
  reportFault,
  settleCall,
} from '../../calls/requests.ts';
import { draftKeyOf, type IntakeTab } from '../../calls/tabs.ts';
import { useT } from '../../i18n/index.ts';
import { useMe } from '../../identity/me.ts';
import { SeverityBadge } from '../../ui/badges.tsx';
import { useBoth } from '../../ui/both.ts';
import { Button } from '../../ui/button.tsx';
import { Field, useForm, useSaveKey } from '../../ui/form.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { useZone } from '../../ui/zone.ts';
import { PromiseWords } from '../promise-words.tsx';
import { policyQuery, type Schemas, siteQuery } from '../requests.ts';
import { severityOf } from '../severity.ts';
import { EffectQuestions } from './effects.desk.tsx';
import { LookUpBox } from './look-up.desk.tsx';
import { NewSiteDialog } from './new-site.desk.tsx';
import type { SavedReport } from './saved.desk.tsx';
import { focusOn, SitePane } from './site-pane.desk.tsx';
import { Who } from './who.desk.tsx';

/** A call whose hotline nobody knows; empty stands for the usual one. */
const unknown = 'unknown';

/** The ways in which a report comes to the desk without a call. */
const otherChannels = ['message', 'mail', 'in_person'] as const;

/** The site that was chosen, with the names that were shown. */
export interface ChosenSite {
  id: string;
  name: string;
  customer_name: string;
  vip: boolean;
}

/** What the form holds. Numbers and names of callers stay in this browser's draft until the report is saved. */
export interface IntakeValues {
  draft_id: string;
  look_up: string;
  caller_number: string;
  dialled: string;
  started_at: string;
  channel: Schemas['ReportChannel'];
  kind: Schemas['CaseKind'];
  site: ChosenSite | null;
  contact_id: string;
  contact_name: string;
  contact_role: string;
  contact_phone: string;
  asset_id: string;
  symptom: string;
  effects: Record<string, boolean>;
  severity: '' | Schemas['Severity'];
  severity_reason: string;
  reachable_when: string;
}

export function IntakeForm(props: {
  /** The form's id: it makes one case, however often it is sent. */
  round: string;
  tab: IntakeTab;
  onSaved: (saved: SavedReport) => void;
  /** The call led to no new report: its tab is done with. */
  onDone: () => void;
}) {
  const { round, tab, onSaved, onDone } = props;
  const { call_id } = tab;
  const t = useT();
  const both = useBoth();
  const own = useZone();
  const navigate = useNavigate();
  const { caller } = useSearch({ strict: false }) as { caller?: string | number };
  const [dialog, setDialog] = useState<'site' | 'call'>();
  const command = useCommand(reportFault, { touches: [['case', 'list']] });
  const going = useCommand(recordCall);
  const settling = useCommand(settleCall, { touches: [['call', 'list']] });
  const form = useForm<IntakeValues>({
    initial: {
      draft_id: round,
      look_up: '',
      caller_number: '',
      dialled: '',
      started_at: '',
      channel: 'phone',
      kind: 'fault',
      site: null,
      contact_id: '',
      contact_name: '',
      contact_role: '',
      contact_phone: '',
      asset_id: '',
      symptom: '',
      effects: {},
      severity: '',
      severity_reason: '',
      reachable_when: '',
    },
    draft_key: draftKeyOf(tab.key),
    problem: command.problem,
  });
  const { values, set } = form;
  const site = useQuery({ ...siteQuery(values.site?.id ?? ''), enabled: values.site !== null });
  const policy = useQuery(policyQuery).data;
  const hotlines = useQuery(hotlinesQuery).data ?? [];
  const questions = values.kind === 'fault' ? (policy?.content.effect_questions ?? []) : [];
  const given = severityOf(questions, values.effects);
  const severity = values.severity || given.severity;
  const promised = useQuery(promiseQuery(severity, values.kind, values.asset_id || undefined));
  const promise = promised.data;
  const zone = site.data?.zone ?? own;

  // The first time on this device: the hotline of one's own unit, or the first there is.
  const own_unit = useMe()?.unit?.id;
  const usual =
    hotlines.find(({ active, unit_id }) => active && unit_id === own_unit) ?? hotlines.find((each) => each.active);
  const dialled = values.dialled === unknown ? '' : values.dialled || lastDialled() || usual?.number || '';

  // A telephone system opens the page with the caller's number; somebody else's half-written report is never overwritten.
  const popped = useRef(false);
  useEffect(() => {
    if (popped.current || !caller || call_id || values.look_up || values.site) return;
    popped.current = true;
    set('look_up', String(caller));
    set('started_at', new Date(serverNow()).toISOString());
  }, [caller, call_id, values.look_up, values.site, set]);
  useEffect(() => focusOn(values.site ? 'symptom' : 'look-up'), [values.site]);

  const choose = (choice: Choice) => {
    if (choice.case_id) {
      void navigate({ to: `/cases/${choice.case_id}` });
      return;
    }
    if (looksLikeNumber(values.look_up) && !values.caller_number) set('caller_number', values.look_up.trim());
    if (choice.contact_id) set('contact_id', choice.contact_id);
    if (!choice.site_id) {
      // The customer has several sites: their names are looked for next.
      set('look_up', choice.customer_name ?? '');
      return;
    }
    set('site', {
      id: choice.site_id,
      name: choice.site_name ?? '',
      customer_name: choice.customer_name ?? '',
      vip: choice.vip,
    });
    set('asset_id', choice.asset_id ?? '');
  };

  const save = async () => {
    const faults = [
      ...(values.site ? [] : [{ pointer: '/site_id', code: 'missing', detail: t('intake.missing.site') }]),
      ...(values.symptom.trim() ? [] : [{ pointer: '/symptom', code: 'missing', detail: t('cases.missing.symptom') }]),
      ...(values.severity && values.severity !== given.severity && !values.severity_reason.trim()
        ? [{ pointer: '/severity_reason', code: 'missing', detail: t('cases.missing.reason') }]
        : []),
    ];
    if (faults.length > 0 || !values.site) {
      form.setErrors(faults);
      if (!values.site) focusOn('look-up');
      return;
    }
    const phone = values.contact_phone.trim();
    const answer = await command.run({
      kind: values.kind,
      channel: values.channel,
      site_id: values.site.id,
      ...(values.asset_id ? { asset_id: values.asset_id } : {}),
      ...(values.caller_number ? { caller_number: values.caller_number } : {}),
      ...(values.contact_id
        ? { contact: { id: values.contact_id } }
        : phone || values.contact_name.trim()
          ? {
              contact: {
                name: values.contact_name.trim(),
                role: values.contact_role.trim(),
                phone: phone || values.caller_number || null,
              },
            }
          : {}),
      symptom: values.symptom.trim(),
      effects: Object.fromEntries(
        questions.flatMap(({ code }) => {
          const said = values.effects[code];
          return said === undefined ? [] : [[code, said]];
        }),
      ),
      ...(values.severity && values.severity !== given.severity
        ? { severity: values.severity, severity_reason: values.severity_reason.trim() }
        : {}),
      ...(values.reachable_when.trim() ? { reachable_when: values.reachable_when.trim() } : {}),
      draft_id: values.draft_id,
      ...(call_id ? { call_id } : {}),
    });
    if (!answer) return;
    if (dialled) rememberDialled(dialled);
    const site_name = values.site.name;
    // A call of the telephone system stands on record already.
    const call = call_id ? undefined : callOf(values, dialled, { outcome: 'case_made', case_id: answer.id });
    form.reset();
    onSaved({ answer, site_name, zone: site.data?.zone, call });
  };
  const onKeyDown = useSaveKey(() => void save());

  const settle = async (outcome: 'case_continued' | 'answered' | 'no_concern', case_id?: string) => {
    if (!call_id || !(await settling.run({ id: call_id, outcome, ...(case_id ? { case_id } : {}) }))) return false;
    form.reset();
    onDone();
    return true;
  };
  const goOn = async (case_id: string) => {
    if (call_id) {
      if (await settle('case_continued', case_id)) void navigate({ to: `/cases/${case_id}` });
      return;
    }
    const body = callOf(values, dialled, { outcome: 'case_continued', case_id });
    if (body && !(await going.run(body))) return;
    form.reset();
    void navigate({ to: `/cases/${case_id}` });
  };

  const used = command.problem?.code === 'case_draft_used' ? (command.problem.current as { id?: string }) : undefined;
  // Fields that stand on the form; a refusal of anything else is said above the button.
  const placed = [
    '/site_id',
    '/symptom',
    '/severity_reason',
    '/reachable_when',
    '/asset_id',
    '/contact',
    '/caller_number',
  ];
  const unplaced =
    command.problem &&
    (command.problem.errors.length === 0 ||
      command.problem.errors.some(({ pointer }) => !placed.some((each) => pointer.startsWith(each))));
  return (
    <>
      <form
        className="ad-intake"
        noValidate
        onKeyDown={onKeyDown}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <section className="ac-panel ad-intake-who" aria-label={t('intake.who')}>
          <h2>{t('intake.who')}</h2>
          {call_id && (
            <Caller
              call_id={call_id}
              chosen={values.site !== null}
              touched={values.look_up !== '' || values.symptom !== ''}
              onChoose={choose}
              onGoOn={(id) => void goOn(id)}
            />
          )}
          {!call_id && (
            <Field label={t('intake.came_by')} required>
              {(input) => (
                <select
                  {...input}
                  value={values.channel === 'phone' ? dialled || 'phone' : values.channel}
                  onChange={(event) => {
                    const channel = otherChannels.find((each) => each === event.target.value);
                    set('channel', channel ?? 'phone');
                    set('dialled', channel ? '' : event.target.value === 'phone' ? unknown : event.target.value);
                  }}
                >
                  <option value="phone">{t('intake.dialled.unknown')}</option>
                  {hotlines
                    .filter(({ active }) => active)
                    .map(({ id, number, name }) => (
                      <option key={id} value={number}>
                        {`${both(name)} ${number}`}
                      </option>
                    ))}
                  {otherChannels.map((channel) => (
                    <option key={channel} value={channel}>
                      {t(`cases.channel.${channel}`)}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          )}
          {!values.site && (
            <LookUpBox
              value={values.look_up}
              onChange={(text) => {
                set('look_up', text);
                if (!values.started_at) set('started_at', new Date(serverNow()).toISOString());
              }}
              onChoose={choose}
              onNew={() => setDialog('site')}
              onKeepNumber={(number) => {
                set('caller_number', number);
                set('contact_phone', number);
                set('look_up', '');
                focusOn('look-up');
              }}
              chosen={false}
            />
          )}
          {form.errorAt('/site_id') && (
            <p className="ac-field-error" role="alert">
              {form.errorAt('/site_id')}
            </p>
          )}
          <Who form={form} site={site.data} error={site.error} />
          <div className="ad-intake-foot">
            {call_id ? (
              <>
                <Button onClick={() => void settle('answered')} busy={settling.busy}>
                  {t('intake.outcome.answered')}
                </Button>
                <Button onClick={() => void settle('no_concern')} busy={settling.busy}>
                  {t('intake.outcome.no_concern')}
                </Button>
              </>
            ) : (
              <Button icon="phone" onClick={() => setDialog('call')}>
                {t('intake.call.only')}
              </Button>
            )}
            {settling.problem && <ErrorState error={settling.problem} inline />}
          </div>
        </section>
        <SitePane form={form} site={site.data} onGoOn={(id) => void goOn(id)} problem={going.problem} />
        <section className="ac-panel ad-intake-form" aria-label={t('intake.title')}>
          <div className="ad-head">
            <h1>{t('intake.title')}</h1>
            {form.dirty && <span className="ac-hint">{t('common.form.draft_kept')}</span>}
          </div>
          {form.restored && form.dirty && (
            <p className="ad-restored" role="status">
              {t('common.form.restored')}{' '}
              <button type="button" className="ac-link" onClick={form.reset}>
                {t('common.form.discard')}
              </button>
            </p>
          )}
          <div className="ac-form">
            <Field label={t('cases.field.symptom')} required error={form.errorAt('/symptom')}>
              {(input) => (
                <textarea
                  {...input}
                  {...form.text('symptom')}
                  rows={2}
                  maxLength={2000}
                  data-intake="symptom"
                  placeholder={t('intake.symptom.hint')}
                />
              )}
            </Field>
            <EffectQuestions
              questions={questions}
              answers={values.effects}
              onAnswer={(code, said) => set('effects', { ...values.effects, [code]: said })}
            />
            <div className="ad-two">
              <Field label={t('cases.field.reachable_when')} error={form.errorAt('/reachable_when')}>
                {(input) => <input {...input} {...form.text('reachable_when')} maxLength={200} />}
              </Field>
              <Field label={t('intake.kind')} required>
                {(input) => (
                  <select
                    {...input}
                    value={values.kind}
                    onChange={(event) => set('kind', event.target.value as IntakeValues['kind'])}
                  >
                    {(
                      [
                        'fault',
                        'consultation',
                        'installation',
                        'training',
                        'maintenance',
                        'parts',
                        'patch',
                        'complaint',
                      ] as const
                    ).map((kind) => (
                      <option key={kind} value={kind}>
                        {t(`cases.kind.${kind}`)}
                      </option>
                    ))}
                  </select>
                )}
              </Field>
            </div>
            <div className="ad-promise" aria-live="polite">
              <div className="ad-row">
                <SeverityBadge severity={severity} vip={values.site?.vip ?? false} />
                <span className="ac-second">
                  {values.severity
                    ? t('intake.severity.by_hand')
                    : given.reasons.length > 0
                      ? given.reasons.map((reason) => both(reason)).join(', ')
                      : t(given.answered > 0 ? 'intake.severity.no_grave' : 'intake.severity.unanswered')}
                </span>
                <button
                  type="button"
                  className="ac-link"
                  onClick={() =>
                    set('severity', values.severity ? '' : given.severity === 'major' ? 'normal' : 'major')
                  }
                >
                  {t(values.severity ? 'intake.severity.by_answers' : 'intake.severity.change')}
                </button>
              </div>
              {values.severity && values.severity !== given.severity && (
                <Field label={t('cases.field.severity_reason')} required error={form.errorAt('/severity_reason')}>
                  {(input) => <input {...input} {...form.text('severity_reason')} maxLength={500} />}
                </Field>
              )}
              <blockquote className="ad-read-aloud">
                <p className="ac-second">{t('intake.read_aloud')}</p>
                {/* Until the new one has come, the old one is not to be read aloud. */}
                <p data-intake="promise" aria-busy={promised.isPlaceholderData}>
                  {promise ? <PromiseWords promise={promise} zone={zone} /> : '—'}
                </p>
              </blockquote>
            </div>
            {unplaced && command.problem && <ErrorState error={command.problem} inline />}
            {used?.id && (
              <Button onClick={() => void navigate({ to: `/cases/${used.id}` })}>{t('intake.saved.open')}</Button>
            )}
            <div className="ad-steps">
              <Button kind="primary" type="submit" busy={command.busy}>
                <span data-intake="save">{t('intake.save')}</span> <kbd>Ctrl ↵</kbd>
              </Button>
            </div>
          </div>
        </section>
      </form>
      {dialog === 'site' && (
        <NewSiteDialog
          name={looksLikeNumber(values.look_up) ? '' : values.look_up.trim()}
          onClose={() => setDialog(undefined)}
          onMade={(made) => {
            setDialog(undefined);
            if (looksLikeNumber(values.look_up) && !values.caller_number) {
              set('caller_number', values.look_up.trim());
              set('contact_phone', values.look_up.trim());
            }
            set('site', made);
          }}
        />
      )}
      {dialog === 'call' && (
        <CallDialog
          dialled={dialled}
          caller={values.caller_number || (looksLikeNumber(values.look_up) ? values.look_up.trim() : '')}
          started_at={values.started_at}
          onClose={() => setDialog(undefined)}
          onDone={() => {
            setDialog(undefined);
            form.reset();
            focusOn('look-up');
          }}
        />
      )}
    </>
  );
}

// The record of the call that goes with the report; none where no hotline was dialled.
function callOf(
  values: IntakeValues,
  dialled: string,
  what: Pick<Schemas['RecordCall'], 'outcome' | 'case_id'>,
): Schemas['RecordCall'] | undefined {
  if (values.channel !== 'phone' || !dialled) return undefined;
  return {
    dialled,
    ...(values.caller_number ? { caller: values.caller_number } : {}),
    started_at: values.started_at || new Date(serverNow()).toISOString(),
    ...what,
  };
}
