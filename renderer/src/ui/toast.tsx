import { X } from 'lucide-react';
import { createContext, use, useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import { describeError } from '../lib/errors.ts';
import { Button, IconButton } from './button.tsx';
import './toast.css';
import { useRoom } from './use-room.ts';

interface ToastContent {
  readonly text: string;
  readonly tone?: 'plain' | 'bad';
  /** A message about the same thing takes the place of the one before. */
  readonly about?: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

interface Toasts {
  show: (content: ToastContent) => void;
  /** Says in words why something failed. */
  fail: (error: unknown) => void;
}

const ToastContext = createContext<Toasts | null>(null);
const shownMs = 8000;
const most = 3;

/** Shows short messages in a corner; they leave by themselves, errors only when they are closed. */
export function ToastProvider(props: { children: ReactNode }): ReactNode {
  const [list, setList] = useState<readonly (ToastContent & { id: number })[]>([]);
  const nextId = useRef(1);
  const room = useRoom('--toast-room');
  const close = useCallback((id: number) => setList((now) => now.filter((toast) => toast.id !== id)), []);
  const toasts = useMemo<Toasts>(() => {
    const show = (content: ToastContent): void => {
      const id = nextId.current;
      nextId.current += 1;
      setList((now) => {
        const others = now.filter((toast) => content.about === undefined || toast.about !== content.about);
        return [...others.slice(1 - most), { ...content, id }];
      });
      if (content.tone !== 'bad') setTimeout(() => close(id), shownMs);
    };
    return {
      show,
      fail: (error) => {
        const { title, whatToDo } = describeError(error);
        show({ text: `${title} ${whatToDo}`, tone: 'bad' });
      },
    };
  }, [close]);

  return (
    <ToastContext value={toasts}>
      {props.children}
      <div ref={room} className="toasts" role="status" aria-live="polite" aria-label="Messages">
        {list.map((toast) => (
          <div key={toast.id} className={toast.tone === 'bad' ? 'toast toast-bad' : 'toast'}>
            <span className="spacer">{toast.text}</span>
            {toast.action && (
              <Button
                small
                onClick={() => {
                  toast.action?.run();
                  close(toast.id);
                }}
              >
                {toast.action.label}
              </Button>
            )}
            <IconButton small icon={X} label="Close message" onClick={() => close(toast.id)} />
          </div>
        ))}
      </div>
    </ToastContext>
  );
}

/** The messages in the corner. */
export function useToasts(): Toasts {
  const toasts = use(ToastContext);
  if (toasts === null) throw new Error('useToasts needs a ToastProvider above it');
  return toasts;
}
