/**
 * Lets a promise go on purpose; its failure goes to `onError` instead of being lost.
 */
export function drop(promise: Promise<unknown>, onError: (error: unknown) => void): void {
  promise.catch(onError);
}
