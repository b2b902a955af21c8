import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, CircleHelp, HardDriveDownload, Wrench } from 'lucide-react';
import type { ReactNode } from 'react';
import type { CheckResult } from '../../../../shared/contract/verify.ts';
import type { ClipDetail } from '../../../../shared/contract/library.ts';
import { useCore } from '../../lib/app-context.tsx';
import { formatTime } from '../../lib/format.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { useDownloadStart } from '../../ui/download-start.tsx';
import { InspectorPart } from '../../ui/inspector.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { checkLooks, mendWords, placeOfDamage } from '../../lib/check-words.ts';
import { VerifyButton } from './verify-button.tsx';

const icons = { ok: CircleCheck, info: CircleHelp, warn: CircleAlert, bad: CircleAlert } as const;

/** Whether the clip's files still are what they were, when that was looked at last, and the ways to look and to mend. */
export function ClipProof({ clip }: { clip: ClipDetail }): ReactNode {
  const { queries } = useCore();
  const results =
    useQuery(queries.verify.ofClip.queryOptions({ input: { clipId: clip.id } })).data?.results ?? [];
  return (
    <InspectorPart title="Integrity">
      {results.length === 0 && <p className="muted small">Not checked since it came here.</p>}
      <ul className="stack proofs">
        {results.map((result) => (
          <Finding key={result.id} result={result} clip={clip} />
        ))}
      </ul>
      <div className="row row-wrap">
        <VerifyButton ids={[clip.id]} disabled={clip.missing} />
      </div>
    </InspectorPart>
  );
}

function Finding({ result, clip }: { result: CheckResult; clip: ClipDetail }): ReactNode {
  const { queries } = useCore();
  const queryClient = useQueryClient();
  const toasts = useToasts();
  const downloads = useDownloadStart();
  const { tone, name, means } = checkLooks[result.state];
  const repair = useMutation(
    queries.verify.repair.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: queries.verify.key() }),
      onError: toasts.fail,
    }),
  );
  const mending = result.mend?.state === 'queued' || result.mend?.state === 'running';
  const asset = useQuery({
    ...queries.catalogue.get.queryOptions({ input: { id: clip.assetId ?? ('' as never) } }),
    enabled: clip.assetId !== null && result.remedy === 'download',
  }).data;
  return (
    <li className="stack proof">
      <div className="row row-wrap">
        <Badge tone={tone} icon={icons[tone]}>
          {name}
        </Badge>
        <span className="field-note number">{formatTime(result.checkedAtMs)}</span>
      </div>
      <p className="small">{result.detail ?? means}</p>
      {result.damage.length > 0 && <p className="field-note number">{placeOfDamage(result.damage)}</p>}
      {result.mend !== null && (
        <p className="small" role="status">
          {mendWords(result.mend)}
        </p>
      )}
      <div className="row row-wrap">
        {result.remedy === 'pieces' && (
          <Button
            small
            icon={Wrench}
            disabled={mending || repair.isPending}
            onClick={() => repair.mutate({ ids: [result.id] })}
          >
            Repair the damaged parts
          </Button>
        )}
        {result.remedy === 'download' && asset !== undefined && (
          <Button
            small
            icon={HardDriveDownload}
            onClick={() =>
              downloads.start({
                assetIds: [asset.id],
                sourceIds: [asset.sourceId],
                rendition: 'best',
                again: true,
              })
            }
          >
            Download again
          </Button>
        )}
      </div>
    </li>
  );
}
