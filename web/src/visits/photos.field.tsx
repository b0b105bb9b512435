/** Photos before and after the work (P23): those the server has, and those on their way. */
import { useEffect, useId, useState } from 'react';
import { useOnline } from '../api/network.ts';
import { useT } from '../i18n/index.ts';
import { keptFile } from '../outbox/store.ts';
import { Icon } from '../ui/icon.tsx';
import { isUnsent } from './offline/apply.ts';
import { NotSent, Refusal, Section } from './parts.tsx';
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

/** A photo: from this phone if it was taken here, else from the server, which needs a signal. */
function Photo({ sha256, label, unsent }: { sha256: string; label: string; unsent: boolean }) {
  const t = useT();
  const online = useOnline();
  const [here, setHere] = useState<{ url: string | undefined }>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let made: string | undefined;
    let gone = false;
    const show = (bytes: ArrayBuffer | undefined) => {
      if (gone) return;
      if (bytes) made = URL.createObjectURL(new Blob([bytes], { type: 'image/jpeg' }));
      setHere({ url: made });
    };
    void keptFile(sha256).then(show, () => show(undefined));
    return () => {
      gone = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [sha256]);
  useEffect(() => {
    if (online) setFailed(false);
  }, [online]);
  // What only this phone has, nobody else can give.
  const url = here && (here.url ?? (unsent ? undefined : `/api/files/${sha256}`));
  if (url && !failed)
    return <img src={url} alt={label} className="af-photo" loading="lazy" onError={() => setFailed(true)} />;
  return <span className="af-photo af-photo-none">{failed && !online && t('visits.photo.needs_signal')}</span>;
}

/** The photos of one kind: those the server has, and those that wait on this phone. */
export function PhotoStrip({ visit, kind }: { visit: Visit; kind: EvidenceKind }) {
  const t = useT();
  const photos = visit.evidence.filter((photo) => photo.kind === kind);
  const label = t(`visits.photo.${kind}`);
  if (photos.length === 0) return null;
  return (
    <ul className="af-photos">
      {photos.map((photo) => (
        <li key={photo.sha256} data-waiting={isUnsent(photo) || undefined}>
          <Photo sha256={photo.sha256} label={label} unsent={isUnsent(photo)} />
          <NotSent of={photo} short />
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
      <Refusal problem={photos.problem} />
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
          <PhotoStrip visit={visit} kind={kind} />
          {editable && (
            <TakePhoto label={t(`visits.photo.take_${kind}`)} onTake={(files) => void photos.take(kind, files)} />
          )}
        </div>
      ))}
      <PhotoTrouble photos={photos} />
    </Section>
  );
}
