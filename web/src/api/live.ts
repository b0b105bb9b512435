/**
 * Live updates: one event stream per browser, shared by its tabs (decision 19: HTTP/1.1 allows six connections per origin).
 *
 * The tab that holds the lock `aftercare-live` reads `/api/live?after=<seq>` and passes each event on through a
 * BroadcastChannel; when it closes, the next tab gets the lock and goes on from the last seq. Where locks are missing
 * (plain HTTP outside of loopback) each tab reads for itself. An event makes the queries of its subjects stale.
 */
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';

/** What an event is about. */
export interface Subject {
  type: string;
  id: string;
}

/** An event as the live feed tells it: messages named `changed`, whose id is the seq. */
export interface LiveEvent {
  seq: number;
  kind: string;
  subject: Subject;
  /** The case whose timeline it stands on (`thread_id`), which changed with it. */
  touches?: Subject[];
}

/** `live`: events arrive; `connecting`: trying; `offline`: the device has no network. */
export type LiveState = 'live' | 'connecting' | 'offline';

type Message = { type: 'event'; event: LiveEvent } | { type: 'state'; state: LiveState } | { type: 'session' };

const name = 'aftercare-live';
const seqKey = 'aftercare.live-seq';
let state: LiveState = 'connecting';
const stateListeners = new Set<() => void>();

function setState(next: LiveState) {
  if (next === state) return;
  state = next;
  for (const listener of stateListeners) listener();
}

/** Whether events arrive. */
export function useLiveState(): LiveState {
  return useSyncExternalStore(
    (listener) => {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    () => state,
  );
}

/** Reads one SSE message; undefined when it is not an event of ours. */
export function parseEvent(data: string, lastEventId: string): LiveEvent | undefined {
  try {
    const body = JSON.parse(data) as Record<string, unknown>;
    const seq = Number(body.seq ?? (lastEventId || Number.NaN));
    const { kind, subject_type: type, subject_id: id, thread_id: thread } = body;
    if (!Number.isSafeInteger(seq) || typeof kind !== 'string') return undefined;
    if (typeof type !== 'string' || typeof id !== 'string') return undefined;
    return {
      seq,
      kind,
      subject: { type, id },
      touches: typeof thread === 'string' ? [{ type: 'case', id: thread }] : [],
    };
  } catch {
    return undefined;
  }
}

/** The case that a record names as its own: what happens to one of its visits is told with the case, not with its work order. */
function caseOf(held: unknown): unknown {
  const record = held as { case_id?: unknown; data?: { case_id?: unknown } } | null | undefined;
  return record?.case_id ?? record?.data?.case_id;
}

/**
 * Makes stale what the events are about: each record named, the records of a case that was named, and the lists of their types. Called
 * with a batch, so that a burst (an import, a plan applied) reads each list once.
 */
export function invalidate(queries: QueryClient, events: readonly LiveEvent[]): void {
  const ids = new Map<string, Set<string>>();
  for (const event of events) {
    for (const subject of [event.subject, ...(event.touches ?? [])]) {
      const of = ids.get(subject.type) ?? new Set<string>(['list']);
      ids.set(subject.type, of.add(subject.id));
    }
  }
  // Work orders stand on their lists with who goes, and when.
  if (ids.has('visit') && !ids.has('work_order')) ids.set('work_order', new Set(['list']));
  const cases = ids.get('case');
  void queries.invalidateQueries({
    predicate: ({ queryKey, state: { data } }) => {
      const [type, id] = queryKey;
      if (typeof type !== 'string' || typeof id !== 'string') return false;
      const of_case = caseOf(data);
      return (ids.get(type)?.has(id) ?? false) || (typeof of_case === 'string' && (cases?.has(of_case) ?? false));
    },
  });
}

/**
 * Hands events over together, at most every 250 ms. The first after a pause goes at once: a call that rings waits for nobody, and a
 * burst still reads each list twice at most.
 */
export function batched(deliver: (events: LiveEvent[]) => void) {
  let waiting: LiveEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const rest = () => {
    timer = undefined;
    if (waiting.length === 0) return;
    const events = waiting;
    waiting = [];
    timer = setTimeout(rest, 250);
    deliver(events);
  };
  return {
    add(event: LiveEvent) {
      waiting.push(event);
      if (timer === undefined) rest();
    },
    stop: () => clearTimeout(timer),
  };
}

function lastSeq(): number | undefined {
  const value = Number(localStorage.getItem(seqKey) ?? Number.NaN);
  return Number.isSafeInteger(value) ? value : undefined;
}

/** Reads the stream until it is stopped; reconnects with growing pauses, from the last seq seen. */
function readStream(onEvent: (event: LiveEvent) => void, onState: (state: LiveState) => void): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let stopped = false;

  const connect = () => {
    if (stopped) return;
    clearTimeout(timer);
    source?.close();
    if (!navigator.onLine) return onState('offline');
    onState('connecting');
    const after = lastSeq();
    source = new EventSource(after === undefined ? '/api/live' : `/api/live?after=${after}`);
    // `ready` carries the seq from which the stream runs, so that a reconnect misses nothing even before the first event.
    source.addEventListener('ready', (message: MessageEvent<string>) => {
      failures = 0;
      if (message.lastEventId) localStorage.setItem(seqKey, message.lastEventId);
      onState('live');
    });
    source.addEventListener('changed', (message: MessageEvent<string>) => {
      const event = parseEvent(message.data, message.lastEventId);
      if (!event) return;
      localStorage.setItem(seqKey, String(event.seq));
      onEvent(event);
    });
    source.onerror = () => {
      source?.close();
      failures += 1;
      onState(navigator.onLine ? 'connecting' : 'offline');
      // Half a second, doubling to 30 s, with jitter: a restarted server is not met by all tabs of a company at once.
      timer = setTimeout(connect, Math.min(30_000, 500 * 2 ** Math.min(failures, 6)) * (0.75 + Math.random() / 2));
    };
  };

  const online = () => connect();
  const offline = () => onState('offline');
  addEventListener('online', online);
  addEventListener('offline', offline);
  connect();
  return () => {
    stopped = true;
    clearTimeout(timer);
    source?.close();
    removeEventListener('online', online);
    removeEventListener('offline', offline);
  };
}

/**
 * Joins the browser's shared stream until the returned function is called.
 * `onSession` is called when another tab signed in or out.
 */
export function joinLive(onEvents: (events: LiveEvent[]) => void, onSession: () => void): () => void {
  const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel(name) : undefined;
  const batch = batched(onEvents);
  const leaving = new AbortController();
  const tell = (message: Message) => channel?.postMessage(message);
  let stopReading: (() => void) | undefined;

  const lead = () => {
    stopReading = readStream(
      (event) => {
        batch.add(event);
        tell({ type: 'event', event });
      },
      (next) => {
        setState(next);
        tell({ type: 'state', state: next });
      },
    );
  };

  if (channel) {
    channel.onmessage = ({ data }: MessageEvent<Message>) => {
      if (data.type === 'event') batch.add(data.event);
      else if (data.type === 'state') setState(data.state);
      else onSession();
    };
  }

  if (channel && navigator.locks) {
    navigator.locks
      .request(name, { signal: leaving.signal }, () => {
        lead();
        return new Promise<void>((release) => {
          leaving.signal.addEventListener('abort', () => release(), { once: true });
        });
      })
      .catch((error: unknown) => {
        // Leaving while still waiting for the lock ends the request in this way.
        if (!(error instanceof DOMException && error.name === 'AbortError')) throw error;
      });
    // Another tab leads already: it is reading, or its state will be told at the next change.
    void navigator.locks.query().then((locks) => {
      if (!stopReading && locks.held?.some((lock) => lock.name === name) && navigator.onLine) setState('live');
    });
  } else {
    lead();
  }

  return () => {
    leaving.abort();
    stopReading?.();
    batch.stop();
    channel?.close();
  };
}

/** Tells the other tabs that somebody signed in or out here, and forgets the place in the stream of the one before. */
export function announceSession(): void {
  try {
    localStorage.removeItem(seqKey);
  } catch {
    // Without storage there is no place to forget.
  }
  if (!('BroadcastChannel' in globalThis)) return;
  const channel = new BroadcastChannel(name);
  channel.postMessage({ type: 'session' } satisfies Message);
  channel.close();
}

/** Keeps the queries of this app fresh while it is mounted. Once per app, in the shell; `hear` is what it does with events. */
export function useLive(onSession: () => void, hear: typeof invalidate = invalidate): void {
  const queries = useQueryClient();
  useEffect(() => joinLive((events) => hear(queries, events), onSession), [queries, onSession, hear]);
}
