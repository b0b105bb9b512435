/** What a customer does on the page of their case: one thing open at a time, each with its own button. */
import { type ReactNode, useRef, useState } from 'react';
import { newCommandId } from '../api/command-id.ts';
import { isTransient, type Problem, toProblem } from '../api/problem.ts';
import { useT } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/form.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';
import { ErrorState } from '../ui/states.tsx';
import { DateTime } from '../ui/values.tsx';
import { ask, type TrackPage } from './call.ts';
import { PhotoButton, usePhoto } from './photo.tsx';
import { Rate } from './rate.tsx';
import { Sign } from './sign.tsx';
import { Wish } from './wish.tsx';

/** Sends a command of the link's holder; a doubtful one is sent again under the same id. */
export function useDo(link: string, onPage: (page: TrackPage) => void) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const key = useRef<string>(undefined);
  const run = async (path: string, body: unknown): Promise<boolean> => {
    if (busy) return false;
    setBusy(true);
    setProblem(undefined);
    key.current ??= newCommandId();
    try {
      onPage(await ask<TrackPage>('POST', `/api/track/${path}`, { body, link, key: key.current }));
      key.current = undefined;
      return true;
    } catch (error) {
      const refused = toProblem(error);
      if (!isTransient(refused)) key.current = undefined;
      setProblem(refused);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { run, busy, problem };
}

type Open = 'add' | 'move' | 'complain' | 'rate' | 'sign';

export function Actions(props: { page: TrackPage; link: string; onPage: (page: TrackPage) => void }) {
  const { page, link, onPage } = props;
  const t = useT();
  const [open, setOpen] = useState<Open>();
  const chase = useDo(link, onPage);
  const { may } = page;
  const close = () => setOpen(undefined);
  const choice = (name: Open, icon: IconName, allowed: boolean, primary = false): ReactNode =>
    allowed &&
    open !== name && (
      <Button icon={icon} kind={primary ? 'step' : 'plain'} onClick={() => setOpen(name)}>
        {t(`track.do.${name}`)}
      </Button>
    );
  return (
    <section className="at-actions" aria-label={t('track.do')}>
      {choice('sign', 'sign', may.sign, true)}
      {open === 'sign' && may.sign && <Sign link={link} onPage={onPage} onClose={close} />}
      {choice('rate', 'check', may.rate, !may.sign)}
      {open === 'rate' && may.rate && <Rate page={page} link={link} onPage={onPage} onClose={close} />}
      {page.rating != null && !may.rate && <p role="status">{t('track.rated', { rating: page.rating })}</p>}
      {may.chase && (
        <Button icon="again" busy={chase.busy} onClick={() => void chase.run('chase', {})}>
          {t('track.do.chase')}
        </Button>
      )}
      {page.chase_again_at && (
        <p className="ac-second" role="status">
          {t('track.chased')} <DateTime at={page.chase_again_at} zone={page.zone} />
        </p>
      )}
      {chase.problem && <ErrorState error={chase.problem} inline />}
      {choice('add', 'photo', may.add)}
      {open === 'add' && <Add link={link} onPage={onPage} onClose={close} />}
      {choice('move', 'calendar', may.move_visit)}
      {open === 'move' && <Wish page={page} link={link} onPage={onPage} onClose={close} />}
      {choice('complain', 'note', may.complain)}
      {open === 'complain' && <Complain link={link} onPage={onPage} onClose={close} />}
      {page.hotline && (
        <a className="ac-button" href={`tel:${page.hotline}`}>
          <Icon name="phone" size={16} /> {t('track.do.call')}
        </a>
      )}
    </section>
  );
}

interface Part {
  link: string;
  onPage: (page: TrackPage) => void;
  onClose: () => void;
}

function Add({ link, onPage, onClose }: Part) {
  const t = useT();
  const [words, setWords] = useState('');
  const photo = usePhoto('/api/track/files', link);
  const { run, busy, problem } = useDo(link, onPage);
  const send = async () => {
    const photo_sha256 = await photo.arrived();
    const body = { ...(words.trim() ? { words: words.trim() } : {}), ...(photo_sha256 ? { photo_sha256 } : {}) };
    if (await run('words', body)) onClose();
  };
  return (
    <div className="ac-panel ac-form">
      <Field label={t('track.add.words')} error={problem?.errors[0]?.detail}>
        {(input) => (
          <textarea
            {...input}
            rows={3}
            maxLength={1000}
            value={words}
            onInput={(e) => setWords(e.currentTarget.value)}
          />
        )}
      </Field>
      <PhotoButton photo={photo} />
      {problem && problem.errors.length === 0 && <ErrorState error={problem} inline />}
      <Buttons
        verb={t('track.do.send')}
        busy={busy}
        disabled={!words.trim() && photo.state === 'none'}
        onSend={send}
        onClose={onClose}
      />
    </div>
  );
}

function Complain({ link, onPage, onClose }: Part) {
  const t = useT();
  const [words, setWords] = useState('');
  const { run, busy, problem } = useDo(link, onPage);
  return (
    <div className="ac-panel ac-form">
      <p className="ac-second">{t('track.complain.hint')}</p>
      <Field label={t('track.complain.words')} required error={problem?.errors[0]?.detail}>
        {(input) => (
          <textarea
            {...input}
            rows={4}
            maxLength={1000}
            value={words}
            onInput={(e) => setWords(e.currentTarget.value)}
          />
        )}
      </Field>
      {problem && problem.errors.length === 0 && <ErrorState error={problem} inline />}
      <Buttons
        verb={t('track.complain.send')}
        busy={busy}
        disabled={!words.trim()}
        onSend={async () => {
          if (await run('complaint', { words: words.trim() })) onClose();
        }}
        onClose={onClose}
      />
    </div>
  );
}

/** The verb, and the way back. */
export function Buttons(props: {
  verb: string;
  busy: boolean;
  disabled?: boolean;
  onSend: () => Promise<void>;
  onClose: () => void;
}) {
  const t = useT();
  return (
    <>
      <Button kind="step" busy={props.busy} disabled={props.disabled ?? false} onClick={() => void props.onSend()}>
        {props.verb}
      </Button>
      <Button onClick={props.onClose}>{t('common.cancel')}</Button>
    </>
  );
}
