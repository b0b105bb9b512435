/** Photos that wait to be sent, in this phone's IndexedDB: a killed app loses none. */
import type { EvidenceKind } from './requests.ts';

/** A photo that waits. */
export interface WaitingPhoto {
  /** Its digest within its visit: the same photo twice is one. */
  key: string;
  visit_id: string;
  kind: EvidenceKind;
  sha256: string;
  bytes: ArrayBuffer;
  /** When it was taken, as the stamp of the evidence. */
  taken_at: string;
  /** The command's id, kept so that a repeat changes nothing. */
  command_id: string;
}

const dbName = 'aftercare-field';
const store = 'photos';

function open(): Promise<IDBDatabase> {
  return new Promise((done, fail) => {
    const request = indexedDB.open(dbName, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(store, { keyPath: 'key' }).createIndex('visit_id', 'visit_id');
    };
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error ?? new Error('IndexedDB'));
  });
}

async function run<T>(mode: IDBTransactionMode, use: (photos: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const db = await open();
  try {
    return await new Promise<T>((done, fail) => {
      const transaction = db.transaction(store, mode);
      const request = use(transaction.objectStore(store));
      transaction.oncomplete = () => done(request.result);
      transaction.onerror = () => fail(transaction.error ?? new Error('IndexedDB'));
      transaction.onabort = () => fail(transaction.error ?? new Error('IndexedDB'));
    });
  } finally {
    db.close();
  }
}

/** Keeps a photo until it is sent. */
export const keepPhoto = (photo: WaitingPhoto) => run('readwrite', (photos) => photos.put(photo));

/** Forgets a photo: it was sent, or taken back. */
export const dropPhoto = (key: string) => run('readwrite', (photos) => photos.delete(key));

/** The photos of a visit that wait, oldest first. */
export async function waitingPhotos(visit_id: string): Promise<WaitingPhoto[]> {
  const found: WaitingPhoto[] = await run('readonly', (photos) => photos.index('visit_id').getAll(visit_id));
  return found.sort((a, b) => a.taken_at.localeCompare(b.taken_at));
}

/** Asks the browser not to throw the kept photos away when space is short; false if it may. */
export async function askToPersist(): Promise<boolean> {
  try {
    return (await navigator.storage?.persist?.()) ?? false;
  } catch {
    return false;
  }
}
