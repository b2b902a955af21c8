/**
 * Reads one further: the next item is asked for while the last one is being worked on. An error comes when it is the
 * turn of the item it stands for.
 *
 * @param ends tells the last item, behind which nothing is asked for.
 * @param stop is called when nobody reads on; it has to end what the reading waits for.
 */
export async function* readAhead<T>(
  items: AsyncGenerator<T, void>,
  { ends, stop }: { ends: (item: T) => boolean; stop: () => void },
): AsyncGenerator<T, void> {
  try {
    let next = items.next();
    for (;;) {
      const { value, done } = await next;
      if (done === true) return;
      const isLast = ends(value);
      if (!isLast) {
        next = items.next();
        // It is thrown above, unless nobody reads on.
        next.catch(() => undefined);
      }
      yield value;
      if (isLast) return;
    }
  } finally {
    stop();
    await items.return().catch(() => undefined);
  }
}
