import type { ReactNode } from 'react';
import type { PlacesPreview } from '../../../../shared/contract/places.ts';

/** What the templates make of some assets, as it is typed. */
export function NamesPreview({ examples }: { examples: PlacesPreview['examples'] }): ReactNode {
  return (
    <div className="field">
      <span className="field-label" id="names-preview">
        Preview
      </span>
      {examples.length === 0 ? (
        <p className="muted small">It appears as soon as the templates can be understood.</p>
      ) : (
        <ul className="names-preview" aria-labelledby="names-preview" aria-live="polite">
          {examples.map((example) => (
            <li key={`${example.assetId ?? ''} ${example.title}`}>
              <span className="mono small">
                {example.folder !== '' && <span className="muted">{example.folder}/</span>}
                {example.fileName}
              </span>
              <span className="field-note truncate">
                {example.title}
                {example.assetId === null && ' (an example)'}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
