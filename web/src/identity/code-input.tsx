/** A code of the authenticator: digits on a phone's keys, filled in by the system where it can; a recovery code is typed as text. */
import type { InputProps } from '../ui/form.tsx';

export function CodeInput(props: {
  input: InputProps;
  value: string;
  onChange: (event: { target: { value: string } }) => void;
  name: string;
  recovery?: boolean;
  autoFocus?: boolean;
}) {
  const { input, recovery = false, ...rest } = props;
  return (
    <input
      {...input}
      {...rest}
      className="ac-input ac-code-input"
      inputMode={recovery ? 'text' : 'numeric'}
      autoComplete={recovery ? 'off' : 'one-time-code'}
      autoCapitalize={recovery ? 'characters' : 'none'}
      spellCheck={false}
      maxLength={24}
    />
  );
}
