import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components';

/** One line of a menu; `null` draws a line between groups. */
export interface MenuEntry {
  readonly key: string;
  readonly label: string;
  readonly icon?: LucideIcon;
  readonly hint?: string;
  readonly checked?: boolean;
  readonly run: () => void;
}

/** A button with a picture that opens a menu; it works by keys as a menu does everywhere. */
export function IconMenu(props: {
  label: string;
  icon: LucideIcon;
  entries: readonly (MenuEntry | null)[];
  tabbable?: boolean;
}): ReactNode {
  const Icon = props.icon;
  return (
    <MenuTrigger>
      <AriaButton
        className="button button-quiet button-icon"
        aria-label={props.label}
        excludeFromTabOrder={props.tabbable === false}
      >
        <Icon size={16} aria-hidden />
      </AriaButton>
      <MenuPopover label={props.label} entries={props.entries} />
    </MenuTrigger>
  );
}

function MenuPopover(props: { label: string; entries: readonly (MenuEntry | null)[] }): ReactNode {
  const { entries } = props;
  return (
    <Popover className="popover menu-popover" placement="bottom end">
      <Menu
        aria-label={props.label}
        className="menu"
        onAction={(key) => entries.find((entry) => entry?.key === key)?.run()}
      >
        {entries.map((entry, index) =>
          entry === null ? (
            <Separator key={`line ${index}`} className="menu-line" />
          ) : (
            <MenuItem key={entry.key} id={entry.key} textValue={entry.label} className="menu-item">
              <span className="menu-icon">{entry.icon && <entry.icon size={14} aria-hidden />}</span>
              <span className="spacer">{entry.label}</span>
              {entry.checked === true && <span className="muted small">now</span>}
              {entry.hint !== undefined && <kbd className="kbd">{entry.hint}</kbd>}
            </MenuItem>
          ),
        )}
      </Menu>
    </Popover>
  );
}
