import { createPortTable } from '../ports.mjs';
import { createStructuredJson } from '../structured-json.mjs';
import { createEvent } from '../not-emulated.mjs';

const json = createStructuredJson();
const describe = (error) => (error instanceof Error ? error : new Error(String(error)));

/**
 * The wire between the main process and the preload script of one window: messages, invocations and ports.
 *
 * `isOpen` tells whether the preload script's world exists at present; `evaluate` runs an expression in it.
 */
export function createPageLink({ isOpen, evaluate, contents, ipcMain }) {
  const post = (message) => {
    const expression = `doubleReceive(${JSON.stringify(json.toText(message))})`;
    if (isOpen()) evaluate(expression).catch(() => {}); // the document went away meanwhile
  };
  const ports = createPortTable({ prefix: 'main', post });

  const answerInvocation = async ({ id, channel, args }) => {
    const handler = contents.ipc.doubleHandlerOf(channel) ?? ipcMain.doubleHandlerOf(channel);
    try {
      if (!handler) throw new Error(`No handler registered for '${channel}'`);
      const value = await handler(eventOf([]), ...args);
      post({ kind: 'result', id, channel, ok: true, value });
    } catch (error) {
      post({ kind: 'result', id, channel, ok: false, value: describe(error) });
    }
  };
  const eventOf = (given) =>
    createEvent({
      type: 'frame',
      sender: contents,
      senderFrame: contents.mainFrame,
      processId: contents.mainFrame.processId,
      frameId: contents.mainFrame.routingId,
      ports: given,
      reply: (channel, ...args) => contents.send(channel, ...args),
    });

  return {
    /** A message from the page, as the text that its binding delivered. */
    receive(text) {
      const message = json.fromText(text);
      if (ports.accept(message)) return;
      if (message.kind === 'invoke') void answerInvocation(message);
      else {
        const event = eventOf(message.ports.map((id) => ports.take(id)));
        contents.ipc.emit(message.channel, event, ...message.args);
        ipcMain.emit(message.channel, event, ...message.args);
      }
    },
    send(channel, args, transfer = []) {
      if (isOpen()) ports.postWithPorts({ kind: 'send', channel, args }, transfer);
      else for (const port of transfer) port.close(); // nobody is there to take them
    },
    /** The document is gone, and with it the far ends of its ports. */
    documentGone: () => ports.closeAll(),
  };
}
