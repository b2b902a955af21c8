import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const at = (path: string): string => resolve(import.meta.dirname, path);

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      sourcemap: true,
      rolldownOptions: {
        input: {
          main: at('electron/main/main.ts'),
          utility: at('electron/hosts/utility.ts'),
          'hash-worker': at('electron/core/files/hash-worker.ts'),
          'follow-worker': at('electron/core/files/follow-worker.ts'),
          'pac-worker': at('electron/core/network/pac/pac-worker.ts'),
          'check-worker': at('electron/core/storage/check-worker.ts'),
          'catalogue-write-worker': at('electron/core/catalogue/catalogue-write-worker.ts'),
          'search-worker': at('electron/core/catalogue/search/search-worker.ts'),
          'transfer-worker': at('electron/core/http/fast/transfer-worker.ts'),
        },
        // All in one folder, so that what a module finds beside itself does not depend on how it was split.
        output: { chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload cannot import packages, so everything it uses is bundled, as CommonJS.
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: at('electron/preload/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('renderer'),
    plugins: [react()],
    build: {
      outDir: at('out/renderer'),
      minify: true,
      // The page's policy allows no data: addresses, so nothing is put into them.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 1000,
      rolldownOptions: { input: at('renderer/index.html') },
    },
  },
});
