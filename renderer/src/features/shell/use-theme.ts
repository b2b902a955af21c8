import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useCore } from '../../lib/app-context.tsx';

/** Puts the chosen theme on the page; "system" leaves the choice to the system. */
export function useTheme(): void {
  const { queries, shell } = useCore();
  const theme = useQuery(queries.settings.get.queryOptions()).data?.theme;
  useEffect(() => {
    if (theme === undefined) return;
    const { dataset } = document.documentElement;
    if (theme === 'system') delete dataset['theme'];
    else dataset['theme'] = theme;
    shell?.setTheme(theme);
  }, [theme, shell]);
}
