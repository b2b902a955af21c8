import { createRequire } from 'node:module';
import { z } from 'zod';

const installerSchema = z.object({ path: z.string() });

/** Where the programs and fonts lie that the demo's media is made with. */
export function findMediaTools(): { ffmpegPath: string; fontPath: string } {
  // Both packages are CommonJS without types; the installer picks the build of this platform when it is loaded.
  const require = createRequire(import.meta.url);
  const installer = installerSchema.parse(require('@ffmpeg-installer/ffmpeg'));
  return {
    ffmpegPath: installer.path,
    fontPath: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansMono.ttf'),
  };
}
