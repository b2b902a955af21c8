import type { ReactNode } from 'react';
import type { Download } from '../../../../shared/contract/downloads.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { InspectorPart } from '../../ui/inspector.tsx';
import { technicalLines } from './technical-lines.ts';

/** What a report needs: folded away, and copied with one click. */
export function DownloadTechnical({ download }: { download: Download }): ReactNode {
  const lines = technicalLines(download);
  return (
    <InspectorPart title="Technical detail">
      <dl className="facts technical">
        {lines.map(([name, value]) => (
          <div key={name} className="shortcut">
            <dt>{name}</dt>
            <dd className="mono">{value}</dd>
          </div>
        ))}
      </dl>
      <div className="row row-wrap">
        {download.path !== null && <CopyButton text={download.path} label="Copy path" />}
        <CopyButton
          text={lines.map(([name, value]) => `${name}: ${value}`).join('\n')}
          label="Copy technical detail"
        />
      </div>
    </InspectorPart>
  );
}
