import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** How a program ended that was run to its end. */
export interface Ran {
  readonly ok: boolean;
  readonly text: string;
}

/** Runs a program and waits for it. */
export function run(program: string, ...args: readonly string[]): Ran {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', timeout: 30_000 });
  return { ok: status === 0, text: `${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`.trim() };
}

/** Runs a program that must do what it is told. */
export function mustRun(program: string, ...args: readonly string[]): string {
  const { ok, text } = run(program, ...args);
  if (!ok) throw new Error(`${program} ${args.join(' ')} failed: ${text}`);
  return text;
}

/** Why the system cannot inject failures into system calls, or null when it can. */
export function whyNoStrace(): string | null {
  if (process.platform !== 'linux') return 'failures of system calls can be injected on Linux only';
  const { ok, text } = run(
    ...([
      'strace',
      '-f',
      '--seccomp-bpf',
      '-o',
      '/dev/null',
      '-e',
      'inject=sync:error=EIO:when=9',
      'true',
    ] as const),
  );
  return ok ? null : `strace cannot be used here: ${text}`;
}

/** Why this process cannot mount a small disk of its own, or null when it can. */
export function whyNoNamespaces(): string | null {
  if (process.platform !== 'linux') return 'small disks can be mounted on Linux only';
  const { ok, text } = run('unshare', '-Urmn', 'sh', '-c', 'mount -t tmpfs tmpfs /mnt && ip link set lo up');
  return ok ? null : `namespaces cannot be used here: ${text}`;
}

/** Why this process cannot mount a disk image, or null when it can. */
export function whyNoLoopDevice(): string | null {
  if (process.platform !== 'linux') return 'disk images can be mounted on Linux only';
  if (process.getuid?.() !== 0) return 'only root can mount a disk image';
  if (!existsSync('/dev/loop-control')) return 'there are no loop devices here';
  const { ok, text } = run('mkfs.ext4', '-V');
  return ok ? null : `no ext4 can be made here: ${text}`;
}
