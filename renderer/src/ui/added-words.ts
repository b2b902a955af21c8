import type { Download } from '../../../shared/contract/downloads.ts';
import type { AssetId, ClipId } from '../../../shared/contract/values.ts';
import { formatCount, formatNumber } from '../lib/format.ts';

/** What the core found here instead of fetching it again. */
export interface AlreadyHere {
  readonly assetId: AssetId;
  readonly clipId: ClipId | null;
  readonly path: string;
  readonly by: 'identity' | 'hash';
}

/** What may not be downloaded, and why. */
export interface RefusedAsset {
  readonly assetId: AssetId;
  readonly code: string;
  readonly message: string;
}

/** What became of a wish for some assets. */
export interface AddAnswer {
  readonly downloads: readonly Pick<Download, 'state'>[];
  readonly already: readonly AlreadyHere[];
  readonly refused: readonly RefusedAsset[];
}

/** The answers of several calls as one, with the number that is really fetched. */
export function gatherAnswers(answers: readonly AddAnswer[]): AddAnswer & { readonly added: number } {
  const downloads = answers.flatMap((answer) => answer.downloads);
  return {
    downloads,
    already: answers.flatMap((answer) => answer.already),
    refused: answers.flatMap((answer) => answer.refused),
    added: downloads.filter((download) => download.state !== 'complete').length,
  };
}

/** What became of a wish: `3 downloads added, 2 already here, 1 not released by the source`. */
export function addedWords(answer: AddAnswer, leftOut: number): string {
  const { added, already, refused } = gatherAnswers([answer]);
  return [
    ...(added > 0 || already.length === 0 ? [`${formatCount(added, 'download')} added`] : []),
    ...(already.length > 0 ? [`${formatNumber(already.length)} already here`] : []),
    ...(refused.length > 0 ? [`${formatNumber(refused.length)} refused by the source`] : []),
    ...(leftOut > 0 ? [`${formatNumber(leftOut)} not released by the source`] : []),
  ].join(', ');
}
