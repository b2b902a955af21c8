import type { DemoPerson } from './demo-story.ts';

/** The invented people of the demo; nobody here exists. */
export const cast = {
  vasholm: { name: 'Ingrid Vasholm', role: 'Secretary General of the Meridian Compact' },
  arregui: { name: 'Tomás Arreguí', role: 'Deputy Secretary General' },
  halvarsen: { name: 'General Piotr Halvarsen', role: 'Supreme Commander, Compact Operations' },
  okonjo: { name: 'Rear Admiral Adaeze Okonjo-Lund', role: 'Commander, Standing Maritime Group' },
  dufresnoy: { name: 'Major General Élodie Dufresnoy', role: 'Commander, Compact Mission Tamrit' },
  benSahel: { name: 'Yasin Ben-Sahel', role: 'Prime Minister of Tamrit' },
  alMurri: { name: 'Dr. Nawal al-Murri', role: 'Deputy Foreign Minister of Tamrit' },
  zorenko: { name: 'Олена Зоренко', role: 'Minister of Infrastructure of Zorynia' },
  petrakis: { name: 'Δημήτρης Πετράκης', role: 'Minister of Defence of Kalydon' },
  lindqvist: { name: 'Åsa Lindqvist-Moreau', role: 'Assistant Secretary General for Operations' },
  brannock: { name: 'Colonel Rhys Brannock', role: 'Exercise Director' },
} as const satisfies Record<string, DemoPerson>;

/** Organisations that the demo names. */
export const bodies = {
  compact: 'Meridian Compact',
  council: 'Compact Council',
  mission: 'Compact Mission Tamrit',
  college: 'Tamrit Defence College',
  maritime: 'Standing Maritime Group',
  cyber: 'Compact Cyber Range',
} as const;

/** The headquarters, as place and country. */
export const headquarters = { place: 'Compact Headquarters, Aldermouth', country: 'Brenmark' } as const;
