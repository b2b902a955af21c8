/**
 * What a proxy script may call, as the source text that is run in its sandbox before it: the functions that Netscape
 * laid down and Microsoft's additions for IPv6. `__dns`, `__own`, `__inSubnet` and `__now` come from outside.
 */
export const pacFunctions = String.raw`
'use strict';
(function (global) {
  var ask = global.__dns, own = global.__own, inSubnet = global.__inSubnet, now = global.__now;
  var isV4 = /^\d{1,3}(\.\d{1,3}){3}$/;
  var days = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
  var months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

  function all(host) { var text = ask(String(host)); return text === '' ? [] : text.split(';'); }
  function number(address) {
    return String(address).split('.').reduce(function (sum, part) { return sum * 256 + (Number(part) & 255); }, 0) >>> 0;
  }
  function fields(gmt) {
    var d = new Date(now());
    return gmt
      ? { y: d.getUTCFullYear(), m: d.getUTCMonth(), d: d.getUTCDate(), w: d.getUTCDay(), s: (d.getUTCHours() * 60 + d.getUTCMinutes()) * 60 + d.getUTCSeconds() }
      : { y: d.getFullYear(), m: d.getMonth(), d: d.getDate(), w: d.getDay(), s: (d.getHours() * 60 + d.getMinutes()) * 60 + d.getSeconds() };
  }
  function between(value, from, to) { return from <= to ? from <= value && value <= to : value >= from || value <= to; }
  function taken(args) {
    var list = Array.prototype.slice.call(args);
    var gmt = list.length > 0 && String(list[list.length - 1]).toUpperCase() === 'GMT';
    if (gmt) list.pop();
    return { list: list, at: fields(gmt) };
  }

  var functions = {
    isPlainHostName: function (host) { return String(host).indexOf('.') < 0 && String(host).indexOf(':') < 0; },
    dnsDomainIs: function (host, domain) {
      var h = String(host).toLowerCase(), d = String(domain).toLowerCase();
      return h.length >= d.length && h.slice(h.length - d.length) === d;
    },
    localHostOrDomainIs: function (host, full) {
      var h = String(host).toLowerCase(), f = String(full).toLowerCase();
      return h === f || (h.indexOf('.') < 0 && f.indexOf(h + '.') === 0);
    },
    isResolvable: function (host) { return functions.dnsResolve(host) !== null; },
    isResolvableEx: function (host) { return all(host).length > 0; },
    dnsResolve: function (host) {
      var found = all(host).filter(function (one) { return isV4.test(one); });
      return found.length > 0 ? found[0] : null;
    },
    dnsResolveEx: function (host) { return all(host).join(';'); },
    convert_addr: number,
    isInNet: function (host, net, mask) {
      var address = isV4.test(String(host)) ? String(host) : functions.dnsResolve(host);
      if (address === null) return false;
      var m = number(mask);
      return ((number(address) & m) >>> 0) === ((number(net) & m) >>> 0);
    },
    isInNetEx: function (host, prefix) {
      return all(host).some(function (one) { return inSubnet(one, String(prefix)) === 1; });
    },
    myIpAddress: function () {
      var found = own().split(';').filter(function (one) { return isV4.test(one); });
      return found.length > 0 ? found[0] : '127.0.0.1';
    },
    myIpAddressEx: function () { return own(); },
    sortIpAddressList: function (list) { return String(list).split(';').map(function (one) { return one.trim(); }).filter(Boolean).sort().join(';'); },
    getClientVersion: function () { return '1.0'; },
    dnsDomainLevels: function (host) { return String(host).split('.').length - 1; },
    shExpMatch: function (text, pattern) {
      var source = String(pattern).replace(/[.+^\x24{}()|\[\]\\]/g, '\\\x24&').replace(/\*+/g, '.*').replace(/\?/g, '.');
      return new RegExp('^' + source + '\x24', 's').test(String(text));
    },
    weekdayRange: function () {
      var t = taken(arguments), from = days.indexOf(String(t.list[0]).toUpperCase());
      var to = t.list.length > 1 ? days.indexOf(String(t.list[1]).toUpperCase()) : from;
      return from >= 0 && to >= 0 && between(t.at.w, from, to);
    },
    timeRange: function () {
      var t = taken(arguments), n = t.list.map(Number), s = t.at.s;
      if (n.some(isNaN)) return false;
      if (n.length === 1) return Math.floor(s / 3600) === n[0];
      if (n.length === 2) return n[0] <= n[1] ? s >= n[0] * 3600 && s < n[1] * 3600 || (n[0] === n[1] && Math.floor(s / 3600) === n[0]) : s >= n[0] * 3600 || s < n[1] * 3600;
      if (n.length === 4) return between(s, (n[0] * 60 + n[1]) * 60, (n[2] * 60 + n[3]) * 60);
      if (n.length === 6) return between(s, (n[0] * 60 + n[1]) * 60 + n[2], (n[3] * 60 + n[4]) * 60 + n[5]);
      return false;
    },
    dateRange: function () {
      var t = taken(arguments), at = t.at;
      function part(value) {
        var month = months.indexOf(String(value).toUpperCase());
        if (month >= 0) return { kind: 'm', value: month };
        var n = Number(value);
        return n > 31 ? { kind: 'y', value: n } : { kind: 'd', value: n };
      }
      var parts = t.list.map(part), half = parts.length / 2;
      if (parts.length === 0 || parts.some(function (p) { return isNaN(p.value); })) return false;
      if (parts.length === 1) return at[parts[0].kind] === parts[0].value;
      if (half !== Math.floor(half)) return false;
      function weight(read) {
        var sum = 0;
        ['y', 'm', 'd'].forEach(function (kind) {
          for (var i = 0; i < half; i += 1) if (parts[i].kind === kind) sum = sum * 10000 + read(i, kind);
        });
        return sum;
      }
      for (var i = 0; i < half; i += 1) if (parts[i].kind !== parts[i + half].kind) return false;
      var from = weight(function (i) { return parts[i].value; });
      var to = weight(function (i) { return parts[i + half].value; });
      var value = weight(function (_i, kind) { return at[kind]; });
      var hasYear = parts.some(function (p) { return p.kind === 'y'; });
      return hasYear ? from <= value && value <= to : between(value, from, to);
    },
    alert: function () {},
  };
  Object.keys(functions).forEach(function (name) {
    Object.defineProperty(global, name, { value: functions[name], writable: true, configurable: true, enumerable: true });
  });
  ['__dns', '__own', '__inSubnet', '__now'].forEach(function (name) { delete global[name]; });
})(globalThis);
`;
