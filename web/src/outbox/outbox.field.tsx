/** The queue: what waits, since when, what was refused and why, and what a person can do about it. */
import '../visits/visit.css';
import './outbox.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, call } from '../api/client.ts';
import { newCommandId } from '../api/command-id.ts';
import { useOnline } from '../api/network.ts';
import { serverNow, useServerNow } from '../api/server-clock.ts';
import { useT } from '../i18n/index.ts';
import { meQuery } from '../identity/me.ts';
import { announce } from '../ui/announce.tsx';
import { StatusBadge } from '../ui/badges.tsx';
import { Button } from '../ui/button.tsx';
import { formatInstant } from '../ui/format.ts';
import { Empty, ErrorState } from '../ui/states.tsx';
import { useZone } from '../ui/zone.ts';
import { type Keeping, lookAtKeeping, scarceBytes } from './keeping.ts';
import { isHeld, type Op, type Queue } from './model.ts';
import { useNameOf } from './names.ts';
import { outbox, useQueue } from './outbox.ts';
import { keptFile } from './store.ts';
import { deedName, fileOf, noteOf, typed } from './words.ts';

function useKeeping(): Keeping | undefined {
  const [keeping, setKeeping] = useState<Keeping>();
  useEffect(() => void lookAtKeeping().then(setKeeping), []);
  return keeping;
}

/** Whether what is kept here is safe, in words. */
function KeepingWords() {
  const t = useT();
  const keeping = useKeeping();
  if (!keeping) return null;
  const scarce = keeping.left_bytes !== undefined && keeping.left_bytes < scarceBytes;
  const words = [
    t(keeping.persisted ? 'field.keeping.persisted' : 'field.keeping.refused'),
    ...(globalThis.isSecureContext && 'serviceWorker' in navigator ? [] : [t('field.keeping.no_shell')]),
    ...(keeping.evicts ? [t('field.keeping.evicts')] : []),
    ...(scarce ? [t('field.keeping.scarce', { mb: Math.round((keeping.left_bytes ?? 0) / 1048576) })] : []),
  ];
  const safe = keeping.persisted && !scarce;
  return (
    <section className="ac-panel af-card">
      <h2>{t('field.keeping.title')}</h2>
      {words.map((word) => (
        <p key={word} className={safe ? 'ac-second' : 'af-warn'}>
          {word}
        </p>
      ))}
    </section>
  );
}

/** Why an operation has not left yet. */
function StateWords({ op, queue }: { op: Op; queue: Queue }) {
  const t = useT();
  const online = useOnline();
  const now_ms = useServerNow(1000) - (serverNow() - Date.now());
  const state =
    op.state === 'refused'
      ? 'refused'
      : outbox().sending === op.id
        ? 'sending'
        : isHeld(queue, op)
          ? 'held'
          : !online
            ? 'no_network'
            : op.next_try_ms > now_ms
              ? 'pause'
              : 'waiting';
  return (
    <p className={state === 'refused' ? 'af-warn' : 'ac-second'}>
      {t(`field.outbox.state.${state}`, {
        tries: op.tries,
        seconds: Math.max(1, Math.ceil((op.next_try_ms - now_ms) / 1000)),
      })}
    </p>
  );
}

/** One of the queue. `told` is set where the one before it was refused for the same reason, which is then said once. */
function OpRow({ op, queue, told }: { op: Op; queue: Queue; told: boolean }) {
  const t = useT();
  const nameOf = useNameOf();
  const zone = useZone();
  const [asking, setAsking] = useState(false);
  const current = op.problem?.current as { state?: unknown } | undefined;
  const stands = typeof current?.state === 'string' ? current.state : undefined;
  const refused = op.state === 'refused';
  return (
    <li className="af-entry af-op" data-state={op.state}>
      <p className="af-split">
        <b>{deedName(t, op)}</b>
        <span className="ac-figure ac-second">{formatInstant(op.made_at, zone, serverNow())}</span>
      </p>
      <StateWords op={op} queue={queue} />
      {typed(t, op, nameOf).map((line) => (
        <p key={line} className="af-said">
          {line}
        </p>
      ))}
      {op.problem && !told && (refused || op.tries > 1) && (
        <div className="af-both">
          <ErrorState error={{ ...op.problem, errors: op.problem.errors }} inline />
          {stands && (
            <p>
              {t('field.outbox.server_says')} <StatusBadge kind="visit" state={stands} />
            </p>
          )}
        </div>
      )}
      {refused &&
        (asking ? (
          <div className="af-ask">
            <p>{t('field.outbox.drop_sure')}</p>
            <div className="af-actions">
              <Button onClick={() => setAsking(false)}>{t('common.cancel')}</Button>
              <Button kind="danger" onClick={() => void outbox().drop([op.id])}>
                {t('field.outbox.drop')}
              </Button>
            </div>
          </div>
        ) : told ? (
          <button type="button" className="ac-link af-more" onClick={() => setAsking(true)}>
            {t('field.outbox.drop')}
          </button>
        ) : (
          <div className="af-actions">
            <Button onClick={() => setAsking(true)}>{t('field.outbox.drop')}</Button>
            <Button icon="again" onClick={() => void outbox().retry(op.id)}>
              {t('common.retry')}
            </Button>
          </div>
        ))}
    </li>
  );
}

/** Gives what was refused to the desk, as a note on the case. */
function HandIn({ ops }: { ops: readonly Op[] }) {
  const t = useT();
  const nameOf = useNameOf();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  // The same id for each try: a lost answer makes no second note.
  const [key] = useState(newCommandId);
  const send = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const id = ops[0]?.lane ?? '';
      const done = await call(
        api.POST('/api/visits/{id}/hand-in', {
          params: { path: { id } },
          body: { text: noteOf(t, ops, nameOf) },
          headers: { 'Idempotency-Key': key },
        }),
      );
      await outbox().drop(ops.map((op) => op.id));
      announce(t('field.hand_in.done', { number: done.case_number }));
    } catch (reason) {
      setError(reason);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="af-hand-in">
      <p className="ac-second">{t('field.hand_in.hint')}</p>
      {error !== undefined && <ErrorState error={error} inline onRetry={() => void send()} />}
      <Button busy={busy} onClick={() => void send()}>
        {t('field.hand_in.send')}
      </Button>
    </div>
  );
}

function Lane({ ops, queue }: { ops: readonly Op[]; queue: Queue }) {
  const t = useT();
  const [first] = ops;
  if (!first) return null;
  // What was made on top of a refused one can't go on without it: it is handed in with it.
  const from = ops.findIndex(({ state }) => state === 'refused');
  return (
    <section className="ac-panel af-section">
      <h2 className="af-lane-head">
        <span>{first.title.place}</span>
        <span className="ac-figure ac-second">{first.title.number}</span>
      </h2>
      {/* First what can be done about all of it, then what it is. */}
      {from >= 0 && <HandIn key={`${first.lane}${from}${ops.length}`} ops={ops.slice(from)} />}
      {from >= 0 && <p className="ac-hint">{t('field.outbox.held_hint')}</p>}
      <ul className="af-list">
        {ops.map((op, at) => {
          const before = ops[at - 1];
          const told =
            op.state === 'refused' && before?.state === 'refused' && before.problem?.code === op.problem?.code;
          return <OpRow key={op.id} op={op} queue={queue} told={told} />;
        })}
      </ul>
    </section>
  );
}

async function download(name: string, text: string) {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function inBase64(bytes: ArrayBuffer): string {
  let text = '';
  for (const byte of new Uint8Array(bytes)) text += String.fromCharCode(byte);
  return btoa(text);
}

export default function OutboxPage() {
  const t = useT();
  const queue = useQueue();
  const online = useOnline();
  const me = useQuery(meQuery).data;
  const queries = useQueryClient();
  const nameOf = useNameOf();
  const own = queue.filter(({ account_id }) => account_id === me?.id);
  const others = queue.length - own.length;
  const lanes = [...new Set(own.map(({ lane }) => lane))].map((lane) => own.filter((op) => op.lane === lane));
  const save = async () => {
    const files: Record<string, string> = {};
    for (const sha256 of new Set(own.flatMap((op) => op.files))) {
      const bytes = await keptFile(sha256);
      if (bytes) files[sha256] = inBase64(bytes);
    }
    await download(
      `aftercare-outbox-${new Date(serverNow()).toISOString().slice(0, 10)}.json`,
      fileOf(t, own, files, nameOf),
    );
  };
  return (
    <div className="af-page">
      <h1 className="af-title">{t('field.bar.outbox')}</h1>
      {outbox().trouble !== undefined && <ErrorState error={outbox().trouble} inline />}
      {own.length === 0 ? (
        <Empty title={t('field.outbox.empty')} hint={t('field.outbox.empty_hint')} />
      ) : (
        <>
          <p role="status">{t('field.outbox.count', { count: own.length })}</p>
          <Button
            kind="primary"
            icon="again"
            disabled={!online}
            reason={t('field.offline')}
            onClick={() => {
              outbox().hurry();
              void queries.invalidateQueries();
            }}
          >
            {t('field.outbox.send_now')}
          </Button>
          {lanes.map((ops) => (
            <Lane key={ops[0]?.lane} ops={ops} queue={queue} />
          ))}
          <Button onClick={() => void save()}>{t('field.outbox.save_file')}</Button>
          <p className="ac-hint">{t('field.outbox.save_hint')}</p>
        </>
      )}
      {others > 0 && (
        <p className="ac-panel af-card" role="status">
          {t('field.outbox.others', { count: others })}
        </p>
      )}
      <KeepingWords />
    </div>
  );
}
