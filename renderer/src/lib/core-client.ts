import type { ContractRouterClient } from '@orpc/contract';
import type { RouterUtils } from '@orpc/tanstack-query';
import type { Contract } from '../../../shared/contract/contract.ts';

/** The core as the page calls it: typed by the contract, whatever the door. */
export type CoreClient = ContractRouterClient<Contract>;

/** The same calls as query and mutation options. */
export type CoreQueries = RouterUtils<CoreClient>;
