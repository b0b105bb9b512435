/** Photos before and after the work (P23): those the server has, and those on their way. */
import { useEffect, useId, useState } from 'react';
import { useT } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Refusal, Section } from './parts.tsx';
import type { WaitingPhoto } from './photo-store.ts';
import type { EvidenceKind, Visit } from './requests.ts';
import type { Photos } from './use-photos.ts';

/** A button that opens the camera, or the phone's pictures. */
export function TakePhoto({ label, onTake }: { label: string; onTake: (files: File[]) => void }) {
  const id = useId();
  return (
    <span className="af-take">
      <input
        id={id}
        className="ac-hidden"
        type="file"
        accept="image/*"
        capture="environment"
        onChange={(event) => {
          onTake([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
      <label htmlFor={id} className="ac-button">
        <Icon name="photo" /> {label}
      </label>
    </span>
  );
}

function Kept({ photo, label }: { photo: WaitingPhoto; label: string }) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([photo.bytes], { type: 'image/jpeg' }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [photo.bytes]);
  return url ? <img src={url} alt={label} className="af-photo" /> : null;
}

/** The photos of one kind, with what hinders those that wait. */
export function PhotoStrip({ visit, kind, photos }: { visit: Visit; kind: EvidenceKind; photos: Photos }) {
  const t = useT();
  const sent = visit.evidence.filter((photo) => photo.kind === kind);
  const waiting = photos.waiting.filter(({ photo }) => photo.kind === kind);
  const label = t(`visits.photo.${kind}`);
  if (sent.length + waiting.length === 0) return null;
  return (
    <ul className="af-photos">
      {sent.map(({ id, sha256 }) => (
        <li key={id}>
          <img src={`/api/files/${sha256}`} alt={label} className="af-photo" loading="lazy" />
        </li>
      ))}
      {waiting.map(({ photo, sending, problem }) => (
        <li key={photo.key} data-waiting="true" className={problem ? 'af-photo-refused' : undefined}>
          <Kept photo={photo} label={label} />
          <p className="ac-second">{t(sending ? 'visits.photo.sending' : 'visits.photo.kept')}</p>
          {problem && (
            <>
              <Refusal problem={problem} />
              <span className="af-actions">
                <Button onClick={() => void photos.drop(photo)}>{t('visits.photo.drop')}</Button>
                <Button icon="again" onClick={() => void photos.retry(photo)}>
                  {t('visits.photo.retry')}
                </Button>
              </span>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

/** What the phone itself could not do. */
export function PhotoTrouble({ photos }: { photos: Photos }) {
  const t = useT();
  return (
    <>
      {photos.preparing > 0 && (
        <p role="status" className="ac-second">
          {t('visits.photo.preparing')}
        </p>
      )}
      {photos.fault && (
        <p role="alert" className="ac-field-error">
          <Icon name="warning" size={14} /> {t(`visits.photo.fault.${photos.fault}`)}
        </p>
      )}
    </>
  );
}

export function VisitPhotos({ visit, photos, editable }: { visit: Visit; photos: Photos; editable: boolean }) {
  const t = useT();
  const done = visit.evidence.some(({ kind, visit_id }) => kind === 'after' && visit_id === visit.id);
  return (
    <Section id="photos" title={t('visits.photo.title')} done={done}>
      {(['before', 'after'] as const).map((kind) => (
        <div key={kind} className="af-photo-kind">
          <p>
            <b>{t(`visits.photo.${kind}`)}</b>
            {kind === 'after' && <span className="ac-second"> {t('visits.photo.after_needed')}</span>}
          </p>
          <PhotoStrip visit={visit} kind={kind} photos={photos} />
          {editable && (
            <TakePhoto label={t(`visits.photo.take_${kind}`)} onTake={(files) => void photos.take(kind, files)} />
          )}
        </div>
      ))}
      <PhotoTrouble photos={photos} />
    </Section>
  );
}
