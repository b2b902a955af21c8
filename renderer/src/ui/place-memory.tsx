import { createContext, use, useState, type ReactNode } from 'react';

/** Where a list stood, so that Back brings the reader to the same place. */
export interface Place {
  offset: number;
  active: number;
}

const PlaceContext = createContext<Map<string, Place> | null>(null);

/** Remembers the places of lists while the window lives. */
export function PlaceMemory(props: { children: ReactNode }): ReactNode {
  const [places] = useState(() => new Map<string, Place>());
  return <PlaceContext value={places}>{props.children}</PlaceContext>;
}

/** The remembered place under a key; write into the map to remember it. */
export function usePlaces(): Map<string, Place> {
  const places = use(PlaceContext);
  if (places === null) throw new Error('usePlaces needs a PlaceMemory above it');
  return places;
}
