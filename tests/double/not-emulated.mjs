// What the double lacks says so by name, instead of failing somewhere else as "undefined is not a function".

/** Names that runtimes and test tools probe on any object; answering `undefined` is right for them. */
const PROBED = new Set([
  'then',
  'toJSON',
  'nodeType',
  'inspect',
  'asymmetricMatch',
  '$$typeof',
  '__esModule',
  'domain',
]);

const strictGet = (name) => (target, key, receiver) => {
  if (typeof key === 'symbol' || key in target || PROBED.has(key)) return Reflect.get(target, key, receiver);
  throw new Error(`double: ${name}.${key} is not emulated`);
};

/** An object whose missing members throw. Members can still be replaced, as tests do with dialogs. */
export function strict(name, members) {
  return new Proxy(members, { get: strictGet(name) });
}

/**
 * Makes missing members of a class's instances throw.
 *
 * The trap sits at the end of the prototype chain, so that instances stay plain objects with private fields.
 */
export function makeStrict(Class) {
  const parent = Object.getPrototypeOf(Class.prototype);
  Object.setPrototypeOf(Class.prototype, new Proxy(parent, { get: strictGet(Class.name) }));
}

/** Gives a class methods that exist and do nothing, because nothing is drawn. */
export function ignoreCalls(Class, names) {
  for (const name of names) Class.prototype[name] = function ignored() {};
}

/** A module of Electron that the double does not have at all: every use throws. */
export function absent(name) {
  const refuse = () => {
    throw new Error(`double: ${name} is not emulated`);
  };
  return new Proxy(function Absent() {}, {
    apply: refuse,
    construct: refuse,
    get: (target, key) => {
      if (typeof key === 'symbol' || PROBED.has(key) || key in target) return target[key];
      throw new Error(`double: ${name}.${key} is not emulated`);
    },
  });
}

/** An event as Electron passes it first to listeners. */
export function createEvent(details = {}) {
  const event = {
    defaultPrevented: false,
    preventDefault() {
      event.defaultPrevented = true;
    },
    ...details,
  };
  return event;
}
