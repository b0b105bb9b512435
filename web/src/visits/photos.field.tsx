/** Photos before and after the work (P23): those the server has, and those on their way. */
import { useEffect, useId, useState } from 'react';
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

/** A photo that still stands on this phone only. */
function Kept({ sha256, label }: { sha256: string; label: string }) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    let made: string | undefined;
    let gone = false;
    void keptFile(sha256)
      .then((bytes) => {
        if (!bytes || gone) return;
        made = URL.createObjectURL(new Blob([bytes], { type: 'image/jpeg' }));
        setUrl(made);
      })
      .catch(() => {});
    return () => {
      gone = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [sha256]);
  return url ? <img src={url} alt={label} className="af-photo" /> : <span className="af-photo" />;
}

/** The photos of one kind: those the server has, and those that wait on this phone. */
export function PhotoStrip({ visit, kind }: { visit: Visit; kind: EvidenceKind }) {
  const t = useT();
  const photos = visit.evidence.filter((photo) => photo.kind === kind);
  const label = t(`visits.photo.${kind}`);
  if (photos.length === 0) return null;
  return (
    <ul className="af-photos">
      {photos.map((photo) =>
        isUnsent(photo) ? (
          <li key={photo.sha256} data-waiting="true">
            <Kept sha256={photo.sha256} label={label} />
            <NotSent of={photo} />
          </li>
        ) : (
          <li key={photo.sha256}>
            <img src={`/api/files/${photo.sha256}`} alt={label} className="af-photo" loading="lazy" />
          </li>
        ),
      )}
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
