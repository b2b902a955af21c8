import { strict } from '../not-emulated.mjs';

/** Electron's `dialog`: everybody cancels at once. A test that wants an answer replaces the function. */
export function createDialog({ recorded }) {
  const asked =
    (name, answer) =>
    (...args) => {
      recorded.dialogs.push({ name, options: args.at(-1) });
      return answer(args.at(-1) ?? {});
    };
  const defaultButton = ({ cancelId = 0 }) => cancelId;
  return strict('dialog', {
    showOpenDialog: asked('showOpenDialog', async () => ({ canceled: true, filePaths: [] })),
    showOpenDialogSync: asked('showOpenDialogSync', () => undefined),
    showSaveDialog: asked('showSaveDialog', async () => ({ canceled: true, filePath: '' })),
    showSaveDialogSync: asked('showSaveDialogSync', () => ''),
    showMessageBox: asked('showMessageBox', async (options) => ({
      response: defaultButton(options),
      checkboxChecked: false,
    })),
    showMessageBoxSync: asked('showMessageBoxSync', defaultButton),
    showErrorBox(title, content) {
      recorded.dialogs.push({ name: 'showErrorBox', options: { title, content } });
      console.error(`dialog: ${title}: ${content}`);
    },
  });
}
