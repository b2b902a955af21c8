/** Keeps the last `most` values that were made for a key. `drop` is called with each that is kept no longer. */
export function createRecent<V>(most: number, drop: (value: V) => void = () => undefined) {
  const values = new Map<string, V>();
  return {
    get: (key: string, make: () => V): V => {
      const value = values.get(key) ?? make();
      values.delete(key);
      values.set(key, value);
      for (const [oldest, dropped] of values) {
        if (values.size <= most) break;
        values.delete(oldest);
        drop(dropped);
      }
      return value;
    },
    clear: (): void => {
      for (const value of values.values()) drop(value);
      values.clear();
    },
  };
}
