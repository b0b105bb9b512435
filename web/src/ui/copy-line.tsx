/** A link or secret that is shown once, with a button that copies it. */
import { useRef, useState } from 'react';
import { useT } from '../i18n/index.ts';
import { announce } from './announce.tsx';
import { Button } from './button.tsx';

/** `bare` is the button alone, where the text stands beside it in another form. */
export function CopyLine({ label, text, bare = false }: { label: string; text: string; bare?: boolean }) {
  const t = useT();
  const input = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Plain HTTP has no clipboard: the text is selected, so that Ctrl-C takes it.
      input.current?.focus();
      input.current?.select();
      announce(t('common.copy.by_hand'), 'info');
      return;
    }
    setCopied(true);
    announce(t('common.copy.done'));
  };

  return (
    <div className="ac-copy">
      <input
        ref={input}
        className={bare ? 'ac-hidden' : 'ac-input ac-figure'}
        {...(bare ? { tabIndex: -1 } : {})}
        readOnly
        aria-label={label}
        value={text}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button icon={copied ? 'check' : 'note'} onClick={() => void copy()}>
        {t('common.copy')}
      </Button>
    </div>
  );
}
