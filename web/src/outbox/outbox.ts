/**
 * The outbox at work: keeps what is done on this phone, sends it when it can, tells the screens. One tab sends at a time; all
 * tabs see the same queue.
 */
import { useSyncExternalStore } from 'react';
import { newRandom } from '../api/command-id.ts';
import type { Problem } from '../api/problem.ts';
import { deviceDriftS, serverNow } from '../api/server-clock.ts';
import * as model from './model.ts';
import type { KeptFile } from './store.ts';

/** What the outbox rests on; a test stands in for each. */
export interface Ground {
  load: () => Promise<model.Op[]>;
  keep: (ops: readonly Omit<model.Op, 'order'>[], files: readonly KeptFile[]) => Promise<void>;
  /** Brings what is kept to what `by` makes of it, with nothing between reading and writing; resolves to the queue then. */
  update: (by: (queue: model.Queue) => model.Queue) => Promise<model.Queue>;
  /** Whose session this is, asked of the server; undefined when it doesn't answer or nobody is signed in. */
  whoIsIt: (signal: AbortSignal) => Promise<string | undefined>;
  /** Sends an operation: the answer, or why there is none. `signal` gives up what the network left hanging. */
  deliver: (op: model.Op, signal: AbortSignal) => Promise<{ answer: unknown } | { problem: Problem }>;
  /** Told when the server has an operation, in the moment in which it leaves the queue; without an answer it had it before. */
  taken: (op: model.Op, answer: unknown) => void;
  /** Device clock, in milliseconds. */
  now_ms: () => number;
  random: () => number;
}

/** Something to be done, as a screen knows it. */
export interface Deed {
  account_id: string;
  lane: string;
  kind: string;
  path: string;
  body: unknown;
  files?: readonly KeptFile[];
  seen?: unknown;
  title: model.Op['title'];
  /** The id, where something else names it already (a charge in a document). */
  id?: string;
}

/** A new id for an operation. */
export const newOpId = (): string => model.uuidv7(Date.now(), newRandom(16));

/** The moment to tell the server: this device's clock as corrected, in whole seconds, so that both sides write it alike. */
export function deviceMoment(): string {
  return new Date(Math.floor(serverNow() / 1000) * 1000).toISOString().replace('.000Z', 'Z');
}

const lockName = 'aftercare.outbox';

export class Outbox {
  private queue: model.Queue = [];
  private sendingId: string | undefined;
  private sendingNow = new AbortController();
  private readonly listeners = new Set<() => void>();
  private readonly ground: Ground;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** How often nobody answered whose session this is. */
  private unanswered = 0;
  private pumping = false;
  private again = false;
  private readonly channel: BroadcastChannel | undefined;
  private readonly refusals = new Map<string, (outcome: model.Outcome) => void>();
  /** What could not even be kept on the phone; undefined when all is well. */
  trouble: unknown;

  constructor(ground: Ground) {
    this.ground = ground;
    this.channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel(lockName) : undefined;
    if (this.channel) this.channel.onmessage = () => void this.reload();
  }

  /** Takes up what an earlier life of the page left, and begins to send. */
  async open(): Promise<void> {
    await this.reload();
    addEventListener('online', () => {
      // What was sent into the dead zone would hang for a long time yet; sending it again changes nothing twice.
      this.sendingNow.abort();
      this.hurry();
    });
    addEventListener('pageshow', this.hurry);
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.flush();
    });
    // What was read first may have been read before this tab listened to the others.
    void this.reload();
    this.flush();
  }

  get ops(): model.Queue {
    return this.queue;
  }

  /** The id of the operation that is being sent by this tab. */
  get sending(): string | undefined {
    return this.sendingId;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  snapshot = (): model.Queue => this.queue;

  /**
   * Keeps something done and begins to send it. Resolves once it is kept on this phone; throws if the phone can't keep it.
   * `together` is given what brings it on screen, to be called with whatever has to change in the same moment.
   */
  async add(deed: Deed, together: (show: () => void) => void = (show) => show()): Promise<string> {
    const id = deed.id ?? newOpId();
    const op: Omit<model.Op, 'order'> = {
      id,
      account_id: deed.account_id,
      lane: deed.lane,
      kind: deed.kind,
      path: deed.path,
      body: deed.body,
      files: (deed.files ?? []).map(({ sha256 }) => sha256),
      ...(deed.seen === undefined ? {} : { seen: deed.seen }),
      made_at: deviceMoment(),
      offset_ms: Math.round(serverNow() - Date.now()),
      drift_s: deviceDriftS(),
      title: deed.title,
      state: 'waiting',
      tries: 0,
      next_try_ms: 0,
    };
    try {
      await this.ground.keep([op], deed.files ?? []);
      this.trouble = undefined;
    } catch (error) {
      this.trouble = error;
      this.tell();
      throw error;
    }
    await this.read();
    together(() => this.tell());
    this.channel?.postMessage('changed');
    this.flush();
    return id;
  }

  /** The first definite answer to an operation, or undefined when none came within `wait_ms`. */
  answer(id: string, wait_ms: number): Promise<model.Outcome | undefined> {
    return new Promise((done) => {
      const end = (outcome: model.Outcome | undefined) => {
        clearTimeout(late);
        this.refusals.delete(id);
        done(outcome);
      };
      const late = setTimeout(() => end(undefined), wait_ms);
      this.refusals.set(id, end);
    });
  }

  /** Whether a lane is empty, or becomes so within `wait_ms`: everything of it has reached the server. */
  drained(lane: string, wait_ms: number): Promise<boolean> {
    const left = () => model.ofLane(this.queue, lane);
    const empty = () => left().length === 0;
    // Neither a refusal nor a dead zone is worth waiting for.
    const settled = () => left().every(({ state, tries }) => state === 'refused' || tries > 1);
    if (settled()) return Promise.resolve(empty());
    return new Promise((done) => {
      const end = () => {
        clearTimeout(late);
        leave();
        done(empty());
      };
      const late = setTimeout(end, wait_ms);
      const leave = this.subscribe(() => {
        if (settled()) end();
      });
    });
  }

  /** Sends a refused operation again. */
  retry = (id: string) => this.change((queue) => model.retry(queue, id)).then(() => this.flush());

  /** Takes operations out of the queue for good. */
  drop = (ids: readonly string[]) => this.change((queue) => model.drop(queue, ids)).then(() => this.flush());

  /** Sends at once what only pauses: the network came back, or a person pressed the button. */
  hurry = () => {
    this.unanswered = 0;
    void this.change(model.hurry).then(() => this.flush());
  };

  private async change(by: (queue: model.Queue) => model.Queue, then: () => void = () => {}): Promise<void> {
    let same = true;
    const after = await this.ground.update((before) => {
      const now = by(before);
      same = now.length === before.length && now.every((op, at) => op === before[at]);
      return now;
    });
    this.queue = after;
    // What the server answered and the shorter queue come on screen together.
    then();
    this.tell();
    if (!same) this.channel?.postMessage('changed');
  }

  private async read(): Promise<void> {
    try {
      this.queue = await this.ground.load();
    } catch (error) {
      this.trouble = error;
    }
  }

  private async reload(): Promise<void> {
    await this.read();
    this.tell();
  }

  private tell() {
    for (const listener of this.listeners) listener();
  }

  /** Sends whatever is due; safe to call at any time. */
  flush = (): void => {
    if (this.pumping) {
      this.again = true;
      return;
    }
    this.pumping = true;
    this.again = false;
    void this.alone(() => this.pump())
      .catch((error: unknown) => {
        this.trouble = error;
      })
      .finally(() => {
        this.pumping = false;
        if (this.again) this.flush();
      });
  };

  private async alone(work: () => Promise<void>): Promise<void> {
    if (!globalThis.navigator?.locks) return work();
    await navigator.locks.request(lockName, { ifAvailable: true }, async (lock) => {
      if (lock) await work();
      // Another tab sends; look again soon, should it be closed meanwhile.
      else this.wake(this.ground.now_ms() + 5000);
    });
  }

  private wake(at_ms: number) {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.flush, Math.max(50, at_ms - this.ground.now_ms()));
  }

  private async pump(): Promise<void> {
    clearTimeout(this.timer);
    await this.reload();
    if (this.queue.every(({ state }) => state === 'refused')) return;
    this.sendingNow = new AbortController();
    const account_id = await this.ground.whoIsIt(this.sendingNow.signal);
    if (account_id === undefined) {
      // Without an answer even to that: the pauses of the operations themselves don't run.
      for (const [, answered] of this.refusals) answered({ type: 'again', problem: noAnswer });
      this.wake(this.ground.now_ms() + model.pause_ms(this.unanswered, this.ground.random(), 0, false));
      this.unanswered += 1;
      return;
    }
    this.unanswered = 0;
    for (;;) {
      const [op] = model.due(this.queue, account_id, this.ground.now_ms());
      if (!op) break;
      this.sendingId = op.id;
      this.tell();
      this.sendingNow = new AbortController();
      const delivered = await this.ground.deliver(op, this.sendingNow.signal).finally(() => {
        this.sendingId = undefined;
      });
      const outcome = model.outcomeOf('problem' in delivered ? delivered.problem : undefined);
      await this.change(
        (queue) => model.settle(queue, op.id, outcome, this.ground.now_ms(), this.ground.random()),
        () => {
          if (outcome.type === 'done') this.ground.taken(op, 'answer' in delivered ? delivered.answer : undefined);
        },
      );
      this.refusals.get(op.id)?.(outcome);
      if (outcome.type === 'signed_out') return;
    }
    const next = model.nextWake(this.queue, account_id);
    if (next !== undefined) this.wake(next);
  }
}

const noAnswer: Problem = { status: 0, code: 'no_answer', title: '', detail: '', errors: [] };

let own: Outbox | undefined;

/** Sets this page's outbox; once, at the start of the app. */
export function setOutbox(outbox: Outbox): void {
  own = outbox;
}

/** This page's outbox. */
export function outbox(): Outbox {
  if (!own) throw new Error('the outbox was not set up');
  return own;
}

const nothing: model.Queue = [];

/** The queue, drawn again on each change. */
export function useQueue(): model.Queue {
  return useSyncExternalStore(
    (listener) => own?.subscribe(listener) ?? (() => {}),
    () => own?.snapshot() ?? nothing,
  );
}
