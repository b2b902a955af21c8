// The utility process of the proof: answers on every port it is given.
process.parentPort.on('message', ({ ports }) => {
  for (const port of ports) {
    port.on('message', ({ data }) =>
      port.postMessage({ echo: data, argv: process.argv.slice(2), type: process.type }),
    );
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
    port.on('close', () => process.parentPort.postMessage('port closed'));
    port.start();
  }
});
