import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Finding } from '../../../../shared/contract/system.ts';

const looks = {
  ok: { icon: CircleCheck, word: 'OK' },
  warning: { icon: TriangleAlert, word: 'warning' },
  problem: { icon: CircleX, word: 'problem' },
} as const;

/** What was looked at, how it stands and what to do about it. */
export function FindingList(props: { label: string; findings: readonly Finding[] }): ReactNode {
  return (
    <ul className="findings" aria-label={props.label}>
      {props.findings.map((finding) => {
        const { icon: Icon, word } = looks[finding.state];
        return (
          <li key={finding.name} className={`finding finding-${finding.state}`}>
            <Icon size={16} aria-hidden />
            <span>
              {finding.name}
              <span className="visually-hidden">, {word}</span>
            </span>
            <span className="muted finding-value">
              {finding.value}
              {finding.hint !== undefined && <span className="finding-hint">{finding.hint}</span>}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
