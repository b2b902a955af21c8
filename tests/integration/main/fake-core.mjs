// Stands where the core's process stands and behaves as its first argument says. Speaks over Node's IPC channel.
const [behaviour] = process.argv.slice(2);

process.on('message', ({ kind, asked, reply }) => {
  if (kind === 'open') {
    if (behaviour === 'dies') process.exit(3);
    if (behaviour === 'newer')
      process.send({ kind: 'failed', code: 'DATABASE_NEWER', message: 'from the future' });
    else process.send({ kind: 'ready' });
  }
  if (kind === 'ask' && asked.name === 'clipPath') {
    if (asked.input === 'die') process.exit(4);
    if (asked.input === 'seal')
      process.send({ kind: 'ask', asked: { id: 1, name: 'seal', input: 'secret' } });
    else process.send({ kind: 'reply', reply: { id: asked.id, ok: true, value: `/clips/${asked.input}` } });
  }
  if (kind === 'reply') process.send({ kind: 'reply', reply: { id: 1, ok: true, value: reply.value } });
  if (kind === 'close') process.exit(0);
});
process.on('disconnect', () => process.exit(0));
