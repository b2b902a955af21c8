const { contextBridge, ipcRenderer } = require('electron');

ipcRenderer.on('core-port', (event) => window.postMessage('core-port', '*', event.ports));
contextBridge.exposeInMainWorld('proof', {
  sum: (...numbers) => ipcRenderer.invoke('sum', ...numbers),
  twice: (callback) => callback(callback(1)),
  nested: { answer: 42 },
});
