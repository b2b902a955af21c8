const pattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

const two = (value: number): string => String(value).padStart(2, '0');

/** A moment as a `datetime-local` field wants it, by this machine's wall clock. */
export function toLocalField(ms: number): string {
  const date = new Date(ms);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** What a `datetime-local` field holds as a moment; null while it is empty or half typed. */
export function fromLocalField(value: string): number | null {
  if (!pattern.test(value)) return null;
  const ms = new Date(value).getTime();
  return Number.isNaN(ms) ? null : ms;
}

/** A deadline to choose with one click. */
export interface DeadlineChoice {
  readonly label: string;
  readonly ms: number;
}

const dayMs = 86_400_000;

/** Deadlines that a newsroom asks for most: soon, and the next of its usual hours. */
export function usualDeadlines(nowMs: number): readonly DeadlineChoice[] {
  const at = (hour: number): number => {
    const day = new Date(nowMs);
    const today = new Date(day.getFullYear(), day.getMonth(), day.getDate(), hour).getTime();
    if (today > nowMs) return today;
    const next = new Date(nowMs + dayMs);
    return new Date(next.getFullYear(), next.getMonth(), next.getDate(), hour).getTime();
  };
  const tomorrow = (ms: number): string =>
    new Date(ms).getDate() === new Date(nowMs).getDate() ? '' : 'Tomorrow ';
  return [
    { label: 'In 1 hour', ms: nowMs + 3_600_000 },
    ...[12, 18, 20].map((hour) => ({ label: `${tomorrow(at(hour))}${hour}:00`, ms: at(hour) })),
  ];
}
