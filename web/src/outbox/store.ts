/** This phone's IndexedDB: the outbox with its files, and what was read for work without a signal. */
import type { Op } from './model.ts';

const dbName = 'aftercare-phone';

/** A file that an operation needs, under its SHA-256. */
export interface KeptFile {
  sha256: string;
  bytes: ArrayBuffer;
}

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
    const request = indexedDB.open(dbName, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('ops', { keyPath: 'id' });
      request.result.createObjectStore('files', { keyPath: 'sha256' });
      request.result.createObjectStore('reads', { keyPath: 'key' });
      request.result.createObjectStore('numbers');
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

/** Keeps new operations with their files: all or none. Their places in the queue are given here, so that two tabs never give one twice. */
export async function keepOps(ops: readonly Omit<Op, 'order'>[], files: readonly KeptFile[]): Promise<void> {
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
    for (const file of files) of('files').put(file);
    return undefined;
  });
}

/** Brings kept operations to what the queue says; those that are no longer in it go, with the files that nobody else needs. */
export async function saveOps(changed: readonly Op[], gone: readonly string[]): Promise<void> {
  await within(['ops', 'files'], 'readwrite', (of) => {
    for (const op of changed) of('ops').put(op);
    for (const id of gone) of('ops').delete(id);
    if (gone.length > 0) {
      const left = of('ops').getAll() as IDBRequest<Op[]>;
      left.onsuccess = () => {
        const needed = new Set(left.result.flatMap(({ files }) => files));
        const kept = of('files').getAllKeys();
        kept.onsuccess = () => {
          for (const key of kept.result) if (!needed.has(String(key))) of('files').delete(key);
        };
      };
    }
    return undefined;
  });
}

/** The whole queue, in order. */
export async function loadOps(): Promise<Op[]> {
  const ops = (await within<Op[]>(['ops'], 'readonly', (of) => of('ops').getAll())) ?? [];
  return ops.sort((a, b) => a.order - b.order);
}

/** The bytes of a file that an operation needs. */
export async function keptFile(sha256: string): Promise<ArrayBuffer | undefined> {
  const file = await within<KeptFile | undefined>(['files'], 'readonly', (of) => of('files').get(sha256));
  return file?.bytes;
}

/** Keeps an answer for work without a signal. */
export async function keepRead(read: KeptRead): Promise<void> {
  await within(['reads'], 'readwrite', (of) => of('reads').put(read));
}

/** Every kept answer. */
export async function keptReads(): Promise<KeptRead[]> {
  return (await within<KeptRead[]>(['reads'], 'readonly', (of) => of('reads').getAll())) ?? [];
}

/** Forgets kept answers: all, or those named. */
export async function forgetReads(keys?: readonly string[]): Promise<void> {
  await within(['reads'], 'readwrite', (of) => {
    if (!keys) of('reads').clear();
    else for (const key of keys) of('reads').delete(key);
    return undefined;
  });
}
