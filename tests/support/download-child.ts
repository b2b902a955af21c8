// A process of its own that downloads one address until it is complete, so that a test can kill it.
// Arguments: home, url, sha256, connections, piece bytes (or "shipped": all as in the product), name of the checkpoint
// to die at (or nothing).
import { patient, startRig } from './fault-rig.ts';

const [home = '', url = '', sha256 = '', connections = '1', pieceBytes = '65536', dieAt = ''] =
  process.argv.slice(2);

const rig = await startRig({
  home,
  connections: Number(connections),
  ...(pieceBytes === 'shipped'
    ? { asShipped: true }
    : {
        pieceBytes: Number(pieceBytes),
        tuning: { ...patient, flush: { everyBytes: 64 * 1024 * 1024, everyMs: 60_000 } },
      }),
  checkpoint: (name) => {
    if (name === dieAt) process.kill(process.pid, 'SIGKILL');
  },
});
const { id } = await rig.downloads.addUrl({
  url,
  insecureHttp: true,
  allowPrivate: true,
  ...(sha256 === '' ? {} : { sha256 }),
});
const done = await rig.settled(
  id,
  (one) => one.state === 'complete' || one.state === 'failed' || one.reason?.code === 'NO_SPACE',
);
process.stdout.write(`${JSON.stringify(done)}\n`);
await rig.stop();
