/** This phone's IndexedDB: the outbox with its files, the photos taken here, and what was read for work without a signal. */
import type { Op, Queue } from './model.ts';

const dbName = 'aftercare-phone';

/** A file of this phone under its SHA-256: an operation needs it, or it is a photo of a visit that is not over. */
export interface KeptFile {
  sha256: string;
  bytes: ArrayBuffer;
}

/** As it stands in the store: with the lane (visit) it belongs to. */
type StoredFile = KeptFile & { lane: string };

/** An answer that was read, under its query key. */
export interface KeptRead {
  key: string;
  query_key: readonly unknown[];
  data: unknown;
  at_ms: number;
}

let opened: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((done, fail) => {
    const request = indexedDB.open(dbName, 2);
    request.onupgradeneeded = ({ oldVersion }) => {
      const db = request.result;
      if (oldVersion < 1) {
        db.createObjectStore('ops', { keyPath: 'id' });
        db.createObjectStore('files', { keyPath: 'sha256' });
        db.createObjectStore('reads', { keyPath: 'key' });
        db.createObjectStore('numbers');
      }
      // Files kept by the version before stand in no lane: they go with the operation that needs them.
      request.transaction?.objectStore('files').createIndex('lane', 'lane');
    };
    request.onsuccess = () => {
      // A later version of the app in another tab may need another shape: it must not wait for this one.
      request.result.onversionchange = () => {
        request.result.close();
        opened = undefined;
      };
      done(request.result);
    };
    request.onerror = () => fail(request.error ?? new Error('IndexedDB'));
  }).catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

type Stores = 'ops' | 'files' | 'reads' | 'numbers';

async function within<T>(
  stores: Stores[],
  mode: IDBTransactionMode,
  use: (of: (name: Stores) => IDBObjectStore) => IDBRequest<T> | undefined,
): Promise<T | undefined> {
  const db = await open();
  return new Promise<T | undefined>((done, fail) => {
    // Strict: what the engineer was told is kept must survive the phone's power too.
    const transaction = db.transaction(stores, mode, { durability: mode === 'readwrite' ? 'strict' : 'default' });
    const request = use((name) => transaction.objectStore(name));
    transaction.oncomplete = () => done(request?.result);
    transaction.onerror = () => fail(transaction.error ?? new Error('IndexedDB'));
    transaction.onabort = () => fail(transaction.error ?? new Error('IndexedDB'));
  });
}

/**
 * Keeps new operations with their files: all or none. Their places in the queue are given here, so that two tabs never give one
 * twice. Where space is short, photos that the server has make room.
 */
export async function keepOps(ops: readonly Omit<Op, 'order'>[], files: readonly KeptFile[]): Promise<void> {
  try {
    await putOps(ops, files);
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'QuotaExceededError')) throw error;
    await dropSentFiles(() => false);
    await putOps(ops, files);
  }
}

async function putOps(ops: readonly Omit<Op, 'order'>[], files: readonly KeptFile[]): Promise<void> {
  await within(['ops', 'files', 'numbers'], 'readwrite', (of) => {
    const next = of('numbers').get('order');
    next.onsuccess = () => {
      let order = typeof next.result === 'number' ? next.result : 0;
      for (const op of ops) {
        order += 1;
        of('ops').add({ ...op, order });
      }
      of('numbers').put(order, 'order');
    };
    const lane = ops[0]?.lane ?? '';
    for (const file of files) of('files').put({ ...file, lane } satisfies StoredFile);
    return undefined;
  });
}

/**
 * Brings the kept operations to what `by` makes of them, in one transaction, so that neither another tab nor a deed of this
 * moment comes between reading and writing. Resolves to the queue then.
 */
export async function updateOps(by: (queue: Queue) => Queue): Promise<Op[]> {
  let after: Queue = [];
  await within(['ops'], 'readwrite', (of) => {
    const read = of('ops').getAll() as IDBRequest<Op[]>;
    read.onsuccess = () => {
      const before = read.result.sort((a, b) => a.order - b.order);
      after = by(before);
      const kept = new Map(before.map((op) => [op.id, op]));
      for (const op of after) {
        if (kept.get(op.id) !== op) of('ops').put(op);
        kept.delete(op.id);
      }
      for (const id of kept.keys()) of('ops').delete(id);
    };
    return undefined;
  });
  return [...after];
}

/** Forgets files that no operation needs and whose lane `stays` doesn't name: photos of visits that are over. */
export async function dropSentFiles(stays: (lane: string) => boolean): Promise<void> {
  await within(['ops', 'files'], 'readwrite', (of) => {
    const left = of('ops').getAll() as IDBRequest<Op[]>;
    left.onsuccess = () => {
      const needed = new Set(left.result.flatMap(({ files }) => files));
      const staying = new Set<string>();
      // By the index and by keys: the bytes themselves are not read.
      const lanes = of('files').index('lane').openKeyCursor();
      lanes.onsuccess = () => {
        const at = lanes.result;
        if (at) {
          if (stays(String(at.key))) staying.add(String(at.primaryKey));
          at.continue();
          return;
        }
        const all = of('files').getAllKeys();
        all.onsuccess = () => {
          for (const key of all.result)
            if (!needed.has(String(key)) && !staying.has(String(key))) of('files').delete(key);
        };
      };
    };
    return undefined;
  });
}

interface Ahead {
  reads: Promise<KeptRead[]>;
  ops: Promise<Op[]>;
}

const ahead: Partial<Ahead> = {};

/**
 * Begins to read what the app needs before it can be drawn, while its code is still on its way. Whoever asks first for the queue or for
 * the kept answers is given this; whoever asks again reads anew.
 */
export function readAhead(): void {
  let reads: IDBRequest<KeptRead[]> | undefined;
  const both = within<Op[]>(['reads', 'ops'], 'readonly', (of) => {
    reads = of('reads').getAll();
    return of('ops').getAll();
  });
  ahead.ops = both.then((ops) => ops ?? []);
  ahead.reads = both.then(() => reads?.result ?? []);
  // A failure is told to who asks.
  for (const read of [ahead.ops, ahead.reads]) read.catch(() => {});
}

function takeAhead<K extends keyof Ahead>(what: K): Ahead[K] | undefined {
  const read = ahead[what] as Ahead[K] | undefined;
  delete ahead[what];
  return read;
}

/** The whole queue, in order. */
export async function loadOps(): Promise<Op[]> {
  const ops = (await (takeAhead('ops') ?? within<Op[]>(['ops'], 'readonly', (of) => of('ops').getAll()))) ?? [];
  return ops.sort((a, b) => a.order - b.order);
}

/** The bytes of a file that this phone keeps. */
export async function keptFile(sha256: string): Promise<ArrayBuffer | undefined> {
  const file = await within<StoredFile | undefined>(['files'], 'readonly', (of) => of('files').get(sha256));
  return file?.bytes;
}

/** Keeps an answer for work without a signal. */
export async function keepRead(read: KeptRead): Promise<void> {
  await within(['reads'], 'readwrite', (of) => of('reads').put(read));
}

/** Every kept answer. */
export async function keptReads(): Promise<KeptRead[]> {
  const read = takeAhead('reads') ?? within<KeptRead[]>(['reads'], 'readonly', (of) => of('reads').getAll());
  return (await read) ?? [];
}

/** Forgets kept answers: all, or those named. */
export async function forgetReads(keys?: readonly string[]): Promise<void> {
  await within(['reads'], 'readwrite', (of) => {
    if (!keys) of('reads').clear();
    else for (const key of keys) of('reads').delete(key);
    return undefined;
  });
}
