/** A photo of the customer: made small in the browser, on its way while the next field is filled. */
import { useRef, useState } from 'react';
import { useT } from '../i18n/index.ts';
import { Icon } from '../ui/icon.tsx';
import { sendPhoto } from './call.ts';

/** How far a photo is. */
export type PhotoState = 'none' | 'preparing' | 'sending' | 'sent' | 'failed' | 'not_a_picture';

export interface Photo {
  state: PhotoState;
  take: (file: File) => void;
  drop: () => void;
  /** The digest once it has arrived; undefined when there is none or it could not be sent. */
  arrived: () => Promise<string | undefined>;
}

/** Sends the photo to `folder` as soon as it is chosen. */
export function usePhoto(folder: string, link?: string): Photo {
  const [state, setState] = useState<PhotoState>('none');
  const under_way = useRef<Promise<string | undefined>>(Promise.resolve(undefined));
  const turn = useRef(0);

  const take = (file: File) => {
    turn.current += 1;
    const mine = turn.current;
    const say = (next: PhotoState) => {
      if (turn.current === mine) setState(next);
    };
    under_way.current = (async () => {
      say('preparing');
      let bytes: ArrayBuffer;
      let digest: string;
      try {
        // The code that makes photos small comes when the first one is taken.
        const { sha256, shrink } = await import('./shrink.ts');
        bytes = await (await shrink(file)).arrayBuffer();
        digest = await sha256(bytes);
      } catch {
        say('not_a_picture');
        return undefined;
      }
      say('sending');
      try {
        await sendPhoto(folder, digest, bytes, link);
      } catch {
        say('failed');
        return undefined;
      }
      say('sent');
      return turn.current === mine ? digest : undefined;
    })();
  };
  const drop = () => {
    turn.current += 1;
    under_way.current = Promise.resolve(undefined);
    setState('none');
  };
  return { state, take, drop, arrived: () => under_way.current };
}

/** The button that takes a photo, and how far it is. */
export function PhotoButton({ photo }: { photo: Photo }) {
  const t = useT();
  // Digests need a secure context; without one a photo could not be named.
  if (!globalThis.isSecureContext) return null;
  return (
    <div className="at-photo">
      <label className="ac-button">
        <Icon name="photo" size={20} />
        {t(photo.state === 'none' ? 'track.photo.take' : 'track.photo.again')}
        <input
          type="file"
          accept="image/*"
          className="ac-hidden"
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file) photo.take(file);
            event.currentTarget.value = '';
          }}
        />
      </label>
      <span
        role="status"
        className={photo.state === 'failed' || photo.state === 'not_a_picture' ? 'ac-field-error' : 'ac-hint'}
      >
        {photo.state !== 'none' && t(`track.photo.${photo.state}`)}
      </span>
    </div>
  );
}
