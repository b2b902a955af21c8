import { useEffect, useRef, useState } from 'react';
import { isTyping } from '../../ui/is-typing.ts';
import { answeredField, type AccountField, type FieldErrors } from './field-errors.ts';

const order: readonly AccountField[] = ['email', 'code', 'password'];

type Fields = Partial<Record<AccountField, HTMLInputElement | null>>;

function focusFirst(fields: Fields, wrong: FieldErrors): void {
  const first = order.find((name) => wrong[name] !== undefined);
  if (first !== undefined) fields[first]?.focus();
}

/**
 * Errors beside the fields of a form; the first field with one gets the focus, and nothing typed is cleared. A form that
 * opens puts the focus where typing goes on.
 */
export function useAccountForm(answer: unknown) {
  const fields = useRef<Fields>({});
  const [own, setOwn] = useState<FieldErrors>({});
  const [dropped, setDropped] = useState<unknown>(null);
  const answered = answer === null || answer === dropped ? {} : answeredField(answer);
  const errors: FieldErrors = { ...answered, ...own };

  useEffect(() => {
    if (isTyping(document.activeElement)) return;
    const present = order.map((name) => fields.current[name] ?? null).filter((field) => field !== null);
    (present.find((field) => field.value === '') ?? present[0])?.focus();
  }, []);

  useEffect(() => {
    if (answer !== null) focusFirst(fields.current, answeredField(answer));
  }, [answer]);

  return {
    errors,
    /** An answer that belongs to no field; shown above the form. */
    general: answer !== null && Object.keys(answeredField(answer)).length === 0 ? answer : null,
    /** True when the form may be sent. */
    check: (wrong: FieldErrors): boolean => {
      setOwn(wrong);
      focusFirst(fields.current, wrong);
      return Object.keys(wrong).length === 0;
    },
    bind: (name: AccountField) => ({
      ref: (element: HTMLInputElement | null) => {
        fields.current[name] = element;
      },
      error: errors[name] ?? null,
    }),
    /** Typing again takes the complaint away. */
    touched: (): void => {
      setOwn({});
      setDropped(answer);
    },
  };
}
