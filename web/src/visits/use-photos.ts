/** The photos of a visit on the phone: made small, kept, and given to the outbox. */
import { useCallback, useMemo, useState } from 'react';
import { askToPersist } from '../outbox/keeping.ts';
import { useDeed } from './command.ts';
import { sha256, shrink } from './picture.ts';
import type { EvidenceKind, Visit } from './requests.ts';

/** Where a photo could not be taken on at all. */
export type PhotoFault = 'not_a_picture' | 'not_secure';

/** Takes photos of a visit; each is kept on this phone until the server has it. */
export function usePhotos(visit: Visit) {
  const [preparing, setPreparing] = useState(0);
  const [fault, setFault] = useState<PhotoFault>();
  const { run, problem } = useDeed(visit, 'evidence');

  const take = useCallback(
    async (kind: EvidenceKind, files: readonly File[]) => {
      setFault(undefined);
      if (!globalThis.isSecureContext) return setFault('not_secure');
      setPreparing((now) => now + files.length);
      for (const file of files) {
        try {
          const bytes = await (await shrink(file)).arrayBuffer();
          const digest = await sha256(bytes);
          // A refused photo can't be taken again by the same light: it stays in the outbox.
          await run({ kind, sha256: digest }, { files: [{ sha256: digest, bytes }], back: () => false });
          void askToPersist();
        } catch {
          setFault('not_a_picture');
        } finally {
          setPreparing((now) => now - 1);
        }
      }
    },
    [run],
  );

  return useMemo(() => ({ preparing, fault, problem, take }), [preparing, fault, problem, take]);
}

export type Photos = ReturnType<typeof usePhotos>;
