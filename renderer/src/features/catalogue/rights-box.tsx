import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Rights } from '../../../../shared/contract/catalogue.ts';
import { formatTime } from '../../lib/format.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import './rights-box.css';

function restrictions(rights: Rights): readonly string[] {
  const lines: string[] = [];
  if (rights.embargoUntilMs !== null) lines.push(`Embargoed until ${formatTime(rights.embargoUntilMs)}`);
  if (rights.editorialOnly === true) lines.push('Editorial use only');
  if (rights.territories !== null && rights.territories !== '')
    lines.push(`Territories: ${rights.territories}`);
  if (rights.expiresAtMs !== null) lines.push(`May be used until ${formatTime(rights.expiresAtMs)}`);
  // Silence of the source is not a permission.
  if (rights.usageText === null && rights.editorialOnly === null)
    lines.push('The source says nothing about use: treat it as restricted');
  return lines;
}

/** What may be done with an asset: warnings first, then the credit line, then the source's own words. */
export function RightsBox({ rights }: { rights: Rights }): ReactNode {
  const lines = restrictions(rights);
  return (
    <section className="rights" aria-label="Rights">
      <h3>Rights</h3>
      {rights.thirdParty !== null && rights.thirdParty !== '' && (
        <p className="rights-warning">
          <TriangleAlert size={15} aria-hidden />
          <span>
            <strong>Holds third-party material:</strong> {rights.thirdParty}
          </span>
        </p>
      )}
      {lines.length > 0 && (
        <ul className="rights-lines">
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {rights.creditLine !== null && rights.creditLine !== '' ? (
        <div className="rights-credit">
          <span className="field-note">Credit line</span>
          <span>{rights.creditLine}</span>
          <CopyButton text={rights.creditLine} label="Copy credit line" />
        </div>
      ) : (
        <p className="field-note">The source gives no credit line.</p>
      )}
      {rights.usageText !== null && rights.usageText !== '' && (
        <details>
          <summary>Terms in the words of the source</summary>
          <p className="small rights-text">{rights.usageText}</p>
        </details>
      )}
    </section>
  );
}
