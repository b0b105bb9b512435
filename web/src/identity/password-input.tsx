/** A password field that can be shown; pasting and password managers work (WCAG 3.3.8). */
import { useState } from 'react';
import { useT } from '../i18n/index.ts';
import type { InputProps } from '../ui/form.tsx';

export function PasswordInput(props: {
  input: InputProps;
  value: string;
  onChange: (event: { target: { value: string } }) => void;
  name: string;
  autoComplete: 'current-password' | 'new-password';
}) {
  const t = useT();
  const [shown, setShown] = useState(false);
  const { input, ...rest } = props;
  return (
    <div className="ac-password">
      <input {...input} {...rest} type={shown ? 'text' : 'password'} maxLength={200} spellCheck={false} />
      <button type="button" className="ac-link" aria-pressed={shown} onClick={() => setShown(!shown)}>
        {t(shown ? 'login.password.hide' : 'login.password.show')}
      </button>
    </div>
  );
}
