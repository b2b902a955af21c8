import { createLink } from '@tanstack/react-router';
import type { LucideIcon } from 'lucide-react';
import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ReactNode, Ref } from 'react';

interface Look {
  readonly variant?: 'plain' | 'primary' | 'quiet' | 'danger';
  readonly small?: boolean;
  readonly icon?: LucideIcon;
}

function classes(look: Look, extra = ''): string {
  const { variant = 'plain', small = false } = look;
  const parts = [
    'button',
    small ? 'button-small' : '',
    variant === 'plain' ? '' : `button-${variant}`,
    extra,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

/** A button with words; `type` is "button" unless it is said to be the form's own. */
export function Button(
  props: Look & ButtonHTMLAttributes<HTMLButtonElement> & { ref?: Ref<HTMLButtonElement> },
): ReactNode {
  const { variant, small, icon: Icon, children, type = 'button', className, ...rest } = props;
  const look = { ...(variant && { variant }), ...(small && { small }) };
  return (
    <button {...rest} type={type === 'submit' ? 'submit' : 'button'} className={classes(look, className)}>
      {Icon && <Icon size={small ? 14 : 16} aria-hidden />}
      {children}
    </button>
  );
}

/** A button that shows only a picture; its label is what a screen reader and the tooltip say. */
export function IconButton(
  props: Omit<Look, 'icon'> & {
    label: string;
    icon: LucideIcon;
  } & ButtonHTMLAttributes<HTMLButtonElement>,
): ReactNode {
  const { label, icon: Icon, variant = 'quiet', small, className = '', ...rest } = props;
  return (
    <button
      {...rest}
      type="button"
      aria-label={label}
      title={label}
      className={classes({ variant, ...(small && { small }) }, `button-icon ${className}`)}
    >
      <Icon size={small ? 14 : 16} aria-hidden />
    </button>
  );
}

function Anchor(
  props: Look & AnchorHTMLAttributes<HTMLAnchorElement> & { ref?: Ref<HTMLAnchorElement> },
): ReactNode {
  const { variant, small, icon: Icon, children, className, ...rest } = props;
  const look = { ...(variant && { variant }), ...(small && { small }) };
  return (
    <a {...rest} className={classes(look, className)}>
      {Icon && <Icon size={small ? 14 : 16} aria-hidden />}
      {children}
    </a>
  );
}

/** A link inside the app that looks like a button, because it is the next step. */
export const ButtonLink = createLink(Anchor);
