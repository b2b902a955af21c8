import type { ReactNode } from 'react';
import type { AssetDetail } from '../../../../shared/contract/catalogue.ts';
import { CopyButton } from '../../ui/copy-button.tsx';

function Verbatim(props: { title: string; text: string | null; open: boolean }): ReactNode {
  if (props.text === null || props.text === '') return null;
  return (
    <details className="card asset-text" open={props.open}>
      <summary>
        <h2>{props.title}</h2>
      </summary>
      <div className="asset-verbatim">{props.text}</div>
      <div>
        <CopyButton text={props.text} label={`Copy ${props.title.toLowerCase()}`} />
      </div>
    </details>
  );
}

/** Synopsis, shotlist and transcript, word for word with their line breaks. */
export function AssetTexts({ asset }: { asset: AssetDetail }): ReactNode {
  const lead = asset.synopsis ?? asset.teaser;
  return (
    <>
      {lead !== null && lead !== '' && <p className="asset-lead">{lead}</p>}
      <Verbatim title="Shotlist" text={asset.shotlist} open />
      <Verbatim title="Transcript" text={asset.transcript} open={false} />
    </>
  );
}
