import type { PlaceFacts } from './place-facts.ts';

/** What templates are shown on while the catalogue is empty: one that says everything, and one that says little. */
export const builtInExamples: readonly PlaceFacts[] = [
  {
    fileName: '260201a-winter-session-003.mp4',
    known: {
      day: '2026-02-01',
      event: 'Winter session',
      title: 'Arrivals and opening statements',
      place: 'Tamrit',
      country: 'Meridian',
      source: 'Meridian Compact',
      id: '48213',
      version: 'master',
      language: 'en',
      rendition: 'master',
      size: '1920x1080',
    },
  },
  {
    fileName: 'A001_C003.mov',
    known: { title: 'B-roll of the harbour', source: 'archive.example' },
  },
];
