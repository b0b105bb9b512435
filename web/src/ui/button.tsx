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
  /** For a button that stays in: whether it is. */
  pressed?: boolean;
  /** Can't be pressed for a moment, without losing the focus. */
  resting?: boolean;
  reason?: string;
  onClick?: () => void;
}) {
  const { children, kind = 'plain', type = 'button', icon, busy = false, disabled = false, resting = false } = props;
  const { reason, pressed, onClick } = props;
  return (
    <button
      type={type}
      className={`ac-button ac-button-${kind}`}
      disabled={disabled}
      aria-busy={busy}
      aria-pressed={pressed}
      aria-disabled={resting || undefined}
      title={disabled ? reason : undefined}
      onClick={busy || resting ? (event) => event.preventDefault() : onClick}
    >
      {icon && <Icon name={icon} size={kind === 'step' ? 20 : 16} />}
      {children}
    </button>
  );
}
