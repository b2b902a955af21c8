import type { Download } from '../../../../shared/contract/downloads.ts';

/** What a report about a download needs, line by line; nothing in it is secret. */
export function technicalLines(download: Download): readonly (readonly [name: string, value: string])[] {
  const { reason } = download;
  const lines: readonly (readonly [string, string | null])[] = [
    ['Download', download.id],
    ['Rendition', download.renditionId],
    ['Path', download.path ?? `${download.dir}/${download.fileName}`],
    ['Bytes', `${download.bytes} of ${download.sizeBytes ?? 'an unknown number'}`],
    ['Host', download.host],
    ['SHA-256', download.sha256],
    ['Proof', download.verified],
    ['Reason', reason === null ? null : reason.code],
    ['Detail', reason === null ? null : reason.detail],
  ];
  return lines.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
}
