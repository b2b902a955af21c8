import { Link2 } from 'lucide-react';
import type { ReactNode } from 'react';
import './incoming.css';

/** Shows itself over the list while something that may be addresses hovers. */
export function DropZone({ shown }: { shown: boolean }): ReactNode {
  if (!shown) return null;
  return (
    <div className="drop-zone" role="status">
      <Link2 size={28} strokeWidth={1.75} aria-hidden />
      <strong>Drop addresses to download them</strong>
      <span className="muted">One or several, from a browser or a text.</span>
    </div>
  );
}
