import { useEffect, useState, type ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { AppDialog } from '../../ui/dialog.tsx';
import { isTyping } from '../../ui/is-typing.ts';

const shortcuts: readonly [keys: string, what: string][] = [
  ['/', 'Search everything'],
  ['← → ↑ ↓', 'Move in a list; with Shift extend the selection, with Ctrl move alone'],
  ['Home End PgUp PgDn', 'Move far'],
  ['Space', 'Select or deselect'],
  ['Ctrl A', 'Select all'],
  ['Enter', 'Open'],
  ['D', 'Download the selection'],
  ['P', 'Pause or resume downloads'],
  ['R', 'Retry downloads'],
  ['Ctrl V', 'Add the addresses in the clipboard to the downloads'],
  ['Alt ↑ ↓', 'Move downloads up or down in the queue'],
  ['Alt Home End', 'Move downloads to the top or the end of the queue'],
  ['Del', 'Cancel downloads, or take ended ones off the list'],
  ['1 – 5, 0', 'Rate clips, or take the rating away'],
  ['6 – 9', 'Label clips red, yellow, green, blue'],
  [', and .', 'Step through the filmstrip of a clip'],
  ['Ctrl Z', 'Undo the last change of tags'],
  ['Esc', 'Close or deselect'],
];

/** The list of keys, on `?`. */
export function ShortcutSheet(): ReactNode {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== '?' || isTyping(event.target)) return;
      event.preventDefault();
      setOpen(true);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return (
    <AppDialog title="Keyboard" isOpen={open} onClose={() => setOpen(false)}>
      <dl className="facts">
        {shortcuts.map(([keys, what]) => (
          <div key={keys} className="shortcut">
            <dt>
              <kbd className="kbd">{keys}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <div className="dialog-actions">
        <Button onClick={() => setOpen(false)}>Close</Button>
      </div>
    </AppDialog>
  );
}
