/** The photos of a visit on the phone: take, keep, send, say what happened to each. */
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { api, call, newCommandId } from '../api/client.ts';
import { type Problem, toProblem } from '../api/problem.ts';
import { keys } from '../api/queries.ts';
import { serverNow } from '../api/server-clock.ts';
import { sendFile, sha256, shrink } from './photo.ts';
import { askToPersist, dropPhoto, keepPhoto, type WaitingPhoto, waitingPhotos } from './photo-store.ts';
import { type EvidenceKind, visitQuery } from './requests.ts';

/** A photo on its way. */
export interface Waiting {
  photo: WaitingPhoto;
  sending: boolean;
  problem?: Problem;
}

/** Where a photo could not be taken on at all. */
export type PhotoFault = 'not_a_picture' | 'not_kept' | 'not_secure';

/** Takes photos of a visit, keeps them until the server has them, and sends them one after the other. */
export function usePhotos(visit_id: string) {
  const queries = useQueryClient();
  const [waiting, setWaiting] = useState<readonly Waiting[]>([]);
  const [preparing, setPreparing] = useState(0);
  const [fault, setFault] = useState<PhotoFault>();
  const busy = useRef(false);
  const again = useRef(false);

  const flush = useCallback(async () => {
    // A photo that comes while others are being sent is taken in the next turn.
    if (busy.current) {
      again.current = true;
      return;
    }
    busy.current = true;
    try {
      do {
        again.current = false;
        const kept = await waitingPhotos(visit_id).catch(() => []);
        setWaiting((now) =>
          kept.map((photo) => now.find((one) => one.photo.key === photo.key) ?? { photo, sending: false }),
        );
        for (const photo of kept) {
          setWaiting((now) => now.map((one) => (one.photo.key === photo.key ? { photo, sending: true } : one)));
          try {
            await sendFile(photo.sha256, photo.bytes);
            const visit = await call(
              api.POST('/api/visits/{id}/evidence', {
                params: { path: { id: visit_id } },
                body: { kind: photo.kind, sha256: photo.sha256 },
                headers: { 'Idempotency-Key': photo.command_id, 'Device-Time': photo.taken_at },
              }),
            );
            await dropPhoto(photo.key);
            setWaiting((now) => now.filter((one) => one.photo.key !== photo.key));
            queries.setQueryData(visitQuery(visit_id).queryKey, visit);
          } catch (error) {
            const problem = toProblem(error);
            setWaiting((now) =>
              now.map((one) => (one.photo.key === photo.key ? { photo, sending: false, problem } : one)),
            );
            // Without an answer the next one would wait for it in vain too.
            if (problem.status === 0) return;
            if (problem.status === 409) void queries.invalidateQueries({ queryKey: keys.one('visit', visit_id) });
          }
        }
      } while (again.current);
    } finally {
      busy.current = false;
    }
  }, [visit_id, queries]);

  useEffect(() => {
    void flush();
    const online = () => void flush();
    addEventListener('online', online);
    return () => removeEventListener('online', online);
  }, [flush]);

  const take = useCallback(
    async (kind: EvidenceKind, files: readonly File[]) => {
      setFault(undefined);
      if (!globalThis.isSecureContext) return setFault('not_secure');
      setPreparing((now) => now + files.length);
      for (const file of files) {
        try {
          const bytes = await (await shrink(file)).arrayBuffer();
          const digest = await sha256(bytes);
          const taken_at = new Date(serverNow()).toISOString();
          const key = `${visit_id}/${kind}/${digest}`;
          try {
            await keepPhoto({ key, visit_id, kind, sha256: digest, bytes, taken_at, command_id: newCommandId() });
          } catch {
            setFault('not_kept');
            continue;
          }
          void askToPersist();
        } catch {
          setFault('not_a_picture');
        } finally {
          setPreparing((now) => now - 1);
        }
      }
      await flush();
    },
    [visit_id, flush],
  );

  /** Sends again what was refused, with a new command. */
  const retry = useCallback(
    async (photo: WaitingPhoto) => {
      await keepPhoto({ ...photo, command_id: newCommandId() });
      await flush();
    },
    [flush],
  );

  const drop = useCallback(async (photo: WaitingPhoto) => {
    await dropPhoto(photo.key);
    setWaiting((now) => now.filter((one) => one.photo.key !== photo.key));
  }, []);

  return useMemo(
    () => ({ waiting, preparing, fault, take, retry, drop }),
    [waiting, preparing, fault, take, retry, drop],
  );
}

export type Photos = ReturnType<typeof usePhotos>;
