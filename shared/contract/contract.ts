import { account } from './account.ts';
import { catalogue } from './catalogue.ts';
import { downloads } from './downloads.ts';
import { events } from './events.ts';
import { library, thumbs } from './library.ts';
import { network } from './network.ts';
import { notices } from './notices.ts';
import { places } from './places.ts';
import { rules, savedSearches } from './rules.ts';
import { search } from './search.ts';
import { sources } from './sources.ts';
import { settings, system } from './system.ts';
import { tags } from './tags.ts';
import { verify } from './verify.ts';

/** All that the core can be asked, by any door. */
export const contract = {
  account,
  catalogue,
  downloads,
  events,
  library,
  network,
  notices,
  places,
  rules,
  savedSearches,
  search,
  settings,
  sources,
  system,
  tags,
  thumbs,
  verify,
};
export type Contract = typeof contract;
