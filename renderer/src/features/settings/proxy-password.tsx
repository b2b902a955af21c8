import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useCore } from '../../lib/app-context.tsx';
import { Button } from '../../ui/button.tsx';
import { PasswordField } from '../../ui/field.tsx';
import { useToasts } from '../../ui/toast.tsx';

/** The password of the proxy: it is sealed in the core and never comes back to the page. */
export function ProxyPassword({ kept }: { kept: boolean }): ReactNode {
  const { queries } = useCore();
  const queryClient = useQueryClient();
  const toasts = useToasts();
  const [text, setText] = useState('');
  const save = useMutation(
    queries.network.setProxyPassword.mutationOptions({
      onSuccess: async (status) => {
        setText('');
        toasts.show({ text: status.hasPassword ? 'Password kept, sealed' : 'Password forgotten' });
        await queryClient.invalidateQueries({ queryKey: queries.network.key() });
      },
      onError: toasts.fail,
    }),
  );
  return (
    <form
      className="stack proxy-password"
      onSubmit={(event) => {
        event.preventDefault();
        if (text !== '') save.mutate({ password: text });
      }}
    >
      <PasswordField
        label="Password at the proxy"
        autoComplete="off"
        placeholder={kept ? 'Kept, sealed' : ''}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="row">
        <Button small type="submit" disabled={text === '' || save.isPending}>
          Keep password
        </Button>
        {kept && (
          <Button small disabled={save.isPending} onClick={() => save.mutate({ password: null })}>
            Forget it
          </Button>
        )}
      </div>
    </form>
  );
}
