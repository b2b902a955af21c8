// A thread that hears nothing and says nothing.
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
