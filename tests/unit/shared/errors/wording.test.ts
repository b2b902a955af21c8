import { describe, expect, it } from 'vitest';
import { downloadReasons } from '../../../../shared/domain/download-reason.ts';
import { reasonWording } from '../../../../shared/domain/download-reason-wording.ts';
import { errorCodes, isErrorCode } from '../../../../shared/errors/codes.ts';
import { wording } from '../../../../shared/errors/wording.ts';

const sentence: unknown = expect.stringMatching(/^[A-Z].*\.$/);

describe('words', () => {
  it.each(Object.keys(errorCodes).filter(isErrorCode))(
    'exist for the error %s, as whole sentences',
    (code) => {
      expect(wording(code)).toEqual({ reason: sentence, todo: sentence });
    },
  );

  it.each(downloadReasons)('exist for the download reason %s, as whole sentences', (code) => {
    expect(reasonWording(code)).toEqual({ sentence, todo: sentence });
  });
});
