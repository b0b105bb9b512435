/** The timeline of a case, newest at the bottom, with the composer of notes at its end. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useCommand } from '../../api/command.ts';
import { keys } from '../../api/queries.ts';
import { useServerNow } from '../../api/server-clock.ts';
import { hasText, useLanguage, useT } from '../../i18n/index.ts';
import { meQuery } from '../../identity/me.ts';
import { announce } from '../../ui/announce.tsx';
import { Button } from '../../ui/button.tsx';
import { Field, useForm, useSaveKey } from '../../ui/form.tsx';
import { ErrorState, Loading } from '../../ui/states.tsx';
import { Timeline, type TimelineEntry } from '../../ui/timeline.tsx';
import { PrivateContactHint } from '../private-contact-hint.tsx';
import { commands, type TimelineItem, timeline } from '../requests.ts';
import { TemplatePicker } from './template-picker.desk.tsx';
import { groups, lookOf, titleOf } from './timeline-words.ts';

export function CaseTimeline({ id, zone, canNote }: { id: string; zone: string; canNote: boolean }) {
  const t = useT();
  const language = useLanguage();
  const me = useQuery(meQuery).data;
  const now_ms = useServerNow(60_000);
  const query = useInfiniteQuery({
    queryKey: keys.part('case', id, 'timeline'),
    queryFn: ({ pageParam }) => timeline(id, pageParam),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const items = useMemo(() => (query.data?.pages.flatMap((page) => page.items) ?? []).slice().reverse(), [query.data]);
  const entries = useMemo(() => {
    const context = { t, hasText, language, zone, now_ms };
    return items.map((item): TimelineEntry => {
      const [group, icon] = lookOf(item.kind);
      return {
        id: String(item.pos),
        group,
        icon,
        who: whoActed(item, t, me?.id),
        at: item.at,
        device_at: item.device_at ?? null,
        title: titleOf(item, context),
        body: saysText(item) ? item.text : undefined,
        ...(item.kind === 'case.noted'
          ? { tint: item.audience === 'customer' ? ('customer' as const) : ('internal' as const) }
          : {}),
      };
    });
  }, [items, t, language, zone, now_ms, me?.id]);
  const present = groups.filter((group) => entries.some((entry) => entry.group === group));

  if (!query.data)
    return query.error ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : <Loading />;
  return (
    <Timeline
      entries={entries}
      groups={present.map((key) => ({ key, label: t(`timeline.group.${key}`) }))}
      zone={zone}
      onOlder={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
      loadingOlder={query.isFetchingNextPage}
      composer={canNote ? <Composer id={id} /> : undefined}
    />
  );
}

// The words belong to one event of a step: the result of a try by phone is not said again when it began.
function saysText({ kind, text, body }: TimelineItem): boolean {
  const { outcome, exception } = body as { outcome?: string; exception?: boolean };
  if (kind === 'case.phone_support_started') return false;
  if (kind === 'case.phone_result') return Boolean(text) && outcome !== 'solved';
  if (kind === 'case.onsite_agreed') return Boolean(text) && exception === true;
  return Boolean(text);
}

function whoActed(item: TimelineItem, t: ReturnType<typeof useT>, me: string | undefined): string {
  // A clock acts by itself, whoever's step set it going.
  if (item.kind.startsWith('clock.')) return t('timeline.actor.system');
  if (item.actor) return item.actor.id === me ? t('timeline.you') : item.actor.name;
  const key = `timeline.actor.${item.actor_kind}`;
  return hasText(key) ? t(key) : t('timeline.actor.system');
}

function Composer({ id }: { id: string }) {
  const t = useT();
  const command = useCommand(
    (body: { text: string; for_customer: boolean }, options) => commands.note(id, body, options),
    { touches: [keys.one('case', id)] },
  );
  const form = useForm({
    initial: { text: '', for_customer: false },
    draft_key: `case.${id}.note`,
    problem: command.problem,
  });
  const save = async () => {
    if (!form.values.text.trim()) {
      document.querySelector<HTMLElement>('.ad-composer textarea')?.focus();
      return;
    }
    if (await command.run({ ...form.values, text: form.values.text.trim() })) {
      form.reset();
      announce(t('cases.note.saved'));
    }
  };
  const onKeyDown = useSaveKey(() => void save());
  return (
    <form
      className="ac-form ad-composer"
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field label={t('cases.note.label')} required error={form.errorAt('/text')}>
        {(input) => <textarea {...input} {...form.text('text')} rows={2} maxLength={4000} data-key="note" />}
      </Field>
      <TemplatePicker
        onPick={(words) => {
          const before = form.values.text.trimEnd();
          form.set('text', before ? `${before}\n${words}` : words);
          setTimeout(() => document.querySelector<HTMLElement>('.ad-composer textarea')?.focus(), 0);
        }}
      />
      <PrivateContactHint text={form.values.text} />
      {command.problem && command.problem.errors.length === 0 && <ErrorState error={command.problem} inline />}
      <div className="ad-composer-foot">
        <label className="ad-check">
          <input
            type="checkbox"
            checked={form.values.for_customer}
            onChange={(event) => form.set('for_customer', event.target.checked)}
          />
          {t('cases.note.for_customer')}
        </label>
        <Button type="submit" busy={command.busy}>
          {t('cases.note.save')} <kbd>Ctrl ↵</kbd>
        </Button>
      </div>
    </form>
  );
}
