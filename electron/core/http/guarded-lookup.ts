import { lookup as systemLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { refusalOfAddress } from './address-policy.ts';
import { refusedAddressCode } from './classify-fault.ts';
import type { AddressPolicy } from './http-client.ts';

/** Looks a host name up; every address it has. Injected in tests, for a name that leads elsewhere than it says. */
export type ResolveHost = (
  hostname: string,
  options: LookupOptions & { all: true },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * The look-up that a socket itself connects by, so that the address checked is the address connected to: a name that
 * answers differently the second time gains nothing.
 */
export function guardedLookup(
  protocol: string,
  policy: AddressPolicy,
  resolveHost: ResolveHost = systemLookup,
): LookupFunction {
  return (hostname, options, callback) => {
    resolveHost(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0);
      const allowed: LookupAddress[] = [];
      let why = `${hostname} has no address.`;
      for (const one of addresses) {
        const refusal = refusalOfAddress(one.address, { hostname, protocol, policy });
        if (refusal === null) allowed.push(one);
        else why = refusal;
      }
      const [first] = allowed;
      if (!first) return callback(Object.assign(new Error(why), { code: refusedAddressCode }), '', 0);
      if (options.all) return callback(null, allowed);
      callback(null, first.address, first.family);
    });
  };
}
