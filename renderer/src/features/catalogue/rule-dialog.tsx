import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useState, type ReactNode } from 'react';
import type { Rule, RulePreview, RuleWish, SavedSearch } from '../../../../shared/contract/rules.ts';
import { useCore } from '../../lib/app-context.tsx';
import { formatBytes, formatCount, formatDay, formatNumber, formatTime } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { AppDialog } from '../../ui/dialog.tsx';
import { CheckField, SelectField, TextField } from '../../ui/field.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { DayField } from '../../ui/picked-field.tsx';
import './rule-dialog.css';

const gigabyte = 1e9;
/** How many of the files are named. */
const shown = 8;

function blankWish(searchId: string): RuleWish {
  return {
    searchId,
    rendition: 'best',
    dir: null,
    fromDay: null,
    mostFiles: 50,
    mostBytes: 200 * gigabyte,
    keepOut: true,
  };
}

function wishOf(rule: Rule): RuleWish {
  const { searchId, rendition, dir, fromDay, mostFiles, mostBytes, keepOut } = rule;
  return { searchId, rendition, dir, fromDay, mostFiles, mostBytes, keepOut };
}

/** A whole number above nought as typed; null for none. */
function wholeOf(text: string): number | null {
  const number = Math.floor(Number(text));
  return Number.isFinite(number) && number > 0 ? number : null;
}

/** What a saved search would download by itself, seen before it is switched on. */
export function RuleDialog(props: {
  search: SavedSearch;
  rule: Rule | undefined;
  isOpen: boolean;
  onClose: () => void;
}): ReactNode {
  return (
    <AppDialog
      title={`Download “${props.search.name}” by itself`}
      isOpen={props.isOpen}
      onClose={props.onClose}
    >
      <RuleForm {...props} />
    </AppDialog>
  );
}

function RuleForm(props: Parameters<typeof RuleDialog>[0]): ReactNode {
  const { queries } = useCore();
  const queryClient = useQueryClient();
  const { rule, search, onClose } = props;
  const [wish, setWish] = useState<RuleWish>(rule ? wishOf(rule) : blankWish(search.id));
  const set = (change: Partial<RuleWish>): void => setWish({ ...wish, ...change });
  const asked = useDeferredValue(wish);
  const preview = useQuery({
    ...queries.rules.preview.queryOptions({ input: asked }),
    placeholderData: keepPreviousData,
  });
  const done = async (): Promise<void> => {
    await queryClient.invalidateQueries({ queryKey: queries.rules.key() });
    await queryClient.invalidateQueries({ queryKey: queries.savedSearches.key() });
    onClose();
  };
  const save = useMutation(queries.rules.save.mutationOptions({ onSuccess: done }));
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ ...wish, enabled: true });
      }}
    >
      {rule?.enabled === true && (
        <Note tone="ok">
          <p>
            <strong>It is on.</strong> Taken so far: {formatCount(rule.takenFiles, 'file')},{' '}
            {formatBytes(rule.takenBytes)}
            {rule.lastRunAtMs === null ? '.' : `; last looked ${formatTime(rule.lastRunAtMs)}.`}{' '}
            {rule.reason ?? ''}
          </p>
        </Note>
      )}
      <RuleFields wish={wish} set={set} />
      {preview.error === null ? (
        preview.data && <PreviewBox preview={preview.data} />
      ) : (
        <ErrorNote error={preview.error} />
      )}
      {save.error !== null && <ErrorNote error={save.error} />}
      <div className="dialog-actions">
        <Button onClick={onClose}>Cancel</Button>
        {rule?.enabled === true && (
          <Button disabled={save.isPending} onClick={() => save.mutate({ ...wish, enabled: false })}>
            Switch off
          </Button>
        )}
        <Button type="submit" variant="primary" disabled={save.isPending}>
          {rule?.enabled === true ? 'Save' : 'Switch on'}
        </Button>
      </div>
    </form>
  );
}

function RuleFields({ wish, set }: { wish: RuleWish; set: (change: Partial<RuleWish>) => void }): ReactNode {
  return (
    <>
      <div className="rule-fields">
        <SelectField
          label="File"
          value={wish.rendition}
          options={[
            { value: 'best', label: 'The best' },
            { value: 'smallest', label: 'The smallest' },
          ]}
          onChange={(rendition) => set({ rendition })}
        />
        <DayField label="From day" value={wish.fromDay ?? ''} onChange={(fromDay) => set({ fromDay })} />
        <TextField
          label="Most files in 24 hours"
          inputMode="numeric"
          value={wish.mostFiles ?? ''}
          placeholder="no limit"
          onChange={(event) => set({ mostFiles: wholeOf(event.target.value) })}
        />
        <TextField
          label="Most GB in 24 hours"
          inputMode="numeric"
          value={wish.mostBytes === null ? '' : wish.mostBytes / gigabyte}
          placeholder="no limit"
          onChange={(event) => {
            const number = wholeOf(event.target.value);
            set({ mostBytes: number === null ? null : number * gigabyte });
          }}
        />
      </div>
      <TextField
        label="Folder"
        value={wish.dir ?? ''}
        placeholder="where downloads go anyway"
        onChange={(event) => set({ dir: event.target.value === '' ? null : event.target.value })}
      />
      <CheckField
        label="Do not fetch again what was deleted or cancelled here"
        checked={wish.keepOut}
        onChange={(keepOut) => set({ keepOut })}
      />
    </>
  );
}

function leftOut(preview: RulePreview): string[] {
  const lines: readonly [number, string][] = [
    [preview.beyondLimit, 'wait for the limit'],
    [preview.here, 'are here already or on their way'],
    [preview.deleted, 'were deleted or cancelled before'],
    [preview.notReleased, 'are not released'],
    [preview.tooOld, 'are older'],
    [preview.noFile, 'offer no file'],
  ];
  return lines.filter(([count]) => count > 0).map(([count, words]) => `${formatNumber(count)} ${words}`);
}

function PreviewBox({ preview }: { preview: RulePreview }): ReactNode {
  const left = leftOut(preview);
  return (
    <section className="rule-preview" aria-label="What it would take now" aria-live="polite">
      <p>
        Now it would take <strong className="number">{formatCount(preview.files, 'file')}</strong>
        {preview.files > 0 && <>, {formatBytes(preview.bytes)}</>}
        {preview.unknownSizes > 0 && ` and ${formatCount(preview.unknownSizes, 'file')} of unknown size`}
        {preview.more && ' of the newest it finds'}.
      </p>
      {left.length > 0 && <p className="muted small">{left.join(' · ')}</p>}
      {preview.items.length > 0 && (
        <ul className="rule-items">
          {preview.items.slice(0, shown).map((item) => (
            <li key={item.assetId} className="row">
              <span className="muted number">{item.day === null ? '–' : formatDay(item.day)}</span>
              <span className="truncate spacer">{item.title}</span>
              <span className="muted number">
                {item.sizeBytes === null ? 'size unknown' : formatBytes(item.sizeBytes)}
              </span>
            </li>
          ))}
          {preview.files > shown && <li className="muted">and {formatNumber(preview.files - shown)} more</li>}
        </ul>
      )}
    </section>
  );
}
