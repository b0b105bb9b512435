/** Photos as evidence: made small on this device, sent by digest, shown while they wait. */
import { useEffect, useRef, useState } from 'react';
import { toProblem } from '../api/problem.ts';
import { useT } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { sendFile } from '../visits/photo.ts';
import { sha256, shrink } from '../visits/picture.ts';

/** `value` are digests of photos that the server has. */
export function EvidencePhotos(props: {
  value: readonly string[];
  onChange: (next: string[]) => void;
  error?: string | undefined;
}) {
  const t = useT();
  const { value, onChange, error } = props;
  const input = useRef<HTMLInputElement>(null);
  const latest = useRef(value);
  latest.current = value;
  const [busy, setBusy] = useState(0);
  const [problem, setProblem] = useState<string>();

  const take = async (files: FileList | null) => {
    setProblem(undefined);
    for (const file of Array.from(files ?? [])) {
      setBusy((now) => now + 1);
      try {
        const bytes = await (await shrink(file)).arrayBuffer();
        const digest = await sha256(bytes);
        await sendFile(digest, bytes);
        if (!latest.current.includes(digest)) onChange([...latest.current, digest]);
      } catch (thrown) {
        setProblem(toProblem(thrown).title);
      } finally {
        setBusy((now) => now - 1);
      }
    }
    if (input.current) input.current.value = '';
  };
  return (
    <fieldset className="ad-photos">
      <legend>{t('coverage.field.photos')}</legend>
      <div className="ad-row">
        {value.map((digest) => (
          <span key={digest} className="ad-photo">
            <Photo digest={digest} />
            <button
              type="button"
              className="ac-link"
              onClick={() => onChange(value.filter((each) => each !== digest))}
              aria-label={t('common.remove')}
            >
              <Icon name="cross" size={14} />
            </button>
          </span>
        ))}
        <input
          ref={input}
          type="file"
          accept="image/*"
          multiple
          hidden
          onChange={(event) => void take(event.target.files)}
        />
        <Button icon="photo" busy={busy > 0} onClick={() => input.current?.click()}>
          {t('coverage.photos.add')}
        </Button>
      </div>
      {(problem ?? error) && (
        <p className="ac-field-error" aria-invalid="true">
          <Icon name="warning" size={14} /> {problem ?? error}
        </p>
      )}
    </fieldset>
  );
}

/** A photo of the server; fetched with the session, because it is sent as an attachment. */
export function Photo({ digest }: { digest: string }) {
  const t = useT();
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    let made: string | undefined;
    const stop = new AbortController();
    void (async () => {
      try {
        const answer = await fetch(`/api/files/${digest}`, { signal: stop.signal });
        if (!answer.ok) return;
        made = URL.createObjectURL(await answer.blob());
        if (stop.signal.aborted) URL.revokeObjectURL(made);
        else setUrl(made);
      } catch {
        // Without the picture its place stays empty; the digest below it still names it.
      }
    })();
    return () => {
      stop.abort();
      if (made) URL.revokeObjectURL(made);
    };
  }, [digest]);
  return url ? (
    <a href={url} target="_blank" rel="noreferrer">
      <img src={url} alt={t('coverage.photo', { digest: digest.slice(0, 8) })} />
    </a>
  ) : (
    <span className="ac-second ac-figure">{digest.slice(0, 8)}</span>
  );
}
