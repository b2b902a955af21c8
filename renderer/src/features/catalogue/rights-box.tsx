import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Rights } from '../../../../shared/contract/catalogue.ts';
import { judgeRights } from '../../../../shared/domain/rights-judgement.ts';
import { formatTime } from '../../lib/format.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { useMinute } from '../../ui/use-minute.ts';
import './rights-box.css';

const verdicts = {
  clear: { words: 'May be used under the terms below', icon: CircleCheck },
  check: { words: 'To be checked before use', icon: TriangleAlert },
  blocked: { words: 'Not to be used now', icon: CircleAlert },
} as const;

function facts(rights: Rights): readonly string[] {
  const lines: string[] = [];
  if (rights.embargoUntilMs !== null) lines.push(`Embargo until ${formatTime(rights.embargoUntilMs)}`);
  if (rights.embargoText) lines.push(`Embargo: ${rights.embargoText}`);
  if (rights.editorialOnly === true) lines.push('Editorial use only');
  if (rights.territories) lines.push(`Territories: ${rights.territories}`);
  if (rights.expiresAtMs !== null) lines.push(`May be used until ${formatTime(rights.expiresAtMs)}`);
  if (rights.copyright) lines.push(`© ${rights.copyright.replace(/^(©|\(c\)|copyright)\s*/i, '')}`);
  return lines;
}

/** What may be done with an asset: the judgement and its reasons, the credit line, then the source's own words. */
export function RightsBox({ rights }: { rights: Rights }): ReactNode {
  const { verdict, reasons } = judgeRights(rights, useMinute());
  const { words, icon: Icon } = verdicts[verdict];
  return (
    <section className="rights" aria-label="Rights">
      <h3>Rights</h3>
      <p className={`rights-verdict rights-${verdict}`}>
        <Icon size={15} aria-hidden />
        <strong>{words}</strong>
      </p>
      {rights.thirdParty && (
        <p className="rights-warning">
          <TriangleAlert size={15} aria-hidden />
          <span>
            <strong>Holds third-party material:</strong> {rights.thirdParty}
          </span>
        </p>
      )}
      <ul className="rights-lines">
        {reasons.some(({ code }) => code === 'unknown-terms') && (
          <li>The source says nothing about use: treat it as restricted</li>
        )}
        {reasons.some(({ code }) => code === 'terms-to-read') && <li>Read the terms of the source below</li>}
        {facts(rights).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {rights.creditLine ? (
        <div className="rights-credit">
          <span className="field-note">Credit line</span>
          <span>{rights.creditLine}</span>
          <CopyButton text={rights.creditLine} label="Copy credit line" />
        </div>
      ) : (
        <p className="field-note">The source gives no credit line.</p>
      )}
      {rights.usageText && (
        <details>
          <summary>Terms in the words of the source</summary>
          <p className="small rights-text">{rights.usageText}</p>
        </details>
      )}
      {rights.licenceUrl && <p className="field-note rights-text">Licence: {rights.licenceUrl}</p>}
    </section>
  );
}
