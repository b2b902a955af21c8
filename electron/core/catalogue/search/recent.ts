/** Keeps the last `most` values that were made for a key. */
export function createRecent<V>(most: number) {
  const values = new Map<string, V>();
  return {
    get: (key: string, make: () => V): V => {
      const value = values.get(key) ?? make();
      values.delete(key);
      values.set(key, value);
      for (const oldest of values.keys()) {
        if (values.size <= most) break;
        values.delete(oldest);
      }
      return value;
    },
    clear: (): void => values.clear(),
  };
}
