import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { CatalogueFilter } from '../../../../shared/contract/catalogue.ts';
import type { SavedSearch } from '../../../../shared/contract/rules.ts';
import { useCore } from '../../lib/app-context.tsx';
import { Button } from '../../ui/button.tsx';
import { AppDialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { ErrorNote } from '../../ui/note.tsx';

/** Keeps a search under a name, or changes the one that is open. */
export function SaveSearchDialog(props: {
  filter: CatalogueFilter;
  /** The saved search that is shown, when it is one. */
  saved: SavedSearch | undefined;
  isOpen: boolean;
  onClose: () => void;
  onSaved: (search: SavedSearch) => void;
}): ReactNode {
  return (
    <AppDialog
      title={props.saved ? 'Change the saved search' : 'Save this search'}
      isOpen={props.isOpen}
      onClose={props.onClose}
    >
      <SaveSearchForm {...props} />
    </AppDialog>
  );
}

function SaveSearchForm(props: Parameters<typeof SaveSearchDialog>[0]): ReactNode {
  const { queries } = useCore();
  const queryClient = useQueryClient();
  const { saved, filter } = props;
  const [name, setName] = useState(saved?.name ?? filter.query ?? '');
  const save = useMutation(
    queries.savedSearches.save.mutationOptions({
      onSuccess: async (search) => {
        await queryClient.invalidateQueries({ queryKey: queries.savedSearches.key() });
        props.onSaved(search);
      },
    }),
  );
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ ...(saved && { id: saved.id }), name, filter });
      }}
    >
      <TextField
        label="Name"
        required
        maxLength={120}
        value={name}
        hint="It stands in the sidebar with how much it finds, and how much of that is new."
        onChange={(event) => setName(event.target.value)}
      />
      {save.error !== null && <ErrorNote error={save.error} />}
      <div className="dialog-actions">
        <Button onClick={props.onClose}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={save.isPending || name.trim() === ''}>
          Save
        </Button>
      </div>
    </form>
  );
}
