import { Check, Copy } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button } from './button.tsx';
import { useToasts } from './toast.tsx';

/** Copies a text and says so. */
export function CopyButton(props: { text: string; label: string }): ReactNode {
  const [copied, setCopied] = useState(false);
  const toasts = useToasts();
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(props.text);
      setCopied(true);
      setTimeout(() => setCopied(false), 2000);
    } catch {
      toasts.show({ text: 'The clipboard refused the text. Select it and copy it by hand.', tone: 'bad' });
    }
  };
  return (
    <Button small icon={copied ? Check : Copy} onClick={() => void copy()}>
      {copied ? 'Copied' : props.label}
    </Button>
  );
}
