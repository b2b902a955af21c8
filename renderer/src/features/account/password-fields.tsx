import { Check, Circle } from 'lucide-react';
import type { ReactNode } from 'react';
import { passwordChecklist } from '../../lib/password-checklist.ts';

/** The password rule point by point while somebody types. */
export function PasswordChecklist(props: { password: string; email: string }): ReactNode {
  return (
    <ul className="password-rule" aria-label="The password needs">
      {passwordChecklist(props.password, props.email).map((item) => (
        <li key={item.failure} className={item.met ? 'password-met' : ''}>
          {item.met ? <Check size={14} aria-hidden /> : <Circle size={10} aria-hidden />}
          {item.text}
          <span className="visually-hidden">{item.met ? ': met' : ': not yet'}</span>
        </li>
      ))}
    </ul>
  );
}
