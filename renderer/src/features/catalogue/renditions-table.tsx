import { Download as DownloadIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Rendition } from '../../../../shared/contract/catalogue.ts';
import { formatBitrate, formatBytes, formatRate } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import './renditions-table.css';

const unknown = '–';

function codecs(rendition: Rendition): string {
  const parts = [rendition.container, rendition.videoCodec, rendition.audioCodec].filter(Boolean);
  return parts.length === 0 ? unknown : parts.join(' / ');
}

/** A size that is rounded by the source is said to be so. */
function sizeWords({ sizeBytes, aboutBytes }: Rendition): string {
  if (sizeBytes !== null) return formatBytes(sizeBytes);
  return aboutBytes === null ? unknown : `about ${formatBytes(aboutBytes)}`;
}

function picture(rendition: Rendition): string {
  const { width, height, rateNum, rateDen, scan } = rendition;
  const parts = [
    width !== null && height !== null ? `${width} × ${height}` : '',
    rateNum !== null && rateDen !== null ? formatRate(rateNum, rateDen) : '',
    scan ?? '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? unknown : parts.join(', ');
}

/** Every file of an asset with what the source says about it, each with its own download. */
export function RenditionsTable(props: {
  renditions: readonly Rendition[];
  onDownload: (rendition: Rendition) => void;
}): ReactNode {
  return (
    <section className="renditions" aria-label="Renditions">
      <table>
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col">Format</th>
            <th scope="col">Picture</th>
            <th scope="col">Start timecode</th>
            <th scope="col">Language</th>
            <th scope="col">Hash</th>
            <th scope="col" className="grid-end">
              Size
            </th>
            <th>
              <span className="visually-hidden">Download</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {props.renditions.map((rendition) => (
            <tr key={rendition.id}>
              <th scope="row">
                <span>{rendition.role}</span>
                <span className="field-note rendition-name">{rendition.fileName}</span>
              </th>
              <td>
                {codecs(rendition)}
                {rendition.bitrate !== null && (
                  <span className="field-note rendition-name">{formatBitrate(rendition.bitrate)}</span>
                )}
              </td>
              <td className="number">{picture(rendition)}</td>
              <td className="mono">{rendition.startTimecode ?? unknown}</td>
              <td>{rendition.language ?? unknown}</td>
              <td title={rendition.hash?.value}>
                {rendition.hash === null ? 'No' : rendition.hash.kind.toUpperCase()}
              </td>
              <td className="number grid-end">{sizeWords(rendition)}</td>
              <td className="grid-end">
                <Button
                  small
                  icon={DownloadIcon}
                  aria-label={`Download ${rendition.fileName}`}
                  onClick={() => props.onDownload(rendition)}
                >
                  Download
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
