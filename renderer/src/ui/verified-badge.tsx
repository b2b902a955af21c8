import { Ruler, ShieldCheck, ShieldQuestion } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton, Tooltip, TooltipTrigger } from 'react-aria-components';
import { verifiedMeanings, verifiedNames, type Verified } from '../lib/vocabulary.ts';

const looks = {
  hash: { tone: 'ok', icon: ShieldCheck },
  size: { tone: 'info', icon: Ruler },
  none: { tone: 'warn', icon: ShieldQuestion },
} as const;

/** How sure it is that the file is the source's; what that means is told on hover and on focus. */
export function VerifiedBadge(props: { verified: Verified; tabIndex?: number }): ReactNode {
  const { tone, icon: Icon } = looks[props.verified];
  return (
    <TooltipTrigger delay={300}>
      <AriaButton
        className={`badge badge-${tone} badge-button`}
        excludeFromTabOrder={props.tabIndex === -1}
        // The words are the badge's own; the meaning comes as its description.
      >
        <Icon size={12} aria-hidden />
        {verifiedNames[props.verified]}
      </AriaButton>
      <Tooltip className="tooltip" offset={6}>
        {verifiedMeanings[props.verified]}
      </Tooltip>
    </TooltipTrigger>
  );
}
