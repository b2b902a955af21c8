import { complete, honest, type FaultCase } from '../../../support/fault-cases.ts';
import { runFaultCases } from '../../../support/fault-table.ts';

// What the name may become is the place's affair (tests of safe-name); that no server has a say in it is shown here.
const names = [
  '../../evil.mp4',
  '..\\\\evil.mp4',
  'con.mov',
  'a.mov:ads',
  'evil%00.mp4',
  'evil\u202e4pm.exe',
  '<img onerror=alert(1)>',
  'x'.repeat(300),
  'evil. ',
];

runFaultCases(
  names.map((name): FaultCase => ({
    no: 58,
    name: `names the file ${JSON.stringify(name.slice(0, 30))}`,
    behave: () => () => ({
      ...honest,
      headers: {
        'Content-Disposition': `attachment; filename="${name}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      },
    }),
    end: complete(),
  })),
);
