/** Buttons: the label is a verb. At most one `primary` per screen or dialog. */
import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

/** `step` is the big button of the next step on a phone. `reason` says why a disabled one can't be pressed. */
export function Button(props: {
  children: ReactNode;
  kind?: 'primary' | 'plain' | 'danger' | 'step';
  type?: 'button' | 'submit';
  icon?: IconName;
  busy?: boolean;
  disabled?: boolean;
  reason?: string;
  onClick?: () => void;
}) {
  const { children, kind = 'plain', type = 'button', icon, busy = false, disabled = false, reason, onClick } = props;
  return (
    <button
      type={type}
      className={`ac-button ac-button-${kind}`}
      disabled={disabled}
      aria-busy={busy}
      title={disabled ? reason : undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {icon && <Icon name={icon} size={kind === 'step' ? 20 : 16} />}
      {children}
    </button>
  );
}
