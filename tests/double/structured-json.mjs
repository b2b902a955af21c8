// Structured clone as JSON text, for what travels between this process and a page. The function's source also runs
// inside the page, so it uses nothing outside itself.

/**
 * Creates the pair `toText` and `fromText`.
 *
 * With `exportFunction` and `importFunction` functions travel as ids (contextBridge); without them they are refused.
 */
export function createStructuredJson({ exportFunction, importFunction } = {}) {
  const CHUNK = 8192;
  const toBase64 = (bytes) => {
    let text = '';
    for (let i = 0; i < bytes.length; i += CHUNK)
      text += String.fromCharCode(...bytes.subarray(i, i + CHUNK));
    return btoa(text);
  };
  const fromBase64 = (text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  const refuse = () => {
    throw new Error('An object could not be cloned.');
  };

  const packObject = (value) => {
    if (value instanceof Date) return { $: 'date', v: value.getTime() };
    if (value instanceof Map) return { $: 'map', v: [...value].map((entry) => entry.map(pack)) };
    if (value instanceof Set) return { $: 'set', v: [...value].map(pack) };
    if (value instanceof ArrayBuffer) return { $: 'buffer', v: toBase64(new Uint8Array(value)) };
    if (ArrayBuffer.isView(value)) {
      const name = value.constructor.name === 'Buffer' ? 'Uint8Array' : value.constructor.name;
      return {
        $: 'view',
        name,
        v: toBase64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)),
      };
    }
    if (value instanceof Error) return { $: 'error', name: value.name, v: value.message, stack: value.stack };
    if (Array.isArray(value)) return value.map(pack);
    const packed = {};
    for (const key of Object.keys(value)) packed[key] = pack(value[key]);
    return '$' in packed ? { $: 'object', v: packed } : packed;
  };
  const pack = (value) => {
    switch (typeof value) {
      case 'undefined':
        return { $: 'undefined' };
      case 'bigint':
        return { $: 'bigint', v: String(value) };
      case 'number':
        return Number.isFinite(value) ? value : { $: 'number', v: String(value) };
      case 'function':
        return exportFunction ? { $: 'function', v: exportFunction(value) } : refuse();
      case 'symbol':
        return refuse();
      default:
        return value === null || typeof value !== 'object' ? value : packObject(value);
    }
  };

  const unpackObject = (packed) => {
    const value = {};
    for (const key of Object.keys(packed)) value[key] = unpack(packed[key]);
    return value;
  };
  const unpackers = {
    undefined: () => undefined,
    bigint: ({ v }) => BigInt(v),
    number: ({ v }) => Number(v),
    function: ({ v }) => importFunction(v),
    date: ({ v }) => new Date(v),
    map: ({ v }) => new Map(v.map((entry) => entry.map(unpack))),
    set: ({ v }) => new Set(v.map(unpack)),
    buffer: ({ v }) => fromBase64(v).buffer,
    view: ({ name, v }) => new globalThis[name](fromBase64(v).buffer),
    error: ({ name, v, stack }) => Object.assign(new Error(v), { name, stack }),
    object: ({ v }) => unpackObject(v),
  };
  const unpack = (packed) => {
    if (packed === null || typeof packed !== 'object') return packed;
    if (Array.isArray(packed)) return packed.map(unpack);
    return '$' in packed ? unpackers[packed.$](packed) : unpackObject(packed);
  };

  return { toText: (value) => JSON.stringify(pack(value)), fromText: (text) => unpack(JSON.parse(text)) };
}
