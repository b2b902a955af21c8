import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun, run } from './tools.ts';

/** An ext4 file system in a file, and what a power cut makes of it. */
export interface DiskImage {
  /** Where it is mounted, before the cut and after. */
  readonly dir: string;
  mount(): void;
  /**
   * What would be on the disk if the power went now, whatever the system still holds in its memory. Whoever writes to
   * it is to be stopped meanwhile.
   */
  keepCut(): void;
  /** Mounts what was kept in place of the image, which recovers the file system as after a real cut. */
  mountCut(): void;
  /** A fresh file system for another round. */
  renew(): void;
  close(): void;
}

/** Makes an image in a folder. Needs root. */
export function createDiskImage(base: string, megabytes: number): DiskImage {
  const [fresh, image, cut] = ['fresh.img', 'disk.img', 'cut.img'].map((name) => join(base, name));
  if (!fresh || !image || !cut) throw new Error('Three names were given.');
  const dir = join(base, 'disk');
  mkdirSync(dir);
  mustRun('truncate', '-s', `${megabytes}M`, fresh);
  mustRun('mkfs.ext4', '-q', '-E', 'root_owner=0:0', fresh);
  const copy = (from: string, to: string): void => void mustRun('cp', '--sparse=always', from, to);
  const unmount = (): void => void run('umount', dir);
  return {
    dir,
    mount: () => void mustRun('mount', '-o', 'loop', image, dir),
    keepCut: () => copy(image, cut),
    mountCut: () => {
      unmount();
      mustRun('mount', '-o', 'loop', cut, dir);
    },
    renew: () => {
      unmount();
      copy(fresh, image);
    },
    close: () => {
      unmount();
      rmSync(base, { recursive: true, force: true });
    },
  };
}
