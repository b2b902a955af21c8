import type { Download } from '../../../shared/contract/downloads.ts';
import type { DownloadId } from '../../../shared/contract/values.ts';
import { worstFault } from './download-fault.ts';
import { downloadDocument, downloadLines } from './download-text.ts';
import { followDownloads, usualWaitSeconds } from './follow-downloads.ts';
import type { CoreClient, Session } from './session.ts';
import { waitForClips } from './wait-for-media.ts';

/** How a command that downloads was told to wait. */
export interface WaitOptions {
  readonly wait?: number;
  /** False with --no-wait-media. */
  readonly waitMedia: boolean;
}

/** Works on downloads, this process being the engine, until there is nothing more to do for now. */
export async function finishDownloads(
  session: Session,
  client: CoreClient,
  how: { ids: readonly DownloadId[]; options: WaitOptions },
): Promise<Download[]> {
  const waitMs = (how.options.wait ?? usualWaitSeconds) * 1000;
  const followed = await followDownloads(session, client, { ids: how.ids, waitMs });
  session.progress.end();
  return how.options.waitMedia ? waitForClips(session, client, followed) : followed;
}

/** Prints what became of downloads. @throws RushesError the worst of them, when not all are complete. */
export function reportDownloads(session: Session, downloads: readonly Download[]): void {
  session.out.result({ downloads: downloads.map(downloadDocument) }, downloadLines(downloads));
  const fault = worstFault(downloads);
  if (fault) throw fault;
}
